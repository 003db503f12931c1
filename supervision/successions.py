"""Herindelingen as the ledger sees them: in which half-year what is owed goes from the parts to what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from municipalities.models import Municipality, Province, Succession
from supervision.rules.period import Period

MOVING = (Succession.Kind.SAMENVOEGING, Succession.Kind.SPLITSING, Succession.Kind.NAAMSWIJZIGING)
"""What ends a municipality, so that another owes what it owed. After a grenscorrectie both are still there, each with
its own achterstand: what the two agree about it is a herverdeling."""

Merged = Mapping[int, frozenset[Period]]
"""Per municipality, by its pk, the half-years that open with what others brought."""


def opened_by(on: date) -> Period:
    """The first half-year that begins without the parts: those that end within a half-year close that one themselves."""
    period = Period.containing(on)
    return period if on == period.start else period.next


def is_opened(period: Period) -> Q:
    """The successions on a day that leads to this half-year."""
    return Q(on__gt=period.previous.start, on__lte=period.start, kind__in=MOVING)


def opened_among(periods: Iterable[Period], *, province: Province) -> list[Period]:
    """Those of the half-years that begin with others merged into a municipality of the province: one query."""
    rows = Succession.objects.filter(kind__in=MOVING, to_municipality__province=province)
    opened = {opened_by(on) for on in rows.order_by().values_list("on", flat=True)}
    return [period for period in periods if period in opened]


def merged_in(*, province: Province | None = None, municipality: Municipality | None = None) -> Merged:
    """Of a whole province, or of one municipality: one query."""
    rows = Succession.objects.filter(kind__in=MOVING)
    rows = (
        rows.filter(to_municipality=municipality) if municipality else rows.filter(to_municipality__province=province)
    )
    found: dict[int, set[Period]] = defaultdict(set)
    for successor, on in rows.order_by().values_list("to_municipality", "on"):
        found[successor].add(opened_by(on))
    return {successor: frozenset(periods) for successor, periods in found.items()}
