"""Proposing for one municipality: on the peildatum, or a lower trede before it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision import actions
from supervision.figures import Assessment, assess_municipality
from supervision.fingerprint import seen_of
from supervision.models import Occasion
from supervision.proposing import why_no_interim, why_nothing
from supervision.rules.period import Period
from supervision.screens.decision_forms import InterimForm, ProposalForm, SeenForm
from supervision.screens.explanation import verdict_on
from supervision.views.common import municipality_of


@needs(Right.PROPOSE)
def propose(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """The advised trede is chosen; another takes a reason. Where one was decided already: its revision."""
    municipality = municipality_of(request, code=code, period=period)
    assessment = assess_municipality(municipality=municipality, period=period)
    form = _proposal_form(request, assessment)
    if form is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.propose(
                by=request.user,
                municipality=municipality,
                period=period,
                seen=typed["gezien"],
                trede=typed["trede"],
                outcome=typed.get("uitkomst", ""),
                reason=typed["reden"],
                now=now(),
            )
        except actions.Refused as refused:
            assessment = _refuse(form, refused, assessment, Occasion.PEILDATUM)
        else:
            messages.success(request, f"Trede {typed['trede']} voorgesteld voor {municipality.name}.")
            return redirect("supervision:decisions", period=period)
    return _page(request, assessment, form, "supervision/propose.html", why_not=why_nothing(assessment))


def _proposal_form(request: StaffRequest, assessment: Assessment) -> ProposalForm | None:
    policy, advice = assessment.policy, assessment.advice
    if policy is None or advice is None:
        return None
    return ProposalForm(
        request.POST if request.method == "POST" else None,
        policy=policy,
        advice=advice.trede,
        is_revision=assessment.decided is not None,
        seen=seen_of(assessment),
    )


@needs(Right.PROPOSE)
def propose_interim(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """A lower trede from a day on, once the achterstand is gone."""
    municipality = municipality_of(request, code=code, period=period)
    assessment = assess_municipality(municipality=municipality, period=period)
    form = _interim_form(request, assessment)
    if form is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.propose_interim(
                by=request.user,
                municipality=municipality,
                period=period,
                seen=typed["gezien"],
                trede=typed["trede"],
                holds_from=typed["vanaf"],
                reason=typed["reden"],
                now=now(),
            )
        except actions.Refused as refused:
            assessment = _refuse(form, refused, assessment, Occasion.INTERIM)
        else:
            messages.success(request, f"Trede {typed['trede']} tussentijds voorgesteld voor {municipality.name}.")
            return redirect("supervision:decision", period=period, code=code)
    return _page(request, assessment, form, "supervision/propose_interim.html", why_not=why_no_interim(assessment))


def _interim_form(request: StaffRequest, assessment: Assessment) -> InterimForm | None:
    policy, stood_on = assessment.policy, assessment.trede_in(assessment.period.previous)
    if policy is None or stood_on is None or why_no_interim(assessment):
        return None
    return InterimForm(
        request.POST if request.method == "POST" else None,
        policy=policy,
        stood_on=stood_on,
        today=localdate(),
        seen=seen_of(assessment, Occasion.INTERIM),
    )


def _refuse(form: SeenForm, refused: actions.Refused, was: Assessment, occasion: Occasion) -> Assessment:
    """Says why: beside the reason where that is what lacks. Gives what stands now, which the form then is about."""
    form.add_error("reden" if isinstance(refused, actions.DepartureNeedsReason) else None, str(refused))
    current = assess_municipality(municipality=was.municipality, period=was.period)
    form.see_anew(seen_of(current, occasion))
    return current


def _page(
    request: StaffRequest, assessment: Assessment, form: forms.Form | None, template: str, *, why_not: str
) -> HttpResponse:
    context = {
        "municipality": assessment.municipality,
        "period": assessment.period,
        "assessment": assessment,
        "verdict": verdict_on(assessment, assessment.sensitivity()),
        "form": form,
        "why_not": why_not,
    }
    return render(request, template, context, status=422 if form is not None and form.is_bound else 200)
