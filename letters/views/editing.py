"""What an editor does with a concept. Each act is a POST of its own, and leads back to its place on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from letters.actions import editing
from letters.actions.confirming import confirm, take_back
from letters.actions.editing import DetailsChanged, TextChanged
from letters.actions.kind import change_kind
from letters.checking import DETAILS, checked, words_of
from letters.models import Letter
from letters.screens import editor
from letters.screens.editing_forms import WordsForm
from letters.screens.editor import Opened
from letters.views.letter import as_written, details_form, page_of_letter, words_form
from letters.views.steps import letter_in_sight
from letters.words.another_kind import with_article
from letters.words.kinds import kinds
from letters.written import Written
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Refused

A_NEW_ONE = re.compile(r"alinea-[0-9a-f]{10}")
"""The address of a paragraph that somebody adds."""

A_PLACE = re.compile(r"[a-z0-9-]{1,80}")

DONE = {
    "weglaten": "Weggelaten. Onder de teksten kunt u het weer opnemen.",
    "terugzetten": "Weer opgenomen.",
    "standaard": "De standaardtekst staat er weer.",
    "houden": "Uw tekst blijft staan.",
}


@needs(Right.MAKE_LETTERS)
@require_POST
def text(request: StaffRequest, *, pk: int, slug: str) -> HttpResponse:
    """`doe` is what somebody does with the block; nothing: save its words."""
    row = letter_in_sight(request, pk)
    act = request.POST.get("doe", "")
    if act in DONE:
        return _act(request, row, slug, act)
    found = as_written(row)
    form = words_form(found, slug, request.POST)
    if not form.is_valid():
        return page_of_letter(request, found, Opened(slug=slug, form=form), status=422)
    try:
        is_new = _save(request, found, slug, form)
    except TextChanged as clash:
        return _clash_page(request, as_written(letter_in_sight(request, pk)), slug, clash)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page_of_letter(request, found, Opened(slug=slug, form=form), status=422)
    messages.success(request, "Opgeslagen." if is_new else "Zo stond het er al: er is niets veranderd.")
    return _to(row, f"tekst-{slug}")


def _save(request: StaffRequest, found: Written, slug: str, form: WordsForm) -> bool:
    heading, words = form.words
    typed, moment = form.cleaned_data, now()
    given: dict[str, Any] = {
        "by": request.user,
        "letter": found.letter,
        "slug": slug,
        "heading": heading,
        "text": words,
        "now": moment,
    }
    if _is_new(found, slug):
        return editing.add_block(**given, after=typed["na"])
    return editing.save_block(**given, seen=typed["gezien"], based_on=typed["standaard"], after=typed.get("na", ""))


def _act(request: StaffRequest, row: Letter, slug: str, act: str) -> HttpResponse:
    sent = {name: _number(request.POST.get(name, "")) for name in ("gezien", "standaard")}
    given: dict[str, Any] = {"by": request.user, "letter": row, "slug": slug, "seen": sent["gezien"], "now": now()}
    try:
        match act:
            case "weglaten":
                editing.leave_out(**given)
            case "terugzetten":
                editing.put_back(**given)
            case "standaard":
                editing.restore(**given)
            case _:
                editing.keep_words(**given, based_on=sent["standaard"])
        messages.success(request, DONE[act])
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return _to(row, f"tekst-{slug}")


def _clash_page(request: StaffRequest, found: Written, slug: str, clash: TextChanged) -> HttpResponse:
    """With what was typed still there. Saved once more it replaces the colleague's."""
    again = request.POST.copy()
    again["gezien"] = str(clash.theirs.version if clash.theirs else 0)
    form = words_form(found, slug, again)
    form.is_valid()
    standing = next((each.block for each in found.placed if each.block.slug == slug), None)
    theirs = clash.theirs or standing
    opened = Opened(slug=slug, form=form, clash=str(clash), theirs=words_of(theirs) if theirs else "")
    return page_of_letter(request, found, opened, status=409)


@needs(Right.MAKE_LETTERS)
@require_POST
def details(request: StaffRequest, *, pk: int) -> HttpResponse:
    row = letter_in_sight(request, pk)
    found = as_written(row)
    form = details_form(found, request.POST)
    if not form.is_valid():
        return page_of_letter(request, found, Opened(slug=DETAILS, form=form), status=422)
    try:
        is_new = editing.save_details(
            by=request.user, letter=row, filled=form.filled, seen=form.cleaned_data["gezien"], now=now()
        )
    except DetailsChanged as clash:
        found, again = as_written(letter_in_sight(request, pk)), request.POST.copy()
        again["gezien"] = details_form(found).initial["gezien"]
        form = details_form(found, again)
        form.is_valid()
        opened = Opened(slug=DETAILS, form=form, clash=str(clash), differences=form.differences(clash.theirs))
        return page_of_letter(request, found, opened, status=409)
    except Refused as refusal:
        form.add_error("documentnummer" if isinstance(refusal, editing.NumberTaken) else None, str(refusal))
        return page_of_letter(request, found, Opened(slug=DETAILS, form=form), status=422)
    messages.success(request, "Opgeslagen." if is_new else "Zo stond het er al: er is niets veranderd.")
    return _to(row, DETAILS)


@needs(Right.MAKE_LETTERS)
@require_POST
def preview(request: StaffRequest, *, pk: int) -> HttpResponse:
    """The sheet with what somebody is typing. Nothing is kept."""
    found = as_written(letter_in_sight(request, pk))
    slug = request.POST.get("slug", "")[:60]
    form = words_form(found, slug, request.POST)
    form.is_valid()
    heading, words = form.words
    problems = [error for errors in form.errors.values() for error in errors]
    if not problems:
        placed = editor.with_words(found, slug=slug, heading=heading, text=words, after=request.POST.get("na", ""))
        found = replace(found, placed=placed)
    content = editor.content_with(found, found.placed, checked(found), here=slug)
    context = {"letter": content, "problems": problems}
    return render(request, "letters/preview.html", context)


@needs(Right.MAKE_LETTERS)
@require_POST
def confirmation(request: StaffRequest, *, pk: int) -> HttpResponse:
    """Somebody vouches for a claim, or takes that back."""
    row, claim = letter_in_sight(request, pk), request.POST.get("bewering", "")[:200]
    anchor = request.POST.get("plek", "")
    try:
        if request.POST.get("doe") == "terugnemen":
            take_back(by=request.user, letter=row, claim=claim, now=now())
        else:
            confirm(by=request.user, letter=row, claim=claim, source=request.POST.get("bron", ""), now=now())
            messages.success(request, f"Bevestigd: {claim}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to(row, anchor if A_PLACE.fullmatch(anchor) else "h-getallen")


@needs(Right.MAKE_LETTERS)
@require_POST
def kind(request: StaffRequest, *, pk: int) -> HttpResponse:
    """The concept becomes one of the kind that its trede asks for."""
    row, to, seen = letter_in_sight(request, pk), request.POST.get("soort", ""), _number(request.POST.get("gezien", ""))
    try:
        is_new = change_kind(by=request.user, letter=row, to=to, seen=seen, now=now())
        letter = with_article(kinds()[to])
        messages.success(request, f"Dit is nu {letter}." if is_new else f"Dit was al {letter}.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(reverse("letters:page", kwargs={"pk": pk}))


def _is_new(found: Written, slug: str) -> bool:
    known = {each.slug for each in found.letter.departures.all()}
    return A_NEW_ONE.fullmatch(slug) is not None and slug not in known


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _to(row: Letter, anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('letters:page', kwargs={'pk': row.pk})}#{anchor}")
