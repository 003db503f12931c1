"""A batch at work: how far it is, and once more for what failed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from ibt.htmx import render
from letters.actions import batches
from letters.half_year import items_of
from letters.models import Batch
from letters.screens.batch_page import progress_of
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.rules.period import Period
from supervision.views.common import province_of


@needs(Right.LOOK)
def batch(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    """Who looks may see to it that it goes on: where workers were killed, its tasks are put in the queue again."""
    found = _batch_of(request, period, pk)
    is_quiet = batches.resume_when_quiet(found, now=now())
    progress = progress_of(
        found,
        items_of(found),
        municipalities_url=reverse("supervision:municipalities", kwargs={"period": period}),
        is_quiet=is_quiet,
    )
    context = {"period": period, "batch": found, "progress": progress, "may_make": request.user.may(Right.MAKE_LETTERS)}
    return render(request, "letters/batch.html", "letters/batch_progress.html", context)


@require_POST
@needs(Right.MAKE_LETTERS)
def batch_again(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    found = _batch_of(request, period, pk)
    try:
        found = batches.again(by=request.user, batch=found, now=now())
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("letters:batch", period=period, pk=found.pk)


def _batch_of(request: StaffRequest, period: Period, pk: int) -> Batch:
    rows = Batch.objects.select_related("province", "asked_by").filter(province=province_of(request), period=period)
    return get_object_or_404(rows, pk=pk)
