from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.coa.dates import day_of, days_in, half_years_in, month_in, peildatum_of, without_dates
from supervision.rules.period import Period

FIRST, SECOND = Period(2022, 1), Period(2022, 2)


@pytest.mark.parametrize(
    "text",
    [
        "1-7-2022", "01-07-2022", "1/7/2022", "1.7.2022", "01 - 07 - 2022",
        "2022-07-01", "2022/7/1", "20220701", "1 juli 2022", "1 JULI 2022",
        "1 jul. 2022", "1e juli 2022", "1-jul-2022", "1 jul '22",
        "1-7-22", "Stand per 1 juli 2022.", "(peildatum: 1-7-2022)", "export_2022-07-01.xlsx",
    ],
)  # fmt: skip
def test_the_first_of_july_in_every_writing(text):
    assert [found.within(None) for found in days_in(text)] == [date(2022, 7, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-1",
        "1-13-2022",
        "32-1-2022",
        "30-2-2022",
        "12-345-6789",
        "juli 2022",
        "1.234",
        "100.000",
        "1-7-1822",
    ],
)
def test_what_names_no_day(text):
    assert days_in(text) == []


def test_a_day_without_a_year_is_the_one_in_or_next_to_the_half_year():
    (found,) = days_in("voor-/achterstand per 1 januari")
    assert found.within(FIRST) == date(2022, 1, 1)
    assert found.within(SECOND) == date(2023, 1, 1)
    assert found.within(None) is None
    (found,) = days_in("stand 31 december")
    assert found.within(FIRST) == date(2021, 12, 31)
    (found,) = days_in("stand 15 maart")
    assert found.within(SECOND) is None


def test_the_end_of_a_year():
    (found,) = days_in("achterstand eind 2021")
    assert found.within(FIRST) == date(2021, 12, 31)
    assert days_in("achterstand eind 2021-2") == []


@pytest.mark.parametrize(
    "text",
    [
        "2022-1", "2022-I", "2022 I", "2022/1", "2022_1", "2022H1",
        "2022 h1", "H1 2022", "HJ1-2022", "1H2022", "I-2022", "eerste helft 2022",
        "1e helft van 2022", "1e halfjaar 2022", "eerste half jaar 2022",
        "2022, eerste helft", "2022 1e hj", "periode 1 2022", "Taakstelling 2022-I (netto)",
    ],
)  # fmt: skip
def test_the_first_half_of_2022_in_every_writing(text):
    assert half_years_in(text) == [FIRST]


@pytest.mark.parametrize("text", ["2022-II", "2022-2", "2022h2", "tweede helft 2022", "2e halfjaar van 2022"])
def test_the_second_half_too(text):
    assert half_years_in(text) == [SECOND]


@pytest.mark.parametrize(
    "text",
    [
        "2022",
        "2022-12",
        "2022-1-7",
        "1-1-2022",
        "2022-07-01",
        "2022-01",
        "2022-10",
        "2022-III",
        "1 2022 000",
        "12022-1",
    ],
)
def test_what_names_no_half_year(text):
    assert half_years_in(text) == []


def test_several_half_years():
    assert half_years_in("2021-2 en 2022-1") == [Period(2021, 2), FIRST]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("jan", date(2022, 2, 1)),
        ("Juni", date(2022, 7, 1)),
        ("t/m juni '22", date(2022, 7, 1)),
        ("dec 2021", date(2022, 1, 1)),
        ("2022-06", date(2022, 7, 1)),
        ("mrt-22", date(2022, 4, 1)),
        ("jan t/m jun", date(2022, 7, 1)),
        ("Q2", date(2022, 7, 1)),
        ("1e kwartaal 2022", date(2022, 4, 1)),
    ],
)
def test_months_stand_for_the_day_after_them(text, end):
    assert month_in(text).within(FIRST) == end


@pytest.mark.parametrize("text", ["", "gemeente", "1 juni 2022", "2022-1", "Mein", "Maarn", "Janneke", "Augustinusga"])
def test_what_names_no_month(text):
    assert month_in(text) is None


def test_the_last_day_of_a_month_says_the_same_as_the_next():
    assert peildatum_of(date(2022, 6, 30)) == peildatum_of(date(2022, 7, 1)) == date(2022, 7, 1)
    assert peildatum_of(date(2021, 12, 31)) == date(2022, 1, 1)
    assert peildatum_of(date(2022, 6, 29)) == date(2022, 6, 29)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2022, 7, 1), date(2022, 7, 1)),
        (20220701, date(2022, 7, 1)),
        ("1-7-2022", date(2022, 7, 1)),
        ("juni 2022", date(2022, 7, 1)),
        ("juni", date(2022, 7, 1)),
        (344, None),
        (True, None),
        ("van 1-1-2022 tot 1-7-2022", None),
        ("Zeist", None),
        (None, None),
    ],
)
def test_the_day_in_a_cell(value, day):
    assert day_of(value, period=FIRST) == day


def test_what_is_left_of_a_header_is_the_same_for_the_next_half_year():
    assert without_dates("Taakstelling 2022-1") == without_dates("TAAKSTELLING 2022-II") == "taakstelling"
    assert without_dates("Gerealiseerd t/m 30-6-2022") == without_dates("Gerealiseerd t/m 31 dec 2022")


@given(st.text(max_size=60))
def test_any_text_may_be_looked_through(text):
    days_in(text)
    half_years_in(text)
    month_in(text)
    without_dates(text)


@given(st.dates(date(1996, 1, 1), date(2098, 12, 31)))
def test_every_day_is_found_as_it_is_written(day):
    for text in (day.isoformat(), f"{day.day}-{day.month}-{day.year}", f"stand van {day:%d/%m/%Y}"):
        assert [found.within(None) for found in days_in(text)] == [day]
