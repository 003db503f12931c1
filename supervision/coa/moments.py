"""Which half-year and which peildatum a file says that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from supervision.coa.cells import address
from supervision.coa.dates import days_in, half_years_in, month_in, peildatum_of
from supervision.coa.meaning import Meaning
from supervision.coa.sheet import Sheet, Workbook
from supervision.coa.table import Table
from supervision.coa.words import Reading, Span, read_header
from supervision.rules.period import Period

COVER = 60
"""A sheet with fewer filled cells is looked at for what it says of the others."""

_IS_STAND = re.compile(
    r"(stand|peildat\w*|situatie|toestand|cijfers|gegevens|bijgewerkt|\bper|t/m|t\.?e\.?m\.?|tot|en met|realis\w*|gehuisvest\w*)"
    r"\s*(per|op|van|t/m|tot en met|tot|is|was)?\W*$"
)
_IS_NOT_STAND = re.compile(
    r"afdruk|print|aangemaakt|versie|gegenereer|verzond|opgesteld|publicat|export|gemaakt|gewijzigd|opgegaan|ingang|vanaf"
)
_LABEL = re.compile(r"(stand|peildat\w*|situatie)\b.{0,20}")


@dataclass(frozen=True, slots=True)
class Said:
    """A day or a half-year, and where it is said, in words for the user."""

    periods: tuple[Period, ...]
    days: tuple[date, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Moments:
    """What a file tells, most reliable first: near the table, on the sheet's name or a cover, in the file's name."""

    said: tuple[Said, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """The half-years of the first place that names any."""
        return next((said.periods for said in self.said if said.periods), ())

    @property
    def days(self) -> tuple[date, ...]:
        return next((said.days for said in self.said if said.days), ())

    def where_period(self) -> str:
        return next((said.where for said in self.said if said.periods), "")

    def where_day(self) -> str:
        return next((said.where for said in self.said if said.days), "")


def told_by(workbook: Workbook, table: Table, *, period: Period | None) -> Moments:
    near = list(_near(table, period))
    sheet = _of_texts([table.sheet.name], f"de naam van blad “{table.sheet.name}”", period, is_stand=True)
    covers = [
        _of_cells(other, range(len(other.rows)), period)
        for other in workbook.sheets
        if other is not table.sheet and not other.is_hidden and _filled(other) < COVER
    ]
    stem = workbook.name.rpartition(".")[0]
    file = _of_texts([stem], "de naam van het bestand", period, is_stand=True)
    return Moments(tuple(said for said in (*near, sheet, *covers, file) if said.periods or said.days))


def _near(table: Table, period: Period | None) -> Iterator[Said]:
    """In the title rows, and above the columns of taakstelling and realisatie."""
    yield _of_cells(table.sheet, range(table.header_first), period)
    periods: list[Period] = []
    for reading in table.readings:
        if {Meaning.TAAKSTELLING, Meaning.REALISATIE, Meaning.TOTAALOPGAVE} & set(reading.meanings):
            periods.extend(reading.periods)
    days = [
        day for reading in table.readings if Meaning.REALISATIE in reading.meanings for day in days_of(reading, period)
    ]
    last = (max(days),) if days else ()
    yield Said(tuple(dict.fromkeys(periods)), last, "de kop van de tabel")


def days_of(reading: Reading, period: Period | None) -> list[date]:
    """The days of a header that a count goes up to; not the day that it goes from."""
    found = [found.within(period) for found in reading.days if not re.search(r"vanaf\W*$", found.before)]
    return [peildatum_of(day) for day in found if day]


def _of_cells(sheet: Sheet, rows: range, period: Period | None) -> Said:
    said = []
    for row in rows:
        before = ""
        for column, value in enumerate(sheet.rows[row]):
            where = f"cel {address(row, column)}"
            if isinstance(value, date):
                is_stand = bool(_LABEL.search(before.casefold()))
                said.append(Said((), (peildatum_of(value),) if is_stand else (), where))
            elif isinstance(value, str):
                said.append(
                    _of_texts([value], where, period, is_stand=bool(_LABEL.fullmatch(before.casefold().strip(" :"))))
                )
                before = value
    periods = tuple(dict.fromkeys(period for one in said for period in one.periods))
    days = tuple(dict.fromkeys(day for one in said for day in one.days))
    first = next((one.where for one in said if one.periods or one.days), "")
    return Said(periods, days, first)


def _of_texts(texts: list[str], where: str, period: Period | None, *, is_stand: bool) -> Said:
    periods: list[Period] = []
    days: list[date] = []
    for text in texts:
        periods.extend(half_years_in(text))
        for found in days_in(text):
            day = found.within(period)
            stands = _IS_STAND.search(found.before) or (is_stand and not found.before.strip())
            if day and stands and not _IS_NOT_STAND.search(found.before):
                days.append(peildatum_of(day))
        days.extend(_month_end(text, period, is_stand=is_stand))
    return Said(tuple(dict.fromkeys(periods)), tuple(dict.fromkeys(days)), where)


def _month_end(text: str, period: Period | None, *, is_stand: bool) -> Iterator[date]:
    """ "Stand juni 2022", and the sheet "juni"."""
    month = month_in(text)
    if not month or _IS_NOT_STAND.search(text.casefold()):
        return
    if _IS_STAND.search(month.before) or is_stand or read_header((text,)).span is Span.CUMULATIVE:
        day = month.within(period)
        if day and (month.year or period):
            yield day


def _filled(sheet: Sheet) -> int:
    return sum(1 for cells in sheet.rows for value in cells if value is not None)
