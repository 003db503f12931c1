"""What stands behind a number: the figure in force of each cell, and all that was ever recorded for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from municipalities.models import Municipality, Province
from supervision.figures.rows import TOLD, agreed_of, in_force_of, latest_counts
from supervision.models import Delivery, Figure, Herverdeling
from supervision.rules.opgave import KINDS, AnyKind, Kind, OwnCount, kind_of
from supervision.rules.period import Period


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
        Figure.objects.filter(wanted, municipality=municipality, kind__in=KINDS, period__in=(period, period.next))
        .select_related("delivery__recorded_by", "delivery__withdrawn_by")
        .order_by("-as_of", "-pk")
    )
    behind: dict[AnyKind, list[Figure]] = {kind: [] for kind in KINDS}
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


def closes(realisation: Figure | None) -> bool:
    """Whether it closes the half-year for its municipality, so that what changes after it is a correction with a reason:
    a count to the peildatum. What the demo made up closes nothing."""
    return (
        realisation is not None
        and realisation.as_of >= realisation.period.peildatum
        and not realisation.delivery.is_sample
    )


def figures_in_force(
    *,
    province: Province,
    period: Period,
    municipalities: Iterable[Municipality] | None = None,
    without: Delivery | None = None,
    known_at: datetime | None = None,
) -> dict[Cell, Figure]:
    """The figure in force of each cell of the half-year, with who recorded it; as if `without` were withdrawn."""
    in_force = (
        in_force_of(province, known_at=known_at).exclude(delivery=without).select_related("delivery__recorded_by")
    )
    asked = Municipality.objects.filter(province=province)
    told = in_force.filter(period=period, kind__in=(*TOLD, *OwnCount))
    if municipalities is not None:
        pks = [municipality.pk for municipality in municipalities]
        asked, told = asked.filter(pk__in=pks), told.filter(municipality__in=pks)
    rows = told.union(latest_counts(in_force, asked, period=period), all=True)
    in_order = sorted(rows, key=lambda figure: (figure.as_of, figure.pk))
    return {(figure.municipality_id, kind_of(figure.kind)): figure for figure in in_order}


def herverdelingen_of(*, province: Province, period: Period) -> list[Herverdeling]:
    """Those in force in the half-year, in the order in which they were recorded."""
    return list(agreed_of(province).filter(period=period))


def herverdelingen_behind(
    *, municipality: Municipality, up_to: Period, known_at: datetime | None = None
) -> list[Herverdeling]:
    """Every herverdeling ever recorded for it up to and including this half-year, withdrawn ones too, in that order."""
    rows = Herverdeling.objects.filter(
        Q(from_municipality=municipality) | Q(to_municipality=municipality),
        delivery__province=municipality.province_id,
        period__lte=up_to,
    )
    rows = rows.select_related(
        "from_municipality", "to_municipality", "delivery__recorded_by", "delivery__withdrawn_by"
    )
    return [row for row in rows if _was_known(row.delivery, known_at)]
