"""The documents of a frozen letter, as they were kept, and the e-mail that goes with them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from letters.models import Dispatch, Letter, LetterDocument
from letters.papers.documents import Damaged, checked, metadata_of
from letters.papers.mail import eml
from letters.papers.mails import draft_of
from letters.procedure import State
from letters.screens.step_forms import MailForm
from letters.views.downloads import download
from letters.views.steps import letter_in_sight, sent_by, step_page
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right

DAMAGED = 409


@needs(Right.LOOK)
def document(request: StaffRequest, *, pk: int, document: int) -> HttpResponse:
    letter = letter_in_sight(request, pk)
    found = letter.documents.filter(pk=document).first()
    if found is None:
        raise Http404("Dit stuk is er niet.")
    try:
        return download(checked(found), found.name)
    except Damaged as damaged:
        return _damaged(request, letter, damaged)


@needs(Right.LOOK)
def metadata(request: StaffRequest, *, pk: int) -> HttpResponse:
    """What a register of published documents asks of the public version."""
    letter = letter_in_sight(request, pk)
    public = letter.documents.filter(role=LetterDocument.Role.PUBLIC).first()
    if public is None:
        raise Http404("Van deze brief is er geen openbare versie.")
    try:
        written = metadata_of(letter, public)
    except Damaged as damaged:
        return _damaged(request, letter, damaged)
    name = public.name.removesuffix(".pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "Cache-Control": "private, no-store"}
    return HttpResponse(written, content_type="application/json", headers=headers)


@needs(Right.MAKE_LETTERS)
def mail(request: StaffRequest, *, pk: int) -> HttpResponse:
    """A draft to be sent with one's own mail program; registering the sending is a step of its own."""
    letter = letter_in_sight(request, pk)
    form = MailForm(sent_by(request), letter=letter)
    if letter.state not in (State.AGREED, State.SENT):
        raise Http404("Een e-mail kan worden klaargezet als de brief is vastgesteld.")
    if form.is_valid():
        to, address = Dispatch.To(form.cleaned_data["aan"]), form.cleaned_data["adres"]
        return _draft(request, letter, to=to, address=address)
    sentence = (
        "U krijgt een bestand dat uw mailprogramma opent als bericht, met alle stukken erbij. Verzenden doet u zelf; "
        "leg daarna de verzending vast."
    )
    return step_page(request, letter, form, title="E-mail klaarzetten", sentence=sentence, button="Bestand maken")


@needs(Right.MAKE_LETTERS)
def dispatch_mail(request: StaffRequest, *, pk: int, dispatch: int) -> HttpResponse:
    letter = letter_in_sight(request, pk)
    found = letter.dispatches.filter(pk=dispatch, way=Dispatch.Way.E_MAIL).first()
    if found is None:
        raise Http404("Deze verzending per e-mail is er niet.")
    return _draft(request, letter, to=Dispatch.To(found.to), address=found.address)


def _draft(request: StaffRequest, letter: Letter, *, to: Dispatch.To, address: str) -> HttpResponse:
    try:
        data = eml(draft_of(letter, to=to, address=address))
    except Damaged as damaged:
        return _damaged(request, letter, damaged)
    name = f"{letter.kind}-{letter.municipality.code}-{letter.period}.eml"
    return HttpResponse(
        data,
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _damaged(request: StaffRequest, letter: Letter, damaged: Damaged) -> HttpResponse:
    context = {"row": letter, "municipality": letter.municipality, "period": letter.period, "sentence": str(damaged)}
    return render(request, "letters/damaged.html", context, status=DAMAGED)
