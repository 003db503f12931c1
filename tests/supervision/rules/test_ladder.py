"""The interventieladder of the province of Utrecht (Beleidskader 2021–2024)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.ladder import advise
from supervision.rules.opgave import HalfYear, work_out
from supervision.rules.period import Period
from supervision.rules.policy import Policy
from supervision.rules.tipping import Tipping, other_reading, sensitivity
from tests.supervision.rules.examples import UTRECHT, P, against_taakstelling, ending_with, half_year, step

WITH_HERVERDELING = replace(UTRECHT, counts_herverdeling=True)


def trede(half_years, period=P, policy=UTRECHT):
    return advise(policy, half_years, period).trede


def test_utrecht_2022_1_goes_from_2_to_3():
    """207 against 203, without herverdeling (the dossier's own comparison)."""
    city = work_out(
        [
            half_year(P.previous, achterstand_start=153, taakstelling=226, realisation=208),
            half_year(P, taakstelling=203, herverdeling=1, realisation=168),
        ]
    )
    assert trede(city, P.previous) == 2
    advice = advise(UTRECHT, city, P)
    assert advice.trede == 3
    assert advice.sentence == "De achterstand (207) is hoger dan de taakstelling (203)."
    assert advice.deciding.surplus == 4
    assert advice.missing == ()
    stands = sensitivity(UTRECHT, city, advice)
    assert stands.lower == Tipping(persons=5, trede=2)
    assert stands.other_reading == 3  # 207 against 204


@pytest.mark.parametrize(
    ("end", "taakstelling", "expected"),
    [
        pytest.param(-1, 10, 1, id="a voorsprong"),
        pytest.param(0, 10, 1, id="no achterstand"),
        pytest.param(1, 10, 2, id="an achterstand of one person"),
        pytest.param(9, 10, 2, id="one person short of the taakstelling"),
        pytest.param(10, 10, 3, id="as high as the taakstelling"),
        pytest.param(11, 10, 3, id="higher than the taakstelling"),
        pytest.param(0, 0, 1, id="0 against 0 is trede 1, not 3"),
        pytest.param(1, 0, 3, id="an achterstand without a taakstelling"),
        pytest.param(-5, 0, 1, id="a voorsprong without a taakstelling"),
    ],
)
def test_one_half_year(end, taakstelling, expected):
    # The half-year before was better, so that no row begins there.
    assert trede(ending_with((0, 10), (end, taakstelling))) == expected


def test_each_half_year_in_a_row_is_a_trede_up_to_6():
    half_years = ending_with((0, 10), (10, 10), (12, 10), (11, 11), (9, 9), (20, 10), (20, 10))
    assert [trede(half_years, period) for period in half_years] == [1, 3, 4, 5, 6, 6, 6]


def test_a_better_half_year_breaks_the_row():
    half_years = ending_with((0, 10), (10, 10), (10, 10), (9, 10), (10, 10))
    assert [trede(half_years, period) for period in half_years] == [1, 3, 4, 2, 3]


def test_a_missing_half_year_is_no_silent_row():
    """2021-1 and 2022-1 hold and 2021-2 has no figures: not two in a row, and not nothing."""
    half_years = ending_with((10, 10), (10, 10), (10, 10))
    del half_years[P.previous]
    advice = advise(UTRECHT, half_years, P)
    assert advice.trede == 3
    assert advice.could_be == 6
    assert advice.missing == (P.previous,)


def test_a_half_year_without_realisatie_is_missing_too():
    half_years = ending_with((10, 10), (10, 10))
    half_years[P.previous] = replace(half_years[P.previous], realisation=None)
    assert advise(UTRECHT, half_years, P).missing == (P.previous,)


def test_nothing_is_missing_where_it_could_not_change_the_trede():
    half_years = ending_with((5, 10))
    assert advise(UTRECHT, half_years, P).missing == ()
    assert advise(UTRECHT, half_years, P).could_be == 2


def test_four_in_a_row_need_no_earlier_half_year():
    assert advise(UTRECHT, ending_with(*[(10, 10)] * 4), P).missing == ()


def test_a_new_municipality_misses_nothing_from_before_it_was_there():
    half_years = ending_with((10, 10))
    advice = advise(UTRECHT, half_years, P, exists_from=P)
    assert advice.trede == 3
    assert advice.missing == ()


def test_a_running_half_year_has_no_advice():
    running = work_out([HalfYear(period=P, taakstelling=10, achterstand_start=10, realisation=1)])
    assert advise(UTRECHT, running, P) is None


def test_a_half_year_without_figures_has_no_advice():
    assert advise(UTRECHT, {}, P) is None


def city_of_two_readings():
    """An achterstand of 10 against 9 without, and 11 with herverdeling."""
    return work_out(
        [
            half_year(P.previous, achterstand_start=0, taakstelling=10, realisation=10),
            half_year(P, achterstand_start=9, taakstelling=9, herverdeling=2, realisation=10),
        ]
    )


def test_both_readings_of_the_herverdeling_in_the_comparison():
    half_years = city_of_two_readings()
    assert trede(half_years) == 3
    assert trede(half_years, policy=WITH_HERVERDELING) == 2
    assert other_reading(UTRECHT, half_years, advise(UTRECHT, half_years, P)) == 2
    assert other_reading(WITH_HERVERDELING, half_years, advise(WITH_HERVERDELING, half_years, P)) == 3


def test_an_advice_can_hang_on_one_person():
    half_years = ending_with((0, 10), (10, 10))
    stands = sensitivity(UTRECHT, half_years, advise(UTRECHT, half_years, P))
    assert stands.lower == Tipping(persons=1, trede=2)
    assert stands.hangs_on_one_person


def test_fewer_housed_would_have_been_a_higher_trede():
    half_years = ending_with((0, 10), (7, 10))
    stands = sensitivity(UTRECHT, half_years, advise(UTRECHT, half_years, P))
    assert stands.higher == Tipping(persons=3, trede=3)
    assert stands.lower == Tipping(persons=7, trede=1)
    assert not stands.hangs_on_one_person


def test_nobody_fewer_than_nobody_can_be_housed():
    half_years = work_out([half_year(P, achterstand_start=0, taakstelling=10, realisation=4)])
    stands = sensitivity(UTRECHT, half_years, advise(UTRECHT, half_years, P))
    assert stands.higher == Tipping(persons=4, trede=3)


def test_the_row_is_in_the_sentence():
    advice = advise(UTRECHT, ending_with((0, 10), (10, 10), (12, 10)), P)
    assert (
        advice.sentence == "De achterstand (12) is hoger dan de taakstelling (10), 2\u00a0halfjaren op rij (nodig: 2)."
    )
    assert advice.deciding.row == (P, P.previous)


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (3, "Op 1\u00a0juli 2022 was er een achterstand van 3\u00a0personen."),
        (0, "Op 1\u00a0juli 2022 was er geen achterstand."),
        (-1, "Op 1\u00a0juli 2022 was er een voorsprong van 1\u00a0persoon."),
    ],
)
def test_the_lower_treden_say_what_was_owed(end, sentence):
    assert advise(UTRECHT, ending_with((end, 10)), P).sentence == sentence


