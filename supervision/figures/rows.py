"""The rows of the ledger that are in force, now or at a moment, in few queries that find them in an index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from municipalities.models import Municipality, Province
from supervision.models import Figure, Herverdeling
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period

OPENINGS = (Kind.ACHTERSTAND, Opening.CARRIED_OVER)
TOLD = (Kind.TAAKSTELLING, *OPENINGS)
"""What is told once or a few times in a half-year; a realisatie may be counted every day, and is read apart. Of a
half-year that is past only the final count is read: those before it say nothing any more."""


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


Read = tuple[date, int, int, Period, str, int, bool]
"""A figure as it is read: as_of and pk first, so that of each cell the last one of the sorted rows is in force."""


def together(*parts: QuerySet[Figure], running_from: Period) -> list[Read]:
    """The parts in one query; each is a place in an index where little else stands.

    A half-year begins on the peildatum of the one before, so among the final counts of those before `running_from` are
    counts of a first day: they go.
    """
    columns = ("as_of", "pk", "municipality_id", "period", "kind", "persons", "delivery__is_sample")
    first, *others = [part.order_by().values_list(*columns) for part in parts]
    rows: Iterable[Read] = first.union(*others, all=True)
    return sorted(row for row in rows if row[4] != Kind.REALISATION or row[3] >= running_from or row[0] != row[3].start)


def latest_counts(
    in_force: QuerySet[Figure], municipalities: QuerySet[Municipality], *, period: Period
) -> QuerySet[Figure]:
    """The last count of each municipality: found in the index, however many there are before it."""
    counts = in_force.filter(municipality=OuterRef("pk"), kind=Kind.REALISATION, period=period)
    latest = Subquery(counts.order_by("-as_of", "-pk").values("pk")[:1])
    return in_force.filter(pk__in=municipalities.order_by().annotate(latest=latest).values("latest"))


def first_needed(in_force: QuerySet[Figure], *, province: Province, shown_from: Period) -> Period:
    """The half-year to read from: where the first one that is shown has no opening of its own, the chain of
    computed ones goes back to the last one that had. A municipality without any has no chain."""
    openings = in_force.filter(municipality=OuterRef("pk"), kind__in=OPENINGS, period__lte=shown_from)
    latest = Subquery(openings.order_by("-period").values("period")[:1])
    municipalities = Municipality.objects.filter(province=province).annotate(latest=latest)
    return municipalities.aggregate(first=Min("latest"))["first"] or shown_from
