"""What can stand in a cell, and how a cell is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Final

LONGEST_INTEGER = 15
"""Spreadsheets keep no more digits than these."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """The error that a formula came to, as it is shown: #REF!"""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula of which the file does not hold the outcome. Not the same as an empty cell."""


UNCALCULATED: Final = Uncalculated()

Value = None | str | bool | int | Fraction | date | ErrorValue | Uncalculated
Cells = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, first and last included, counted from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def column_letters(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(11, 1) is B12."""
    return f"{column_letters(column)}{row + 1}"


LAST_COLUMN = 16_384
_COLUMNS: dict[str, int] = {}


def position(text: str) -> tuple[int, int] | None:
    """B12 is (11, 1); None for what is no address."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    column = _COLUMNS.get(letters)
    if column is None:
        column = _column(letters)
        if column is None:
            return None
        _COLUMNS[letters] = column
    return (int(digits) - 1, column) if 0 < len(digits) < 8 else None


def _column(letters: str) -> int | None:
    """Only what a sheet can have is kept: the columns end at XFD."""
    if not (0 < len(letters) < 4 and letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1 if column <= LAST_COLUMN else None


def area(text: str) -> Area | None:
    """A4:A5; None for what is no block of cells."""
    first, _, last = text.partition(":")
    begin, end = position(first), position(last or first)
    return Area(*begin, *end) if begin and end and begin <= end and begin[1] <= end[1] else None


def number(text: str) -> int | Fraction | str:
    """The number that a file holds in its notation (168, 0.875, 1E-3); the text itself where that is none.

    Through the shortest decimal that is the same binary fraction, as spreadsheets show it: 0.1 is 1/10.
    """
    if len(text) <= LONGEST_INTEGER and text.isascii() and (text.isdigit() or text.removeprefix("-").isdigit()):
        return int(text)
    try:
        return rational(float(text))
    except ValueError:
        return text


def rational(binary: float) -> int | Fraction | str:
    """What a reader's float stands for, exact; infinity and the like are text, which is no number to anyone."""
    if binary.is_integer() and abs(binary) < 2**53:
        return int(binary)
    if not isfinite(binary):
        return str(binary)
    # Read by Decimal, which is much quicker at it than Fraction is.
    return Fraction(*Decimal(str(binary)).as_integer_ratio())


_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's days have no zone
_BETWEEN_THE_EPOCHS = 1462
_LAST_SERIAL = 2_958_465
_FIRST_REAL_SERIAL = 61
"""Before 1 March 1900 Excel counts a day that never was."""


def day(serial: int | Fraction, *, since_1904: bool = False) -> date | str | int | Fraction:
    """The day of a date cell, its time left off; a time without a day as text; the number itself beyond the calendar."""
    if 0 <= serial < 1:
        minutes = int(serial * 1440)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    days = int(serial) + (_BETWEEN_THE_EPOCHS if since_1904 else 0)
    if not 1 <= days <= _LAST_SERIAL:
        return serial
    return (_EPOCH + timedelta(days=days + (days < _FIRST_REAL_SERIAL))).date()


_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200e\u2060\ufeff")
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200c\u200d\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def cleaned(text: str) -> str:
    """Without what nobody sees; what would deceive the eye or a database (NUL, right-to-left) is made visible as �."""
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub("\ufffd", text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n"))
