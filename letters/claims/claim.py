"""One thing that a text claims: where it stands, how it is written and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from letters.claims.facts import Unit
from letters.words.case import Direction
from supervision.rules.dutch import decimal, long_date, month_and_year, number
from supervision.rules.period import Period


class Kind(StrEnum):
    NUMBER = "number"
    SHARE = "share"
    DURATION = "duration"
    TREDE = "trede"
    DATE = "date"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PERIOD = "period"
    DIRECTION = "direction"
    STANDING = "standing"
    COURSE = "course"
    MUNICIPALITY = "municipality"


Value = int | Fraction | date | Period | Direction | str | None

A_LEAP_YEAR = 2024
"""Has every day of the calendar: a day without a year is kept as that day of this year."""

_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`start` and `end` are offsets in the text as it was given; `written` is what stands between them.

    The value per kind: number, share and duration an int or Fraction; trede and year an int; date a date; day a date in a
    leap year, for its month and day; month the first of it; standing "achterstand" or "voorsprong"; course one of these
    with "groter" or "kleiner". None: it says a day or half-year that does not exist, or a number of more digits than
    anything here has.

    `key` is what a confirmation is kept under: the same claim in other words or at another place has the same. `about` is
    "achterstand" or "voorsprong" where the number is told as one.
    """

    kind: Kind
    written: str
    start: int
    end: int
    value: Value
    unit: Unit | None = None
    about: str = ""

    @property
    def key(self) -> str:
        return _key(self.kind, self.value, self.unit) or " ".join(self.written.split()).casefold()[:_LONGEST_KEY]


def _key(kind: Kind, value: Value, unit: Unit | None) -> str:
    match kind, value:
        case Kind.TREDE, int():
            return f"trede {value}"
        case Kind.YEAR, int():
            return f"jaar {value}"
        case Kind.SHARE, Fraction():
            return f"{value.numerator}/{value.denominator}"
        case _, int() | Fraction():
            return f"{in_digits(value)}{'%' if unit is Unit.PERCENT else ''}"
        case Kind.DAY, date():
            return _spaced(long_date(value)).removesuffix(f" {A_LEAP_YEAR}")
        case Kind.MONTH, date():
            return month_and_year(value)
        case _, date():
            return _spaced(long_date(value))
        case _, Period():
            return str(value)
        case Kind.DIRECTION, Direction():
            return f"richting {value}"
        case _, str():
            return value.casefold()
        case _:
            return ""


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def in_digits(value: int | Fraction) -> str:
    """As a Dutch number; one that three decimals do not hold as a fraction, so that no two numbers look the same."""
    if isinstance(value, int):
        return number(value)
    return decimal(value) if 1000 % value.denominator == 0 else f"{value.numerator}/{value.denominator}"
