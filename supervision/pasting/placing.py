"""Where the cells of a block land on the grid, and what has no place there. No database: who is called so is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from municipalities.names import municipality_code
from supervision.coa.numerals import number_of
from supervision.coa.words import reads_as_note, says_province, says_total
from supervision.pasting.block import Block
from supervision.pasting.header import Heading, count_of_headers, headings_of
from supervision.rules.dutch import count, enumeration
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

Find = Callable[[str], str]
"""The code of the municipality that is called so; a LookupError with a Dutch sentence says why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the grid as it is shown. `kind` None: worked out, not to be filled."""

    label: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A row of the grid."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """`texts` is what comes in each cell, by code and kind. `outside` has a sentence for everything that has no place,
    `left` how many cells those are; `notes` say how the block was read."""

    texts: Mapping[tuple[str, Kind], str]
    outside: tuple[str, ...]
    left: int
    notes: tuple[str, ...]


def place(
    block: Block,
    *,
    columns: Sequence[Column],
    rows: Sequence[Target],
    start: tuple[str, Kind],
    period: Period,
    find: Find,
) -> Placed:
    """Lay the block on the grid from the cell `start` on; by the names of municipalities and the words above its columns
    where it has them."""
    placing = _Placing(columns=columns, rows=rows, start=start, find=find)
    headers = count_of_headers(block)
    body = block[headers:]
    names_at = placing.names_column(body)
    figures = _figure_columns(body, placing, names_at)
    headings = headings_of(block[:headers], period=period) if headers else []
    if any(heading.kind or heading.why_not for heading in headings):
        placing.by_headings(headings, names_at)
    else:
        if headers:
            placing.notes.append(f"{count(headers, 'regel', 'regels')} met koppen overgeslagen.")
        placing.by_position(figures)
    if names_at is None:
        placing.rows_by_position(body, first_line=headers + 1)
    else:
        placing.rows_by_name(body, names_at, first_line=headers + 1)
    return Placed(texts=placing.texts, outside=tuple(placing.outside), left=placing.left, notes=tuple(placing.notes))


def _figure_columns(body: Block, placing: _Placing, names_at: int | None) -> list[int]:
    """The columns that may hold figures: right of the names, without codes beside them, up to the last that has anything."""
    if not body:
        return []
    first = 0 if names_at is None else names_at + 1
    told = [index for index in range(first, len(body[0])) if any(row[index] for row in body)]
    if not told:
        return []
    columns = list(range(first, told[-1] + 1))
    if names_at is not None and placing.repeats_names(body, names_at, columns[0]):
        columns = columns[1:]
    return columns


@dataclass(slots=True, kw_only=True)
class _Placing:
    columns: Sequence[Column]
    rows: Sequence[Target]
    start: tuple[str, Kind]
    find: Find
    kinds: dict[int, Kind] = field(default_factory=dict)
    """Which column of the block is for which column of the grid."""

    homeless: list[int] = field(default_factory=list)
    """Columns of the block for which the grid has none."""

    texts: dict[tuple[str, Kind], str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    left: int = 0
    notes: list[str] = field(default_factory=list)

    # -- columns ----------------------------------------------------------------

    def names_column(self, body: Block) -> int | None:
        """The first or second column, where most of what stands in it is text and some of it is a municipality."""
        for index in range(min(2, len(body[0]) if body else 0)):
            told = [row[index] for row in body if row[index]]
            names = [text for text in told if _may_name(text)]
            if len(names) * 2 > len(told) and any(self._code(text) for text in names):
                return index
        return None

    def repeats_names(self, body: Block, names_at: int, column: int) -> bool:
        """Does the column beside the names say the same once more, as codes or in other words?"""
        pairs = [(self._code(row[names_at]), row[column]) for row in body if row[names_at] and row[column]]
        known = [(code, text) for code, text in pairs if code]
        return bool(known) and all(
            code in (municipality_code(text), self._code(text) if _may_name(text) else None) for code, text in known
        )

    def by_headings(self, headings: Sequence[Heading], names_at: int | None) -> None:
        skipped = []
        open_kinds = {column.kind for column in self.columns if column.kind}
        for index, heading in enumerate(headings):
            if heading.kind and heading.kind not in open_kinds:
                self._leave(index, f"‘{heading.text}’ kan in dit halfjaar niet worden ingevuld.")
            elif heading.kind in self.kinds.values() and heading.kind:
                self._leave(index, f"‘{heading.text}’ staat er twee keer: alleen de eerste kolom is geplakt.")
            elif heading.kind:
                self.kinds[index] = heading.kind
            elif heading.why_not:
                self._leave(index, heading.why_not)
            elif heading.text and index != names_at and (names_at is None or index > names_at):
                skipped.append(f"‘{heading.text}’")
        filled = [kind.dutch for kind in self.kinds.values()]
        if filled:
            self.notes.append(f"Kolommen herkend aan hun kop: {enumeration(filled)}.")
        if skipped:
            self.notes.append(f"Overgeslagen: {enumeration(skipped)}.")

    def _leave(self, index: int, sentence: str) -> None:
        self.homeless.append(index)
        self.outside.append(sentence)

    def by_position(self, figures: Sequence[int]) -> None:
        """A block no wider than the columns that can be filled, fills those. A wider one was copied from a table like the
        one on the screen: it lies as shown, and what is worked out stays so."""
        at = next(index for index, column in enumerate(self.columns) if column.kind is self.start[1])
        ahead = self.columns[at:]
        fillable = [column for column in ahead if column.kind]
        targets = fillable if len(figures) <= len(fillable) else ahead
        skipped = []
        for index, column in zip(figures, targets, strict=False):
            if column.kind:
                self.kinds[index] = column.kind
            else:
                skipped.append(column.label)
        if skipped:
            self.notes.append(f"Overgeslagen, want berekend: {enumeration(skipped)}.")
        over = figures[len(targets) :]
        if over:
            self.homeless += over
            self.outside.append(f"{count(len(over), 'kolom valt', 'kolommen vallen')} rechts buiten de tabel.")

    # -- rows -------------------------------------------------------------------

    def rows_by_position(self, body: Block, *, first_line: int) -> None:
        at = next(index for index, row in enumerate(self.rows) if row.code == self.start[0])
        targets = self.rows[at:]
        for row, target in zip(body, targets, strict=False):
            self._fill(row, target.code)
        over = body[len(targets) :]
        lost = sum(self._figures_in(row) for row in over)
        if lost:
            self.left += lost
            verb = "valt" if len(over) == 1 else "vallen"
            lines = count(len(over), "regel", "regels")
            self.outside.append(f"{lines} {verb} onder de laatste gemeente, {self.rows[-1].name}.")

    def rows_by_name(self, body: Block, names_at: int, *, first_line: int) -> None:
        known = {row.code: row for row in self.rows}
        lines: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        totals = elsewhere = 0
        for line, row in enumerate(body, start=first_line):
            name = row[names_at]
            figures = self._figures_in(row)
            if not figures:
                continue
            if says_total(name) or says_province(name):
                totals += 1
                continue
            try:
                code = self.find(name) if name else ""
            except LookupError as unknown:
                if not reads_as_note(name):
                    self._lose(figures, f"Regel {line}: {unknown}")
                continue
            if not code:
                self._lose(figures, f"Regel {line} heeft geen gemeente.")
            elif code in known:
                lines[code].append(row)
            else:
                elsewhere += 1
        for code, told in lines.items():
            self._fill_once(told, known[code])
        self._note_names(len(lines), totals, elsewhere)

    def _fill_once(self, told: Sequence[tuple[str, ...]], target: Target) -> None:
        if len({tuple(row[index] for index in self.kinds) for row in told}) > 1:
            figures = sum(self._figures_in(row) for row in told)
            self._lose(figures, f"{target.name} staat er {len(told)} keer in, met andere cijfers.")
        else:
            self._fill(told[0], target.code)

    def _note_names(self, found: int, totals: int, elsewhere: int) -> None:
        self.notes.append(f"{count(found, 'gemeente', 'gemeenten')} herkend aan de naam.")
        if totals:
            self.notes.append(f"{count(totals, 'regel', 'regels')} met een totaal overgeslagen.")
        if elsewhere:
            who = count(elsewhere, "gemeente", "gemeenten")
            self.notes.append(f"{who} van een andere provincie overgeslagen.")

    def _lose(self, figures: int, sentence: str) -> None:
        self.left += figures
        self.outside.append(sentence)

    def _fill(self, row: Sequence[str], code: str) -> None:
        """An empty cell leaves what is there."""
        for index, kind in self.kinds.items():
            if row[index]:
                self.texts[code, kind] = row[index]
        self.left += sum(bool(row[index]) for index in self.homeless)

    def _figures_in(self, row: Sequence[str]) -> int:
        return sum(bool(row[index]) for index in (*self.kinds, *self.homeless))

    def _code(self, text: str) -> str | None:
        try:
            return self.find(text)
        except LookupError:
            return None


def _may_name(text: str) -> bool:
    """A number is not taken for the code of a municipality, unless it is written as only codes are."""
    is_code = municipality_code(text) is not None and (text[0] == "0" or not text[0].isdigit())
    return (is_code and len(text) > 3) or (number_of(text) is None and any(letter.isalpha() for letter in text))
