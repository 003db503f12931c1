"""What a beheerder types of a ladder policy: the policy itself, and a form for each step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from supervision.actions.policies import Draft
from supervision.models import LadderStep
from supervision.rules.dutch import decimal
from supervision.rules.period import NotAPeriod, Period
from supervision.rules.policy import Addressee, Colour, Condition, Measure, Metric, Policy, Step
from supervision.rules.policy_check import MOST_STEPS, Part, problems_of

_NUMBER = re.compile(r"(?P<whole>\d{1,5})(?:,(?P<rest>\d{1,3}))?")
_DAYS = re.compile(r"(?P<days>\d{1,3})(?:\s*dag(?:en)?)?")
MOST_MEASURES = 10


class HalfYearField(forms.CharField):
    """A half-year as it is typed: "2025-1"."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return text
        try:
            return Period.parse(text)
        except NotAPeriod as problem:
            raise ValidationError(str(problem)) from problem


class ThresholdField(forms.CharField):
    """A number with a comma, in at most three decimals; as a fraction."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise ValidationError("Dit is geen getal. Schrijf bijvoorbeeld 1 of 82,5.")
        return Fraction(f"{match['whole']}.{match['rest'] or 0}")


class MeasuresField(forms.CharField):
    """A measure a line: what; to whom; by when."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_MEASURES:
            raise ValidationError(f"Dit zijn {len(lines)} maatregelen; een trede heeft er hoogstens {MOST_MEASURES}.")
        return tuple(_measure(line) for line in lines)


def _measure(line: str) -> Measure:
    name, addressee, term, *more = [*(part.strip() for part in line.split(";")), "", ""]
    if not name or any(more):
        raise ValidationError(f"‘{line}’ is niet te lezen. Schrijf: wat; aan wie; termijn.")
    if len(name) > 100:
        raise ValidationError(f"‘{name[:30]}…’ is te lang: een maatregel is hoogstens 100 tekens.")
    if addressee and addressee not in set(Addressee):
        raise ValidationError(f"‘{addressee}’ bij ‘{name}’ is niemand. Kies college, raad of provincie.")
    whom = Addressee(addressee or Addressee.PROVINCE)
    if not term:
        return Measure(name=name, addressee=whom)
    if term == "peildatum":
        return Measure(name=name, addressee=whom, by_next_peildatum=True)
    days = _DAYS.fullmatch(term)
    if days is None or int(days["days"]) == 0:
        raise ValidationError(f"‘{term}’ bij ‘{name}’ is geen termijn. Schrijf een aantal dagen, of peildatum.")
    return Measure(name=name, addressee=whom, days=int(days["days"]))


def _line(measure: Measure) -> str:
    term = "peildatum" if measure.by_next_peildatum else f"{measure.days} dagen" if measure.days else ""
    return "; ".join(part for part in (measure.name, measure.addressee.value, term) if part)


