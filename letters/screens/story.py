"""What happened with the letters of a municipality, for its tijdlijn."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate

from letters.models import Dispatch, Letter, LetterEvent
from letters.procedure import Step
from letters.screens.track import done_of
from letters.words.kinds import kinds
from supervision.screens.dossier_page import Place
from supervision.screens.timeline import Event

# Told by the rows of the register, each on its own day.
_OF_THE_REGISTER = (Step.SEND, Step.RECEIVE)


def letters_in(place: Place) -> Iterator[Event]:
    """Three queries: the letters, the steps, the register."""
    letters = {row.pk: row for row in Letter.objects.filter(municipality=place.municipality).select_related("made_by")}
    for row in letters.values():
        yield Event(
            day=localdate(row.made_at),
            moment=row.made_at,
            title=f"{_name(row)}: concept gemaakt",
            url=_url(row),
            by=row.made_by,
            is_gone=row.state == Letter.State.WITHDRAWN,
        )
    steps = LetterEvent.objects.filter(letter__in=letters).exclude(step__in=_OF_THE_REGISTER)
    for step in steps.select_related("by", "to"):
        row = letters[step.letter_id]
        yield Event(
            day=localdate(step.at),
            moment=step.at,
            title=f"{_name(row)}: {done_of(step)}",
            url=_url(row),
            detail=step.remark,
            by=step.by,
        )
    for sent in Dispatch.objects.filter(letter__in=letters).select_related("recorded_by", "receipt_recorded_by"):
        yield from _dispatch(sent, letters[sent.letter_id])


def _dispatch(sent: Dispatch, row: Letter) -> Iterator[Event]:
    yield Event(
        day=sent.sent_on,
        moment=sent.recorded_at,
        title=f"{_name(row)}: verzonden aan {sent.get_to_display()}",
        url=_url(row),
        detail=f"per {sent.get_way_display()}",
        by=sent.recorded_by,
    )
    if sent.received_on and sent.receipt_recorded_at:
        yield Event(
            day=sent.received_on,
            moment=sent.receipt_recorded_at,
            title=f"{_name(row)}: ontvangst bevestigd",
            url=_url(row),
            detail=sent.received_note,
            by=sent.receipt_recorded_by,
        )


def _name(row: Letter) -> str:
    return f"{kinds()[row.kind].name} over {row.period}"


def _url(row: Letter) -> str:
    return reverse("letters:page", kwargs={"pk": row.pk})
