"""What people type about the ledger beside its grid: why something is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms


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
