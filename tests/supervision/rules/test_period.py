from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.period import NotAPeriod, Period, periods_between

periods = st.builds(Period, st.integers(2000, 2060), st.sampled_from([1, 2]))


@pytest.mark.parametrize(
    "text",
    [
        "2022-1",
        "2022-I",
        "2022-i",
        " 2022 - 1 ",
        "2022/1",
        "2022 I",
        "2022-H1",
        "eerste helft 2022",
        "Eerste Helft 2022",
        "de eerste helft van 2022",
        "1e helft 2022",
        "eerste halfjaar 2022",
    ],
)
def test_the_first_half_of_2022_is_read_in_every_writing(text):
    assert Period.parse(text) == Period(2022, 1)


@pytest.mark.parametrize(
    "text", ["2022-2", "2022-II", "tweede helft 2022", "2e helft van 2022", "tweede halfjaar van 2022"]
)
def test_the_second_half_too(text):
    assert Period.parse(text) == Period(2022, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-3",
        "2022-0",
        "20221",
        "2022-III",
        "derde helft 2022",
        "1022-1",
        "9999-1",
        "２０２２-1x",
        "x" * 500,
    ],
)
def test_what_is_no_half_year_is_refused_with_an_example(text):
    with pytest.raises(NotAPeriod, match=r"geen halfjaar\. Schrijf bijvoorbeeld 2022-1"):
        Period.parse(text)


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(NotAPeriod) as refusal:
        Period.parse("x" * 500)
    assert len(str(refusal.value)) < 120


def test_the_peildatum_is_the_first_day_after_the_half_year():
    assert Period(2022, 1).peildatum == date(2022, 7, 1)
    assert Period(2022, 2).peildatum == date(2023, 1, 1)
    assert Period(2022, 1).start == date(2022, 1, 1)
    assert Period(2022, 2).start == date(2022, 7, 1)


def test_a_day_lies_in_one_half_year():
    assert Period.containing(date(2022, 6, 30)) == Period(2022, 1)
    assert Period.containing(date(2022, 7, 1)) == Period(2022, 2)


def test_words_for_running_text():
    assert Period(2022, 1).words == "eerste helft van 2022"
    assert Period(2022, 2).words == "tweede helft van 2022"


@given(periods)
def test_what_is_written_is_read_back(period):
    assert Period.parse(str(period)) == period
    assert Period.parse(period.words) == period


@given(periods)
def test_next_and_previous_undo_each_other(period):
    assert period.next.previous == period == period.previous.next
    assert period.next > period > period.previous
    assert period.next - period == 1


@given(periods, st.integers(0, 40))
def test_going_back_counts_half_years(period, half_years):
    earlier = period.back(half_years)
    assert period - earlier == half_years
    assert len(periods_between(earlier, period)) == half_years + 1


@given(periods, periods)
def test_half_years_sort_as_their_texts_do(one, other):
    assert (one < other) == (str(one) < str(other))


def test_no_half_years_between_a_later_and_an_earlier_one():
    assert periods_between(Period(2022, 2), Period(2022, 1)) == []


def test_the_first_and_last_half_years_that_can_be_read_have_neighbours():
    assert str(Period.parse("1995-1").previous) == "1994-2"
    assert str(Period.parse("2099-2").next) == "2100-1"


def test_there_are_two_halves_in_a_year():
    with pytest.raises(NotAPeriod):
        Period(2022, 3)
