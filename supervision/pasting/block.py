"""What the clipboard holds, as rows of cells: text with tabs as spreadsheets and browsers write it, or a table in HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supervision.coa.cells import cleaned
from supervision.coa.words import on_one_line
from supervision.pasting.tables import first_table
from supervision.rules.dutch import number

Block = tuple[tuple[str, ...], ...]
"""Rows of equal length; a cell is one line of text, empty where there is none."""

_NOTHING = "Er is niets geplakt. Kopieer eerst een blok cellen in Excel, LibreOffice of een tabel op een webpagina."

# A cell with a line break in it stands between quotation marks, with those inside doubled. A mark that is not closed right
# before the next cell is just a mark.
_CELL = re.compile(r'"(?P<quoted>(?:[^"]|"")*+)"(?=[\t\n]|\Z)|(?P<bare>[^\t\n]*)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be pasted at once."""

    rows: int
    columns: int
    characters: int


class NotABlock(ValueError):
    """Nothing that can be laid on the grid; the message is a Dutch sentence for the user."""


def read_block(text: str, html: str = "", *, limits: Limits) -> Block:
    """The cells of the text; of the HTML only where there is no text. Raises NotABlock."""
    if max(len(text), len(html)) > limits.characters:
        raise NotABlock(f"Dit blok is te groot: het mag hoogstens {number(limits.characters)} tekens hebben.")
    rows = _rows_of(cleaned(text)) if text.strip() else first_table(cleaned(html), most=limits.columns)
    told = [[on_one_line(cell) for cell in row] for row in rows]
    last = max((index for index, row in enumerate(told) if any(row)), default=None)
    if last is None:
        raise NotABlock(_NOTHING)
    told = told[: last + 1]
    width = max(index + 1 for row in told for index, cell in enumerate(row) if cell)
    if len(told) > limits.rows or width > limits.columns:
        raise NotABlock(
            f"Dit blok is te groot: het mag hoogstens {number(limits.rows)} regels "
            f"en {number(limits.columns)} kolommen hebben."
        )
    return tuple(tuple((row + [""] * width)[:width]) for row in told)


def _rows_of(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    position = 0
    while match := _CELL.match(text, position):
        quoted = match["quoted"]
        rows[-1].append(match["bare"] if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if position == len(text):
            return rows
        if text[position] == "\n":
            rows.append([])
        position += 1
    raise AssertionError("a bare cell may be empty, so that one always fits")
