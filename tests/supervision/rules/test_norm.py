"""The norm of a running half-year: 1/6 of the totaalopgave a month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.norm import norm
from supervision.rules.period import Period

SECOND_HALF = Period(2022, 2)


def test_two_months_are_a_third_of_the_totaalopgave():
    assert norm(482, period=SECOND_HALF, day=date(2022, 9, 1)) == 161


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2022, 7, 1), 0), (date(2022, 7, 7), 16), (date(2022, 8, 4), 88), (date(2023, 1, 1), 482)],
)
def test_the_norm_grows_from_nothing_to_the_whole(day, expected):
    assert norm(482, period=SECOND_HALF, day=day) == expected


def test_the_first_half_year_counts_from_january():
    assert norm(60, period=Period(2022, 1), day=date(2022, 3, 1)) == 20


@pytest.mark.parametrize("day", [date(2022, 6, 30), date(2023, 1, 2)])
def test_outside_the_half_year_there_is_no_norm(day):
    assert norm(60, period=SECOND_HALF, day=day) is None


@pytest.mark.parametrize("totaalopgave", [0, -9])
def test_without_anything_to_do_there_is_no_norm(totaalopgave):
    assert norm(totaalopgave, period=SECOND_HALF, day=date(2022, 9, 1)) is None


@given(
    totaalopgave=st.integers(min_value=1, max_value=99_999),
    days=st.tuples(
        st.dates(min_value=date(2022, 7, 1), max_value=date(2023, 1, 1)),
        st.dates(min_value=date(2022, 7, 1), max_value=date(2023, 1, 1)),
    ).map(sorted),
)
def test_the_norm_never_falls(totaalopgave, days):
    first, last = (norm(totaalopgave, period=SECOND_HALF, day=day) for day in days)
    assert 0 <= first <= last <= totaalopgave
