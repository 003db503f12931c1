"""What may follow on what, in a verbeterplan."""

import pytest

from supervision.rules.verbeterplan import FIRST, FOLLOWS, State, is_sent_back, may_follow

MAY = {
    (State.REQUESTED, State.RECEIVED),
    (State.RECEIVED, State.AGREED),
    (State.RECEIVED, State.REQUESTED),
    (State.AGREED, State.COMPLETED),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("following", State)
def test_table_of_states(state, following):
    assert may_follow(state, following) == ((state, following) in MAY)


def test_every_state_can_be_reached_from_the_first():
    reached = {FIRST}
    while more := {following for state in reached for following in FOLLOWS[state]} - reached:
        reached |= more
    assert reached == set(State) == set(FOLLOWS)


def test_only_from_received_to_requested_is_it_sent_back():
    pairs = [(state, following) for state in State for following in State if is_sent_back(state, following)]
    assert pairs == [(State.RECEIVED, State.REQUESTED)]
