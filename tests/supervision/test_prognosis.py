"""What the screens say of the prognosis: what is needed, the ends that may come, how it is reckoned, and what if."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.screens.prognoses import expected_to_move, may_be_higher, needed_together, prognoses_of
from supervision.screens.prognosis import foreseen_of, running_period_of, supposed_of
from tests.supervision.assessed import BEFORE, NEXT, NO_POLICY, NOW, assessed, closed, running

TODAY = date(2022, 7, 8)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def utrecht():
    """2022-1 closed after a half-year, and 2022-2 counted on 7 July: 15 of 482."""
    return assessed(
        "Utrecht",
        {BEFORE: closed(226, 153, 208), NOW: closed(204, 171, 168), NEXT: running(275, 207, 15, date(2022, 7, 7))},
    )


def city(counted: int | None = 15, on: date | None = date(2022, 7, 7), *, past: dict | None = None, **now):
    half_years = {NOW: closed(100, 0, 80)} if past is None else past
    asked = {"taakstelling": 275, "start": 207} | now
    return assessed("Utrecht", half_years | {NEXT: running(asked["taakstelling"], asked["start"], counted, on)})


def test_after_a_closed_half_year_the_next_one_is_foreseen(utrecht):
    assert running_period_of(utrecht) == NEXT
    assert running_period_of(assessed("A", {NOW: running(10, 5)})) == NOW


def test_what_is_needed_and_what_was_done_a_week(utrecht):
    foreseen = foreseen_of(utrecht, NEXT, today=TODAY)
    assert [(fact.term, plain(fact.detail), fact.value) for fact in foreseen.facts] == [
        ("Nodig per week", "467 in 25 weken en 3 dagen", "19"),
        ("Gehuisvest per week", "15 in 6 dagen", "17,5"),
    ]
    assert plain(foreseen.basis) == "Gerekend vanaf de stand van 7 juli 2022: 15 personen gehuisvest."
    assert foreseen.warning == ""


def test_the_ends_that_may_come_stand_from_slow_to_fast(utrecht):
    foreseen = foreseen_of(utrecht, NEXT, today=TODAY)
    assert plain(foreseen.heading) == "Prognose voor 1 januari 2023: trede 2"
    rows = [(row.label, row.realisation, row.achterstand, row.trede, row.is_main) for row in foreseen.rows]
    assert rows == [
        ("Als het traag gaat", "161", "321", 4, False),
        ("Verwachting", "254", "228", 2, True),
        ("Als het snel gaat", "460", "22", 2, False),
    ]


def test_the_method_is_told_in_two_sentences(utrecht):
    first, second = map(plain, foreseen_of(utrecht, NEXT, today=TODAY).method)
    assert first == (
        "De verwachting rekent voor de weken die nog komen voor 3% met het tempo tot nu toe, want zoveel van het halfjaar "
        "is om, en voor de rest met het middelste tempo van 2 eerdere halfjaren, toen 82% tot 92% van de taakstelling werd "
        "gerealiseerd (het middelste: 87%)."
    )
    assert second == (
        "De bandbreedte loopt van een derde trager dan het traagste tot een derde sneller dan het snelste van die "
        "halfjaren, en in elk geval tot aan het tempo tot nu toe."
    )


def test_one_earlier_half_year_is_named():
    first, second = map(plain, foreseen_of(city(), NEXT, today=TODAY).method)
    assert first.endswith("en voor de rest met het tempo van 2022-1, toen 80% van de taakstelling werd gerealiseerd.")
    assert second.startswith("De bandbreedte loopt van een derde trager dan dat halfjaar tot een derde sneller dan dat")


def test_before_the_first_count_it_says_from_where_it_reckons():
    foreseen = foreseen_of(city(None, None), NEXT, today=TODAY)
    assert plain(foreseen.basis) == "Er is nog geen stand: gerekend vanaf 1 juli 2022, met nog niemand gehuisvest."
    assert [fact.term for fact in foreseen.facts] == ["Nodig per week"]
    first, second = map(plain, foreseen.method)
    assert first == "De verwachting rekent met het tempo van 2022-1, toen 80% van de taakstelling werd gerealiseerd."
    assert "tempo tot nu toe" not in second


def test_a_first_half_year_has_no_range_and_says_so():
    foreseen = foreseen_of(city(past={}), NEXT, today=TODAY)
    assert [row.label for row in foreseen.rows] == ["Verwachting"]
    [sentence] = foreseen.method
    assert "een bandbreedte is er niet" in sentence


def test_with_nothing_to_go_by_there_is_only_what_is_needed():
    foreseen = foreseen_of(city(0, date(2022, 7, 1), past={}), NEXT, today=TODAY)
    assert (foreseen.heading, foreseen.rows) == ("Prognose van 2022-2", ())
    assert [fact.value for fact in foreseen.facts] == ["19"]
    assert foreseen.method == (
        "Zonder stand en zonder een eerder halfjaar met een taakstelling is er nog niets om mee te rekenen.",
    )


def test_a_trede_that_may_be_higher_says_so():
    foreseen = foreseen_of(city(past={}, start=500), NEXT, today=TODAY)
    assert foreseen.heading.endswith("trede 3 of hoger")
    assert foreseen.rows[0].is_uncertain


def test_once_the_totaalopgave_was_reached_nobody_is_needed():
    [needed, _] = foreseen_of(city(500), NEXT, today=TODAY).facts
    assert (needed.value, needed.detail) == ("0", "de totaalopgave is gehaald")


def test_without_a_policy_the_heading_has_the_achterstand():
    row = assessed("A", {NOW: running(60, 5, 20, date(2022, 4, 1))}, policies=NO_POLICY)
    foreseen = foreseen_of(row, NOW, today=TODAY)
    assert plain(foreseen.heading) == "Prognose voor 1 juli 2022: een achterstand van 25 personen"
    assert foreseen.rows[0].trede is None


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        (date(2022, 8, 7), ""),
        (date(2022, 8, 8), "De laatste stand is 4 weken en 4 dagen oud."),
        (date(2022, 12, 31), "De laatste stand is 25 weken en 2 dagen oud."),
        (date(2023, 1, 1), "De peildatum 1 januari 2023 is voorbij. Wacht op de eindstand van het COA."),
    ],
)
def test_an_old_count_is_told(utrecht, today, warning):
    assert plain(foreseen_of(utrecht, NEXT, today=today).warning) == warning


def test_of_a_closed_half_year_and_of_one_without_a_taakstelling_there_is_none(utrecht):
    assert foreseen_of(utrecht, NOW, today=TODAY) is None
    assert foreseen_of(city(taakstelling=None), NEXT, today=TODAY) is None
    assert supposed_of(utrecht, NOW, a_week=46, weeks=6) is None


# -- what if ------------------------------------------------------------------


def test_46_a_week_for_six_weeks(utrecht):
    supposed = supposed_of(utrecht, NEXT, a_week=46, weeks=6)
    assert plain(supposed.sentence) == "Met 46 per week, 6 weken lang, komen er 276 personen bij."
    assert (
        plain(supposed.finding) == "Alleen daarmee is er op 1 januari 2023 een achterstand van 191 personen: trede 2."
    )
    rows = [(row.label, row.detail, row.realisation, row.achterstand, row.trede) for row in supposed.rows]
    assert rows == [
        ("Alleen dit erbij", "15 + 276", "291", "191", 2),
        ("Bovenop de verwachting", "254 + 276", "530", "−48", 1),
    ]


def test_one_person_comes_alone(utrecht):
    assert "6 weken lang, komen er 6 personen bij" in plain(supposed_of(utrecht, NEXT, a_week=1, weeks=6).sentence)
    one = plain(supposed_of(utrecht, NEXT, a_week=1, weeks=1).sentence)
    assert one == "Met 1 per week, 1 week lang, komt er 1 persoon bij."


def test_more_weeks_than_are_left_are_cut_off():
    supposed = supposed_of(city(200, date(2022, 12, 22)), NEXT, a_week=7, weeks=6)
    assert plain(supposed.sentence) == (
        "Tot 1 januari 2023 is het nog 1 week en 3 dagen: met 7 per week komen er 10 personen bij."
    )


def test_what_reaches_the_totaalopgave_exactly_leaves_no_achterstand():
    supposed = supposed_of(city(200), NEXT, a_week=47, weeks=6)
    assert plain(supposed.finding) == "Alleen daarmee is er op 1 januari 2023 geen achterstand: trede 1."
    supposed = supposed_of(city(200), NEXT, a_week=50, weeks=6)
    assert "een voorsprong van 18 personen: trede 1" in plain(supposed.finding)


# -- many ---------------------------------------------------------------------


def going(name, *, start, counted, before):
    """To 1 October, half-way; `before` is what was realised of 100 in 2022-1, which began without an achterstand."""
    half_years = {NOW: closed(100, 0, before), NEXT: running(100, start, counted, date(2022, 10, 1))}
    return assessed(name, half_years, period=NEXT)


def test_who_are_expected_to_move_are_named_the_largest_change_first():
    rows = [
        going("Blijft", start=20, counted=40, before=80),
        going("Eén omhoog", start=0, counted=40, before=100),
        going("Twee omhoog", start=100, counted=10, before=100),
        going("Omlaag", start=20, counted=70, before=80),
        assessed("Onbekend", period=NEXT),
    ]
    prognoses = prognoses_of(rows, period=NEXT)
    assert len(prognoses) == 4
    assert expected_to_move(rows, prognoses, up=True) == ["Twee omhoog", "Eén omhoog"]
    assert expected_to_move(rows, prognoses, up=False) == ["Omlaag"]


def test_what_is_needed_together_is_what_each_of_them_needs():
    """13 weeks and a day are left; who is ahead makes up for nobody."""
    rows = [going("A", start=0, counted=40, before=80), going("B", start=0, counted=400, before=80)]
    assert needed_together(prognoses_of(rows, period=NEXT)) == 5  # 60 in 13 1/7 weeks: 4,57


def test_without_a_prognosis_nothing_may_be_higher():
    assert may_be_higher(None) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_a_table_expects_what_the_page_expects(counts):
    rows = [city(counted, date(2022, 10, 1)) for counted in counts]
    prognoses = prognoses_of(rows, period=NEXT)
    for row in rows:
        alone = row.prognosis(NEXT)
        assert prognoses[row.municipality.pk].expected == alone.expected
        assert prognoses[row.municipality.pk].needed_per_week == alone.needed_per_week
        assert prognoses[row.municipality.pk].fewest is None
