"""Assessments without a database: what the screens are built from, judged by the ladder of Utrecht 2021–2024."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import count

from municipalities.models import Municipality
from supervision.advising import Standings
from supervision.figures import Agreed, Assessment
from supervision.policies import PolicyHistory
from supervision.rules.opgave import HalfYear, work_out
from supervision.rules.period import Period, periods_between
from supervision.rules.policy import Condition, Measure, Metric, Policy, Step
from supervision.rules.tipping import other_reading

NOW = Period(2022, 1)
BEFORE = NOW.previous
NEXT = NOW.next

_numbers = count(1)


def step(number: int, condition: Condition | None = None, *, name: str = "", measures: tuple[str, ...] = ()) -> Step:
    return Step(
        number=number,
        name=name or f"Naam {number}",
        when=f"Wanneer {number}.",
        follows=f"Gevolg {number}.",
        condition=condition,
        measures=tuple(Measure(name=each) for each in measures),
    )


def against(half_years: int = 1, threshold: Fraction | int = 1) -> Condition:
    return Condition(
        metric=Metric.ACHTERSTAND_AGAINST_TAAKSTELLING, threshold=Fraction(threshold), half_years=half_years
    )


def owing(half_years: int = 1, threshold: int = 1) -> Condition:
    return Condition(metric=Metric.ACHTERSTAND, threshold=Fraction(threshold), half_years=half_years)


LADDER = Policy(
    name="Beleidskader 2021–2024",
    source="Provincie Utrecht",
    counts_herverdeling=False,
    steps=(
        step(1, name="Signaleren"),
        step(2, owing(), name="Informatie opvragen en valideren"),
        step(3, against(1), name="Actief toezicht"),
        step(4, against(2), name="Vooraankondiging juridische interventie"),
        step(5, against(3), name="Besluit tot indeplaatsstelling"),
        step(6, against(4), name="Sanctie uitvoeren"),
    ),
)
SINCE_2021 = PolicyHistory(((Period(2021, 1), 7, LADDER),))
COUNTING = PolicyHistory(((Period(2021, 1), 7, replace(LADDER, counts_herverdeling=True)),))
NO_POLICY = PolicyHistory(())


def closed(taakstelling: int | None = 10, start: int | None = None, realised: int | None = 10, herverdeling: int = 0):
    """What was reported of a half-year whose count is final; give it to `assessed` under its period."""
    return {
        "taakstelling": taakstelling,
        "achterstand_start": start,
        "realisation": realised,
        "herverdeling": herverdeling,
        "is_closed": True,
    }


def running(taakstelling: int | None = 10, start: int | None = None, realised: int | None = None, counted_to=None):
    """What was reported of a half-year that runs."""
    return {
        "taakstelling": taakstelling,
        "achterstand_start": start,
        "realisation": realised,
        "is_closed": False,
        "counted_to": counted_to,
    }


def assessed(
    name: str = "Utrecht",
    half_years: Mapping[Period, dict] | None = None,
    *,
    period: Period = NOW,
    policies: PolicyHistory = SINCE_2021,
    swaps: tuple[Agreed, ...] = (),
    tile: tuple[int, int] | None = None,
) -> Assessment:
    """One municipality; half-years in between that are not given were not reported."""
    number = next(_numbers)
    municipality = Municipality(pk=number, code=f"GM{number:04}", name=name)
    if tile is not None:
        municipality.tile_column, municipality.tile_row = tile
    reported = dict(half_years or {})
    span = periods_between(min([*reported, period]), max([*reported, period]))
    opgaven = work_out(HalfYear(period=each, **reported.get(each, {})) for each in span)
    standings = Standings(policies=policies, half_years=opgaven)
    policy, advice = policies.in_force(period), standings.advice(period)
    has_swaps = any(opgave.herverdeling for opgave in opgaven.values())
    return Assessment(
        municipality=municipality,
        period=period,
        half_years=opgaven,
        policies=policies,
        herverdelingen=swaps,
        advice=advice,
        trede_before=standings.trede(period.previous),
        other_reading=other_reading(policy, opgaven, advice) if policy and advice and has_swaps else None,
    )


def ending(name: str, end: int, *, taakstelling: int = 10, before: int | None = 0, **more) -> Assessment:
    """A municipality whose closed half-year ends with this achterstand; `before` is the end of the one before."""
    half_years = {NOW: closed(taakstelling, start=0, realised=taakstelling - end)}
    if before is not None:
        half_years[BEFORE] = closed(10, start=before, realised=10)
        half_years[NOW] = closed(taakstelling, start=before, realised=taakstelling + before - end)
    return assessed(name, half_years, **more)
