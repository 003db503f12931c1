from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules import dutch


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (171, "171"), (1198, "1.198"), (-3, "−3"), (-1234567, "−1.234.567")]
)
def test_numbers_have_points_and_a_true_minus(value, shown):
    assert dutch.number(value) == shown


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_what_it_says(value):
    assert int(dutch.number(value).replace(".", "").replace("−", "-")) == value


def test_a_change_has_its_sign():
    assert [dutch.signed(value) for value in (1, 0, -1)] == ["+1", "0", "−1"]


@pytest.mark.parametrize(
    ("value", "shown"), [("1", "1"), ("3/2", "1,5"), ("1/8", "0,125"), ("-5/4", "−1,25"), ("1200.05", "1.200,05")]
)
def test_a_multiple_has_a_comma(value, shown):
    assert dutch.decimal(Fraction(value)) == shown


def test_no_percentage_is_nvt():
    assert dutch.percent(None) == "n.v.t."
    assert dutch.percent(82) == "82%"


def test_one_person_seven_persons():
    assert dutch.persons(1) == "1\u00a0persoon"
    assert dutch.persons(7) == "7\u00a0personen"
    assert dutch.persons(0) == "0\u00a0personen"


def test_dates_in_words():
    assert dutch.long_date(date(2022, 7, 1)) == "1\u00a0juli 2022"
    assert dutch.short_date(date(2022, 3, 18)) == "18\u00a0mrt\u00a02022"
    assert dutch.short_date(date(2022, 1, 1)) == "1\u00a0jan\u00a02022"
    assert dutch.day_and_month(date(2022, 1, 1)) == "1\u00a0januari"
    assert dutch.short_day(date(2022, 3, 1)) == "1\u00a0mrt"


def test_a_sum_is_written_with_the_signs_of_its_terms():
    assert dutch.sum_of((203, 1, 171)) == "203 + 1 + 171"
    assert dutch.sum_of((8, -2)) == "8 − 2"
    assert dutch.sum_of((-127, 118)) == "−127 + 118"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_enumeration(words, text):
    assert dutch.enumeration(words) == text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0\u00a0dagen"),
        (1, "1\u00a0dag"),
        (7, "1\u00a0week"),
        (8, "1\u00a0week en 1\u00a0dag"),
        (14, "2\u00a0weken"),
        (178, "25\u00a0weken en 3\u00a0dagen"),
    ],
)
def test_days_are_told_in_weeks(days, words):
    assert dutch.weeks_and_days(days) == words


@given(st.integers(0, 400))
def test_weeks_and_days_come_to_the_days(days):
    words = dutch.weeks_and_days(days).replace("\u00a0", " ").split(" en ")
    units = {"week": 7, "weken": 7, "dag": 1, "dagen": 1}
    assert sum(int(part.split()[0]) * units[part.split()[1]] for part in words) == days


@pytest.mark.parametrize(
    ("achterstand", "words"),
    [
        (191, "een achterstand van 191\u00a0personen"),
        (-1, "een voorsprong van 1\u00a0persoon"),
        (0, "geen achterstand"),
    ],
)
def test_what_is_owed_is_named(achterstand, words):
    assert dutch.standing(achterstand) == words
