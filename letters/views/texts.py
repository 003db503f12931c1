"""The words of the province: to look at for everybody, and for a beheerder to change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from letters.actions.texts import add_text, follow_base, restore_delivered, save_text, set_use
from letters.own_texts import versions_in_force
from letters.screens.text_forms import BlockForm
from letters.screens.texts_page import picker_of, rows_of, tabs_of, url_of, versions_of
from letters.text_use import use_of
from letters.views.text_desk import Desk, kind_of
from letters.words.kinds import kinds
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.views.common import province_of


@needs(Right.LOOK)
def texts(request: StaffRequest, *, kind: str = "toezichtbrief") -> HttpResponse:
    """The blocks of one kind of letter in their order."""
    of = kind_of(kind)
    rows = rows_of(versions_in_force(province=province_of(request), kind=of), of)
    context = {
        "kind": of,
        "tabs": tabs_of(of, count=len(rows)),
        "own_rows": [row for row in rows if not row.source.base],
        "base_rows": [row for row in rows if row.source.base],
        "base": kinds()[of.base] if of.base else None,
        "may_edit": request.user.may(Right.ADMINISTER),
    }
    return render(request, "letters/texts.html", context)


@needs(Right.LOOK)
def text(request: StaffRequest, *, kind: str, slug: str) -> HttpResponse:
    """One block: what it says in a letter, where it is used, and every version of it."""
    desk = Desk(request, kind, slug)
    current = desk.current
    context = {
        "kind": desk.kind,
        "standing": current.block,
        "row": rows_of([current], desk.kind)[0],
        "preview": desk.preview(current.block),
        "picker": picker_of(desk.choices, chosen=desk.chosen),
        "use": use_of(
            province=desk.province,
            kind=desk.kind,
            slug=slug,
            version=current.block.version,
            period=desk.period,
        ),
        "versions": versions_of(desk.history, desk.kind),
        "base_url": "" if current.kind == desk.kind.slug else url_of(kinds()[current.kind], slug),
        "may_restore": desk.may_restore,
        "followable": desk.followable,
        "may_edit": request.user.may(Right.ADMINISTER),
    }
    return render(request, "letters/text.html", context)


@needs(Right.ADMINISTER)
def text_edit(request: StaffRequest, *, kind: str, slug: str) -> HttpResponse:
    """GET opens the block; POST saves it, or shows what it says."""
    desk = Desk(request, kind, slug)
    if request.method != "POST":
        return desk.page(desk.form(), block=desk.current.block)
    return desk.answer(_save)


def _save(desk: Desk, form: BlockForm) -> str:
    saved = save_text(
        by=desk.request.user,
        whose=desk.whose,
        block=form.typed,
        after=form.cleaned_data.get("after", ""),
        seen=form.cleaned_data["seen"],
        now=now(),
    )
    if saved is None:
        messages.info(desk.request, "Er is niets gewijzigd: er is geen nieuwe versie gemaakt.")
    else:
        messages.success(desk.request, f"Versie {saved.version} is opgeslagen en geldt vanaf nu.")
    return desk.slug


@needs(Right.ADMINISTER)
def text_add(request: StaffRequest, *, kind: str) -> HttpResponse:
    """A block of the province's own."""
    desk = Desk(request, kind)
    if request.method != "POST":
        return desk.page(desk.form(), block=None)
    return desk.answer(_add)


def _add(desk: Desk, form: BlockForm) -> str:
    after = form.cleaned_data["after"]
    added = add_text(by=desk.request.user, whose=desk.whose, block=form.typed, after=after, now=now())
    messages.success(desk.request, f"Het blok ‘{added.label}’ staat in de lijst en in brieven.")
    return added.slug


@needs(Right.ADMINISTER)
@require_POST
def text_use(request: StaffRequest, *, kind: str, slug: str) -> HttpResponse:
    """Not used any more, used again, or back to the words of the base or the delivered ones: each is a next version."""
    desk = Desk(request, kind, slug)
    act, seen, moment = request.POST.get("doe", ""), _seen(request), now()
    by, whose = request.user, desk.whose
    try:
        if act == "volgen":
            done = follow_base(by=by, whose=whose, slug=slug, seen=seen, now=moment)
        elif act == "meegeleverd":
            done = restore_delivered(by=by, whose=whose, slug=slug, seen=seen, now=moment)
        elif act in ("stoppen", "weer"):
            done = set_use(by=by, whose=whose, slug=slug, is_gone=act == "stoppen", seen=seen, now=moment)
        else:
            raise Refused("Kies wat u met het blok wilt doen.")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE[act] if done else "Dat was al zo: er is niets gewijzigd.")
    return redirect("texts:block", kind=kind, slug=slug)


DONE = {
    "meegeleverd": "De meegeleverde tekst geldt weer, als een nieuwe versie.",
    "stoppen": "Het blok komt niet meer in brieven. De tekst blijft bewaard.",
    "volgen": "Het blok volgt weer de gedeelde tekst, als een nieuwe versie.",
    "weer": "Het blok komt weer in brieven.",
}


@needs(Right.ADMINISTER)
@require_POST
def text_preview(request: StaffRequest) -> HttpResponse:
    """What the form says with the figures of a municipality, while somebody types."""
    desk = Desk(request, request.POST.get("soort", ""), request.POST.get("blok", ""))
    form = desk.form()
    form.is_valid()
    preview = desk.preview(form.read) if form.read else None
    return render(request, "letters/text_preview.html", {"preview": preview, "form": form})


def _seen(request: StaffRequest) -> int:
    """The version that the sender saw; -1, which none has, for what is no number."""
    sent = request.POST.get("versie", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else -1
