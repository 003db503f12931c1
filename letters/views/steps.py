"""A page per step of a letter: what it does, a form, and why it cannot be where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from letters.actions import agreeing, ending, sending
from letters.actions.steps import WROTE_IT
from letters.figures import Obstacle
from letters.models import Letter
from letters.obstacles import why_not
from letters.readiness import letter_of, ready, why_not_submitted, writers_of
from letters.screens.step_forms import AgreeForm, ConfirmForm, ReceiptForm, RemarkForm, SendForm, SubmitForm
from letters.words.kinds import kinds
from letters.words.public import personal_in
from letters.written import written
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions.ledger import Refused
from supervision.views.common import province_of


def letter_in_sight(request: StaffRequest, pk: int) -> Letter:
    found = letter_of(province=province_of(request), pk=pk)
    if found is None:
        raise Http404("Deze brief is er niet.")
    request.period_in_sight = found.period
    return found


def taking(request: StaffRequest, letter: int) -> dict[str, Any]:
    """Who takes the step, with which letter, and when."""
    return {"by": request.user, "letter": letter, "now": now()}


def sent_by(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def done(form: Form, act: Callable[[], object]) -> bool:
    """Take the step when the form is good; False when it was not taken, and then the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def step_page(request: StaffRequest, row: Letter, form: Form, *, why: str = "", **shown: Any) -> HttpResponse:
    """`why`: a sentence that says why it cannot be now; then there is no form."""
    context = {
        "row": row,
        "kind": kinds()[row.kind],
        "municipality": row.municipality,
        "period": row.period,
        "form": form,
        "why": why,
        **shown,
    }
    return render(request, "letters/step.html", context, status=422 if form.is_bound else 200)


