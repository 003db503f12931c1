"""Where on a sheet the table is: its header, of one row or more, and the rows under it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from supervision.coa.cells import Area, Value, column_letters
from supervision.coa.meaning import KEYS, NUMBERS, Meaning
from supervision.coa.numerals import number_of
from supervision.coa.sheet import Sheet
from supervision.coa.words import LONGEST_HEADER, Reading, on_one_line, read_header, says_total

LOOKED_AT = 100
WIDEST_HEADER = 30
"""A header stands within these rows, and says something in the first of its cells."""

HIGHEST_HEADER = 4
LONGEST_CELL = 400
MONTHS = tuple(
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)
MOST_CANDIDATES = 6
MOST_FOR_ROWS = 40
YEARS = range(1990, 2101)

Number = int | Fraction


@dataclass(frozen=True)
class Table:
    """A header and what is under it. Rows and columns are counted from 0; without a header it is empty, above row 0."""

    sheet: Sheet
    header_first: int
    header_last: int
    headers: tuple[tuple[str, ...], ...]
    """Per column the texts above it, from top to bottom."""

    @property
    def first_row(self) -> int:
        return self.header_last + 1

    @property
    def width(self) -> int:
        return len(self.headers)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(read_header(parts) for parts in self.headers)

    def header(self, column: int) -> str:
        """The header on one line: "Opgave / Taakstelling 2022-1"."""
        parts = (on_one_line(part) for part in self.headers[column])
        return " / ".join(dict.fromkeys(part for part in parts if part))

    def name(self, column: int) -> str:
        """A column as a user knows it: kolom D “Taakstelling 2022-1”."""
        text = on_one_line(self.headers[column][-1]) if self.headers[column] else ""
        return f"kolom {column_letters(column)} “{text}”" if text else f"kolom {column_letters(column)}"

    @property
    def titles(self) -> Iterator[tuple[int, int, Value]]:
        """The filled cells above the header."""
        for row in range(self.header_first):
            for column, value in enumerate(self.sheet.rows[row]):
                if value is not None:
                    yield row, column, value

    @cached_property
    def body(self) -> tuple[int, ...]:
        """The rows that look like figures of a municipality: a text or code, at least one number, and no total."""
        rows = self.sheet.rows
        return tuple(row for row in range(self.first_row, len(rows)) if _is_figures(rows[row]))

    def numbers(self, column: int) -> list[Number | None]:
        """What stands in the rows of the body, as numbers."""
        return [number_of(self.sheet.at(row, column)) for row in self.body]

    def texts(self, column: int) -> list[str]:
        """The texts, which are no number, in the rows of the body."""
        values = (self.sheet.at(row, column) for row in self.body)
        return [value for value in values if isinstance(value, str) and number_of(value) is None]


def _is_figures(cells: tuple[Value, ...]) -> bool:
    names = numbers = 0
    for value in cells:
        if value is None or isinstance(value, date):
            continue
        if number_of(value) is not None:
            numbers += 1
        elif isinstance(value, str) and value.strip():
            if says_total(value):
                return False
            names += 1
    # A code is a number too: two numbers make a row as well as a name and a number do.
    return numbers > 0 and names + numbers > 1


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet: the header that says most about columns with numbers under it."""
    candidates = [table for bottom in _bottoms(sheet) for table in (_with_header(sheet, bottom),) if table]
    candidates.sort(key=_said, reverse=True)
    best, most = None, 0
    for table in candidates[:MOST_CANDIDATES]:
        # What is under it adds no more than this: it need not be counted for a header that says much less.
        if most < _said(table) + MOST_FOR_ROWS and score(table) > most:
            best, most = table, score(table)
    return best or _without_header(sheet)


def table_at(sheet: Sheet, *, first: int, last: int) -> Table | None:
    """The table whose header is in these rows, as somebody chose; none above row 0 for a table without a header."""
    if last >= len(sheet.rows):
        return None
    return Table(sheet, max(first, 0), last, _headers(sheet, range(first, last + 1)))


