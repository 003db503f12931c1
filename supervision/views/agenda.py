"""The agenda of the province in a half-year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.rules.period import Period
from supervision.screens.added import dues_added
from supervision.screens.agenda import agenda_of, days_of
from supervision.views.common import province_of


@needs(Right.LOOK)
def agenda(request: StaffRequest, *, period: Period) -> HttpResponse:
    province, today = province_of(request), localdate()
    added = dues_added(province=province, within=days_of(period), today=today)
    shown = agenda_of(province=province, period=period, today=today, added=added)
    return render(request, "supervision/agenda.html", {"period": period, "agenda": shown})
