"""What most views of the supervision begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from municipalities.access import StaffRequest
from municipalities.models import Municipality, Province, Succession
from municipalities.models.municipality import MUNICIPALITY_CODE
from supervision.rules.dutch import enumeration, long_date
from supervision.rules.period import Period
from supervision.stand import NotAMoment, Stand
from supervision.successions import MOVING

Row = TypeVar("Row", bound=Any)


def province_of(request: StaffRequest) -> Province:
    """The middleware lets nobody without a province come this far."""
    province = request.user.province
    if province is None:
        raise Http404
    return province


def stand_of(request: StaffRequest, *, now: datetime) -> Stand | None:
    """The moment in the address as of which the page is asked for; None is now. What is no moment is told."""
    asked = request.GET.get("stand", "")
    if not asked:
        return None
    try:
        return Stand.parse(asked, now=now)
    except NotAMoment as problem:
        messages.warning(request, f"{problem} U ziet wat nu bekend is.")
        return None


def page_of(request: StaffRequest, rows: QuerySet[Row] | Sequence[Row], *, per_page: int) -> Page[Row]:
    """The page that the address asks for; for one that is not there the first, and that is told."""
    paginator = Paginator(rows, per_page)
    asked = request.GET.get("bladzijde", "1")
    try:
        return paginator.page(asked)
    except InvalidPage:
        messages.warning(request, f"Bladzijde ‘{asked[:12]}’ is er niet. U ziet de eerste.")
        return paginator.page(1)


def municipality_of(request: StaffRequest, *, code: str, period: Period) -> Municipality:
    """Of the own province and there in the half-year; else a 404 that says what is wrong.

    Another province's municipality is as unknown as one that never was.
    """
    province = province_of(request)
    rows = Municipality.objects.select_related("province", "post_address").filter(province=province)
    # What is no code goes nowhere near the database: PostgreSQL refuses some characters.
    municipality = rows.filter(code=code).first() if re.fullmatch(MUNICIPALITY_CODE, code) else None
    if municipality is None:
        raise Http404(f"In de provincie {province.name} is geen gemeente met de code ‘{code[:12]}’.")
    start, end = municipality.valid_from, municipality.valid_to
    if start is not None and start >= period.peildatum:
        raise Http404(f"{municipality.name} bestond in {period} nog niet: pas sinds {long_date(start)}.")
    if end is not None and end <= period.start:
        raise Http404(f"{municipality.name} bestond in {period} niet meer: {_ended(municipality, end)}.")
    return municipality


def _ended(municipality: Municipality, end: date) -> str:
    heirs = Succession.objects.filter(from_municipality=municipality, on=end, kind__in=MOVING)
    names = list(heirs.order_by("to_municipality__name").values_list("to_municipality__name", flat=True))
    into = f" en opgegaan in {enumeration(names)}" if names else ""
    return f"opgeheven op {long_date(end)}{into}"