class PolicyForm(forms.Form):
    naam = forms.CharField(label="Naam", max_length=100, error_messages={"required": "Vul de naam in."})
    bron = forms.CharField(
        label="Bron",
        max_length=300,
        help_text="In welk document het staat, bijvoorbeeld het besluit van Gedeputeerde Staten.",
        error_messages={"required": "Vul in waar dit beleid staat."},
    )
    vanaf = HalfYearField(
        label="Geldt vanaf",
        max_length=20,
        help_text="Het eerste halfjaar, bijvoorbeeld 2025-1.",
        error_messages={"required": "Vul in vanaf welk halfjaar dit geldt."},
    )
    herverdeling = forms.BooleanField(
        label="Vergelijk de achterstand met de taakstelling inclusief herverdeling", required=False
    )
    omhoog = forms.IntegerField(
        label="Hoogstens zoveel treden tegelijk omhoog",
        required=False,
        min_value=1,
        max_value=MOST_STEPS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Leeg: geen grens.",
        error_messages={"invalid": "Vul een heel getal in, of niets.", "min_value": "Minstens 1, of niets."},
    )
    omlaag = forms.BooleanField(label="Afschaling alleen na een besluit, nooit vanzelf", required=False)
    uitkomsten = forms.CharField(
        label="Uitkomsten naast de ladder",
        required=False,
        max_length=300,
        help_text="Wat een besluit ook kan zeggen, met een komma ertussen. Bijvoorbeeld: verschoonbaar.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_uitkomsten(self) -> tuple[str, ...]:
        names = [name.strip() for name in self.cleaned_data["uitkomsten"].split(",")]
        return tuple(dict.fromkeys(name for name in names if name))


class StepForm(forms.Form):
    naam = forms.CharField(label="Naam", max_length=100, error_messages={"required": "Geef de trede een naam."})
    kleur = forms.ChoiceField(label="Kleur", choices=LadderStep.COLOURS)
    teken = forms.CharField(
        label="Teken", required=False, max_length=2, help_text="In het gekleurde vakje; leeg: het nummer."
    )
    maat = forms.ChoiceField(
        label="Voorwaarde", required=False, choices=[("", "geen voorwaarde (laagste trede)"), *LadderStep.METRICS]
    )
    drempel = ThresholdField(label="Drempel", required=False, max_length=9)
    halfjaren = forms.IntegerField(
        label="Halfjaren op rij",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Vul een heel getal in."},
    )
    wanneer = forms.CharField(
        label="Wanneer",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Staat in de bijlage.",
        error_messages={"required": "Vul in wanneer een gemeente op deze trede staat."},
    )
    volgt = forms.CharField(
        label="Wat volgt",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staat in de bijlage.",
        error_messages={"required": "Vul in wat er volgt."},
    )
    maatregelen = MeasuresField(
        label="Maatregelen",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eén per regel: wat; aan wie (college, raad of provincie); termijn in dagen, of peildatum.",
    )

    @property
    def heading_id(self) -> str:
        return f"h-{self.prefix}"

    @property
    def swap(self) -> str:
        """What the button says that changes places with the next step."""
        return f"omhoog-{str(self.prefix).rpartition('-')[2]}"

    @property
    def remove(self) -> str:
        return f"weg-{str(self.prefix).rpartition('-')[2]}"

    def clean(self) -> None:
        if self.cleaned_data.get("maat") and self.cleaned_data.get("drempel") is None and "drempel" not in self.errors:
            self.add_error("drempel", "Vul in welk getal op de puntjes van de voorwaarde komt.")

    def step(self, number: int) -> Step:
        typed = self.cleaned_data
        condition = None
        if typed["maat"]:
            half_years = 1 if typed["halfjaren"] is None else typed["halfjaren"]
            condition = Condition(metric=Metric(typed["maat"]), threshold=typed["drempel"], half_years=half_years)
        return Step(
            number=number,
            name=typed["naam"],
            when=typed["wanneer"],
            follows=typed["volgt"],
            condition=condition,
            measures=typed["maatregelen"],
            colour=Colour(typed["kleur"]),
            symbol=typed["teken"],
        )


FIELD_OF = {
    Part.NAME: "naam",
    Part.SIGN: "teken",
    Part.COLOUR: "kleur",
    Part.CONDITION: "maat",
    Part.THRESHOLD: "drempel",
    Part.HALF_YEARS: "halfjaren",
}


class Editor:
    """The forms of one policy. What is typed goes along when a step is added, removed or moved."""

    def __init__(self, head: PolicyForm, steps: Sequence[StepForm]) -> None:
        self.head, self.steps = head, list(steps)
        self.draft: Draft | None = None

    @classmethod
    def opened(cls, draft: Draft, *, version: int) -> Editor:
        rules = draft.rules
        head = PolicyForm(
            initial={
                "naam": rules.name,
                "bron": rules.source,
                "vanaf": str(draft.valid_from),
                "herverdeling": rules.counts_herverdeling,
                "omhoog": rules.most_steps_up,
                "omlaag": rules.down_by_decision,
                "uitkomsten": ", ".join(rules.outcomes),
                "versie": version,
            }
        )
        return cls(head, [_step_form(place, _typed(step)) for place, step in enumerate(rules.steps)])

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> Editor:
        count = str(data.get("treden", ""))
        places = range(min(int(count), MOST_STEPS) if re.fullmatch("[0-9]{1,3}", count) else 0)
        return cls(PolicyForm(data), [StepForm(data, prefix=_prefix(place)) for place in places])

    def rearranged(self, act: str) -> Editor:
        """After "erbij", "weg-2" or "omhoog-2"; nothing that was typed is checked yet, and nothing is lost."""
        steps: list[dict[str, Any]] = [_raw(form) for form in self.steps]
        verb, _, text = act.partition("-")
        place = int(text) if re.fullmatch("[0-9]{1,3}", text) else -1
        if verb == "erbij" and len(steps) < MOST_STEPS:
            taken = {step["kleur"] for step in steps}
            colour = next((each.value for each in Colour if each.value not in taken), Colour.WHITE.value)
            steps.append({"kleur": colour, "halfjaren": 1})
        elif verb == "weg" and 0 <= place < len(steps) and len(steps) > 1:
            del steps[place]
        elif verb == "omhoog" and 0 <= place < len(steps) - 1:
            steps[place], steps[place + 1] = steps[place + 1], steps[place]
        return Editor(PolicyForm(initial=_raw(self.head)), [_step_form(n, step) for n, step in enumerate(steps)])

    @property
    def version(self) -> int:
        return int(self.head.cleaned_data["versie"])

    def with_version(self, version: int) -> Editor:
        """As it was typed, over another version of the concept; knowingly."""
        return Editor.sent({**{key: self.head.data[key] for key in self.head.data}, "versie": str(version)})

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def forms(self) -> list[forms.Form]:
        return [self.head, *self.steps]

    def is_valid(self) -> bool:
        """Every form, and the ladder as a whole; each problem stands at its field."""
        each = [form.is_valid() for form in self.forms]
        if not all(each) or not self.steps:
            if not self.steps:
                self.head.add_error(None, "Laad de pagina opnieuw: de treden ontbreken in wat u stuurde.")
            return False
        typed, steps = self.head.cleaned_data, [form.step(place) for place, form in enumerate(self.steps, start=1)]
        for problem in problems_of(steps, most_steps_up=typed["omhoog"]):
            if problem.place is not None:
                self.steps[problem.place].add_error(FIELD_OF.get(problem.part), problem.sentence)
            else:
                self.head.add_error("omhoog" if problem.part is Part.STEPS_UP else None, problem.sentence)
        if any(form.errors for form in self.forms):
            return False
        rules = Policy(
            name=typed["naam"],
            source=typed["bron"],
            counts_herverdeling=typed["herverdeling"],
            steps=tuple(steps),
            most_steps_up=typed["omhoog"],
            down_by_decision=typed["omlaag"],
            outcomes=typed["uitkomsten"],
        )
        self.draft = Draft(valid_from=typed["vanaf"], rules=rules)
        return True

    @property
    def problems(self) -> list[str]:
        """Each with the step that it is about, for where the fields are not in sight."""
        found = [str(each) for errors in self.head.errors.values() for each in errors]
        for number, form in enumerate(self.steps, start=1):
            found += [f"Trede {number}: {each}" for errors in form.errors.values() for each in errors]
        return found


def _prefix(place: int) -> str:
    return f"trede-{place}"


def _step_form(place: int, initial: Mapping[str, Any]) -> StepForm:
    return StepForm(initial=dict(initial), prefix=_prefix(place))


def _typed(step: Step) -> dict[str, Any]:
    condition = step.condition
    return {
        "naam": step.name,
        "kleur": step.colour.value,
        "teken": step.symbol,
        "maat": condition.metric.value if condition else "",
        "drempel": decimal(condition.threshold).replace(".", "") if condition else "",
        "halfjaren": condition.half_years if condition else 1,
        "wanneer": step.when,
        "volgt": step.follows,
        "maatregelen": "\n".join(_line(measure) for measure in step.measures),
    }


def _raw(form: forms.Form) -> dict[str, Any]:
    """What was typed, as it was typed."""
    return {name: form[name].value() for name in form.fields}


class FreezeForm(forms.Form):
    """A half-year that does not count, and why."""

    halfjaar = HalfYearField(
        label="Halfjaar",
        max_length=20,
        help_text="Bijvoorbeeld 2020-1.",
        error_messages={"required": "Vul in welk halfjaar wordt bevroren."},
    )
    reden = forms.CharField(
        label="Reden", max_length=300, error_messages={"required": "Vul in waarom het halfjaar wordt bevroren."}
    )
