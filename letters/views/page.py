"""The letter to the college before there is one: what it would say now, and the button that makes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from letters.actions.making import letter_to_the_college, make_concept
from letters.figures import Obstacle, case_of, letterhead_of, sender_of, usual_details
from letters.obstacles import why_not
from letters.own_texts import blocks_of
from letters.words.blocks import place
from letters.words.composing import compose
from letters.words.kinds import usual_kind
from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.rules.period import Period
from supervision.views.common import municipality_of


@needs(Right.LOOK)
def letter(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """Where there is a letter, to that."""
    municipality = municipality_of(request, code=code, period=period)
    there = letter_to_the_college(municipality=municipality, period=period)
    if there is not None:
        return redirect("letters:page", pk=there.pk)
    case = case_of(municipality=municipality, period=period)
    context = {"municipality": municipality, "period": period, "may_make": request.user.may(Right.MAKE_LETTERS)}
    if isinstance(case, Obstacle):
        return render(request, "letters/no_letter.html", {**context, "why_not": why_not(case, period)})
    letterhead, kind = letterhead_of(municipality.province), usual_kind(case.step)
    details = usual_details(letterhead=letterhead, maker=request.user, on=localdate())
    placed = place(blocks_of(province=municipality.province, kind=kind), case=case)
    content = compose(case=case, sender=sender_of(letterhead, details), details=details, kind=kind, placed=placed)
    return render(request, "letters/no_concept.html", {**context, "kind": kind, "letter": content})


@needs(Right.MAKE_LETTERS)
def make(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """However often it is pressed, there is one concept. By GET, as after logging in again: the page with the button."""
    municipality = municipality_of(request, code=code, period=period)
    if request.method == "POST":
        return _make(request, municipality, period)
    return redirect("letters:letter", period=period, code=code)


def _make(request: StaffRequest, municipality: Municipality, period: Period) -> HttpResponse:
    try:
        concept = make_concept(by=request.user, municipality=municipality, period=period, now=now(), today=localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("letters:letter", period=period, code=municipality.code)
    return redirect("letters:page", pk=concept.pk)
