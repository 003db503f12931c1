"""Reads: a few bulk queries, into the rules' dataclasses, to what a screen or letter shows.

The number of queries depends neither on the municipalities nor on the half-years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from municipalities.models import Municipality, Province
from supervision.models import Delivery, Figure, Herverdeling
from supervision.policies import PolicyHistory, policy_history
from supervision.rules.ladder import Advice, Policy, Sensitivity, advise, other_reading, sensitivity
from supervision.rules.opgave import AnyKind, HalfYear, Kind, Opgave, OwnCount, kind_of, work_out
from supervision.rules.period import Period, periods_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A herverdeling as one of the two sees it; `persons` is positive when taken over."""

    other: str
    persons: int
    is_sample: bool = False


HERVERDELING = "herverdeling"
"""What stands beside the kinds of figure in `Assessment.samples`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One municipality in one half-year: figures, advice, and the half-years that led there.

    `half_years` runs from the first reported one to this one, and has the one after it when
    anything is reported of that. `other_reading` is the trede when the herverdeling counts the
    other way in the comparison; None where there is no herverdeling or no advice. `samples` has
    each half-year and kind of figure of which the one in force is a voorbeeldcijfer.
    """

    municipality: Municipality
    period: Period
    half_years: Mapping[Period, Opgave]
    policies: PolicyHistory
    herverdelingen: tuple[Agreed, ...]
    advice: Advice | None
    trede_before: int | None
    other_reading: int | None
    next_herverdelingen: tuple[Agreed, ...] = ()
    samples: frozenset[tuple[Period, str]] = frozenset()

    @property
    def opgave(self) -> Opgave:
        return self.half_years[self.period]

    @property
    def next_opgave(self) -> Opgave | None:
        return self.half_years.get(self.period.next)

    @property
    def policy(self) -> Policy | None:
        return self.policies.in_force(self.period)

    @property
    def missing(self) -> tuple[Kind, ...]:
        return self.opgave.missing

    @property
    def change(self) -> int:
        """Steps up (+) or down (−) against the half-year before; 0 when either is unknown."""
        if self.advice is None or self.trede_before is None:
            return 0
        return self.advice.trede - self.trede_before

    def trede_in(self, period: Period) -> int | None:
        """The advised trede by the policy of that half-year; None without a policy or figures."""
        advice = _advice_in(self.policies, self.half_years, period, _exists_from(self.municipality))
        return advice.trede if advice else None

    def sensitivity(self) -> Sensitivity | None:
        """What would have tipped the advice; for one municipality, not for a table."""
        if self.policy is None or self.advice is None:
            return None
        return sensitivity(
            self.policy,
            self.half_years,
            self.advice,
            exists_from=_exists_from(self.municipality),
        )


LOOK_BACK = 8
"""Half-years before this one that a table of municipalities shows: four years."""


def assess_province(*, province: Province, period: Period) -> list[Assessment]:
    """Every municipality that existed on a day of the half-year, by name.

    Reads no further back than the table shows and the ladder counts, or the openings need.
    """
    municipalities = Municipality.objects.filter(province=province).existing_within(
        start=period.start, end=period.peildatum
    )
    policies = policy_history(province=province)
    first = _first_needed(province=province, shown_from=period.back(max(LOOK_BACK, policies.longest_row)))
    figures = _in_force(province).filter(kind__in=Kind, period__range=(first, period.next))
    herverdelingen = _agreed_in(province).filter(period__range=(first, period.next))
    return _assess(municipalities, figures, herverdelingen, policies=policies, period=period)


def assess_municipality(*, municipality: Municipality, period: Period) -> Assessment:
    """One municipality with all its half-years up to this one and the next."""
    province = municipality.province
    figures = _in_force(province).filter(kind__in=Kind, municipality=municipality, period__lte=period.next)
    herverdelingen = _agreed_in(province).filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality), period__lte=period.next
    )
    policies = policy_history(province=province)
    [assessment] = _assess([municipality], figures, herverdelingen, policies=policies, period=period)
    return assessment


def _in_force(province: Province) -> QuerySet[Figure]:
    """The figures that are not withdrawn, so that of each cell the last one is in force."""
    figures = Figure.objects.filter(delivery__province=province, delivery__withdrawn_at=None)
    return figures.order_by("as_of", "pk")


def _agreed_in(province: Province) -> QuerySet[Herverdeling]:
    return Herverdeling.objects.filter(delivery__province=province, delivery__withdrawn_at=None).select_related(
        "from_municipality", "to_municipality", "delivery"
    )


