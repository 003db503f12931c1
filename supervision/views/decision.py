"""One municipality's decision over a half-year: what it rests on, what happened, and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right, refusal
from supervision import actions
from supervision.figures import Assessment, assess_municipality
from supervision.models import Proposal
from supervision.procedure import Step, may_decide, right_for, steps_for
from supervision.proposing import why_no_interim, why_nothing
from supervision.rules.period import Period
from supervision.screens.decision_forms import SendBackForm
from supervision.screens.decision_page import events_of, history_of, record_of
from supervision.views.common import municipality_of, province_of
from supervision.views.decisions import tell

STEPS = {"vaststellen": Step.DECIDE, "terugsturen": Step.SEND_BACK, "intrekken": Step.WITHDRAW}


@needs(Right.LOOK)
def decision(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """The open proposal, else the decision in force, else the last proposal; with a way to every other."""
    return _page(request, municipality_of(request, code=code, period=period), period, form=SendBackForm())


@needs(Right.LOOK)
def proposal(request: StaffRequest, *, period: Period, code: str, pk: int) -> HttpResponse:
    """One proposal as it was made, whatever became of it."""
    return _page(request, municipality_of(request, code=code, period=period), period, form=SendBackForm(), pk=pk)


@require_POST
@needs(Right.LOOK)
def decision_step(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """Decide on the proposal that was in sight, send it back, or take it back."""
    municipality = municipality_of(request, code=code, period=period)
    step, pk = STEPS.get(request.POST.get("doe", "")), request.POST.get("voorstel", "")
    if step is None or not (pk.isascii() and pk.isdigit() and len(pk) <= 18):
        raise Http404("Deze stap bestaat niet. Ga terug en laad de pagina opnieuw.")
    if not request.user.may(right_for(step)):
        raise PermissionDenied(refusal(right=right_for(step), role=request.user.role))
    form = SendBackForm(request.POST if step is Step.SEND_BACK else None)
    if step is Step.SEND_BACK and not form.is_valid():
        return _page(request, municipality, period, form=form, status=422)
    remark = form.cleaned_data["opmerking"] if step is Step.SEND_BACK else ""
    try:
        tell(request, _take(request, step, int(pk), remark), step)
    except actions.Refused as refused:
        raise Http404(str(refused)) from refused
    return redirect("supervision:decision", period=period, code=code)


def _take(request: StaffRequest, step: Step, pk: int, remark: str) -> actions.Together:
    by, province, moment = request.user, province_of(request), now()
    if step is Step.DECIDE:
        return actions.decide(by=by, province=province, proposals=[pk], now=moment)
    if step is Step.SEND_BACK:
        return actions.send_back(by=by, province=province, proposals=[pk], remark=remark, now=moment)
    return actions.withdraw_proposal(by=by, province=province, proposal=pk, now=moment)


def _page(
    request: StaffRequest,
    municipality: Municipality,
    period: Period,
    *,
    form: SendBackForm,
    pk: int | None = None,
    status: int = 200,
) -> HttpResponse:
    assessment = assess_municipality(municipality=municipality, period=period)
    proposals = history_of(municipality=municipality, period=period)
    shown = _shown(proposals, pk)
    context = {
        "municipality": municipality,
        "period": period,
        "assessment": assessment,
        "record": record_of(shown, assessment) if shown else None,
        "events": events_of(proposals),
        "is_one_of_many": pk is not None,
        "form": form,
        "why_nothing": why_nothing(assessment),
        **_steps(request, shown, assessment),
    }
    return render(request, "supervision/decision.html", context, status=status)


def _shown(proposals: Sequence[Proposal], pk: int | None) -> Proposal | None:
    if pk is not None:
        found = next((each for each in proposals if each.pk == pk), None)
        if found is None:
            raise Http404("Dit voorstel is er niet.")
        return found
    opened = [each for each in proposals if each.state == Proposal.State.OPEN]
    in_force = [
        each for each in proposals if (made := getattr(each, "decision", None)) is not None and made.revised_at is None
    ]
    return next(iter([*opened, *in_force, *proposals]), None)


def _steps(request: StaffRequest, shown: Proposal | None, assessment: Assessment) -> dict[str, bool]:
    """What this user can do from here."""
    user, province = request.user, province_of(request)
    steps = set(steps_for(user, assessment.on_peildatum.state))
    is_open = shown is not None and shown.state == Proposal.State.OPEN
    is_own = shown is not None and shown.proposed_by_id == user.pk
    allowed = shown is not None and may_decide(
        user, proposed_by=shown.proposed_by_id, one_person_decides=province.one_person_decides
    )
    return {
        "may_decide": is_open and allowed,
        "may_send_back": is_open and user.may(right_for(Step.SEND_BACK)),
        "may_withdraw": is_open and user.may(right_for(Step.WITHDRAW)),
        "is_own_to_decide": is_open and is_own and user.may(Right.DECIDE) and not allowed,
        "may_propose": assessment.advice is not None and Step.PROPOSE in steps,
        "may_revise": assessment.advice is not None and Step.REVISE in steps,
        "may_propose_interim": user.may(Right.PROPOSE) and not why_no_interim(assessment),
    }
