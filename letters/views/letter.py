"""The page of one letter: its blocks, the preview, and what is open in it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate, now

from letters.actions.drafting import draft_of
from letters.checking import DETAILS, checked
from letters.earlier_texts import earlier_texts
from letters.figures import Obstacle
from letters.models import Letter
from letters.obstacles import why_not
from letters.papers.drafts import bijlage_beside
from letters.papers.filenames import bijlage_filename, concept_filename
from letters.screens import editor
from letters.screens.editing_forms import DetailsForm, WordsForm, new_slug, places_for
from letters.screens.editor import NEW, Opened
from letters.screens.kind_notice import kind_notice_of
from letters.screens.numbers import numbers_of
from letters.views import kept
from letters.views.downloads import download
from letters.views.steps import letter_in_sight
from letters.words.blocks import Role
from letters.words.picks import picks_of
from letters.words.sentences import values_of
from letters.written import Written, written
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right, refusal


@needs(Right.LOOK)
def letter(request: StaffRequest, *, pk: int) -> HttpResponseBase:
    """A concept as it is written; any other letter as it is kept."""
    row = letter_in_sight(request, pk)
    if not row.can_be_changed:
        return kept.page(request, pk=pk)
    found = written(row, today=localdate())
    if isinstance(found, Obstacle):
        context = {"municipality": row.municipality, "period": row.period, "why_not": why_not(found, row.period)}
        return render(request, "letters/no_letter.html", context)
    asked = request.GET.get("open", "")
    opened = _opened(found, asked, after=request.GET.get("na", "")) if may_write(request, row) else None
    return page_of_letter(request, found, opened)


@needs(Right.LOOK)
def concept_pdf(request: StaffRequest, *, pk: int) -> HttpResponse:
    """Says on each page that it is a concept."""
    found = _not_frozen(request, pk)
    return download(draft_of(found, now=now()), concept_filename(found.letter))


@needs(Right.LOOK)
def concept_bijlage(request: StaffRequest, *, pk: int) -> HttpResponse:
    found = _not_frozen(request, pk)
    if not found.kind.with_bijlage:
        raise Http404("Bij deze brief hoort geen bijlage.")
    return download(bijlage_beside(found), bijlage_filename(found.letter.period))


def _not_frozen(request: StaffRequest, pk: int) -> Written:
    if not kept.may_see_concept(request.user):
        raise PermissionDenied(refusal(right=Right.MAKE_LETTERS, role=request.user.role))
    found = as_written(letter_in_sight(request, pk))
    if found.letter.is_frozen:
        raise Http404("Deze brief is vastgesteld en heeft eigen stukken.")
    return found


def page_of_letter(request: StaffRequest, found: Written, opened: Opened | None, *, status: int = 200) -> HttpResponse:
    row, writes = found.letter, may_write(request, found.letter)
    rows = list(row.departures.select_related("changed_by"))
    check = checked(found)
    another = kind_notice_of(found, rows, may_write=writes)
    lines = editor.lines_of(found, {each.slug: each for each in rows}, check, earlier_texts(found))
    context = {
        "row": row,
        "kind": found.kind,
        "municipality": row.municipality,
        "period": row.period,
        "finding": another.finding if another else editor.finding_of(row, check.points),
        "leads": editor.leads_of(check.points, lines),
        "elsewhere": [point for point in check.points if not point.slug],
        "lines": lines,
        "removed": editor.removed_of(found, rows),
        "opened": opened,
        "opened_new": opened and opened.slug not in {DETAILS, *(line.slug for line in lines)},
        "details": editor.details_in_short(found),
        "details_checks": editor.checks_of(check, DETAILS),
        "picks": picks_of(values_of(found.case, found.details)) if opened and opened.slug != DETAILS else (),
        "letter": editor.content_with(found, found.placed, check, here=opened.slug if opened else ""),
        "numbers": numbers_of(found, check),
        "may_write": writes,
        "may_see_pdf": kept.may_see_concept(request.user),
        "has_errors": status == 422,
        "changed": found.judged.changed_since,
        "another_kind": another,
        **kept.course_of(request, row),
    }
    return render(request, "letters/letter.html", context, status=status)


def _opened(found: Written, asked: str, *, after: str) -> Opened | None:
    """What the address asks to open; None where there is no such thing."""
    if asked == DETAILS:
        return Opened(slug=DETAILS, form=details_form(found))
    if asked == NEW:
        slug = new_slug()
        return Opened(slug=slug, form=words_form(found, slug, after=after))
    if asked in {each.block.slug for each in found.placed if not each.is_left_out}:
        return Opened(slug=asked, form=words_form(found, asked))
    return None


def as_written(row: Letter) -> Written:
    """A form for a letter that cannot be made leads nowhere."""
    found = written(row, today=localdate())
    if isinstance(found, Obstacle):
        raise Http404(why_not(found, row.period))
    return found


def may_write(request: StaffRequest, row: Letter) -> bool:
    return request.user.may(Right.MAKE_LETTERS) and row.can_be_changed


def words_form(found: Written, slug: str, data: QueryDict | None = None, *, after: str = "") -> WordsForm:
    slugs = [each.block.slug for each in found.placed]
    if slug not in slugs:
        places = places_for(found.placed)
        usual = after if after in dict(places) else places[-2][0] if len(places) > 1 else places[-1][0]
        return WordsForm(data, is_line=False, places=places, na=usual, gezien=0, standaard=0)
    placed, at = found.placed[slugs.index(slug)], slugs.index(slug)
    versions = {row.slug: row.version for row in found.letter.departures.all()}
    is_own = placed.standard is None
    return WordsForm(
        data,
        is_line=placed.block.role is not Role.BODY,
        places=places_for(found.placed, slug=slug) if is_own else (),
        kop=placed.block.heading,
        tekst=placed.block.text,
        na=slugs[at - 1] if at else "",
        gezien=versions.get(slug, 0),
        standaard=placed.standard.version if placed.standard else 0,
    )


def details_form(found: Written, data: QueryDict | None = None) -> DetailsForm:
    return DetailsForm(data, found=found)
