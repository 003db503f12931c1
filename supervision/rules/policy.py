"""The interventieladder of a province as data: steps, each with its condition, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from supervision.rules.dutch import count
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period


class Metric(StrEnum):
    """What a condition measures in one half-year. More realisatie never makes one of them hold that did not."""

    ACHTERSTAND = "achterstand"
    ACHTERSTAND_AGAINST_TAAKSTELLING = "achterstand_against_taakstelling"
    SHORTFALL = "shortfall"
    PERCENTAGE_TAAKSTELLING = "percentage_taakstelling"
    PERCENTAGE_TOTAALOPGAVE = "percentage_totaalopgave"

    @property
    def is_percentage(self) -> bool:
        return self in (Metric.PERCENTAGE_TAAKSTELLING, Metric.PERCENTAGE_TOTAALOPGAVE)


OWED = (Metric.ACHTERSTAND, Metric.ACHTERSTAND_AGAINST_TAAKSTELLING)
"""What measures the achterstand; the others measure what was not housed of what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Past its threshold, for so many half-years in a row up to and including this one.

    The threshold is, per metric:
    - achterstand: at least so many persons on the peildatum;
    - achterstand against taakstelling: an achterstand above 0 of at least so many times the taakstelling, in the
      policy's reading of the herverdeling;
    - shortfall: the half-year itself was not met: realisatie at least so many persons below taakstelling + herverdeling,
      whatever was owed or ahead at its start;
    - the percentages: realisatie below so many percent of taakstelling + herverdeling, or of the totaalopgave. Held
      against the exact fraction, not the rounded percentage. Of a whole of 0 or below there is no percentage: nothing
      was asked, and the condition does not hold.
    """

    metric: Metric
    threshold: Fraction
    half_years: int = 1


class Addressee(StrEnum):
    """Whom a measure asks something of, or tells something."""

    PROVINCE = "provincie"
    COLLEGE = "college"
    RAAD = "raad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What follows from a trede. `days` from the letter, or by the next peildatum; neither: no term."""

    name: str
    addressee: Addressee = Addressee.PROVINCE
    days: int | None = None
    by_next_peildatum: bool = False

    def __str__(self) -> str:
        return self.name

    def due(self, *, start: date, period: Period) -> date | None:
        """The last day, when it was asked on `start` after the half-year; None without a term."""
        if self.by_next_peildatum:
            return period.next.peildatum
        return None if self.days is None else start + timedelta(days=self.days)

    @property
    def term(self) -> str:
        """In Dutch; empty without one."""
        if self.by_next_peildatum:
            return "voor de volgende peildatum"
        return "" if self.days is None else f"binnen {count(self.days, 'dag', 'dagen')}"


class Colour(StrEnum):
    """The colours that a step can have; each is a class in the style sheets, with text of enough contrast."""

    WHITE = "white"
    SAND = "sand"
    AMBER = "amber"
    RUST = "rust"
    BRICK = "brick"
    WINE = "wine"
    GREEN = "green"
    ORANGE = "orange"
    RED = "red"
    BLUE = "blue"


SCALE = (Colour.WHITE, Colour.SAND, Colour.AMBER, Colour.RUST, Colour.BRICK, Colour.WINE)
"""From light to dark: the colours of a ladder that names none, from its first step up."""


