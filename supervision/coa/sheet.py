"""A workbook as every reader delivers it."""

from __future__ import annotations

from dataclasses import dataclass, field

from supervision.coa import messages
from supervision.coa.cells import Area, Cells, Value
from supervision.coa.package import Limits
from supervision.coa.refusal import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of a sheet from A1 on; rows and columns are counted from 0, and a row ends with its last filled cell."""

    name: str
    rows: tuple[Cells, ...]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; None also outside the filled part."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """`name` is the file's own, without a path."""

    name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(slots=True)
class Budget:
    """Counts the filled cells of a whole workbook while it is read, and stops before it is too much."""

    limits: Limits
    cells: int = 0

    def spend(self, row: int, column: int, sheet: str) -> None:
        limits = self.limits
        self.cells += 1
        if row >= limits.rows:
            raise Unreadable(messages.too_many(limits.rows, "rijen", sheet))
        if column >= limits.columns:
            raise Unreadable(messages.too_many(limits.columns, "kolommen", sheet))
        if self.cells > limits.cells:
            raise Unreadable(messages.too_many(limits.cells, "gevulde cellen"))

    def open_sheets(self, count: int) -> None:
        if count > self.limits.sheets:
            raise Unreadable(messages.too_many(self.limits.sheets, "bladen"))


@dataclass(slots=True)
class Building:
    """A sheet while it is read: cells come in any order, and only filled ones count."""

    name: str
    budget: Budget
    is_hidden: bool = False
    filled: dict[int, dict[int, Value]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)

    def put(self, row: int, column: int, value: Value) -> None:
        if value is None:
            return
        self.budget.spend(row, column, self.name)
        cells = self.filled.get(row)
        if cells is None:
            cells = self.filled[row] = {}
        cells[column] = value

    def hide_columns(self, first: int, end: int) -> None:
        """Up to and without `end`; no more than there can be, however often they are hidden."""
        most = self.budget.limits.columns
        if len(self.hidden_columns) < most:
            self.hidden_columns.update(range(max(first, 0), min(end, most)))

    def finished(self) -> Sheet:
        return Sheet(
            name=self.name,
            rows=tuple(_row(self.filled.get(row)) for row in range(max(self.filled, default=-1) + 1)),
            is_hidden=self.is_hidden,
            hidden_rows=frozenset(row for row in self.hidden_rows if row in self.filled),
            hidden_columns=frozenset(self.hidden_columns),
            merged=tuple(self.merged),
        )


def _row(cells: dict[int, Value] | None) -> Cells:
    if not cells:
        return ()
    return tuple(map(cells.get, range(max(cells) + 1)))
