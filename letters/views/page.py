"""The letter of one municipality and half-year: a page to look at it, and the PDFs.

Whoever looks may read the letter on the page, as it changes nothing. A PDF on the letterhead of the
province is a letter: that, and what is filled in for it, is for those who make letters.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from letters import pdf
from letters.bijlage import compose_bijlage
from letters.case import Case
from letters.composing import compose
from letters.content import BijlageContent
from letters.figures import Obstacle, attached_to, case_of, letterhead_of, sender_of, usual_details
from letters.filenames import bijlage_filename, letter_filename
from letters.forms import LetterForm
from letters.models import Letterhead
from letters.obstacles import why_not
from letters.views.downloads import download
from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right
from supervision.rules.period import Period
from supervision.views.common import municipality_of

MAKE = "maak"
DOCUMENTS = {
    "brief-met-bijlage": "letters:letter_with_bijlage_pdf",
    "toezichtbrief": "letters:letter_pdf",
    "bijlage": "letters:bijlage_pdf",
}


@needs(Right.LOOK)
def letter(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    case = case_of(municipality=municipality, period=period)
    context = {"municipality": municipality, "period": period}
    if isinstance(case, Obstacle):
        return render(request, "letters/no_letter.html", {**context, "why_not": why_not(case, period)})
    letterhead = letterhead_of(municipality.province)
    may_make = request.user.may(Right.MAKE_LETTERS)
    form = _form(request, case, letterhead)
    if may_make and form.is_valid() and request.GET.get(MAKE) in DOCUMENTS:
        return HttpResponseRedirect(_address(request, DOCUMENTS[request.GET[MAKE]], period, code))
    content = compose(case=case, sender=sender_of(letterhead, form.details), details=form.details)
    return render(
        request,
        "letters/letter.html",
        {**context, "letter": content, "form": form if may_make else None},
    )


@needs(Right.MAKE_LETTERS)
def letter_pdf(request: StaffRequest, *, period: Period, code: str, with_bijlage: bool = False) -> HttpResponse:
    municipality, case, letterhead = _to_be_written(request, code, period)
    form = _form(request, case, letterhead)
    if form.is_bound and not form.is_valid():
        return HttpResponseRedirect(_address(request, "letters:letter", period, code))
    content = compose(case=case, sender=sender_of(letterhead, form.details), details=form.details)
    attached, pictures = attached_to(municipality, case=case, details=form.details), letterhead.pictures
    if with_bijlage:
        document = pdf.letter_with_bijlage_pdf(content, _bijlage(case, letterhead), attached, pictures=pictures)
        return download(document, f"toezichtbrief-met-bijlage-{municipality.code}-{period}.pdf")
    return download(pdf.letter_pdf(content, attached, pictures=pictures), letter_filename(municipality, period))


@needs(Right.MAKE_LETTERS)
def bijlage_pdf(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """The same bytes for every municipality of the province: nothing that is filled in stands in it."""
    _, case, letterhead = _to_be_written(request, code, period)
    document = pdf.bijlage_pdf(_bijlage(case, letterhead), pictures=letterhead.pictures)
    return download(document, bijlage_filename(period))


def _to_be_written(request: StaffRequest, code: str, period: Period) -> tuple[Municipality, Case, Letterhead]:
    municipality = municipality_of(request, code=code, period=period)
    case = case_of(municipality=municipality, period=period)
    if isinstance(case, Obstacle):
        raise Http404(why_not(case, period))
    return municipality, case, letterhead_of(municipality.province)


def _bijlage(case: Case, letterhead: Letterhead) -> BijlageContent:
    return compose_bijlage(
        policy=case.policy,
        valid_from=case.policy_from,
        period=case.opgave.period,
        sender=letterhead.as_sender(),
    )


def _form(request: StaffRequest, case: Case, letterhead: Letterhead) -> LetterForm:
    """Bound once it was sent; for those who make no letters it always has the usual details."""
    usual = usual_details(letterhead=letterhead, maker=request.user, on=localdate())
    is_sent = "datum" in request.GET and request.user.may(Right.MAKE_LETTERS)
    return LetterForm(request.GET if is_sent else None, case=case, usual=usual, signatories=letterhead.all_signatories)


def _address(request: StaffRequest, name: str, period: Period, code: str) -> str:
    """Another view of this letter, with the same details filled in."""
    filled = {key: value for key, value in request.GET.items() if key != MAKE}
    return f"{reverse(name, kwargs={'period': period, 'code': code})}?{urlencode(filled)}"