def test_a_multiple_of_the_taakstelling_is_rounded_against_nobody():
    """Half of a taakstelling of 5 is 2,5: an achterstand of 2 is below it, of 3 above."""
    half = replace(UTRECHT, steps=(step(1), step(2, against_taakstelling(1, Fraction(1, 2)))))
    assert trede(ending_with((2, 5)), policy=half) == 1
    assert trede(ending_with((3, 5)), policy=half) == 2
    assert "0,5 keer de taakstelling (5)" in advise(half, ending_with((3, 5)), P).sentence


def test_a_policy_begins_with_a_step_for_everyone():
    with pytest.raises(ValueError, match="only that"):
        Policy(name="", source="", counts_herverdeling=False, steps=(step(1, against_taakstelling(1)),))
    with pytest.raises(ValueError, match="only that"):
        Policy(name="", source="", counts_herverdeling=False, steps=(step(1), step(2)))


@pytest.mark.parametrize("numbers", [[], [2, 1], [1, 1]])
def test_a_policy_has_ascending_steps(numbers):
    steps = tuple(step(number) for number in numbers)
    with pytest.raises(ValueError, match="ascending"):
        Policy(name="", source="", counts_herverdeling=False, steps=steps)


figures = st.lists(
    st.tuples(st.integers(-30, 60), st.integers(0, 30), st.integers(-3, 3), st.integers(0, 60)), min_size=1, max_size=7
)
policies = st.sampled_from([UTRECHT, WITH_HERVERDELING])


def worked_out(rows, until=P):
    """Openings are computed after the first, as in an administration that runs on."""
    first = until.back(len(rows) - 1)
    return work_out(
        half_year(
            first.back(-index),
            achterstand_start=start if index == 0 else None,
            taakstelling=taakstelling,
            herverdeling=herverdeling,
            realisation=realisation,
        )
        for index, (start, taakstelling, herverdeling, realisation) in enumerate(rows)
    )


@given(figures, policies)
def test_the_advice_is_always_one_of_the_steps(rows, policy):
    assert trede(worked_out(rows), policy=policy) in range(1, 7)


@given(figures, policies)
def test_a_voorsprong_never_gives_more_than_trede_1(rows, policy):
    half_years = worked_out(rows)
    if half_years[P].achterstand_end <= 0:
        assert trede(half_years, policy=policy) == 1


@given(figures, policies, st.integers(1, 60))
def test_more_realisatie_never_raises_the_trede(rows, policy, more):
    before = trede(worked_out(rows), policy=policy)
    *earlier, (start, taakstelling, herverdeling, realisation) = rows
    better = worked_out([*earlier, (start, taakstelling, herverdeling, realisation + more)])
    assert trede(better, policy=policy) <= before


@given(figures, policies)
def test_what_would_have_tipped_it_really_does_and_one_less_does_not(rows, policy):
    half_years = worked_out(rows)
    advice = advise(policy, half_years, P)
    stands = sensitivity(policy, half_years, advice)

    def with_more(persons):
        changed = replace(half_years[P], realisation=half_years[P].realisation + persons)
        return trede({**half_years, P: changed}, policy=policy)

    for tipping, sign in ((stands.lower, 1), (stands.higher, -1)):
        if tipping:
            assert with_more(sign * tipping.persons) == tipping.trede != advice.trede
            assert with_more(sign * (tipping.persons - 1)) == advice.trede
    if stands.lower is None:
        assert advice.trede == 1


@given(figures, policies, st.integers(0, 6))
def test_a_missing_half_year_never_gives_a_higher_trede_than_its_figures_could(rows, policy, gone):
    half_years = worked_out(rows)
    whole = trede(half_years, policy=policy)
    missing = P.back(1 + gone)
    half_years.pop(missing, None)
    advice = advise(policy, half_years, P)
    assert advice.trede <= whole <= max(advice.could_be, advice.trede)


def test_half_years_from_before_the_administration_began_are_named():
    first = Period(1995, 1)
    advice = advise(UTRECHT, ending_with((10, 10), until=first), first)
    assert advice.missing == (Period(1994, 2),)
