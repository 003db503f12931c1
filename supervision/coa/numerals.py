"""Counts as they are typed in Dutch: exact, and nothing is taken for a number that could be another one."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from supervision.coa.cells import Value

_SPACES = str.maketrans(dict.fromkeys("\t\n\u00a0\u2007\u2009\u202f", " "))
_MINUS = str.maketrans("\u2212\u2013\u2010\u2011\ufe63\uff0d", "------")
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?P<mark>[.'’ ])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_DECIMAL = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),(?P<part>[0-9]+)|(?P<whole_en>[0-9]+)\.(?P<part_en>[0-9]+)"
)
_SIGNED = re.compile(r"(?P<before>[-+]?) ?(?P<open>\(?)(?P<digits>[0-9][0-9.,'’ ]*?)(?P<close>\)?) ?(?P<after>[-+]?)")
_NOT_DIGITS = re.compile("[^0-9]+")
_LONGEST = 30
_NOISE = 10**9
"""A sum of binary fractions is less than one in so many off a whole number; no count of persons is."""

ERROR_TEXTS = re.compile(
    r"#(?:REF|DIV/0|VALUE|NUM|NULL|CALC|SPILL|VERW|DEEL/0|WAARDE|GETAL|LEEG|OVERLOOP)!|#N/A|#N/B|#NAME\?|#NAAM\?|#GETTING_DATA"
    r"|Err:[0-9]{3}|Fout:[0-9]{3}|#FOUT",
    re.IGNORECASE,
)
"""What a spreadsheet's errors become in text, in English and Dutch."""


def number_of(value: Value) -> int | Fraction | None:
    """The number in a cell, or in its text as Dutch people write it; None where there is none.

    "1.234" is 1234, "12,5" a half more than 12, "(3)" and "3-" are −3. A binary fraction that is whole but for
    its noise is whole.
    """
    # By type, for isinstance of a Fraction goes round by its abstract base; and a bool is no number.
    kind = type(value)
    if kind is int or value is None:
        return value  # type: ignore[return-value]
    if kind is str:
        text: str = value  # type: ignore[assignment]
        if len(text) >= _LONGEST:
            return None
        return int(text) if text.isascii() and text.isdigit() else _read(text)
    return _without_noise(value) if kind is Fraction else None  # type: ignore[arg-type]


def _without_noise(value: Fraction) -> int | Fraction:
    numerator, denominator = value.numerator, value.denominator
    part = numerator % denominator
    is_noise = min(part, denominator - part) * _NOISE < denominator
    return (numerator + denominator // 2) // denominator if is_noise else value


@lru_cache(maxsize=4096)
def _read(text: str) -> int | Fraction | None:
    """Names of municipalities come here as well: the same few, again and again."""
    match = _SIGNED.fullmatch(text.translate(_SPACES).translate(_MINUS).strip())
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    marks = match["before"] + match["after"] + match["open"]
    size = _unsigned(match["digits"])
    if size is None or len(marks) > 1:
        return None
    return size if marks in ("", "+") else -size


def _unsigned(digits: str) -> int | Fraction | None:
    if _WHOLE.fullmatch(digits):
        return int(_NOT_DIGITS.sub("", digits))
    match = _DECIMAL.fullmatch(digits)
    if not match:
        return None
    part = match["part"] or match["part_en"]
    whole = _NOT_DIGITS.sub("", match["whole"] or match["whole_en"])
    value = Fraction(int(whole + part), 10 ** len(part))
    return value.numerator if value.denominator == 1 else value


def percentage_of(value: Value) -> Fraction | None:
    """A percentage as a fraction of one: 0.875, "87,5%" and "88 %"; a number above 5 is taken for percents."""
    text = value.strip() if isinstance(value, str) else ""
    size = number_of(text.removesuffix("%") if text else value)
    if size is None:
        return None
    size = Fraction(size)
    return size / 100 if text.endswith("%") or abs(size) > 5 else size
