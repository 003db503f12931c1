"""An e-mail as a draft: read back as a mail program would."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from letters.papers.mail import Draft, NotAnAddress, eml


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_is_unsent_with_addressee_subject_text_and_documents() -> None:
    files = (("brief.pdf", b"%PDF-1.7\n\x00\xff"), ("bijlage-één.pdf", b"%PDF-1.7 two"))
    draft = Draft(to="griffie@gemeente.nl", subject="Toezichtbrief één", text="Geachte griffier,\n", attachments=files)
    message = read(eml(draft))
    assert (message["To"], message["Subject"], message["X-Unsent"]) == ("griffie@gemeente.nl", "Toezichtbrief één", "1")
    assert message["From"] is None
    assert message.get_body().get_content().strip() == "Geachte griffier,"
    found = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in message.iter_attachments()]
    assert found == [(name, "application/pdf", data) for name, data in files]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "griffie",
        "a@b.nl\nBcc: c@d.nl",
        "a@b.nl\r\nBcc: c@d.nl",
        "a@b.nl, c@d.nl",
        "a@b.nl;c@d.nl",
        "Griffie <a@b.nl>",
        "a@b.nl\x00",
        "é@b.nl",
        f"{'a' * 64}@{'.'.join(['b' * 50] * 4)}.nl",
    ],
)
def test_an_address_is_one_plain_address(address: str) -> None:
    with pytest.raises(NotAnAddress):
        eml(Draft(to=address, subject="x", text="x", attachments=()))


def test_a_line_end_in_a_subject_makes_no_header() -> None:
    draft = Draft(to="a@b.nl", subject="Brief\r\nBcc: c@d.nl", text="x", attachments=())
    message = read(eml(draft))
    assert message["Bcc"] is None
    assert message["Subject"] == "Brief Bcc: c@d.nl"
