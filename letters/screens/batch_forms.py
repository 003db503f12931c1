"""What people send from the list of letters."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from letters.screens.letter_list import LetterRow
from municipalities.models import Municipality


class Act(StrEnum):
    """The buttons; their value is sent as `doe`."""

    MAKE = "maken"
    MAKE_ALL = "alles-maken"
    ZIP = "zip"


class ListForm(forms.Form):
    """The municipalities that are ticked, and what is to be done with them."""

    gemeente = forms.MultipleChoiceField(label="Gemeenten", required=False, widget=forms.MultipleHiddenInput)
    use_required_attribute = False

    def __init__(self, data: QueryDict | None, *, rows: Sequence[LetterRow]) -> None:
        super().__init__(data)
        self.rows = {row.municipality.code: row for row in rows if row.may_tick}
        self.sent = data
        self.fields["gemeente"].choices = [(code, code) for code in self.rows]  # type: ignore[attr-defined]

    @property
    def act(self) -> Act | None:
        doe = self.sent.get("doe", "") if self.sent is not None else ""
        return Act(doe) if doe in set(Act) else None

    def clean(self) -> None:
        if self.act is None:
            raise ValidationError("Laad de pagina opnieuw: er ontbreekt iets in wat u stuurde.")
        if "gemeente" in self.errors:
            raise ValidationError("Een gemeente die u aankruiste, staat niet in deze lijst. Kijk het nog eens na.")
        if not self.chosen:
            raise ValidationError(self._why_none(self.act))

    def _why_none(self, act: Act) -> str:
        if act is Act.ZIP:
            return "Kruis eerst aan welke brieven u wilt hebben: van wat u aankruiste, is er nog geen."
        if act is Act.MAKE_ALL or self.cleaned_data.get("gemeente"):
            return "Hier valt geen concept te maken."
        return "Kruis eerst aan voor welke gemeenten u concepten wilt maken."

    @property
    def chosen(self) -> list[Municipality]:
        """Those that are ticked and of which it can be done; of all those in sight where all are asked for."""
        codes = self.rows if self.act is Act.MAKE_ALL else self.cleaned_data.get("gemeente", ())
        rows = [self.rows[code] for code in codes]
        if self.act is Act.MAKE_ALL:
            rows = [row for row in rows if row.can_be_made]
        if self.act is Act.ZIP:
            rows = [row for row in rows if row.has_letter]
        return [row.municipality for row in rows]

    def is_ticked(self, code: str) -> bool:
        return self.sent is not None and code in self.sent.getlist("gemeente")
