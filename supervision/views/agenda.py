"""The agenda of the province in a half-year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.agenda import agenda_of
from supervision.rules.period import Period
from supervision.views.common import province_of


@needs(Right.LOOK)
def agenda(request: StaffRequest, *, period: Period) -> HttpResponse:
    shown = agenda_of(province=province_of(request), period=period, today=localdate())
    return render(request, "supervision/agenda.html", {"period": period, "agenda": shown})
