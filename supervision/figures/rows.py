"""The rows of the ledger that are in force, now or at a moment, in few queries that find them in an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, CharField, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from municipalities.models import Municipality, Province
from supervision.models import Figure, Herverdeling
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period

OPENINGS = (Kind.ACHTERSTAND, Opening.CARRIED_OVER)
TOLD = (Kind.TAAKSTELLING, *OPENINGS)
"""What is told once or a few times in a half-year; a realisatie may be counted every day, and is read apart. Of a
half-year that is past only the final count is read: those before it say nothing any more."""


class Seldom(Func):
    """A condition that one figure in a hundred meets.

    After ANALYZE SQLite knows how many figures a half-year has of a kind on average, and takes a taakstelling to be as
    frequent as a daily count: it would rather go through all deliveries. PostgreSQL knows better by itself.
    """

    template = "%(expressions)s"
    arity = 1
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="likelihood(%(expressions)s, 0.01)", **context)


ARE_TOLD = Seldom(Q(kind__in=TOLD))


def in_force_of(province: Province, *, known_at: datetime | None = None) -> QuerySet[Figure]:
    """The figures that are not withdrawn, or were not at that moment: of each cell the last one is in force."""
    return Figure.objects.filter(stands(known_at), delivery__province=province)


def agreed_of(province: Province, *, known_at: datetime | None = None) -> QuerySet[Herverdeling]:
    rows = Herverdeling.objects.filter(stands(known_at), delivery__province=province)
    return rows.select_related("from_municipality", "to_municipality", "delivery")


def stands(known_at: datetime | None, *, delivery: str = "delivery__") -> Q:
    """The delivery is not withdrawn; at a moment: it was recorded by then and not yet withdrawn."""
    if known_at is None:
        return Q((f"{delivery}withdrawn_at", None))
    withdrawn_later = Q((f"{delivery}withdrawn_at", None)) | Q((f"{delivery}withdrawn_at__gt", known_at))
    return withdrawn_later & Q((f"{delivery}recorded_at__lte", known_at))


Read = tuple[str, int, int, str, str, int, str]
"""A figure as it is read: as_of and pk first, so that of each cell the last one of the sorted rows is in force; then
municipality, half-year, kind, persons, and a text where it is a voorbeeldcijfer. Days and half-years are texts as well,
"2022-07-01" and "2022-1": to convert those of thousands of rows takes longer than to read them, and few are looked at."""

COLUMNS = (
    Cast("as_of", CharField()),
    "pk",
    "municipality_id",
    Cast("period", CharField()),
    "kind",
    "persons",
    Case(When(delivery__is_sample=True, then=Value("voorbeeld")), default=Value("")),
)


def together(*parts: QuerySet[Figure]) -> list[Read]:
    """The parts in one query; each is a place in an index where little else stands."""
    first, *others = [part.order_by().values_list(*COLUMNS) for part in parts]
    return sorted(first.union(*others, all=True))


def latest_counts(
    in_force: QuerySet[Figure], municipalities: QuerySet[Municipality], *, period: Period
) -> QuerySet[Figure]:
    """The last count of each municipality: found in the index, however many there are before it.

    Distinct as they are: PostgreSQL would else look for them again for each row that it compares with.
    """
    counts = in_force.filter(municipality=OuterRef("pk"), kind=Kind.REALISATION, period=period)
    latest = Subquery(counts.order_by("-as_of", "-pk").values("pk")[:1])
    return in_force.filter(pk__in=municipalities.order_by().annotate(latest=latest).values("latest").distinct())


def final_counts(in_force: QuerySet[Figure], periods: Sequence[Period]) -> QuerySet[Figure]:
    """The counts on the peildatum of each of these half-years, among `in_force` of those.

    Said twice: PostgreSQL goes by the pairs, SQLite by the days; each would read every count if it had only the other.
    """
    pairs = Q()
    for period in periods:
        pairs |= Q(period=period, as_of=period.peildatum)
    on_these_days = in_force.filter(kind=Kind.REALISATION, as_of__in=[period.peildatum for period in periods])
    return on_these_days.filter(pairs)


def latest_opening(in_force: QuerySet[Figure], *, up_to: Period) -> Subquery:
    """Of a municipality, the last half-year that has an opening of its own."""
    openings = in_force.filter(municipality=OuterRef("pk"), kind__in=OPENINGS, period__lte=up_to)
    return Subquery(openings.order_by("-period").values("period")[:1])


def first_final_count(in_force: QuerySet[Figure], *, period: Period) -> Subquery:
    """Of a municipality, when the first count to the peildatum was recorded that no demo made up."""
    final = in_force.filter(
        municipality=OuterRef("pk"),
        kind=Kind.REALISATION,
        period=period,
        as_of=period.peildatum,
        delivery__is_sample=False,
    )
    return Subquery(final.order_by("delivery__recorded_at").values("delivery__recorded_at")[:1])
