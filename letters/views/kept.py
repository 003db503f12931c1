"""The page of a letter that is frozen, as it was kept; and what every page of a letter says of its course."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from letters.checking import checked
from letters.figures import Judged, Obstacle, judged_of, letterhead_of
from letters.models import Letter
from letters.obstacles import why_not
from letters.screens.editor import lines_of
from letters.screens.kind_notice import kind_notice_of
from letters.screens.numbers import numbers_of
from letters.screens.track import (
    acts_of,
    documents_of,
    enclosed_of,
    happened_with,
    lacks_follower,
    register_of,
    sent_back_by,
    track_of,
)
from letters.views.steps import letter_in_sight
from letters.words.kept import letter_kept_in
from letters.words.kinds import kinds
from letters.words.public import personal_in
from letters.written import Written, written
from municipalities.access import StaffRequest, needs
from municipalities.models import User
from municipalities.rights import Right


def course_of(request: StaffRequest, letter: Letter) -> dict[str, Any]:
    """For the includes track.html, acts.html and happened.html."""
    letterhead = letterhead_of(letter.municipality.province)
    track, lacks = track_of(letter, letterhead=letterhead, today=localdate()), lacks_follower(letter)
    happened = happened_with(letter)
    return {
        "track": track,
        "acts": acts_of(letter, request.user, lacks_follower=lacks, next_letter=track.next_letter),
        "happened": happened,
        "sent_back": sent_back_by(letter, happened),
    }


def may_see_concept(user: User) -> bool:
    """The document of a letter that is not frozen: for who makes it, and for who is to agree to it."""
    return user.may(Right.MAKE_LETTERS) or user.may(Right.AGREE_LETTERS)


@needs(Right.LOOK)
def page(request: StaffRequest, *, pk: int) -> HttpResponse:
    row = letter_in_sight(request, pk)
    if row.content:
        return kept_page(request, row)
    found = written(row, today=localdate())
    context = {"row": row, "kind": kinds()[row.kind], "municipality": row.municipality, "period": row.period}
    if isinstance(found, Obstacle):
        return render(request, "letters/no_letter.html", {**context, "why_not": why_not(found, row.period)})
    context |= {"letter": found.content, "changed": found.judged.changed_since, **course_of(request, row)}
    context["another_kind"] = kind_notice_of(found, (), may_write=False)
    return render(request, "letters/kept.html", context | _to_be_read(request, found))


def _to_be_read(request: StaffRequest, found: Written) -> dict[str, Any]:
    """What helps who is to agree: what is not the standard text, where each number comes from, and the document."""
    check, rows = checked(found), {each.slug: each for each in found.letter.departures.select_related("changed_by")}
    lines = lines_of(found, rows, check, {})
    return {
        "departures": [line for line in lines if line.is_changed or line.is_own or line.is_left_out],
        "numbers": numbers_of(found, check),
        "may_see_pdf": may_see_concept(request.user),
    }


def kept_page(request: StaffRequest, row: Letter) -> HttpResponse:
    judged = judged_of(municipality=row.municipality, period=row.period)
    is_current = isinstance(judged, Judged) and judged.decided is not None and judged.decided.pk == row.decision_id
    content = letter_kept_in(row.content or {})
    context = {
        "row": row,
        "kind": kinds()[row.kind],
        "municipality": row.municipality,
        "period": row.period,
        "letter": content,
        "not_public": personal_in(content),
        "documents": documents_of(row),
        "enclosed": enclosed_of(row, in_one_file=letterhead_of(row.municipality.province).bijlage_in_one_file),
        "register": register_of(row, today=localdate(), may_register=request.user.may(Right.MAKE_LETTERS)),
        "correction": row.corrections.exclude(state=Letter.State.WITHDRAWN).first(),
        "changed": judged.changed_since if isinstance(judged, Judged) and is_current else "",
        "is_revised": isinstance(judged, Judged) and not is_current,
        **course_of(request, row),
    }
    return render(request, "letters/kept.html", context)
