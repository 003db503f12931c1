"""Which files may go with a contact: known by their bytes and not by their name, and none that runs."""

from __future__ import annotations

import re
import zipfile
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from io import BytesIO

from django.conf import settings

from supervision.models import Attachment
from supervision.workbooks import file_name

Kind = Attachment.Kind


class NoAttachment(ValueError):
    """A file that is not taken. Its message is a Dutch sentence for the user."""


ALLOWED = "Toegestaan zijn pdf, docx, xlsx, odt, ods, png, jpeg, platte tekst en e-mail (eml)."

TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.EML: "application/octet-stream",
}
"""As what each is sent back. An e-mail may hold a web page, so that it is sent as bytes alone."""

_ENDINGS = {Kind.JPEG: ("jpeg", "jpg"), Kind.TEXT: ("txt", "md", "csv")}
_RUNS = re.compile(r"\.(exe|com|scr|msi|dll|js|jse|vbs|vbe|wsf|bat|cmd|ps1|hta|lnk|jar|html?|svg)$", re.IGNORECASE)
_MACROS = re.compile(rf"vbaproject|vbadata|activex|macrosheets/|^basic/|^scripts/|/oleobject|{_RUNS.pattern}")
_HEADERS = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}")
_ADDRESSED = {"from", "to", "date", "subject", "message-id", "received"}
MOST_PARTS = 2_000
MOST_TYPES_BYTES = 200_000
MOST_HEADER_BYTES = 100_000


def check_attachment(*, name: str, content: bytes, size: int) -> tuple[Kind, str]:
    """What the file is, and the name that it gets. Raises NoAttachment. `size` is what was sent: a file that is too
    large comes without its content."""
    most: int = settings.ATTACHMENT_MEGABYTES
    shown = file_name(name)
    if size > most * 1024 * 1024:
        raise NoAttachment(f"{shown} is te groot: een bijlage is hoogstens {most} MB.")
    if not content:
        raise NoAttachment(f"{shown} is leeg.")
    kind = kind_of(content)
    if kind is None:
        raise NoAttachment(f"{shown} kan geen bijlage zijn: dit soort bestand wordt niet bewaard. {ALLOWED}")
    return kind, _with_ending(shown, kind)


def kind_of(content: bytes) -> Kind | None:
    """None for what is not known, or can run: a program, a web page, a drawing with script, an office file with macros."""
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    return _kind_of_text(content)


def _kind_of_package(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename.casefold() for part in parts}
            if len(parts) > MOST_PARTS or any(_MACROS.search(name) for name in names):
                return None
            types = _small_part(package, "[Content_Types].xml").lower()
            mimetype = _small_part(package, "mimetype")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return None
    if types and b"macroenabled" not in types:
        if "word/document.xml" in names:
            return Kind.DOCX
        if "xl/workbook.xml" in names:
            return Kind.XLSX
    documents = {TYPES[kind].encode(): kind for kind in (Kind.ODT, Kind.ODS)}
    return documents.get(mimetype.strip())


def _small_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Empty when it is not there, or larger than such a part is."""
    part = package.NameToInfo.get(name)
    if part is None or part.file_size > MOST_TYPES_BYTES:
        return b""
    with package.open(part) as opened:
        return opened.read(MOST_TYPES_BYTES + 1)


def _kind_of_text(content: bytes) -> Kind | None:
    text = _decoded(content)
    if text is None:
        return None
    if _is_e_mail(content):
        return Kind.EML if _has_nothing_that_runs(content) else None
    start = text.lstrip("\ufeff \t\r\n")[:1_000].casefold()
    if start.startswith(("<", "#!", "%!", "{\\rtf", "@echo")) or "<script" in start or "<html" in start:
        return None
    return Kind.TEXT


def _is_e_mail(content: bytes) -> bool:
    if not _HEADERS.match(content):
        return False
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(content[:MOST_HEADER_BYTES])
    return len({key.casefold() for key in headers} & _ADDRESSED) >= 2


def _has_nothing_that_runs(content: bytes) -> bool:
    """Whatever goes along with an e-mail must be a file that could be an attachment by itself."""
    for part in message_from_bytes(content, policy=policy.compat32).walk():
        name = str(part.get_filename() or "")
        if part.is_multipart() or not (name or part.get_content_disposition() == "attachment"):
            continue
        payload = part.get_payload(decode=True)
        is_picture = part.get_content_type() == "image/gif"
        if _RUNS.search(name) or not (is_picture or (isinstance(payload, bytes) and kind_of(payload))):
            return False
    return True


def _decoded(content: bytes) -> str | None:
    """None for what is no text: it has control characters."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text):
        return None
    return text


def _with_ending(name: str, kind: Kind) -> str:
    """The name with the ending of what it really is: whatever opens it, opens it as that."""
    endings = _ENDINGS.get(kind, (kind.value,))
    stem, _, ending = name.rpartition(".")
    return name if stem and ending.casefold() in endings else file_name(f"{name}.{endings[0]}")