class Trede(int):
    """The number of a step, which knows how its step looks: so it does wherever the number comes."""

    colour: Colour
    sign: str

    def __new__(cls, number: int, *, colour: Colour, sign: str) -> Trede:
        trede = super().__new__(cls, number)
        trede.colour, trede.sign = colour, sign
        return trede

    def __getnewargs_ex__(self) -> tuple[tuple[int], dict[str, str]]:
        """So that it can be copied with what it is part of."""
        return (int(self),), {"colour": self.colour, "sign": self.sign}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One trede. `when` and `follows` are the texts of the bijlage; no condition: always reached.

    `symbol` is what stands in the coloured badge, so that colour is never the only sign; empty: the number.
    """

    number: int
    name: str
    when: str
    follows: str
    condition: Condition | None = None
    measures: tuple[Measure, ...] = ()
    colour: Colour = Colour.WHITE
    symbol: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", Trede(self.number, colour=self.colour, sign=self.sign))

    @property
    def sign(self) -> str:
        return self.symbol or str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A province's ladder as it holds from a half-year on.

    `counts_herverdeling`: whether the achterstand is compared with the taakstelling including herverdeling; a
    percentage and a shortfall always include it. The steps are in ascending order and the first has no condition, so
    that there is always an advice. `most_steps_up`: how far an advice goes above the trede before at once; None is no
    limit. `down_by_decision`: an advice never goes below the trede before by itself. `outcomes` are names that a
    decision may give beside the ladder ("verschoonbaar").
    """

    name: str
    source: str
    counts_herverdeling: bool
    steps: tuple[Step, ...]
    most_steps_up: int | None = None
    down_by_decision: bool = False
    outcomes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = [step.number for step in self.steps]
        if not numbers or numbers != sorted(set(numbers)):
            raise ValueError("The steps of a policy have ascending numbers.")
        if self.steps[0].condition is not None or any(not s.condition for s in self.steps[1:]):
            raise ValueError("The first step of a policy, and only that, has no condition.")
        if self.most_steps_up is not None and self.most_steps_up < 1:
            raise ValueError("A policy that lets nobody up by a step is no ladder.")

    def step(self, trede: int) -> Step:
        return next(step for step in self.steps if step.number == trede)

    def standing(self, trede: int) -> Step:
        """The step of this ladder for a trede that another one may have given: the highest at or below it."""
        return next((step for step in reversed(self.steps) if step.number <= trede), self.steps[0])

    def highest_from(self, before: Step) -> Step:
        """The highest step that an advice can bring after this one."""
        if self.most_steps_up is None:
            return self.steps[-1]
        return self.steps[min(self.steps.index(before) + self.most_steps_up, len(self.steps) - 1)]

    @property
    def looks_at_before(self) -> bool:
        """Whether the advice depends on the trede before."""
        return self.most_steps_up is not None or self.down_by_decision

    @property
    def longest_row(self) -> int:
        """The most half-years in a row that a condition counts."""
        return max((step.condition.half_years for step in self.steps if step.condition), default=0)


class Found(NamedTuple):
    """A condition held against one half-year: it is reached with `persons` at or above `bound`.

    `persons` are owed on the peildatum, or not housed of what was asked (`compared_with`). `bound` None: there is
    nothing to measure against, and the condition does not hold.
    """

    persons: int
    compared_with: int | None
    bound: int | None

    @property
    def is_reached(self) -> bool:
        return self.bound is not None and self.persons >= self.bound


def found_in(policy: Policy, condition: Condition, opgave: Opgave) -> Found | None:
    """None while a figure lacks that the metric needs."""
    metric = condition.metric
    if metric in OWED:
        return _owed_in(policy, condition, opgave)
    asked = opgave.totaalopgave if metric is Metric.PERCENTAGE_TOTAALOPGAVE else opgave.taakstelling_with_herverdeling
    if asked is None or opgave.realisation is None or not opgave.is_closed:
        return None
    not_housed = asked - opgave.realisation
    if metric is Metric.SHORTFALL:
        return Found(not_housed, asked, ceil(condition.threshold))
    if asked <= 0:
        return Found(not_housed, asked, None)
    return Found(not_housed, asked, asked - persons_needed(condition.threshold, asked) + 1)


def persons_needed(percent: Fraction, whole: int) -> int:
    """The least number of persons that is not below so many percent of the whole."""
    return ceil(percent * whole / 100)


def _owed_in(policy: Policy, condition: Condition, opgave: Opgave) -> Found | None:
    achterstand = opgave.achterstand_end
    if achterstand is None:
        return None
    numerator, denominator = condition.threshold.as_integer_ratio()
    if condition.metric is Metric.ACHTERSTAND:
        return Found(achterstand, None, -(-numerator // denominator))
    compared = opgave.taakstelling_with_herverdeling if policy.counts_herverdeling else opgave.taakstelling
    if compared is None:
        return None
    return Found(achterstand, compared, max(1, -(-numerator * compared // denominator)))  # up to whole persons
