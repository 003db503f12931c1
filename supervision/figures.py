"""Reads: a few bulk queries, into the rules' dataclasses, to what a screen or letter shows.

The number of queries depends neither on the municipalities nor on the half-years, and neither they nor the rows that
they fetch depend on how often was counted within a half-year. Each can also be asked as it was known at a moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Count as CountOf
from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery
from django_scopes import get_scope

from municipalities.models import Municipality, Province
from supervision.models import Delivery, Figure, Herverdeling
from supervision.policies import PolicyHistory, policy_history
from supervision.rules.ladder import Advice, Policy, Sensitivity, advise, other_reading, sensitivity
from supervision.rules.opgave import AnyKind, HalfYear, Kind, Opgave, OwnCount, kind_of, work_out
from supervision.rules.period import FIRST_YEAR, Period, periods_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A herverdeling as one of the two sees it; `persons` is positive when taken over."""

    other: str
    persons: int
    is_sample: bool = False


HERVERDELING = "herverdeling"
"""What stands beside the kinds of figure in `Assessment.samples`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A realisatie as it was counted to a day, from the start of the half-year on."""

    day: date
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A taakstelling as the ministry announced it, and the day from which it held."""

    day: date
    persons: int
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One municipality in one half-year: figures, advice, and the half-years that led there.

    `half_years` runs from the first reported one to this one, and has the one after it when
    anything is reported of that. `other_reading` is the trede when the herverdeling counts the
    other way in the comparison; None where there is no herverdeling or no advice. `samples` has
    each half-year and kind of figure of which the one in force is a voorbeeldcijfer. `counts` has what was counted
    within this half-year and the next, by day; only for one municipality, in a table it is empty. `announced` are the
    taakstellingen of this half-year, the last one in force.
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
    counts: Mapping[Period, tuple[Count, ...]] = field(default_factory=dict)
    announced: tuple[Announced, ...] = ()

    @property
    def opgave(self) -> Opgave:
        return self.half_years[self.period]

    @property
    def taakstelling_before(self) -> Announced | None:
        """The version that the taakstelling in force replaced; None where there was no other number."""
        if len(self.announced) < 2 or self.announced[-2].persons == self.announced[-1].persons:
            return None
        return self.announced[-2]

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


def assess_province(
    *, province: Province, period: Period, known_at: datetime | None = None, look_back: int = LOOK_BACK
) -> list[Assessment]:
    """Every municipality that existed on a day of the half-year, by name.

    Reads no further back than `look_back` and the ladder ask, or the openings need.
    """
    municipalities = Municipality.objects.filter(province=province).existing_within(
        start=period.start, end=period.peildatum
    )
    policies = policy_history(province=province)
    in_force = _in_force(province, known_at=known_at)
    first = _first_needed(in_force, province=province, shown_from=period.back(max(look_back, policies.longest_row)))
    past = periods_between(first, period.previous)
    told = in_force.filter(kind__in=TOLD, period__in=periods_between(first, period.next))
    final = in_force.filter(kind=Kind.REALISATION, period__in=past, as_of__in=[each.peildatum for each in past])
    latest = [_latest_counts(in_force, municipalities, period=each) for each in (period, period.next)]
    herverdelingen = _agreed_in(province, known_at=known_at).filter(period__range=(first, period.next))
    figures = _together(told, final, *latest, running_from=period)
    return _assess(municipalities, figures, herverdelingen, policies=policies, period=period)


def assess_municipality(*, municipality: Municipality, period: Period, known_at: datetime | None = None) -> Assessment:
    """One municipality with all its half-years up to this one and the next."""
    province = municipality.province
    in_force = _in_force(province, known_at=known_at).filter(municipality=municipality)
    past = periods_between(Period(FIRST_YEAR, 1), period.previous)
    told = in_force.filter(kind__in=TOLD, period__lte=period.next)
    final = in_force.filter(kind=Kind.REALISATION, as_of__in=[each.peildatum for each in past], period__lt=period)
    counted = in_force.filter(kind=Kind.REALISATION, period__in=(period, period.next))
    herverdelingen = _agreed_in(province, known_at=known_at).filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality), period__lte=period.next
    )
    policies = policy_history(province=province)
    figures = _together(told, final, counted, running_from=period)
    [assessment] = _assess([municipality], figures, herverdelingen, policies=policies, period=period)
    return replace(assessment, counts={each: _counts(figures, each) for each in (period, period.next)})


TOLD = (Kind.TAAKSTELLING, Kind.ACHTERSTAND)
"""What is told once or a few times in a half-year; a realisatie may be counted every day, and is read apart. Of a
half-year that is past only the final count is read: those before it say nothing any more."""


def _in_force(province: Province, *, known_at: datetime | None = None) -> QuerySet[Figure]:
    """The figures that are not withdrawn, or were not at that moment: of each cell the last one is in force."""
    return Figure.objects.filter(stands(known_at), delivery__province=province)


def _agreed_in(province: Province, *, known_at: datetime | None = None) -> QuerySet[Herverdeling]:
    rows = Herverdeling.objects.filter(stands(known_at), delivery__province=province)
    return rows.select_related("from_municipality", "to_municipality", "delivery")


def stands(known_at: datetime | None, *, delivery: str = "delivery__") -> Q:
    """The delivery is not withdrawn; at a moment: it was recorded by then and not yet withdrawn."""
    if known_at is None:
        return Q((f"{delivery}withdrawn_at", None))
    withdrawn_later = Q((f"{delivery}withdrawn_at", None)) | Q((f"{delivery}withdrawn_at__gt", known_at))
    return withdrawn_later & Q((f"{delivery}recorded_at__lte", known_at))


Read = tuple[date, int, int, Period, str, int, bool]
"""A figure as it is read: as_of and pk first, so that of each cell the last one of the sorted rows is in force."""


def _together(*parts: QuerySet[Figure], running_from: Period) -> list[Read]:
    """The parts in one query; each is a place in an index where little else stands.

    A half-year begins on the peildatum of the one before, so among the final counts of those before `running_from` are
    counts of a first day: they go.
    """
    columns = ("as_of", "pk", "municipality_id", "period", "kind", "persons", "delivery__is_sample")
    first, *others = [part.order_by().values_list(*columns) for part in parts]
    rows: Iterable[Read] = first.union(*others, all=True)
    return sorted(row for row in rows if row[4] != Kind.REALISATION or row[3] >= running_from or row[0] != row[3].start)


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


def _latest_counts(
    in_force: QuerySet[Figure], municipalities: QuerySet[Municipality], *, period: Period
) -> QuerySet[Figure]:
    """The last count of each municipality: found in the index, however many there are before it."""
    counts = in_force.filter(municipality=OuterRef("pk"), kind=Kind.REALISATION, period=period)
    latest = Subquery(counts.order_by("-as_of", "-pk").values("pk")[:1])
    return in_force.filter(pk__in=municipalities.order_by().annotate(latest=latest).values("latest"))


def _first_needed(in_force: QuerySet[Figure], *, province: Province, shown_from: Period) -> Period:
    """The half-year to read from: where the first one that is shown has no reported opening, the chain of
    computed ones goes back to the last one that was. A municipality without any has no chain."""
    openings = in_force.filter(municipality=OuterRef("pk"), kind=Kind.ACHTERSTAND, period__lte=shown_from)
    latest = Subquery(openings.order_by("-period").values("period")[:1])
    municipalities = Municipality.objects.filter(province=province).annotate(latest=latest)
    return municipalities.aggregate(first=Min("latest"))["first"] or shown_from


def _assess(
    municipalities: Iterable[Municipality],
    figures: Sequence[Read],
    agreed: QuerySet[Herverdeling],
    *,
    policies: PolicyHistory,
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
        announced=announced,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The province as one: the sums of the municipalities of which every figure is there that is asked for."""

    opgave: Opgave
    left_out: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.left_out


