"""What kind of file the bytes are, whatever the name says; and zip packages that cannot do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self
from xml.parsers import expat

from supervision.coa import messages
from supervision.coa.refusal import Unreadable

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may ask of us: with these any is answered within ten seconds and 300 MB."""

    upload_bytes: int = 5 * MEGABYTE
    unpacked_bytes: int = 20 * MEGABYTE
    parts: int = 500
    marks: int = 3_000_000
    """Angle brackets of all parts together: what reading them costs grows with these, not with the bytes."""

    sheets: int = 100
    rows: int = 75_000
    """Every municipality on every day of a half-year is 63.000."""

    columns: int = 300
    cells: int = 300_000
    child_bytes: int = 300 * MEGABYTE
    child_seconds: int = 8


class Format(Enum):
    XLSX = auto()
    ODS = auto()
    XLS = auto()
    TEXT = auto()


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHERS = {
    b"%PDF": "een PDF",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"GIF8": "een afbeelding",
    b"{\\rtf": "een tekstdocument",
    b"Rar!": "een ingepakt bestand",
    b"7z\xbc\xaf": "een ingepakt bestand",
    b"\x1f\x8b": "een ingepakt bestand",
    b"MZ": "een programma",
    b"\x7fELF": "een programma",
}


def recognise(content: bytes) -> Format:
    """By the bytes themselves. Raises Unreadable, in words, for what is known and is no table."""
    if content.startswith(_ZIP):
        return _format_of_zip(content)
    if content.startswith(_COMPOUND):
        return _format_of_compound(content)
    if content.startswith(_BARE_XLS):
        return Format.XLS
    for magic, kind in _OTHERS.items():
        if content[:64].lstrip().startswith(magic):
            raise Unreadable(messages.wrong_kind(kind))
    start = content[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if (
        start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta"))
        or b"mime-version:" in start[:200]
    ):
        raise Unreadable(messages.WEB_PAGE)
    if start.startswith((b"<?xml", b"<workbook", b"<office:document")):
        raise Unreadable(messages.WEB_PAGE if b"<html" in start else messages.XML_TABLE)
    return Format.TEXT


def _format_of_compound(content: bytes) -> Format:
    """An old workbook, or what else Windows keeps in its compound files."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Unreadable(messages.PASSWORD)
    if has("_VBA_PROJECT"):
        raise Unreadable(messages.MACROS)
    if has("WordDocument"):
        raise Unreadable(messages.wrong_kind("een Word-document"))
    if has("PowerPoint Document"):
        raise Unreadable(messages.wrong_kind("een presentatie"))
    if has("__substg1.0_"):
        raise Unreadable(messages.wrong_kind("een e-mailbericht"))
    return Format.XLS


def _format_of_zip(content: bytes) -> Format:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.lower() for name in archive.namelist()}
        mimetype = _unpack(archive, "mimetype") if _is_small(archive, "mimetype") else b""
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Unreadable(messages.MACROS)
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Format.ODS
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise Unreadable(messages.wrong_kind("een ander document van LibreOffice"))
    if "xl/workbook.bin" in names:
        raise Unreadable(messages.BINARY_WORKBOOK)
    if "word/document.xml" in names:
        raise Unreadable(messages.wrong_kind("een Word-document"))
    if "ppt/presentation.xml" in names:
        raise Unreadable(messages.wrong_kind("een presentatie"))
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable(messages.NUMBERS)
    if "[content_types].xml" in names:
        return Format.XLSX
    if "content.xml" in names:
        return Format.ODS
    raise Unreadable(messages.ARCHIVE if names else messages.DAMAGED)


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part, no further than it says that it goes: `archive.read` would unpack it whole before it finds the lie."""
    info = archive.getinfo(name)
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 200


class Package:
    """The parts of a zipped workbook. Nothing is unpacked before the sum of all sizes is known to be small.

    A part that is larger than it says does not pass its checksum, and no more of it is read than it says.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._marks = 0
        self._read: set[str] = set()
        self._names = {name.lower(): name for name in archive.namelist()}

    @classmethod
    def open(cls, content: bytes, *, limits: Limits) -> Self:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        if len(parts) > limits.parts:
            raise Unreadable(messages.too_many(limits.parts, "onderdelen"))
        if sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise Unreadable(messages.unpacks_too_large(limits.unpacked_bytes // MEGABYTE))
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(messages.PASSWORD)
        if len({part.filename.lower() for part in parts}) < len(parts):
            raise Unreadable(messages.DAMAGED)
        return cls(archive, limits)

    @property
    def names(self) -> list[str]:
        return list(self._names)

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part, by its name in any case, once: a part that is two sheets is none. KeyError without it."""
        key = name.lower()
        if key in self._read:
            raise Unreadable(messages.DAMAGED)
        self._read.add(key)
        part = _unpack(self._archive, self._names[key])
        self._marks += part.count(b"<")
        if self._marks > self._limits.marks:
            raise Unreadable(messages.TOO_MANY_MARKS)
        return part


DEEPEST = 200
"""No workbook has elements within elements as deep as this; each of them costs memory until it is closed."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(xml: bytes, *, start: Start, end: End, text: Text) -> None:
    """Walk through a document. A DOCTYPE is refused, and with it every entity that could grow or reach out."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(messages.DAMAGED)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    is_final = True
    parser.Parse(xml, is_final)


def _refuse_doctype(*_: object) -> None:
    raise Unreadable(messages.MARKUP)
