"""What people type about the ledger beside its grid: why something is withdrawn, why COA differs, what others count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from municipalities.models import Municipality
from supervision.differences import Difference
from supervision.models import DifferenceExplained
from supervision.rules.dutch import long_date
from supervision.rules.opgave import OwnCount
from supervision.rules.period import Period
from supervision.screens.forms import PersonsField


class WithdrawalForm(forms.Form):
    """Why a delivery is withdrawn: asked for where a half-year is closed, welcome elsewhere."""

    reden = forms.CharField(
        label="Reden",
        max_length=300,
        error_messages={"required": "Vul in waarom de levering wordt ingetrokken."},
    )

    def __init__(self, *args: Any, is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].required = is_needed


class ExplanationForm(forms.Form):
    """One explanation for the differences that are ticked; each goes along as it was seen."""

    gemeente = forms.MultipleChoiceField(label="Gemeenten", required=False, widget=forms.MultipleHiddenInput)
    oorzaak = forms.ChoiceField(
        label="Oorzaak",
        choices=[("", "Kies een oorzaak"), *DifferenceExplained.Cause.choices],
        error_messages={"required": "Kies een oorzaak."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=300,
        help_text="Bijvoorbeeld wie het bevestigde; bij ‘iets anders’ is zij nodig.",
    )

    def __init__(self, data: QueryDict | None, *, differences: Sequence[Difference]) -> None:
        super().__init__(data)
        self.by_code = {difference.municipality.code: difference for difference in differences}
        self.fields["gemeente"].choices = [(code, code) for code in self.by_code]  # type: ignore[attr-defined]

    def clean(self) -> None:
        needs_note = self.cleaned_data.get("oorzaak") == DifferenceExplained.Cause.OTHER
        if needs_note and not self.cleaned_data.get("toelichting"):
            self.add_error("toelichting", "Vul bij ‘iets anders’ in wat het is.")
        if "gemeente" in self.errors:
            raise ValidationError("Een gemeente die u aankruiste, heeft geen verschil meer. Kijk het nog eens na.")
        if not self.cleaned_data.get("gemeente"):
            raise ValidationError("Kruis aan van welke gemeenten u het verschil verklaart.")
        if any(self._seen(code) is None for code in self.cleaned_data.get("gemeente", ())):
            raise ValidationError("Laad de pagina opnieuw: een verschil ontbreekt in wat u stuurde.")

    @property
    def seen(self) -> dict[Municipality, int]:
        """Per ticked municipality the difference that the sender saw."""
        return {self.by_code[code].municipality: self._seen(code) or 0 for code in self.cleaned_data["gemeente"]}

    def _seen(self, code: str) -> int | None:
        sent = str(self.data.get(f"verschil-{code}", ""))
        return int(sent) if re.fullmatch("-?[0-9]{1,7}", sent) else None

    def is_ticked(self, difference: Difference) -> bool:
        """As it was sent; on a fresh page what is not explained yet."""
        if self.is_bound and isinstance(self.data, QueryDict):
            return difference.municipality.code in self.data.getlist("gemeente")
        return not difference.is_explained


class OwnCountForm(forms.Form):
    """What a municipality counts itself, on a day of the half-year."""

    soort = forms.ChoiceField(
        label="Wat er is geteld",
        choices=[("", "Kies wat"), *((kind.value, kind.dutch) for kind in OwnCount)],
        error_messages={"required": "Kies wat er is geteld."},
    )
    dag = forms.DateField(
        label="Stand van",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul in van welke dag de stand is.",
            "invalid": "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022.",
        },
    )
    personen = PersonsField(
        label="Personen",
        below_zero="Een telling kan niet onder nul zijn.",
        error_messages={"required": "Vul in om hoeveel personen het gaat."},
    )
    document = forms.CharField(
        label="Document",
        required=False,
        max_length=200,
        help_text="Waar het staat, bijvoorbeeld de raadsbrief of de gespreksnotitie.",
    )

    def __init__(self, data: QueryDict | None, *, period: Period, today: date) -> None:
        super().__init__(data)
        self.first, self.last = period.start, min(today, period.peildatum)

    def clean_dag(self) -> date:
        day: date = self.cleaned_data["dag"]
        if not self.first <= day <= self.last:
            raise ValidationError(f"Kies een dag van {long_date(self.first)} tot en met {long_date(self.last)}.")
        return day
