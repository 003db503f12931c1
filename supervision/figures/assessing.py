"""From the rows of the ledger to assessments: of a province, or of one municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from municipalities.models import Municipality, Province
from supervision.advising import Standings
from supervision.decisions import UNDECIDED, AllProceedings, Proceedings, proceedings_of
from supervision.figures.assessment import (
    HERVERDELING,
    Agreed,
    Announced,
    Assessment,
    Count,
    first_half_year,
)
from supervision.figures.behind import herverdelingen_behind
from supervision.figures.rows import (
    ARE_TOLD,
    Read,
    agreed_of,
    final_counts,
    first_final_count,
    in_force_of,
    latest_counts,
    latest_opening,
    together,
)
from supervision.models import Herverdeling
from supervision.policies import PolicyHistory, policy_history
from supervision.rules.opgave import HalfYear, Kind, Opening, Opgave, Terms, end_of_row, work_out
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
    existing = Municipality.objects.filter(province=province).existing_within(start=period.start, end=period.peildatum)
    policies = policy_history(province=province, known_at=known_at)
    in_force = in_force_of(province, known_at=known_at)
    shown_from = min(period.back(look_back), policies.looks_back_to(period))
    municipalities = list(
        existing.annotate(
            opens_in=latest_opening(in_force, up_to=shown_from), closed_at=first_final_count(in_force, period=period)
        )
    )
    # Where the first half-year that is shown has no opening of its own, the chain of computed ones goes back to the last
    # one that had. A municipality without any has no chain.
    first = min((each.opens_in for each in municipalities if each.opens_in), default=shown_from)
    past = periods_between(first, period.previous)
    told = in_force.filter(ARE_TOLD, period__in=periods_between(first, period.next))
    final = final_counts(in_force.filter(period__in=past), past)
    latest = [latest_counts(in_force, existing, period=each) for each in (period, period.next)]
    herverdelingen = agreed_of(province, known_at=known_at).filter(period__range=(first, period.next))
    figures = together(told, final, *latest)
    half_years = _HalfYears(first=first, shown_from=shown_from, period=period)
    merged = merged_in(province)
    since = min(period.previous, policies.looks_back_to(period))
    proceedings = proceedings_of(province=province, period=period, since=since, known_at=known_at)
    assessments = _assess(
        municipalities,
        figures,
        herverdelingen,
        policies=policies,
        merged=merged,
        proceedings=proceedings,
        half_years=half_years,
    )
    closed = {each.pk: each.closed_at for each in municipalities if each.closed_at}
    return [
        replace(each, closed_at=closed[each.municipality.pk]) if each.municipality.pk in closed else each
        for each in assessments
    ]


def assess_municipality(*, municipality: Municipality, period: Period, known_at: datetime | None = None) -> Assessment:
    """One municipality with all its half-years up to this one and the next."""
    province = municipality.province
    in_force = in_force_of(province, known_at=known_at).filter(municipality=municipality)
    first = Period(FIRST_YEAR, 1)
    past = periods_between(first, period.previous)
    told = in_force.filter(ARE_TOLD, period__lte=period.next)
    # Of one municipality the counts are few enough: naming each half-year would take longer than reading them.
    final = in_force.filter(kind=Kind.REALISATION, period__lt=period, as_of__in=[each.peildatum for each in past])
    counted = in_force.filter(kind=Kind.REALISATION, period__in=(period, period.next))
    recorded = herverdelingen_behind(municipality=municipality, up_to=period.next, known_at=known_at)
    herverdelingen = [row for row in recorded if not row.delivery.is_withdrawn]
    policies = policy_history(province=province, known_at=known_at)
    # A half-year begins on the peildatum of the one before: a count of its first day closes nothing.
    first_days = {(each.start.isoformat(), str(each), Kind.REALISATION.value) for each in past}
    figures = [row for row in together(told, final, counted) if (row[0], *row[3:5]) not in first_days]
    half_years = _HalfYears(first=first, shown_from=first, period=period)
    merged = merged_in(province)
    proceedings = proceedings_of(
        province=province, period=period, since=Period(FIRST_YEAR, 1), of=municipality, known_at=known_at
    )
    [assessment] = _assess(
        [municipality],
        figures,
        herverdelingen,
        policies=policies,
        merged=merged,
        proceedings=proceedings,
        half_years=half_years,
    )
    return replace(
        assessment,
        counts={each: _counts(figures, each) for each in (period, period.next)},
        swaps=tuple(row for row in recorded if row.period == period),
    )


def _counts(figures: Iterable[Read], period: Period) -> tuple[Count, ...]:
    cell = (str(period), Kind.REALISATION.value)
    by_day = {as_of: persons for as_of, _, _, *of, persons, _ in figures if tuple(of) == cell}
    return tuple(Count(day=date.fromisoformat(day), persons=persons) for day, persons in by_day.items())


def _announced(figures: Iterable[Read], period: Period) -> Mapping[int, Mapping[str, Announced]]:
    """Per municipality and day: what is told twice of one day is a correction, and no other version."""
    half_year, taakstelling = str(period), Kind.TAAKSTELLING.value
    announced: dict[int, dict[str, Announced]] = defaultdict(dict)
    for as_of, _, municipality, of, kind, persons, is_sample in figures:
        if of == half_year and kind == taakstelling:
            day = date.fromisoformat(as_of)
            announced[municipality][as_of] = Announced(day=day, persons=persons, is_sample=bool(is_sample))
    return announced


class _HalfYears:
    """The half-years to work out, each with how it is read: up to the one that is asked for, and the next.

    Of those `before` only the achterstand is wanted that they lead to.
    """

    def __init__(self, *, first: Period, shown_from: Period, period: Period) -> None:
        self.period = period
        self.before = [(str(each), each) for each in periods_between(first, shown_from.previous)]
        self.shown = [(str(each), each) for each in periods_between(shown_from, period)]
        self.next = (str(period.next), period.next)


def _assess(
    municipalities: Iterable[Municipality],
    figures: Sequence[Read],
    agreed: Iterable[Herverdeling],
    *,
    policies: PolicyHistory,
    merged: Merged,
    proceedings: AllProceedings,
    half_years: _HalfYears,
) -> list[Assessment]:
    reported = _reported(figures)
    announced = _announced(figures, half_years.period)
    herverdelingen = _by_municipality(agreed)
    return [
        _assessment(
            municipality=municipality,
            period=half_years.period,
            half_years=_worked_out(
                reported[municipality.pk],
                herverdelingen[municipality.pk],
                merged.get(municipality.pk, frozenset()),
                half_years,
            ),
            samples=_samples(reported[municipality.pk], herverdelingen[municipality.pk]),
            herverdelingen=herverdelingen[municipality.pk],
            announced=tuple(announced[municipality.pk].values()),
            policies=policies,
            sources={kind: row[1] for kind, row in reported[municipality.pk].get(str(half_years.period), {}).items()},
            proceedings=proceedings.get(municipality.pk, UNDECIDED),
        )
        for municipality in municipalities
    ]


def _assessment(
    *,
    municipality: Municipality,
    period: Period,
    half_years: Mapping[Period, Opgave],
    samples: frozenset[tuple[Period, str]],
    herverdelingen: Agreements,
    announced: tuple[Announced, ...],
    policies: PolicyHistory,
    sources: Mapping[str, int],
    proceedings: Proceedings,
) -> Assessment:
    standings = Standings(
        policies=policies,
        half_years=half_years,
        exists_from=first_half_year(municipality),
        decided=proceedings.treden,
    )
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
        herverdelingen=tuple(herverdelingen.get(str(period), ())),
        advice=advice,
        trede_before=standings.trede(period.previous),
        other_reading=reading,
        next_herverdelingen=tuple(herverdelingen.get(str(period.next), ())),
        samples=samples,
        announced=announced,
        sources=sources,
        proceedings=proceedings,
    )


def _samples(reported: Reported, herverdelingen: Agreements) -> frozenset[tuple[Period, str]]:
    in_force = [(period, kind) for period, kinds in reported.items() for kind, figure in kinds.items() if figure[6]]
    agreed = [(period, HERVERDELING) for period, sides in herverdelingen.items() if any(s.is_sample for s in sides)]
    return frozenset((Period.parse(period), kind) for period, kind in in_force + agreed)


Reported = Mapping[str, Mapping[str, Read]]
"""Per half-year and kind of figure the one in force."""

Agreements = Mapping[str, Sequence[Agreed]]
"""Per half-year the herverdelingen."""


def _worked_out(
    reported: Reported, agreed: Agreements, merged: frozenset[Period], half_years: _HalfYears
) -> dict[Period, Opgave]:
    """From the first that was reported on; the next half-year only where anything is reported of it."""
    first = min(reported, default=half_years.shown[-1][0])
    shown = [each for each in half_years.shown if each[0] >= first] or half_years.shown[-1:]
    if half_years.next[0] in reported:
        shown.append(half_years.next)
    return work_out(
        (
            _half_year(period, reported.get(text, {}), herverdeling=_sum(agreed, text), has_parts=period in merged)
            for text, period in shown
        ),
        opening=end_of_row(_terms(reported, agreed, merged, half_years.before)),
    )


def _terms(
    reported: Reported, agreed: Agreements, merged: frozenset[Period], half_years: Iterable[tuple[str, Period]]
) -> Iterator[Terms]:
    """Without an object for each half-year: in a table there may be ten thousand of them."""
    achterstand, carried_over = Kind.ACHTERSTAND.value, Opening.CARRIED_OVER.value
    taakstelling, realisation = Kind.TAAKSTELLING.value, Kind.REALISATION.value
    for text, period in half_years:
        in_force = reported.get(text, {})
        opening = in_force.get(achterstand) or in_force.get(carried_over)
        yield (
            opening[5] if opening else None,
            bool(merged) and period in merged,
            in_force[taakstelling][5] if taakstelling in in_force else None,
            _sum(agreed, text),
            in_force[realisation][5] if realisation in in_force else None,
        )


def _sum(agreed: Agreements, half_year: str) -> int:
    return sum(each.persons for each in agreed[half_year]) if half_year in agreed else 0


def _half_year(period: Period, reported: Mapping[str, Read], *, herverdeling: int, has_parts: bool) -> HalfYear:
    taakstelling, achterstand = reported.get(Kind.TAAKSTELLING), reported.get(Kind.ACHTERSTAND)
    carried_over, realisation = reported.get(Opening.CARRIED_OVER), reported.get(Kind.REALISATION)
    counted_to = _day(realisation[0]) if realisation else None
    return HalfYear(
        period=period,
        taakstelling=taakstelling[5] if taakstelling else None,
        herverdeling=herverdeling,
        achterstand_start=achterstand[5] if achterstand else None,
        carried_over=carried_over[5] if carried_over else None,
        has_parts=has_parts,
        realisation=realisation[5] if realisation else None,
        is_closed=counted_to is not None and counted_to >= period.peildatum,
        counted_to=counted_to,
    )


_day = lru_cache(maxsize=1024)(date.fromisoformat)


def _reported(figures: Iterable[Read]) -> Mapping[int, Reported]:
    """By municipality; of what comes later in the rows is in force."""
    reported: dict[int, dict[str, dict[str, Read]]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        reported[figure[2]][figure[3]][figure[4]] = figure
    return reported


def _by_municipality(agreed: Iterable[Herverdeling]) -> Mapping[int, Agreements]:
    sides: dict[int, dict[str, list[Agreed]]] = defaultdict(lambda: defaultdict(list))
    for row in agreed:
        giver, taker, is_sample = row.from_municipality, row.to_municipality, row.delivery.is_sample
        for one, other, persons in ((giver, taker, -row.persons), (taker, giver, row.persons)):
            side = Agreed(other=other.name, persons=persons, is_sample=is_sample, pk=row.pk)
            sides[one.pk][str(row.period)].append(side)
    return sides
