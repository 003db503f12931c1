"""Which files may go with a contact, known by their bytes; and how they are kept and taken away."""

from __future__ import annotations

import hashlib
import io
import zipfile
from email.message import EmailMessage

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from supervision.actions import Refused
from supervision.actions.attachments import MOST_ATTACHMENTS, add_attachment, withdraw_attachment
from supervision.actions.dossier import Mistake, change_entry, withdraw_entry
from supervision.attachments import TYPES, Kind, NoAttachment, check_attachment, kind_of
from supervision.dossier import attachments_of
from supervision.models import Attachment
from tests.supervision.dossier_entries import TALK, make_attachment, make_contact
from tests.supervision.ledger import NOON

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def package(*names: str, types: str = DOCX, **more: str) -> bytes:
    """A zip file with these parts; `types` is what [Content_Types].xml says, empty to leave it out."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        if types:
            archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        for name in names:
            archive.writestr(name, "<x/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return written.getvalue()


def e_mail(*, attached: bytes = b"", name: str = "notitie.pdf", html: bool = False) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@gemeente.example", "b@provincie.example", "Raadsbrief"
    message.set_content("Hierbij de raadsbrief.")
    if html:
        message.add_alternative("<html><body>Hierbij de raadsbrief.</body></html>", subtype="html")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


GOOD = {
    Kind.PDF: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    Kind.PNG: b"\x89PNG\r\n\x1a\n\x00\x00",
    Kind.JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF",
    Kind.DOCX: package("word/document.xml"),
    Kind.XLSX: package("xl/workbook.xml"),
    Kind.ODT: package("content.xml", types="", mimetype=TYPES[Kind.ODT]),
    Kind.ODS: package("content.xml", types="", mimetype=TYPES[Kind.ODS]),
    Kind.TEXT: "Besproken: de achterstand van één gezin.\r\n".encode(),
    Kind.EML: e_mail(attached=b"%PDF-1.7", html=True),
}

BAD = {
    "a program": b"MZ\x90\x00\x03",
    "a program of Linux": b"\x7fELF\x02\x01",
    "a web page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "a web page after white space": b"\xef\xbb\xbf \n\t<HTML>",
    "a web page in disguise": b"Beste lezer,\n<script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "an xml file": b'<?xml version="1.0"?><html/>',
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a batch file": b"@ECHO OFF\r\nformat c:\r\n",
    "rich text": b"{\\rtf1\\ansi}",
    "postscript": b"%!PS-Adobe",
    "an old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a zip file": package("brief.pdf", types=""),
    "a broken zip file": b"PK\x03\x04" + b"\x00" * 40,
    "a document with macros": package("word/document.xml", "word/vbaProject.bin"),
    "a document that says it has macros": package("word/document.xml", types="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a workbook with old macros": package("xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
    "a document with a control": package("word/document.xml", "word/activeX/activeX1.xml"),
    "a document with an object": package("word/document.xml", "word/embeddings/oleObject1.bin"),
    "a document with a program": package("word/document.xml", "word/media/start.exe"),
    "a presentation": package("ppt/presentation.xml"),
    "an open document with macros": package("Basic/script-lc.xml", types="", mimetype=TYPES[Kind.ODT]),
    "an e-mail with a program": e_mail(attached=b"MZ\x90\x00"),
    "an e-mail with a script": e_mail(attached=b"WScript.Echo 1", name="brief.vbs"),
    "an e-mail with an e-mail with a program": e_mail(attached=e_mail(attached=b"MZ\x90\x00"), name="brief.eml"),
    "bytes": bytes(range(256)),
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_known_by_its_bytes_and_named_after_what_it_is(kind):
    found, name = check_attachment(name="gesprek.exe", content=GOOD[kind], size=len(GOOD[kind]))
    assert found is kind
    assert name.startswith("gesprek.exe.")
    right = {Kind.JPEG: "jpg", Kind.TEXT: "csv"}.get(kind, kind.value)
    assert check_attachment(name=f"Gesprek.{right}", content=GOOD[kind], size=1)[1] == f"Gesprek.{right}"


@pytest.mark.parametrize("what", BAD)
def test_what_runs_or_is_not_known_is_no_attachment(what):
    assert kind_of(BAD[what]) is None
    with pytest.raises(NoAttachment, match=r"^gesprek\.pdf kan geen bijlage zijn.*Toegestaan zijn pdf"):
        check_attachment(name="C:\\Temp\\gesprek.pdf", content=BAD[what], size=len(BAD[what]))


@given(st.sampled_from(sorted(GOOD.items())), st.integers(0, 400), st.binary(max_size=40))
def test_a_file_with_a_fault_in_it_is_an_attachment_or_is_not(good, at, fault):
    _, content = good
    assert kind_of(content[:at] + fault + content[at + len(fault) :]) in {*Kind, None}


def test_a_large_or_an_empty_file_is_refused():
    with override_settings(ATTACHMENT_MEGABYTES=1):
        with pytest.raises(NoAttachment, match=r"foto\.png is te groot: een bijlage is hoogstens 1 MB"):
            check_attachment(name="foto.png", content=b"", size=1024 * 1024 + 1)
        assert check_attachment(name="foto.png", content=GOOD[Kind.PNG], size=1024 * 1024)
    with pytest.raises(NoAttachment, match=r"leeg\.txt is leeg"):
        check_attachment(name="leeg.txt", content=b"", size=0)


# -- kept ---------------------------------------------------------------------


@pytest.fixture
def contact(within_utrecht, supervisor, city):
    return make_contact(by=supervisor, municipality=city)


def test_it_is_kept_as_it_was_given(contact, supervisor):
    added, is_new = add_attachment(by=supervisor, contact=contact, name="nota.pdf", content=GOOD[Kind.PDF], now=NOON)
    assert is_new
    row = Attachment.objects.get(pk=added.pk)
    assert bytes(row.content) == GOOD[Kind.PDF]
    assert row.sha256 == hashlib.sha256(GOOD[Kind.PDF]).hexdigest()
    assert (row.size, row.given_by, row.given_at) == (len(GOOD[Kind.PDF]), supervisor, NOON)


def test_the_same_file_again_is_there_already(contact, supervisor):
    first = make_attachment(by=supervisor, contact=contact)
    again = add_attachment(by=supervisor, contact=contact, name="b.txt", content=b"Besproken: de cijfers.", now=NOON)
    assert again == (first, False)


def test_it_stays_with_later_versions_of_the_contact(contact, supervisor):
    added = make_attachment(by=supervisor, contact=contact)
    facts = TALK.__class__(**{name: getattr(TALK, name) for name in TALK.__slots__} | {"said": "Meer."})
    later = change_entry(by=supervisor, seen=contact, facts=facts, now=NOON).version
    more = make_attachment(by=supervisor, contact=contact, name="b.txt", content=b"Nog iets.")
    assert more.contact == later
    assert list(attachments_of(contact.entry)) == [added, more]


def test_a_contact_that_was_withdrawn_takes_none(contact, supervisor):
    withdraw_entry(by=supervisor, seen=contact, reason="Dubbel", now=NOON)
    with pytest.raises(Refused, match="intussen ingetrokken"):
        make_attachment(by=supervisor, contact=contact)


def test_there_is_an_end_to_it(contact, supervisor):
    for number in range(MOST_ATTACHMENTS):
        make_attachment(by=supervisor, contact=contact, content=f"Blad {number}".encode())
    with pytest.raises(Refused, match="hoogstens 20 bijlagen"):
        make_attachment(by=supervisor, contact=contact)


def test_withdrawn_its_content_goes_and_that_it_was_there_stays(contact, supervisor):
    attachment = make_attachment(by=supervisor, contact=contact)
    with pytest.raises(Mistake, match="Vul in waarom"):
        withdraw_attachment(by=supervisor, attachment=attachment, reason="", now=NOON)
    assert withdraw_attachment(by=supervisor, attachment=attachment, reason="Er stonden namen in", now=NOON)
    assert not withdraw_attachment(by=supervisor, attachment=attachment, reason="Nog eens", now=NOON)
    row = Attachment.objects.get()
    assert bytes(row.content) == b""
    assert (row.name, row.sha256, row.withdrawal_reason) == ("notitie.txt", attachment.sha256, "Er stonden namen in")
    # The same file may come again: what was wrong with it may be told otherwise now.
    assert make_attachment(by=supervisor, contact=contact).pk != row.pk
