"""What a number that matches nothing may have been meant to be."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.claims import DateFact, Fact, Unit
from letters.claims.near import NearNumbers, Spoken, nearest_day, nearest_day_of_year, transpositions

ACTION = Fact(value=460, label="versnellingsactie gemeente")
TOTAL = Fact(value=482, label="totaalopgave 2022-2")
END = Fact(value=207, label="achterstand op 1 juli 2022")
SHARE = Fact(value=82, label="realisatie taakstelling 2022-1", unit=Unit.PERCENT)
TREDE = Fact(value=3, label="trede 2022-1", unit=Unit.TREDE)
NUMBER = Fact(value=82508878, label="documentnummer", unit=Unit.COUNT)
FACTS = (ACTION, TOTAL, END, SHARE, TREDE, NUMBER)


def nearest(value: int | Fraction, unit: Unit | None = None, spoken: Spoken | None = None) -> Fact | None:
    return NearNumbers(FACTS).nearest(value, unit, spoken or Spoken())


def speaking_of(*words: str, far: tuple[str, ...] = ()) -> Spoken:
    return Spoken(frozenset(words), frozenset(far))


@pytest.mark.parametrize(
    ("value", "unit", "fact"),
    [
        (490, None, TOTAL),
        (490, Unit.PERSONS, TOTAL),
        (470, Unit.PERSONS, ACTION),
        (206, None, END),
        (83, Unit.PERCENT, SHARE),
        (200, Unit.PERCENT, SHARE),
        (4, Unit.TREDE, TREDE),
        (82508879, None, NUMBER),
        (Fraction(825, 10), Unit.PERCENT, SHARE),
    ],
)
def test_the_smallest_distance_of_the_same_unit(value: int | Fraction, unit: Unit | None, fact: Fact) -> None:
    assert nearest(value, unit) == fact


def test_digits_that_changed_places_go_before_what_is_nearer() -> None:
    facts = (*FACTS, Fact(value=271, label="iets anders"))
    assert NearNumbers(facts).nearest(270, None, Spoken()) == END


def test_digits_that_changed_places_count_in_the_same_unit_only() -> None:
    assert nearest(28, Unit.PERSONS) != SHARE
    assert nearest(28, Unit.PERCENT) == SHARE


@pytest.mark.parametrize(
    ("value", "swapped"),
    [
        (207, {"270"}),
        (12, {"21"}),
        (11, set()),
        (7, set()),
        (1234, {"2134", "1324", "1243"}),
        (10, set()),
        (Fraction(1, 3), set()),
    ],
)
def test_two_digits_beside_each_other_change_places(value: int | Fraction, swapped: set[str]) -> None:
    assert transpositions(value) == swapped


def test_what_the_sentence_speaks_of_goes_before_what_is_nearer() -> None:
    assert nearest(490, spoken=speaking_of("versnellingsactie")) == ACTION


def test_what_the_sentence_speaks_of_goes_before_what_the_paragraph_does() -> None:
    assert nearest(490, spoken=speaking_of("versnellingsactie", far=("versnellingsactie", "totaalopgave"))) == ACTION
    assert nearest(490, spoken=speaking_of("totaalopgave", far=("versnellingsactie", "totaalopgave"))) == TOTAL


def test_what_the_text_speaks_of_is_not_meant_where_it_is_far_away() -> None:
    assert nearest(250, spoken=speaking_of("versnellingsactie")) == END


@pytest.mark.parametrize("value", [13_500, 20_000, 5, 0, 100])
def test_a_number_far_from_everything_is_near_to_nothing(value: int) -> None:
    assert nearest(value, Unit.PERSONS) is None


def test_without_a_fact_of_the_same_unit_another_may_be_near() -> None:
    assert NearNumbers((END,)).nearest(206, Unit.PERCENT, Spoken()) == END
    assert NearNumbers(()).nearest(206, Unit.PERCENT, Spoken()) is None


@given(
    value=st.integers(0, 2_000),
    facts=st.lists(st.integers(0, 2_000), unique=True, max_size=20).map(
        lambda values: [Fact(value=each, label=f"cijfer {each}") for each in values]
    ),
)
def test_none_is_nearer_than_the_nearest(value: int, facts: list[Fact]) -> None:
    def apart(fact: Fact) -> Fraction:
        return Fraction(abs(fact.value - value), max(fact.value, value, 1))

    found = NearNumbers(facts).nearest(value, None, Spoken())
    if found is None:
        assert all(apart(fact) > Fraction(1, 2) for fact in facts)
    elif str(value) not in transpositions(found.value):
        assert apart(found) <= min(map(apart, facts)) + Fraction(1, 1_000_000)


DAYS = (DateFact(day=date(2022, 7, 1), label="peildatum"), DateFact(day=date(2023, 1, 1), label="volgende peildatum"))


@pytest.mark.parametrize(("day", "label"), [(date(2022, 7, 3), "peildatum"), (date(2022, 12, 3), "volgende peildatum")])
def test_the_nearest_day(day: date, label: str) -> None:
    fact = nearest_day(day, DAYS)
    assert fact is not None
    assert fact.label == label


def test_the_nearest_day_of_the_year_whatever_the_year() -> None:
    assert nearest_day_of_year(date(2024, 1, 3), DAYS) == DAYS[1]
    assert nearest_day_of_year(date(2024, 1, 3), ()) is None
