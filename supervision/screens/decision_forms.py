"""What people send when they propose and decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from municipalities.models import Municipality
from supervision.fingerprint import Seen
from supervision.models import LONGEST_REASON
from supervision.procedure import Step
from supervision.rules.dutch import number
from supervision.rules.policy import Policy
from supervision.screens.worklist import WorkRow

STALE = "Laad de pagina opnieuw: er ontbreekt iets in wat u stuurde."
CLAUSE_HINT = "Als vervolg op ‘Wij wijken daarvan af, omdat …’: zo komt het in de brief."


class Act(StrEnum):
    """The buttons of the worklist; their value is sent as `doe`."""

    PROPOSE = "voorstellen"
    PROPOSE_ALL = "alles-voorstellen"
    DECIDE = "vaststellen"
    DECIDE_ALL = "alles-vaststellen"
    SEND_BACK = "terugsturen"

    @property
    def step(self) -> Step:
        if self in (Act.PROPOSE, Act.PROPOSE_ALL):
            return Step.PROPOSE
        return Step.SEND_BACK if self is Act.SEND_BACK else Step.DECIDE

    @property
    def is_for_all(self) -> bool:
        return self in (Act.PROPOSE_ALL, Act.DECIDE_ALL)

    @classmethod
    def read(cls, data: QueryDict) -> Act | None:
        sent = data.get("doe", "")
        return cls(sent) if sent in set(cls) else None


class RemarkField(forms.CharField):
    """A few sentences, on one or more lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class WorklistForm(forms.Form):
    """The municipalities that are ticked, each as it was seen, and what is to be done with them."""

    gemeente = forms.MultipleChoiceField(label="Gemeenten", required=False, widget=forms.MultipleHiddenInput)
    opmerking = RemarkField(
        label="Opmerking bij terugsturen",
        help_text="Wie voorstelde, leest dit bij de gemeente.",
        error_messages={"required": "Schrijf erbij waarom u terugstuurt."},
    )
    use_required_attribute = False

    def __init__(self, data: QueryDict | None, *, rows: Sequence[WorkRow]) -> None:
        super().__init__(data)
        self.rows = {row.municipality.code: row for row in rows}
        self.act = Act.read(data) if data is not None else None
        self.fields["opmerking"].required = self.act in (None, Act.SEND_BACK)
        self.fields["gemeente"].choices = [(code, code) for code in self.rows]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.act is None:
            raise ValidationError(STALE)
        if "gemeente" in self.errors:
            raise ValidationError("Een gemeente die u aankruiste, staat niet in deze lijst. Kijk het nog eens na.")
        if not self.codes:
            raise ValidationError("Kruis eerst aan om welke gemeenten het gaat.")
        if any(self._seen(code) is None for code in self.codes):
            raise ValidationError(STALE)
        if self.act.step is not Step.PROPOSE and not all(self.proposals):
            raise ValidationError("Een gemeente die u aankruiste, heeft geen voorstel. Kijk het nog eens na.")

    @property
    def codes(self) -> list[str]:
        """Those that are ticked; with a button for all of them, every one that could be ticked."""
        if self.act and self.act.is_for_all:
            return [code for code, row in self.rows.items() if row.may_tick and self._seen(code)]
        return list(self.cleaned_data.get("gemeente", ()))

    @property
    def seen(self) -> dict[Municipality, Seen]:
        return {self.rows[code].municipality: was for code in self.codes if (was := self._seen(code))}

    @property
    def proposals(self) -> list[int]:
        """The pks of the proposals that were in sight."""
        return [was.proposal or 0 for was in self.seen.values()]

    def _seen(self, code: str) -> Seen | None:
        return Seen.parse(str(self.data.get(f"gezien-{code}", "")))

    def is_ticked(self, code: str) -> bool:
        return isinstance(self.data, QueryDict) and code in self.data.getlist("gemeente")


class SeenForm(forms.Form):
    """A form about what was in sight; `see_anew` for when something changed meanwhile, so that it can be sent again."""

    use_required_attribute = False
    gezien = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_gezien(self) -> Seen | None:
        """A hidden field has no place of its own for an error."""
        seen = Seen.parse(self.cleaned_data["gezien"])
        if seen is None:
            self.add_error(None, STALE)
        return seen

    def see_anew(self, seen: Seen) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["gezien"] = str(seen)
        self.data = data


class ProposalForm(SeenForm):
    """A trede for one municipality; the reason is asked for where it departs from the advice, or revises."""

    trede = forms.TypedChoiceField(
        label="Trede",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een trede.", "invalid_choice": "Deze trede staat niet in het beleidskader."},
    )
    uitkomst = forms.ChoiceField(label="Uitkomst naast de ladder", required=False)
    reden = RemarkField(label="Reden", required=False)

    def __init__(self, data: QueryDict | None, *, policy: Policy, advice: int, is_revision: bool, seen: Seen) -> None:
        super().__init__(data, initial={"trede": advice, "gezien": str(seen)})
        self.advice, self.is_revision = advice, is_revision
        self.fields["trede"].choices = [  # type: ignore[attr-defined]
            (step.number, _step_label(step.number, step.name, advice)) for step in policy.steps
        ]
        if policy.outcomes:
            self.fields["uitkomst"].choices = [("", "geen"), *((each, each) for each in policy.outcomes)]  # type: ignore[attr-defined]
        else:
            del self.fields["uitkomst"]
        self.fields["reden"].required = is_revision
        self.fields["reden"].error_messages["required"] = "Geef een reden om het besluit te herzien."
        hint = "Waarom het besluit wordt herzien." if is_revision else "Nodig als u afwijkt van het advies."
        self.fields["reden"].help_text = f"{hint} {CLAUSE_HINT}"

    def clean(self) -> None:
        departs = self.cleaned_data.get("trede") not in (None, self.advice) or bool(self.cleaned_data.get("uitkomst"))
        if departs and not self.cleaned_data.get("reden") and "reden" not in self.errors:
            self.add_error("reden", "U wijkt af van het advies. Geef een reden.")


class InterimForm(SeenForm):
    """A lower trede within the half-year, from a day on."""

    trede = forms.TypedChoiceField(
        label="Trede",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een trede.", "invalid_choice": "Kies een lagere trede dan nu."},
    )
    vanaf = forms.DateField(
        label="Geldt vanaf",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul in vanaf welke dag de trede geldt.",
            "invalid": "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022.",
        },
    )
    reden = RemarkField(
        label="Reden",
        help_text="Waaruit blijkt dat de achterstand weg is.",
        error_messages={"required": "Geef een reden om tussentijds af te schalen."},
    )

    def __init__(self, data: QueryDict | None, *, policy: Policy, stood_on: int, today: date, seen: Seen) -> None:
        super().__init__(data, initial={"vanaf": today, "gezien": str(seen)})
        self.fields["trede"].choices = [  # type: ignore[attr-defined]
            (step.number, f"{number(step.number)} {step.name}") for step in policy.steps if step.number < stood_on
        ]


class SendBackForm(forms.Form):
    use_required_attribute = False
    opmerking = RemarkField(
        label="Opmerking bij terugsturen",
        error_messages={"required": "Schrijf erbij waarom u terugstuurt."},
    )


def _step_label(trede: int, name: str, advice: int) -> str:
    return f"{number(trede)} {name}{' (advies)' if trede == advice else ''}"
