"""The overview and the page of a municipality: queries at two sizes, and time against bare rendering."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

import ibt.wsgi  # noqa: F401  (the process is set up as gunicorn's workers are)
from municipalities.models import Province, User
from supervision.figures import Assessment, assess_province
from supervision.screens.overview import Addresses, page_of
from supervision.views import overview
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
    """The whole request against making and writing its rows once more inside it, from figures that were read.

    Inside the request and not beside it: there the same template with the same context takes longer (measured: 116 ms
    and 76 ms; why was not found), and that is no price of reading the figures.
    """
    client = _client(user)
    whole: list[float] = []
    rendered: list[float] = []
    for _ in range(RUNS):
        rendered.append(_bare_seconds(client, user.province))
        start = perf_counter()
        client.get(f"/{LAST}/")
        whole.append(perf_counter() - start)
    ratios = [mine / other for mine, other in zip(whole, rendered, strict=True)]
    print(
        f"  {kind}: {median(ratios):.2f}  "
        f"(median of {RUNS} pairs; {median(whole) * 1000:.0f} against {median(rendered) * 1000:.0f} ms)"
    )


def _bare_seconds(client: Client, province: Province | None) -> float:
    """The time of rows, page and template within one request; nothing is queried while it is taken."""
    assert province is not None
    taken: list[float] = []
    read: list[Assessment] = []

    def assess(**asked: Any) -> list[Assessment]:
        read.extend(assess_province(**asked))
        return read

    def measured(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        bare = get_template(template).template
        with CaptureQueriesContext(connection) as queries:
            start = perf_counter()
            page = page_of(read, context["choice"], province=province, period=LAST, addresses=ADDRESSES)
            bare.render(Context({**context, "page": page}))
            taken.append(perf_counter() - start)
        assert len(read) == 342
        assert len(queries) == 0
        return render(request, template, context)

    with patch.object(overview, "assess_province", assess), patch.object(overview, "render", measured):
        client.get(f"/{LAST}/")
    return taken[0]
