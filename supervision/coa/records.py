"""The rows under a header: which are about a municipality, and why the others are left out."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from supervision.coa import messages
from supervision.coa.cells import Cells, Value, address
from supervision.coa.counting import shown_value
from supervision.coa.dates import days_of_cells, half_years_in, peildatum_of
from supervision.coa.mapping import Counting, Mapping
from supervision.coa.meaning import NUMBERS, Meaning
from supervision.coa.numerals import number_of
from supervision.coa.problems import LeftOut, Level, Problem, ProblemKind, Reason
from supervision.coa.provinces import Line, province_rows
from supervision.coa.sheet import Sheet
from supervision.coa.words import on_one_line, plain, says_total
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that has figures of a municipality. `province` is the name of the one it stands under, or empty."""

    row: int
    cells: Cells
    code: str
    name: str
    province: str
    has_figures: bool
    day: date | None = None
    kind: str = ""

    def at(self, column: int) -> Value:
        return self.cells[column] if column < len(self.cells) else None


class Filled(NamedTuple):
    """A row with anything in it, and the texts of its key and kind: read once, for a sheet may have many rows."""

    row: int
    cells: Cells
    code: str
    name: str
    kind: str


@dataclass
class Records:
    """The rows sorted out. What is asked of a row, in this order, decides."""

    sheet: Sheet
    mapping: Mapping
    period: Period
    as_of: date
    kept: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sums_tried: int = 0

    def sort_out(self) -> None:
        self.code_column = _index(self.mapping, Meaning.CODE)
        self.name_column = _index(self.mapping, Meaning.MUNICIPALITY)
        self.province_column = _index(self.mapping, Meaning.PROVINCE)
        self.date_column = _index(self.mapping, Meaning.DATE)
        self.period_column = _index(self.mapping, Meaning.PERIOD)
        self.kind_column = _index(self.mapping, Meaning.INDICATOR)
        self.figure_columns = [
            column.index
            for column in self.mapping.columns
            if column.meaning in NUMBERS or column.meaning is Meaning.VALUE
        ]
        self.first_figure = min(self.figure_columns, default=self.sheet.width)
        self.headings = self._headings()
        self.heading_starts = {looks[0] for looks in self.headings if looks}
        self.blocks = self._blocks()
        self.repeats_province = self._repeats_province()
        # Where a total is looked for: in the texts before the figures, and in the name.
        keys = (self.code_column, self.name_column, self.province_column)
        self.total_columns = sorted({*range(self.first_figure), *(key for key in keys if key is not None)})
        filled = self._filled()
        self.totals = {line.row for line in filled if self._is_total(line.cells)}
        self.repeated = {line.row for line in filled if self._is_heading(line.cells)}
        self.days = self._days(filled)
        self.wanted = self._wanted({day for day in self.days.values() if day})
        self.provinces = self._provinces(filled)
        self.province = ""
        for line in filled:
            self._sort(line)

    def _filled(self) -> list[Filled]:
        code, name, kind = self.code_column, self.name_column, self.kind_column
        return [
            Filled(row, cells, _text(cells, code), _text(cells, name), _text(cells, kind))
            for row, cells in self._rows()
            if not all(map(_is_blank, cells))
        ]

    def _days(self, filled: list[Filled]) -> dict[int, date | None]:
        """The day of each row, where a column holds one."""
        column = self.date_column
        if column is None:
            return {}
        values = {line.row: _at(line.cells, column) for line in filled}
        known = days_of_cells(values.values(), period=self.period)
        return {row: known[value] for row, value in values.items()}

    def _is_wanted(self, row: int) -> bool:
        return self.date_column is None or self.days[row] in self.wanted

    def _provinces(self, filled: list[Filled]) -> dict[int, str]:
        """The rows about a province, looked for among those of one day and kind: there a name stands once."""
        groups: dict[tuple[date | None, str], list[Line]] = defaultdict(list)
        for each in filled:
            line = self._line(each) if self._is_wanted(each.row) else None
            if line:
                groups[self.days.get(each.row), each.kind].append(line)
        return {row: code for lines in groups.values() for row, code in province_rows(lines).items()}

    def _rows(self) -> Iterator[tuple[int, Cells]]:
        for row in range(self.mapping.header_last + 1, len(self.sheet.rows)):
            yield row, self.sheet.rows[row]

    def _repeats_province(self) -> bool:
        """Does every row name its province, so that the name alone does not make a row about the province?"""
        if self.province_column is None:
            return False
        told = [_text(cells, self.province_column) for _, cells in self._rows()]
        return sum(1 for one, other in itertools.pairwise(told) if one and one == other) >= FEWEST

    def _headings(self) -> frozenset[tuple[str, ...]]:
        """The rows of the header as they look when a page repeats them."""
        rows = range(self.mapping.header_first, min(self.mapping.header_last + 1, len(self.sheet.rows)))
        return frozenset(_looks(self.sheet.rows[row]) for row in rows)

    def _line(self, filled: Filled) -> Line | None:
        row, cells, code, name, _ = filled
        if row in self.totals or row in self.repeated:
            return None
        if not name and not code and not self.repeats_province and not self._is_merged(row):
            name = _text(cells, self.province_column)
        return Line(row, name, bool(code), cells, self.figure_columns) if name or code else None

    def _is_heading(self, cells: Cells) -> bool:
        first = next(itertools.filterfalse(_is_blank, cells), None)
        return isinstance(first, str) and plain(first) in self.heading_starts and _looks(cells) in self.headings

    def _is_total(self, cells: Cells) -> bool:
        for column in self.total_columns:
            value = _at(cells, column)
            if isinstance(value, str) and says_total(value):
                return True
        return False

    def _blocks(self) -> dict[int, int]:
        """The rows whose province is in a cell that is merged over several, by row the first of them."""
        column = self.province_column
        if column is None:
            return {}
        last = len(self.sheet.rows) - 1
        blocks: dict[int, int] = {}
        for block in sorted(self.sheet.merged, key=lambda block: block.first_row):
            is_ours = block.first_column <= column <= block.last_column and block.first_row < block.last_row
            # Blocks do not overlap, but in a file that was made to keep us busy.
            if is_ours and block.first_row not in blocks:
                rows = range(block.first_row, min(block.last_row, last) + 1)
                blocks.update(dict.fromkeys(rows, block.first_row))
        return blocks

    def _is_merged(self, row: int) -> bool:
        """Is the province's cell one of several rows, so that it says nothing of this row alone?"""
        return row in self.blocks

    def _leave_out(self, reason: Reason, row: int, cells: Cells) -> None:
        text = next((shown_value(value) for value in cells if isinstance(value, str) and value.strip()), "")
        self.left_out.append(LeftOut(reason=reason, sheet=self.sheet.name, row=row + 1, text=text))

    def leave_out(self, reason: Reason, record: Record) -> None:
        self._leave_out(reason, record.row, record.cells)

    def _sort(self, line: Filled) -> None:
        row, cells, code, name, _ = line
        if row in self.repeated or (not self.kept and _is_numbering(cells)):
            self._leave_out(Reason.HEADING, row, cells)
        elif row in self.totals:
            self._leave_out(Reason.TOTAL, row, cells)
        elif row in self.provinces:
            self.province = name or _text(cells, self.province_column)
            self._leave_out(Reason.PROVINCE, row, cells)
        elif not code and not name:
            self._without_key(row, cells)
        else:
            self._keep(self._plain_record(line))

    def _plain_record(self, line: Filled) -> Record:
        row, cells, code, name, kind = line
        return Record(
            row=row,
            cells=cells,
            code=code,
            name=name,
            province=self._province_of(row),
            has_figures=not all(_is_blank(_at(cells, column)) for column in self.figure_columns),
            day=self.days.get(row),
            kind=kind,
        )

    def _province_of(self, row: int) -> str:
        """The province that a row stands under: in its own column, or the last heading."""
        if self.province_column is None:
            return self.province
        text = _text(self.sheet.rows[self.blocks.get(row, row)], self.province_column)
        if row not in self.blocks:
            self.province = text = text or self.province
        return text

    def _without_key(self, row: int, cells: Cells) -> None:
        """A remark, a total without a word, or a row whose municipality was forgotten."""
        aside = {*self.figure_columns, self.province_column} if self.repeats_province else {*self.figure_columns}
        beside = [value for column, value in enumerate(cells) if column not in aside]
        has_text = any(isinstance(value, str) and value.strip() for value in beside)
        has_figures = any(number_of(_at(cells, column)) is not None for column in self.figure_columns)
        if self._is_merged(row) and has_figures:
            has_text = False
        if has_text or not has_figures:
            self._leave_out(Reason.NOTE, row, cells)
        elif self._is_sum_of_all(cells):
            self._leave_out(Reason.TOTAL, row, cells)
        else:
            column = self.name_column if self.name_column is not None else self.code_column or 0
            self.problem(ProblemKind.EMPTY, row, column, messages.NO_NAME)

    def _is_sum_of_all(self, cells: Cells) -> bool:
        self.sums_tried += 1
        if self.sums_tried > MOST_SUMS:
            return False
        told = {column: number for column in self.figure_columns if (number := number_of(_at(cells, column)))}
        province = _text(cells, self.province_column)
        groups = [self.kept, [record for record in self.kept if record.province == province]]
        return any(
            bool(told)
            and len(group) >= FEWEST
            and all(
                sum(number_of(record.at(column)) or 0 for record in group) == number for column, number in told.items()
            )
            for group in groups
        )

    def _keep(self, record: Record) -> None:
        """A row with a municipality, unless it is of another half-year or day."""
        if self.period_column is not None:
            told = half_years_in(_text(record.cells, self.period_column))
            if told and self.period not in told:
                self.leave_out(Reason.OTHER_PERIOD, record)
                return
        if self.date_column is not None and record.day is None:
            value = record.at(self.date_column)
            kind = ProblemKind.EMPTY if _is_blank(value) else ProblemKind.NOT_A_DATE
            self.problem(kind, record.row, self.date_column, messages.not_a_date(shown_value(value)))
        elif not self._is_wanted(record.row):
            self.leave_out(Reason.OTHER_DATE, record)
        else:
            self.kept.append(record)

    def _wanted(self, days: set[date]) -> set[date]:
        if self.mapping.counting is Counting.MONTHLY:
            last = peildatum_of(self.as_of)
            return {day for day in days if self.period.start < peildatum_of(day) <= last}
        wanted = matching(days, self.as_of)
        if self.mapping.counts_from_january:
            wanted |= matching(days, self.period.start)
        return wanted

    def problem(
        self,
        kind: ProblemKind,
        row: int,
        column: int,
        message: str,
        *,
        level: Level = Level.ERROR,
        code: str | None = None,
    ) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise TooManyProblems
        self.problems.append(
            Problem(
                kind=kind,
                level=level,
                sheet=self.sheet.name,
                cell=address(row, column),
                row=row,
                column=column,
                message=message,
                code=code,
            )
        )


