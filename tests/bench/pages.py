"""The overview and the page of a municipality: queries at two sizes, and time against bare rendering."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from municipalities.models import User
from tests.bench.world import LAST, make_province

RUNS = 15


def main() -> None:
    with scopes_disabled():
        small = make_province(code="PV91", municipalities=26, half_years=10)
        large = make_province(code="PV92", municipalities=342, half_years=40)
    print("Queries, 26 × 10 half-years and 342 × 40 (at most 12, and the same):")
    for name, path in (("overview", ""), ("municipality", "gemeenten/{code}/")):
        few, many = (_queries(user, path.format(code=_first_code(user))) for user in (small, large))
        print(f"  {name}: {few} and {many}")
    _time_overview(large)


def _first_code(user: User) -> str:
    assert user.province is not None
    first = user.province.municipalities.order_by("code").first()
    assert first is not None
    return first.code


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _queries(user: User, path: str) -> int:
    client = _client(user)
    client.get(f"/{LAST}/{path}")  # what is read once in a process
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/{LAST}/{path}")
    assert response.status_code == 200, path
    return len(queries)


def _time_overview(user: User) -> None:
    """In turns, so that a slower moment of the machine hits both."""
    client = _client(user)
    table = client.get(f"/{LAST}/").context["page"].table
    assert len(table.rows) == 342
    whole, rows = [], []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(f"/{LAST}/")
        middle = perf_counter()
        render_to_string("components/figures_rows.html", {"rows": table.rows, "with_trede": table.has_advice})
        whole.append(middle - start)
        rows.append(perf_counter() - middle)
    print(
        f"Overview of 342 × 40 against its rows rendered bare (at most 2): {median(whole) / median(rows):.2f} "
        f"({median(whole) * 1000:.0f} and {median(rows) * 1000:.0f} ms)"
    )
