"""The table of steps: who, from where, to where."""

from __future__ import annotations

import pytest

from municipalities.models import User
from municipalities.rights import Right, Role
from supervision.procedure import TRANSITIONS, State, Step, may_decide, right_for, steps_for, transition


def test_a_step_leads_to_one_state() -> None:
    ways = [(each.state, each.step) for each in TRANSITIONS]
    assert len(ways) == len(set(ways))


@pytest.mark.parametrize("step", Step)
def test_a_step_asks_for_one_right(step: Step) -> None:
    assert {each.right for each in TRANSITIONS if each.step == step} == {right_for(step)}


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_and_left(state: State) -> None:
    assert any(each.to == state for each in TRANSITIONS)
    assert any(each.state == state for each in TRANSITIONS)


@pytest.mark.parametrize(
    ("state", "step", "to"),
    [
        (State.TO_PROPOSE, Step.PROPOSE, State.PROPOSED),
        (State.PROPOSED, Step.DECIDE, State.DECIDED),
        (State.PROPOSED, Step.SEND_BACK, State.RETURNED),
        (State.RETURNED, Step.PROPOSE, State.PROPOSED),
        (State.PROPOSED, Step.WITHDRAW, State.TO_PROPOSE),
        (State.DECIDED, Step.REVISE, State.REVISION_PROPOSED),
        (State.REVISION_PROPOSED, Step.SEND_BACK, State.DECIDED),
        (State.REVISION_PROPOSED, Step.DECIDE, State.DECIDED),
    ],
)
def test_where_a_step_leads(state: State, step: Step, to: State) -> None:
    found = transition(state, step)
    assert found is not None
    assert found.to == to


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.TO_PROPOSE, Step.DECIDE),
        (State.TO_PROPOSE, Step.SEND_BACK),
        (State.DECIDED, Step.DECIDE),
        (State.DECIDED, Step.PROPOSE),
        (State.DECIDED, Step.WITHDRAW),
        (State.RETURNED, Step.DECIDE),
    ],
)
def test_what_cannot_be_done_is_not_in_it(state: State, step: Step) -> None:
    assert transition(state, step) is None


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        (Role.LEZER, set()),
        (Role.TOEZICHTHOUDER, {Step.PROPOSE, Step.WITHDRAW}),
        (Role.BEHEERDER, {Step.PROPOSE, Step.WITHDRAW}),
        (Role.VASTSTELLER, {Step.PROPOSE, Step.WITHDRAW, Step.DECIDE, Step.SEND_BACK}),
    ],
)
def test_what_each_role_may_do_with_a_proposal(role: Role, steps: set[Step]) -> None:
    assert set(steps_for(User(role=role), State.PROPOSED)) == steps


def test_only_who_decides_may_decide_and_send_back() -> None:
    for each in TRANSITIONS:
        assert (each.right == Right.DECIDE) == (each.step in {Step.DECIDE, Step.SEND_BACK})


@pytest.mark.parametrize(
    ("role", "own", "one_person", "may"),
    [
        (Role.VASTSTELLER, False, False, True),
        (Role.VASTSTELLER, True, False, False),
        (Role.VASTSTELLER, True, True, True),
        (Role.TOEZICHTHOUDER, False, False, False),
        (Role.TOEZICHTHOUDER, True, True, False),
        (Role.BEHEERDER, False, True, False),
    ],
)
def test_four_eyes_unless_the_province_lets_one_person_do_both(
    role: Role, own: bool, one_person: bool, may: bool
) -> None:
    user = User(pk=7, role=role)
    assert may_decide(user, proposed_by=7 if own else 8, one_person_decides=one_person) is may
