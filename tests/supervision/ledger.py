"""Figures in the ledger, as tests want them: in one line, at a fixed moment."""

from __future__ import annotations

from datetime import UTC, date, datetime

from municipalities.models import Municipality, User
from supervision import actions
from supervision.models import Delivery, Herverdeling
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

FIRST_HALF_OF_2022 = Period(2022, 1)
NOON = datetime(2022, 9, 8, 12, tzinfo=UTC)
"""8 September 2022: 2022-1 is over, 2022-2 runs."""


def deliver(
    *,
    by: User,
    municipality: Municipality,
    period: Period = FIRST_HALF_OF_2022,
    as_of: date | None = None,
    overrules: bool = False,
    now: datetime = NOON,
    **figures: int,
) -> Delivery:
    """One delivery of figures of one municipality: taakstelling=, achterstand=, realisatie=. A correction of a closed
    half-year has a reason."""
    entries = [
        actions.Entry(municipality=municipality, kind=Kind(kind), persons=persons, as_of=as_of, overrules=overrules)
        for kind, persons in figures.items()
    ]
    try:
        recorded = _record(by, municipality, period, entries, now, "")
    except actions.ReasonNeeded:
        recorded = _record(by, municipality, period, entries, now, "Hertelling")
    assert recorded.delivery is not None, recorded.clashes
    return recorded.delivery


def _record(by, municipality, period, entries, now, reason):
    return actions.record_figures(
        by=by, province=municipality.province, period=period, entries=entries, now=now, reason=reason
    )


def swap(*, by: User, period: Period, giver: str, taker: str, count: int, **more: object) -> Herverdeling:
    """A herverdeling; in a closed half-year with a note."""
    what = {
        "by": by,
        "period": period,
        "from_municipality": Municipality.objects.get(code=giver),
        "to_municipality": Municipality.objects.get(code=taker),
        "count": count,
        "now": NOON,
    }
    try:
        return actions.agree_herverdeling(**what, **more)
    except actions.ReasonNeeded:
        return actions.agree_herverdeling(**what, **more, note="Brief van 4 juli")
