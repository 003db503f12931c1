"""Reads about deliveries: what came in, when and by whom, and what withdrawing one would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from municipalities.models import Municipality, Province
from supervision.figures import closes, figures_in_force, stands
from supervision.models import Delivery, Figure, Herverdeling
from supervision.rules.opgave import Kind, OwnCount, kind_of
from supervision.rules.period import Period


def deliveries_of(*, province: Province, period: Period) -> QuerySet[Delivery]:
    """Those with anything for the half-year, newest first; each with `figure_count` and `herverdeling_count`."""
    figures = Figure.objects.filter(delivery=OuterRef("pk"), period=period)
    herverdelingen = Herverdeling.objects.filter(delivery=OuterRef("pk"), period=period)
    # One of them is looked for, and not whether there is one: for that PostgreSQL reads every figure of the half-year.
    first = {"a_figure": _first(figures), "a_herverdeling": _first(herverdelingen)}
    return (
        Delivery.objects.alias(**first)
        .filter(Q(a_figure__isnull=False) | Q(a_herverdeling__isnull=False), province=province)
        .annotate(figure_count=_count(figures), herverdeling_count=_count(herverdelingen))
        .select_related("recorded_by", "withdrawn_by")
        .order_by("-recorded_at", "-pk")
    )


def latest_delivery(*, province: Province, period: Period, known_at: datetime | None = None) -> Delivery | None:
    """The last one that was recorded for the half-year and is in force, or was at that moment."""
    deliveries = deliveries_of(province=province, period=period)
    # Found before it is joined with who recorded it: after ANALYZE SQLite would begin with the users where they are few,
    # and go through all deliveries for each.
    last = deliveries.filter(stands(known_at, delivery="")).values("pk")[:1]
    return deliveries.filter(pk__in=last).first()


def _first(rows: QuerySet[Figure] | QuerySet[Herverdeling]) -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])


def _count(rows: QuerySet[Figure] | QuerySet[Herverdeling]) -> Coalesce:
    counted = rows.order_by().values("delivery").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A figure that would no longer count, and the one that would count again; None: none would."""

    figure: Figure
    instead: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What withdrawing a delivery does. `overtaken` of its figures are no longer in force anyway.

    `closed` has the municipalities and half-years that it changes although they are closed: that takes a reason.
    """

    lapses: tuple[Lapse, ...]
    herverdelingen: tuple[Herverdeling, ...]
    overtaken: int
    period: Period | None
    closed: tuple[tuple[Municipality, Period], ...]


def effect_of_withdrawal(delivery: Delivery) -> Withdrawal:
    """As many queries as there are half-years in the delivery and two, however many figures."""
    own = list(
        delivery.figures.select_related("municipality").order_by("municipality__name", "period", "kind", "as_of")
    )
    herverdelingen = tuple(delivery.herverdelingen.select_related("from_municipality", "to_municipality"))
    last_own = {_cell(figure): figure for figure in own}
    periods = {figure.period for figure in own} | {row.period for row in herverdelingen}
    others = _in_force_without(delivery, periods)
    lapses = []
    for figure in last_own.values():
        instead = others.get(_cell(figure))
        if instead is None or (instead.as_of, instead.pk) < (figure.as_of, figure.pk):
            lapses.append(Lapse(figure=figure, instead=instead))
    in_force = others | {_cell(lapse.figure): lapse.figure for lapse in lapses}
    changed = [
        (lapse.figure.municipality, lapse.figure.period) for lapse in lapses if lapse.figure.kind not in set(OwnCount)
    ]
    changed += [(each, row.period) for row in herverdelingen for each in (row.from_municipality, row.to_municipality)]
    return Withdrawal(
        lapses=tuple(lapses),
        herverdelingen=herverdelingen,
        overtaken=len(own) - len(lapses),
        period=max(periods, default=None),
        closed=tuple(
            (municipality, period)
            for municipality, period in dict.fromkeys(changed)
            if closes(in_force.get((municipality.pk, period, Kind.REALISATION)))
        ),
    )


def _in_force_without(delivery: Delivery, periods: Iterable[Period]) -> dict[tuple[int, Period, str], Figure]:
    return {
        (municipality, period, kind): figure
        for period in periods
        for (municipality, kind), figure in figures_in_force(
            province=delivery.province, period=period, without=delivery
        ).items()
    }


def _cell(figure: Figure) -> tuple[int, Period, str]:
    return figure.municipality_id, figure.period, kind_of(figure.kind)
