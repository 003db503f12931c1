"""One municipality in a half-year: where it stands, why, and how it came there; and the list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.models import PostAddress
from municipalities.rights import Right
from supervision.carry_over import parts_behind, predecessors_of
from supervision.differences import difference_of, explanations_of
from supervision.figures import (
    Assessment,
    assess_municipality,
    assess_province,
    figures_behind,
)
from supervision.models import Figure
from supervision.rules.opgave import AnyKind, Opening
from supervision.rules.period import Period
from supervision.screens.added import summary_and_lists
from supervision.screens.carry_over_page import carry_over_url, forebears_of, successions_of
from supervision.screens.course import closed_course_of, own_counts_of, running_course_of
from supervision.screens.dossier_page import Place
from supervision.screens.downloads import CSV_TYPE, history_csv, history_filename
from supervision.screens.explanation import (
    Sum,
    Taken,
    decided_in_words,
    following_of,
    history_of,
    sum_of_half_year,
    verdict_on,
    weighed,
)
from supervision.screens.prognosis import foreseen_of, running_period_of
from supervision.screens.prognosis_forms import WhatIfForm
from supervision.views.common import municipality_of, province_of, stand_of


@needs(Right.LOOK)
def municipalities(request: StaffRequest, *, period: Period) -> HttpResponse:
    province = province_of(request)
    assessments = assess_province(province=province, period=period)
    addresses = PostAddress.objects.filter(municipality__province=province)
    address_of = {address.municipality_id: address for address in addresses}
    rows = [(assessment, address_of.get(assessment.municipality.pk)) for assessment in assessments]
    return render(request, "supervision/municipalities.html", {"period": period, "rows": rows})


@needs(Right.LOOK)
def municipality(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality, stand = municipality_of(request, code=code, period=period), stand_of(request, now=now())
    known_at = stand.moment if stand else None
    may_enter = request.user.may(Right.ENTER_FIGURES) and stand is None
    assessment = assess_municipality(municipality=municipality, period=period, known_at=known_at)
    advice, policy = assessment.advice, assessment.policy
    behind = figures_behind(
        municipality=municipality, period=period, counted_from=assessment.opgave.counted_to, known_at=known_at
    )
    predecessors = predecessors_of(municipality, known_at=known_at)
    place = Place(municipality=municipality, period=period)
    summary, lists = summary_and_lists(place, today=localdate(), known_at=known_at)
    context = {
        "municipality": municipality,
        "forebears": forebears_of(predecessors, heir=municipality),
        "address": getattr(municipality, "post_address", None),
        "successions": successions_of(municipality),
        "period": period,
        "stand": stand,
        "today": localdate(),
        "now_url": request.path,
        "assessment": assessment,
        "verdict": verdict_on(assessment, assessment.sensitivity()),
        "decided": decided_in_words(assessment),
        "policy_pk": assessment.policies.pk_in_force(period),
        "sum": _sum(assessment, behind, _taken(behind, period), may_enter=may_enter, known_at=known_at),
        "weighed": weighed(advice, policy) if advice and policy else (),
        "history": history_of(assessment),
        "following": following_of(assessment),
        "course": running_course_of(assessment),
        "counted_within": closed_course_of(assessment),
        "own_counts": own_counts_of(behind),
        "foreseen": foreseen_of(assessment, running_period_of(assessment), today=localdate(known_at)),
        "what_if": WhatIfForm(),
        "may_enter": may_enter,
        "may_prepare": request.user.may(Right.PREPARE_TALKS),
        "summary": summary,
        "lists": lists,
        "may_keep": request.user.may(Right.KEEP_DOSSIER) and stand is None,
        "entry_url": reverse("supervision:entry", kwargs={"period": period}),
    }
    return render(request, "supervision/municipality.html", context)


def _sum(
    assessment: Assessment,
    behind: Mapping[AnyKind, Sequence[Figure]],
    taken: Taken,
    *,
    may_enter: bool,
    known_at: datetime | None,
) -> Sum:
    municipality, address = assessment.municipality, {"period": assessment.period}
    explanations = explanations_of(
        province=municipality.province, period=assessment.period, of=municipality, known_at=known_at
    )
    return sum_of_half_year(
        assessment,
        behind=behind,
        taken=taken,
        herverdelingen=assessment.swaps,
        entry_url=reverse("supervision:entry", kwargs=address) if may_enter else "",
        difference=difference_of(assessment, explanations),
        differences_url=reverse("supervision:differences", kwargs=address),
    )


def _taken(behind: Mapping[AnyKind, Sequence[Figure]], period: Period) -> Taken:
    standing = [figure for figure in behind[Opening.CARRIED_OVER] if not figure.delivery.is_withdrawn]
    return Taken(
        parts=tuple(parts_behind(standing[0])) if standing else (),
        url=carry_over_url(period),
    )


@needs(Right.LOOK)
def municipality_csv(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    assessment = assess_municipality(municipality=municipality, period=period)
    filename = history_filename(municipality=municipality)
    return HttpResponse(
        history_csv(assessment),
        content_type=CSV_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"},
    )
