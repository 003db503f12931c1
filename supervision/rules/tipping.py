"""How firmly an advice stands: what would have tipped it, and the other reading of the herverdeling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from supervision.rules.ladder import Advice, judge
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Policy


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


def other_reading(policy: Policy, half_years: Mapping[Period, Opgave], advice: Advice) -> int:
    """The advised trede if the herverdeling counted the other way in the comparison; from the same trede before."""
    other = replace(policy, counts_herverdeling=not policy.counts_herverdeling)
    return _again(other, half_years, advice).trede


def sensitivity(policy: Policy, half_years: Mapping[Period, Opgave], advice: Advice) -> Sensitivity:
    """What would have tipped the advice: the least change of this half-year's realisatie."""
    now = half_years[advice.period]
    realisation = now.realisation or 0

    def trede_with(more: int) -> int:
        changed = {**half_years, advice.period: replace(now, realisation=realisation + more)}
        return _again(policy, changed, advice).trede

    surpluses = [clause.surplus for clause in advice.clauses if clause.surplus is not None]
    most_more = max((surplus + 1 for surplus in surpluses), default=0)
    most_fewer = min(realisation, max((-surplus for surplus in surpluses), default=0))
    return Sensitivity(
        lower=_first_change(trede_with, advice.trede, most_more, 1),
        higher=_first_change(trede_with, advice.trede, most_fewer, -1),
        other_reading=other_reading(policy, half_years, advice),
    )


def _again(policy: Policy, half_years: Mapping[Period, Opgave], advice: Advice) -> Advice:
    """With all that the advice rests on, but for what is changed."""
    return judge(
        policy,
        half_years,
        advice.period,
        exists_from=advice.exists_from,
        before=advice.before,
        frozen=advice.frozen,
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
