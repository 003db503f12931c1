"""The backtest of the prognosis: how often its range holds the end, and how far its expectation is off.

What COA counted within earlier half-years is not public, so the histories are drawn, always the same ones: each
municipality has a level of its own, each half-year departs from it, and within a half-year families of one to five
come evenly, earlier or later. The ends of the demo are its own; only the days on which they were reached are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random
from statistics import mean, median
from time import perf_counter

from django_scopes import scope

from municipalities.models import Province
from supervision.figures import assess_province
from supervision.policies import policy_history
from supervision.rules.opgave import HalfYear, Opgave, work_out
from supervision.rules.period import Period, periods_between
from supervision.rules.policy import Policy
from supervision.rules.prognosis import Prognosis, foresee
from supervision.rules.rounding import half_up

LAST = Period(2022, 1)
HALF_YEARS = 12
MUNICIPALITIES = 200
LEAST_EARLIER = 2
MONTHS = (1, 2, 3, 4, 5)
COUNTRY, RUNS, COURSE_DAYS = 342, 7, 185
NATIONAL = (6000, 6000, 5500, 6500, 13500, 11000, 10000, 13500, 12000, 21200, 17600, 15800)
SIZES = (6, 10, 15, 25, 40, 90, 250)
"""Persons that a municipality is asked to house where the country is asked 10.000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One prognosis, made after so many months, held against the end that came."""

    months: int
    asked: int
    end: int
    prognosis: Prognosis

    @property
    def is_within(self) -> bool:
        fewest, most = self.prognosis.fewest, self.prognosis.most
        return fewest is not None and most is not None and fewest.realisation <= self.end <= most.realisation

    @property
    def width(self) -> Fraction:
        fewest, most = self.prognosis.fewest, self.prognosis.most
        assert fewest is not None
        assert most is not None
        return Fraction(most.realisation - fewest.realisation, self.asked)

    @property
    def error(self) -> Fraction:
        """Of the taakstelling."""
        assert self.prognosis.expected is not None
        return Fraction(abs(self.prognosis.expected.realisation - self.end), self.asked)

    @property
    def naive_error(self) -> Fraction:
        """When the pace until now simply goes on."""
        days = self.prognosis.days + self.prognosis.days_left
        naive = half_up(Fraction(self.prognosis.counted * days, self.prognosis.days))
        return Fraction(abs(naive - self.end), self.asked)


def main() -> None:
    """On a database with the demo."""
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        assessments = assess_province(province=province, period=LAST)
    _print("the demo's ends, drawn days", list(tries([each.half_years for each in assessments], seed=2022)))
    _print(f"{MUNICIPALITIES} drawn municipalities", list(tries(drawn(seed=1995), seed=2015)))
    _time_a_table()


def _time_a_table() -> None:
    """What the prognoses add to the overview of a half-year that runs, by the ladder of the province."""
    with scope(province=Province.objects.get(code="PV26")):
        policy = policy_history(province=Province.objects.get(code="PV26")).in_force(LAST)
    histories = drawn(seed=342, municipalities=COUNTRY)
    running = [_after(each, LAST, 2, [0] * COURSE_DAYS, policy=policy, with_range=False) for each in histories]
    assert all(running)
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        for each in histories:
            _after(each, LAST, 2, [0] * COURSE_DAYS, policy=policy, with_range=False)
        seconds.append(perf_counter() - start)
    print(f"  the prognoses of a table of {COUNTRY} municipalities: {median(seconds) * 1000:.0f} ms")


def _print(title: str, tried: Sequence[Tried]) -> None:
    print(f"Prognosis, {title}: {len(tried)} tries; the error is a part of the taakstelling.")
    for months in MONTHS:
        these = [each for each in tried if each.months == months]
        within = mean(each.is_within for each in these)
        width, error, naive = (
            float(mean(values))
            for values in zip(*((each.width, each.error, each.naive_error) for each in these), strict=True)
        )
        print(
            f"  after {months} months: the end is in the range {within:4.0%} (width {width:4.0%}); "
            f"mean error {error:4.0%}, of the naive pace {naive:4.0%}"
        )


def tries(histories: Sequence[Mapping[Period, Opgave]], *, seed: int) -> Iterator[Tried]:
    """Each closed half-year with at least two before it, opened again after each month."""
    chance = Random(seed)  # noqa: S311 (a history, no secret)
    for half_years in histories:
        for period, opgave in sorted(half_years.items())[LEAST_EARLIER:]:
            asked, end = opgave.taakstelling_with_herverdeling, opgave.achterstand_end
            if asked is None or asked <= 0 or end is None or opgave.realisation is None:
                continue
            course = _course(opgave.realisation, (period.peildatum - period.start).days, chance)
            for months in MONTHS:
                prognosis = _after(half_years, period, months, course)
                if prognosis and prognosis.fewest:
                    yield Tried(months=months, asked=asked, end=opgave.realisation, prognosis=prognosis)


def _after(
    half_years: Mapping[Period, Opgave],
    period: Period,
    months: int,
    course: Sequence[int],
    *,
    policy: Policy | None = None,
    with_range: bool = True,
) -> Prognosis | None:
    day = date(period.year, period.start.month + months, 1)
    opgave = half_years[period]
    runs = HalfYear(
        period=period,
        taakstelling=opgave.taakstelling,
        herverdeling=opgave.herverdeling,
        achterstand_start=opgave.achterstand_start,
        realisation=course[(day - period.start).days],
        counted_to=day,
    )
    return foresee({**half_years, **work_out([runs])}, period, policy=policy, with_range=with_range)


def _course(end: int, days: int, chance: Random) -> list[int]:
    """Persons housed by day: families that come at the pace of this half-year, which rises or falls."""
    slope = chance.uniform(-0.6, 0.9)
    weights = [1 + slope * (day / days - 0.5) for day in range(1, days + 1)]
    arrived = [0] * (days + 1)
    left = end
    while left:
        family = min(left, chance.choice((1, 1, 1, 2, 3, 4, 5)))
        [day] = chance.choices(range(1, days + 1), weights)
        arrived[day] += family
        left -= family
    for day in range(1, days + 1):
        arrived[day] += arrived[day - 1]
    return arrived


def drawn(*, seed: int, municipalities: int = MUNICIPALITIES) -> list[dict[Period, Opgave]]:
    """Municipalities with a level of their own, from which each half-year departs by at most three tenths."""
    chance = Random(seed)  # noqa: S311 (a history, no secret)
    periods = periods_between(LAST.back(HALF_YEARS - 1), LAST)
    histories = []
    for _ in range(municipalities):
        size, level = chance.choice(SIZES), chance.uniform(0.55, 1.2)
        asked = [max(1, size * national // 10_000) for national in NATIONAL]
        ends = [int(taakstelling * level * chance.uniform(0.7, 1.3)) for taakstelling in asked]
        histories.append(
            work_out(
                HalfYear(
                    period=period,
                    taakstelling=taakstelling,
                    achterstand_start=size // 4 if period == periods[0] else None,
                    realisation=end,
                    is_closed=True,
                    counted_to=period.peildatum,
                )
                for period, taakstelling, end in zip(periods, asked, ends, strict=True)
            )
        )
    return histories