@needs(Right.MAKE_LETTERS)
def submit(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter, today = letter_in_sight(request, pk), localdate()
    form = SubmitForm(sent_by(request), letter=letter)
    if done(form, lambda: agreeing.submit(**taking(request, pk), to=form.cleaned_data["aan"], today=today)):
        messages.success(request, f"Voorgelegd aan {form.cleaned_data['aan']}.")
        return redirect("letters:page", pk=pk)
    sentence = "Zolang de brief ter akkoord ligt, kan niemand haar wijzigen. U kunt haar terugnemen."
    if not letter.document_number:
        sentence = "Het documentnummer ontbreekt nog: zonder kan de brief niet worden vastgesteld. Vul het eerst in."
    return step_page(
        request,
        letter,
        form,
        title="Ter akkoord voorleggen",
        sentence=sentence,
        button="Voorleggen",
        why=why_not_submitted(written(letter, today=today), letter),
    )


@needs(Right.MAKE_LETTERS)
def take_back(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter, form = letter_in_sight(request, pk), ConfirmForm(sent_by(request))
    if done(form, lambda: agreeing.take_back(**taking(request, pk))):
        messages.success(request, "De brief is weer een concept.")
        return redirect("letters:page", pk=pk)
    sentence = "De brief wordt weer een concept. Daarna legt u haar opnieuw voor."
    return step_page(request, letter, form, title="Terugnemen", sentence=sentence, button="Terugnemen")


@needs(Right.AGREE_LETTERS)
def send_back(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter = letter_in_sight(request, pk)
    form = RemarkForm(sent_by(request), needed="Schrijf erbij waarom u terugstuurt.")
    if done(form, lambda: agreeing.send_back(**taking(request, pk), remark=remark_in(form))):
        messages.success(request, "De brief is teruggestuurd.")
        return redirect("letters:page", pk=pk)
    sentence = "De brief wordt weer een concept. Wie haar schreef, leest uw opmerking bij de brief."
    return step_page(request, letter, form, title="Terugsturen", sentence=sentence, button="Terugsturen")


def remark_in(form: Form) -> str:
    return str(form.cleaned_data["opmerking"])


@needs(Right.AGREE_LETTERS)
def agree(request: StaffRequest, *, pk: int) -> HttpResponse:
    """Shows the letter to be read whole; what was shown is what is agreed on."""
    letter, today, form = letter_in_sight(request, pk), localdate(), AgreeForm(sent_by(request))
    if done(form, lambda: agreeing.agree(**taking(request, pk), seen=form.cleaned_data["gezien"], today=today)):
        messages.success(request, "De brief is vastgesteld. Er verandert nu niets meer aan.")
        return redirect("letters:page", pk=pk)
    found = ready(letter, today=today)
    if isinstance(found, Obstacle):
        return step_page(request, letter, form, title="Vaststellen", why=why_not(found, letter.period))
    ways = [*([WROTE_IT] if request.user.pk in writers_of(letter) else []), *found.in_the_way]
    content = found.written.content
    shown: dict[str, Any] = {"letter": content, "mark": found.mark, "changed": found.written.judged.changed_since}
    shown["not_public"] = personal_in(content)
    sentence = "Lees de brief. Wat u vaststelt, verandert daarna niet meer."
    why = "" if letter.state == Letter.State.SUBMITTED and not ways else " ".join(ways) or agreeing.NOT_SUBMITTED
    return step_page(
        request, letter, form, title="Vaststellen", sentence=sentence, button="Vaststellen", why=why, **shown
    )


@needs(Right.MAKE_LETTERS)
def send(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter, today = letter_in_sight(request, pk), localdate()
    form = SendForm(sent_by(request), letter=letter, today=today)
    if done(form, lambda: sending.send(**taking(request, pk), sending=form.sending, today=today)):
        messages.success(request, "De verzending staat in het register.")
        return redirect("letters:page", pk=pk)
    sentence = (
        "U legt vast dat de brief is verzonden, met alle stukken die erbij horen. Dit programma verzendt zelf niets."
    )
    return step_page(request, letter, form, title="Verzending vastleggen", sentence=sentence, button="Vastleggen")


@needs(Right.MAKE_LETTERS)
def receive(request: StaffRequest, *, pk: int, dispatch: int) -> HttpResponse:
    letter, form = letter_in_sight(request, pk), ReceiptForm(sent_by(request), today=localdate())
    found = letter.dispatches.filter(pk=dispatch).first()
    if found is None:
        raise Http404("Deze verzending is er niet.")
    if done(form, lambda: _receive(request, form, dispatch)):
        messages.success(request, "De ontvangst is vastgelegd.")
        return redirect("letters:page", pk=pk)
    sentence = f"Van de verzending aan {found.get_to_display()}."
    return step_page(request, letter, form, title="Ontvangst vastleggen", sentence=sentence, button="Vastleggen")


def _receive(request: StaffRequest, form: Form, dispatch: int) -> None:
    typed = form.cleaned_data
    sending.receive(
        by=request.user, dispatch=dispatch, on=typed["op"], note=typed["bevestigd"], now=now(), today=localdate()
    )


@needs(Right.MAKE_LETTERS)
def withdraw(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter = letter_in_sight(request, pk)
    form = RemarkForm(sent_by(request), needed="Schrijf erbij waarom u de brief intrekt.")
    if done(form, lambda: ending.withdraw(**taking(request, pk), remark=remark_in(form))):
        messages.success(request, "De brief is ingetrokken. Zij blijft te lezen.")
        return redirect("letters:page", pk=pk)
    sentence = (
        "De brief blijft met uw opmerking te lezen, maar telt niet meer. Een afschrift dat nog niet weg is, gaat mee."
    )
    return step_page(request, letter, form, title="Intrekken", sentence=sentence, button="Intrekken")


@needs(Right.MAKE_LETTERS)
def correct(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter, form, made = letter_in_sight(request, pk), ConfirmForm(sent_by(request)), list[Letter]()
    if done(form, lambda: made.append(ending.correct(**taking(request, pk)))):
        messages.success(request, "Dit is de verbeterde brief, als concept. De oude blijft zoals zij is.")
        return redirect("letters:page", pk=made[0].pk)
    sentence = (
        "Er komt een nieuw concept met dezelfde tekst, dat naar deze brief verwijst. Deze brief blijft zoals zij is."
    )
    return step_page(request, letter, form, title="Verbeterde brief maken", sentence=sentence, button="Maken")


@needs(Right.MAKE_LETTERS)
def follow(request: StaffRequest, *, pk: int) -> HttpResponse:
    letter, form, made = letter_in_sight(request, pk), ConfirmForm(sent_by(request)), list[Letter]()
    if done(form, lambda: made.append(sending.make_follower(**taking(request, pk), today=localdate()))):
        return redirect("letters:page", pk=made[0].pk)
    sentence = "Het eerste afschrift is ingetrokken. Er komt een nieuw concept."
    return step_page(request, letter, form, title="Afschrift maken", sentence=sentence, button="Maken")
