"""What a part hands on: all that it owed, and where it departs from that, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.carry_over import HandedOn
from supervision.rules.opgave import HalfYear, work_out
from supervision.rules.period import Period


def handed(end, persons, elsewhere=0, *, is_last=True):
    return HandedOn(name="Haaren", end=end, persons=persons, elsewhere=elsewhere, is_last=is_last)


@pytest.mark.parametrize(
    ("end", "persons", "elsewhere", "is_last", "adds_up"),
    [
        (12, 12, 0, True, True),
        (12, 11, 0, True, False),
        (12, 5, 7, True, True),
        (12, 5, 0, False, True),
        (12, 13, 0, False, False),
        (12, -1, 0, False, False),
        (-3, -3, 0, True, True),
        (-3, -1, 0, False, True),
        (-3, -4, 0, False, False),
        (0, 0, 0, True, True),
        (0, 1, 0, False, False),
        (None, 40, 0, True, True),
    ],
)
def test_all_of_the_end_goes_over_and_no_more(end, persons, elsewhere, is_last, adds_up):
    assert handed(end, persons, elsewhere, is_last=is_last).adds_up is adds_up


@pytest.mark.parametrize(
    ("end", "persons", "elsewhere", "sentence"),
    [
        (12, 5, 6, "Haaren sloot af met een achterstand van 12, en samen gaat er 11 over."),
        (-3, 0, 0, "Haaren sloot af met een voorsprong van 3, en samen gaat er 0 over."),
        (12, 12, 0, ""),
    ],
)
def test_what_departs_says_so(end, persons, elsewhere, sentence):
    assert handed(end, persons, elsewhere).departure == sentence


@given(shares=st.lists(st.integers(-500, 500), min_size=1, max_size=6), off=st.integers(-50, 50))
def test_whoever_comes_last_finds_what_was_lost_or_made_up(shares, off):
    """The others took theirs in any order; only an exact remainder passes without a word."""
    *others, last = shares
    assert handed(sum(shares), last + off, sum(others)).adds_up is (off == 0)


# -- in the half-year ---------------------------------------------------------


def opened(*, end=None, reported=None, carried=None, has_parts=True):
    """The half-year after one that ended with `end`."""
    before = HalfYear(
        period=Period(2020, 2), taakstelling=0, achterstand_start=end, realisation=0, is_closed=end is not None
    )
    after = HalfYear(
        period=Period(2021, 1), achterstand_start=reported, carried_over=carried, has_parts=has_parts, taakstelling=10
    )
    return work_out([before, after])[Period(2021, 1)]


def test_what_was_carried_over_opens_the_half_year():
    opgave = opened(end=52, carried=60)
    assert (opgave.achterstand_start, opgave.totaalopgave, opgave.start_difference) == (60, 70, 0)


def test_coa_leads_and_differs_from_what_was_carried_over():
    opgave = opened(end=52, carried=60, reported=61)
    assert (opgave.achterstand_start, opgave.start_expected, opgave.start_difference) == (61, 60, 1)


def test_with_parts_to_come_the_own_end_alone_opens_nothing():
    opgave = opened(end=52)
    assert opgave.awaits_parts
    assert (opgave.achterstand_start, opgave.totaalopgave) == (None, None)
    assert opened(end=52, has_parts=False).achterstand_start == 52


def test_with_parts_to_come_coa_is_still_held_against_the_own_end():
    opgave = opened(end=52, reported=60)
    assert (opgave.achterstand_start, opgave.start_difference) == (60, 8)


@given(end=st.none() | st.integers(-99, 99), reported=st.none() | st.integers(-99, 99), carried=st.integers(-99, 99))
def test_an_opening_is_coas_or_else_what_was_carried_over(end, reported, carried):
    opgave = opened(end=end, reported=reported, carried=carried)
    assert opgave.achterstand_start == (carried if reported is None else reported)
