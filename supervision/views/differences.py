"""The openings of COA that differ from what was computed, each to be explained."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right, refusal
from supervision.actions import Refused, explain_differences
from supervision.differences import differences_of, explanations_of, together
from supervision.figures import assess_province
from supervision.models import DifferenceExplained
from supervision.rules.dutch import count
from supervision.rules.period import Period
from supervision.screens.ledger_forms import ExplanationForm
from supervision.views.common import province_of


@needs(Right.LOOK)
def differences(request: StaffRequest, *, period: Period) -> HttpResponse:
    """GET shows them; POST explains those that are ticked."""
    province, may_explain = province_of(request), request.user.may(Right.ENTER_FIGURES)
    if request.method == "POST" and not may_explain:
        raise PermissionDenied(refusal(right=Right.ENTER_FIGURES, role=request.user.role))
    assessments = assess_province(province=province, period=period)
    found = differences_of(assessments, explanations_of(province=province, period=period))
    form = ExplanationForm(request.POST if request.method == "POST" else None, differences=found)
    if form.is_valid() and _explain(request, form, period=period, moment=now()):
        return redirect("supervision:differences", period=period)
    context = {
        "period": period,
        "form": form,
        "rows": [(difference, form.is_ticked(difference)) for difference in found],
        "open": sum(not difference.is_explained for difference in found),
        "together": together(assessments),
        "may_explain": may_explain,
    }
    return render(request, "supervision/differences.html", context, status=422 if form.is_bound else 200)


def _explain(request: StaffRequest, form: ExplanationForm, *, period: Period, moment: datetime) -> bool:
    """False when it was refused; the form then says why."""
    typed = form.cleaned_data
    try:
        explained = explain_differences(
            by=request.user,
            province=province_of(request),
            period=period,
            seen=form.seen,
            cause=DifferenceExplained.Cause(typed["oorzaak"]),
            note=typed["toelichting"],
            now=moment,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if explained:
        messages.success(request, f"{count(len(explained), 'verschil', 'verschillen')} verklaard.")
    else:
        messages.info(request, "Zo stond het er al: er is niets veranderd.")
    return True
