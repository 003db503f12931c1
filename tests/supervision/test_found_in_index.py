"""What a screen shows is found in an index, also once somebody has let the database count what is in it (ANALYZE)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision import figures
from supervision.deliveries import latest_delivery
from supervision.figures.rows import ARE_TOLD, in_force_of
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period, periods_between

P = Period(2022, 1)
DAYS = 60


@pytest.fixture
def counted_daily(within_utrecht: Province, supervisor: User) -> Province:
    """Four half-years in which every municipality was counted on sixty days."""
    for period in periods_between(P.back(3), P):
        days = [period.peildatum - timedelta(days=back) for back in reversed(range(DAYS))]
        told, *counts = Delivery.objects.bulk_create(
            Delivery(
                province=within_utrecht,
                way=Delivery.Way.WORKBOOK,
                recorded_at=datetime.combine(day, time(7), tzinfo=UTC),
                recorded_by=supervisor,
            )
            for day in (period.start, *days)
        )
        for municipality in Municipality.objects.filter(province=within_utrecht):
            cell = {"municipality": municipality, "period": period}
            rows = [
                Figure(delivery=told, kind=kind, as_of=period.start, persons=9, **cell)
                for kind in (Kind.TAAKSTELLING, Kind.ACHTERSTAND)
            ]
            rows += [
                Figure(delivery=delivery, kind=Kind.REALISATION, as_of=day, persons=number, **cell)
                for number, (delivery, day) in enumerate(zip(counts, days, strict=True))
            ]
            Figure.objects.bulk_create(rows)
    return within_utrecht


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan_of(rows: QuerySet[Figure] | QuerySet[Delivery]) -> str:
    """On SQLite the steps in order; PostgreSQL reads so few rows whole, whatever there is to find them by."""
    return rows.explain() if connection.vendor == "sqlite" else ""


def test_what_is_told_of_half_years_is_found_without_going_through_the_deliveries(counted_daily: Province) -> None:
    told = in_force_of(counted_daily).filter(ARE_TOLD, period__in=periods_between(P.back(3), P))
    before = sorted(told.values_list("pk"))
    analyze()
    assert sorted(told.values_list("pk")) == before
    assert len(before) == 4 * 2 * Municipality.objects.filter(province=counted_daily).count()
    assert "SCAN supervision_delivery" not in plan_of(told)


def test_nothing_is_shown_otherwise_after_it(counted_daily: Province) -> None:
    before = figures.assess_province(province=counted_daily, period=P)
    analyze()
    assert figures.assess_province(province=counted_daily, period=P) == before
    assert {assessment.opgave.realisation for assessment in before} == {DAYS - 1}


def test_the_last_delivery_is_found_from_the_end(counted_daily: Province) -> None:
    analyze()
    with CaptureQueriesContext(connection) as queries:
        last = latest_delivery(province=counted_daily, period=P)
    assert last is not None
    assert last.recorded_at.date() == P.peildatum
    assert len(queries) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
            steps = [step for *_, step in cursor.fetchall()]
        assert "SCAN V0 USING INDEX delivery_by_moment" in steps
        assert "SCAN supervision_delivery" not in steps