def score(table: Table) -> int:
    """How much a table says of what we look for; 0 for one without figures."""
    return _said(table) + min(len(table.body) // 10, MOST_FOR_ROWS) if table.body else 0


def _said(table: Table) -> int:
    meanings = [reading.meanings for reading in table.readings]
    has_key = any(KEYS.intersection(some) for some in meanings)
    figures = {some for some in meanings if NUMBERS.intersection(some)}
    others = sum(
        1
        for reading in table.readings
        if reading.days or reading.month or reading.periods or Meaning.VALUE in reading.meanings
    )
    return 100 * has_key + 20 * min(len(figures), 6) + 2 * min(others, 10) - (table.header_last - table.header_first)


def _bottoms(sheet: Sheet) -> Iterator[int]:
    """The rows that may be the lowest of a header."""
    for row in range(min(len(sheet.rows), LOOKED_AT)):
        if not _is_header_like(sheet, row):
            continue
        above = row > 0 and _hits(sheet, row - 1) >= 2
        if _hits(sheet, row) >= 2 or above or (_hits(sheet, row) == 1 and len(_filled(sheet, row)) > 1):
            yield row


def _hits(sheet: Sheet, row: int) -> int:
    """How many cells of a row say something, up to the two that matter; only so many cells are looked at."""
    texts = [text for text in _filled(sheet, row).values() if text][:WIDEST_HEADER]
    saying = (text for text in texts if read_header((text,)).says_something)
    return sum(1 for _ in itertools.islice(saying, 2))


def _filled(sheet: Sheet, row: int) -> dict[int, str]:
    """The filled cells of a row as a header's texts; what no header can be is the empty text."""
    if row >= len(sheet.rows):
        return {}
    months = _month_numbers(sheet, row)
    if months:
        return months
    return {column: _text(value) for column, value in enumerate(sheet.rows[row]) if not _is_blank(value)}


def _month_numbers(sheet: Sheet, row: int) -> dict[int, str]:
    """A row of 1, 2, 3 and so on under a group of a header, and under nothing else: the months by number."""
    filled = {column: value for column, value in enumerate(sheet.rows[row]) if not _is_blank(value)}
    is_counting = list(filled.values()) == list(range(1, len(filled) + 1)) and 1 < len(filled) <= len(MONTHS)
    groups = [
        block for block in sheet.merged if block.first_row < row == block.last_row + 1 and block.first_column in filled
    ]
    if not is_counting or not groups or any(type(value) is not int for value in filled.values()):
        return {}
    return dict(zip(filled, MONTHS, strict=False))


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(value: Value) -> str:
    """A header cell in words; a date as people write it, a year or month number as it stands, another number as nothing."""
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, int) and not isinstance(value, bool) and value in YEARS:
        return str(value)
    if isinstance(value, str) and len(value) <= LONGEST_CELL:
        number = number_of(value)
        return value if number is None or number in YEARS else ""
    return ""


def _is_header_like(sheet: Sheet, row: int) -> bool:
    """Two filled cells or more, none with a number."""
    filled = _filled(sheet, row)
    return len(filled) > 1 and all(filled.values())


def _with_header(sheet: Sheet, bottom: int) -> Table | None:
    top = bottom
    while top > 0 and bottom - top < HIGHEST_HEADER - 1 and _belongs(sheet, top - 1, bottom):
        top -= 1
    return Table(sheet, top, bottom, _headers(sheet, range(top, bottom + 1)))


def _belongs(sheet: Sheet, row: int, bottom: int) -> bool:
    """Is a row above the lowest row of a header part of it, and not a title or a figure?"""
    filled = _filled(sheet, row)
    if not filled or not all(filled.values()):
        return False
    below = _filled(sheet, bottom)
    columns = filled.keys() | below.keys()
    width = max(columns) - min(columns) + 1
    spans = [block for block in sheet.merged if block.first_row <= row <= block.last_row]
    if any(block.last_column - block.first_column + 1 >= max(width, 3) for block in spans):
        return False
    if len(filled) > 1:
        return bool(spans) or not any(":" in text or len(text) > LONGEST_HEADER // 2 for text in filled.values())
    (column,) = filled
    return column > min(below, default=0) and (bool(spans) or read_header((filled[column],)).says_something)


def _headers(sheet: Sheet, rows: range) -> tuple[tuple[str, ...], ...]:
    """Per column the texts of a header. A group stands above all that it is merged over or, unmerged, up to the next."""
    width = max([sheet.width, *(block.last_column + 1 for block in sheet.merged if block.first_row in rows)], default=0)
    width = min(width, sheet.width) if sheet.rows else 0
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        filled = _filled(sheet, row)
        line = [filled.get(column, "") for column in range(width)]
        _spread_merged(sheet.merged, row, rows, line)
        if row != rows[-1]:
            _spread_unmerged(sheet, row, line, below=_filled(sheet, row + 1))
        for column, text in enumerate(line):
            if text and text not in parts[column]:
                parts[column].append(text)
    return tuple(tuple(column) for column in parts)


def _spread_merged(merged: tuple[Area, ...], row: int, rows: range, line: list[str]) -> None:
    for block in merged:
        if block.first_row == row and block.first_row in rows:
            for column in range(block.first_column + 1, min(block.last_column + 1, len(line))):
                line[column] = line[block.first_column]


def _spread_unmerged(sheet: Sheet, row: int, line: list[str], *, below: dict[int, str]) -> None:
    if any(block.first_row == row and block.last_column > block.first_column for block in sheet.merged):
        return
    group = ""
    for column, text in enumerate(line):
        if text:
            reading = read_header((text,))
            is_group = NUMBERS.intersection(reading.meanings) or (reading.says_something and not reading.meanings)
            group = text if is_group and column in below else ""
        elif group and column in below:
            line[column] = group
        else:
            group = ""


def _without_header(sheet: Sheet) -> Table | None:
    """A bare block of names and numbers, or whatever there is: somebody must say what it means."""
    first = next((row for row, cells in enumerate(sheet.rows) if _is_figures(cells)), None)
    if first is None:
        return None
    above = first - 1
    if above >= 0 and _is_header_like(sheet, above):
        return _with_header(sheet, above)
    return Table(sheet, first, first - 1, tuple(() for _ in range(sheet.width)))
