"""From concept to a letter that never changes again, and back. Each step is in the table of `letters.procedure`.

Rendering takes long and is done before the province is locked. Then everything is read again: what is frozen is what was
rendered, and what was rendered is what the vaststeller had in sight, or nothing is frozen at all.
"""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import date, datetime

from django.db import DatabaseError, transaction
from django_scopes import scope

from letters.actions.steps import check_four_eyes, checked_remark, current, may_judge, move, province_of
from letters.figures import Obstacle
from letters.models import Letter, LetterDocument
from letters.obstacles import why_not
from letters.papers.documents import Rendered, rendered
from letters.procedure import Step
from letters.readiness import Ready, ready, why_not_submitted, writers_of
from letters.words.kept import kept
from letters.written import written
from municipalities.models import User
from supervision.actions.ledger import Refused, lock

log = logging.getLogger(__name__)

ANOTHER = "De brief is anders dan toen u haar opende. Lees haar nog eens en stel haar dan vast."
NOT_SUBMITTED = "Deze brief ligt niet ter akkoord."
NOT_KEPT = "De brief is niet vastgesteld: het bewaren is mislukt. Er is niets half bewaard; probeer het straks opnieuw."


@transaction.atomic
def submit(*, by: User, letter: int, to: User, now: datetime, today: date) -> Letter:
    """To a vaststeller who did not write it; only a text in which nothing is open."""
    province = province_of(by, Step.SUBMIT)
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.SUBMIT)
        if to.province_id != province.pk or not may_judge(to):
            raise Refused("Kies een vaststeller van uw provincie.")
        if to.pk in {by.pk, *writers_of(row)}:
            raise Refused(f"{to} schreef aan deze brief mee. Kies een andere vaststeller.")
        if why := why_not_submitted(written(row, today=today), row):
            raise Refused(why)
        move(row, Step.SUBMIT, by=by, now=now, to=to, submitted_to=to)
        return row


@transaction.atomic
def take_back(*, by: User, letter: int, now: datetime) -> Letter:
    """Back to a concept, by those who write."""
    province = province_of(by, Step.TAKE_BACK)
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.TAKE_BACK)
        move(row, Step.TAKE_BACK, by=by, now=now, submitted_to=None)
        return row


@transaction.atomic
def send_back(*, by: User, letter: int, remark: str, now: datetime) -> Letter:
    """Back to a concept, by who was to agree."""
    province = province_of(by, Step.SEND_BACK)
    remark = checked_remark(remark, needed="Schrijf erbij waarom u terugstuurt.")
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.SEND_BACK)
        move(row, Step.SEND_BACK, by=by, now=now, remark=remark, submitted_to=None)
        return row


def agree(*, by: User, letter: int, seen: str, now: datetime, today: date) -> Letter:
    """Freeze the letter as it was seen (`Ready.mark`), with its documents.

    Raises Refused with all that is in the way; then nothing is kept of it.
    """
    province = province_of(by, Step.AGREE)
    with scope(province=province):
        files = rendered(_checked(by, letter, seen, today))
    try:
        with transaction.atomic(), scope(province=province):
            lock(province)
            return _freeze(_checked(by, letter, seen, today), files, by=by, now=now)
    except DatabaseError as error:
        log.exception("Letter %d could not be frozen", letter)
        raise Refused(NOT_KEPT) from error


def _checked(by: User, letter: int, seen: str, today: date) -> Ready:
    province = province_of(by, Step.AGREE)
    row = current(province, letter, Step.AGREE)
    check_four_eyes(by, row)
    found = ready(row, today=today)
    if isinstance(found, Obstacle):
        raise Refused(why_not(found, row.period))
    if found.in_the_way:
        raise Refused(" ".join(found.in_the_way))
    if found.mark != seen:
        raise Refused(ANOTHER)
    return found


def _freeze(found: Ready, files: tuple[Rendered, ...], *, by: User, now: datetime) -> Letter:
    letter, decided = found.written.letter, found.written.judged.decided
    LetterDocument.objects.bulk_create(
        LetterDocument(
            letter=letter,
            role=file.role,
            name=file.name,
            content=file.data,
            size=len(file.data),
            sha256=hashlib.sha256(file.data).hexdigest(),
            made_at=now,
        )
        for file in files
    )
    figures = next(json.loads(each.data) for each in found.attached if each.name.endswith(".json"))
    move(
        letter,
        Step.AGREE,
        by=by,
        now=now,
        content=kept(letter=found.written.signed, bijlage=found.bijlage, figures=figures),
        on=found.written.details.on,
        decision_id=decided.pk if decided else None,
        agreed_at=now,
        agreed_by=by,
    )
    return letter
