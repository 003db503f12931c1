"""The arithmetic, on figures that were really published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.opgave import HalfYear, Kind, end_of_row, work_out
from supervision.rules.period import Period
from tests.supervision.rules.examples import P, half_year, opgave

counts = st.integers(0, 5000)
balances = st.integers(-3000, 3000)


def test_utrecht_2022_1_as_published():
    """Toezichtbrief of the province of Utrecht, 22 September 2022, document 82508878."""
    utrecht = opgave(achterstand_start=171, taakstelling=203, herverdeling=1, realisation=168)
    assert utrecht.totaalopgave == 375
    assert utrecht.percentage_taakstelling == 82  # 168 of 204: the herverdeling counts
    assert utrecht.percentage_totaalopgave == 45
    assert utrecht.achterstand_end == 207
    assert utrecht.totaalopgave_sum == "203 + 1 + 171"
    assert utrecht.remaining_sum == "375 − 168"


def test_without_the_herverdeling_the_letter_would_have_said_83():
    assert opgave(achterstand_start=171, taakstelling=203, realisation=168).percentage_taakstelling == 83


@pytest.mark.parametrize(
    ("start", "taakstelling", "totaalopgave", "realisation", "end"),
    [
        pytest.param(611, 1764, 2375, 2347, 28, id="province of Gelderland, 2015-2"),
        pytest.param(52, 65, 117, 117, 0, id="Middelburg, 2017"),
        pytest.param(0, 76, 76, 85, -9, id="Delft, 2022-1 (only the totaalopgave is published)"),
        pytest.param(0, 81, 81, 53, 28, id="Westland, 2022-1 (only the totaalopgave is published)"),
        pytest.param(-127, 118, -9, 0, -9, id="Arnhem, start of 2017-1"),
        pytest.param(207, 275, 482, 15, 467, id="Utrecht, 2022-2 on 7 July"),
    ],
)
def test_published_cases(start, taakstelling, totaalopgave, realisation, end):
    case = opgave(achterstand_start=start, taakstelling=taakstelling, realisation=realisation)
    assert case.totaalopgave == totaalopgave
    assert case.achterstand_end == end


def test_a_negative_totaalopgave_has_no_percentage():
    arnhem = opgave(achterstand_start=-127, taakstelling=118, realisation=5)
    assert arnhem.totaalopgave == -9
    assert arnhem.percentage_totaalopgave is None
    assert arnhem.percentage_taakstelling == 4
    assert arnhem.totaalopgave_sum == "118 − 127"


def test_a_taakstelling_of_zero_has_no_percentage_but_is_complete():
    zevenaar = opgave(achterstand_start=3, taakstelling=0, realisation=1)
    assert zevenaar.percentage_taakstelling is None
    assert zevenaar.percentage_totaalopgave == 33
    assert zevenaar.achterstand_end == 2
    assert zevenaar.missing == ()


def test_a_missing_taakstelling_is_not_zero():
    unknown = opgave(achterstand_start=3, realisation=1)
    assert unknown.totaalopgave is None
    assert unknown.achterstand_end is None
    assert unknown.percentage_totaalopgave is None
    assert unknown.missing == (Kind.TAAKSTELLING,)
    assert unknown.totaalopgave_sum == unknown.remaining_sum == ""


def test_a_taakstelling_given_away_whole():
    """A taakstelling of 0 after a herverdeling."""
    given_away = opgave(achterstand_start=0, taakstelling=4, herverdeling=-4, realisation=0)
    assert given_away.totaalopgave == 0
    assert given_away.percentage_taakstelling is None
    assert given_away.achterstand_end == 0


def test_above_100_percent_is_normal():
    assert opgave(achterstand_start=0, taakstelling=2, realisation=8).percentage_taakstelling == 400


def test_a_running_half_year_has_no_end_yet():
    running = work_out([HalfYear(period=P, taakstelling=275, achterstand_start=207, realisation=15)])[P]
    assert running.achterstand_end is None
    assert running.remaining == 467
    assert running.missing == (Kind.REALISATION,)


def test_the_opening_is_the_end_of_the_half_year_before():
    worked_out = work_out(
        [
            half_year(P, achterstand_start=171, taakstelling=203, herverdeling=1, realisation=168),
            half_year(P.next, taakstelling=275, realisation=15),
        ]
    )
    assert worked_out[P.next].achterstand_start == 207
    assert worked_out[P.next].totaalopgave == 482
    assert worked_out[P.next].start_difference == 0


def test_coa_is_leading_and_the_difference_is_kept():
    """Nationally 2021-2: computed 3.799, reported 3.728."""
    worked_out = work_out(
        [
            half_year(P, achterstand_start=0, taakstelling=16586, realisation=12787),
            half_year(P.next, achterstand_start=3728, taakstelling=10000, realisation=11934),
        ]
    )
    after = worked_out[P.next]
    assert after.start_computed == 3799
    assert after.achterstand_start == after.start_reported == 3728
    assert after.start_difference == -71


def test_a_half_year_that_lacks_breaks_the_chain():
    worked_out = work_out(
        [
            half_year(Period(2021, 1), achterstand_start=0, taakstelling=10, realisation=4),
            half_year(Period(2022, 1), taakstelling=10, realisation=4),
        ]
    )
    assert worked_out[Period(2022, 1)].achterstand_start is None
    assert worked_out[Period(2022, 1)].missing == (Kind.ACHTERSTAND,)


def test_an_incomplete_half_year_hands_on_nothing():
    worked_out = work_out([half_year(P, achterstand_start=5, realisation=4), half_year(P.next, taakstelling=10)])
    assert worked_out[P.next].achterstand_start is None


@given(start=balances, first=counts, second=counts, realisation=counts, herverdeling=st.integers(-50, 50))
def test_end_plus_next_taakstelling_is_the_next_totaalopgave(start, first, second, realisation, herverdeling):
    worked_out = work_out(
        [
            half_year(
                P, achterstand_start=start, taakstelling=first, herverdeling=herverdeling, realisation=realisation
            ),
            half_year(P.next, taakstelling=second),
        ]
    )
    assert worked_out[P].achterstand_end + second == worked_out[P.next].totaalopgave


def test_the_first_half_year_opens_with_what_is_given():
    worked_out = work_out([half_year(P, taakstelling=10, realisation=4), half_year(P.back(-2))], opening=7)
    assert worked_out[P].achterstand_end == 13
    assert worked_out[P.back(-2)].achterstand_start is None


maybe = st.none() | balances


@given(
    row=st.lists(
        st.tuples(maybe, maybe, st.booleans(), st.none() | counts, st.integers(-50, 50), st.none() | counts), max_size=8
    )
)
def test_the_end_of_a_row_is_that_of_its_last_half_year_worked_out(row):
    worked_out = work_out(
        half_year(
            P.back(-index),
            achterstand_start=reported,
            carried_over=carried,
            has_parts=has_parts,
            taakstelling=asked,
            herverdeling=swapped,
            realisation=done,
        )
        for index, (reported, carried, has_parts, asked, swapped, done) in enumerate(row)
    )
    last = worked_out[max(worked_out)].achterstand_end if worked_out else None
    assert end_of_row((carried if reported is None else reported, *rest) for reported, carried, *rest in row) == last


@given(
    municipalities=st.lists(st.tuples(balances, counts, counts), min_size=2, max_size=12),
    swaps=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 50)), max_size=8),
)
def test_the_sum_over_a_province_is_untouched_by_herverdelingen(municipalities, swaps):
    herverdeling = [0] * len(municipalities)
    for giver, taker, persons in swaps:
        herverdeling[giver % len(municipalities)] -= persons
        herverdeling[taker % len(municipalities)] += persons

    def total(with_herverdeling):
        return sum(
            opgave(
                achterstand_start=start, taakstelling=taakstelling, herverdeling=moved, realisation=realisation
            ).achterstand_end
            for (start, taakstelling, realisation), moved in zip(municipalities, with_herverdeling, strict=True)
        )

    assert total(herverdeling) == total([0] * len(municipalities))


@given(start=balances, taakstelling=counts, realisation=counts)
def test_the_sums_that_are_shown_add_up(start, taakstelling, realisation):
    worked_out = opgave(achterstand_start=start, taakstelling=taakstelling, realisation=realisation)
    shown = worked_out.totaalopgave_sum.replace(".", "").replace("−", "-").replace(" ", "")
    assert sum(int(term) for term in shown.replace("-", "+-").split("+") if term) == worked_out.totaalopgave
