"""What is filled in for one letter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from letters.looks.fonts import validate_printable
from letters.models import Signatory
from letters.words.blocks import place
from letters.words.case import Case, Details
from letters.words.composing import asked_by
from letters.words.kinds import usual_kind
from supervision.rules.dutch import long_date
from supervision.rules.period import LAST_YEAR

LONGEST_REMEDY = 500


class DayField(forms.DateField):
    """A day in the browser's own date field; typed days are read as well."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": "Vul een datum in, zoals 22-09-2022.", "required": "Vul een datum in."}
        super().__init__(widget=widget, error_messages=messages, **kwargs)


class LineField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.validators.append(validate_printable)


class LetterForm(forms.Form):
    """The fields of every letter, and those that the text about this trede asks for.

    Without `data` the form shows the usual details. `details` are complete either way: what was
    left out or is wrong falls back on the usual.
    """

    datum = DayField(label="Datum")
    ondertekenaar = forms.ChoiceField(label="Ondertekenaar", required=False)
    documentnummer = LineField(label="Documentnummer", max_length=30, help_text="Nodig om de brief vast te stellen.")
    contactpersoon = LineField(label="Contactpersoon", max_length=60)
    telefoonnummer = LineField(label="Telefoonnummer", max_length=20)
    e_mailadres = forms.EmailField(label="E-mailadres", required=False, max_length=60, validators=[validate_printable])
    plandatum = DayField(
        label="Verbeterplan uiterlijk", required=False, help_text="Leeg: de eerste dag van de maand na dertig dagen."
    )
    termijn = DayField(label="Laatste dag van de termijn", required=False)
    vereist = forms.IntegerField(
        label="Personen die binnen de termijn gehuisvest moeten zijn",
        required=False,
        min_value=1,
        max_value=99_999,
        help_text="Leeg: de hele achterstand.",
        error_messages={"invalid": "Vul een heel getal in."},
    )
    rechtsmiddel = LineField(
        label="Rechtsmiddel tegen het besluit",
        max_length=LONGEST_REMEDY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Een of meer hele zinnen.",
    )
    besluitdatum = DayField(label="Datum van het besluit tot indeplaatsstelling", required=False)
    maatregelendatum = DayField(label="Overzicht van maatregelen uiterlijk", required=False)

    # Which placeholder asks for which field.
    ASKED_BY = {
        "plandatum": "plandatum",
        "termijn": "termijn",
        "vereist": "vereist_personen",
        "rechtsmiddel": "rechtsmiddel",
        "besluitdatum": "besluitdatum",
        "maatregelendatum": "maatregelendatum",
    }
    LATER_THAN_THE_LETTER = ("plandatum", "termijn", "maatregelendatum")

    def __init__(
        self,
        data: Any = None,
        *,
        case: Case,
        usual: Details,
        signatories: Sequence[Signatory] = (),
        asked: Collection[str] | None = None,
    ) -> None:
        """`asked` are the placeholders of the letter; None: those of the delivered text."""
        self.case, self.usual = case, usual
        self.signatories = {str(each.pk): each for each in signatories}
        super().__init__(data, initial=self.usual_data)
        if asked is None:
            asked = asked_by(place(usual_kind(case.step).blocks, case=case), case)
        for name, placeholder in self.ASKED_BY.items():
            if placeholder not in asked:
                del self.fields[name]

        self._let_choose_who_signs()

    def _let_choose_who_signs(self) -> None:
        """Where there is a choice. Who left may be chosen too, and is refused for a letter of after that."""
        if len(self.signatories) < 2:
            del self.fields["ondertekenaar"]
            return
        choices = [("", "De gebruikelijke op de datum van de brief")]
        choices += [(key, str(each)) for key, each in self.signatories.items()]
        cast(forms.ChoiceField, self.fields["ondertekenaar"]).choices = choices

    def clean_datum(self) -> date | None:
        on: date | None = self.cleaned_data["datum"]
        if on is None:
            return None
        period = self.case.opgave.period
        if on < period.peildatum:
            raise ValidationError(f"Een brief over {period} kan niet van vóór {long_date(period.peildatum)} zijn.")
        if on.year >= LAST_YEAR:
            raise ValidationError("Deze datum ligt te ver weg.")
        return on

    def clean_rechtsmiddel(self) -> str:
        return " ".join(self.cleaned_data["rechtsmiddel"].split())

    def clean(self) -> None:
        on = self.cleaned_data.get("datum")
        if on is None:
            return
        chosen = self.signatories.get(self.cleaned_data.get("ondertekenaar", ""))
        if chosen and (why_not := chosen.why_not(on=on)):
            self.add_error("ondertekenaar", why_not)
        for name in self.LATER_THAN_THE_LETTER:
            day = self.cleaned_data.get(name)
            if day and not on < day < date(LAST_YEAR, 1, 1):
                self.add_error(name, f"Deze dag moet na de datum van de brief liggen ({long_date(on)}).")
        decided = self.cleaned_data.get("besluitdatum")
        if decided and decided >= on:
            self.add_error("besluitdatum", f"Het besluit moet van vóór de datum van de brief zijn ({long_date(on)}).")

    @property
    def usual_data(self) -> dict[str, str]:
        """The usual details as they would be typed."""
        return {
            "datum": self.usual.on.isoformat(),
            "documentnummer": self.usual.document_number,
            "contactpersoon": self.usual.contact_name,
            "telefoonnummer": self.usual.phone,
            "e_mailadres": self.usual.email,
        }

    @property
    def details(self) -> Details:
        if not self.is_bound:
            return self.usual
        self.is_valid()
        filled = self.cleaned_data
        return replace(
            self.usual,
            on=filled.get("datum") or self.usual.on,
            document_number=filled.get("documentnummer", ""),
            contact_name=filled.get("contactpersoon", ""),
            phone=filled.get("telefoonnummer", ""),
            email=filled.get("e_mailadres", ""),
            due_plan=filled.get("plandatum"),
            term_ends=filled.get("termijn"),
            required_persons=filled.get("vereist"),
            legal_remedy=filled.get("rechtsmiddel", ""),
            decided_on=filled.get("besluitdatum"),
            measures_by=filled.get("maatregelendatum"),
            signatory=int(filled["ondertekenaar"]) if filled.get("ondertekenaar") else None,
        )
