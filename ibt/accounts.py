"""How people get in: an administrator makes the account, nobody signs up by himself. Pages and sentences say u."""

from typing import Any, ClassVar

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.functional import Promise


class StaffAccounts(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Dit account is niet actief. Vraag een beheerder van uw provincie om hulp.",
        "enter_current_password": "Dit is niet uw huidige wachtwoord.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "rate_limited": "U probeert dit te vaak achter elkaar. Wacht een paar minuten.",
        "too_many_login_attempts": "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht vijf minuten en probeer het dan opnieuw.",
        "username_password_mismatch": "De gebruikersnaam of het wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class LoginForm(forms.LoginForm):
    """The way to a new password stands under the button, not between the label and the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class _NewPassword:
    """Says u where two passwords differ, the only error that these forms put on the second."""

    def add_error(self, field: str | None, error: Any) -> None:
        is_difference = field == "password2"
        super().add_error(field, "De twee wachtwoorden zijn niet gelijk." if is_difference else error)  # type: ignore[misc]


class ChangePasswordForm(_NewPassword, forms.ChangePasswordForm):
    """The way to a new password stands under the button here too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(_NewPassword, forms.SetPasswordForm):
    pass


class ResetPasswordForm(forms.ResetPasswordForm):
    """Finds who has the address in whatever case it was written; allauth finds only what was kept in lower case."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        people = get_user_model().objects.filter(email__iexact=email, is_active=True)
        # Beyond ASCII there are letters that only look the same: the link would go to somebody else's mailbox.
        self.users = [each for each in people if each.email.lower() == email.lower()] if email.isascii() else []
        return email


class ResetPasswordKeyForm(_NewPassword, forms.ResetPasswordKeyForm):
    pass
