"""The question what if so many more were housed a week."""

from __future__ import annotations

from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from supervision.rules.dutch import number
from supervision.screens.forms import PersonsField

MOST_A_WEEK = 10_000
MOST_WEEKS = 27
"""More weeks than a half-year has make no sense."""


class WhatIfForm(forms.Form):
    erbij = PersonsField(
        label="Personen per week erbij",
        below_zero="Minder dan niemand erbij kan niet.",
        error_messages={"required": "Vul in hoeveel personen er per week bij komen."},
    )
    weken = PersonsField(
        label="Aantal weken",
        below_zero="Minder dan een week kan niet.",
        error_messages={"required": "Vul in hoeveel weken lang."},
    )

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Bound once something was asked."""
        return cls(query if cls.base_fields.keys() & query.keys() else None)

    def clean_erbij(self) -> int:
        a_week: int = self.cleaned_data["erbij"]
        if a_week > MOST_A_WEEK:
            raise ValidationError(f"Hoogstens {number(MOST_A_WEEK)} per week.")
        return a_week

    def clean_weken(self) -> int:
        weeks: int = self.cleaned_data["weken"]
        if not 1 <= weeks <= MOST_WEEKS:
            raise ValidationError(f"Kies 1 tot en met {MOST_WEEKS} weken: meer heeft een halfjaar niet.")
        return weeks

    @property
    def asked(self) -> dict[str, int]:
        """Once it is valid."""
        return {"a_week": self.cleaned_data["erbij"], "weeks": self.cleaned_data["weken"]}
