"""One municipality in a half-year: where it stands, why, and how it came there; and the list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality, PostAddress, Succession
from municipalities.rights import Right
from supervision.course import closed_course_of, own_counts_of, running_course_of
from supervision.differences import difference_of, explanations_of
from supervision.downloads import CSV_TYPE, history_csv, history_filename
from supervision.explanation import Sum, following_of, history_of, sum_of_half_year, verdict_on, weighed
from supervision.figures import (
    Assessment,
    assess_municipality,
    assess_province,
    figures_behind,
    herverdelingen_behind,
)
from supervision.models import Figure
from supervision.prognosis import foreseen_of, running_period_of
from supervision.prognosis_forms import WhatIfForm
from supervision.rules.dutch import enumeration, long_date
from supervision.rules.opgave import AnyKind
from supervision.rules.period import Period
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
    context = {
        "municipality": municipality,
        "address": getattr(municipality, "post_address", None),
        "successions": successions_of(municipality),
        "period": period,
        "stand": stand,
        "today": localdate(),
        "now_url": request.path,
        "assessment": assessment,
        "verdict": verdict_on(assessment, assessment.sensitivity()),
        "policy_pk": assessment.policies.pk_in_force(period),
        "sum": _sum(assessment, behind, may_enter=may_enter, known_at=known_at),
        "weighed": weighed(advice, policy) if advice and policy else (),
        "history": history_of(assessment),
        "following": following_of(assessment),
        "course": running_course_of(assessment),
        "counted_within": closed_course_of(assessment),
        "own_counts": own_counts_of(behind),
        "foreseen": foreseen_of(assessment, running_period_of(assessment), today=localdate(known_at)),
        "what_if": WhatIfForm(),
        "may_enter": may_enter,
        "entry_url": reverse("supervision:entry", kwargs={"period": period}),
    }
    return render(request, "supervision/municipality.html", context)


def _sum(
    assessment: Assessment,
    behind: Mapping[AnyKind, Sequence[Figure]],
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
        herverdelingen=herverdelingen_behind(municipality=municipality, period=assessment.period, known_at=known_at),
        entry_url=reverse("supervision:entry", kwargs=address) if may_enter else "",
        difference=difference_of(assessment, explanations),
        differences_url=reverse("supervision:differences", kwargs=address),
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


def successions_of(municipality: Municipality) -> list[str]:
    """What became of it and what it came from, a sentence per herindeling."""
    rows = Succession.objects.filter(Q(from_municipality=municipality) | Q(to_municipality=municipality))
    rows = rows.select_related("from_municipality", "to_municipality").order_by("on", "kind", "pk")
    sentences = []
    for (on, kind, is_origin), group in groupby(
        rows, key=lambda row: (row.on, row.kind, row.to_municipality_id == municipality.pk)
    ):
        others = [row.from_municipality.name if is_origin else row.to_municipality.name for row in group]
        sentences.append(_succession(long_date(on), Succession.Kind(kind), enumeration(others), is_origin=is_origin))
    return sentences


def _succession(day: str, kind: Succession.Kind, others: str, *, is_origin: bool) -> str:
    match kind, is_origin:
        case Succession.Kind.GRENSCORRECTIE, True:
            return f"Kreeg op {day} een deel van {others}."
        case Succession.Kind.GRENSCORRECTIE, False:
            return f"Op {day} ging een deel over naar {others}."
        case Succession.Kind.NAAMSWIJZIGING, True:
            return f"Heette tot {day} {others}."
        case Succession.Kind.NAAMSWIJZIGING, False:
            return f"Heet sinds {day} {others}."
        case _, True:
            return f"Op {day} ontstaan uit {others}."
        case _, False:
            return f"Op {day} opgegaan in {others}."
