"""From a policy and the worked-out half-years to an advised trede that explains itself.

The computed trede is an advice; Gedeputeerde Staten decide (art. 124 Gemeentewet).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supervision.rules.dutch import count, decimal, enumeration, long_date, number, persons
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Found, Metric, Policy, Step, found_in, persons_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One step's condition held against the figures.

    `persons`, `compared_with` and `bound` are those of this half-year (see `Found`). `row` has the half-years in a row
    in which it held, latest first; `missing` is the half-year that stops the row for want of figures; `passed_over` are
    the frozen ones that neither added to the row nor broke it.
    """

    step: Step
    condition: Condition
    period: Period
    persons: int
    compared_with: int | None
    bound: int | None
    row: tuple[Period, ...]
    missing: Period | None
    passed_over: tuple[Period, ...] = ()

    @property
    def holds(self) -> bool:
        return len(self.row) >= self.condition.half_years

    @property
    def surplus(self) -> int | None:
        """Persons above the bound in this half-year; negative: that many short of it; None: nothing to measure."""
        return None if self.bound is None else self.persons - self.bound

    @property
    def housed(self) -> int:
        """Of what was asked; for the metrics that measure what was not housed of it."""
        return (self.compared_with or 0) - self.persons

    @property
    def sentence(self) -> str:
        """What was found, in Dutch, without the trede that follows."""
        found = _sentence(self)
        if len(self.row) < 2 and self.condition.half_years < 2:
            return f"{found}."
        in_a_row = f"{count(len(self.row), 'halfjaar', 'halfjaren')} op rij"
        return f"{found}, {in_a_row} (nodig: {self.condition.half_years})."


def _sentence(clause: Clause) -> str:
    match clause.condition.metric:
        case Metric.ACHTERSTAND:
            return _owed_sentence(clause)
        case Metric.ACHTERSTAND_AGAINST_TAAKSTELLING:
            return _compared_sentence(clause)
        case Metric.SHORTFALL:
            return _shortfall_sentence(clause)
        case _:
            return _percentage_sentence(clause)


def _owed_sentence(clause: Clause) -> str:
    achterstand, day = clause.persons, long_date(clause.period.peildatum)
    if achterstand > 0:
        return f"Op {day} was er een achterstand van {persons(achterstand)}"
    if achterstand < 0:
        return f"Op {day} was er een voorsprong van {persons(-achterstand)}"
    return f"Op {day} was er geen achterstand"


def _compared_sentence(clause: Clause) -> str:
    achterstand, taakstelling, times = clause.persons, clause.compared_with or 0, clause.condition.threshold
    multiple = "" if times == 1 else f"{decimal(times)} keer "
    if achterstand <= 0:
        return "Er is geen achterstand"
    difference = achterstand - times * taakstelling
    compared = "hoger dan" if difference > 0 else "lager dan" if difference < 0 else "even hoog als"
    return f"De achterstand ({number(achterstand)}) is {compared} {multiple}de taakstelling ({number(taakstelling)})"


def _shortfall_sentence(clause: Clause) -> str:
    asked, short = clause.compared_with or 0, clause.persons
    if asked <= 0:
        return "Er was in dit halfjaar niemand te huisvesten"
    housed = f"Van de taakstelling van {persons(asked)} zijn er {number(clause.housed)} gehuisvest"
    return f"{housed}, {number(short)} te weinig" if short > 0 else f"{housed}: het halfjaar is gehaald"


def _percentage_sentence(clause: Clause) -> str:
    asked, limit = clause.compared_with or 0, clause.condition.threshold
    whole = "totaalopgave" if clause.condition.metric is Metric.PERCENTAGE_TOTAALOPGAVE else "taakstelling"
    if asked <= 0:
        return f"De {whole} is {number(asked)}: daarvan is geen percentage te geven"
    needed = number(persons_needed(limit, asked))
    housed = f"Van de {whole} van {persons(asked)} zijn er {number(clause.housed)} gehuisvest"
    return f"{housed}; voor {decimal(limit)}% zijn er {needed} nodig"


