"""Making a concept one of another kind, where its trede asks for that."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from letters.actions.editing import changing
from letters.checking import open_points
from letters.figures import Obstacle
from letters.models import Letter, LetterBlock, LetterEvent
from letters.own_texts import blocks_of
from letters.procedure import KIND_CHANGED
from letters.words.another_kind import carried, with_article
from letters.words.kinds import Kind, kinds
from letters.written import written
from municipalities.models import Province, User
from supervision.actions.ledger import Refused
from supervision.rules.policy import Step

NOT_ASKED = "De trede vraagt intussen om een andere soort brief. Kijk boven aan de brief om welke."


def change_kind(*, by: User, letter: Letter, to: str, seen: int, now: datetime) -> bool:
    """Make the concept of the kind `to`, which its trede asks for; `seen` is the version of the letter that was looked at.
    Nothing that somebody wrote is lost. False: it is of that kind already."""
    with changing(letter, by) as found:
        concept = found.letter
        if concept.kind == to:
            return False
        asked = found.asked_kind
        if asked is None or asked.slug != to:
            raise Refused(NOT_ASKED)
        if concept.version != seen:
            raise Refused(
                f"{concept.changed_by} heeft de brief intussen gewijzigd. Kijk de brief nog eens na; daarna kunt u er "
                f"{with_article(asked)} van maken."
            )
        become(concept, asked, step=found.case.step, by=by, now=now)
        return True


def become(concept: Letter, asked: Kind, *, step: Step, by: User, now: datetime) -> None:
    """Within the transaction of who calls, which holds the lock of the province."""
    is_now = kinds()[concept.kind]
    carry_over(list(concept.departures.all()), province=concept.province, is_now=is_now, asked=asked)
    concept.kind = asked.slug
    found = written(concept, today=localdate(now))
    concept.open_points = None if isinstance(found, Obstacle) else len(open_points(found))
    concept.version += 1
    concept.changed_at, concept.changed_by = now, by
    concept.save(update_fields=["kind", "open_points", "version", "changed_at", "changed_by"])
    remark = f"Van {is_now.in_words} naar {asked.in_words}, bij trede {step.number} ({step.name})."
    LetterEvent.objects.create(letter=concept, step=KIND_CHANGED, at=now, by=by, remark=remark)


def carry_over(rows: list[LetterBlock], *, province: Province, is_now: Kind, asked: Kind) -> None:
    """Save what becomes of the letter's own words in the asked kind. Two queries, and one for each that changes."""
    if not rows or is_now == asked:
        return
    old, new = blocks_of(province=province, kind=is_now), blocks_of(province=province, kind=asked)
    after = carried([row.as_departure() for row in rows], is_now=is_now, asked=asked, old=old, new=new)
    for row, each in zip(rows, after, strict=True):
        if (row.based_on, row.of_kind) != (each.based_on, each.of_kind):
            row.based_on, row.of_kind = each.based_on, each.of_kind
            row.save(update_fields=["based_on", "of_kind"])
