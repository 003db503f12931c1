"""What somebody types in the editor of a letter. The words of a block, and the details of the letter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from letters.actions.editing import Filled
from letters.looks.fonts import validate_printable
from letters.models import LONGEST_HEADING, LONGEST_WORDS
from letters.screens.forms import LetterForm, LineField
from letters.words.blocks import Placed, Role
from letters.words.composing import asked_by
from letters.written import Written
from supervision.rules.dutch import long_date, number
from supervision.screens.dossier_forms import TextField

RELOAD = "Laad de pagina opnieuw: dit formulier is niet heel aangekomen."


class WordsForm(forms.Form):
    """`gezien` is the version of the block that was seen, `standaard` that of its standard text."""

    use_required_attribute = False

    kop = LineField(
        label="Kop",
        max_length=LONGEST_HEADING,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Een kop is hoogstens {LONGEST_HEADING} tekens."},
    )
    tekst = TextField(
        label="Tekst",
        required=False,
        max_length=LONGEST_WORDS,
        validators=[validate_printable],
        widget=forms.Textarea(attrs={"rows": 9, "data-words": ""}),
        error_messages={"max_length": f"Een tekst is hoogstens {number(LONGEST_WORDS)} tekens; dit zijn er meer."},
    )
    na = forms.ChoiceField(
        label="Plaats", error_messages={"invalid_choice": "De plaats die u koos, is er niet meer. Kies een andere."}
    )
    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    standaard = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: QueryDict | None = None, *, is_line: bool, places: Sequence[tuple[str, str]], **given: Any
    ) -> None:
        """`is_line`: the block is one line without a heading. `places` are given for a paragraph of the letter's own."""
        super().__init__(data, initial=given)
        self.fields["na"].choices = places  # type: ignore[attr-defined]
        if not places:
            del self.fields["na"]
        if is_line:
            del self.fields["kop"]
            self.fields["tekst"].widget.attrs["rows"] = 2

    def clean(self) -> None:
        if "gezien" in self.errors or "standaard" in self.errors:
            raise ValidationError(RELOAD)

    @property
    def words(self) -> tuple[str, str]:
        """Heading and text, as far as they are right."""
        return self.cleaned_data.get("kop", ""), self.cleaned_data.get("tekst", "")


def places_for(placed: Sequence[Placed], *, slug: str = "") -> list[tuple[str, str]]:
    """After which blocks a paragraph of the letter's own may come."""
    others = [each.block for each in placed if each.block.slug != slug and each.block.role is not Role.SUBJECT]
    return [(block.slug, f"na ‘{block.label}’") for block in others]


def new_slug() -> str:
    """Made when the form is: sent twice, it is one paragraph."""
    return f"alinea-{uuid4().hex[:10]}"


class DetailsForm(LetterForm):
    """The details of a concept. `gezien` are those that stood there when the form came."""

    use_required_attribute = False

    gezien = forms.CharField(widget=forms.HiddenInput, error_messages={"required": RELOAD})

    def __init__(self, data: QueryDict | None, *, found: Written) -> None:
        stands = Filled.of(found.letter)
        super().__init__(
            data,
            case=found.case,
            usual=found.details,
            signatories=found.letterhead.all_signatories,
            asked=asked_by(found.placed, found.case),
        )
        self.fields["datum"].required = False
        self.fields["datum"].help_text = "Leeg: de dag waarop de brief wordt vastgesteld."
        self.initial.update({form: getattr(stands, name) for form, name in FIELDS.items()}, gezien=_written(stands))
        self.stands = stands

    def clean_gezien(self) -> Filled:
        try:
            given = json.loads(self.cleaned_data["gezien"])
            days = {name: date.fromisoformat(given[name]) if given[name] else None for name in DAYS}
            return Filled(**{**given, **days})
        except (ValueError, TypeError, KeyError) as error:
            raise ValidationError(RELOAD) from error

    def differences(self, theirs: Filled) -> tuple[tuple[str, str], ...]:
        """What a colleague filled in where this form has something else, each with the label of its field."""
        mine, other = asdict(self.filled), asdict(theirs)
        names = [form for form, name in FIELDS.items() if form in self.fields and mine[name] != other[name]]
        return tuple((str(self.fields[form].label), self._shown(form, other[FIELDS[form]])) for form in names)

    def _shown(self, form: str, value: date | int | str | None) -> str:
        if form == "ondertekenaar":
            return str(self.signatories.get(str(value), "de gebruikelijke"))
        return long_date(value) if isinstance(value, date) else str(value or "niet ingevuld")

    @property
    def filled(self) -> Filled:
        """What is asked for by no placeholder now stays as it is."""
        asked = {name: self.cleaned_data.get(form) for form, name in FIELDS.items() if form in self.fields}
        if "signatory_id" in asked:
            asked["signatory_id"] = int(asked["signatory_id"]) if asked["signatory_id"] else None
        return Filled(**{**asdict(self.stands), **asked})


FIELDS = {
    "datum": "on",
    "ondertekenaar": "signatory_id",
    "documentnummer": "document_number",
    "contactpersoon": "contact_name",
    "telefoonnummer": "phone",
    "e_mailadres": "email",
    "plandatum": "due_plan",
    "termijn": "term_ends",
    "vereist": "required_persons",
    "rechtsmiddel": "legal_remedy",
    "besluitdatum": "decided_on",
    "maatregelendatum": "measures_by",
}
"""Fields of the form, and the details that they fill."""

DAYS = ("on", "due_plan", "term_ends", "decided_on", "measures_by")


def _written(filled: Filled) -> str:
    return json.dumps(asdict(filled), default=str, ensure_ascii=False)
