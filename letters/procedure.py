"""Who may take which step with a letter, and where it leads: the one table of it.

Pages ask it before they show a button, actions before they write, and the page in docs that says who may do what is made
from it. A step that has no row for the state of a letter is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from letters.models import Letter
from municipalities.models import User
from municipalities.rights import Right

State = Letter.State


class Step(StrEnum):
    """What somebody does; the value names it on a screen and is what `LetterEvent.step` keeps."""

    SUBMIT = "voorleggen"
    TAKE_BACK = "terugnemen"
    SEND_BACK = "terugsturen"
    AGREE = "vaststellen"
    SEND = "verzenden"
    RECEIVE = "ontvangst"
    WITHDRAW = "intrekken"
    CORRECT = "verbeteren"
    FOLLOW = "afschrift maken"


# What was done, as a list of events says it.
DONE = {
    Step.SUBMIT: "voorgelegd",
    Step.TAKE_BACK: "teruggenomen",
    Step.SEND_BACK: "teruggestuurd",
    Step.AGREE: "vastgesteld",
    Step.SEND: "verzonden",
    Step.RECEIVE: "ontvangst bevestigd",
    Step.WITHDRAW: "ingetrokken",
    Step.CORRECT: "verbeterde brief gemaakt",
    Step.FOLLOW: "afschrift gemaakt",
}

# No step, but kept among them once for each who takes over the pen: who wrote at a letter is known for good.
WRITTEN = "verder geschreven"

# As little a step: the state stays, and with it what may be done.
KIND_CHANGED = "soort gewijzigd"

# Who takes one of these has judged the letter, and not written it.
JUDGING = (Step.SEND_BACK, Step.AGREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From a state by a step, for who has the right, to a state. `condition` is a Dutch sentence; empty: none."""

    state: State
    step: Step
    right: Right
    to: State
    condition: str = ""


COMPLETE = "Zonder open invulplekken en onbevestigde beweringen; aan een vaststeller die er niet aan schreef."
REMARK = "Met een opmerking, die bij de brief blijft staan."
BY_ANOTHER = (
    "Door een ander dan wie de brief schreef. Er is een besluit over de trede, de cijfers zijn die van dat besluit, en de "
    "brief heeft een documentnummer en niets dat openstaat. Daarna verandert er niets meer aan."
)
NOT_BEFORE = "Niet voor de datum van de brief. Met de eerste verzending ontstaat het afschrift aan de raad."
REPLACES = "De oude brief blijft zoals zij is; de nieuwe verwijst ernaar."

_ROWS = (
    (State.CONCEPT, Step.SUBMIT, Right.MAKE_LETTERS, State.SUBMITTED, COMPLETE),
    (State.CONCEPT, Step.WITHDRAW, Right.MAKE_LETTERS, State.WITHDRAWN, REMARK),
    (State.SUBMITTED, Step.TAKE_BACK, Right.MAKE_LETTERS, State.CONCEPT, ""),
    (State.SUBMITTED, Step.SEND_BACK, Right.AGREE_LETTERS, State.CONCEPT, REMARK),
    (State.SUBMITTED, Step.AGREE, Right.AGREE_LETTERS, State.AGREED, BY_ANOTHER),
    (State.SUBMITTED, Step.WITHDRAW, Right.MAKE_LETTERS, State.WITHDRAWN, REMARK),
    (State.AGREED, Step.SEND, Right.MAKE_LETTERS, State.SENT, NOT_BEFORE),
    (State.AGREED, Step.CORRECT, Right.MAKE_LETTERS, State.AGREED, REPLACES),
    (State.AGREED, Step.WITHDRAW, Right.MAKE_LETTERS, State.WITHDRAWN, REMARK),
    (State.SENT, Step.SEND, Right.MAKE_LETTERS, State.SENT, "Ook aan een ander, of nog eens."),
    (
        State.SENT,
        Step.RECEIVE,
        Right.MAKE_LETTERS,
        State.SENT,
        "Eén keer per verzending, met de dag en wie bevestigde.",
    ),
    (State.SENT, Step.FOLLOW, Right.MAKE_LETTERS, State.SENT, "Alleen als het afschrift werd ingetrokken."),
    (State.SENT, Step.CORRECT, Right.MAKE_LETTERS, State.SENT, REPLACES),
    (State.SENT, Step.WITHDRAW, Right.MAKE_LETTERS, State.WITHDRAWN, REMARK),
)
TRANSITIONS = tuple(
    Transition(state=state, step=step, right=right, to=to, condition=condition)
    for state, step, right, to, condition in _ROWS
)


def transition(state: str, step: Step) -> Transition | None:
    return next((each for each in TRANSITIONS if (each.state, each.step) == (state, step)), None)


def right_for(step: Step) -> Right:
    """A step asks for the same right in every state."""
    return next(each.right for each in TRANSITIONS if each.step == step)


def steps_for(user: User, state: str) -> Iterator[Step]:
    """What this user may do now, but for the four eyes, which `letters.actions.steps` sees to."""
    for each in TRANSITIONS:
        if each.state == state and user.may(each.right):
            yield each.step
