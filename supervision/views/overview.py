"""The overview of a half-year: the first page, and the same table as a workbook."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.carry_over import carry_overs_of
from supervision.deliveries import latest_delivery
from supervision.differences import explanations_of
from supervision.figures import assess_province, closing_of, current_period, has_sample_figures, known_periods
from supervision.rules.period import Period
from supervision.screens.added import work_left
from supervision.screens.agenda import NOTHING_LATE
from supervision.screens.downloads import WORKBOOK_TYPE, overview_filename, overview_workbook
from supervision.screens.overview import Addresses, closing_in_words, page_of
from supervision.screens.overview_table import Choice
from supervision.views.common import province_of, stand_of


@needs(Right.LOOK)
def home(request: StaffRequest) -> HttpResponseRedirect:
    """To the half-year that was closed last."""
    known = known_periods(province=province_of(request))
    return redirect("supervision:overview", period=current_period(known, today=localdate()))


@needs(Right.LOOK)
def overview(request: StaffRequest, *, period: Period) -> HttpResponse:
    province, stand = province_of(request), stand_of(request, now=now())
    known_at = stand.moment if stand else None
    choice = Choice.read(request.GET, stand=stand.asked if stand else "")
    for problem in choice.problems:
        messages.warning(request, problem)
    assessments = assess_province(province=province, period=period, known_at=known_at)
    addresses = _addresses(request, choice, period)
    explanations = explanations_of(province=province, period=period, known_at=known_at)
    carry_overs = [
        waiting
        for each in (period, period.next)
        for waiting in carry_overs_of(province=province, period=each, known_at=known_at)
    ]
    late, added = (
        work_left(province=province, period=period, today=localdate()) if stand is None else (NOTHING_LATE, [])
    )
    context = {
        "period": period,
        "stand": stand,
        "today": localdate(),
        "now_url": replace(choice, stand="").url(),
        "choice": choice,
        "page": page_of(
            assessments,
            choice,
            province=province,
            period=period,
            addresses=addresses,
            explanations=explanations,
            carry_overs=carry_overs,
            late=late,
            added=added,
        ),
        "closing": closing_in_words(closing_of(assessments), assessments, period=period),
        "policy": assessments[0].policy if assessments else None,
        "policy_pk": assessments[0].policies.pk_in_force(period) if assessments else None,
        "delivery": latest_delivery(province=province, period=period, known_at=known_at),
        "may_enter": request.user.may(Right.ENTER_FIGURES) and stand is None,
    }
    return render(request, "supervision/overview.html", context)


def _addresses(request: StaffRequest, choice: Choice, period: Period) -> Addresses:
    """A figure that lacks leads to the grid where it is typed; for who only looks, to the rows that lack it."""
    stand = f"?{urlencode({'stand': choice.stand})}" if choice.stand else ""
    municipalities = reverse("supervision:municipalities", kwargs={"period": period}) + stand
    differences = reverse("supervision:differences", kwargs={"period": period})
    agenda = reverse("supervision:agenda", kwargs={"period": period})
    decisions = reverse("supervision:decisions", kwargs={"period": period})
    if request.user.may(Right.ENTER_FIGURES):
        return Addresses(
            agenda=agenda,
            entry=reverse("supervision:entry", kwargs={"period": period}),
            next_entry=reverse("supervision:entry", kwargs={"period": period.next}),
            municipalities=municipalities,
            differences=differences,
            decisions=decisions,
        )
    lacking = Choice(show="ontbreekt").url()
    next_overview = reverse("supervision:overview", kwargs={"period": period.next})
    return Addresses(
        agenda=agenda,
        entry=choice.url(show="ontbreekt"),
        next_entry=f"{next_overview}{lacking}",
        municipalities=municipalities,
        differences=differences,
        decisions=decisions,
    )


@needs(Right.LOOK)
def overview_xlsx(request: StaffRequest, *, period: Period) -> HttpResponse:
    province = province_of(request)
    workbook = overview_workbook(
        assess_province(province=province, period=period),
        province=province,
        period=period,
        has_sample_figures=has_sample_figures(province=province),
    )
    filename = overview_filename(province=province, period=period)
    return HttpResponse(
        workbook,
        content_type=WORKBOOK_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"},
    )