def _first_needed(*, province: Province, shown_from: Period) -> Period:
    """The half-year to read from: where the first one that is shown has no reported opening, the chain of
    computed ones goes back to the last one that was. A municipality without any has no chain."""
    openings = _in_force(province).filter(kind=Kind.ACHTERSTAND, period__lte=shown_from).order_by()
    latest = openings.values("municipality").annotate(latest=Max("period"))
    return latest.aggregate(first=Min("latest"))["first"] or shown_from


def _assess(
    municipalities: Iterable[Municipality],
    figures: QuerySet[Figure],
    agreed: QuerySet[Herverdeling],
    *,
    policies: PolicyHistory,
    period: Period,
) -> list[Assessment]:
    reported = _reported(figures)
    herverdelingen = _by_municipality(agreed)
    return [
        _assessment(
            municipality=municipality,
            period=period,
            reported=reported[municipality.pk],
            herverdelingen=herverdelingen[municipality.pk],
            policies=policies,
        )
        for municipality in municipalities
    ]


def _assessment(
    *,
    municipality: Municipality,
    period: Period,
    reported: Reported,
    herverdelingen: Mapping[Period, Sequence[Agreed]],
    policies: PolicyHistory,
) -> Assessment:
    half_years = _half_years(reported, herverdelingen, period)
    exists_from = _exists_from(municipality)
    advice = _advice_in(policies, half_years, period, exists_from)
    before = _advice_in(policies, half_years, period.previous, exists_from)
    policy = policies.in_force(period)
    reading = None
    if policy and advice and any(opgave.herverdeling for opgave in half_years.values()):
        reading = other_reading(policy, half_years, advice, exists_from=exists_from)
    return Assessment(
        municipality=municipality,
        period=period,
        half_years=half_years,
        policies=policies,
        herverdelingen=tuple(herverdelingen.get(period, ())),
        advice=advice,
        trede_before=before.trede if before else None,
        other_reading=reading,
        next_herverdelingen=tuple(herverdelingen.get(period.next, ())),
        samples=_samples(reported, herverdelingen),
    )


def _advice_in(
    policies: PolicyHistory,
    half_years: Mapping[Period, Opgave],
    period: Period,
    exists_from: Period | None,
) -> Advice | None:
    policy = policies.in_force(period)
    return advise(policy, half_years, period, exists_from=exists_from) if policy else None


def _exists_from(municipality: Municipality) -> Period | None:
    """The municipality's first half-year; None when it was there before the administration began."""
    start = municipality.valid_from
    return Period.containing(start) if start else None


def _samples(reported: Reported, herverdelingen: Mapping[Period, Sequence[Agreed]]) -> frozenset[tuple[Period, str]]:
    in_force = [(period, kind) for period, kinds in reported.items() for kind, figure in kinds.items() if figure[2]]
    agreed = [(period, HERVERDELING) for period, sides in herverdelingen.items() if any(s.is_sample for s in sides)]
    return frozenset(in_force + agreed)


Reported = Mapping[Period, Mapping[str, tuple[int, date, bool]]]
"""Per half-year and kind of figure: persons and as_of of the figure in force, and whether it is a voorbeeldcijfer."""


def _half_years(
    reported: Reported, herverdelingen: Mapping[Period, Sequence[Agreed]], period: Period
) -> dict[Period, Opgave]:
    last = period.next if period.next in reported else period
    return work_out(
        _half_year(each, reported.get(each, {}), sum(agreed.persons for agreed in herverdelingen.get(each, ())))
        for each in periods_between(min([period, *reported]), last)
    )


def _half_year(period: Period, reported: Mapping[str, tuple[int, date, bool]], herverdeling: int) -> HalfYear:
    realisation, counted_to, _ = reported.get(Kind.REALISATION, (None, None, False))
    return HalfYear(
        period=period,
        taakstelling=reported.get(Kind.TAAKSTELLING, (None,))[0],
        herverdeling=herverdeling,
        achterstand_start=reported.get(Kind.ACHTERSTAND, (None,))[0],
        realisation=realisation,
        is_closed=counted_to is not None and counted_to >= period.peildatum,
        counted_to=counted_to,
    )


def _reported(figures: QuerySet[Figure]) -> Mapping[int, Reported]:
    reported: dict[int, dict[Period, dict[str, tuple[int, date, bool]]]] = defaultdict(lambda: defaultdict(dict))
    for municipality_id, period, kind, persons, as_of, is_sample in figures.values_list(
        "municipality_id", "period", "kind", "persons", "as_of", "delivery__is_sample"
    ):
        reported[municipality_id][period][kind] = (persons, as_of, is_sample)
    return reported


