"""The overview and the page of a municipality: queries at two sizes, and time against bare rendering."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.template import Context
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django_scopes import scope, scopes_disabled

import ibt.wsgi  # noqa: F401  (the process is set up as gunicorn's workers are)
from municipalities.models import User
from supervision.figures import assess_province
from supervision.overview import Addresses, page_of
from tests.bench.world import LAST, make_province

RUNS = 15
ADDRESSES = Addresses(
    entry="/cijfers/", next_entry="/cijfers/", municipalities=f"/{LAST}/gemeenten/", differences="/verschillen/"
)


def main() -> None:
    with scopes_disabled():
        small = make_province(code="PV91", municipalities=26, half_years=10)
        large = make_province(code="PV92", municipalities=342, half_years=40)
        bare = make_province(code="PV93", municipalities=342, half_years=40, with_openings=False)
    print("Queries, 26 × 10 half-years and 342 × 40 (at most 12, and the same):")
    for name, path in (("overview", ""), ("municipality", "gemeenten/{code}/")):
        few, many = (_queries(user, path.format(code=_first_code(user))) for user in (small, large))
        print(f"  {name}: {few} and {many}")
    print("Overview of 342 × 40 half-years against its rows and page rendered without a query (at most 2):")
    _time_overview(large, "COA reports each opening")
    _time_overview(bare, "COA reports only the first, all others are computed")


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


def _time_overview(user: User, kind: str) -> None:
    """The whole request against writing its rows and page from figures that were read before, in turns."""
    client = _client(user)
    ready = _context_of(client)
    template = get_template("supervision/overview.html").template
    province = user.province
    assert province is not None
    with scope(province=province):
        assessments = assess_province(province=province, period=LAST)

    def bare() -> None:
        page = page_of(assessments, ready["choice"], province=province, period=LAST, addresses=ADDRESSES)
        template.render(Context({**ready, "page": page}))

    whole: list[float] = []
    rendered: list[float] = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(f"/{LAST}/")
        middle = perf_counter()
        bare()
        whole.append(middle - start)
        rendered.append(perf_counter() - middle)
    ratios = [mine / other for mine, other in zip(whole, rendered, strict=True)]
    print(
        f"  {kind}: {median(ratios):.2f}  "
        f"(median of {RUNS} pairs; {median(whole) * 1000:.0f} against {median(rendered) * 1000:.0f} ms)"
    )


def _context_of(client: Client) -> dict[str, Any]:
    """All that the page's template was given, so that it can be rendered again without a query."""
    setup_test_environment()
    try:
        context = client.get(f"/{LAST}/").context
        assert len(context["page"].table.rows) == 342
        return {key: value for layer in context[0].dicts for key, value in layer.items()}
    finally:
        teardown_test_environment()
