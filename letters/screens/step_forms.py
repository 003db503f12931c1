"""What people fill in for a step of a letter. What cannot be, the actions say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from letters.actions.sending import Sending, addressee_of
from letters.models import Dispatch, Letter
from letters.models.letter import LONGEST_REMARK
from letters.papers.mail import LONGEST_ADDRESS, NotAnAddress, checked_address
from letters.readiness import writers_of
from letters.screens.forms import DayField
from municipalities.models import User
from municipalities.rights import Right, roles_with
from supervision.screens.dossier_forms import text_field


class StepForm(forms.Form):
    use_required_attribute = False


class ConfirmForm(StepForm):
    """Nothing to fill in: that it was sent says enough."""


class SubmitForm(StepForm):
    aan = forms.ModelChoiceField(
        label="Vaststeller",
        queryset=User.objects.none(),
        empty_label="Kies een vaststeller",
        help_text="Wie aan de brief meeschreef, staat er niet bij.",
        error_messages={"required": "Kies een vaststeller.", "invalid_choice": "Kies een vaststeller uit de lijst."},
    )

    def __init__(self, data: QueryDict | None, *, letter: Letter) -> None:
        super().__init__(data)
        people = User.objects.filter(
            province=letter.province_id, is_active=True, role__in=roles_with(Right.AGREE_LETTERS)
        )
        people = people.exclude(pk__in=writers_of(letter)).order_by("last_name", "first_name", "pk")
        self.fields["aan"].queryset = people  # type: ignore[attr-defined]


class RemarkForm(StepForm):
    opmerking = text_field("Opmerking", rows=3, most=LONGEST_REMARK)

    def __init__(self, data: QueryDict | None, *, needed: str) -> None:
        super().__init__(data)
        field = self.fields["opmerking"]
        field.required, field.error_messages["required"] = True, needed


class AgreeForm(StepForm):
    """`gezien` is the mark of the letter that was read."""

    gezien = forms.CharField(widget=forms.HiddenInput, required=False)


class SendForm(StepForm):
    aan = forms.ChoiceField(label="Aan", error_messages={"invalid_choice": "Kies aan wie de brief is verzonden."})
    hoe = forms.ChoiceField(label="Hoe", choices=Dispatch.Way.choices)
    adres = forms.CharField(
        label="Adres",
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="Bij e-mail het e-mailadres; bij post mag het leeg blijven.",
        error_messages={"max_length": f"Een adres is hoogstens {LONGEST_ADDRESS} tekens."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    op = DayField(label="Verzonden op")

    def __init__(self, data: QueryDict | None, *, letter: Letter, today: date) -> None:
        super().__init__(data, initial={"aan": addressee_of(letter), "op": today})
        self.fields["aan"].choices = _to(letter)  # type: ignore[attr-defined]

    @property
    def sending(self) -> Sending:
        typed = self.cleaned_data
        return Sending(
            to=Dispatch.To(typed["aan"]),
            way=Dispatch.Way(typed["hoe"]),
            sent_on=typed["op"],
            address=typed["adres"].strip(),
        )


class ReceiptForm(StepForm):
    op = DayField(label="Ontvangen op")
    bevestigd = forms.CharField(
        label="Bevestigd door",
        required=False,
        max_length=200,
        help_text="De functie, geen naam: bijvoorbeeld griffie.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data, initial={"op": today})


class MailForm(StepForm):
    aan = forms.ChoiceField(label="Aan", error_messages={"invalid_choice": "Kies voor wie de e-mail is."})
    adres = forms.CharField(
        label="E-mailadres",
        max_length=LONGEST_ADDRESS,
        error_messages={"required": "Vul het e-mailadres in."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, data: QueryDict | None, *, letter: Letter) -> None:
        super().__init__(data, initial={"aan": addressee_of(letter)})
        self.fields["aan"].choices = _to(letter)  # type: ignore[attr-defined]

    def clean_adres(self) -> str:
        try:
            return checked_address(self.cleaned_data["adres"].strip())
        except NotAnAddress as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def _to(letter: Letter) -> list[tuple[str, Any]]:
    return [(each.value, each.label) for each in (addressee_of(letter), Dispatch.To.SECRETARIAAT)]
