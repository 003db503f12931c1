"""The states of a verbeterplan, and what may follow on each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """The value is the word on screen."""

    REQUESTED = "gevraagd"
    RECEIVED = "ontvangen"
    AGREED = "akkoord"
    COMPLETED = "afgerond"


# From received back to requested: the province sends a plan back that does not hold.
FOLLOWS: Mapping[State, tuple[State, ...]] = {
    State.REQUESTED: (State.RECEIVED,),
    State.RECEIVED: (State.AGREED, State.REQUESTED),
    State.AGREED: (State.COMPLETED,),
    State.COMPLETED: (),
}

FIRST = State.REQUESTED


def may_follow(state: State, following: State) -> bool:
    return following in FOLLOWS[state]


def is_sent_back(state: State, following: State) -> bool:
    """That asks for a reason: what the municipality has to improve."""
    return (state, following) == (State.RECEIVED, State.REQUESTED)
