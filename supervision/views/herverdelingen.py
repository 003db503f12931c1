"""A herverdeling: one municipality takes persons over from another."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right
from supervision.actions import ReasonNeeded, Refused, agree_herverdeling
from supervision.models import Herverdeling
from supervision.rules.dutch import persons
from supervision.rules.period import Period
from supervision.screens.forms import HerverdelingForm
from supervision.views.common import province_of


@needs(Right.ENTER_FIGURES)
def herverdeling_add(request: StaffRequest, *, period: Period) -> HttpResponse:
    moment = now()
    municipalities = Municipality.objects.filter(province=province_of(request))
    form = HerverdelingForm(
        request.POST if request.method == "POST" else None,
        municipalities=municipalities.existing_within(start=period.start, end=period.peildatum),
        today=localdate(moment),
        initial={"submission": uuid4()},
    )
    if form.is_valid() and (agreed := _agree(request, form, period=period, moment=moment)):
        messages.success(request, _sentence(agreed, is_new=agreed.delivery.recorded_at == moment))
        return redirect("supervision:entry", period=period)
    context = {"form": form, "period": period}
    return render(request, "supervision/herverdeling_add.html", context, status=422 if form.is_bound else 200)


def _agree(request: StaffRequest, form: HerverdelingForm, *, period: Period, moment: datetime) -> Herverdeling | None:
    """None when it was refused; the form then says why."""
    typed = form.cleaned_data
    try:
        return agree_herverdeling(
            by=request.user,
            period=period,
            from_municipality=typed["from_municipality"],
            to_municipality=typed["to_municipality"],
            count=typed["persons"],
            agreed_on=typed["agreed_on"],
            note=typed["note"],
            submission=typed["submission"],
            now=moment,
        )
    except ReasonNeeded as refusal:
        form.add_error("note", str(refusal))
        return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _sentence(agreed: Herverdeling, *, is_new: bool) -> str:
    what = f"{agreed.to_municipality} neemt {persons(agreed.persons)} over van {agreed.from_municipality}"
    return f"Opgeslagen: {what}." if is_new else f"Dit stond er al, en is niet nog eens opgeslagen: {what}."
