"""From the rows of the ledger to assessments: of a province, or of one municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from municipalities.models import Municipality, Province
from supervision.advising import Standings
from supervision.figures.assessment import (
    HERVERDELING,
    Agreed,
    Announced,
    Assessment,
    Count,
    first_half_year,
)
from supervision.figures.rows import TOLD, Read, agreed_of, first_needed, in_force_of, latest_counts, together
from supervision.models import Herverdeling
from supervision.policies import PolicyHistory, policy_history
from supervision.rules.opgave import HalfYear, Kind, Opening, Opgave, work_out
from supervision.rules.period import FIRST_YEAR, Period, periods_between
from supervision.rules.tipping import other_reading
from supervision.successions import Merged, merged_in

LOOK_BACK = 8
"""Half-years before this one that a table of municipalities shows: four years."""


def assess_province(
    *, province: Province, period: Period, known_at: datetime | None = None, look_back: int = LOOK_BACK
) -> list[Assessment]:
    """Every municipality that existed on a day of the half-year, by name.

    Reads no further back than `look_back` and the ladder ask, or the openings need.
    """
    municipalities = Municipality.objects.filter(province=province).existing_within(
        start=period.start, end=period.peildatum
    )
    policies = policy_history(province=province, known_at=known_at)
    in_force = in_force_of(province, known_at=known_at)
    shown_from = min(period.back(look_back), policies.looks_back_to(period))
    first = first_needed(in_force, province=province, shown_from=shown_from)
    past = periods_between(first, period.previous)
    told = in_force.filter(kind__in=TOLD, period__in=periods_between(first, period.next))
    final = in_force.filter(kind=Kind.REALISATION, period__in=past, as_of__in=[each.peildatum for each in past])
    latest = [latest_counts(in_force, municipalities, period=each) for each in (period, period.next)]
    herverdelingen = agreed_of(province, known_at=known_at).filter(period__range=(first, period.next))
    figures = together(told, final, *latest, running_from=period)
    merged = merged_in(province=province)
    return _assess(municipalities, figures, herverdelingen, policies=policies, merged=merged, period=period)


def assess_municipality(*, municipality: Municipality, period: Period, known_at: datetime | None = None) -> Assessment:
    """One municipality with all its half-years up to this one and the next."""
    province = municipality.province
    in_force = in_force_of(province, known_at=known_at).filter(municipality=municipality)
    past = periods_between(Period(FIRST_YEAR, 1), period.previous)
    told = in_force.filter(kind__in=TOLD, period__lte=period.next)
    final = in_force.filter(kind=Kind.REALISATION, as_of__in=[each.peildatum for each in past], period__lt=period)
    counted = in_force.filter(kind=Kind.REALISATION, period__in=(period, period.next))
    herverdelingen = agreed_of(province, known_at=known_at).filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality), period__lte=period.next
    )
    policies = policy_history(province=province, known_at=known_at)
    figures = together(told, final, counted, running_from=period)
    merged = merged_in(municipality=municipality)
    [assessment] = _assess([municipality], figures, herverdelingen, policies=policies, merged=merged, period=period)
    return replace(assessment, counts={each: _counts(figures, each) for each in (period, period.next)})


def _counts(figures: Iterable[Read], period: Period) -> tuple[Count, ...]:
    by_day = {
        as_of: persons for as_of, _, _, of, kind, persons, _ in figures if (of, kind) == (period, Kind.REALISATION)
    }
    return tuple(Count(day=day, persons=persons) for day, persons in by_day.items())


def _announced(figures: Iterable[Read], period: Period) -> Mapping[int, Mapping[date, Announced]]:
    """Per municipality and day: what is told twice of one day is a correction, and no other version."""
    announced: dict[int, dict[date, Announced]] = defaultdict(dict)
    for as_of, _, municipality_id, of, kind, persons, is_sample in figures:
        if kind == Kind.TAAKSTELLING and of == period:
            announced[municipality_id][as_of] = Announced(day=as_of, persons=persons, is_sample=is_sample)
    return announced


def _assess(
    municipalities: Iterable[Municipality],
    figures: Sequence[Read],
    agreed: QuerySet[Herverdeling],
    *,
    policies: PolicyHistory,
    merged: Merged,
    period: Period,
) -> list[Assessment]:
    reported = _reported(figures)
    announced = _announced(figures, period)
    herverdelingen = _by_municipality(agreed)
    return [
        _assessment(
            municipality=municipality,
            period=period,
            reported=reported[municipality.pk],
            herverdelingen=herverdelingen[municipality.pk],
            announced=tuple(announced[municipality.pk].values()),
            policies=policies,
            merged=merged.get(municipality.pk, frozenset()),
        )
        for municipality in municipalities
    ]


def _assessment(
    *,
    municipality: Municipality,
    period: Period,
    reported: Reported,
    herverdelingen: Mapping[Period, Sequence[Agreed]],
    announced: tuple[Announced, ...],
    policies: PolicyHistory,
    merged: frozenset[Period],
) -> Assessment:
    half_years = _half_years(reported, herverdelingen, merged, period)
    standings = Standings(policies=policies, half_years=half_years, exists_from=first_half_year(municipality))
    advice = standings.advice(period)
    policy = policies.in_force(period)
    reading = None
    if policy and advice and any(opgave.herverdeling for opgave in half_years.values()):
        reading = other_reading(policy, half_years, advice)
    return Assessment(
        municipality=municipality,
        period=period,
        half_years=half_years,
        policies=policies,
        herverdelingen=tuple(herverdelingen.get(period, ())),
        advice=advice,
        trede_before=standings.trede(period.previous),
        other_reading=reading,
        next_herverdelingen=tuple(herverdelingen.get(period.next, ())),
        samples=_samples(reported, herverdelingen),
        announced=announced,
    )


def _samples(reported: Reported, herverdelingen: Mapping[Period, Sequence[Agreed]]) -> frozenset[tuple[Period, str]]:
    in_force = [(period, kind) for period, kinds in reported.items() for kind, figure in kinds.items() if figure[2]]
    agreed = [(period, HERVERDELING) for period, sides in herverdelingen.items() if any(s.is_sample for s in sides)]
    return frozenset(in_force + agreed)


Reported = Mapping[Period, Mapping[str, tuple[int, date, bool]]]
"""Per half-year and kind of figure: persons and as_of of the figure in force, and whether it is a voorbeeldcijfer."""


def _half_years(
    reported: Reported,
    herverdelingen: Mapping[Period, Sequence[Agreed]],
    merged: frozenset[Period],
    period: Period,
) -> dict[Period, Opgave]:
    last = period.next if period.next in reported else period
    return work_out(
        _half_year(
            each,
            reported.get(each, {}),
            herverdeling=sum(agreed.persons for agreed in herverdelingen.get(each, ())),
            has_parts=each in merged,
        )
        for each in periods_between(min([period, *reported]), last)
    )


def _half_year(
    period: Period, reported: Mapping[str, tuple[int, date, bool]], *, herverdeling: int, has_parts: bool
) -> HalfYear:
    realisation, counted_to, _ = reported.get(Kind.REALISATION, (None, None, False))
    return HalfYear(
        period=period,
        taakstelling=reported.get(Kind.TAAKSTELLING, (None,))[0],
        herverdeling=herverdeling,
        achterstand_start=reported.get(Kind.ACHTERSTAND, (None,))[0],
        carried_over=reported.get(Opening.CARRIED_OVER, (None,))[0],
        has_parts=has_parts,
        realisation=realisation,
        is_closed=counted_to is not None and counted_to >= period.peildatum,
        counted_to=counted_to,
    )


def _reported(figures: Iterable[Read]) -> Mapping[int, Reported]:
    reported: dict[int, dict[Period, dict[str, tuple[int, date, bool]]]] = defaultdict(lambda: defaultdict(dict))
    for as_of, _, municipality_id, period, kind, persons, is_sample in figures:
        reported[municipality_id][period][kind] = (persons, as_of, is_sample)
    return reported


def _by_municipality(agreed: Iterable[Herverdeling]) -> Mapping[int, Mapping[Period, list[Agreed]]]:
    sides: dict[int, dict[Period, list[Agreed]]] = defaultdict(lambda: defaultdict(list))
    for row in agreed:
        giver, taker, is_sample = row.from_municipality, row.to_municipality, row.delivery.is_sample
        sides[giver.pk][row.period].append(Agreed(other=taker.name, persons=-row.persons, is_sample=is_sample))
        sides[taker.pk][row.period].append(Agreed(other=giver.name, persons=row.persons, is_sample=is_sample))
    return sides
