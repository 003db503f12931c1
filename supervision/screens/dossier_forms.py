"""What people type in the dossier. The fields are called as the facts of the actions; what cannot be, the actions say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from municipalities.models import Municipality
from supervision.actions.dossier import AgreementFacts, CircumstanceFacts, ContactFacts, Facts
from supervision.dossier import contacts_of
from supervision.models import Agreement, Circumstance, Contact, DossierEntry, Verbeterplan
from supervision.models.dossier import LONGEST_LINE, LONGEST_TEXT
from supervision.rules.dutch import long_date
from supervision.rules.verbeterplan import FOLLOWS, State
from supervision.screens.forms import PersonsField

NO_DATE = "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."
RELOAD = "Laad de pagina opnieuw."


def day_field(label: str, *, needed: str = "", help_text: str = "") -> forms.DateField:
    """A day; `needed` is the sentence that asks for it, empty where it may be left out."""
    return forms.DateField(
        label=label,
        required=bool(needed),
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": needed, "invalid": NO_DATE},
    )


def line_field(label: str, *, needed: str = "", help_text: str = "", most: int = LONGEST_LINE) -> forms.CharField:
    """A line of text; `needed` as with a day."""
    return forms.CharField(
        label=label,
        required=bool(needed),
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": needed},
    )


class TextField(forms.CharField):
    """Lines of text. A browser ends them otherwise than they were given to it: that is no change."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def text_field(label: str, *, rows: int, most: int, help_text: str = "") -> TextField:
    return TextField(
        label=label,
        required=False,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = line_field(
        "Reden", needed="Vul in waarom u dit intrekt.", help_text="De reden blijft in het dossier staan."
    )


class EntryForm(forms.Form):
    """An entry of the dossier. `entry` is its mark: sent twice, it counts once. `seen` is the version that was changed.

    `not_typed` are facts that go along and are not in the form; a change keeps those of the version.
    """

    KEPT: ClassVar[tuple[str, ...]] = ()

    entry = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": RELOAD, "invalid": RELOAD})
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, error_messages={"invalid": RELOAD})

    def __init__(
        self,
        data: QueryDict | None,
        *,
        municipality: Municipality,
        version: DossierEntry | None = None,
        proposed: Mapping[str, Any] | None = None,
        not_typed: Mapping[str, Any] | None = None,
    ) -> None:
        """Filled as the version says, or as is proposed."""
        initial = self.initial_of(version) if version else {"entry": uuid4(), **(proposed or {})}
        super().__init__(data, initial=initial)
        self.municipality = municipality
        self.not_typed = {name: getattr(version, name) for name in self.KEPT} if version else dict(not_typed or {})

    def initial_of(self, version: DossierEntry) -> dict[str, Any]:
        own = [name for name in self.base_fields if name not in ("entry", "seen")]
        return {"entry": version.entry, "seen": version.pk, **{name: getattr(version, name) for name in own}}

    def clean(self) -> None:
        """What belongs to no field that is seen, is told above the form."""
        if "entry" in self.errors or "seen" in self.errors:
            raise ValidationError(RELOAD)

    def facts(self) -> Facts:
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("entry", "seen")}
        return {**self.not_typed, **typed}


class ContactForm(EntryForm):
    kind = forms.ChoiceField(
        label="Soort",
        choices=[("", "Kies een soort"), *Contact.Kind.choices],
        error_messages={"required": "Kies wat voor contact het is."},
    )
    on = day_field(
        "Datum", needed="Vul in op welke dag het is.", help_text="Ligt de dag nog voor u, dan komt het in de agenda."
    )
    time = forms.TimeField(
        label="Tijd",
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Dit is geen tijd. Schrijf bijvoorbeeld 9.45."},
    )
    subject = line_field("Onderwerp", needed="Vul in waar het over ging.", most=120)
    participants = line_field(
        "Deelnemers", help_text="De functies, geen namen: bijvoorbeeld wethouder wonen, toezichthouder."
    )
    names = line_field("Namen", help_text="Persoonsgegeven: wordt niet gepubliceerd en komt in geen brief of notitie.")
    said = text_field(
        "Besproken",
        rows=10,
        most=LONGEST_TEXT,
        help_text="In uw eigen woorden. Schrijf niets op over afzonderlijke vergunninghouders: geen namen, geen V-nummers.",
    )

    def facts(self) -> ContactFacts:
        typed = self.typed()
        return ContactFacts(**typed | {"kind": Contact.Kind(typed["kind"])})


class ContactChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Contact) -> str:
        return f"{obj.get_kind_display()}, {long_date(obj.on)}: {obj.subject}"


class PlanChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Verbeterplan) -> str:
        return f"Verbeterplan over {obj.period}"


class AgreementForm(EntryForm):
    KEPT = ("trede", "measure", "period")

    what = line_field("Afspraak", needed="Vul in wat er is afgesproken.")
    party = line_field(
        "Wie",
        needed="Vul in wie het doet.",
        most=80,
        help_text="Bijvoorbeeld college, toezichthouder of COA.",
    )
    due = day_field("Uiterlijk", needed="Vul in wanneer het klaar moet zijn.")
    done_on = day_field("Gedaan op", help_text="Leeg: nog niet gedaan.")
    contact = ContactChoice(
        label="Gemaakt bij", required=False, queryset=Contact._base_manager.none(), empty_label="geen contact"
    )
    plan = PlanChoice(
        label="Hoort bij", required=False, queryset=Verbeterplan._base_manager.none(), empty_label="geen verbeterplan"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = contacts_of(municipality=self.municipality)
        plans = Verbeterplan.objects.filter(municipality=self.municipality, withdrawn_at=None)
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        if not plans.exists():
            del self.fields["plan"]

    def initial_of(self, version: DossierEntry) -> dict[str, Any]:
        """The contact in the version of it that stands now."""
        said = super().initial_of(version)
        if isinstance(version, Agreement) and version.contact:
            standing = contacts_of(municipality=version.municipality).filter(entry=version.contact.entry)
            said["contact"] = standing.first()
        return said

    def facts(self) -> AgreementFacts:
        return AgreementFacts(**self.typed())


class CircumstanceForm(EntryForm):
    kind = forms.ChoiceField(
        label="Soort",
        choices=[("", "Kies een soort"), *Circumstance.Kind.choices],
        error_messages={"required": "Kies wat voor omstandigheid het is."},
    )
    subject = line_field(
        "Onderwerp",
        needed="Vul in waar het over gaat.",
        most=120,
        help_text="Met hetzelfde onderwerp komen opgaven van verschillende kanten naast elkaar te staan.",
    )
    persons = PersonsField(
        label="Personen",
        required=False,
        below_zero="Een aantal kan niet onder nul zijn.",
        help_text="Telt nergens in mee.",
    )
    said_by = line_field(
        "Wie zegt het", needed="Vul in wie het zei.", most=120, help_text="De organisatie of functie, geen naam."
    )
    said_on = day_field("Gezegd op", needed="Vul in op welke dag het is gezegd.")
    document = line_field(
        "Document", needed="Vul in in welk document het staat.", most=200, help_text="Bijvoorbeeld de raadsbrief."
    )
    start = day_field("Van")
    end = day_field("Tot en met")
    description = text_field("Toelichting", rows=4, most=2_000)

    def facts(self) -> CircumstanceFacts:
        typed = self.typed()
        return CircumstanceFacts(**typed | {"kind": Circumstance.Kind(typed["kind"])})


class PlanForm(forms.Form):
    """A verbeterplan is asked for."""

    on = day_field("Gevraagd op", needed="Vul in op welke dag het plan is gevraagd.")
    due = day_field("Uiterlijk te ontvangen", help_text="Komt in de agenda.")
    note = line_field("Toelichting", help_text="Bijvoorbeeld wat er in het plan moet staan.")
    submission = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": RELOAD, "invalid": RELOAD})

    def clean(self) -> None:
        if "submission" in self.errors:
            raise ValidationError(RELOAD)


class StepForm(forms.Form):
    """The next state of a verbeterplan."""

    state = forms.ChoiceField(label="Nieuwe stand", error_messages={"required": "Kies de nieuwe stand."})
    on = day_field("Op", needed="Vul in op welke dag dat was.")
    due = day_field("Volgende stap uiterlijk", help_text="Komt in de agenda.")
    note = line_field("Toelichting", help_text="Bij terugsturen nodig: wat ontbreekt er?")
    seen = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[(state.value, state.value) for state in State],
        error_messages={"required": RELOAD, "invalid_choice": RELOAD},
    )

    def __init__(self, data: QueryDict | None, *, state: State) -> None:
        super().__init__(data, initial={"seen": state.value})
        labels = {State.REQUESTED: "opnieuw gevraagd (teruggestuurd)"}
        following = [(each.value, labels.get(each, each.value)) for each in FOLLOWS[state]]
        self.fields["state"].choices = following  # type: ignore[attr-defined]

    def clean(self) -> None:
        if "seen" in self.errors:
            raise ValidationError(RELOAD)
