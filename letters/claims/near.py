"""Which fact a claim that matches none lies nearest to: what the writer may have meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from letters.claims.claim import A_LEAP_YEAR, Claim
from letters.claims.facts import DateFact, Fact, Unit
from letters.claims.plain import Plain

_COUNTS_THE_SAME: dict[Unit | None, tuple[Unit, ...]] = {
    None: (Unit.PERSONS, Unit.COUNT),
    Unit.PERSONS: (Unit.PERSONS,),
    Unit.PERCENT: (Unit.PERCENT,),
    Unit.TREDE: (Unit.TREDE,),
    Unit.COUNT: (Unit.COUNT,),
    Unit.TIME: (),
}
_MILLION = 1_000_000
_NEAR_ENOUGH = 250_000
"""Per million of the larger: as far away as a fact that the text speaks of still goes before one that it does not."""
_TOO_FAR = 500_000
"""Per million of the larger: a fact of less than half the number, or of more than twice, is not what was meant."""


def counts_the_same(unit: Unit | None, fact: Fact) -> bool:
    """Whether a number with this unit in the text may be that fact; without one it may be persons or a count."""
    return fact.unit in _COUNTS_THE_SAME[unit]


class Spoken(NamedTuple):
    """The words around a claim: of its sentence, and of its paragraph."""

    near: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()

    def distance(self, fact: Fact) -> int:
        word = first_word(fact.label)
        return 0 if word in self.near else 1 if word in self.far else 2


class NearNumbers:
    """The facts by what they count, in order of size, so that each question looks at a few of them only."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = sorted(facts, key=lambda fact: fact.value)
        self._of_unit: dict[Unit | None, list[Fact]] = {}
        self._transposed: dict[str, list[Fact]] = {}
        for fact in self._facts:
            for written in transpositions(fact.value):
                self._transposed.setdefault(written, []).append(fact)

    def nearest(self, value: int | Fraction, unit: Unit | None, spoken: Spoken) -> Fact | None:
        """Of the same unit first; then digits that changed places, what the text speaks of, the smallest distance.

        None where all is too far away to be meant. Of treden and percentages, of which there are few, nothing is.
        """
        facts = self._counting_as(unit)
        candidates = [fact for fact in self._transposed.get(str(value), ()) if counts_the_same(unit, fact)]
        if candidates:
            return min(candidates, key=spoken.distance)
        return min(
            self._around(value, facts, reaches_all=unit in (Unit.TREDE, Unit.PERCENT)),
            key=lambda fact: _distance(fact, value, spoken),
            default=None,
        )

    def _counting_as(self, unit: Unit | None) -> list[Fact]:
        if unit not in self._of_unit:
            same = [fact for fact in self._facts if counts_the_same(unit, fact)]
            self._of_unit[unit] = same or self._facts
        return self._of_unit[unit]

    @staticmethod
    def _around(value: int | Fraction, facts: list[Fact], *, reaches_all: bool) -> Iterator[Fact]:
        """Those that may be meant, with the next smaller and the next larger one."""
        first = bisect_left(facts, value - value * _NEAR_ENOUGH // _MILLION, key=_value)
        last = bisect_right(facts, value + value * _NEAR_ENOUGH // _MILLION * 4 // 3 + 1, key=_value)
        for fact in facts[max(first - 1, 0) : last + 1]:
            if reaches_all or _apart(fact.value, value) <= _TOO_FAR:
                yield fact


def _value(fact: Fact) -> int | Fraction:
    return fact.value


def _distance(fact: Fact, value: int | Fraction, spoken: Spoken) -> tuple[int, int]:
    apart = _apart(fact.value, value)
    return (spoken.distance(fact) if apart <= _NEAR_ENOUGH else 2), apart


def _apart(one: int | Fraction, other: int | Fraction) -> int:
    """Per million of the larger, rounded down."""
    larger, smaller = (one, other) if one > other else (other, one)
    return int((larger - smaller) * _MILLION // larger) if larger else 0


def transpositions(value: int | Fraction) -> set[str]:
    """The numbers that it becomes where two digits beside each other change places: 207 becomes 270."""
    digits = str(value)
    if not digits.isdigit():
        return set()
    swapped = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return {each for each in swapped if each != digits and not each.startswith("0")}


def nearest_day(day: date, facts: Iterable[DateFact]) -> DateFact | None:
    return min(facts, key=lambda fact: abs(fact.day - day), default=None)


def nearest_day_of_year(day: date, facts: Iterable[DateFact]) -> DateFact | None:
    """For a day without a year, as a claim keeps it."""
    return min(facts, key=lambda fact: abs(fact.day.replace(year=A_LEAP_YEAR) - day), default=None)


def first_word(label: str) -> str:
    return label.split(" ", 1)[0].casefold()


_WORD = re.compile(r"[^\W\d_]+")
_NEXT_PARAGRAPH = re.compile(r"\n[ \n]*\n")
_NEXT_SENTENCE = re.compile(r"[.!?][ \n]|\n[ \n]*\n")


class Surroundings:
    """Which words stand around a claim; each sentence and paragraph is read once, and only when it is asked for."""

    def __init__(self, read: Plain) -> None:
        self._at = read.at
        self._sentences = _Parts(read.lower, _NEXT_SENTENCE)
        self._paragraphs = _Parts(read.lower, _NEXT_PARAGRAPH)

    def of(self, claim: Claim) -> Spoken:
        at = bisect_left(self._at, claim.start)
        return Spoken(self._sentences.words_at(at), self._paragraphs.words_at(at))


class _Parts:
    def __init__(self, lower: str, parted: re.Pattern[str]) -> None:
        self._lower = lower
        self._starts = [0, *(found.end() for found in parted.finditer(lower)), len(lower)]
        self._words: dict[int, frozenset[str]] = {}

    def words_at(self, at: int) -> frozenset[str]:
        place = bisect_right(self._starts, at) - 1
        if place not in self._words:
            self._words[place] = frozenset(_WORD.findall(self._lower, *self._starts[place : place + 2]))
        return self._words[place]
