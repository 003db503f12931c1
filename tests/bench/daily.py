"""A province as large as the country in which the realisatie is counted every day of every half-year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django_scopes import scope, scopes_disabled

from municipalities.models import Municipality, Province, User
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period, periods_between
from tests.bench.world import LAST, figures_of, make_empty_province


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The supervisor, the code of a municipality, and how many figures there are."""

    user: User
    code: str
    figures: int


def fill(*, municipalities: int, half_years: int, snapshots: int) -> Filled:
    """Into an empty database. Every day has a delivery of its own; the last one of a half-year is COA's final count."""
    for command in ("migrate", "createcachetable", "load_reference"):
        call_command(command, verbosity=0, stdout=StringIO())
    with scopes_disabled():
        user, province, members = make_empty_province(code="PV91", municipalities=municipalities)
    with scope(province=province), transaction.atomic():
        for period in periods_between(LAST.back(half_years - 1), LAST):
            days = [period.peildatum - timedelta(days=back) for back in reversed(range(snapshots))]
            told, *counted = _deliveries(user, province, [period.start, *days])
            _add(_figures(members, period, told, dict(zip(days, counted, strict=True))))
        figures = Figure.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Filled(user=user, code=members[0].code, figures=figures)


def _deliveries(user: User, province: Province, days: Sequence[date]) -> list[int]:
    """Recorded each in the morning of its day."""
    made = Delivery.objects.bulk_create(
        Delivery(
            province=province,
            way=Delivery.Way.WORKBOOK,
            recorded_at=datetime.combine(day, time(7), tzinfo=UTC),
            recorded_by=user,
        )
        for day in days
    )
    return [delivery.pk for delivery in made]


Row = tuple[int, int, str, str, date, int]


def _figures(members: Sequence[Municipality], period: Period, told: int, counted: dict[date, int]) -> Iterator[Row]:
    for index, member in enumerate(members):
        cell = (member.pk, str(period))
        taakstelling, realisation, opening = figures_of(index, period)
        yield told, *cell, Kind.TAAKSTELLING.value, period.start, taakstelling
        yield told, *cell, Kind.ACHTERSTAND.value, period.start, opening
        for number, (day, delivery) in enumerate(counted.items(), 1):
            yield delivery, *cell, Kind.REALISATION.value, day, realisation * number // len(counted)


COLUMNS = "delivery_id, municipality_id, period, kind, as_of, persons"
COPY = f"COPY supervision_figure ({COLUMNS}, sheet, cell) FROM STDIN"
INSERT = f"INSERT INTO supervision_figure ({COLUMNS}, sheet, cell) VALUES (%s, %s, %s, %s, %s, %s, '', '')"  # noqa: S608


def _add(rows: Iterable[Row]) -> None:
    """The way in which each database takes millions of rows fastest."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(COPY) as copy:
                for row in rows:
                    copy.write_row((*row, "", ""))
        else:
            cursor.executemany(INSERT, rows)
