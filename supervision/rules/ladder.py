"""The interventieladder: from a policy and the worked-out half-years to an advised trede.

The computed trede is an advice; Gedeputeerde Staten decide (art. 124 Gemeentewet).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from supervision.rules.dutch import decimal, long_date, number, persons
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period


class Metric(StrEnum):
    """What a condition measures on the peildatum of one half-year."""

    ACHTERSTAND = "achterstand"
    ACHTERSTAND_AGAINST_TAAKSTELLING = "achterstand_against_taakstelling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """At least so much, for so many half-years in a row up to and including this one.

    `at_least` is in persons for the achterstand, and a multiple of the taakstelling for the
    achterstand against it. There it also takes an achterstand above 0: 0 against 0 does not hold.
    """

    metric: Metric
    at_least: Fraction
    half_years: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One trede. `when` and `follows` are the texts of the bijlage; no condition: always reached."""

    number: int
    name: str
    when: str
    follows: str
    condition: Condition | None = None
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A province's ladder as it holds from a half-year on.

    `counts_herverdeling`: whether the achterstand is compared with the taakstelling including
    herverdeling. The steps are in ascending order and the first has no condition, so that there
    is always an advice.
    """

    name: str
    source: str
    counts_herverdeling: bool
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        numbers = [step.number for step in self.steps]
        if not numbers or numbers != sorted(set(numbers)):
            raise ValueError("The steps of a policy have ascending numbers.")
        if self.steps[0].condition is not None or any(not s.condition for s in self.steps[1:]):
            raise ValueError("The first step of a policy, and only that, has no condition.")

    def step(self, trede: int) -> Step:
        return next(step for step in self.steps if step.number == trede)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One step's condition held against the figures.

    `persons` is the achterstand on the peildatum, `bound` the least number of persons at which
    the condition holds in this half-year. `row` has the half-years in a row in which it held,
    latest first; `missing` is the half-year that stops the row for want of figures.
    """

    step: Step
    condition: Condition
    period: Period
    persons: int
    compared_with: int | None
    bound: int
    row: tuple[Period, ...]
    missing: Period | None

    @property
    def holds(self) -> bool:
        return len(self.row) >= self.condition.half_years

    @property
    def surplus(self) -> int:
        """Persons above the bound in this half-year; negative: that many short of it."""
        return self.persons - self.bound

    @property
    def sentence(self) -> str:
        """What was found, in Dutch, without the trede that follows."""
        if self.condition.metric is Metric.ACHTERSTAND:
            found = _owed_sentence(self.persons, self.period)
        else:
            found = _compared_sentence(self.persons, self.compared_with or 0, self.condition.at_least)
        if len(self.row) < 2 and self.condition.half_years < 2:
            return f"{found}."
        in_a_row = f"{len(self.row)} op rij, nodig {self.condition.half_years}"
        return f"{found} ({in_a_row})."


def _owed_sentence(achterstand: int, period: Period) -> str:
    day = long_date(period.peildatum)
    if achterstand > 0:
        return f"Op {day} was er een achterstand van {persons(achterstand)}"
    if achterstand < 0:
        return f"Op {day} was er een voorsprong van {persons(-achterstand)}"
    return f"Op {day} was er geen achterstand"


def _compared_sentence(achterstand: int, taakstelling: int, at_least: Fraction) -> str:
    multiple = "" if at_least == 1 else f"{decimal(at_least)} keer "
    if achterstand <= 0:
        return "Er is geen achterstand"
    difference = achterstand - at_least * taakstelling
    compared = "hoger dan" if difference > 0 else "lager dan" if difference else "even hoog als"
    return f"De achterstand ({number(achterstand)}) is {compared} {multiple}de taakstelling ({number(taakstelling)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The advised trede for one half-year, with every clause that was weighed.

    `could_be` is the highest trede that the half-years without figures may still bring; it is
    the advised one when nothing is missing.
    """

    period: Period
    step: Step
    clauses: tuple[Clause, ...]
    could_be: int

    @property
    def trede(self) -> int:
        return self.step.number

    @property
    def missing(self) -> tuple[Period, ...]:
        """Half-years without figures that decide how long the row is; earliest first."""
        if self.could_be == self.trede:
            return ()
        return tuple(sorted({clause.missing for clause in self.clauses if clause.missing}))

    @property
    def deciding(self) -> Clause | None:
        """The clause of the advised step; None on the first step, which needs none."""
        return next((clause for clause in self.clauses if clause.step == self.step), None)

    @property
    def sentence(self) -> str:
        """Why this trede, in one Dutch sentence: of the deciding clause, else of the lowest."""
        clause = self.deciding or (self.clauses[0] if self.clauses else None)
        return clause.sentence if clause else ""


def advise(
    policy: Policy,
    half_years: Mapping[Period, Opgave],
    period: Period,
    *,
    exists_from: Period | None = None,
) -> Advice | None:
    """The highest step whose condition holds; None while this half-year cannot be judged.

    `exists_from` is the municipality's first half-year: before it nothing is missing. A half-year
    without figures is never counted in a row, nor taken as breaking it: the advice names it.

    Read as (Utrecht 2021–2024): with k half-years in a row in which achterstand > 0 and
    achterstand ≥ taakstelling, trede = min(6, 2 + k); else 2 with an achterstand; else 1.
    """
    now = half_years.get(period)
    if now is None or now.achterstand_end is None:
        return None
    return _judge(policy, half_years, period, exists_from)


def _judge(policy: Policy, half_years: Mapping[Period, Opgave], period: Period, exists_from: Period | None) -> Advice:
    """The advice for a half-year whose figures are all there."""
    rows: dict[tuple[Metric, tuple[int, int]], _Row] = {}
    clauses: list[Clause] = []
    for step in reversed(policy.steps):  # the longest row first: the shorter ones are its beginning
        if step.condition:
            measure = (step.condition.metric, step.condition.at_least.as_integer_ratio())
            row = rows.get(measure)
            if row is None or row.looked_back < step.condition.half_years:
                row = rows[measure] = _row(policy, step.condition, half_years, period, exists_from)
            clauses.insert(0, _weigh(policy, step, step.condition, row, half_years[period]))
    reached = [clause.step for clause in clauses if clause.holds]
    possible = [clause.step.number for clause in clauses if clause.holds or clause.missing]
    step = max((policy.steps[0], *reached), key=lambda candidate: candidate.number)
    return Advice(period=period, step=step, clauses=tuple(clauses), could_be=max([step.number, *possible]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The half-years in a row in which a measure was reached, latest first, and what stopped it."""

    periods: tuple[Period, ...]
    missing: Period | None
    looked_back: int


