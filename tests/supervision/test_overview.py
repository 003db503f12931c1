"""What the overview says above its table: finding, treden, map, what is to do, the half-year that runs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from municipalities.models import Province
from supervision.figures import Agreed, Closing
from supervision.models import DifferenceExplained
from supervision.policies import PolicyHistory
from supervision.rules.period import Period
from supervision.screens.explanation import verdict_on
from supervision.screens.overview import (
    Addresses,
    closing_in_words,
    finding_of,
    hyphenated,
    ladder_of,
    map_of,
    page_of,
    running_of,
    tasks_of,
    who_have_most,
)
from supervision.screens.overview_table import Choice, Stage
from supervision.screens.prognoses import expected_change
from tests.supervision.assessed import BEFORE, LADDER, NEXT, NO_POLICY, NOW, assessed, closed, ending, running

URL = "/2022-1/gemeenten/"
TO = Addresses(entry="/2022-1/cijfers/", next_entry="/2022-2/cijfers/", municipalities=URL, differences="/verschillen/")


def page(assessments):
    return page_of(assessments, Choice(), province=Province(name="Utrecht"), period=NOW, addresses=TO)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# -- finding ------------------------------------------------------------------


def test_the_finding_counts_persons_behind_and_ahead():
    rows = [ending("A", 20), ending("B", 3), ending("C", -4), ending("D", 0), assessed("E")]
    finding = finding_of(rows, Stage.CLOSED)
    assert (finding.municipalities, finding.behind, finding.persons_behind) == (5, 2, 23)
    assert (finding.ahead, finding.persons_ahead, finding.unjudged) == (1, 4, 1)


def test_a_ladder_of_another_number_of_steps_is_not_compared_with():
    """Trede 3 of three regimes is not above trede 2 of six treden."""
    three = replace(LADDER, steps=LADDER.steps[:3])
    policies = PolicyHistory(((NOW, 8, three), (Period(2021, 1), 7, LADDER)))
    one = ending("A", 20, before=5, policies=policies)
    assert (one.advice.trede, one.trede_before, one.is_another_ladder, one.change) == (3, 2, True, 0)
    assert not finding_of([one], Stage.CLOSED).has_comparison
    [step] = ladder_of([one], three, municipalities_url=URL).steps
    assert (step.trede, step.count, step.difference, step.risen) == (3, "1", "", ())
    assert plain(verdict_on(one, None).finding) == (
        "Achterstand 20 is hoger dan de taakstelling 10: trede 3, was trede 2 van de ladder daarvoor."
    )
    on_its_way_to_3 = SimpleNamespace(expected=SimpleNamespace(trede=3))
    assert expected_change(one, on_its_way_to_3) == 0
    assert expected_change(ending("B", 20, before=5), on_its_way_to_3) == 1


def test_a_new_version_with_as_many_steps_is_compared_with():
    policies = PolicyHistory(((NOW, 8, LADDER), (Period(2021, 1), 7, LADDER)))
    assert ending("A", 20, before=5, policies=policies).change == 1


def test_two_steps_at_once_are_not_one_trede_up():
    one, two = ending("A", 5, before=0), ending("B", 20, before=0)
    assert finding_of([one], Stage.CLOSED).risen_one
    assert not finding_of([one, two], Stage.CLOSED).risen_one
    assert finding_of([one, two], Stage.CLOSED).risen == 2


def test_without_the_half_year_before_there_is_no_comparison():
    assert not finding_of([ending("A", 5, before=None)], Stage.CLOSED).has_comparison
    assert finding_of([ending("A", 5)], Stage.CLOSED).has_comparison


@pytest.mark.parametrize(
    ("ends", "heading"),
    [
        ({"A": 0, "B": -3}, "Geen enkele gemeente heeft een achterstand"),
        ({"A": 7, "B": -3}, "Alleen A heeft een achterstand: 7 personen"),
        ({"A": 7, "B": 3}, "A heeft 7 van de 10 personen achterstand"),
        ({"A": 5, "B": 5}, "A heeft 5 van de 10 personen achterstand"),
        ({"A": 4, "B": 4, "C": 4}, "A en B hebben samen 8 van de 12 personen achterstand"),
        (
            dict.fromkeys("ABCDEFGH", 1),
            "De 4 gemeenten met de grootste achterstand hebben samen 4 van de 8 personen achterstand",
        ),
    ],
)
def test_who_have_half_of_the_achterstand(ends, heading):
    rows = [ending(name, end) for name, end in ends.items()]
    assert plain(who_have_most(rows, Stage.CLOSED)) == heading


# -- treden -------------------------------------------------------------------


def test_the_treden_are_counted_with_who_is_new():
    rows = [ending("Utrecht", 20, before=5), ending("Zeist", 3, before=5), ending("Houten", -1, before=5)]
    ladder = ladder_of(rows, LADDER, municipalities_url=URL)
    assert [(step.trede, step.count, step.difference) for step in ladder.steps] == [
        (3, "1", "+1"),
        (2, "1", "−2"),
        (1, "1", "+1"),
    ]
    assert [place.name for place in ladder.steps[0].risen] == ["Utrecht"]
    assert [place.name for place in ladder.steps[2].fallen] == ["Houten"]
    assert ladder.nobody == "Op trede 4, 5 en 6 staat geen gemeente."


def test_a_trede_that_everybody_left_stays_in_sight():
    ladder = ladder_of([ending("Houten", -1, before=5)], LADDER, municipalities_url=URL)
    assert [(step.trede, step.count, step.difference) for step in ladder.steps] == [(2, "0", "−1"), (1, "1", "+1")]


def test_without_a_half_year_before_there_is_no_difference():
    ladder = ladder_of([ending("Houten", -1, before=None)], LADDER, municipalities_url=URL)
    assert [step.difference for step in ladder.steps] == [""]


# -- map ----------------------------------------------------------------------


def test_each_municipality_has_its_place_on_the_map():
    rows = [ending("Zeist", 3, tile=(3, 1)), ending("Utrecht", 20, tile=(1, 1)), ending("Baarn", -1, tile=(2, 0))]
    trede_map = map_of(rows, Stage.CLOSED, municipalities_url=URL)
    assert [(tile.name, tile.row, tile.column, tile.trede) for tile in trede_map.tiles] == [
        ("Baarn", 0, 2, 1),
        ("Utrecht", 1, 1, 3),
        ("Zeist", 1, 3, 2),
    ]
    assert not trede_map.wide
    assert [tile.change for tile in trede_map.tiles] == ["", "up", "up"]


def test_a_municipality_without_a_place_makes_it_a_list():
    """One that ended, or a province without a tile map."""
    rows = [ending("Utrecht", 20, tile=(1, 1)), ending("Vianen", 3), assessed("Leerdam")]
    trede_map = map_of(rows, Stage.CLOSED, municipalities_url=URL)
    assert trede_map.tiles == ()
    assert [(group.trede, [place.name for place in group.places]) for group in trede_map.groups] == [
        (3, ["Utrecht"]),
        (2, ["Vianen"]),
        (None, ["Leerdam"]),
    ]


def test_more_than_eight_columns_make_a_wide_map():
    rows = [ending("A", 1, tile=(0, 0)), ending("B", 1, tile=(8, 0))]
    assert map_of(rows, Stage.CLOSED, municipalities_url=URL).wide


def test_while_the_half_year_runs_the_map_has_the_treden_before():
    row = assessed("A", {BEFORE: closed(10, 0, 5), NOW: running(10, 5)}, tile=(0, 0))
    assert [tile.trede for tile in map_of([row], Stage.RUNNING, municipalities_url=URL).tiles] == [2]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Vijfheerenlanden", "Vijfheeren|landen"),
        ("Utrechtse Heuvelrug", "Utrechtse Heuvel|rug"),
        ("Wijk bij Duurstede", "Wijk bij Duur|stede"),
        ("Nieuwegein", "Nieuwe|gein"),
        ("Sint-Michielsgestel", "Sint-Michiels|gestel"),
        ("Bergen op Zoom", "Bergen op Zoom"),
        ("Houten", "Houten"),
        ("De Bilt", "De Bilt"),
        ("'s-Hertogenbosch", "'s-Hertogen|bosch"),
    ],
)
def test_a_long_name_may_break_before_its_last_part(name, broken):
    assert hyphenated(name) == broken.replace("|", "\u00ad")


# -- to do --------------------------------------------------------------------


def tasks(assessments, stage=Stage.CLOSED, **more):
    return [
        (task.count, task.label, task.url, plain(task.detail))
        for task in tasks_of(assessments, stage, period=NOW, addresses=TO, **more)
    ]


def test_nothing_is_to_do_when_all_is_there():
    assert tasks([ending("A", 3), ending("B", 0)]) == []


def test_missing_figures_are_told_per_kind():
    rows = [
        ending("A", 3),
        assessed("Lopik", {BEFORE: closed(10, 0, 5), NOW: running(10)}),
        assessed("Soest", {BEFORE: closed(10, 0, 5), NOW: running(None, 5, 3)}),
    ]
    assert tasks(rows) == [
        ("1", "taakstelling ontbreekt", "/2022-1/cijfers/", "2022-1: Soest."),
        ("2", "realisaties ontbreken", "/2022-1/cijfers/", "2022-1: Lopik en Soest."),
    ]


def test_while_the_half_year_runs_no_realisatie_is_missing():
    assert tasks([assessed("A", {NOW: running(10, 3)})], Stage.RUNNING) == []


def test_many_names_are_cut_short():
    rows = [assessed(f"G{n}", {BEFORE: closed(1, 0, 1), NOW: running(10)}) for n in range(9)]
    assert tasks(rows)[0][3] == "2022-1: G0, G1, G2, G3 en 5 andere."


def test_the_next_taakstelling_is_missed_once_it_is_known_of_some():
    known = assessed("A", {BEFORE: closed(10, 0, 10), NOW: closed(10, 0, 5), NEXT: running(10)})
    rows = [known, ending("Lopik", 3)]
    assert tasks(rows) == [("1", "taakstelling ontbreekt", "/2022-2/cijfers/", "2022-2: Lopik.")]
    assert tasks([ending("Lopik", 3)]) == []


def test_another_opening_by_coa_asks_for_a_look():
    row = assessed("Amersfoort", {BEFORE: closed(99, 0, 47), NOW: closed(90, 50, 60)})
    detail = "Een andere opening dan het eind van 2021-2: Amersfoort."
    assert tasks([row]) == [("1", "verschil met COA te verklaren", "/verschillen/", detail)]


def test_an_opening_that_is_explained_is_done_until_it_changes():
    rows = [assessed(name, {BEFORE: closed(99, 0, 47), NOW: closed(90, 50, 60)}) for name in ("A", "B", "C")]
    explanations = {
        rows[0].municipality.pk: DifferenceExplained(persons=-2, cause="late"),
        rows[1].municipality.pk: DifferenceExplained(persons=-3, cause="late"),
    }
    [task] = tasks(rows, explanations=explanations)
    assert task[1:] == (
        "verschillen met COA te verklaren",
        "/verschillen/",
        "Een andere opening dan het eind van 2021-2: B en C.",
    )


def test_what_is_about_several_leads_to_the_notes():
    rows = [assessed(name, {BEFORE: closed(200, 0, 200), NOW: closed(203, 0, 1, herverdeling=1)}) for name in "AB"]
    [task] = tasks(rows)
    assert task[:3] == ("2", "adviezen hangen af van de herverdeling", "#noten")


def test_a_herverdeling_that_no_longer_fits_the_taakstelling_asks_for_a_look():
    """Lowered to 3 after 5 were given away; and one that has none at all."""
    given = (Agreed(other="Utrecht", persons=-5),)
    lowered = assessed("Baarn", {NOW: closed(3, 0, 3, herverdeling=-5)}, swaps=given, policies=NO_POLICY)
    fits = assessed("Soest", {NOW: closed(5, 0, 3, herverdeling=-5)}, swaps=given, policies=NO_POLICY)
    [task] = tasks([lowered, fits])
    assert task == (
        "1",
        "herverdeling klopt niet meer",
        f"{URL}{lowered.municipality.code}/#som",
        "De taakstelling ontbreekt of komt onder nul: Baarn.",
    )
    none = assessed("Zeist", {NOW: closed(None, 0, 3, herverdeling=-5)}, swaps=given, policies=NO_POLICY)
    [_, both] = tasks([lowered, none])
    assert both[1:3] == ("herverdelingen kloppen niet meer", "/2022-1/cijfers/")


@pytest.mark.parametrize(
    ("municipalities", "last", "sentence"),
    [
        (2, 4, "2022-1 is op 4 juli 2022 gesloten voor alle 2 gemeenten: daar heeft een correctie een reden nodig."),
        (
            1,
            6,
            "2022-1 is tussen 4 juli 2022 en 6 juli 2022 gesloten voor 1 van de 2 gemeenten: "
            "daar heeft een correctie een reden nodig.",
        ),
    ],
)
def test_since_when_a_half_year_is_closed(municipalities, last, sentence):
    rows = [ending("A", 3), ending("B", 3)]
    first, last = datetime(2022, 7, 4, 8, tzinfo=UTC), datetime(2022, 7, last, 8, tzinfo=UTC)
    closing = Closing(municipalities=municipalities, first=first, last=last)
    assert plain(closing_in_words(closing, rows, period=NOW)) == sentence
    assert closing_in_words(None, rows, period=NOW) == ""


def test_a_trede_on_the_edge_of_two_readings_asks_for_a_look():
    row = assessed("Utrecht", {BEFORE: closed(200, 0, 200), NOW: closed(203, 0, 1, herverdeling=1)})
    [task] = tasks([row])
    assert task[1:3] == ("advies hangt af van de herverdeling", f"{URL}{row.municipality.code}/#waarom")


def test_an_advice_that_lacks_a_half_year_asks_for_a_look():
    row = assessed("Lopik", {NOW: closed(8, 12, 8)})
    [task] = tasks([row])
    assert task[1] == "advies mist een eerder halfjaar"


# -- a half-year that runs ----------------------------------------------------


def test_the_running_half_year_against_the_norm():
    counted = date(2022, 9, 1)
    rows = [assessed("A", {NEXT: running(275, 207, 178, counted)}, period=NEXT)]
    progress = running_of([rows[0].opgave], period=NEXT)
    assert (progress.housed, progress.totaalopgave, progress.norm, progress.remaining) == (178, 482, 161, 304)
    assert (
        plain(progress.sentence) == "Op 1 september 2022 waren 178 van de 482 personen gehuisvest, 17 meer dan de norm."
    )


def test_the_published_first_count_of_utrecht():
    """15 housed on 7 July of 482 (gespreksnotitie, 8 July 2022)."""
    opgave = assessed("Utrecht", {NEXT: running(275, 207, 15, date(2022, 7, 7))}, period=NEXT).opgave
    assert plain(running_of([opgave], period=NEXT).sentence) == (
        "Op 7 juli 2022 waren 15 van de 482 personen gehuisvest, 1 minder dan de norm."
    )


def test_counts_of_different_days_have_no_norm():
    opgaven = [
        assessed(name, {NEXT: running(10, 0, 2, day)}, period=NEXT).opgave
        for name, day in (("A", date(2022, 8, 1)), ("B", date(2022, 9, 1)))
    ]
    progress = running_of([*opgaven, None], period=NEXT)
    assert progress.norm is None
    assert plain(progress.sentence) == (
        "Tot nu toe waren 4 van de 20 personen gehuisvest. Geteld in 2 van de 3 gemeenten. "
        "De laatste stand is van 1 september 2022."
    )


@pytest.mark.parametrize(
    ("housed", "words"), [(0, "2 minder dan de norm"), (1, "1 minder dan de norm"), (2, "precies volgens de norm")]
)
def test_the_norm_in_words(housed, words):
    opgave = assessed("A", {NEXT: running(12, 0, housed, date(2022, 8, 1))}, period=NEXT).opgave
    assert plain(running_of([opgave], period=NEXT).against_norm) == words


def test_a_half_year_of_which_nothing_is_known_or_that_is_closed_does_not_run():
    assert running_of([None, None], period=NEXT) is None
    assert running_of([ending("A", 3).opgave], period=NOW) is None


# -- the page -----------------------------------------------------------------


def test_there_is_no_page_of_an_empty_half_year():
    assert page([assessed("A")]) is None
    assert page([]) is None


def test_a_closed_half_year_has_its_treden_and_no_sums():
    made = page([ending("A", 3, tile=(0, 0))])
    assert made.ladder is not None
    assert made.facts == ()
    assert made.trede_map.tiles
    assert made.largest == ()
    assert made.following is None


def test_a_half_year_without_a_policy_has_sums_and_who_owe_most():
    made = page([ending("A", 3, policies=NO_POLICY), ending("B", 9, policies=NO_POLICY)])
    assert made.ladder is None
    assert made.trede_map is None
    assert [(one.name, one.persons) for one in made.largest] == [("B", "9"), ("A", "3")]
    assert [fact.term for fact in made.facts][-2:] == ["Realisatie", "Achterstand aan het eind"]


def test_a_running_half_year_has_sums_of_all_and_a_count_of_some():
    rows = [
        assessed("A", {NOW: running(10, 5, 3, date(2022, 3, 1))}),
        assessed("B", {NOW: running(20, 0)}),
    ]
    made = page(rows)
    assert made.is_running
    assert {fact.term: (fact.value, plain(fact.detail)) for fact in made.facts} == {
        "Taakstelling": ("30", ""),
        "Achterstand bij het begin": ("5", ""),
        "Totaalopgave": ("35", ""),
        "Realisatie tot nu toe": ("3", "in 1 van de 2 gemeenten"),
        "Nog te huisvesten": ("12", "in 1 van de 2 gemeenten"),
        "Nodig per week": ("2", "opgeteld over de gemeenten"),
    }


def test_the_half_year_after_is_followed_while_it_runs():
    row = assessed("A", {BEFORE: closed(), NOW: closed(10, 0, 5), NEXT: running(10, 5, 2, date(2022, 8, 1))})
    assert page([row]).following.totaalopgave == 15
