"""From cells and a mapping to figures per municipality, with everything that is wrong, in the order of the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from supervision.coa import messages
from supervision.coa.cells import address
from supervision.coa.counting import Fault
from supervision.coa.identity import Identifier, Identity, Stranger
from supervision.coa.mapping import BadMapping, Counting, Mapping
from supervision.coa.meaning import FIGURES, Meaning
from supervision.coa.numerals import number_of
from supervision.coa.plausible import NOTHING, Expected, doubts
from supervision.coa.problems import LeftOut, Level, Problem, ProblemKind, Reason
from supervision.coa.reading import Part, Plan
from supervision.coa.records import Record, Records, TooManyProblems
from supervision.coa.register import Found, Register
from supervision.coa.sheet import Sheet, Workbook
from supervision.coa.words import province_code, reads_as_note
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

__all__ = ["Difference", "Expected", "Extracted", "FigureRead", "Row", "extract"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRead:
    """A number of persons with our sign, and the cells that it comes from."""

    persons: int
    sheet: str
    cells: tuple[str, ...]

    @property
    def cell(self) -> str:
        """The cell, or the first and the last of several."""
        return self.cells[0] if len(self.cells) == 1 else f"{self.cells[0]}:{self.cells[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a file says of one municipality. `row` is as in the file, `written` how it calls the municipality."""

    code: str
    name: str
    province_code: str
    row: int
    written: str
    figures: MappingOf[Kind, FigureRead]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the file's totaalopgave has more than taakstelling and achterstand: most likely a herverdeling."""

    code: str
    name: str
    province_code: str
    cell: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """`rows` are those without an error, in the order of the sheet."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    differences: tuple[Difference, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.WARNING)

    @property
    def left_out_counts(self) -> dict[Reason, int]:
        return dict(Counter(left_out.reason for left_out in self.left_out))

    @property
    def totals(self) -> dict[Kind, int]:
        totals: Counter[Kind] = Counter()
        for row in self.rows:
            for kind, figure in row.figures.items():
                totals[kind] += figure.persons
        return dict(totals)


NOTHING_EXPECTED: MappingOf[str, Expected] = MappingProxyType({})

MOST_UNKNOWN = 100
"""After so many names that nobody knows, the column is not one of municipalities."""

TOO_OFTEN = 4
"""A sum that fails in more than one row out of so many is a wrong column, and said once."""


def extract(
    workbook: Workbook,
    mapping: Mapping,
    *,
    period: Period,
    as_of: date,
    register: Register,
    province: str | None = None,
    expected: MappingOf[str, Expected] = NOTHING_EXPECTED,
) -> Extracted:
    """The figures of one peildatum. With `province` (PV26) municipalities elsewhere are left out and counted.

    Raises BadMapping when the mapping does not fit the workbook, or does not say enough.
    """
    sheet = workbook.sheet(mapping.sheet)
    if sheet is None:
        raise BadMapping(messages.no_such_sheet(mapping.sheet))
    if not mapping.has_key:
        raise BadMapping(messages.NO_KEY)
    if not mapping.meanings:
        raise BadMapping(messages.ASK_FIGURES)
    plan = Plan.of(mapping, period=period, as_of=as_of)
    records = Records(sheet=sheet, mapping=mapping, period=period, as_of=as_of)
    identifier = Identifier(register=register, period=period, as_of=as_of)
    gathering = _Gathering(sheet, plan, records, identifier, province, expected)
    try:
        records.sort_out()
        gathering.gather()
    except TooManyProblems:
        gathering.give_up()
    return gathering.extracted()


@dataclass(slots=True)
class _Told:
    """All that the file says of one municipality."""

    found: Found
    records: list[Record]
    parts: list[Part]
    has_error: bool = False
    summed: dict[Kind, int] = field(default_factory=dict)
    """The kinds whose every part is a number."""

    def of(self, kind: Kind) -> list[Part]:
        return [part for part in self.parts if part.kind is kind]

    def sum_up(self) -> None:
        faulty = {part.kind for part in self.parts if isinstance(part.count, Fault)}
        for part in self.parts:
            if isinstance(part.count, int) and part.kind not in faulty:
                self.summed[part.kind] = self.summed.get(part.kind, 0) + part.count


class _Gathering:
    """Brings the records of each municipality together and judges them."""

    def __init__(
        self,
        sheet: Sheet,
        plan: Plan,
        records: Records,
        identifier: Identifier,
        province: str | None,
        expected: MappingOf[str, Expected],
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.records = records
        self.identifier = identifier
        self.province = province
        self.expected = expected
        self.told: dict[str, _Told] = {}
        self.differences: list[Difference] = []
        self.checks = {
            meaning: plan.mapping.first(meaning)
            for meaning in (Meaning.TOTAALOPGAVE, Meaning.REMAINING, Meaning.HERVERDELING)
        }

    def gather(self) -> None:
        unknown: set[str] = set()
        for record in self.records.kept:
            identity = self.identify(record)
            if isinstance(identity, Identity):
                self.take(record, identity)
            elif identity is not None and identity.kind is ProblemKind.UNKNOWN_MUNICIPALITY:
                unknown.add(record.code or record.name)
            if len(unknown) >= MOST_UNKNOWN:
                column = self.key_column(is_code=bool(record.code))
                self.records.problem(
                    ProblemKind.TOO_MANY_UNKNOWN, record.row, column, messages.too_many_unknown(len(unknown))
                )
                break
        self.find_duplicates()
        for told in self.told.values():
            self.judge(told)
        self.compare_sums()
        if not self.told and not self.records.problems:
            self.records.problem(ProblemKind.NO_ROWS, max(self.plan.mapping.header_last, 0), 0, self.nothing_found())

    def give_up(self) -> None:
        """Nothing is taken of a file with that many faults."""
        last = self.records.problems[-1]
        message = messages.too_many_problems(len(self.records.problems))
        self.records.problems[-1] = replace(
            last, kind=ProblemKind.TOO_MANY_PROBLEMS, level=Level.ERROR, message=message, code=None
        )
        self.told.clear()
        self.differences.clear()

    def nothing_found(self) -> str:
        if any(left_out.reason is Reason.OTHER_DATE for left_out in self.records.left_out):
            return messages.no_rows_of_day(self.plan.as_of)
        return messages.NO_ROWS

    def key_column(self, *, is_code: bool) -> int:
        code, name = self.records.code_column, self.records.name_column
        first, second = (code, name) if is_code else (name, code)
        return first if first is not None else second or 0

    def identify(self, record: Record) -> Identity | Stranger | None:
        """The municipality of a record; None for a row that turns out to be a note or lies elsewhere."""
        if not record.has_figures and not record.code and reads_as_note(record.name):
            self.records.leave_out(Reason.NOTE, record)
            return None
        identity = self.identifier.identify(code=record.code, name=record.name, province=record.province)
        if isinstance(identity, Identity):
            if self.province and identity.found.province_code != self.province:
                self.records.leave_out(Reason.OTHER_PROVINCE, record)
                return None
            return identity
        if self.is_elsewhere(record):
            self.records.leave_out(Reason.OTHER_PROVINCE, record)
        elif not record.has_figures or (not record.code and reads_as_note(record.name)):
            self.records.leave_out(Reason.NOTE, record)
        else:
            column = self.key_column(is_code=identity.is_code)
            self.records.problem(identity.kind, record.row, column, identity.message)
            return identity
        return None

    def is_elsewhere(self, record: Record) -> bool:
        if not self.province:
            return False
        under = province_code(record.province) if record.province else None
        return under is not None and under != self.province

    def take(self, record: Record, identity: Identity) -> None:
        found = identity.found
        indicator = self.plan.indicator(record)
        if self.plan.mapping.indicators and (indicator is None or indicator.meaning not in FIGURES):
            self.records.leave_out(Reason.OTHER_KIND, record)
            return
        told = self.told.get(found.code)
        if told is None:
            told = self.told[found.code] = _Told(found, [], [])
        if identity.ended and not told.records:
            message = messages.ended(found.name, identity.ended)
            column = self.key_column(is_code=not record.name)
            self.records.problem(
                ProblemKind.MUNICIPALITY_ENDED, record.row, column, message, level=Level.WARNING, code=found.code
            )
        told.records.append(record)
        told.parts.extend(self.plan.parts(record))

    def find_duplicates(self) -> None:
        """A municipality that is there twice for the same day and figure: neither is taken."""
        for told in self.told.values():
            first: dict[tuple[date | None, str], Record] = {}
            for record in told.records:
                slot = (record.day, record.kind)
                if slot in first:
                    told.has_error = True
                    column = self.key_column(is_code=bool(record.code) and not record.name)
                    earlier = address(first[slot].row, column)
                    message = messages.duplicate(told.found.name, earlier)
                    self.records.problem(
                        ProblemKind.DUPLICATE_MUNICIPALITY, record.row, column, message, code=told.found.code
                    )
                else:
                    first[slot] = record

    def judge(self, told: _Told) -> None:
        """The faults of its cells; where there are none, what is hard to believe."""
        for part in told.parts:
            if isinstance(part.count, Fault):
                told.has_error = True
                self.records.problem(part.count.kind, part.row, part.column, part.count.message, code=told.found.code)
        told.sum_up()
        figures = told.summed
        realised = figures.get(Kind.REALISATION)
        if realised is not None and realised < 0:
            told.has_error = True
            self.problem_at(ProblemKind.NEGATIVE, told, Kind.REALISATION, messages.negative("de realisatie", realised))
        elif not told.has_error:
            self.doubt(told, figures)

    def problem_at(
        self, kind: ProblemKind, told: _Told, figure: Kind, message: str, *, level: Level = Level.ERROR
    ) -> None:
        part = told.of(figure)[-1]
        self.records.problem(kind, part.row, part.column, message, level=level, code=told.found.code)

    def doubt(self, told: _Told, figures: dict[Kind, int]) -> None:
        expected = self.expected.get(told.found.code, NOTHING)
        totaalopgave = self.checked(told, Meaning.TOTAALOPGAVE)
        for figure, message in doubts(figures, totaalopgave=totaalopgave, expected=expected):
            self.problem_at(ProblemKind.IMPLAUSIBLE, told, figure, message, level=Level.WARNING)
        if self.plan.mapping.counting is Counting.MONTHLY:
            for part in told.of(Kind.REALISATION):
                if isinstance(part.count, int) and part.count < 0:
                    message = messages.negative_month(part.count)
                    self.records.problem(
                        ProblemKind.NEGATIVE, part.row, part.column, message, level=Level.WARNING, code=told.found.code
                    )

    def checked(self, told: _Told, meaning: Meaning) -> int | None:
        """A whole number in a column that is there to check by."""
        column = self.checks[meaning]
        number = number_of(told.records[0].at(column.index)) if column else None
        return number if isinstance(number, int) else None

    # The sums. A herverdeling is in the totaalopgave and not in the taakstelling; over a province it is 0.

    def compare_sums(self) -> None:
        sound = [told for told in self.told.values() if not told.has_error]
        opgaven = [(told, off, column) for told in sound for off, column in [self.off_opgave(told)] if off is not None]
        self.compare(opgaven, explains=True)
        rests = [(told, off, column) for told in sound for off, column in [self.off_rest(told)] if off is not None]
        self.compare(rests, explains=False)

    def compare(self, offs: list[tuple[_Told, int, int]], *, explains: bool) -> None:
        """Show what differs; warn of it where no exchange within the province explains it."""
        differing = [(told, off, column) for told, off, column in offs if off]
        if len(differing) * TOO_OFTEN > len(offs):
            column = differing[0][2]
            message = messages.sum_fails(len(differing), len(offs))
            row = max(self.plan.mapping.header_last, 0)
            self.records.problem(ProblemKind.SUM_DIFFERS, row, column, message, level=Level.WARNING)
            return
        of_province: Counter[str] = Counter()
        for told, off, _ in differing:
            of_province[told.found.province_code] += off
        for told, off, column in differing:
            found, row = told.found, told.records[0].row
            if explains:
                self.differences.append(
                    Difference(
                        code=found.code,
                        name=found.name,
                        province_code=found.province_code,
                        cell=address(row, column),
                        persons=off,
                    )
                )
            if not explains or of_province[found.province_code]:
                message = messages.opgave_differs(off) if explains else messages.rest_differs(off)
                self.records.problem(
                    ProblemKind.SUM_DIFFERS, row, column, message, level=Level.WARNING, code=found.code
                )

    def off_opgave(self, told: _Told) -> tuple[int | None, int]:
        """Totaalopgave less taakstelling, achterstand and herverdeling; without it, what remains and realisatie."""
        figures = told.summed
        asked, start = figures.get(Kind.TAAKSTELLING), figures.get(Kind.ACHTERSTAND)
        column = self.checks[Meaning.TOTAALOPGAVE]
        total = self.checked(told, Meaning.TOTAALOPGAVE)
        if column is None:
            column = self.checks[Meaning.REMAINING]
            rest, realised = self.checked(told, Meaning.REMAINING), figures.get(Kind.REALISATION)
            if column is not None and rest is not None and realised is not None:
                total = rest * column.sign + realised
        if column is None or total is None or asked is None or start is None:
            return None, 0
        moved = self.checked(told, Meaning.HERVERDELING) or 0
        return total - asked - start - moved, column.index

    def off_rest(self, told: _Told) -> tuple[int | None, int]:
        """Totaalopgave less realisatie against what the file says remains."""
        column = self.checks[Meaning.REMAINING]
        total, rest = self.checked(told, Meaning.TOTAALOPGAVE), self.checked(told, Meaning.REMAINING)
        realised = told.summed.get(Kind.REALISATION)
        if column is None or total is None or rest is None or realised is None:
            return None, 0
        return total - realised - rest * column.sign, column.index

    def extracted(self) -> Extracted:
        rows = [self.row(told) for told in self.told.values() if not told.has_error]
        return Extracted(
            rows=tuple(sorted((row for row in rows if row.figures), key=lambda row: row.row)),
            problems=tuple(sorted(self.records.problems, key=lambda problem: (problem.row, problem.column))),
            left_out=tuple(sorted(self.records.left_out, key=lambda left_out: left_out.row)),
            differences=tuple(self.differences),
        )

    def row(self, told: _Told) -> Row:
        first = told.records[0]
        return Row(
            code=told.found.code,
            name=told.found.name,
            province_code=told.found.province_code,
            row=first.row + 1,
            written=first.name or first.code,
            figures={
                kind: FigureRead(
                    persons=persons,
                    sheet=self.sheet.name,
                    cells=tuple([address(part.row, part.column) for part in told.parts if part.kind is kind]),
                )
                for kind, persons in told.summed.items()
            },
        )
