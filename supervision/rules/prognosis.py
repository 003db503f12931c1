"""The prognosis of a half-year that runs: where it ends, with a range, and what is needed a week.

The method. From the last count on, every week goes by a pace. The pace until now is this half-year's own. The pace of
an earlier half-year is the part of its taakstelling (with herverdeling) that was realised then, taken of the
taakstelling of now and spread evenly over the half-year; the last eight half-years count of which that is known.
* Expected: the pace until now and the middle one of the earlier paces, weighed by time: when a third of the half-year
  is over, the pace until now counts for a third.
* Range: from a third slower than the slowest earlier pace to a third faster than the fastest, as the weeks that are left
  differ more than whole half-years do; and always as far as the pace until now, so that the expectation is within it.
Before the first count, and on the first day, there is no pace until now; without an earlier half-year there is no range.

Only final counts of the earlier half-years are used: the overview and the page of a municipality reckon the same.
How well it does is printed by `make bench`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from supervision.rules.dutch import decimal, number, weeks_and_days
from supervision.rules.ladder import advise
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Policy
from supervision.rules.rounding import half_up, rounded_up

MOST_EARLIER = 8
"""Half-years that are looked back on: four years, as far as a table of municipalities is read."""

MARGIN = Fraction(1, 3)
"""How much slower than the slowest half-year, or faster than the fastest, the weeks that are left may go."""

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier half-year realised of its taakstelling with herverdeling, which was above 0."""

    period: Period
    realisation: int
    asked: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.realisation, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An end of the half-year that may come. A negative achterstand is a voorsprong.

    `trede` is None without a policy. `could_be` is higher than it where half-years without figures decide.
    """

    realisation: int
    achterstand: int
    trede: int | None
    could_be: int | None

    @property
    def is_uncertain(self) -> bool:
        return self.trede is not None and self.could_be is not None and self.could_be > self.trede


@dataclass(frozen=True, slots=True, kw_only=True)
class Prognosis:
    """What a running half-year is on its way to.

    `counted` persons were housed in the first `days`, and `days_left` are still to come. `is_counted` is False before
    the first count: then it is reckoned from the first day, on which nobody was housed. `earlier` has the half-years
    that were looked at, the earliest first. `expected` is None when there is no pace at all to go by; `fewest` and
    `most` (persons housed) are None without an earlier half-year.
    """

    period: Period
    counted: int
    is_counted: bool
    totaalopgave: int
    days: int
    days_left: int
    earlier: tuple[Earlier, ...]
    expected: Ending | None
    fewest: Ending | None
    most: Ending | None

    @property
    def remaining(self) -> int:
        """Persons still to be housed; 0 or below: the totaalopgave was reached."""
        return self.totaalopgave - self.counted

    @property
    def pace(self) -> Fraction | None:
        """Persons a week until now; None on the first day."""
        return Fraction(self.counted * WEEK, self.days) if self.days else None

    @property
    def needed_per_week(self) -> int:
        """Persons a week to reach the totaalopgave on the peildatum, rounded up; the last days count as a week."""
        if self.remaining <= 0:
            return 0
        return rounded_up(self.remaining / max(Fraction(1), self.weeks_left))

    @property
    def needed_sum(self) -> str:
        """Where the number needed a week comes from: "467 in 25 weken en 3 dagen"."""
        if self.remaining <= 0:
            return "de totaalopgave is gehaald"
        return f"{number(self.remaining)} in {weeks_and_days(self.days_left)}"

    @property
    def pace_in_words(self) -> str:
        """In one decimal, half up; empty on the first day."""
        return "" if self.pace is None else decimal(Fraction(half_up(self.pace * 10), 10))

    @property
    def pace_sum(self) -> str:
        return f"{number(self.counted)} in {weeks_and_days(self.days)}"

    @property
    def weeks_left(self) -> Fraction:
        return Fraction(self.days_left, WEEK)

    @property
    def counted_to(self) -> date:
        """The day of the last count; before the first one the first day."""
        return self.period.peildatum - timedelta(days=self.days_left)

    @property
    def middle_share(self) -> Fraction | None:
        """Of the taakstelling, in the middle one of the earlier half-years; None without one."""
        return _middle(sorted(each.share for each in self.earlier)) if self.earlier else None

    @property
    def weight(self) -> Fraction:
        """How much of the half-year is over, which is how much the pace until now counts in the expectation."""
        return Fraction(self.days, self.days + self.days_left)


def foresee(
    half_years: Mapping[Period, Opgave],
    period: Period,
    *,
    policy: Policy | None,
    exists_from: Period | None = None,
    before: int | None = None,
    frozen: frozenset[Period] = frozenset(),
    with_range: bool = True,
) -> Prognosis | None:
    """None of a half-year that is closed or not reported, without a totaalopgave, or counted outside its days.

    What stands beside the policy is as for `advise`. `with_range` False leaves `fewest` and `most` None, for a table
    of many municipalities.
    """
    opgave = half_years.get(period)
    if opgave is None or opgave.is_closed or opgave.totaalopgave is None:
        return None
    counted_to = _counted_to(opgave)
    if not period.start <= counted_to < period.peildatum:
        return None

    def ending(realisation: int) -> Ending:
        return _ending(
            half_years, opgave, realisation, policy=policy, exists_from=exists_from, before=before, frozen=frozen
        )

    counted = opgave.realisation or 0
    days, days_left = (counted_to - period.start).days, (period.peildatum - counted_to).days
    earlier = tuple(_earlier(half_years, opgave))
    own = Fraction(counted, days) if days else None
    others = sorted(each.share * _asked(opgave) / (days + days_left) for each in earlier)
    paces = _paces(own, others, Fraction(days, days + days_left))

    def after(pace: Fraction | None) -> Ending | None:
        return None if pace is None else ending(counted + half_up(pace * days_left))

    return Prognosis(
        period=period,
        counted=counted,
        is_counted=opgave.realisation is not None,
        totaalopgave=opgave.totaalopgave,
        days=days,
        days_left=days_left,
        earlier=earlier,
        expected=after(paces.expected),
        fewest=after(paces.slowest) if with_range else None,
        most=after(paces.fastest) if with_range else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paces:
    """Persons a day after the last count."""

    expected: Fraction | None
    slowest: Fraction | None = None
    fastest: Fraction | None = None


def _paces(own: Fraction | None, others: list[Fraction], weight: Fraction) -> _Paces:
    """`others` in ascending order; `weight` is the part of the half-year that is over."""
    if not others:
        return _Paces(expected=own)
    slow, fast, middle = others[0] * (1 - MARGIN), others[-1] * (1 + MARGIN), _middle(others)
    if own is None:
        return _Paces(expected=middle, slowest=slow, fastest=fast)
    return _Paces(
        expected=weight * own + (1 - weight) * middle,
        slowest=min(slow, own),
        fastest=max(fast, own),
    )


def _middle(ordered: list[Fraction]) -> Fraction:
    """The middle one; of an even number halfway between the two in the middle."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _earlier(half_years: Mapping[Period, Opgave], now: Opgave) -> Iterator[Earlier]:
    if _asked(now) <= 0:
        return
    for back in range(MOST_EARLIER, 0, -1):
        opgave = half_years.get(now.period.back(back))
        if opgave and opgave.is_closed and opgave.realisation is not None:
            asked = _asked(opgave)
            if asked > 0:
                yield Earlier(period=opgave.period, realisation=opgave.realisation, asked=asked)


