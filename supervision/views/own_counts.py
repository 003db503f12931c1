"""What a municipality counts itself: it stands beside COA's count and never in a sum."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Entry, record_figures
from supervision.rules.dutch import long_date, persons
from supervision.rules.opgave import OwnCount
from supervision.rules.period import Period
from supervision.screens.ledger_forms import OwnCountForm
from supervision.views.common import municipality_of, province_of


@needs(Right.ENTER_FIGURES)
def own_count_add(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    moment = now()
    municipality = municipality_of(request, code=code, period=period)
    form = OwnCountForm(request.POST if request.method == "POST" else None, period=period, today=localdate(moment))
    if form.is_valid():
        typed = form.cleaned_data
        kind = OwnCount(typed["soort"])
        entry = Entry(
            municipality=municipality, kind=kind, persons=typed["personen"], as_of=typed["dag"], overrules=True
        )
        recorded = record_figures(
            by=request.user,
            province=province_of(request),
            period=period,
            entries=[entry],
            now=moment,
            document=typed["document"],
        )
        what = f"{persons(entry.persons)} {kind.dutch} op {long_date(typed['dag'])}"
        if recorded.delivery:
            messages.success(request, f"Opgeslagen: {what}.")
        else:
            messages.info(request, f"Dit stond er al: {what}.")
        return redirect("supervision:municipality", period=period, code=code)
    context = {"form": form, "period": period, "municipality": municipality}
    return render(request, "supervision/own_count_add.html", context, status=422 if form.is_bound else 200)
