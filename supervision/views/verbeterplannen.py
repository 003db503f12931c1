"""A verbeterplan: asked for, and brought from state to state."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right, refusal
from supervision.actions import Refused
from supervision.actions.dossier import Mistake
from supervision.actions.verbeterplan import request_plan, take_step, withdraw_plan
from supervision.dossier import Plan, agreements_of, plans_of
from supervision.rules.period import Period
from supervision.rules.verbeterplan import FOLLOWS, State
from supervision.screens.dossier_forms import PlanForm, ReasonForm, StepForm
from supervision.screens.dossier_page import Place, agreement_line, late_by
from supervision.views.common import municipality_of


@needs(Right.KEEP_DOSSIER)
def plan_add(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"submission": uuid4()})
    if form.is_valid():
        try:
            made = request_plan(
                by=request.user, municipality=municipality, period=period, now=now(), **form.cleaned_data
            )
            messages.success(request, f"Opgeslagen: verbeterplan over {period} gevraagd.")
            return redirect("supervision:plan", period=period, code=code, pk=made.pk)
        except Refused as refused:
            _tell(form, refused)
    context = {"form": form, "municipality": municipality, "period": period}
    return render(request, "supervision/plan_add.html", context, status=422 if form.is_bound else 200)


@needs(Right.LOOK)
def plan(request: StaffRequest, *, period: Period, code: str, pk: int) -> HttpResponse:
    """GET shows its steps; POST takes the next one."""
    municipality, may_keep = municipality_of(request, code=code, period=period), request.user.may(Right.KEEP_DOSSIER)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied(refusal(right=Right.KEEP_DOSSIER, role=request.user.role))
    shown = _plan(municipality, pk)
    sent = request.POST if request.method == "POST" else None
    form = StepForm(sent, state=_seen(request, shown))
    if form.is_valid() and _step(request, form, shown, moment=now()):
        return redirect("supervision:plan", period=period, code=code, pk=pk)
    place, today = Place(municipality=municipality, period=period), localdate()
    own = [each for each in agreements_of(municipality=municipality) if each.plan_id == pk]
    context = {
        "municipality": municipality,
        "period": period,
        "shown": shown,
        "form": form,
        "late": late_by(shown.last.due, today) if shown.last.due and shown.is_late(today) else "",
        "agreements": [agreement_line(each, place, today=today) for each in own],
        "may_keep": may_keep and not shown.plan.is_withdrawn,
        "may_step": may_keep and not shown.plan.is_withdrawn and FOLLOWS[shown.state],
    }
    return render(request, "supervision/plan.html", context, status=422 if form.is_bound else 200)


def _seen(request: StaffRequest, shown: Plan) -> State:
    """The state that the sender saw; that it is another by now, the action says."""
    sent = request.POST.get("seen", "")
    return State(sent) if sent in set(State) else shown.state


def _step(request: StaffRequest, form: StepForm, shown: Plan, *, moment: datetime) -> bool:
    """False when it was refused; the form then says why."""
    typed = form.cleaned_data
    try:
        step = take_step(
            by=request.user,
            plan=shown.plan,
            seen=State(typed["seen"]),
            state=State(typed["state"]),
            on=typed["on"],
            due=typed["due"],
            note=typed["note"],
            now=moment,
        )
    except Refused as refused:
        _tell(form, refused)
        return False
    messages.success(request, f"Opgeslagen: het verbeterplan staat op ‘{step.state}’.")
    return True


@needs(Right.KEEP_DOSSIER)
def plan_withdraw(request: StaffRequest, *, period: Period, code: str, pk: int) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    shown = _plan(municipality, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = withdraw_plan(by=request.user, plan=shown.plan, reason=form.cleaned_data["reason"], now=now())
        except Refused as refused:
            _tell(form, refused)
        else:
            told = "Ingetrokken. Het blijft in het dossier staan." if done else "Dit was al ingetrokken."
            messages.success(request, told)
            return redirect("supervision:plan", period=period, code=code, pk=pk)
    context = {"form": form, "municipality": municipality, "period": period, "shown": shown}
    return render(request, "supervision/plan_withdraw.html", context, status=422 if form.is_bound else 200)


def _plan(municipality: Municipality, pk: int) -> Plan:
    found = next(
        (each for each in plans_of(municipality=municipality, with_withdrawn=True) if each.plan.pk == pk), None
    )
    if found is None:
        raise Http404(f"In het dossier van {municipality.name} staat op dit adres geen verbeterplan.")
    return found


def _tell(form: PlanForm | StepForm | ReasonForm, refused: Refused) -> None:
    field = refused.field if isinstance(refused, Mistake) else ""
    form.add_error(field if field in form.fields else None, str(refused))
