"""Days, months and half-years in the texts around a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from supervision.coa.cells import Value
from supervision.rules.period import FIRST_YEAR, LAST_YEAR, Period

_NAMES = (
    ("januari", "jan"),
    ("februari", "feb", "febr"),
    ("maart", "mrt", "maa", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: month for month, names in enumerate(_NAMES, start=1) for name in names}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)[0-9]{2}"
_SHORT_YEAR = r"(?:19|20)?[0-9]{2}"

_DAY_FIRST = re.compile(
    rf"(?<![0-9])(?P<d>[0-3]?[0-9])\s?[-/.]\s?(?P<m>[01]?[0-9])\s?[-/.]\s?(?P<y>{_SHORT_YEAR})(?![0-9])"
)
_YEAR_FIRST = re.compile(rf"(?<![0-9])(?P<y>{_YEAR})[-/._](?P<m>[01]?[0-9])[-/._](?P<d>[0-3]?[0-9])(?![0-9])")
_COMPACT = re.compile(r"(?<![0-9])(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])(?![0-9])")
_NAMED = re.compile(
    rf"(?<![0-9])(?P<d>[0-3]?[0-9])(?:e|ste)?[\s\-]+(?P<m>{_MONTH})\b\.?(?:[\s\-]+'?(?P<y>{_SHORT_YEAR}))?(?![0-9])"
)
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_MONTH})\b\.?(?:[\s\-_]*'?(?P<y>{_SHORT_YEAR})(?![0-9]))?")
_YEAR_MONTH = re.compile(rf"(?<![0-9])(?P<y>{_YEAR})[-/_](?P<m>0[1-9]|1[0-2])(?![0-9\-/])")

_YEAR_EDGE = re.compile(
    rf"\b(?P<edge>begin|start|eind|einde|ultimo)\s+(?:van\s+)?(?P<y>{_YEAR})(?![0-9]|\s?[-/_.]?\s?(?:[12]|ii?)(?![a-z0-9]))"
)

_HALF = r"(?P<half>1|2|ii|i)"
_ORDINAL = r"(?P<half>eerste|1e|1ste|tweede|2e|2de)\s*(?:helft|half\s?jaar|hj)"
_HALF_YEARS = (
    re.compile(rf"(?<![0-9])(?P<year>{_YEAR})\s?[-/_. ]?\s?(?:h|hj|p|periode)?\s?{_HALF}(?![a-z0-9]|[-/.][0-9])"),
    re.compile(rf"(?<![a-z0-9]){_HALF}\s?[-/_]\s?(?P<year>{_YEAR})(?![0-9]|[-/.][0-9])"),
    re.compile(rf"(?<![a-z0-9])(?:h|hj|p|periode)\s?{_HALF}[\s\-/_]*(?P<year>{_YEAR})(?![0-9])"),
    re.compile(rf"(?<![a-z0-9]){_HALF}\s?h(?:j)?\s?(?P<year>{_YEAR})(?![0-9])"),
    re.compile(rf"{_ORDINAL}[\s,]*(?:van\s+)?(?P<year>{_YEAR})"),
    re.compile(rf"(?<![0-9])(?P<year>{_YEAR})[\s,\-:]*(?:de\s+)?{_ORDINAL}"),
)
_HALVES = {"1": 1, "i": 1, "eerste": 1, "1e": 1, "1ste": 1, "2": 2, "ii": 2, "tweede": 2, "2e": 2, "2de": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A day in a text, and the text before it, which says what kind of day it is. The year may lack: "per 1 juli"."""

    year: int | None
    month: int
    day: int
    before: str

    def within(self, period: Period | None) -> date | None:
        """The day itself; without a year the one that falls in or next to the half-year."""
        if self.year is not None:
            return date(self.year, self.month, self.day)
        if period is None:
            return None
        candidates = (_date(year, self.month, self.day) for year in (period.year - 1, period.year, period.year + 1))
        near = [day for day in candidates if day and period.start <= peildatum_of(day) <= period.peildatum]
        return near[0] if near else None


def days_in(text: str) -> list[Found]:
    """The days that a text names, "eind 2021" too."""
    text = _plain(text)
    found = []
    for match in _matches(text, (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _NAMED)):
        year = _full_year(match["y"]) if match["y"] else None
        # 2024 has every day of the calendar.
        day = _date(year or 2024, match["m"], match["d"])
        if day:
            found.append(Found(year, day.month, day.day, text[: match.start()]))
    for match in _YEAR_EDGE.finditer(text):
        month, day_of_month = (1, 1) if match["edge"] in ("begin", "start") else (12, 31)
        found.append(Found(int(match["y"]), month, day_of_month, ""))
    return found


