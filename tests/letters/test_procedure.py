"""The table of steps of a letter: who, from where, to where."""

from __future__ import annotations

import pytest

from letters.models import Letter
from letters.procedure import DONE, TRANSITIONS, State, Step, right_for, steps_for, transition
from municipalities.models import User
from municipalities.rights import Right, Role


def test_a_step_leads_to_one_state() -> None:
    ways = [(each.state, each.step) for each in TRANSITIONS]
    assert len(ways) == len(set(ways))


@pytest.mark.parametrize("step", Step)
def test_a_step_asks_for_one_right_and_has_words(step: Step) -> None:
    assert {each.right for each in TRANSITIONS if each.step == step} == {right_for(step)}
    assert DONE[step]
    assert len(step.value) <= 20


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_withdrawn_but_one_that_is(state: State) -> None:
    assert bool(transition(state, Step.WITHDRAW)) == (state != State.WITHDRAWN)


def test_what_was_withdrawn_stays_so() -> None:
    assert not any(each.state == State.WITHDRAWN for each in TRANSITIONS)


@pytest.mark.parametrize(
    ("state", "step", "to"),
    [
        (State.CONCEPT, Step.SUBMIT, State.SUBMITTED),
        (State.SUBMITTED, Step.SEND_BACK, State.CONCEPT),
        (State.SUBMITTED, Step.AGREE, State.AGREED),
        (State.AGREED, Step.SEND, State.SENT),
        (State.SENT, Step.SEND, State.SENT),
    ],
)
def test_where_a_step_leads(state: State, step: Step, to: State) -> None:
    found = transition(state, step)
    assert found is not None
    assert found.to == to


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.CONCEPT, Step.AGREE),
        (State.CONCEPT, Step.SEND),
        (State.SUBMITTED, Step.SEND),
        (State.AGREED, Step.SEND_BACK),
        (State.AGREED, Step.AGREE),
        (State.AGREED, Step.RECEIVE),
        (State.CONCEPT, Step.CORRECT),
    ],
)
def test_what_cannot_be_done_is_not_in_it(state: State, step: Step) -> None:
    assert transition(state, step) is None


@pytest.mark.parametrize("state", State)
def test_a_reader_does_nothing_and_who_agrees_writes_nothing(state: Letter.State) -> None:
    assert not list(steps_for(User(role=Role.LEZER), state))
    assert set(steps_for(User(role=Role.VASTSTELLER), state)) <= {Step.AGREE, Step.SEND_BACK}
    assert not set(steps_for(User(role=Role.TOEZICHTHOUDER), state)) & {Step.AGREE, Step.SEND_BACK}


def test_only_who_agrees_may_agree_and_send_back() -> None:
    for each in TRANSITIONS:
        assert (each.right == Right.AGREE_LETTERS) == (each.step in {Step.AGREE, Step.SEND_BACK})
