"""Making the letters of a batch, one at a time, by as many workers as there are. A worker takes a share of them, and reads
once for all of it what the letters of the province have in common.

On PostgreSQL a worker holds its item, so that the others pass it by and the item of a killed worker is free at once. On
SQLite one writes at a time and nothing is held: what was laid out is saved in one short transaction, if the item is
still to be done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django_scopes import scope, scopes_disabled

from letters.actions.holding import held
from letters.actions.making import make_concept
from letters.checking import open_points
from letters.figures import Obstacle
from letters.models import Batch, BatchItem, Draft, Letter
from letters.obstacles import why_not
from letters.papers.drafts import laid_out, sheets_of
from letters.together import Common, common_of
from letters.words.another_kind import why_another, with_article
from letters.written import Written
from supervision.actions.ledger import Refused, lock

logger = logging.getLogger(__name__)

SHARE = 20
"""So many letters at most are made on what was read at one moment."""

MOST_ATTEMPTS = 5
"""An item on which workers die again and again is given up."""

GIVEN_UP = "Het maken van deze brief is een paar keer afgebroken. Probeer het opnieuw."
WENT_WRONG = "Er ging iets mis; probeer opnieuw."
WORKED_ON = "Aan dit concept is al gewerkt: de tekst bleef zoals zij is, alleen de PDF is nieuw."
SUBMITTED = "De brief ligt ter akkoord: de tekst bleef zoals zij is, alleen de PDF is nieuw."

LONGEST_REASON = 500

State = BatchItem.State
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What came of an item; without a letter nothing was laid out."""

    state: State
    reason: str = ""
    letter: Letter | None = None
    html_sha256: str = ""
    pdf: bytes = b""
    open_points: int | None = None


def make_share(batch_pk: int, *, clock: Clock) -> int:
    """Letters of the batch that nobody is making, at most a share of them; 0 when there is none. Ends the batch after the
    last."""
    with scopes_disabled():
        batch = Batch.objects.select_related("province").filter(pk=batch_pk, finished_at=None).first()
    if batch is None:
        return 0
    with scope(province=batch.province):
        common = cache(partial(common_of, province=batch.province, period=batch.period))
        made = 0
        while made < SHARE and _make_next(batch, common, clock):
            made += 1
        finish(batch, now=clock())
    return made


def left_of(batch_pk: int) -> int:
    """How many are still to be made, with those that somebody is making."""
    with scopes_disabled():
        return BatchItem.objects.filter(batch=batch_pk, state=State.TO_DO).count()


def finish(batch: Batch, *, now: datetime) -> None:
    """Where nothing is left to do. The lock keeps out who would add to the batch at this moment."""
    if _to_do(batch).exists():
        return
    with transaction.atomic():
        lock(batch.province)
        if not _to_do(batch).exists():
            Batch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=now)


def _to_do(batch: Batch) -> QuerySet[BatchItem]:
    return BatchItem.objects.filter(batch=batch, state=State.TO_DO)


def _make_next(batch: Batch, common: Callable[[], Common], clock: Clock) -> bool:
    with _next(batch) as item:
        if item is None:
            return False
        is_given_up = item.attempts > MOST_ATTEMPTS
        made = _failed(GIVEN_UP) if is_given_up else _tried(lambda: _made(item, common(), clock()))
        _end(item, made, now=clock())
    return True


@contextmanager
def _next(batch: Batch) -> Iterator[BatchItem | None]:
    """The first that nobody makes, held; the attempt is counted before it is made, as a worker that is killed cannot do
    so afterwards."""
    for pk in list(_to_do(batch).values_list("pk", flat=True)):
        with held(BatchItem, pk) as is_ours:
            if is_ours and _to_do(batch).filter(pk=pk).update(attempts=F("attempts") + 1):
                related = ("municipality__province", "municipality__post_address", "batch__asked_by", "added_by")
                yield BatchItem.objects.select_related(*related).get(pk=pk)
                return
    yield None


def _failed(reason: str) -> _Made:
    return _Made(state=State.FAILED, reason=reason)


def _tried(work: Callable[[], _Made]) -> _Made:
    """What it gives; where it fails, the reason for who asked: one letter never stops the others."""
    try:
        with _savepoint():
            return work()
    except Refused as refused:
        return _failed(str(refused))
    except Exception:
        logger.exception("A letter of a batch could not be made")
        return _failed(WENT_WRONG)


def _savepoint() -> AbstractContextManager[object]:
    """Inside a transaction an error of the database would spoil all of it; outside one nothing is held."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _made(item: BatchItem, common: Common, now: datetime) -> _Made:
    """No letter is changed, and of one that is frozen nothing is made again."""
    by, municipality, period = item.added_by or item.batch.asked_by, item.municipality, item.batch.period
    judged = common.judged(municipality)
    letter = make_concept(by=by, municipality=municipality, period=period, now=now, today=localdate(now), judged=judged)
    if letter.state not in (Letter.State.CONCEPT, Letter.State.SUBMITTED):
        return _Made(state=State.LEFT_ALONE, reason=f"De brief is al {letter.get_state_display()}.")
    found = common.written(letter, today=localdate(now), judged=judged)
    if isinstance(found, Obstacle):
        raise Refused(why_not(found, letter.period))
    sheets = sheets_of(found)
    is_own = letter.worked_on or not letter.can_be_changed
    return _Made(
        state=State.LEFT_ALONE if is_own else State.DONE,
        reason=_why_left_alone(found) if is_own else "",
        letter=letter,
        html_sha256=sheets.sha256,
        pdf=laid_out(sheets),
        open_points=None if is_own else len(open_points(found)),
    )


def _why_left_alone(found: Written) -> str:
    """With what is to be done where the trede asks for another kind of letter by now."""
    is_concept, asked = found.letter.can_be_changed, found.asked_kind
    said = WORKED_ON if is_concept else SUBMITTED
    if asked is None:
        return said
    why = why_another(found.case.step, is_now=found.kind, asked=asked)
    to_do = "Maak er op de bladzijde van de brief" if is_concept else "Neem haar terug en maak er"
    return f"{said} {why} {to_do} {with_article(asked)} van."


@transaction.atomic
def _end(item: BatchItem, made: _Made, *, now: datetime) -> None:
    """Only where nobody else did meanwhile."""
    rows = BatchItem.objects.filter(pk=item.pk, state=State.TO_DO)
    if not rows.update(state=made.state, reason=made.reason[:LONGEST_REASON], ended_at=now):
        return
    if made.letter is None:
        return
    Draft.objects.update_or_create(
        letter=made.letter, defaults={"html_sha256": made.html_sha256, "pdf": made.pdf, "made_at": now}
    )
    if made.open_points is not None:
        same = Letter.objects.filter(pk=made.letter.pk, version=made.letter.version)
        same.update(open_points=made.open_points)