def _asked(opgave: Opgave) -> int:
    return opgave.taakstelling_with_herverdeling or 0


def _counted_to(opgave: Opgave) -> date:
    """The day of the last count; before it the first day, on which nobody was housed yet."""
    if opgave.realisation is None or opgave.counted_to is None:
        return opgave.period.start
    return opgave.counted_to


def _ending(
    half_years: Mapping[Period, Opgave],
    opgave: Opgave,
    realisation: int,
    *,
    policy: Policy | None,
    exists_from: Period | None,
    before: int | None,
    frozen: frozenset[Period],
) -> Ending:
    """The half-year as if it were closed with so many persons housed, on the ladder."""
    period = opgave.period
    closed = replace(opgave, realisation=realisation, is_closed=True, counted_to=period.peildatum)
    filled = {**half_years, period: closed}
    advice = advise(policy, filled, period, exists_from=exists_from, before=before, frozen=frozen) if policy else None
    return Ending(
        realisation=realisation,
        achterstand=closed.remaining or 0,
        trede=advice.trede if advice else None,
        could_be=advice.could_be if advice else None,
    )


# -- what if ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """So many persons a week more, for so many weeks; `days` of them are before the peildatum.

    `alone`: these persons and nobody else after the last count. `on_top`: with these above what is expected; None
    where nothing can be expected.
    """

    a_week: int
    weeks: int
    days: int
    more: int
    alone: Ending
    on_top: Ending | None

    @property
    def is_cut_off(self) -> bool:
        """Whether the peildatum comes before the last of the weeks is over."""
        return self.days < self.weeks * WEEK


def what_if(
    half_years: Mapping[Period, Opgave],
    period: Period,
    *,
    a_week: int,
    weeks: int,
    policy: Policy | None,
    exists_from: Period | None = None,
    before: int | None = None,
    frozen: frozenset[Period] = frozenset(),
) -> WhatIf | None:
    """None where there is no prognosis. Of a week that the peildatum cuts off, its days count evenly."""
    prognosis = foresee(half_years, period, policy=policy, exists_from=exists_from, before=before, frozen=frozen)
    if prognosis is None:
        return None

    def ending(realisation: int) -> Ending:
        return _ending(
            half_years,
            half_years[period],
            realisation,
            policy=policy,
            exists_from=exists_from,
            before=before,
            frozen=frozen,
        )

    days = min(weeks * WEEK, prognosis.days_left)
    more = half_up(Fraction(a_week * days, WEEK))
    return WhatIf(
        a_week=a_week,
        weeks=weeks,
        days=days,
        more=more,
        alone=ending(prognosis.counted + more),
        on_top=ending(prognosis.expected.realisation + more) if prognosis.expected else None,
    )
