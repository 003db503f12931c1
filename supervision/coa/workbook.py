"""From the bytes of a file to a workbook, or one sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable

from supervision.coa import delimited, messages, ods, xls, xlsx
from supervision.coa.package import MEGABYTE, Format, Limits, recognise
from supervision.coa.refusal import PersonalData, Refused, Unreadable
from supervision.coa.sheet import Sheet, Workbook

__all__ = ["Limits", "PersonalData", "Refused", "Sheet", "Unreadable", "Workbook", "read"]

DEFAULT = Limits()

_READERS: dict[Format, Callable[..., tuple[Sheet, ...]]] = {
    Format.XLSX: xlsx.read,
    Format.ODS: ods.read,
    Format.XLS: xls.read,
    Format.TEXT: delimited.read,
}


def read(name: str, content: bytes, *, limits: Limits = DEFAULT) -> Workbook:
    """The workbook that these bytes are: .xlsx, .ods, .xls or delimited text, by what they are and not by the name.

    Raises Unreadable for anything else, whatever is in it. Writes no file.
    """
    if not content.strip():
        raise Unreadable(messages.EMPTY)
    if len(content) > limits.upload_bytes:
        raise Unreadable(messages.too_large(limits.upload_bytes // MEGABYTE))
    try:
        sheets = _READERS[recognise(content)](content, limits=limits)
    except Unreadable:
        raise
    except Exception as error:
        # Whoever made the file decides what goes wrong: zlib, zipfile, expat and int() each fail in their own ways.
        raise Unreadable(messages.DAMAGED) from error
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(messages.NO_CELLS)
    return Workbook(name=_bare(name), sheets=sheets)


def _bare(name: str) -> str:
    """A file's name without the path that some browsers, and some attackers, put before it."""
    return name.replace("\\", "/").rpartition("/")[2]
