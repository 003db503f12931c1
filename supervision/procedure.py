"""Who may take which step towards a decision, and where it leads: the one table of it.

Views ask it before they show a button, actions before they write, and the page in docs that says who may do what is made
from it. A municipality and half-year is in one state; a step that has no row for that state is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from municipalities.models import User
from municipalities.rights import Right


class State(StrEnum):
    """How far the decision over a municipality and half-year is; the value is what a screen says."""

    TO_PROPOSE = "te doen"
    PROPOSED = "voorgesteld"
    RETURNED = "teruggestuurd"
    DECIDED = "vastgesteld"
    REVISION_PROPOSED = "herziening voorgesteld"

    @property
    def is_proposed(self) -> bool:
        """Whether a proposal waits for a decision."""
        return self in (State.PROPOSED, State.REVISION_PROPOSED)


class Step(StrEnum):
    """What somebody does; the value names it on a screen."""

    PROPOSE = "voorstellen"
    WITHDRAW = "voorstel intrekken"
    SEND_BACK = "terugsturen"
    DECIDE = "vaststellen"
    REVISE = "herziening voorstellen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From a state by a step, for who has the right, to a state. `condition` is a Dutch sentence; empty: none."""

    state: State
    step: Step
    right: Right
    to: State
    condition: str = ""


REPLACES = "Het voorstel dat er lag, is dan vervangen."
REASON = "Wijkt de trede af van het advies, dan met een reden."
REASON_ALWAYS = "Altijd met een reden."
REMARK = "Met een opmerking voor wie voorstelde."
BY_ANOTHER = "Niet door wie voorstelde, tenzij de provincie dat toestaat; de cijfers zijn nog die van het voorstel."

_ROWS = (
    (State.TO_PROPOSE, Step.PROPOSE, Right.PROPOSE, State.PROPOSED, REASON),
    (State.RETURNED, Step.PROPOSE, Right.PROPOSE, State.PROPOSED, REASON),
    (State.PROPOSED, Step.PROPOSE, Right.PROPOSE, State.PROPOSED, f"{REPLACES} {REASON}"),
    (State.PROPOSED, Step.WITHDRAW, Right.PROPOSE, State.TO_PROPOSE, ""),
    (State.PROPOSED, Step.SEND_BACK, Right.DECIDE, State.RETURNED, REMARK),
    (State.PROPOSED, Step.DECIDE, Right.DECIDE, State.DECIDED, BY_ANOTHER),
    (State.DECIDED, Step.REVISE, Right.PROPOSE, State.REVISION_PROPOSED, REASON_ALWAYS),
    (State.REVISION_PROPOSED, Step.REVISE, Right.PROPOSE, State.REVISION_PROPOSED, f"{REPLACES} {REASON_ALWAYS}"),
    (State.REVISION_PROPOSED, Step.WITHDRAW, Right.PROPOSE, State.DECIDED, ""),
    (State.REVISION_PROPOSED, Step.SEND_BACK, Right.DECIDE, State.DECIDED, REMARK),
    (State.REVISION_PROPOSED, Step.DECIDE, Right.DECIDE, State.DECIDED, BY_ANOTHER),
)
TRANSITIONS = tuple(
    Transition(state=state, step=step, right=right, to=to, condition=condition)
    for state, step, right, to, condition in _ROWS
)


def transition(state: State, step: Step) -> Transition | None:
    return next((each for each in TRANSITIONS if (each.state, each.step) == (state, step)), None)


def right_for(step: Step) -> Right:
    """A step asks for the same right in every state."""
    return next(each.right for each in TRANSITIONS if each.step == step)


def steps_for(user: User, state: State) -> Iterator[Step]:
    """What this user may do now, but for the four eyes, which `may_decide` sees to."""
    for each in TRANSITIONS:
        if each.state == state and user.may(each.right):
            yield each.step


def may_decide(user: User, *, proposed_by: int, one_person_decides: bool) -> bool:
    """Four eyes: on somebody else's proposal, or where the province lets one person do both."""
    return user.may(Right.DECIDE) and (user.pk != proposed_by or one_person_decides)
