"""Withdrawing a letter, and correcting one that was agreed on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_scopes import scope

from letters.actions.kind import carry_over
from letters.actions.steps import checked_remark, current, move, province_of
from letters.figures import Obstacle
from letters.models import Confirmation, Letter, LetterBlock
from letters.obstacles import why_not
from letters.procedure import Step
from letters.words.kinds import kinds
from letters.written import usual_kind_of
from municipalities.models import User
from supervision.actions.ledger import Refused, lock

REFERENCE = "Deze brief vervangt onze brief van ((vervangen_datum)) met documentnummer ((vervangen_nummer))."
REFERENCE_SLUG = "vervangt"
REFERENCE_POSITION = 5

COPIED = (
    "contact_name",
    "phone",
    "email",
    "due_plan",
    "term_ends",
    "required_persons",
    "legal_remedy",
    "decided_on",
    "measures_by",
    "signatory_id",
    "due",
)


@transaction.atomic
def withdraw(*, by: User, letter: int, remark: str, now: datetime) -> Letter:
    """Out of use, with a remark; it stays to be read. An afschrift of it that was not sent goes along."""
    province = province_of(by, Step.WITHDRAW)
    remark = checked_remark(remark, needed="Schrijf erbij waarom u de brief intrekt.")
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.WITHDRAW)
        move(row, Step.WITHDRAW, by=by, now=now, remark=remark)
        waiting = [Letter.State.CONCEPT, Letter.State.SUBMITTED, Letter.State.AGREED]
        for follower in row.followers.filter(state__in=waiting):
            move(follower, Step.WITHDRAW, by=by, now=now, remark="De brief waar dit van was, is ingetrokken.")
        return row


@transaction.atomic
def correct(*, by: User, letter: int, now: datetime) -> Letter:
    """A concept that replaces an agreed letter, with its own words and details; the one that is there where it was made
    already. The old letter stays as it is."""
    province = province_of(by, Step.CORRECT)
    lock(province)
    with scope(province=province):
        old = current(province, letter, Step.CORRECT)
        there = old.corrections.exclude(state=Letter.State.WITHDRAWN).first()
        if there is not None:
            return there
        new = Letter.objects.create(
            province=province,
            municipality=old.municipality,
            period=old.period,
            kind=_kind_now(old),
            goes_with=old.goes_with,
            corrects=old,
            made_at=now,
            made_by=by,
            changed_at=now,
            changed_by=by,
            **{name: getattr(old, name) for name in COPIED},
        )
        rows = LetterBlock.objects.bulk_create(_departures(old, new, by=by, now=now))
        carry_over(rows, province=province, is_now=kinds()[old.kind], asked=kinds()[new.kind])
        Confirmation.objects.bulk_create(
            Confirmation(
                letter=new,
                claim=each.claim,
                reason=each.reason,
                confirmed_at=each.confirmed_at,
                confirmed_by_id=each.confirmed_by_id,
            )
            for each in old.confirmations.all()
        )
        move(old, Step.CORRECT, by=by, now=now)
        return new


def _kind_now(old: Letter) -> str:
    """Of a letter to the college what the trede asks for by now."""
    if old.goes_with_id is not None:
        return old.kind
    kind = usual_kind_of(municipality=old.municipality, period=old.period)
    if isinstance(kind, Obstacle):
        raise Refused(why_not(kind, old.period))
    return kind.slug


def _departures(old: Letter, new: Letter, *, by: User, now: datetime) -> list[LetterBlock]:
    """Those of the old letter, and before them a paragraph that refers to it."""
    reference = LetterBlock(
        letter=new,
        slug=REFERENCE_SLUG,
        change="toegevoegd",
        text=REFERENCE,
        position=REFERENCE_POSITION,
        changed_at=now,
        changed_by=by,
    )
    copied = [
        LetterBlock(
            letter=new,
            slug=each.slug,
            change=each.change,
            heading=each.heading,
            text=each.text,
            position=each.position,
            based_on=each.based_on,
            of_kind=each.of_kind,
            changed_at=now,
            changed_by=by,
        )
        for each in old.departures.exclude(slug=REFERENCE_SLUG)
    ]
    return [reference, *copied]
