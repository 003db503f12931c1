"""What went out, to whom and when, whether it was received, and the afschrift that comes after it.

Nothing is sent from here: who sent a letter registers it. With the first sending the afschrift is made in the same
transaction, so that there is no moment at which it could be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django_scopes import scope

from letters.actions.steps import current, move, province_of
from letters.figures import letterhead_of
from letters.models import Dispatch, Letter
from letters.papers.documents import Damaged, enclosed_with, files_of
from letters.papers.mail import NotAnAddress, checked_address
from letters.procedure import Step
from letters.words.kinds import kinds
from municipalities.models import User
from supervision.actions.ledger import Refused, lock
from supervision.rules.dutch import long_date

STANDS = [Letter.State.CONCEPT, Letter.State.SUBMITTED, Letter.State.AGREED, Letter.State.SENT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    to: Dispatch.To
    way: Dispatch.Way
    sent_on: date
    address: str = ""


@transaction.atomic
def send(*, by: User, letter: int, sending: Sending, now: datetime, today: date) -> Dispatch:
    """Register a sending. The same one again by the same person gives the first; by another it is refused."""
    province = province_of(by, Step.SEND)
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.SEND)
        made = row.dispatches.filter(to=sending.to, sent_on=sending.sent_on).select_related("recorded_by").first()
        if made is not None:
            return _again(made, sending, by)
        _check(row, sending, today)
        letterhead = letterhead_of(province)
        _check_documents(row, in_one_file=letterhead.bijlage_in_one_file)
        asks = kinds()[row.kind].asks_receipt and sending.to == addressee_of(row)
        dispatch = Dispatch.objects.create(
            letter=row,
            to=sending.to,
            way=sending.way,
            address=sending.address,
            sent_on=sending.sent_on,
            recorded_at=now,
            recorded_by=by,
            receipt_due=sending.sent_on + timedelta(days=letterhead.receipt_days) if asks else None,
        )
        is_first = row.state == Letter.State.AGREED
        move(row, Step.SEND, by=by, now=now, remark=f"aan {dispatch.get_to_display()}, {long_date(sending.sent_on)}")
        if is_first:
            _follow(row, by=by, now=now, due=sending.sent_on + timedelta(days=letterhead.afschrift_days))
        return dispatch


def addressee_of(letter: Letter) -> Dispatch.To:
    return Dispatch.To(kinds()[letter.kind].to.value)


def _again(made: Dispatch, sending: Sending, by: User) -> Dispatch:
    if made.recorded_by == by and (made.way, made.address) == (sending.way, sending.address):
        return made
    raise Refused(
        f"Deze verzending staat al in het register: {made.get_to_display()}, {long_date(made.sent_on)}, vastgelegd door "
        f"{made.recorded_by}."
    )


def _check(letter: Letter, sending: Sending, today: date) -> None:
    if sending.to not in (addressee_of(letter), Dispatch.To.SECRETARIAAT):
        raise Refused(f"Deze brief gaat naar: {addressee_of(letter).label}.")
    if letter.state == Letter.State.AGREED and sending.to != addressee_of(letter):
        raise Refused(f"Leg eerst de verzending aan {addressee_of(letter).label} vast.")
    if letter.on and sending.sent_on < letter.on:
        raise Refused(f"De brief is van {long_date(letter.on)}: zij kan niet eerder zijn verzonden.")
    if sending.sent_on > today:
        raise Refused("Deze dag moet nog komen. Leg de verzending vast als de brief weg is.")
    if sending.way == Dispatch.Way.E_MAIL:
        try:
            checked_address(sending.address)
        except NotAnAddress as wrong:
            raise Refused(str(wrong)) from wrong
    later = letter.corrections.exclude(state=Letter.State.WITHDRAWN).first()
    if later is not None and letter.state == Letter.State.AGREED:
        raise Refused("Van deze brief is een verbeterde versie gemaakt. Verzend die, of trek die eerst in.")
    main = letter.goes_with
    if main is not None and main.state != Letter.State.SENT:
        raise Refused(f"De brief waar dit afschrift van is, is {main.get_state_display()}. Verzend het niet.")


def _check_documents(letter: Letter, *, in_one_file: bool) -> None:
    """All that goes along is there, and as it was kept."""
    try:
        files_of(enclosed_with(letter, in_one_file=in_one_file))
    except Damaged as damaged:
        raise Refused(f"{damaged} Trek de brief in en maak een verbeterde brief.") from damaged


def _follow(main: Letter, *, by: User, now: datetime, due: date) -> Letter | None:
    """The concept of the letter that goes out after this one; None where the kind has none, or it is there."""
    slug = kinds()[main.kind].followed_by
    if not slug or main.followers.filter(kind=slug, corrects=None, state__in=STANDS).exists():
        return None
    return Letter.objects.create(
        province_id=main.province_id,
        municipality=main.municipality,
        period=main.period,
        kind=slug,
        goes_with=main,
        due=due,
        contact_name=main.contact_name,
        phone=main.phone,
        email=main.email,
        made_at=now,
        made_by=by,
        changed_at=now,
        changed_by=by,
    )


@transaction.atomic
def make_follower(*, by: User, letter: int, now: datetime, today: date) -> Letter:
    """The afschrift once more, after it was withdrawn; the one that is there where it was not."""
    province = province_of(by, Step.FOLLOW)
    lock(province)
    with scope(province=province):
        row = current(province, letter, Step.FOLLOW)
        slug = kinds()[row.kind].followed_by
        if not slug:
            raise Refused("Bij deze brief hoort geen afschrift.")
        there = row.followers.filter(kind=slug, state__in=STANDS).last()
        if there is not None:
            return there
        first = row.dispatches.order_by("sent_on", "pk").first()
        due = (first.sent_on if first else today) + timedelta(days=letterhead_of(province).afschrift_days)
        made = _follow(row, by=by, now=now, due=due)
        if made is None:
            raise Refused("Het afschrift is er al.")
        move(row, Step.FOLLOW, by=by, now=now)
        return made


@transaction.atomic
def receive(*, by: User, dispatch: int, on: date, note: str, now: datetime, today: date) -> Dispatch:
    """Register that a sending was received; once."""
    province = province_of(by, Step.RECEIVE)
    lock(province)
    with scope(province=province):
        found = Dispatch.objects.filter(pk=dispatch).select_related("receipt_recorded_by").first()
        if found is None:
            raise Refused("Deze verzending is er niet.")
        row = current(province, found.letter_id, Step.RECEIVE)
        if found.received_on is not None:
            return _received_before(found, on, by)
        if on < found.sent_on:
            raise Refused(f"De brief is verzonden op {long_date(found.sent_on)}: ontvangen kan niet eerder zijn.")
        if on > today:
            raise Refused("Deze dag moet nog komen.")
        found.received_on, found.received_note = on, note.strip()
        found.receipt_recorded_at, found.receipt_recorded_by = now, by
        found.save(update_fields=["received_on", "received_note", "receipt_recorded_at", "receipt_recorded_by"])
        move(row, Step.RECEIVE, by=by, now=now, remark=f"{found.get_to_display()}, {long_date(on)}")
        return found


def _received_before(found: Dispatch, on: date, by: User) -> Dispatch:
    if found.receipt_recorded_by == by and found.received_on == on:
        return found
    day = long_date(found.received_on) if found.received_on else ""
    raise Refused(f"De ontvangst is al vastgelegd: op {day}, door {found.receipt_recorded_by}.")
