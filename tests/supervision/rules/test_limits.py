"""Frozen half-years, and how far and in which direction an advice goes by itself."""

import json
from copy import deepcopy
from dataclasses import asdict, replace

import pytest

from supervision.rules.ladder import Held, advise
from supervision.rules.period import Period
from supervision.rules.policy import Policy
from supervision.rules.tipping import sensitivity
from tests.supervision.rules.examples import UTRECHT, P, ending_with, step

ONE_AT_ONCE = replace(UTRECHT, most_steps_up=1)
DOWN_BY_DECISION = replace(UTRECHT, down_by_decision=True)
IN_A_ROW = [(10, 10)] * 4
"""Four half-years with an achterstand as high as the taakstelling: trede 6 in Utrecht."""


# -- frozen half-years --------------------------------------------------------


def test_a_frozen_half_year_neither_adds_to_a_row_nor_breaks_it():
    half_years = ending_with((0, 10), (10, 10), (10, 10), (10, 10))
    advice = advise(UTRECHT, half_years, P, frozen={P.previous})
    assert advice.trede == 4
    assert advice.deciding.row == (P, P.back(2))
    assert advice.passed_over == (P.previous,)
    assert advice.passed_over_sentence == "2021-2 is bevroren en telt niet mee in de rij."


def test_also_a_good_frozen_half_year_does_not_break_the_row():
    half_years = ending_with((0, 10), (10, 10), (0, 10), (10, 10))
    assert advise(UTRECHT, half_years, P).trede == 3
    assert advise(UTRECHT, half_years, P, frozen={P.previous}).trede == 4


def test_two_frozen_half_years_are_passed_over_together():
    half_years = ending_with((0, 10), (10, 10), (1, 10), (99, 10), (10, 10))
    advice = advise(UTRECHT, half_years, P, frozen={P.previous, P.back(2)})
    assert advice.trede == 4
    assert advice.passed_over_sentence == "2021-1 en 2021-2 zijn bevroren en tellen niet mee in de rij."


def test_a_frozen_half_year_without_figures_is_not_missed():
    half_years = ending_with((0, 10), (10, 10), (10, 10), (10, 10))
    del half_years[P.previous]
    advice = advise(UTRECHT, half_years, P, frozen={P.previous})
    assert (advice.trede, advice.missing) == (4, ())


@pytest.mark.parametrize("frozen", [{Period(1990, 1)}, {P.back(5)}, {P.back(n) for n in range(4, 40)}])
def test_frozen_half_years_before_the_first_are_harmless(frozen):
    half_years = ending_with(*IN_A_ROW)
    assert advise(UTRECHT, half_years, P, frozen=frozen).trede == 6
    begun = advise(UTRECHT, ending_with((10, 10)), P, exists_from=P, frozen=frozen)
    assert (begun.trede, begun.missing, begun.passed_over) == (3, (), ())


@pytest.mark.parametrize(("before", "trede"), [(1, 1), (4, 4), (6, 6), (None, 1), (9, 6), (0, 1)])
def test_in_a_frozen_half_year_the_trede_stays(before, trede):
    advice = advise(UTRECHT, ending_with(*IN_A_ROW), P, before=before, frozen={P})
    assert (advice.trede, advice.held, advice.clauses, advice.could_be) == (trede, Held.FROZEN, (), trede)
    stays = "er was nog geen trede" if before is None else "de trede blijft zoals zij was"
    assert advice.sentence == f"Halfjaar 2022-1 is bevroren: {stays}."


def test_nothing_tips_a_frozen_half_year():
    half_years = ending_with(*IN_A_ROW)
    stands = sensitivity(UTRECHT, half_years, advise(UTRECHT, half_years, P, before=2, frozen={P}))
    assert (stands.lower, stands.higher, stands.other_reading) == (None, None, 2)


def test_a_frozen_half_year_whose_figures_lack_has_no_advice_yet():
    assert advise(UTRECHT, {}, P, before=3, frozen={P}) is None


# -- up -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "trede", "held"),
    [
        (1, 2, Held.STEPS_UP),
        (4, 5, Held.STEPS_UP),
        (5, 6, None),
        (6, 6, None),
        (None, 6, None),
    ],
)
def test_no_more_than_one_step_up_at_once(before, trede, held):
    advice = advise(ONE_AT_ONCE, ending_with(*IN_A_ROW), P, before=before)
    assert (advice.trede, advice.reached.number, advice.held) == (trede, 6, held)


def test_the_limit_is_in_the_sentence():
    advice = advise(ONE_AT_ONCE, ending_with((10, 10), (12, 10)), P, before=2)
    assert advice.sentence == (
        "De achterstand (12) is hoger dan de taakstelling (10), 2\u00a0halfjaren op rij (nodig: 2). De voorwaarde van trede 4 geldt, maar "
        "verder dan trede 3 gaat het niet in één keer omhoog."
    )


def test_what_lacks_cannot_bring_more_than_the_limit():
    half_years = ending_with((10, 10))
    assert advise(UTRECHT, half_years, P).could_be == 6
    assert advise(ONE_AT_ONCE, half_years, P, before=3).could_be == 4
    assert advise(ONE_AT_ONCE, half_years, P, before=2).missing == ()


def test_a_step_is_one_of_the_ladder_also_where_numbers_are_left_out():
    first, _, third, _, fifth, _ = UTRECHT.steps
    gaps = replace(ONE_AT_ONCE, steps=(first, third, fifth))
    assert advise(gaps, ending_with(*IN_A_ROW), P, before=1).trede == 3


def test_a_trede_of_another_ladder_counts_as_the_highest_step_at_or_below_it():
    first, second, third, *_ = UTRECHT.steps
    three = replace(DOWN_BY_DECISION, steps=(first, second, third))
    assert advise(three, ending_with((0, 10)), P, before=5).trede == 3


# -- down ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "trede", "held"), [(1, 2, None), (2, 2, None), (3, 3, Held.DOWN_BY_DECISION), (None, 2, None)]
)
def test_down_is_decided(before, trede, held):
    advice = advise(DOWN_BY_DECISION, ending_with((0, 10), (1, 10)), P, before=before)
    assert (advice.trede, advice.reached.number, advice.held) == (trede, 2, held)


def test_what_is_possible_is_in_the_sentence():
    advice = advise(DOWN_BY_DECISION, ending_with((0, 10), (1, 10)), P, before=4)
    assert advice.sentence.endswith("Afschaling naar trede 2 is mogelijk, als daartoe wordt besloten.")


def test_without_limits_the_trede_before_changes_nothing():
    half_years = ending_with((0, 10), (10, 10))
    assert {advise(UTRECHT, half_years, P, before=before).trede for before in (None, 1, 6)} == {3}


@pytest.mark.parametrize("most", [0, -1])
def test_a_ladder_goes_up(most):
    with pytest.raises(ValueError, match="nobody up"):
        replace(UTRECHT, most_steps_up=most)


def test_an_advice_can_be_taken_apart_and_kept():
    advice = advise(UTRECHT, ending_with((10, 10)), P)
    kept = asdict(advice)
    assert (kept["step"]["number"], kept["step"]["number"].sign) == (3, "3")
    assert json.dumps(kept["step"]["number"]) == "3"
    assert deepcopy(advice) == advice


def test_a_ladder_of_one_step_has_one_answer():
    one = Policy(name="", source="", counts_herverdeling=False, steps=(step(1),), most_steps_up=2)
    advice = advise(one, ending_with(*IN_A_ROW), P, before=1)
    assert (advice.trede, advice.deciding, advice.sentence) == (1, None, "")
