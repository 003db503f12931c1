"""Everything that happened to a municipality, filtered and page by page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.timezone import localdate

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.rules.dutch import number
from supervision.rules.period import Period
from supervision.screens.dossier_page import Place
from supervision.screens.timeline import SOURCES, Happened, happened
from supervision.views.common import municipality_of, page_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str
    count: str
    url: str
    current: bool


@needs(Right.LOOK)
def timeline(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    events = happened(Place(municipality=municipality, period=period), today=localdate())
    asked = _asked(request)
    shown = [each for each in events if asked in ("", each.source.slug)]
    context = {
        "municipality": municipality,
        "period": period,
        "tabs": _tabs(events, asked),
        "page": page_of(request, shown, per_page=PER_PAGE),
        "query": f"{urlencode({'toon': asked})}&" if asked else "",
    }
    return render(request, "supervision/timeline.html", context)


def _asked(request: StaffRequest) -> str:
    """The slug of the one source that is asked for; empty for all."""
    asked = request.GET.get("toon", "")
    if asked and asked not in {source.slug for source in SOURCES}:
        messages.warning(request, f"‘{asked[:40]}’ is niet iets om te tonen. U ziet alles.")
        return ""
    return asked


def _tabs(events: list[Happened], asked: str) -> list[Tab]:
    """All, and each source of which there is something, or that is asked for."""
    tabs = [Tab(label="Alles", count=number(len(events)), url="?", current=not asked)]
    for source in SOURCES:
        found = sum(each.source.slug == source.slug for each in events)
        if found or asked == source.slug:
            url = f"?{urlencode({'toon': source.slug})}"
            tabs.append(Tab(label=source.label, count=number(found), url=url, current=asked == source.slug))
    return tabs
