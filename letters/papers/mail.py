"""An e-mail to be sent by a person with their own mail program: a draft as a file (.eml). Pure; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_ADDRESS = 200


class NotAnAddress(ValueError):
    """Its message is a Dutch sentence for the user."""


def checked_address(address: str) -> str:
    """Raise NotAnAddress for anything but one plain address: no name, no second one, no line of a header."""
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnAddress("Vul één e-mailadres in, zoals griffie@gemeente.nl.") from wrong
    if not address.isascii() or len(address) > LONGEST_ADDRESS:
        raise NotAnAddress("Schrijf het e-mailadres in gewone letters, zonder accenten.")
    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    to: str
    subject: str
    text: str
    attachments: tuple[tuple[str, bytes], ...]


def eml(draft: Draft) -> bytes:
    """`X-Unsent` opens it in a mail program as a message that is still to be sent, by whoever opens it."""
    message = EmailMessage(policy=SMTP)
    message["To"] = checked_address(draft.to)
    message["Subject"] = " ".join(draft.subject.split())
    message["X-Unsent"] = "1"
    message.set_content(draft.text)
    for name, data in draft.attachments:
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def text_of(lines: Iterable[str]) -> str:
    """Paragraphs with a line between them."""
    return "\n\n".join(lines) + "\n"
