"""What the rows above the figures of a block say of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.coa.meaning import Meaning
from supervision.coa.numerals import number_of
from supervision.coa.words import Edge, Reading, read_header
from supervision.pasting.block import Block
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

MOST_HEADER_ROWS = 3

_OWED = {Meaning.ACHTERSTAND_START, Meaning.REMAINING}
_FIGURES = {*_OWED, Meaning.TAAKSTELLING, Meaning.REALISATIE}
_COMPUTED = {Meaning.HERVERDELING, Meaning.TOTAALOPGAVE, Meaning.PERCENTAGE, Meaning.REMAINING}
_TELLING = {*_FIGURES, *_COMPUTED, Meaning.MUNICIPALITY, Meaning.CODE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column by its own words. `kind` is the cell that it is for; without one, `why_not` says why where it matters."""

    text: str
    kind: Kind | None = None
    is_computed: bool = False
    why_not: str = ""


def count_of_headers(block: Block) -> int:
    """How many rows at the top speak of the columns. A row with a number in it is none: what stands above the figures
    has words that the field uses."""
    for index, row in enumerate(block[: MOST_HEADER_ROWS + 1]):
        if any(number_of(cell) is not None for cell in row if cell):
            return index if any(_speaks(above) for above in block[:index]) else 0
    return 0


def _speaks(row: Sequence[str]) -> bool:
    return any(_TELLING & set(read_header((cell,)).meanings) for cell in row if cell)


def headings_of(rows: Block, *, period: Period) -> list[Heading]:
    """Per column what it is for; none has a kind where the words of none say so."""
    headings = [_heading(parts, period) for parts in zip(*rows, strict=True)]
    unsure = [index for index, each in enumerate(headings) if each.kind is Kind.ACHTERSTAND and each.is_computed]
    for index in unsure:
        # "Achterstand" alone: at the start when it stands first, at the end behind what was housed.
        before = {each.kind for each in headings[:index]}
        is_end = Kind.REALISATION in before or Kind.ACHTERSTAND in before
        headings[index] = Heading(
            text=headings[index].text, kind=None if is_end else Kind.ACHTERSTAND, is_computed=is_end
        )
    return headings


def _heading(parts: Sequence[str], period: Period) -> Heading:
    text = " ".join(dict.fromkeys(part for part in parts if part))
    reading = read_header(tuple(parts))
    meanings = set(reading.meanings)
    if not meanings & (_FIGURES | _COMPUTED):
        return Heading(text=text)
    if _is_of_another(reading, period):
        return Heading(text=text, why_not=f"‘{text}’ is niet van {period}.")
    if meanings & _OWED:
        return _owed(text, reading, period)
    if meanings == {Meaning.TAAKSTELLING}:
        return Heading(text=text, kind=Kind.TAAKSTELLING)
    if meanings == {Meaning.REALISATIE}:
        return Heading(text=text, kind=Kind.REALISATION)
    if meanings <= _COMPUTED:
        return Heading(text=text, is_computed=True)
    return Heading(text=text, why_not=f"Van ‘{text}’ is niet duidelijk of het de taakstelling van COA is.")


def _is_of_another(reading: Reading, period: Period) -> bool:
    return bool(reading.periods) and period not in reading.periods


def _owed(text: str, reading: Reading, period: Period) -> Heading:
    if reading.sign == -1:
        why = f"‘{text}’ telt een voorsprong als positief getal; een achterstand hoort positief te zijn."
        return Heading(text=text, why_not=why)
    days = {day for found in reading.days if (day := found.within(period))}
    edge = reading.edge
    if days:
        edge = Edge.START if period.start in days else Edge.END
    if edge is Edge.START:
        return Heading(text=text, kind=Kind.ACHTERSTAND)
    if edge is Edge.END or Meaning.ACHTERSTAND_START not in reading.meanings:
        return Heading(text=text, is_computed=True)
    # Not told: decided by where it stands.
    return Heading(text=text, kind=Kind.ACHTERSTAND, is_computed=True)
