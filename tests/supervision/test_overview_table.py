"""The table of the overview: what the address asks, order, filters, rows, total and notes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.figures import Agreed, Announced
from supervision.models import DifferenceExplained
from supervision.rules.period import Period
from supervision.screens.overview_table import (
    FILTERS,
    SORT_VALUES,
    Choice,
    Stage,
    found,
    in_order,
    notes_on,
    spark_periods_of,
    stage_of,
    table_of,
    total_for,
)
from tests.supervision.assessed import (
    BEFORE,
    COUNTING,
    NO_POLICY,
    NOW,
    assessed,
    closed,
    ending,
    running,
)

URL = "/2022-1/gemeenten/"


def names(assessments) -> list[str]:
    return [each.municipality.name for each in assessments]


def table(assessments, query=None, *, period=NOW):
    choice = Choice.read(query or {})
    return table_of(
        assessments,
        choice,
        name="Provincie Utrecht",
        period=period,
        stage=stage_of(assessments),
        municipalities_url=URL,
    )


# -- stage --------------------------------------------------------------------


def test_a_half_year_without_any_figure_is_empty():
    assert stage_of([assessed("A"), assessed("B", {BEFORE: closed(10, 0, 5)})]) is Stage.EMPTY


def test_one_final_count_closes_the_half_year():
    assert stage_of([assessed("A", {NOW: running()}), ending("B", 3)]) is Stage.CLOSED


def test_without_a_final_count_it_runs():
    assert stage_of([assessed("A", {NOW: running()}), assessed("B")]) is Stage.RUNNING


def test_a_province_without_municipalities_is_empty():
    assert stage_of([]) is Stage.EMPTY


# -- what the address asks ----------------------------------------------------


def test_without_anything_asked_the_highest_trede_comes_first():
    choice = Choice.read({})
    assert (choice.sort, choice.show, choice.search, choice.problems) == ("-trede", "alle", "", ())
    assert choice.is_whole


@pytest.mark.parametrize("sort", ["bla", "-bla", "-", "--trede", "", "trede ", "x" * 1000])
def test_an_unknown_sort_falls_back_and_says_so(sort):
    choice = Choice.read({"sorteer": sort})
    assert choice.sort == "-trede"
    assert len(choice.problems) == 1
    assert "kunt u niet sorteren" in choice.problems[0]
    assert len(choice.problems[0]) < 100


def test_an_unknown_filter_falls_back_and_says_so():
    choice = Choice.read({"toon": "iedereen"})
    assert choice.show == "alle"
    assert choice.problems == ("‘iedereen’ kunt u niet tonen. U ziet alle gemeenten.",)


def test_a_search_is_trimmed_and_not_longer_than_its_field():
    assert Choice.read({"zoek": "  zeist "}).search == "zeist"
    assert Choice.read({"zoek": "ze\0ist"}).search == "zeist"
    assert len(Choice.read({"zoek": "a" * 5000}).search) == 60


def test_the_address_keeps_the_rest_and_leaves_out_what_is_usual():
    choice = Choice.read({"sorteer": "gemeente", "zoek": "bilt & zn"})
    assert choice.url(show="achterstand") == "?sorteer=gemeente&toon=achterstand&zoek=bilt+%26+zn#alle"
    assert choice.url(sort="-trede") == "?zoek=bilt+%26+zn#alle"
    assert choice.url(show="alle", search="") == "?sorteer=gemeente#alle"
    assert choice.kept_by_search == (("sorteer", "gemeente"),)


def test_numbers_are_first_sorted_from_high_to_low_and_names_from_a_to_z():
    choice = Choice.read({})
    assert choice.sort_url("realisatie") == "?sorteer=-realisatie#alle"
    assert choice.sort_url("gemeente") == "?sorteer=gemeente#alle"


def test_a_second_time_turns_the_order_round():
    assert Choice.read({"sorteer": "-realisatie"}).sort_url("realisatie") == "?sorteer=realisatie#alle"
    assert Choice.read({"sorteer": "gemeente"}).sort_url("gemeente") == "?sorteer=-gemeente#alle"
    assert Choice.read({}).sort_url("trede") == "?sorteer=trede#alle"


@given(st.dictionaries(st.sampled_from(["sorteer", "toon", "zoek", "x"]), st.text()))
def test_whatever_the_address_asks_there_is_an_answer(query):
    choice = Choice.read(query)
    assert choice.column in SORT_VALUES
    assert choice.show in FILTERS
    again = Choice.read({"sorteer": choice.sort, "toon": choice.show, "zoek": choice.search})
    assert again.problems == ()


# -- search, order, filters ---------------------------------------------------


@pytest.mark.parametrize("search", ["bilt", "BILT", "de bilt", "De  Bilt", "bílt"])
def test_a_search_ignores_case_and_accents(search):
    assert names(found([ending("De Bilt", 3), ending("Zeist", 2)], search)) == ["De Bilt"]


def test_a_search_finds_a_name_with_accents_by_plain_letters():
    assert names(found([ending("Súdwest-Fryslân", 3)], "sudwest fry")) == ["Súdwest-Fryslân"]


def test_a_code_finds_its_municipality():
    one, other = ending("Een", 1), ending("Ander", 2)
    assert names(found([one, other], one.municipality.code)) == ["Een"]
    assert names(found([one, other], str(int(other.municipality.code[2:])))) == ["Ander"]


@pytest.mark.parametrize("search", ["xyz", "%", "'", "<b>"])
def test_a_search_that_fits_nothing_finds_nothing(search):
    assert found([ending("Zeist", 2)], search) == []


def test_by_trede_then_by_achterstand_then_by_name():
    rows = [
        ending("Zeist", 3),
        ending("Utrecht", 20),
        ending("Baarn", 3),
        ending("Nieuwegein", 30),
        ending("Eemnes", -2),
    ]
    ordered = in_order(rows, Choice.read({}), Stage.CLOSED)
    assert names(ordered) == ["Nieuwegein", "Utrecht", "Baarn", "Zeist", "Eemnes"]


@pytest.mark.parametrize("sort", ["trede", "-trede", "achterstand_eind", "-achterstand_eind"])
def test_what_has_no_value_comes_last_either_way(sort):
    rows = [assessed("Leeg", {NOW: running()}), ending("Zeist", 3), ending("Utrecht", 20)]
    assert names(in_order(rows, Choice.read({"sorteer": sort}), Stage.CLOSED))[-1] == "Leeg"


@pytest.mark.parametrize("column", SORT_VALUES)
def test_every_column_sorts_both_ways(column):
    rows = [ending("Zeist", 3), ending("Utrecht", 20, taakstelling=15), ending("Eemnes", -2), assessed("Leeg")]
    down = in_order(rows, Choice.read({"sorteer": f"-{column}"}), Stage.CLOSED)
    up = in_order(rows, Choice.read({"sorteer": column}), Stage.CLOSED)
    value_of = SORT_VALUES[column]
    values = [value for each in up if (value := value_of(each, Stage.CLOSED)) is not None]
    assert values == sorted(values)
    assert sorted(names(up)) == sorted(names(down)) == sorted(names(rows))


def test_each_filter_counts_what_it_shows():
    rows = [ending("Zeist", 3), ending("Utrecht", 20, before=5), ending("Houten", -2, before=5), assessed("Leeg")]
    for key in FILTERS:
        shown = table(rows, {"toon": key})
        current = next(tab for tab in shown.tabs if tab.current)
        assert current.count == str(len(shown.rows)), key
    assert {tab.label: tab.count for tab in table(rows).tabs} == {
        "Alle": "4",
        "Achterstand": "2",
        "Trede omhoog": "2",
        "Trede omlaag": "1",
        "Cijfer ontbreekt": "1",
        "Besluit open": "3",
    }


def test_the_filters_count_within_the_search():
    rows = [ending("Utrecht", 20), ending("Utrechtse Heuvelrug", 4), ending("Zeist", 3)]
    shown = table(rows, {"zoek": "utrecht", "toon": "achterstand"})
    assert [row.name for row in shown.rows] == ["Utrecht", "Utrechtse Heuvelrug"]
    assert shown.tabs[0].count == "2"
    assert shown.tabs[0].url == "?zoek=utrecht#alle"


# -- rows ---------------------------------------------------------------------


def test_the_dossiers_row():
    utrecht = assessed(
        "Utrecht",
        {BEFORE: closed(226, 153, 208), NOW: closed(203, 171, 168, herverdeling=1)},
        swaps=(Agreed(other="Utrechtse Heuvelrug", persons=1),),
    )
    [row] = table([utrecht]).rows
    assert (row.name, row.trede_before, row.start, row.adjustment, row.taakstelling) == (
        "Utrecht",
        "2",
        "171",
        "+1",
        "204",
    )
    assert (row.totaalopgave, row.realisation, row.percentage_taakstelling, row.percentage_totaalopgave) == (
        "375",
        "168",
        "82%",
        "45%",
    )
    assert (row.end, row.trede, row.change) == ("207", 3, "up")
    assert row.sum_url == f"{URL}{utrecht.municipality.code}/#som"
    assert row.spark.readings == "2021-2: 76%, 2022-1: 102%"


def test_a_figure_that_lacks_is_a_dash_and_a_percentage_of_nothing_is_not_applicable():
    [empty, ahead] = table(
        [assessed("Leeg", {NOW: running(None, 3)}), ending("Ver", -30)], {"sorteer": "-gemeente"}
    ).rows[::-1]
    assert (empty.taakstelling, empty.realisation, empty.percentage_taakstelling, empty.end) == ("–", "–", "–", "–")
    assert ahead.end == "−30"
    nothing_asked = assessed("Zevenaar", {NOW: closed(0, -9, 0)})
    assert table([nothing_asked]).rows[0].percentage_totaalopgave == "n.v.t."


def test_a_heavier_line_begins_each_trede_and_only_when_sorted_by_it():
    rows = [ending("A", 20), ending("B", 18), ending("C", 3), ending("D", -1)]
    assert [row.is_first for row in table(rows).rows] == [False, False, True, True]
    assert not any(row.is_first for row in table(rows, {"sorteer": "gemeente"}).rows)


def test_the_total_is_of_the_province_whatever_is_shown():
    rows = [ending("A", 20), ending("B", -3)]
    [total] = table(rows, {"toon": "achterstand"}).total_rows
    assert (total.name, total.taakstelling, total.end, total.url) == ("Provincie Utrecht", "20", "17", "")


def test_the_total_says_whom_it_leaves_out():
    tussenstand = assessed("Lopik", {NOW: running(10, 0, 4, date(2022, 5, 1))})
    shown = table([ending("A", 20), assessed("Leeg"), tussenstand])
    assert shown.total_rows[0].name == "Totaal van 1"
    assert shown.total_rows[0].end == "20"
    assert shown.left_out == "Het totaal is zonder Leeg en Lopik: daar ontbreken cijfers."


def test_a_half_year_that_runs_has_no_advice_and_says_so_in_its_heads():
    rows = [
        assessed("A", {BEFORE: closed(10, 0, 5), NOW: running(10, 5, 2, date(2022, 3, 1))}),
        assessed("B", {NOW: running(10, 9, 1, date(2022, 3, 1))}),
    ]
    shown = table(rows)
    labels = [head.label.replace("<br>", " ") for head in shown.heads]
    assert "Realisatie tot nu toe" in labels
    assert "Nog te huisvesten" in labels
    assert not any("Advies" in label for label in labels)
    assert [(row.name, row.end) for row in shown.rows] == [("B", "18"), ("A", "13")]
    assert [tab.label for tab in shown.tabs] == ["Alle", "Nog te huisvesten", "Cijfer ontbreekt"]
    assert not shown.has_advice


# -- prognosis ----------------------------------------------------------------


def on_its_way(name, counted, *, start=0, asked=60, before=2, share=1):
    """Half-way 2022-1, after a half-year of which all was realised, or a part; `before` is the trede of then."""
    past = {1: closed(60, 0, int(60 * share)), 2: closed(60, 30, int(60 * share)), 3: closed(60, 60, int(60 * share))}
    return assessed(name, {BEFORE: past[before], NOW: running(asked, start, counted, date(2022, 4, 1))})


def test_while_the_half_year_runs_each_row_has_what_is_needed_and_the_trede_that_is_expected():
    rows = [
        on_its_way("Op schema", 30),
        on_its_way("Te traag", 10, start=50, before=2),
        on_its_way("Ruim voor", 70, before=3),
    ]
    shown = table(rows)
    assert (shown.has_advice, shown.has_prognosis, shown.has_trede) == (False, True, True)
    labels = [head.label.replace("<br>", " ") for head in shown.heads]
    assert labels[-3:] == ["Nodig per week", "Verloop 2021-2", "Prognose trede"]
    assert [(row.name, row.needed, row.trede, row.change) for row in shown.rows] == [
        ("Te traag", "8", 3, "up"),
        ("Op schema", "3", 1, "down"),
        ("Ruim voor", "0", 1, "down"),
    ]
    assert shown.total_rows[0].needed == "11"
    assert "Gesorteerd op prognose, hoogste eerst" in shown.caption


def test_what_is_needed_sorts_and_of_whom_nothing_is_known_comes_last():
    rows = [on_its_way("A", 30), on_its_way("B", 10), assessed("C", {NOW: running(None, 5)})]
    for sort, order in (("nodig", ["A", "B", "C"]), ("-nodig", ["B", "A", "C"])):
        shown = table(rows, {"sorteer": sort})
        assert [row.name for row in shown.rows] == order
    assert shown.rows[-1].needed == "–"
    assert "Gesorteerd op wat er per week nodig is, hoogste eerst" in shown.caption


def test_a_closed_half_year_has_no_prognosis_and_what_is_needed_sorts_as_usual():
    shown = table([ending("A", 3), ending("B", 9)], {"sorteer": "-nodig"})
    assert not shown.has_prognosis
    assert [row.needed for row in shown.rows] == ["", ""]
    assert [row.name for row in shown.rows] == ["B", "A"]
    assert not any("Nodig" in head.label for head in shown.heads)


def test_a_prognosis_without_a_policy_has_no_trede_column():
    shown = table([assessed("A", {NOW: running(60, 5, 9, date(2022, 3, 1))}, policies=NO_POLICY)])
    assert (shown.has_prognosis, shown.has_trede) == (True, False)
    assert shown.rows[0].needed == "4"


def test_a_prognosis_that_half_years_without_figures_may_raise_has_a_note():
    shown = table([assessed("Zeist", {NOW: running(10, 10, 3, date(2022, 4, 1))})])
    [note] = shown.notes
    assert note.text == "De prognose kan hoger uitvallen, omdat cijfers van een eerder halfjaar ontbreken:"
    assert [(item.name, item.text) for item in note.items] == [("Zeist", "trede 6")]


def test_without_a_policy_there_is_no_trede_column():
    shown = table([ending("A", 20, policies=NO_POLICY)])
    assert not shown.has_trede
    assert len(shown.heads) == 10


def test_before_anything_was_counted_the_total_is_what_is_asked():
    rows = [assessed("A", {NOW: running(10, 5)}), assessed("B", {NOW: running(20, -2)}), assessed("C")]
    total = total_for(rows, period=NOW, stage=Stage.RUNNING)
    assert (total.opgave.totaalopgave, total.opgave.realisation, total.left_out) == (33, None, ("C",))


def test_an_empty_result_says_why():
    rows = [ending("Zeist", -3)]
    assert table(rows, {"zoek": "<utr>"}).nothing == "Geen gemeente gevonden met ‘<utr>’."
    assert table(rows, {"toon": "omhoog"}).nothing == "Er zijn geen gemeenten om hier te tonen."
    assert table(rows, {"toon": "omhoog", "zoek": "ze"}).whole_url == "?#alle"


def test_the_sorted_head_says_its_direction():
    shown = table([ending("A", 3)], {"sorteer": "-realisatie"})
    assert {head.label: head.direction for head in shown.heads if head.direction} == {"Realisatie": "descending"}


def test_the_line_shows_at_most_eight_half_years():
    long = assessed("A", {period: closed() for period in (Period(2015, 1), NOW)})
    assert spark_periods_of([long], period=NOW, stage=Stage.CLOSED)[0] == NOW.back(7)
    assert spark_periods_of([long], period=NOW, stage=Stage.RUNNING)[-1] == BEFORE
    assert spark_periods_of([ending("B", 1, before=None)], period=NOW, stage=Stage.CLOSED) == [NOW]


# -- notes --------------------------------------------------------------------


def test_coas_other_opening_is_a_note():
    amersfoort = assessed("Amersfoort", {BEFORE: closed(99, 0, 47), NOW: closed(90, 50, 60)})
    notes = notes_on([amersfoort, ending("Zeist", 3)], period=NOW, municipalities_url=URL)
    [note] = notes.notes
    assert note.letter == "a"
    assert "COA meldt op 1 januari 2022" in note.text.replace("\u00a0", " ")
    assert note.items[0].text == "50 in plaats van 52 (niet verklaard)"
    assert note.closing == "COA is leidend."
    assert notes.letters == {amersfoort.municipality.pk: "a"}


@pytest.mark.parametrize(
    ("persons", "text"), [(-2, "50 in plaats van 52"), (-1, "50 in plaats van 52 (niet verklaard)")]
)
def test_an_explanation_covers_the_difference_that_it_was_given_for(persons, text):
    amersfoort = assessed("Amersfoort", {BEFORE: closed(99, 0, 47), NOW: closed(90, 50, 60)})
    explanations = {amersfoort.municipality.pk: DifferenceExplained(persons=persons, cause="late")}
    [note] = notes_on(
        [amersfoort], period=NOW, municipalities_url=URL, differences_url="/verschillen/", explanations=explanations
    ).notes
    assert (note.items[0].text, note.url) == (text, "/verschillen/")


def test_a_taakstelling_that_was_another_is_a_note():
    lowered = replace(ending("Utrecht", 3), announced=announced((NOW.start, 203), (date(2022, 3, 26), 150)))
    same = replace(ending("Zeist", 3), announced=announced((NOW.start, 50), (date(2022, 3, 26), 50)))
    [note] = notes_on([lowered, same], period=NOW, municipalities_url=URL).notes
    assert note.text == "De taakstelling 2022-1 is gewijzigd; de laatste geldt:"
    assert [plain(item.text) for item in note.items] == ["150, eerder 203 (26 maart 2022)"]
    assert note.url == ""


def announced(*versions):
    return tuple(Announced(day=day, persons=persons, is_sample=False) for day, persons in versions)


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_trede_that_depends_on_the_herverdeling_is_a_note():
    """204 with the herverdeling, 203 without; an achterstand of 203 tips."""
    half_years = {BEFORE: closed(200, 0, 200), NOW: closed(203, 0, 1, herverdeling=1)}
    [note] = notes_on([assessed("Utrecht", half_years)], period=NOW, municipalities_url=URL).notes
    assert "Telt de herverdeling wel mee" in note.text
    assert note.items[0].text == "trede 2"
    [other] = notes_on([assessed("Utrecht", half_years, policies=COUNTING)], period=NOW, municipalities_url=URL).notes
    assert "Telt de herverdeling niet mee" in other.text
    assert other.items[0].text == "trede 3"


def test_an_advice_that_lacks_a_half_year_is_a_note():
    lopik = assessed("Lopik", {NOW: closed(8, 12, 8)})
    [note] = notes_on([lopik], period=NOW, municipalities_url=URL).notes
    assert note.items[0].text == "trede 6 (2021-2 ontbreekt)"


def test_one_municipality_may_carry_two_letters_and_a_note_names_no_more_than_twelve():
    both = assessed("Beide", {BEFORE: closed(10, 0, 0), NOW: closed(8, 12, 8)})
    others = [assessed(f"Anders {n}", {BEFORE: closed(10, 0, 5), NOW: closed(20, 9, 20)}) for n in range(14)]
    notes = notes_on([both, *others], period=NOW, municipalities_url=URL)
    assert notes.letters[both.municipality.pk] == "a, b"
    assert len(notes.notes[0].items) == 12
    assert notes.notes[0].more == "en nog 3 gemeenten"