def total_of(
    assessments: Sequence[Assessment],
    *,
    period: Period,
    outcome: Callable[[Opgave], int | None] = lambda opgave: opgave.remaining,
) -> Total:
    """Sums over the municipalities of which the outcome is known, so that the sums add up as each of them does.

    Over all municipalities of a province the herverdelingen come to 0. A realisatie that not all of them have is None.
    """
    whole = [a.opgave for a in assessments if outcome(a.opgave) is not None]
    counts = [opgave.realisation for opgave in whole if opgave.realisation is not None]
    return Total(
        opgave=Opgave(
            period=period,
            taakstelling=sum(opgave.taakstelling or 0 for opgave in whole),
            herverdeling=sum(opgave.herverdeling for opgave in whole),
            start_reported=sum(opgave.achterstand_start or 0 for opgave in whole),
            start_computed=None,
            realisation=sum(counts) if whole and len(counts) == len(whole) else None,
            is_closed=all(opgave.is_closed for opgave in whole),
        ),
        left_out=tuple(a.municipality.name for a in assessments if outcome(a.opgave) is None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeriod:
    """A half-year of which the province has figures; closed once a final realisatie is in."""

    period: Period
    is_closed: bool


# The half-years of the ledger are stepped through in its index; of each is asked whether a municipality of the province
# has a figure in force, and a final count. A query over the figures themselves would read millions of them.
# LIMIT keeps PostgreSQL from making a join of it; date() is a function to SQLite and a cast to PostgreSQL.
_KNOWN_PERIODS = """
    WITH RECURSIVE reported(period) AS (
        SELECT MIN(period) FROM supervision_figure
        UNION ALL
        SELECT (SELECT MIN(f.period) FROM supervision_figure f WHERE f.period > reported.period)
        FROM reported WHERE reported.period IS NOT NULL
    ), half_year(period, peildatum) AS (
        SELECT period, date(
            CASE substr(period, 6, 1) WHEN '1' THEN substr(period, 1, 4) || '-07-01'
            ELSE CAST(CAST(substr(period, 1, 4) AS integer) + 1 AS text) || '-01-01' END
        ) FROM reported WHERE period IS NOT NULL
    )
    SELECT period, (
        SELECT 1 FROM municipalities_municipality m
        JOIN supervision_figure f ON f.municipality_id = m.id
        JOIN supervision_delivery d ON d.id = f.delivery_id
        WHERE m.province_id = %(province)s AND f.kind = 'realisatie' AND f.period = half_year.period
        AND f.as_of >= half_year.peildatum AND d.withdrawn_at IS NULL LIMIT 1
    ) FROM half_year WHERE (
        SELECT 1 FROM municipalities_municipality m
        JOIN supervision_figure f ON f.municipality_id = m.id
        JOIN supervision_delivery d ON d.id = f.delivery_id
        WHERE m.province_id = %(province)s AND f.kind IN ('taakstelling', 'achterstand', 'realisatie') AND f.period = half_year.period
        AND d.withdrawn_at IS NULL LIMIT 1
    ) = 1
    ORDER BY period DESC
"""


def known_periods(*, province: Province) -> list[KnownPeriod]:
    """Latest first."""
    Figure.objects.all()  # Outside a scope it refuses; what follows goes round it.
    if get_scope().get("province") not in (province, None):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_PERIODS, {"province": province.pk})
        return [KnownPeriod(period=Period.parse(period), is_closed=bool(final)) for period, final in cursor]


def current_period(known: Sequence[KnownPeriod], *, today: date) -> Period:
    """The half-year to open with: the last closed one, else the last known one, else today's."""
    closed = next((each.period for each in known if each.is_closed), None)
    return closed or (known[0].period if known else Period.containing(today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """When a half-year was closed: for how many municipalities, and on which days the first and the last of them."""

    municipalities: int
    first: datetime
    last: datetime


def closing_of(*, province: Province, period: Period, known_at: datetime | None = None) -> Closing | None:
    """None as long as no final count is in. A later correction of the count closes nothing again."""
    final = _in_force(province, known_at=known_at).filter(kind=Kind.REALISATION, period=period, as_of=period.peildatum)
    moments = final.order_by().values("municipality").annotate(closed=Min("delivery__recorded_at"))
    found = moments.aggregate(municipalities=CountOf("municipality"), first=Min("closed"), last=Max("closed"))
    return Closing(**found) if found["municipalities"] else None


def has_sample_figures(*, province: Province) -> bool:
    return Delivery.objects.filter(province=province, is_sample=True, withdrawn_at=None).exists()


def figures_behind(
    *,
    municipality: Municipality,
    period: Period,
    counted_from: date | None = None,
    known_at: datetime | None = None,
) -> dict[AnyKind, list[Figure]]:
    """Every figure ever recorded for this half-year, withdrawn ones too; the latest first.

    The first of a kind whose delivery is not withdrawn is the one in force. Of the realisatie only what was counted
    to `counted_from` or later: the counts before it are many, and stand in `Assessment.counts`. What the municipality
    counts itself is there of the half-year after this one too.
    """
    wanted = Q(period=period) | Q(kind__in=OwnCount)
    if counted_from is not None:
        wanted &= Q(as_of__gte=counted_from) | ~Q(kind=Kind.REALISATION)
    rows = (
        # The kinds are all there are: naming them lets the index be used.
        Figure.objects.filter(
            wanted, municipality=municipality, kind__in=(*Kind, *OwnCount), period__in=(period, period.next)
        )
        .select_related("delivery__recorded_by", "delivery__withdrawn_by")
        .order_by("-as_of", "-pk")
    )
    behind: dict[AnyKind, list[Figure]] = {kind: [] for kind in (*Kind, *OwnCount)}
    for figure in rows:
        if _was_known(figure.delivery, known_at):
            behind[kind_of(figure.kind)].append(figure)
    return behind


def _was_known(delivery: Delivery, at: datetime | None) -> bool:
    """Whether it was recorded by then; what was withdrawn only later, stood at that moment."""
    if at is None:
        return True
    if delivery.withdrawn_at and delivery.withdrawn_at > at:
        delivery.withdrawn_at = delivery.withdrawn_by = None
    return delivery.recorded_at <= at


Cell = tuple[int, AnyKind]
"""A municipality's pk and the kind of figure: one cell of the grid of a half-year."""


def is_final(realisation: Figure | None) -> bool:
    """Whether it was counted to the peildatum, which closes the half-year for its municipality."""
    return realisation is not None and realisation.as_of >= realisation.period.peildatum


def figures_in_force(
    *,
    province: Province,
    period: Period,
    municipalities: Iterable[Municipality] | None = None,
    without: Delivery | None = None,
) -> dict[Cell, Figure]:
    """The figure in force of each cell of the half-year, with who recorded it; as if `without` were withdrawn."""
    in_force = _in_force(province).exclude(delivery=without).select_related("delivery__recorded_by")
    asked = Municipality.objects.filter(province=province)
    told = in_force.filter(period=period, kind__in=(*TOLD, *OwnCount))
    if municipalities is not None:
        pks = [municipality.pk for municipality in municipalities]
        asked, told = asked.filter(pk__in=pks), told.filter(municipality__in=pks)
    rows = told.union(_latest_counts(in_force, asked, period=period), all=True)
    in_order = sorted(rows, key=lambda figure: (figure.as_of, figure.pk))
    return {(figure.municipality_id, kind_of(figure.kind)): figure for figure in in_order}


def herverdelingen_of(*, province: Province, period: Period) -> list[Herverdeling]:
    """Those in force in the half-year, in the order in which they were recorded."""
    return list(_agreed_in(province).filter(period=period))


def herverdelingen_behind(
    *, municipality: Municipality, period: Period, known_at: datetime | None = None
) -> list[Herverdeling]:
    """Every herverdeling ever recorded for it in this half-year, withdrawn ones too, in that order."""
    rows = Herverdeling.objects.filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality),
        delivery__province=municipality.province_id,
        period=period,
    )
    rows = rows.select_related(
        "from_municipality", "to_municipality", "delivery__recorded_by", "delivery__withdrawn_by"
    )
    return [row for row in rows if _was_known(row.delivery, known_at)]
