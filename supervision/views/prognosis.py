"""What if more persons were housed a week, in a half-year that runs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.figures import assess_municipality
from supervision.rules.period import Period
from supervision.screens.prognosis import foreseen_of, supposed_of
from supervision.screens.prognosis_forms import WhatIfForm
from supervision.views.common import municipality_of, stand_of


@needs(Right.LOOK)
def what_if(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """A page of its own; for htmx only the question and its answer. Of a half-year without a prognosis it says why."""
    moment = now()
    municipality, stand = municipality_of(request, code=code, period=period), stand_of(request, now=moment)
    known_at = stand.moment if stand else None
    assessment = assess_municipality(municipality=municipality, period=period, known_at=known_at)
    form = WhatIfForm.read(request.GET)
    context = {
        "municipality": municipality,
        "period": period,
        "stand": stand,
        "foreseen": foreseen_of(assessment, period, today=localdate(known_at or moment)),
        "what_if": form,
        "supposed": supposed_of(assessment, period, **form.asked) if form.is_valid() else None,
        "has_errors": bool(form.errors),
    }
    template = "supervision/what_if_answer.html" if request.htmx else "supervision/what_if.html"
    return render(request, template, context, status=422 if form.errors else 200)
