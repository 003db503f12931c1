"""Of which half-years a province has figures, and since when one is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django_scopes import get_scope

from municipalities.models import Province
from supervision.figures.assessment import Assessment
from supervision.models import Delivery, Figure
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeriod:
    """A half-year of which the province has figures; closed once a final realisatie is in."""

    period: Period
    is_closed: bool


# The half-years of the ledger are stepped through in its index; of each is asked whether a municipality of the province
# has a figure in force, and a final count. A query over the figures themselves would read millions of them.
# A row without a half-year says that there are voorbeeldcijfers.
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
        WHERE m.province_id = %(province)s AND f.kind IN ('taakstelling', 'achterstand', 'overgenomen achterstand', 'realisatie')
        AND f.period = half_year.period
        AND d.withdrawn_at IS NULL LIMIT 1
    ) = 1
    UNION ALL SELECT NULL, 1 WHERE EXISTS (
        SELECT 1 FROM supervision_delivery WHERE province_id = %(province)s AND is_sample AND withdrawn_at IS NULL
    )
    ORDER BY period DESC
"""


def known_periods(*, province: Province) -> list[KnownPeriod]:
    """Latest first."""
    return known_of(province=province).periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Latest half-year first; and whether any figure in force is a voorbeeldcijfer."""

    periods: list[KnownPeriod]
    has_samples: bool


def known_of(*, province: Province) -> Known:
    """What every page says of the ledger, in one query."""
    Figure.objects.all()  # Outside a scope it refuses; what follows goes round it.
    if get_scope().get("province") not in (province, None):
        return Known(periods=[], has_samples=False)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_PERIODS, {"province": province.pk})
        rows = cursor.fetchall()
    periods = [KnownPeriod(period=Period.parse(period), is_closed=bool(final)) for period, final in rows if period]
    return Known(periods=periods, has_samples=len(periods) < len(rows))


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


def closing_of(assessments: Iterable[Assessment]) -> Closing | None:
    """Of a table of municipalities; None as long as no final count is in."""
    moments = [each.closed_at for each in assessments if each.closed_at is not None]
    return Closing(municipalities=len(moments), first=min(moments), last=max(moments)) if moments else None


def has_sample_figures(*, province: Province) -> bool:
    return Delivery.objects.filter(province=province, is_sample=True, withdrawn_at=None).exists()