class Held(StrEnum):
    """Why the advice is not the step that the conditions brought."""

    FROZEN = "frozen"
    STEPS_UP = "steps_up"
    DOWN_BY_DECISION = "down_by_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The advised trede for one half-year, with every clause that was weighed.

    `reached` is the step that the conditions brought, `step` the one that is advised; `held` says why they differ, if
    they do. `could_be` is the highest trede that the half-years without figures may still bring; it is the advised one
    when nothing is missing. Of a frozen half-year nothing is weighed. What the advice rests on besides the figures is
    here too, so that it can be worked out again: `before`, the trede before; `exists_from`; and `frozen`.
    """

    period: Period
    step: Step
    reached: Step
    clauses: tuple[Clause, ...]
    could_be: int
    held: Held | None = None
    before: int | None = None
    exists_from: Period | None = field(default=None, repr=False)
    frozen: frozenset[Period] = field(default=frozenset(), repr=False)

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
    def passed_over(self) -> tuple[Period, ...]:
        """The frozen half-years that a row went past; earliest first."""
        return tuple(sorted({period for clause in self.clauses for period in clause.passed_over}))

    @property
    def deciding(self) -> Clause | None:
        """The clause of the step that the conditions brought; None on the first step, which needs none."""
        return next((clause for clause in self.clauses if clause.step == self.reached), None)

    @property
    def sentence(self) -> str:
        """Why this trede, in Dutch: the deciding clause, else the lowest; and what held the advice back."""
        clause = self.deciding or (self.clauses[0] if self.clauses else None)
        return " ".join(part for part in (clause.sentence if clause else "", self.held_sentence) if part)

    @property
    def held_sentence(self) -> str:
        """Why the advice is another trede than the conditions brought; empty when it is not."""
        match self.held:
            case Held.FROZEN:
                stays = "de trede blijft zoals zij was" if self.before is not None else "er was nog geen trede"
                return f"Halfjaar {self.period} is bevroren: {stays}."
            case Held.STEPS_UP:
                return (
                    f"De voorwaarde van trede {self.reached.number} geldt, maar verder dan trede {self.step.number} "
                    "gaat het niet in één keer omhoog."
                )
            case Held.DOWN_BY_DECISION:
                return f"Afschaling naar trede {self.reached.number} is mogelijk, als daartoe wordt besloten."
            case _:
                return ""

    @property
    def passed_over_sentence(self) -> str:
        """Which half-years did not count; empty when all did."""
        passed = self.passed_over
        if not passed:
            return ""
        are = "is" if len(passed) == 1 else "zijn"
        counts = "telt" if len(passed) == 1 else "tellen"
        return f"{enumeration([str(period) for period in passed])} {are} bevroren en {counts} niet mee in de rij."


def advise(
    policy: Policy,
    half_years: Mapping[Period, Opgave],
    period: Period,
    *,
    exists_from: Period | None = None,
    before: int | None = None,
    frozen: Collection[Period] = frozenset(),
) -> Advice | None:
    """The highest step whose condition holds, within the policy's limits; None while this half-year cannot be judged.

    `exists_from` is the municipality's first half-year: before it nothing is missing. A half-year without figures is
    never counted in a row, nor taken as breaking it: the advice names it. `before` is the trede on which the
    municipality stood: the decided one, else the advised one; None where it is not known, and then there is no limit.
    A frozen half-year neither adds to a row nor breaks it; in it the trede stays as it was, and is the lowest where
    there was none.

    Read as (Utrecht 2021–2024): with k half-years in a row in which achterstand > 0 and achterstand ≥ taakstelling,
    trede = min(6, 2 + k); else 2 with an achterstand; else 1.
    """
    now = half_years.get(period)
    if now is None or now.achterstand_end is None:
        return None
    return judge(policy, half_years, period, exists_from=exists_from, before=before, frozen=frozenset(frozen))


def judge(
    policy: Policy,
    half_years: Mapping[Period, Opgave],
    period: Period,
    *,
    exists_from: Period | None,
    before: int | None,
    frozen: frozenset[Period],
) -> Advice:
    """The advice for a half-year whose figures are all there."""
    clauses = () if period in frozen else _weigh(policy, half_years, period, exists_from, frozen)
    reached, step, held = conclude(policy, clauses, before=before, is_frozen=period in frozen)
    possible = [clause.step.number for clause in clauses if clause.holds or clause.missing]
    could_be = max((policy.step(trede) for trede in possible), key=_number, default=reached)
    limit, _ = _within_limits(policy, could_be, before)
    return Advice(
        period=period,
        step=step,
        reached=reached,
        clauses=clauses,
        could_be=step.number if held is Held.FROZEN else max(step.number, limit.number),
        held=held,
        before=before,
        exists_from=exists_from,
        frozen=frozen,
    )


def conclude(
    policy: Policy, clauses: Collection[Clause], *, before: int | None, is_frozen: bool
) -> tuple[Step, Step, Held | None]:
    """From what was weighed to the step that was reached and the step that is advised: an explanation's last line."""
    if is_frozen:
        stays = policy.steps[0] if before is None else policy.standing(before)
        return stays, stays, Held.FROZEN
    reached = max((policy.steps[0], *(clause.step for clause in clauses if clause.holds)), key=_number)
    step, held = _within_limits(policy, reached, before)
    return reached, step, held


