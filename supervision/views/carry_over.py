"""Herindeling: what the parts owed becomes the opening of the municipality that they went into."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right, refusal
from supervision import actions
from supervision.actions import Departs, ReasonNeeded, Recorded, Refused
from supervision.carry_over import CarryOver, carry_overs_of
from supervision.rules.dutch import persons, sum_of
from supervision.rules.period import Period
from supervision.screens.carry_over_page import CODE, CarryOverForm, carry_over_url, finding_of, section_of
from supervision.views.common import province_of

CHANGE = "wijzig"


@needs(Right.LOOK)
def carry_over(request: StaffRequest, *, period: Period) -> HttpResponse:
    """GET shows what each opening is made up of; POST carries one over."""
    may_enter, is_sent = request.user.may(Right.ENTER_FIGURES), request.method == "POST"
    if is_sent and not may_enter:
        raise PermissionDenied(refusal(right=Right.ENTER_FIGURES, role=request.user.role))
    found = carry_overs_of(province=province_of(request), period=period)
    forms = {each.municipality.code: _form(request, each) for each in found} if may_enter else {}
    sent = forms.get(request.POST.get(CODE, "")) if is_sent else None
    if sent and sent.is_valid() and _carry(request, sent, moment=now()):
        return redirect(carry_over_url(period, anchor=sent.waiting.municipality.code))
    if is_sent and not sent:
        messages.warning(request, "Van deze gemeente is hier niets over te nemen. Kies er hieronder een.")
    sections = [section_of(each, forms.get(each.municipality.code)) for each in found]
    context = {
        "period": period,
        "sections": sections,
        "finding": finding_of(sections, period),
        "may_enter": may_enter,
        "has_errors": bool(sent),
    }
    return render(request, "supervision/carry_over.html", context, status=422 if is_sent else 200)


def _form(request: StaffRequest, waiting: CarryOver) -> CarryOverForm | None:
    """None where it stands recorded and nobody asked to change it."""
    code = waiting.municipality.code
    if request.method == "POST" and request.POST.get(CODE) == code:
        return CarryOverForm(request.POST, waiting=waiting)
    is_open = waiting.figure is None or request.GET.get(CHANGE) == code
    return CarryOverForm(None, waiting=waiting) if is_open else None


def _carry(request: StaffRequest, form: CarryOverForm, *, moment: datetime) -> bool:
    """False when it was refused; the form then says why."""
    try:
        recorded = actions.carry_over(
            by=request.user,
            municipality=form.waiting.municipality,
            period=form.waiting.period,
            shares=form.shares,
            based_on=form.based_on,
            now=moment,
            reason=form.cleaned_data["reden"],
        )
    except (ReasonNeeded, Departs) as refused:
        form.add_error("reden", str(refused))
        return False
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    _tell(request, form, recorded)
    return True


def _tell(request: StaffRequest, form: CarryOverForm, recorded: Recorded) -> None:
    terms = [share.persons for share in form.shares]
    what = f"{form.waiting.municipality.name} begint {form.waiting.period} met {persons(sum(terms))}"
    written_out = f" ({sum_of(terms)})" if len(terms) > 1 else ""
    if recorded.delivery:
        messages.success(request, f"Overgenomen: {what}{written_out}.")
    else:
        messages.info(request, f"Zo stond het er al, en er is niets veranderd: {what}{written_out}.")
