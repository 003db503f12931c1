"""Reads SpreadsheetML (.xlsx) in one pass: values, and what a value alone does not tell.

openpyxl gives either the outcome of a formula or the formula, so that a formula without an outcome takes a second
load; and merged cells only when it loads everything. Here all of it comes from the one walk through the sheet.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date

from supervision.coa import messages
from supervision.coa.cells import UNCALCULATED, ErrorValue, Value, area, cleaned, day, number, position
from supervision.coa.package import Limits, Package, parse
from supervision.coa.refusal import Unreadable
from supervision.coa.sheet import Budget, Building, Sheet

Attributes = dict[str, str]

MOST_MERGED = 5_000
"""More blocks of merged cells than any table has; the rest is not looked at."""


def read(content: bytes, *, limits: Limits) -> tuple[Sheet, ...]:
    package = Package.open(content, limits=limits)
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise Unreadable(messages.MACROS)
    main = _main_part(package)
    budget = Budget(limits)
    book = _Book.read(package.read(main), budget)
    targets = _relations(package, main)
    texts = _part_of_type(targets, "/sharedStrings")
    shared = _shared_strings(package.read(texts)) if package.has(texts) else []
    styles = _part_of_type(targets, "/styles")
    dates = _date_styles(package.read(styles)) if package.has(styles) else frozenset()
    sheets = []
    for name, relation, is_hidden in book.sheets:
        kind, target = targets.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            building = Building(name=name, budget=budget, is_hidden=is_hidden)
            _SheetReader(building, shared, dates, since_1904=book.since_1904).read(package.read(target))
            sheets.append(building.finished())
    return tuple(sheets)


def _local(name: str) -> str:
    """A name without its prefix: some programs write x:row."""
    return name.rpartition(":")[2]


def _ignore(_: str) -> None:
    pass


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: identifier to (type, name of the part). Links to outside the file are left out."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = (attributes.get("Type", ""), target.lstrip("/"))

    if package.has(relations):
        parse(package.read(relations), start=start, end=_ignore, text=_ignore)
    return targets


def _part_of_type(targets: dict[str, tuple[str, str]], ending: str) -> str:
    return next((target for kind, target in targets.values() if kind.endswith(ending)), "")


def _main_part(package: Package) -> str:
    part = _part_of_type(_relations(package, ""), "/officeDocument") or "xl/workbook.xml"
    if not package.has(part):
        raise Unreadable(messages.DAMAGED)
    return part


@dataclass(slots=True)
class _Book:
    """The table of contents: name, relation and whether it is hidden, of each sheet."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    since_1904: bool = False

    @classmethod
    def read(cls, xml: bytes, budget: Budget) -> _Book:
        book = cls()

        def start(name: str, attributes: Attributes) -> None:
            match _local(name):
                case "sheet":
                    budget.open_sheets(len(book.sheets) + 1)
                    relation = next((value for key, value in attributes.items() if _local(key) == "id"), "")
                    hidden = attributes.get("state", "visible") != "visible"
                    book.sheets.append((cleaned(attributes.get("name", "")), relation, hidden))
                case "workbookPr":
                    book.since_1904 = attributes.get("date1904") in ("1", "true")

        parse(xml, start=start, end=_ignore, text=_ignore)
        return book


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _text(parts: list[str]) -> str:
    """A text as it was typed: a character that XML cannot hold is written as its number."""
    text = "".join(parts)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return cleaned(text)


def _shared_strings(xml: bytes) -> list[str]:
    """The texts that cells refer to by number; without the reading aids (rPh) of East Asian scripts."""
    texts: list[str] = []
    parts: list[str] = []
    inside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        local = _local(name)
        if local == "si":
            parts.clear()
        inside.append(local)

    def end(name: str) -> None:
        inside.pop()
        if _local(name) == "si":
            texts.append(_text(parts))

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            parts.append(piece)

    parse(xml, start=start, end=end, text=text)
    return texts


_NOT_PATTERN = re.compile(r"""\[(?![hms]+\])[^\]]*\]|"[^"]*"|\\.|_.|\*.""", re.IGNORECASE)
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])