def _within_limits(policy: Policy, reached: Step, before: int | None) -> tuple[Step, Held | None]:
    if before is None or not policy.looks_at_before:
        return reached, None
    stood = policy.standing(before)
    highest = policy.highest_from(stood)
    if reached.number > highest.number:
        return highest, Held.STEPS_UP
    if policy.down_by_decision and reached.number < stood.number:
        return stood, Held.DOWN_BY_DECISION
    return reached, None


def _number(step: Step) -> int:
    return step.number


def _weigh(
    policy: Policy,
    half_years: Mapping[Period, Opgave],
    period: Period,
    exists_from: Period | None,
    frozen: frozenset[Period],
) -> tuple[Clause, ...]:
    """Every condition, in the order of the steps."""
    rows: dict[tuple[Metric, tuple[int, int]], _Row] = {}
    clauses: list[Clause] = []
    for step in reversed(policy.steps):  # the longest row first: the shorter ones are its beginning
        condition = step.condition
        if condition is None:
            continue
        measure = (condition.metric, condition.threshold.as_integer_ratio())
        row = rows.get(measure)
        if row is None or row.looked_back < condition.half_years:
            row = rows[measure] = _row(policy, condition, half_years, period, exists_from, frozen)
        clauses.append(_clause(step, condition, period, row))
    clauses.reverse()
    return tuple(clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The half-years in a row in which a measure was reached, latest first, and what stopped it.

    `passed_over` has each frozen half-year with how many were counted before it.
    """

    now: Found | None
    periods: tuple[Period, ...]
    missing: Period | None
    passed_over: tuple[tuple[int, Period], ...]
    looked_back: int


def _row(
    policy: Policy,
    condition: Condition,
    half_years: Mapping[Period, Opgave],
    period: Period,
    exists_from: Period | None,
    frozen: frozenset[Period],
) -> _Row:
    """Looks back no further than the condition counts."""
    now = None
    periods: list[Period] = []
    passed_over: list[tuple[int, Period]] = []
    missing = None
    earlier = period
    while len(periods) < condition.half_years and (exists_from is None or earlier >= exists_from):
        if earlier in frozen:
            passed_over.append((len(periods), earlier))
        else:
            opgave = half_years.get(earlier)
            found = found_in(policy, condition, opgave) if opgave else None
            if earlier == period:
                now = found
            if found is None:
                missing = earlier
                break
            if not found.is_reached:
                break
            periods.append(earlier)
        earlier = earlier.previous
    return _Row(
        now=now,
        periods=tuple(periods),
        missing=missing,
        passed_over=tuple(passed_over),
        looked_back=condition.half_years,
    )


def _clause(step: Step, condition: Condition, period: Period, row: _Row) -> Clause:
    persons, compared_with, bound = row.now or (0, None, None)
    return Clause(
        step=step,
        condition=condition,
        period=period,
        persons=persons,
        compared_with=compared_with,
        bound=bound,
        row=row.periods[: condition.half_years],
        missing=row.missing if len(row.periods) < condition.half_years else None,
        passed_over=tuple(each for counted, each in row.passed_over if counted < condition.half_years),
    )
