"""Rows about a province in a column of municipalities: Utrecht and Groningen are both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as Numbers
from collections.abc import Sequence
from typing import NamedTuple

from municipalities.names import alias_key
from supervision.coa.cells import Cells
from supervision.coa.numerals import number_of
from supervision.coa.table import Number
from supervision.coa.words import PROVINCES, province_code, says_province

MOST_OF_ONE_NAME = 4
"""City, heading, total and one to spare; more rows of one name are no question of city or province."""

BOTH = ("groningen", "utrecht")


class Line(NamedTuple):
    """A row as far as this decides: its name, and its figures by column, which few rows are asked for."""

    row: int
    name: str
    has_code: bool
    cells: Cells
    columns: Sequence[int]

    def number(self, column: int) -> Number | None:
        return number_of(self.cells[column]) if column < len(self.cells) else None

    @property
    def numbers(self) -> dict[int, Number | None]:
        return {column: self.number(column) for column in self.columns}


def province_rows(lines: Sequence[Line]) -> dict[int, str]:
    """The rows that are about a province, by row its code.

    The ten others say so by their name. Of two rows that are called Utrecht, one is the province when it has no
    figures, as a heading, or when its figures are the sums of the rows around it; the one with a code is the city. A
    row alone is the city, unless it is such a sum.
    """
    by_name: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_name[line.name].append(line)
    # A name may stand in thousands of rows, and is looked at once.
    certain = [(called, code) for name, called in by_name.items() if (code := _certain(name))]
    found = {line.row: code for called, code in certain for line in called if not line.has_code}
    keys = {name: alias_key(name) for name in by_name}
    for key in BOTH:
        called = [line for line in lines if keys[line.name] == key and line.row not in found]
        named = [line for line in called if not line.has_code]
        has_city = len(named) < len(called)
        if len(named) > MOST_OF_ONE_NAME or not named:
            continue
        if len(called) > 1 or _is_sum(named[0], _section(named[0], lines, found)):
            found.update((line.row, PROVINCES[key]) for line in _provinces_among(named, lines, found, has_city))
    return found


def _certain(name: str) -> str | None:
    """The province that a row without a code is about, if there is no city of that name."""
    code = province_code(name)
    return code if code and (says_province(name) or alias_key(name) not in BOTH) else None


def _provinces_among(named: list[Line], lines: Sequence[Line], found: Numbers[int, str], has_city: bool) -> list[Line]:
    """Those that are headings or sums; one stays, for one is the city, unless that row alone is a sum.

    `has_city`: another row has the code of the city, so that none of these needs to be it.
    """
    empty = [line for line in named if all(number is None for number in line.numbers.values())]
    filled = [line for line in named if line not in empty]
    if not filled and not has_city:
        return []
    around = {**found, **{line.row: PROVINCES[alias_key(line.name)] for line in empty}}
    sums = [line for line in filled if _is_sum(line, _section(line, lines, around))]
    is_spare = has_city or len(sums) < len(filled) or len(named) == 1
    return empty + (sums if is_spare else sums[:1])


def _section(line: Line, lines: Sequence[Line], found: Numbers[int, str]) -> tuple[list[Line], list[Line]]:
    """The rows before it and after it, as far as the next row about a province."""
    position = next(index for index, other in enumerate(lines) if other is line)
    before, after = [], []
    for other in reversed(lines[:position]):
        if other.row in found:
            break
        before.append(other)
    for other in lines[position + 1 :]:
        if other.row in found:
            break
        after.append(other)
    return before, after


def _is_sum(line: Line, section: tuple[list[Line], list[Line]]) -> bool:
    """Are its figures the sums of the rows before it, after it, or all around it?"""
    before, after = section
    return any(_adds_up(line, rows) for rows in (before, after, [*before, *after]))


FEWEST = 2


def _adds_up(line: Line, rows: list[Line]) -> bool:
    if len(rows) < FEWEST:
        return False
    told = {column: number for column, number in line.numbers.items() if number}
    return bool(told) and all(sum(row.number(column) or 0 for row in rows) == number for column, number in told.items())