def _row(
    policy: Policy,
    condition: Condition,
    half_years: Mapping[Period, Opgave],
    period: Period,
    exists_from: Period | None,
) -> _Row:
    """Looks back no further than the condition counts."""
    periods: list[Period] = []
    missing = None
    earlier = period
    while len(periods) < condition.half_years and (exists_from is None or earlier >= exists_from):
        opgave = half_years.get(earlier)
        achterstand = opgave.achterstand_end if opgave else None
        if opgave is None or achterstand is None:
            missing = earlier
            break
        if achterstand < _bound(policy, condition, opgave):
            break
        periods.append(earlier)
        earlier = earlier.previous
    return _Row(periods=tuple(periods), missing=missing, looked_back=condition.half_years)


def _weigh(policy: Policy, step: Step, condition: Condition, row: _Row, now: Opgave) -> Clause:
    return Clause(
        step=step,
        condition=condition,
        period=now.period,
        persons=now.achterstand_end or 0,
        compared_with=_compared_with(policy, condition, now),
        bound=_bound(policy, condition, now),
        row=row.periods[: condition.half_years],
        missing=row.missing if len(row.periods) < condition.half_years else None,
    )


def _compared_with(policy: Policy, condition: Condition, opgave: Opgave) -> int | None:
    """The taakstelling in the policy's reading; None where the metric does not compare."""
    if condition.metric is Metric.ACHTERSTAND:
        return None
    if policy.counts_herverdeling:
        return opgave.taakstelling_with_herverdeling
    return opgave.taakstelling


def _bound(policy: Policy, condition: Condition, opgave: Opgave) -> int:
    """The least achterstand in persons at which the condition holds in this half-year."""
    taakstelling = _compared_with(policy, condition, opgave)
    if taakstelling is None:
        return ceil(condition.at_least)
    numerator, denominator = condition.at_least.as_integer_ratio()
    return max(1, -(-numerator * taakstelling // denominator))  # rounded up to whole persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """So many persons more (or fewer) housed, and the advice would have been this trede."""

    persons: int
    trede: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How firmly an advice stands. None: no number of persons would have changed it.

    `other_reading` is the trede when the herverdeling counts the other way in the comparison; the
    same trede when that makes no difference.
    """

    lower: Tipping | None
    higher: Tipping | None
    other_reading: int

    @property
    def hangs_on_one_person(self) -> bool:
        return any(tipping and tipping.persons == 1 for tipping in (self.lower, self.higher))


def other_reading(
    policy: Policy, half_years: Mapping[Period, Opgave], advice: Advice, *, exists_from: Period | None = None
) -> int:
    """The advised trede if the herverdeling counted the other way in the comparison."""
    other = replace(policy, counts_herverdeling=not policy.counts_herverdeling)
    return _judge(other, half_years, advice.period, exists_from).trede


def sensitivity(
    policy: Policy, half_years: Mapping[Period, Opgave], advice: Advice, *, exists_from: Period | None = None
) -> Sensitivity:
    """What would have tipped the advice: the least change of this half-year's realisatie."""
    now = half_years[advice.period]
    realisation = now.realisation or 0

    def trede_with(more: int) -> int:
        changed = {**half_years, advice.period: replace(now, realisation=realisation + more)}
        return _judge(policy, changed, advice.period, exists_from).trede

    most_more = max((clause.surplus + 1 for clause in advice.clauses), default=0)
    most_fewer = min(realisation, max((-clause.surplus for clause in advice.clauses), default=0))
    return Sensitivity(
        lower=_first_change(trede_with, advice.trede, most_more, 1),
        higher=_first_change(trede_with, advice.trede, most_fewer, -1),
        other_reading=other_reading(policy, half_years, advice, exists_from=exists_from),
    )


def _first_change(trede_with: Callable[[int], int], trede: int, most: int, sign: int) -> Tipping | None:
    """The least number of persons, at most `most`, that changes the trede: it is monotonic."""
    if most < 1 or trede_with(sign * most) == trede:
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if trede_with(sign * middle) == trede:
            low = middle
        else:
            high = middle
    return Tipping(persons=high, trede=trede_with(sign * high))