def is_date_format(code: str) -> bool:
    """Does this number format show a day? A length of time ([h]:mm) is a number, and colours are no letters."""
    bare = _NOT_PATTERN.sub("", code.partition(";")[0]).lower()
    return "general" not in bare and "[" not in bare and any(letter in bare for letter in "ymdhs")


def _date_styles(xml: bytes) -> frozenset[int]:
    """The numbers of the cell styles that show a date."""
    formats: dict[int, bool] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "numFmt" and inside[-1:] == ["numFmts"]:
            formats[int(attributes["numFmtId"])] = is_date_format(attributes.get("formatCode", ""))
        elif local == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", 0)))
        inside.append(local)

    def end(_: str) -> None:
        inside.pop()

    parse(xml, start=start, end=end, text=_ignore)
    return frozenset(style for style, code in enumerate(styles) if formats.get(code, code in _BUILT_IN_DATES))


class _SheetReader:
    """The walk through one sheet. A cell without an address stands behind the one before it."""

    def __init__(self, building: Building, shared: list[str], dates: frozenset[int], *, since_1904: bool) -> None:
        self.building = building
        self.shared = shared
        self.dates = dates
        self.since_1904 = since_1904
        self.row = self.column = -1
        self.kind = "n"
        self.style = 0
        self.has_formula = False
        self.captures = self.in_aid = False
        self.value: list[str] | None = None

    def read(self, xml: bytes) -> None:
        parse(xml, start=self.start, end=self.end, text=self.text)

    def start(self, name: str, attributes: Attributes) -> None:
        # As little as can be: this is called for every cell of a sheet, and so is what it calls.
        local = _local(name) if ":" in name else name
        if self.captures:
            # A value is text and nothing else; what is in between would be read into the number.
            raise Unreadable(messages.DAMAGED)
        if local == "c":
            self.start_cell(attributes)
        elif local == "v" or local == "t":
            self.captures = not self.in_aid
            if self.captures and self.value is None:
                self.value = []
        elif local == "row":
            self.start_row(attributes)
        elif local == "f":
            self.has_formula = True
        elif local == "rPh":
            self.in_aid = True
        elif local == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            self.building.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]))

    def end(self, name: str) -> None:
        local = _local(name) if ":" in name else name
        if local == "v" or local == "t":
            self.captures = False
        elif local == "c":
            if self.value is not None or self.has_formula:
                self.building.put(self.row, self.column, self.cell())
        elif local == "rPh":
            self.in_aid = False

    def text(self, piece: str) -> None:
        if self.captures and self.value is not None:
            self.value.append(piece)

    def start_row(self, attributes: Attributes) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.building.hidden_rows.add(self.row)

    def start_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            place = position(attributes["r"])
            if place is None:
                raise Unreadable(messages.DAMAGED)
            self.row, self.column = place
        else:
            self.column += 1
        self.kind = attributes.get("t", "n")
        self.style = int(attributes["s"]) if "s" in attributes else 0
        self.has_formula = False
        self.value = None

    def merge(self, reference: str) -> None:
        block = area(reference)
        if block and len(self.building.merged) < MOST_MERGED:
            self.building.merged.append(block)

    def cell(self) -> Value:
        raw = "".join(self.value) if self.value is not None else None
        if self.has_formula and (raw is None or (raw == "" and self.kind != "str")):
            return UNCALCULATED
        if not raw:
            return None
        if self.kind == "n":
            return self.numeric(raw)
        match self.kind:
            case "s":
                return self.shared[int(raw)] or None
            case "e":
                return ErrorValue(cleaned(raw))
            case "b":
                return raw in ("1", "true")
            case "str" | "inlineStr":
                return _text([raw]) or None
            case "d":
                return _iso_day(raw)
        return self.numeric(raw)

    def numeric(self, raw: str) -> Value:
        value = number(raw)
        if self.style in self.dates and not isinstance(value, str):
            return day(value, since_1904=self.since_1904)
        return value


def _iso_day(text: str) -> date | str:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return cleaned(text)
