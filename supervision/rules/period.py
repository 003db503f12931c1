"""The half-year (taakstellingsperiode) as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 1995
LAST_YEAR = 2099

_HALVES = {"1": 1, "i": 1, "eerste": 1, "1e": 1, "2": 2, "ii": 2, "tweede": 2, "2e": 2}
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s*[-/ ]\s*(?:h)?(?P<half>1|2|i|ii)")
_HALF_FIRST = re.compile(r"(?:de\s+)?(?P<half>eerste|tweede|1e|2e)\s+(?:helft|halfjaar)\s+(?:van\s+)?(?P<year>\d{4})")


class NotAPeriod(ValueError):
    """A text that names no half-year. Its message is a Dutch sentence for the user."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-year: half 1 runs from 1 January, half 2 from 1 July."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise NotAPeriod(f"{self.year}-{self.half} is geen halfjaar.")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "2022-1", "2022-I" or "eerste helft 2022"; raise NotAPeriod for anything else.

        The first and the last year guard against typing errors; the value itself knows no end.
        """
        cleaned = " ".join(text.split()).casefold()
        match = _YEAR_FIRST.fullmatch(cleaned) or _HALF_FIRST.fullmatch(cleaned)
        if match and FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            return cls(int(match["year"]), _HALVES[match["half"]])
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        raise NotAPeriod(f"‘{shown}’ is geen halfjaar. Schrijf bijvoorbeeld 2022-1 of 2022-2.")

    @classmethod
    def containing(cls, day: date) -> Period:
        return cls(day.year, 1 if day.month <= 6 else 2)

    def __hash__(self) -> int:
        """As the generated one, without making a tuple: half-years are looked up by the thousand."""
        return self.year * 2 + self.half

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def start(self) -> date:
        """The first day; also the peildatum of the half-year before."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def peildatum(self) -> date:
        """The day on which COA's count of this half-year is final: the first day after it."""
        return self.next.start

    @property
    def next(self) -> Period:
        return Period(self.year, 2) if self.half == 1 else Period(self.year + 1, 1)

    @property
    def previous(self) -> Period:
        return Period(self.year - 1, 2) if self.half == 1 else Period(self.year, 1)

    @property
    def words(self) -> str:
        """In running Dutch text: "eerste helft van 2022"."""
        return f"{'eerste' if self.half == 1 else 'tweede'} helft van {self.year}"

    def back(self, half_years: int) -> Period:
        """The period that many half-years earlier (later when negative)."""
        ordinal = self.year * 2 + self.half - 1 - half_years
        return Period(ordinal // 2, ordinal % 2 + 1)

    def __sub__(self, other: Period) -> int:
        """Half-years from the other to this one."""
        return (self.year * 2 + self.half) - (other.year * 2 + other.half)


def periods_between(first: Period, last: Period) -> list[Period]:
    """Every half-year from the first up to and including the last; empty when last < first."""
    return [last.back(n) for n in range(last - first, -1, -1)]
