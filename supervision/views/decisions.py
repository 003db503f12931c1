"""The worklist of a half-year: proposing and deciding, for several municipalities at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right, refusal
from supervision import actions
from supervision.figures import assess_province
from supervision.procedure import Step, right_for
from supervision.rules.dutch import count
from supervision.rules.period import Period
from supervision.screens.decision_forms import Act, WorklistForm
from supervision.screens.worklist import FILTERS, SHOW_ALL, Addresses, rows_of, worklist_of
from supervision.views.common import province_of


@needs(Right.LOOK)
def decisions(request: StaffRequest, *, period: Period) -> HttpResponse:
    """GET shows what is advised, proposed and decided; POST does one step with what is ticked."""
    _check_right(request)
    province, user = province_of(request), request.user
    assessments = assess_province(province=province, period=period, look_back=0)
    rows = rows_of(assessments, user=user, one_person=province.one_person_decides, addresses=_addresses(period))
    show = _show(request)
    worklist = worklist_of(rows, user=user, show=show)
    form = WorklistForm(request.POST if request.method == "POST" else None, rows=worklist.rows)
    if form.is_valid() and _do(request, form, period=period, moment=now()):
        return redirect(request.get_full_path())
    context = {
        "period": period,
        "form": form,
        "worklist": worklist,
        "rows": [(row, form.is_ticked(row.municipality.code)) for row in worklist.rows],
        "show": show,
        "policy": assessments[0].policy if assessments else None,
        "policy_pk": assessments[0].policies.pk_in_force(period) if assessments else None,
    }
    return render(request, "supervision/decisions.html", context, status=422 if form.is_bound else 200)


def _check_right(request: StaffRequest) -> None:
    if request.method != "POST":
        return
    act = Act.read(request.POST)
    right = right_for(act.step) if act else Right.PROPOSE
    if not request.user.may(right):
        raise PermissionDenied(refusal(right=right, role=request.user.role))


def _addresses(period: Period) -> Addresses:
    return Addresses(
        municipalities=reverse("supervision:municipalities", kwargs={"period": period}),
        decisions=reverse("supervision:decisions", kwargs={"period": period}),
    )


def _show(request: StaffRequest) -> str:
    show = request.GET.get("toon", SHOW_ALL)
    if show in FILTERS:
        return show
    shown = show if len(show) <= 30 else f"{show[:30]}…"
    messages.warning(request, f"‘{shown}’ kunt u niet tonen. U ziet alle gemeenten.")
    return SHOW_ALL


def _do(request: StaffRequest, form: WorklistForm, *, period: Period, moment: datetime) -> bool:
    """False when it was refused as a whole; the form then says why."""
    by, province, step = request.user, province_of(request), form.act.step if form.act else Step.PROPOSE
    try:
        if step is Step.PROPOSE:
            result = actions.propose_following(by=by, province=province, period=period, seen=form.seen, now=moment)
        elif step is Step.DECIDE:
            result = actions.decide(by=by, province=province, proposals=form.proposals, now=moment)
        else:
            remark = form.cleaned_data["opmerking"]
            result = actions.send_back(by=by, province=province, proposals=form.proposals, remark=remark, now=moment)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return False
    tell(request, result, step)
    return True


_DONE = {
    Step.PROPOSE: ("voorstel gedaan", "voorstellen gedaan"),
    Step.DECIDE: ("besluit vastgesteld", "besluiten vastgesteld"),
    Step.SEND_BACK: ("voorstel teruggestuurd", "voorstellen teruggestuurd"),
    Step.WITHDRAW: ("voorstel ingetrokken", "voorstellen ingetrokken"),
}


def tell(request: StaffRequest, result: actions.Together, step: Step) -> None:
    """What was done together, and each that was not with its own reason."""
    if result.done:
        names = f": {result.done[0].name}" if len(result.done) == 1 else ""
        messages.success(request, f"{count(len(result.done), *_DONE[step])}{names}.")
    for refused in result.refused:
        messages.warning(request, refused.sentence)
