"""A proposal while it is made: the columns with what each may be, what was decided, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping as Choices
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from supervision.coa.asking import Choice, Question
from supervision.coa.cells import Value, column_letters
from supervision.coa.mapping import Counting, Mapping, header_key
from supervision.coa.meaning import Meaning
from supervision.coa.numerals import number_of
from supervision.coa.register import Register
from supervision.coa.table import Number, Table
from supervision.coa.words import Reading
from supervision.rules.period import Period

LONGEST = 400


@dataclass
class Draft:
    """A column: `meanings` is what it may be, `meaning` what it was decided to be; None as long as it is open."""

    index: int
    header: str
    name: str
    reading: Reading
    values: list[Value]
    meanings: tuple[Meaning, ...]
    meaning: Meaning | None = None
    sign: int | None = None
    moment: date | None = None
    is_chosen: bool = False
    """By a person or by the profile, not by the words."""

    includes_herverdeling: bool = False
    """A taakstelling that is not ours to take, and yet tells the sign of the achterstand."""

    pair: Draft | None = None
    """The column beside it that counts who is ahead where this one counts who is behind, or the other way round."""

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    @cached_property
    def numbers(self) -> list[Number | None]:
        return [number_of(value) for value in self.values]

    @cached_property
    def texts(self) -> list[str]:
        pairs = zip(self.values, self.numbers, strict=True)
        return [value for value, number in pairs if number is None and isinstance(value, str) and value.strip()]

    @cached_property
    def has_numbers(self) -> bool:
        return any(number is not None for number in self.numbers)

    @property
    def is_filled(self) -> bool:
        return any(value is not None for value in self.values)

    def may_be(self, meaning: Meaning) -> bool:
        return self.meaning is meaning if self.meaning else meaning in self.meanings

    def decide(self, meaning: Meaning) -> None:
        self.meaning = meaning


@dataclass
class Sketch:
    table: Table
    drafts: list[Draft]
    period: Period | None
    as_of: date | None
    register: Register | None
    choices: Choices[str, str]
    profile: Mapping | None = None
    counting: Counting = Counting.WHOLE
    counts_from_january: bool = False
    asked: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def open(self, *meanings: Meaning) -> list[Draft]:
        """The columns that are, or still may be, one of these."""
        return [draft for draft in self.drafts if any(draft.may_be(meaning) for meaning in meanings)]

    def decided(self, meaning: Meaning) -> list[Draft]:
        return [draft for draft in self.drafts if draft.meaning is meaning]

    def ask(self, key: str, text: str, choices: Sequence[Choice], *, proposed: str | None = None) -> str | None:
        """The answer that was given; without one the question is asked, and what is proposed comes back."""
        answer = self.choices.get(key)
        if answer in {choice.value for choice in choices}:
            return answer
        self.asked.append(Question(key=key, text=text, choices=tuple(choices), proposed=proposed))
        return proposed

    def ask_column(self, key: str, text: str, drafts: Sequence[Draft], *, proposed: Draft | None) -> Draft | None:
        choices = [Choice(value=draft.letters, label=draft.name) for draft in drafts]
        answer = self.ask(key, text, choices, proposed=proposed.letters if proposed else None)
        return next((draft for draft in drafts if draft.letters == answer), None)


def drafts_of(table: Table) -> list[Draft]:
    """The columns that have a header or anything under it."""
    drafts = []
    rows = [table.sheet.rows[row] for row in table.body]
    for index in range(table.width):
        values = [cells[index] if index < len(cells) else None for cells in rows]
        if table.headers[index] or any(value is not None for value in values):
            reading = table.readings[index]
            drafts.append(
                Draft(
                    index=index,
                    header=table.header(index)[:LONGEST],
                    name=table.name(index),
                    reading=reading,
                    values=values,
                    meanings=reading.meanings,
                )
            )
    return drafts


def follow_choices(sketch: Sketch) -> None:
    """What a person chose for a column holds: `column:D` is the value of a meaning."""
    for draft in sketch.drafts:
        chosen = sketch.choices.get(f"column:{draft.letters}")
        if chosen in {meaning.value for meaning in Meaning}:
            draft.meaning = Meaning(chosen)
            draft.meanings = (draft.meaning,)
            draft.is_chosen = True


def follow_profile(sketch: Sketch, profile: Mapping) -> None:
    """What was chosen for this layout before, column by column.

    Of columns that differ only in the half-year or day of their header, the one that fits is found anew.
    """
    kept: dict[str, list[Meaning]] = {}
    signs: dict[str, int] = {}
    for column in profile.columns:
        key = header_key(column.header)
        kept.setdefault(key, []).append(column.meaning)
        if column.meaning is Meaning.ACHTERSTAND_START:
            signs[key] = column.sign
    seen: dict[str, int] = {}
    for draft in sketch.drafts:
        key = header_key(draft.header)
        meanings = kept.get(key)
        if draft.is_chosen or not meanings:
            continue
        nth = seen[key] = seen.get(key, -1) + 1
        used = next((meaning for meaning in meanings if meaning is not Meaning.IGNORED), Meaning.IGNORED)
        reading = draft.reading
        is_dated = bool(reading.periods or reading.days or reading.month)
        meaning = used if is_dated and len(meanings) > 1 else meanings[min(nth, len(meanings) - 1)]
        draft.meanings = (meaning,)
        draft.is_chosen = True
        draft.sign = signs.get(key)