def _by_municipality(agreed: Iterable[Herverdeling]) -> Mapping[int, Mapping[Period, list[Agreed]]]:
    sides: dict[int, dict[Period, list[Agreed]]] = defaultdict(lambda: defaultdict(list))
    for row in agreed:
        giver, taker, is_sample = row.from_municipality, row.to_municipality, row.delivery.is_sample
        sides[giver.pk][row.period].append(Agreed(other=taker.name, persons=-row.persons, is_sample=is_sample))
        sides[taker.pk][row.period].append(Agreed(other=giver.name, persons=row.persons, is_sample=is_sample))
    return sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The province as one: the sums of the municipalities of which every figure is there."""

    opgave: Opgave
    left_out: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.left_out


def total_of(assessments: Sequence[Assessment], *, period: Period) -> Total:
    """Sums over a province; over all its municipalities the herverdelingen come to 0."""
    whole = [a.opgave for a in assessments if a.opgave.remaining is not None]
    return Total(
        opgave=Opgave(
            period=period,
            taakstelling=sum(opgave.taakstelling or 0 for opgave in whole),
            herverdeling=sum(opgave.herverdeling for opgave in whole),
            start_reported=sum(opgave.achterstand_start or 0 for opgave in whole),
            start_computed=None,
            realisation=sum(opgave.realisation or 0 for opgave in whole),
            is_closed=all(opgave.is_closed for opgave in whole),
        ),
        left_out=tuple(a.municipality.name for a in assessments if a.opgave.remaining is None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeriod:
    """A half-year of which the province has figures; closed once a final realisatie is in."""

    period: Period
    is_closed: bool


def known_periods(*, province: Province) -> list[KnownPeriod]:
    """Latest first."""
    rows = _in_force(province).order_by().values_list("period", "kind", "as_of").distinct()
    is_closed: dict[Period, bool] = defaultdict(bool)
    for period, kind, as_of in rows:
        is_closed[period] |= kind == Kind.REALISATION and as_of >= period.peildatum
    return [KnownPeriod(period=period, is_closed=is_closed[period]) for period in sorted(is_closed, reverse=True)]


def current_period(known: Sequence[KnownPeriod], *, today: date) -> Period:
    """The half-year to open with: the last closed one, else the last known one, else today's."""
    closed = next((each.period for each in known if each.is_closed), None)
    return closed or (known[0].period if known else Period.containing(today))


def has_sample_figures(*, province: Province) -> bool:
    return Delivery.objects.filter(province=province, is_sample=True, withdrawn_at=None).exists()


def figures_behind(*, municipality: Municipality, period: Period) -> dict[AnyKind, list[Figure]]:
    """Every figure ever recorded for this half-year, withdrawn ones too; the latest first.

    The first of a kind whose delivery is not withdrawn is the one in force.
    """
    rows = (
        Figure.objects.filter(municipality=municipality, period=period)
        .select_related("delivery__recorded_by", "delivery__withdrawn_by")
        .order_by("-as_of", "-pk")
    )
    behind: dict[AnyKind, list[Figure]] = {kind: [] for kind in (*Kind, *OwnCount)}
    for figure in rows:
        behind[kind_of(figure.kind)].append(figure)
    return behind


Cell = tuple[int, AnyKind]
"""A municipality's pk and the kind of figure: one cell of the grid of a half-year."""


def figures_in_force(
    *, province: Province, period: Period, municipalities: Iterable[Municipality] | None = None
) -> dict[Cell, Figure]:
    """The figure in force of each cell of the half-year, with who recorded it."""
    figures = _in_force(province).filter(period=period).select_related("delivery__recorded_by")
    if municipalities is not None:
        figures = figures.filter(municipality__in=municipalities)
    return {(figure.municipality_id, kind_of(figure.kind)): figure for figure in figures}


def herverdelingen_of(*, province: Province, period: Period) -> list[Herverdeling]:
    """Those in force in the half-year, in the order in which they were recorded."""
    return list(_agreed_in(province).filter(period=period))


def herverdelingen_behind(*, municipality: Municipality, period: Period) -> list[Herverdeling]:
    """Every herverdeling ever recorded for it in this half-year, withdrawn ones too, in that order."""
    rows = Herverdeling.objects.filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality),
        delivery__province=municipality.province_id,
        period=period,
    )
    return list(
        rows.select_related("from_municipality", "to_municipality", "delivery__recorded_by", "delivery__withdrawn_by")
    )
