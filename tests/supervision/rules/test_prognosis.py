"""The prognosis within a half-year: pace, what is needed, expectation and range, and what if."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.opgave import HalfYear, Opgave, work_out
from supervision.rules.period import Period, periods_between
from supervision.rules.prognosis import MOST_EARLIER, Prognosis, WhatIf, foresee, what_if
from tests.supervision.rules.examples import UTRECHT, half_year

NOW = Period(2022, 2)

# Taakstelling with herverdeling and realisatie of the city of Utrecht; up to 2020-2 made up, 2022-1 as published.
CITY = {
    Period(2019, 1): (122, 110),
    Period(2019, 2): (122, 139),
    Period(2020, 1): (112, 89),
    Period(2020, 2): (132, 117),
    Period(2021, 1): (274, 200),
    Period(2021, 2): (226, 208),
    Period(2022, 1): (204, 168),
}


def world(
    *past: tuple[int, int],
    taakstelling: int | None = 275,
    start: int | None = 207,
    counted: int | None = 15,
    on: date | None = date(2022, 7, 7),
    period: Period = NOW,
) -> dict[Period, Opgave]:
    """A half-year that runs, after closed ones with (taakstelling, realisatie)."""
    before = periods_between(period.back(len(past)), period.previous) if past else []
    closed = [
        half_year(each, taakstelling=asked, realisation=realised, achterstand_start=0)
        for each, (asked, realised) in zip(before, past, strict=True)
    ]
    runs = HalfYear(
        period=period, taakstelling=taakstelling, achterstand_start=start, realisation=counted, counted_to=on
    )
    return work_out([*closed, runs])


def foreseen(*past: tuple[int, int], **now: object) -> Prognosis:
    prognosis = foresee(world(*past, **now), NOW, policy=UTRECHT)
    assert prognosis is not None
    return prognosis


# -- pace and what is needed --------------------------------------------------


def test_the_dossier_needs_19_a_week_to_house_467_persons():
    """15 of 482 were housed on 7 July 2022; 178 days are left until 1 January."""
    prognosis = foreseen()
    assert (prognosis.remaining, prognosis.days, prognosis.days_left) == (467, 6, 178)
    assert prognosis.needed_per_week == 19
    assert prognosis.pace == Fraction(35, 2)


def test_the_mockup_needs_18_a_week_after_the_first_of_september():
    prognosis = foreseen(counted=178, on=date(2022, 9, 1))
    assert (prognosis.remaining, prognosis.needed_per_week) == (304, 18)


def test_what_is_needed_is_rounded_up():
    """Two weeks before the end."""
    assert foreseen(taakstelling=20, start=0, counted=5, on=date(2022, 12, 18)).needed_per_week == 8


def test_the_last_days_count_as_a_week():
    """20 in four days are 20, and not the 35 a week that would be as fast."""
    assert foreseen(taakstelling=20, start=0, counted=0, on=date(2022, 12, 28)).needed_per_week == 20


@pytest.mark.parametrize(("start", "counted"), [(-30, 0), (-27, 0), (0, 27), (0, 40)])
def test_once_the_totaalopgave_was_reached_nobody_is_needed(start, counted):
    assert foreseen(taakstelling=27, start=start, counted=counted).needed_per_week == 0


# -- expectation and range ----------------------------------------------------


def test_the_city_of_utrecht_on_7_july():
    """The middle one of 73% … 114% is 89% (117 of 132); 6 of the 184 days are over."""
    prognosis = foreseen(*CITY.values())
    own, middle = Fraction(15, 6), Fraction(117, 132) * Fraction(275, 184)
    weight = Fraction(6, 184)
    exact = 15 + 178 * (weight * own + (1 - weight) * middle)
    assert abs(prognosis.expected.realisation - exact) <= Fraction(1, 2)
    assert (prognosis.expected.realisation, prognosis.expected.achterstand) == (258, 224)
    assert (
        prognosis.fewest.realisation == 15 + 129
    )  # 178 days at two thirds of 200 of 274, of 275 over 184 days: 129,46
    assert prognosis.most.realisation == 15 + 445  # 178 days at the pace until now, 2,5 a day
    assert [each.trede for each in (prognosis.fewest, prognosis.expected, prognosis.most)] == [3, 2, 2]


@pytest.mark.parametrize(("counted", "trede"), [(206, 3), (207, 3), (208, 2), (481, 2), (482, 1), (500, 1)])
def test_the_trede_is_that_of_the_ladder_with_the_half_year_filled_in(counted, trede):
    """482 is asked and the taakstelling is 275: with 207 housed the achterstand is 275 as well."""
    assert supposed(counted=counted, a_week=0).alone.trede == trede


def test_a_row_of_half_years_goes_on():
    in_a_row = work_out(
        [
            half_year(NOW.back(2), taakstelling=10, achterstand_start=0, realisation=10),
            half_year(NOW.previous, taakstelling=10, achterstand_start=10, realisation=10),
            HalfYear(period=NOW, taakstelling=10, achterstand_start=10, realisation=5, counted_to=date(2022, 10, 1)),
        ]
    )
    assert foresee(in_a_row, NOW, policy=UTRECHT).expected.trede == 4


def test_half_years_without_figures_may_bring_a_higher_trede():
    in_a_row = work_out(
        [HalfYear(period=NOW, taakstelling=10, achterstand_start=10, realisation=5, counted_to=date(2022, 10, 1))]
    )
    expected = foresee(in_a_row, NOW, policy=UTRECHT).expected
    assert (expected.trede, expected.could_be) == (3, 6)
    expected = foresee(in_a_row, NOW, policy=UTRECHT, exists_from=NOW).expected
    assert (expected.trede, expected.could_be) == (3, 3)


def test_the_pace_until_now_counts_as_far_as_the_half_year_is_over():
    """Half-way exactly half: 92 of the 184 days at 1 a day against 0 in the half-year before."""
    prognosis = foreseen((100, 0), taakstelling=184, start=0, counted=92, on=date(2022, 10, 1))
    assert prognosis.weight == Fraction(1, 2)
    assert prognosis.expected.realisation == 92 + 46
    assert (prognosis.fewest.realisation, prognosis.most.realisation) == (92, 184)


def test_the_range_goes_a_third_beyond_the_slowest_and_the_fastest_half_year():
    """92 days are left: at half and at the whole of the 184 asked that is 46 and 92 more."""
    past = ((100, 50), (100, 75), (100, 100))
    prognosis = foreseen(*past, taakstelling=184, start=0, counted=69, on=date(2022, 10, 1))
    assert prognosis.expected.realisation == 69 + 69
    assert (prognosis.fewest.realisation, prognosis.most.realisation) == (69 + 31, 69 + 123)  # 30,67 and 122,67


def test_the_middle_of_an_even_number_lies_between_the_two():
    prognosis = foreseen((100, 50), (100, 100), taakstelling=200, start=0, counted=None, on=None)
    assert prognosis.expected.realisation == 150


def test_before_the_first_count_it_is_reckoned_from_the_first_day():
    prognosis = foreseen((100, 50), (100, 100), (100, 75), counted=None, on=None)
    assert (prognosis.is_counted, prognosis.counted, prognosis.days, prognosis.days_left) == (False, 0, 0, 184)
    assert prognosis.pace is None
    assert prognosis.expected.realisation == 206  # 75% of 275 is 206,25
    assert (prognosis.fewest.realisation, prognosis.most.realisation) == (92, 367)  # 91,67 and 366,67


def test_a_count_on_the_first_day_gives_no_pace():
    prognosis = foreseen((100, 100), counted=3, on=NOW.start)
    assert prognosis.pace is None
    assert prognosis.expected.realisation == 3 + 275
    assert (prognosis.fewest.realisation, prognosis.most.realisation) == (3 + 183, 3 + 367)


def test_without_any_pace_nothing_is_expected_but_what_is_needed_is_known():
    prognosis = foreseen(counted=0, on=NOW.start)
    assert (prognosis.expected, prognosis.fewest, prognosis.most) == (None, None, None)
    assert prognosis.needed_per_week == 19


def test_the_first_half_year_of_a_municipality_has_its_own_pace_and_no_range():
    prognosis = foreseen(taakstelling=184, start=0, counted=46, on=date(2022, 10, 1))
    assert prognosis.expected.realisation == 92
    assert (prognosis.fewest, prognosis.most, prognosis.earlier) == (None, None, ())


def test_one_earlier_half_year_is_a_range_by_itself():
    prognosis = foreseen((100, 100), taakstelling=184, start=0, counted=46, on=date(2022, 10, 1))
    assert len(prognosis.earlier) == 1
    assert (prognosis.fewest.realisation, prognosis.most.realisation) == (46 + 46, 46 + 123)  # own pace; 122,67


def test_no_more_than_the_last_eight_half_years_count():
    prognosis = foreseen((100, 900), *[(100, 100)] * MOST_EARLIER)
    assert [each.period for each in prognosis.earlier] == periods_between(NOW.back(8), NOW.previous)
    assert prognosis.most.realisation == 15 + 445


def test_earlier_half_years_without_a_taakstelling_or_a_final_count_are_passed_over():
    past = world((0, 5), (100, 80), (100, 100))
    past[NOW.back(1)] = replace(past[NOW.back(1)], is_closed=False)
    prognosis = foresee(past, NOW, policy=UTRECHT)
    assert [(each.period, each.share) for each in prognosis.earlier] == [(NOW.back(2), Fraction(4, 5))]


def test_a_taakstelling_that_a_herverdeling_took_away_is_passed_over():
    past = world((10, 5))
    past[NOW.previous] = replace(past[NOW.previous], herverdeling=-10)
    assert foresee(past, NOW, policy=UTRECHT).earlier == ()


def test_without_a_taakstelling_of_now_only_its_own_pace_counts():
    """A taakstelling of 0, with an achterstand of before: earlier parts of a taakstelling say nothing of it."""
    prognosis = foreseen((100, 50), taakstelling=0, start=20, counted=5, on=date(2022, 10, 1))
    assert (prognosis.expected.realisation, prognosis.expected.achterstand) == (10, 10)
    assert prognosis.fewest is None


def test_a_voorsprong_larger_than_the_taakstelling():
    """Arnhem: 118 asked with a voorsprong of 127."""
    prognosis = foreseen((100, 100), taakstelling=118, start=-127, counted=10, on=date(2022, 10, 1))
    assert (prognosis.totaalopgave, prognosis.needed_per_week) == (-9, 0)
    assert prognosis.expected.achterstand < 0
    assert prognosis.expected.trede == 1


def test_a_correction_downwards_lowers_everything():
    past = ((100, 90), (100, 110))
    high = foreseen(*past, counted=100, on=date(2022, 9, 1))
    low = foreseen(*past, counted=40, on=date(2022, 9, 8))
    assert low.expected.realisation < high.expected.realisation
    assert low.needed_per_week > high.needed_per_week


@pytest.mark.parametrize(
    "now",
    [
        {"taakstelling": None},
        {"start": None},
        {"on": date(2022, 6, 30)},
        {"on": date(2023, 1, 1)},
    ],
)
def test_of_what_is_not_known_or_not_running_there_is_no_prognosis(now):
    half_years = world(**now)
    assert foresee(half_years, NOW, policy=UTRECHT) is None
    assert what_if(half_years, NOW, a_week=46, weeks=6, policy=UTRECHT) is None


def test_a_closed_or_unknown_half_year_has_no_prognosis():
    assert foresee({NOW.previous: world((10, 5))[NOW.previous]}, NOW.previous, policy=UTRECHT) is None
    assert foresee({}, NOW, policy=UTRECHT) is None


def test_without_a_policy_there_are_persons_and_no_trede():
    prognosis = foresee(world((100, 100)), NOW, policy=None)
    assert (prognosis.expected.trede, prognosis.expected.could_be) == (None, None)
    assert prognosis.expected.achterstand == 482 - prognosis.expected.realisation


# -- what if ------------------------------------------------------------------


def supposed(*past: tuple[int, int], a_week: int = 46, weeks: int = 6, **now: object) -> WhatIf:
    found = what_if(world(*past, **now), NOW, a_week=a_week, weeks=weeks, policy=UTRECHT)
    assert found is not None
    return found


def test_46_a_week_for_six_weeks_as_in_the_dossier():
    """276 of the versnelde uitstroom: 15 + 276 = 291, and 482 − 291 = 191, which is below 275."""
    found = supposed(*CITY.values())
    assert (found.more, found.days, found.is_cut_off) == (276, 42, False)
    assert (found.alone.realisation, found.alone.achterstand, found.alone.trede) == (291, 191, 2)
    assert (found.on_top.realisation, found.on_top.achterstand, found.on_top.trede) == (534, -52, 1)


def test_weeks_after_the_peildatum_do_not_count():
    found = supposed(a_week=7, weeks=6, on=date(2022, 12, 22))
    assert (found.days, found.more, found.is_cut_off) == (10, 10, True)


def test_what_if_without_an_expectation_knows_only_these_persons():
    found = supposed(counted=0, on=NOW.start)
    assert found.on_top is None
    assert found.alone.realisation == 276


def test_nobody_more_changes_nothing():
    found = supposed(*CITY.values(), a_week=0)
    assert found.alone.realisation == 15
    assert found.on_top == foreseen(*CITY.values()).expected


# -- promises -----------------------------------------------------------------

COUNTS = st.integers(0, 900)
PAST = st.lists(st.tuples(st.integers(0, 400), COUNTS), max_size=10)
RUNNING = st.fixed_dictionaries(
    {
        "taakstelling": st.integers(0, 400),
        "start": st.integers(-300, 600),
        "counted": COUNTS,
        "on": st.dates(NOW.start, NOW.peildatum - timedelta(days=1)),
    }
)


@given(past=PAST, now=RUNNING)
def test_the_range_contains_the_expectation(past, now):
    prognosis = foreseen(*past, **now)
    if prognosis.fewest is None or prognosis.most is None:
        assert prognosis.earlier == ()
        return
    expected, fewest, most = prognosis.expected, prognosis.fewest, prognosis.most
    assert prognosis.counted <= fewest.realisation <= expected.realisation <= most.realisation
    assert fewest.achterstand >= expected.achterstand >= most.achterstand
    assert fewest.trede >= expected.trede >= most.trede


@given(past=PAST, now=RUNNING)
def test_what_is_needed_a_week_is_enough_and_one_less_is_not(past, now):
    prognosis = foreseen(*past, **now)
    weeks = max(Fraction(1), Fraction(prognosis.days_left, 7))
    assert prognosis.needed_per_week * weeks >= prognosis.remaining
    if prognosis.needed_per_week:
        assert (prognosis.needed_per_week - 1) * weeks < prognosis.remaining


@given(past=PAST, now=RUNNING, more=st.integers(1, 50))
def test_more_persons_never_raise_the_achterstand_or_the_trede(past, now, more):
    few, many = foreseen(*past, **now), foreseen(*past, **{**now, "counted": now["counted"] + more})
    assert many.needed_per_week <= few.needed_per_week
    for lower, higher in ((few.expected, many.expected), (few.fewest, many.fewest), (few.most, many.most)):
        if lower and higher:
            assert higher.achterstand <= lower.achterstand
            assert higher.trede <= lower.trede


@given(past=PAST, now=RUNNING, a_week=st.integers(0, 100), more=st.integers(1, 100), weeks=st.integers(1, 26))
def test_more_persons_a_week_never_raise_the_achterstand_or_the_trede(past, now, a_week, more, weeks):
    few = supposed(*past, a_week=a_week, weeks=weeks, **now)
    many = supposed(*past, a_week=a_week + more, weeks=weeks, **now)
    for lower, higher in ((few.alone, many.alone), (few.on_top, many.on_top)):
        if lower and higher:
            assert higher.achterstand <= lower.achterstand
            assert higher.trede <= lower.trede


@given(past=PAST, now=RUNNING)
def test_every_ending_adds_up_to_the_totaalopgave(past, now):
    prognosis = foreseen(*past, **now)
    for ending in filter(None, (prognosis.expected, prognosis.fewest, prognosis.most)):
        assert ending.realisation + ending.achterstand == prognosis.totaalopgave


@given(past=PAST, now=RUNNING)
def test_the_same_figures_give_the_same_prognosis(past, now):
    assert foreseen(*past, **now) == foreseen(*past, **now)