FEWEST = 2

MOST_PROBLEMS = 1_000
"""More is no list to work through: it is another file, or another column."""


MOST_SUMS = 30
"""More rows without a name than a table has totals."""


class TooManyProblems(Exception):
    """There are as many problems as are kept."""


def matching(days: set[date], day: date) -> set[date]:
    """The day itself; where it is not there, the last day of the month before it, which says the same."""
    return {day} if day in days else {other for other in days if peildatum_of(other) == peildatum_of(day)}


def _index(mapping: Mapping, meaning: Meaning) -> int | None:
    column = mapping.first(meaning)
    return column.index if column else None


def _at(cells: Cells, column: int | None) -> Value:
    return cells[column] if column is not None and column < len(cells) else None


def _text(cells: Cells, column: int | None) -> str:
    value = _at(cells, column)
    # By type, for a bool is an int.
    if type(value) is str:
        return on_one_line(value)
    return str(value) if type(value) is int else ""


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _looks(cells: Cells) -> tuple[str, ...]:
    return tuple(plain(value) if isinstance(value, str) else "" for value in cells if not _is_blank(value))


_NUMBERED = re.compile(r"\(?([0-9]{1,2}|[a-z])\)?(\s*=.*)?", re.IGNORECASE)


def _is_numbering(cells: Cells) -> bool:
    """Under a header: 1, 2, 3 or (a), (b), (c = a + b)."""
    told = [match for value in cells if not _is_blank(value) and (match := _NUMBERED.fullmatch(str(value).strip()))]
    filled = sum(1 for value in cells if not _is_blank(value))
    if filled < 3 or len(told) < filled:
        return False
    marks = [match[1].lower() for match in told]
    numbers = [int(mark) if mark.isdigit() else ord(mark) - 96 for mark in marks]
    return all(later == earlier + 1 for earlier, later in itertools.pairwise(numbers))
