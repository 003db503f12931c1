"""In one sentence how far a frozen letter is, and what is to be done next. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import localdate

from letters.models import Dispatch, Letter
from letters.words.kinds import kinds
from municipalities.models import User
from supervision.rules.dutch import NO_BREAK_SPACE, long_date

State = Letter.State


def standing_of(letter: Letter, sent: Sequence[Dispatch], followers: Sequence[Letter]) -> str:
    """`sent` are its sendings, the first one first; `followers` the letters that go with it."""
    match State(letter.state):
        case State.CONCEPT:
            return "Concept."
        case State.SUBMITTED:
            return f"Ter akkoord bij {_whole(letter.submitted_to)}."
        case State.AGREED:
            agreed_on = f" op {long_date(localdate(letter.agreed_at))}" if letter.agreed_at else ""
            return f"Vastgesteld{agreed_on} door {_whole(letter.agreed_by)}; nog te verzenden."
        case State.SENT:
            sent_on = f" op {long_date(sent[0].sent_on)}" if sent else ""
            return f"Verzonden{sent_on}{_after_sending(letter, sent, followers)}."
        case State.WITHDRAWN:
            return "Ingetrokken: deze brief telt niet meer."


def _after_sending(letter: Letter, sent: Sequence[Dispatch], followers: Sequence[Letter]) -> str:
    return _receipt(sent) + (_afschrift(followers) if kinds()[letter.kind].followed_by else "")


def _receipt(sent: Sequence[Dispatch]) -> str:
    received = next((each.received_on for each in sent if each.received_on), None)
    if received:
        return f" en ontvangen op {long_date(received)}"
    return "; de ontvangst is nog niet bevestigd" if any(each.receipt_due for each in sent) else ""


def _afschrift(followers: Sequence[Letter]) -> str:
    follower = next_of(followers)
    if follower is None:
        went = any(each.state == State.SENT for each in followers)
        return "; het afschrift is ook verzonden" if went else "; het afschrift ontbreekt"
    until = f" uiterlijk {long_date(follower.due)}" if follower.due else ""
    return f"; het afschrift moet{until} nog worden verzonden"


def _whole(person: User | None) -> str:
    """A name that is not parted at the end of a line."""
    return str(person or "").replace(" ", NO_BREAK_SPACE)


def next_of(followers: Sequence[Letter]) -> Letter | None:
    """The letter that is to follow and was not sent yet."""
    return next((each for each in followers if each.state not in (State.SENT, State.WITHDRAWN)), None)
