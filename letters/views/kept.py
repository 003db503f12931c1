"""The page of a letter that is frozen, as it was kept; and what every page of a letter says of its course."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from letters.figures import Judged, Obstacle, judged_of, letterhead_of
from letters.kept import letter_kept_in
from letters.kind_notice import kind_notice_of
from letters.kinds import kinds
from letters.models import Letter
from letters.obstacles import why_not
from letters.public import personal_in
from letters.track import acts_of, documents_of, happened_with, lacks_follower, register_of, track_of
from letters.views.steps import letter_in_sight
from letters.written import written
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right


def course_of(request: StaffRequest, letter: Letter) -> dict[str, Any]:
    """For the includes track.html, acts.html and happened.html."""
    return {
        "track": track_of(letter, letterhead=letterhead_of(letter.municipality.province), today=localdate()),
        "acts": acts_of(letter, request.user, lacks_follower=lacks_follower(letter)),
        "happened": happened_with(letter),
    }


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
    return render(request, "letters/kept.html", context)


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
        "register": register_of(row, today=localdate(), may_register=request.user.may(Right.MAKE_LETTERS)),
        "correction": row.corrections.exclude(state=Letter.State.WITHDRAWN).first(),
        "changed": judged.changed_since if isinstance(judged, Judged) and is_current else "",
        "is_revised": isinstance(judged, Judged) and not is_current,
        **course_of(request, row),
    }
    return render(request, "letters/kept.html", context)
