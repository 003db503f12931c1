"""What the steps of a letter share: the right, the letter as it is once the province is locked, and the event."""

from __future__ import annotations

from datetime import datetime

from letters.models import Letter, LetterEvent
from letters.models.letter import LONGEST_REMARK
from letters.procedure import Step, right_for, transition
from letters.readiness import letter_of, writers_of
from municipalities.models import Province, User
from municipalities.rights import Right, refusal
from supervision.actions.ledger import Refused

NOT_THERE = "Deze brief is er niet."
WROTE_IT = "U schreef aan deze brief mee. Een ander stelt haar vast."


def province_of(by: User, step: Step) -> Province:
    """Of who takes the step, if they may."""
    right = right_for(step)
    if by.province is None or not by.may(right):
        raise Refused(refusal(right=right, role=by.role))
    return by.province


def current(province: Province, pk: int, step: Step) -> Letter:
    """The letter as it is now, in a state from which the step can be taken."""
    letter = letter_of(province=province, pk=pk)
    if letter is None:
        raise Refused(NOT_THERE)
    if transition(letter.state, step) is None:
        raise Refused(_meanwhile(letter))
    return letter


def _meanwhile(letter: Letter) -> str:
    """What became of it, and by whom."""
    last = letter.events.select_related("by").last()
    by = f", door {last.by}" if last else ""
    return f"Deze brief is nu {letter.get_state_display()}{by}. Deze stap kan niet meer."


def check_four_eyes(by: User, letter: Letter) -> None:
    if by.pk in writers_of(letter):
        raise Refused(WROTE_IT)


def checked_remark(remark: str, *, needed: str) -> str:
    remark = remark.strip()
    if not remark:
        raise Refused(needed)
    if len(remark) > LONGEST_REMARK:
        raise Refused(f"Een opmerking is hoogstens {LONGEST_REMARK} tekens.")
    return remark


def move(
    letter: Letter, step: Step, *, by: User, now: datetime, to: User | None = None, remark: str = "", **changes: object
) -> None:
    """Take the step: the state that it leads to, with these fields, and the event of it."""
    taken = transition(letter.state, step)
    if taken is None:
        raise Refused(_meanwhile(letter))
    letter.state, letter.version = taken.to, letter.version + 1
    for name, value in changes.items():
        setattr(letter, name, value)
    letter.save(update_fields=["state", "version", *changes])
    LetterEvent.objects.create(letter=letter, step=step.value, at=now, by=by, to=to, remark=remark)


def may_judge(user: User) -> bool:
    return user.is_active and user.may(Right.AGREE_LETTERS)