@dataclass(frozen=True, slots=True)
class Month:
    """A month in a text, and what stands before it. The year is None where the text has none."""

    month: int
    year: int | None
    before: str
    is_range: bool = False
    """It ends a range: jan t/m jun."""

    def within(self, period: Period | None) -> date | None:
        """The first day after it; without a year in the text, in the year of the half-year."""
        year = self.year or (period.year if period else None)
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return date(year + 1, 1, 1) if self.month == 12 else date(year, self.month + 1, 1)


_QUARTER = re.compile(
    rf"\b(?:q|kw\.?|kwartaal)\s?(?P<first>[1-4])\b(?:[\s\-_]*(?P<y>{_YEAR}))?|(?P<second>[1-4])e?\s?(?:kw\b|kwartaal)(?:\s*(?P<year>{_YEAR}))?"
)


def month_in(text: str) -> Month | None:
    """The last month that a text names, if it names one and no day: "jan", "Realisatie t/m juni 2022", "2022-06"."""
    text = _plain(text)
    rest = _without(text, (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _NAMED))
    found = list(_matches(rest, (_YEAR_MONTH, _MONTH_YEAR)))
    if found:
        match = max(found, key=lambda match: match.start())
        month = _MONTHS.get(match["m"]) or int(match["m"])
        year = _full_year(match["y"]) if match["y"] else None
        return Month(month, year, rest[: match.start()], is_range=len(found) > 1)
    quarter = _QUARTER.search(rest)
    if not quarter:
        return None
    told = quarter["y"] or quarter["year"]
    return Month(3 * int(quarter["first"] or quarter["second"]), int(told) if told else None, rest[: quarter.start()])


def half_years_in(text: str) -> list[Period]:
    """The half-years that a text names, in any of their writings; 2022-1-7 is a day and 2022-01 a month."""
    return list(_half_years_in(text[:LONGEST]))


@lru_cache(maxsize=4096)
def _half_years_in(text: str) -> tuple[Period, ...]:
    """A column of half-years has few different ones."""
    rest = _without(_plain(text), (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _YEAR_MONTH))
    found = (Period(int(match["year"]), _HALVES[match["half"]]) for match in _matches(rest, _HALF_YEARS))
    return tuple(dict.fromkeys(found))


def without_dates(text: str) -> str:
    """The text without days, months, half-years and years: what stays the same from one half-year to the next."""
    rest = _without(_plain(text), (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _NAMED, _YEAR_MONTH, *_HALF_YEARS, _MONTH_YEAR))
    return " ".join(re.sub(rf"(?<![0-9]){_YEAR}(?![0-9])", " ", rest).split())


def peildatum_of(day: date) -> date:
    """The last day of a month stands for the first of the next: counted up to and including it."""
    tomorrow = day + timedelta(days=1)
    return tomorrow if tomorrow.day == 1 else day


def day_of(value: Value, *, period: Period | None = None) -> date | None:
    """The one day in a cell, whether it is a date or says so in text; the month "juni 2022" is its end."""
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if 19_950_101 <= value <= 20_991_231 else None
    return _day_in(value, period) if isinstance(value, str) else None


def days_of_cells(values: Iterable[Value], *, period: Period | None) -> dict[Value, date | None]:
    """By what stands in a cell: a column of days has few different ones, and far more rows."""
    return {value: day_of(value, period=period) for value in set(values)}


@lru_cache(maxsize=4096)
def _day_in(value: str, period: Period | None) -> date | None:
    days = {found.within(period) for found in days_in(value)}
    if days:
        return days.pop() if len(days) == 1 else None
    month = month_in(value)
    return month.within(period) if month else None


LONGEST = 200


def _plain(text: str) -> str:
    return " ".join(text[:LONGEST].casefold().replace("’", "'").replace("–", "-").split())


def _matches(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
    """What the patterns find, each piece of the text by the first pattern that takes it."""
    for pattern in patterns:
        found = list(pattern.finditer(text))
        if found:
            yield from found
            text = pattern.sub(lambda match: " " * len(match[0]), text)


def _without(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month: str | int, day: str | int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, _MONTHS.get(str(month)) or int(month), int(day))
    except ValueError:
        return None
