"""The advice of each half-year by its own policy, from the trede before; and the same in a table as on a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from supervision import figures
from supervision.advising import Standings
from supervision.models import FrozenHalfYear, LadderPolicy
from supervision.policies import PolicyHistory, policy_history
from supervision.rules.ladder import Held
from supervision.rules.period import Period
from tests.supervision.ledger import NOON, deliver
from tests.supervision.rules.examples import UTRECHT, P, ending_with


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


ONE_AT_ONCE = replace(UTRECHT, most_steps_up=1)
DOWN_BY_DECISION = replace(UTRECHT, down_by_decision=True)


def standings(policy, *ends, frozen=(), decided=None):
    history = PolicyHistory(((P.back(20), 1, policy),), frozen=dict.fromkeys(frozen, "Corona"))
    return Standings(policies=history, half_years=ending_with(*ends), decided=decided or {})


def treden(row: Standings) -> list[int | None]:
    return [row.trede(period) for period in row.half_years]


BAD = [(0, 10), *[(10, 10)] * 5]


def test_without_limits_each_half_year_stands_alone():
    assert treden(standings(UTRECHT, *BAD)) == [1, 3, 4, 5, 6, 6]


def test_with_a_limit_each_goes_on_from_the_one_before():
    assert treden(standings(ONE_AT_ONCE, *BAD)) == [1, 2, 3, 4, 5, 6]


def test_down_is_decided_and_stays_until_then():
    row = standings(DOWN_BY_DECISION, (0, 10), (10, 10), (1, 10), (0, 10), (0, 10))
    assert treden(row) == [1, 3, 3, 3, 3]
    decided = standings(DOWN_BY_DECISION, (0, 10), (10, 10), (1, 10), (0, 10), (0, 10), decided={P.back(2): 2})
    assert treden(decided) == [1, 3, 2, 2, 2]
    assert decided.advice(P.back(2)).trede == 3, "what is decided changes no advice of that half-year"


def test_a_frozen_half_year_keeps_the_trede_and_the_row_goes_on_after_it():
    row = standings(UTRECHT, *BAD, frozen=[P.back(2)])
    assert treden(row) == [1, 3, 4, 4, 5, 6]
    assert row.advice(P.back(2)).held is Held.FROZEN


def test_a_frozen_half_year_without_figures_hands_the_trede_on():
    row = standings(DOWN_BY_DECISION, (10, 10), (10, 10), (0, 10), frozen=[P.previous])
    half_years = {period: opgave for period, opgave in row.half_years.items() if period != P.previous}
    assert replace(row, half_years=half_years).trede(P) == 3


def test_a_half_year_that_lacks_leaves_the_trede_unknown_and_the_limit_off():
    row = standings(ONE_AT_ONCE, (0, 10), (0, 10), (10, 10), (10, 10))
    half_years = {period: opgave for period, opgave in row.half_years.items() if period != P.previous}
    row = replace(row, half_years=half_years)
    assert row.trede(P.previous) is None
    assert (row.advice(P).trede, row.advice(P).held) == (3, None)


def test_before_the_first_policy_and_the_first_figures_there_is_no_trede():
    history = PolicyHistory(((P, 1, DOWN_BY_DECISION),))
    row = Standings(policies=history, half_years=ending_with((10, 10), (0, 10)))
    assert (row.trede(P.previous), row.trede(P), row.trede(P.back(3))) == (None, 1, None)
    assert Standings(policies=history, half_years={}).trede(P) is None


@pytest.mark.parametrize(
    ("policies", "frozen", "period", "back_to"),
    [
        ([(P.back(9), UTRECHT)], [], P, P.back(4)),
        ([(P.back(9), ONE_AT_ONCE)], [], P, P.back(13)),
        ([(P.back(9), UTRECHT)], [P.back(2)], P, P.back(14)),
        ([(P.back(3), UTRECHT), (P.back(9), DOWN_BY_DECISION)], [], P, P.back(13)),
        ([(P.back(-2), ONE_AT_ONCE)], [], P, P),
        ([], [], P, P),
    ],
)
def test_how_far_back_an_advice_looks(policies, frozen, period, back_to):
    history = PolicyHistory(
        tuple((start, n, policy) for n, (start, policy) in enumerate(policies)), frozen=dict.fromkeys(frozen, "Corona")
    )
    assert history.looks_back_to(period) == back_to


# -- from the database --------------------------------------------------------


def freeze(province, supervisor, period, **more):
    return FrozenHalfYear.objects.create(
        province=province, period=period, reason="Corona", frozen_at=NOON, frozen_by=supervisor, **more
    )


@pytest.mark.parametrize("limits", [{}, {"most_steps_up": 1}, {"down_by_decision": True}])
@pytest.mark.parametrize("frozen", [[], [2], [9, 1], [0]])
def test_a_table_says_the_same_as_the_page(province, city, supervisor, limits, frozen):
    """Also where the trede of now rests on half-years that the table does not show."""
    LadderPolicy.objects.update(valid_from=P.back(13), **limits)
    for back in range(14, -1, -1):
        housed = 0 if back in (12, 11, 10) else 10
        deliver(by=supervisor, municipality=city, period=P.back(back), taakstelling=10, realisatie=housed)
        deliver(by=supervisor, municipality=city, period=P.back(back), achterstand=max(0, 30 - 10 * back))
    for back in frozen:
        freeze(province, supervisor, P.back(back))
    whole = figures.assess_municipality(municipality=city, period=P)
    [in_table] = [
        a for a in figures.assess_province(province=province, period=P, look_back=0) if a.municipality == city
    ]
    assert whole.advice is not None
    assert (in_table.advice, in_table.trede_before) == (whole.advice, whole.trede_before)


def test_what_was_frozen_is_known_from_its_moment_until_it_was_lifted(province, supervisor):
    later = NOON + timedelta(days=2)
    freeze(province, supervisor, Period(2020, 1))
    freeze(province, supervisor, Period(2020, 2), lifted_at=later, lifted_by=supervisor)

    def frozen(known_at=None):
        return dict(policy_history(province=province, known_at=known_at).frozen)

    assert frozen() == {Period(2020, 1): "Corona"}
    assert frozen(NOON - timedelta(seconds=1)) == {}
    assert frozen(NOON) == {Period(2020, 1): "Corona", Period(2020, 2): "Corona"}
    assert frozen(later) == {Period(2020, 1): "Corona"}
