"""Reads delimited text (.csv): Dutch Excel's semicolons, commas and tabs, in the encodings that they come in."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
import re
from collections import Counter

from supervision.coa import messages
from supervision.coa.cells import Value, cleaned
from supervision.coa.package import Limits
from supervision.coa.refusal import Unreadable
from supervision.coa.sheet import Budget, Building, Sheet

DELIMITERS = ";\t,|"
LOOKED_AT = 200
"""Lines that decide about the delimiter, and bytes that decide about the encoding."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_FORCED_TEXT = re.compile(r'="([^"]*)"')


def read(content: bytes, *, limits: Limits) -> tuple[Sheet, ...]:
    encodings = encodings_of(content)
    if len(encodings) > 1 and _CONTROL.search(content):
        raise Unreadable(messages.NOT_TEXT)
    text = decoded(content, encodings)
    # Excel writes and reads this first line, and does not show it.
    told = _SEPARATOR_LINE.match(text)
    if told:
        text = text[told.end() :]
    building = Building(name="CSV", budget=Budget(limits))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else delimiter_of(text))
    # A long table says the same again and again.
    values: dict[str, Value] = {}
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if cell not in values:
                values[cell] = _value(cell)
            building.put(row, column, values[cell])
    return (building.finished(),)


def _value(cell: str) -> Value:
    forced = _FORCED_TEXT.fullmatch(cell) if cell.startswith("=") else None
    text = cleaned(forced[1] if forced else cell)
    return text if text.strip() else None


def encodings_of(content: bytes) -> tuple[str, ...]:
    """UTF-16 where it has its mark, or a zero in every other byte; else UTF-8, or else the Windows code page."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    start = content[:LOOKED_AT]
    if start.count(0) * 3 > len(start):
        return ("utf-16-be",) if start[0] == 0 else ("utf-16-le",)
    return ("utf-8-sig", "cp1252")


def decoded(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(messages.NO_TEXT_ENCODING)


def delimiter_of(text: str) -> str:
    """The character that cuts most lines into the same number of pieces, two or more."""

    def quality(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        # A delimiter that leaves more in one piece than is read is not the one.
        with contextlib.suppress(csv.Error):
            widths.update(len(line) for line in itertools.islice(lines, LOOKED_AT) if len(line) > 1)
        width, lines_of_it = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return lines_of_it, width

    return max(DELIMITERS, key=quality)
