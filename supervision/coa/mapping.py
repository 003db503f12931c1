"""How a table is to be read: the proposal that a person may change, and what is kept of it in a profile."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from supervision.coa.cells import column_letters
from supervision.coa.dates import without_dates
from supervision.coa.meaning import KEYS, KIND_OF, Meaning
from supervision.coa.words import plain

VERSION = 1
MOST_COLUMNS = 1_000
LONGEST_TEXT = 500


class BadMapping(ValueError):
    """A stored or posted mapping that cannot be followed. Its message is a Dutch sentence."""


class Counting(StrEnum):
    """How the columns, or the dated rows, of the realisatie make one count."""

    WHOLE = "geheel"
    """One number, which is the count."""

    CUMULATIVE = "cumulatief"
    """A count up to each day: the one of the peildatum is taken."""

    MONTHLY = "per_maand"
    """What was added in each month: those up to the peildatum are summed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`sign` is 1 where a positive number is an achterstand, −1 where it is a voorsprong; it counts for balances only.

    `as_of` is the day that a count goes up to, for one of several.
    """

    index: int
    header: str
    meaning: Meaning
    sign: int = 1
    as_of: date | None = None

    @property
    def letters(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """In a table with a row per figure: a text that stands in front of a figure, and what the figure then is."""

    text: str
    meaning: Meaning
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """`header_first` and `header_last` count from 0; a header that ends before it begins is none."""

    sheet: str
    header_first: int
    header_last: int
    columns: tuple[Column, ...]
    counting: Counting = Counting.WHOLE
    counts_from_january: bool = False
    """In a second half-year: the count did not begin anew on 1 July, so what stood then is taken off."""
    indicators: tuple[Indicator, ...] = ()

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.meaning is meaning)

    def first(self, meaning: Meaning) -> Column | None:
        return next(iter(self.of(meaning)), None)

    @property
    def has_key(self) -> bool:
        return any(column.meaning in KEYS for column in self.columns)

    @property
    def meanings(self) -> frozenset[Meaning]:
        """Of the figures that are taken over."""
        named = {column.meaning for column in self.columns} | {indicator.meaning for indicator in self.indicators}
        return frozenset(named & KIND_OF.keys())

    @property
    def fingerprint(self) -> str:
        return fingerprint([column.header for column in self.columns])

    def with_column(self, index: int, *, meaning: Meaning, sign: int | None = None) -> Self:
        """The mapping with another meaning for one column."""
        columns = tuple(
            replace(column, meaning=meaning, sign=column.sign if sign is None else sign)
            if column.index == index
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for a JSON column or a hidden field."""
        return {
            "version": VERSION,
            "sheet": self.sheet,
            "header": [self.header_first, self.header_last],
            "columns": [
                {
                    "index": column.index,
                    "header": column.header,
                    "meaning": column.meaning.value,
                    "sign": column.sign,
                    "as_of": column.as_of.isoformat() if column.as_of else None,
                }
                for column in self.columns
            ],
            "counting": self.counting.value,
            "counts_from_january": self.counts_from_january,
            "indicators": [
                {"text": indicator.text, "meaning": indicator.meaning.value, "sign": indicator.sign}
                for indicator in self.indicators
            ],
        }

    @classmethod
    def from_json(cls, told: object) -> Self:
        """What `to_json` gave, or its text; raises BadMapping for anything else."""
        try:
            if isinstance(told, str | bytes):
                told = json.loads(told)
            return cls._from_plain(told)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise BadMapping("De indeling van het bestand is niet te lezen. Kies het bestand opnieuw.") from error

    @classmethod
    def _from_plain(cls, told: Any) -> Self:
        if told["version"] != VERSION:
            raise ValueError("another version")
        first, last = (_whole(number) for number in told["header"])
        columns = tuple(_column(column) for column in told["columns"])
        if len(columns) > MOST_COLUMNS or len({column.index for column in columns}) < len(columns):
            raise ValueError("too many columns, or one twice")
        if not 0 <= first <= last + 1:
            raise ValueError("a header upside down")
        return cls(
            sheet=_text(told["sheet"]),
            header_first=first,
            header_last=last,
            columns=columns,
            counting=Counting(told["counting"]),
            counts_from_january=told["counts_from_january"] is True,
            indicators=tuple(_indicator(indicator) for indicator in told["indicators"][:MOST_COLUMNS]),
        )


def _column(told: Any) -> Column:
    index = _whole(told["index"])
    if not 0 <= index < MOST_COLUMNS:
        raise ValueError("no such column")
    return Column(
        index=index,
        header=_text(told["header"]),
        meaning=Meaning(told["meaning"]),
        sign=_sign(told["sign"]),
        as_of=date.fromisoformat(told["as_of"]) if told["as_of"] else None,
    )


def _indicator(told: Any) -> Indicator:
    return Indicator(text=_text(told["text"]), meaning=Meaning(told["meaning"]), sign=_sign(told["sign"]))


def _text(told: Any) -> str:
    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        raise TypeError("no text")
    return told


def _whole(told: Any) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        raise TypeError("no whole number")
    return told


def _sign(told: Any) -> int:
    if told not in (1, -1):
        raise ValueError("no sign")
    return int(told)


def header_key(header: str) -> str:
    """What stays the same of a header: no case, spaces, marks, dates or half-years."""
    return " ".join(re.sub(r"[^a-z%+&]+", " ", without_dates(plain(header))).split())


def fingerprint(headers: Sequence[str]) -> str:
    """The same for the same layout of another half-year; a month more or less does not count. Empty without headers."""
    keys = [header_key(header) for header in headers]
    while keys and not keys[-1]:
        keys.pop()
    told = [key for position, key in enumerate(keys) if position == 0 or key != keys[position - 1]]
    return hashlib.sha256("\n".join(told).encode()).hexdigest() if any(told) else ""
