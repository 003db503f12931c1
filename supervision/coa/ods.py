"""Reads OpenDocument spreadsheets (.ods): the same of a sheet as the reader of .xlsx, error values included."""

from __future__ import annotations

import re
from datetime import date

from supervision.coa import messages
from supervision.coa.cells import UNCALCULATED, Area, ErrorValue, Value, cleaned, number
from supervision.coa.package import Limits, Package, parse
from supervision.coa.refusal import Unreadable
from supervision.coa.sheet import Budget, Building, Sheet

Attributes = dict[str, str]

MOST_MERGED = 5_000
_ERROR = re.compile(r"#[A-Z0-9/!?]+|Err:[0-9]+|Fout:[0-9]+", re.IGNORECASE)
_EMPTY_LIBRARIES = ("script-lc.xml", "script-lb.xml", "/")
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_NOT_OF_THE_CELL = frozenset(
    {
        "office:annotation",
        "table:shapes",
        "draw:frame",
        "draw:custom-shape",
        "table:tracked-changes",
        "table:dde-links",
    }
)
"""Comments, drawings, deleted cells and copies of other files have paragraphs and tables of their own."""


def read(content: bytes, *, limits: Limits) -> tuple[Sheet, ...]:
    package = Package.open(content, limits=limits)
    if package.has("META-INF/manifest.xml") and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable(messages.PASSWORD)
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith(_EMPTY_LIBRARIES) for name in package.names):
        raise Unreadable(messages.MACROS)
    if not package.has("content.xml"):
        raise Unreadable(messages.DAMAGED)
    reader = _Reader(Budget(limits))
    parse(package.read("content.xml"), start=reader.start, end=reader.end, text=reader.text)
    return tuple(building.finished() for building in reader.buildings)


class _Reader:
    """The walk through the document: tables, in them rows, in them cells, each of which may stand for many."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.buildings: list[Building] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeats = 1
        self.cell: Attributes = {}
        self.texts: list[str] = []
        self.paragraphs = 0
        self.in_paragraph = False
        self.apart = 0
        self.tables = 0

    def start(self, name: str, attributes: Attributes) -> None:
        # Most frequent first: this is called for every element of a document.
        if self.apart or name in _NOT_OF_THE_CELL:
            self.apart += 1
        elif name == "text:p":
            self.start_paragraph()
        elif name in _CELLS:
            self.cell, self.texts, self.paragraphs = attributes, [], 0
        elif name == "text:s":
            self.texts.append(" " * min(int(attributes.get("text:c", 1)), 100))
        elif name in ("text:tab", "text:line-break"):
            self.texts.append("\n" if name == "text:line-break" else " ")
        elif name == "table:table-row":
            self.start_row(attributes)
        elif name == "table:table-column":
            self.start_column(attributes)
        elif name == "table:table":
            self.start_table(attributes)
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def end(self, name: str) -> None:
        if self.apart:
            self.apart -= 1
        elif name in _CELLS:
            self.end_cell()
        elif name == "text:p":
            self.in_paragraph = False
        elif name == "table:table-row":
            self.row += self.row_repeats

    def text(self, piece: str) -> None:
        if self.in_paragraph and not self.apart:
            self.texts.append(piece)

    def start_table(self, attributes: Attributes) -> None:
        self.budget.open_sheets(len(self.buildings) + 1)
        hidden = attributes.get("table:style-name") in self.hidden_styles
        name = cleaned(attributes.get("table:name", ""))
        self.buildings.append(Building(name=name, budget=self.budget, is_hidden=hidden))
        self.row = self.column = 0

    def start_column(self, attributes: Attributes) -> None:
        repeats = _repeats(attributes, "columns")
        if attributes.get("table:visibility", "visible") != "visible":
            self.buildings[-1].hide_columns(self.column, self.column + repeats)
        self.column += repeats

    def start_row(self, attributes: Attributes) -> None:
        self.row_repeats = _repeats(attributes, "rows")
        self.column = 0
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self.row + self.row_repeats, self.budget.limits.rows)
            self.buildings[-1].hidden_rows.update(range(self.row, last))

    def start_paragraph(self) -> None:
        if self.paragraphs:
            self.texts.append("\n")
        self.paragraphs += 1
        self.in_paragraph = True

    def end_cell(self) -> None:
        repeats = _repeats(self.cell, "columns")
        value = self.value()
        if value is not None:
            building = self.buildings[-1]
            for row in range(self.row, self.row + self.row_repeats):
                for column in range(self.column, self.column + repeats):
                    building.put(row, column, value)
        self.merge()
        self.column += repeats

    def merge(self) -> None:
        across = int(self.cell.get("table:number-columns-spanned", 1))
        down = int(self.cell.get("table:number-rows-spanned", 1))
        merged = self.buildings[-1].merged
        if (across > 1 or down > 1) and len(merged) < MOST_MERGED:
            merged.append(Area(self.row, self.column, self.row + down - 1, self.column + across - 1))

    def value(self) -> Value:
        cell = self.cell
        shown = cleaned("".join(self.texts))
        has_formula = "table:formula" in cell
        kind = cell.get("office:value-type", "")
        if cell.get("calcext:value-type") == "error" or (has_formula and _ERROR.fullmatch(shown)):
            return ErrorValue(shown or "#FOUT")
        if has_formula and not kind:
            return UNCALCULATED
        match kind:
            case "float" | "currency" | "percentage":
                return number(cell.get("office:value", ""))
            case "date":
                return _iso_day(cell.get("office:date-value", shown))
            case "boolean":
                return cell.get("office:boolean-value") == "true"
        return cleaned(cell.get("office:string-value", "")) or shown or None


def _repeats(attributes: Attributes, what: str) -> int:
    """Never back: a sheet is walked through once."""
    repeats = int(attributes.get(f"table:number-{what}-repeated", 1))
    if repeats < 1:
        raise Unreadable(messages.DAMAGED)
    return repeats


def _iso_day(text: str) -> date | str:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return cleaned(text)
