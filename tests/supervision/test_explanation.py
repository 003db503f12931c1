"""Why a municipality stands where it stands: the verdict in a sentence, the clauses, the course, the half-year after."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from supervision.figures import Agreed
from supervision.policies import PolicyHistory
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric, Policy
from supervision.screens.explanation import condition_in_words, following_of, history_of, verdict_on, weighed
from tests.supervision.assessed import (
    BEFORE,
    COUNTING,
    LADDER,
    NEXT,
    NO_POLICY,
    NOW,
    SINCE_2021,
    against,
    assessed,
    closed,
    ending,
    owing,
    running,
    step,
)

PUBLISHED = {BEFORE: closed(226, 153, 208), NOW: closed(203, 171, 168, herverdeling=1)}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def finding(assessment) -> str:
    return plain(verdict_on(assessment, assessment.sensitivity()).finding)


def utrecht(**more):
    return assessed("Utrecht", PUBLISHED, swaps=(Agreed(other="Utrechtse Heuvelrug", persons=1),), **more)


# -- verdict ------------------------------------------------------------------


def test_the_published_verdict():
    verdict = verdict_on(utrecht(), utrecht().sensitivity())
    assert plain(verdict.finding) == "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2."
    assert (verdict.trede, verdict.step_name) == (3, "Actief toezicht")
    assert [plain(remark) for remark in verdict.remarks] == [
        "Met de herverdeling erbij (204) is het advies hetzelfde.",
        "Met 5 personen meer gehuisvest was het trede 2 gebleven.",
    ]
    assert verdict.warnings == ()


@pytest.mark.parametrize(
    ("end", "taakstelling", "before", "sentence"),
    [
        (34, 37, 44, "Achterstand 34 is lager dan de taakstelling 37: trede 2, was 3."),
        (10, 10, 0, "Achterstand 10 is even hoog als de taakstelling 10: trede 3, was 1."),
        (12, 10, 5, "Achterstand 12 is hoger dan de taakstelling 10: trede 3, was 2."),
        (0, 10, 0, "Geen achterstand: trede 1, net als daarvoor."),
        (0, 0, 0, "Geen achterstand: trede 1, net als daarvoor."),
        (-6, 10, 5, "Voorsprong van 6 personen: trede 1, was 2."),
        (-1, 10, 0, "Voorsprong van 1 persoon: trede 1, net als daarvoor."),
        (3, 10, None, "Achterstand 3 is lager dan de taakstelling 10: trede 2."),
    ],
)
def test_the_verdict_says_what_decided(end, taakstelling, before, sentence):
    assert finding(ending("A", end, taakstelling=taakstelling, before=before)) == sentence


def test_a_row_of_half_years_is_counted_in_words():
    half_years = {NOW.back(3): closed(10, 0, 5), NOW.back(2): closed(10, None, 4)}
    half_years |= {BEFORE: closed(9, None, 8), NOW: closed(8, None, 6)}
    assert finding(assessed("A", half_years)) == (
        "Achterstand 14 is voor het derde halfjaar op rij niet lager dan de taakstelling 8: trede 5, was 4."
    )


def test_a_ladder_that_only_counts_half_years_with_an_achterstand():
    """As in Zuid-Holland."""
    ladder = Policy(
        name="L", source="S", counts_herverdeling=False, steps=(step(1), step(2, owing(1)), step(3, owing(2)))
    )
    policies = PolicyHistory(((Period(2000, 1), 1, ladder),))
    assert finding(ending("A", 3, before=0, policies=policies)) == "Achterstand 3: trede 2, was 1."
    assert finding(ending("A", 3, before=5, policies=policies)) == (
        "Achterstand 3, voor het tweede halfjaar op rij: trede 3, was 2."
    )


def test_a_multiple_of_the_taakstelling_is_named():
    ladder = Policy(
        name="L",
        source="S",
        counts_herverdeling=False,
        steps=(step(1), step(2, owing()), step(3, against(1, Fraction(3, 2)))),
    )
    policies = PolicyHistory(((Period(2000, 1), 1, ladder),))
    assert finding(ending("A", 20, policies=policies)) == (
        "Achterstand 20 is hoger dan 1,5 keer de taakstelling 10: trede 3, was 1."
    )


def by_percentage(*, below=80, metric=Metric.PERCENTAGE_TOTAALOPGAVE, half_years=1, **limits) -> PolicyHistory:
    condition = Condition(metric=metric, threshold=Fraction(below), half_years=half_years)
    ladder = Policy(name="L", source="S", counts_herverdeling=False, steps=(step(1), step(2, condition)), **limits)
    return PolicyHistory(((Period(2000, 1), 1, ladder),))


@pytest.mark.parametrize(
    ("policies", "end", "sentence"),
    [
        (by_percentage(), 3, "7 gehuisvest van de totaalopgave van 10, minder dan 80%: trede 2, was 1."),
        (by_percentage(), 2, "8 gehuisvest van de totaalopgave van 10: trede 1, net als daarvoor."),
        (
            by_percentage(metric=Metric.PERCENTAGE_TAAKSTELLING),
            10,
            "0 gehuisvest van de taakstelling van 10, minder dan 80%: trede 2, was 1.",
        ),
        (
            by_percentage(metric=Metric.SHORTFALL, below=1),
            3,
            "7 gehuisvest van de taakstelling van 10, 3 te weinig: trede 2, was 1.",
        ),
    ],
)
def test_a_ladder_that_looks_at_what_was_housed(policies, end, sentence):
    assert finding(ending("A", end, policies=policies)) == sentence


def test_where_nobody_was_to_be_housed_that_is_said():
    half_years = {NOW: closed(0, 0, 0)}
    assert finding(assessed("A", half_years, policies=by_percentage())) == "Niemand te huisvesten: trede 1."


def test_a_row_of_half_years_in_which_too_few_were_housed():
    half_years = {BEFORE: closed(10, 0, 1), NOW: closed(10, None, 1)}
    policies = by_percentage(metric=Metric.PERCENTAGE_TAAKSTELLING, half_years=2)
    assert finding(assessed("A", half_years, policies=policies)) == (
        "1 gehuisvest van de taakstelling van 10, minder dan 80%, voor het tweede halfjaar op rij: trede 2, was 1."
    )


def test_a_frozen_half_year_is_a_warning_with_its_reason():
    policies = replace(SINCE_2021, frozen={NOW: "Corona, brief van 3 april."})
    one = ending("A", 10, before=3, policies=policies)
    verdict = verdict_on(one, one.sensitivity())
    assert plain(verdict.finding) == "Halfjaar 2022-1 is bevroren: trede 2, net als daarvoor."
    assert verdict.warnings == (
        "Halfjaar 2022-1 is bevroren: de trede blijft zoals zij was.",
        "De reden: Corona, brief van 3 april.",
    )
    outcomes = {row.trede: row.outcome for row in weighed(one.advice, LADDER)}
    assert (outcomes[2], outcomes[3]) == ("blijft", "bevroren")


def test_what_was_passed_over_is_a_remark():
    half_years = {BEFORE.previous: closed(10, 0, 0), BEFORE: closed(10, None, 20), NOW: closed(10, 10, 0)}
    one = assessed("A", half_years, policies=replace(SINCE_2021, frozen={BEFORE: "Corona"}))
    verdict = verdict_on(one, None)
    assert verdict.trede == 4
    assert verdict.remarks[0] == "2021-2 is bevroren en telt niet mee in de rij."


def test_what_held_the_advice_back_is_a_warning():
    up = ending("A", 10, policies=PolicyHistory(((Period(2021, 1), 7, replace(LADDER, most_steps_up=1)),)))
    assert verdict_on(up, None).warnings == (
        "De voorwaarde van trede 3 geldt, maar verder dan trede 2 gaat het niet in één keer omhoog.",
    )
    assert [row.outcome for row in weighed(up.advice, LADDER)][-3:] == [
        "geldt, maar te ver omhoog",
        "advies",
        "hogere trede geldt",
    ]
    down = ending(
        "A", 0, before=3, policies=PolicyHistory(((Period(2021, 1), 7, replace(LADDER, down_by_decision=True)),))
    )
    assert plain(verdict_on(down, None).finding) == "Geen achterstand: trede 2, net als daarvoor."
    assert verdict_on(down, None).warnings == ("Afschaling naar trede 1 is mogelijk, als daartoe wordt besloten.",)
    assert [row.outcome for row in weighed(down.advice, LADDER)][-2:] == ["blijft", "geldt"]


def test_one_person_that_decides_is_a_warning():
    one = ending("A", 10, taakstelling=10)
    [warning] = verdict_on(one, one.sensitivity()).warnings
    assert plain(warning) == ("Dit hangt van één persoon af. Met 1 persoon meer gehuisvest was het trede 2 geweest.")


def test_the_other_reading_is_a_warning_when_it_decides():
    half_years = {BEFORE: closed(200, 0, 200), NOW: closed(203, 0, 1, herverdeling=1)}
    one = assessed("A", half_years)
    assert "Als de herverdeling meetelt in de vergelijking, is het advies trede 2." in verdict_on(one, None).warnings
    other = assessed("A", half_years, policies=COUNTING)
    assert (
        "Als de herverdeling niet meetelt in de vergelijking, is het advies trede 3."
        in verdict_on(other, None).warnings
    )


def test_the_other_reading_where_the_herverdeling_counts():
    remarks = verdict_on(utrecht(policies=COUNTING), None).remarks
    assert remarks == ("Zonder de herverdeling (203) is het advies hetzelfde.",)


def test_a_half_year_that_lacks_is_a_warning():
    one = assessed("A", {NOW: closed(8, 12, 8)})
    assert verdict_on(one, None).warnings == ("Van 2021-2 ontbreken cijfers: daarmee kan het advies trede 6 worden.",)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (running(None, None), "Nog geen advies: de taakstelling, de achterstand en de realisatie ontbreken."),
        (running(10, 5), "Nog geen advies: de realisatie ontbreekt."),
        (
            running(10, 5, 3, date(2022, 3, 1)),
            "Op 1 maart 2022 waren 3 van de 15 personen gehuisvest, 2 minder dan de norm.",
        ),
        (
            running(10, 5, 1, date(2022, 3, 1)),
            "Op 1 maart 2022 was 1 van de 15 personen gehuisvest, 4 minder dan de norm.",
        ),
    ],
)
def test_without_an_advice_the_verdict_says_why(figures, sentence):
    verdict = verdict_on(assessed("A", {NOW: figures}), None)
    assert plain(verdict.finding) == sentence
    assert verdict.trede is None


def test_while_it_runs_the_advice_before_is_named():
    one = assessed("A", {BEFORE: closed(10, 0, 5), NOW: running(10, 5, 3, date(2022, 3, 1))})
    assert [plain(remark) for remark in verdict_on(one, None).remarks] == [
        "De peildatum van 2022-1 is 1 juli 2022; tot dan is er geen advies.",
        "Over 2021-2 is het advies trede 2.",
    ]


def test_without_a_policy_there_is_an_achterstand_and_no_trede():
    verdict = verdict_on(ending("A", 5, policies=NO_POLICY), None)
    assert plain(verdict.finding) == "Een achterstand van 5 personen, maar geen beleidskader om die aan te toetsen."
    assert verdict.remarks == ("Voor 2022-1 is geen beleidskader vastgelegd; daarom is er geen trede.",)
    assert plain(verdict_on(ending("A", -5, policies=NO_POLICY), None).finding).startswith("Een voorsprong van 5")


# -- conditions and clauses ---------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (None, "als de voorwaarde van geen hogere trede geldt"),
        (owing(), "een achterstand van minstens 1 persoon"),
        (owing(2, 5), "een achterstand van minstens 5 personen, 2 halfjaren op rij"),
        (against(), "een achterstand die minstens zo groot is als de taakstelling zonder herverdeling"),
        (
            against(4),
            "een achterstand die minstens zo groot is als de taakstelling zonder herverdeling, 4 halfjaren op rij",
        ),
        (
            against(1, Fraction(3, 2)),
            "een achterstand die minstens zo groot is als 1,5 keer de taakstelling zonder herverdeling",
        ),
        (
            against(1, Fraction(1, 8)),
            "een achterstand die minstens zo groot is als 0,125 keer de taakstelling zonder herverdeling",
        ),
        (against(1, 2), "een achterstand die minstens zo groot is als 2 keer de taakstelling zonder herverdeling"),
        (
            Condition(metric=Metric.SHORTFALL, threshold=Fraction(1), half_years=2),
            "minder gehuisvest dan de taakstelling inclusief herverdeling, 2 halfjaren op rij",
        ),
        (
            Condition(metric=Metric.SHORTFALL, threshold=Fraction(5)),
            "minstens 5 personen minder gehuisvest dan de taakstelling inclusief herverdeling",
        ),
        (
            Condition(metric=Metric.PERCENTAGE_TAAKSTELLING, threshold=Fraction("82.5")),
            "minder dan 82,5% van de taakstelling inclusief herverdeling gehuisvest",
        ),
        (
            Condition(metric=Metric.PERCENTAGE_TOTAALOPGAVE, threshold=Fraction(80)),
            "minder dan 80% van de totaalopgave gehuisvest",
        ),
    ],
)
def test_a_condition_in_words(condition, words):
    assert plain(condition_in_words(step(2, condition), LADDER)) == words


def test_the_words_say_which_taakstelling():
    counting = replace(LADDER, counts_herverdeling=True)
    assert condition_in_words(step(3, against()), counting).endswith("de taakstelling inclusief herverdeling")


def test_every_step_is_weighed_with_what_was_found():
    one = assessed("A", {BEFORE: closed(10, 0, 0), NOW: closed(8, None, 6), BEFORE.previous: closed(10, 0, 10)})
    rows = [(row.trede, plain(row.found), row.outcome) for row in weighed(one.advice, LADDER)]
    assert rows == [
        (6, "2 halfjaren op rij (2022-1 en 2021-2), nodig zijn er 4.", "geldt niet"),
        (5, "2 halfjaren op rij (2022-1 en 2021-2), nodig zijn er 3.", "geldt niet"),
        (4, "2 halfjaren op rij (2022-1 en 2021-2), nodig zijn er 2.", "geldt"),
        (3, "De achterstand (12) is hoger dan de taakstelling (8).", "hogere trede geldt"),
        (2, "Op 1 juli 2022 was er een achterstand van 12 personen.", "hogere trede geldt"),
        (1, "", "hogere trede geldt"),
    ]


def test_a_half_year_that_lacks_makes_the_outcome_unknown():
    rows = weighed(assessed("A", {NOW: closed(8, 12, 8)}).advice, LADDER)
    assert rows[0].outcome == "niet bekend"
    assert plain(rows[0].found) == ("1 halfjaar op rij (2022-1), nodig zijn er 4; de cijfers van 2021-2 ontbreken.")


def test_no_half_year_in_the_row():
    rows = weighed(ending("A", 3).advice, LADDER)
    assert plain(rows[0].found) == "0 halfjaren op rij, nodig zijn er 4."
    assert [row.trede for row in rows if row.is_advised] == [2]


# -- history ------------------------------------------------------------------


def course(*ends: int, taakstelling: int = 50) -> str:
    """The heading over half-years that end so, oldest first."""
    start = 0
    half_years = {}
    for back, end in zip(range(len(ends) - 1, -1, -1), ends, strict=True):
        half_years[NOW.back(back)] = closed(taakstelling, start, taakstelling + start - end)
        start = end
    return history_of(assessed("A", half_years)).heading


@pytest.mark.parametrize(
    ("ends", "heading"),
    [
        ((5,), "Achterstand en taakstelling per halfjaar"),
        ((-5,), "Voorsprong en taakstelling per halfjaar"),
        ((58, 41, 64, 79), "Sinds 2021-1 groeide de achterstand van 41 naar 79; nu is zij hoger dan de taakstelling"),
        ((41, 50), "Sinds 2021-2 groeide de achterstand van 41 naar 50; nu is zij even hoog als de taakstelling"),
        ((9, 30, 20, 12), "Sinds 2021-1 daalde de achterstand van 30 naar 12"),
        ((12, 12), "Sinds 2021-2 is de achterstand gelijk gebleven: 12"),
        ((30, 12, 12), "Sinds 2021-2 is de achterstand gelijk gebleven: 12"),
        ((5, 0), "Sinds 2021-2 is de achterstand van 5 helemaal ingelopen"),
        ((5, -3), "Sinds 2021-2 werd een achterstand van 5 een voorsprong van 3"),
        ((-5, -9), "Sinds 2021-2 groeide de voorsprong van 5 naar 9"),
        ((-9, -5), "Sinds 2021-2 daalde de voorsprong van 9 naar 5"),
        ((-4, -4), "Sinds 2021-2 is de voorsprong gelijk gebleven: 4"),
        ((-9, 0), "Sinds 2021-2 is de voorsprong van 9 opgebruikt"),
        ((-9, 4), "Sinds 2021-2 werd een voorsprong van 9 een achterstand van 4"),
        ((0, 4), "Sinds 2021-2 ontstond een achterstand van 4"),
        ((0, -4), "Sinds 2021-2 ontstond een voorsprong van 4"),
        ((0, 0), "Sinds 2021-2 is er geen achterstand"),
    ],
)
def test_the_heading_tells_the_course(ends, heading):
    assert course(*ends) == heading


def test_the_chart_shows_the_last_eight_half_years_that_ended():
    half_years = {NOW.back(n): closed(10, 0, 5) for n in range(12)}
    history = history_of(assessed("A", half_years | {NEXT: running(10, 5)}))
    assert [half_year.label for half_year in history.half_years] == [str(NOW.back(n)) for n in range(7, -1, -1)]
    assert history.is_axis
    assert history.half_years[-1].trede == 2


def test_a_half_year_without_figures_is_a_gap():
    history = history_of(assessed("A", {NOW.back(2): closed(10, 0, 5), NOW: closed(10, 5, 5)}))
    assert [half_year.achterstand_end for half_year in history.half_years] == [5, None, 10]
    assert history.heading == "Achterstand en taakstelling per halfjaar"


def test_before_any_half_year_ended_there_is_no_history():
    assert history_of(assessed("A", {NOW: running(10, 5)})) is None


# -- the half-year after ------------------------------------------------------


def test_the_published_half_year_after():
    """Taakstelling 275 + achterstand 207 = 482; 15 housed on 7 July 2022."""
    following = following_of(assessed("Utrecht", PUBLISHED | {NEXT: running(275, 207, 15, date(2022, 7, 7))}))
    assert plain(following.heading) == "Lopend halfjaar 2022-2: 15 van de 482 gehuisvest, 1 minder dan de norm"
    assert [(plain(fact.term), fact.value, plain(fact.detail)) for fact in following.facts] == [
        ("Taakstelling", "275", ""),
        ("Achterstand op 1 juli 2022", "207", "volgens COA"),
        ("Totaalopgave", "482", "275 + 207"),
        ("Gehuisvest op 7 juli 2022", "15", "norm 16: een zesde van de totaalopgave per maand"),
        ("Nog te huisvesten", "467", "482 − 15"),
    ]


def test_of_the_half_year_after_only_what_is_known():
    following = following_of(assessed("A", {NOW: closed(10, 0, 12), NEXT: running(10)}))
    assert following.heading == "Volgend halfjaar 2022-2: totaalopgave 8"
    assert [(plain(fact.term), fact.value, fact.detail) for fact in following.facts] == [
        ("Taakstelling", "10", ""),
        ("Voorsprong op 1 juli 2022", "−2", "berekend"),
        ("Totaalopgave", "8", "10 − 2"),
    ]


def test_a_half_year_after_of_which_nothing_is_known_or_that_is_closed_is_left_out():
    assert following_of(assessed("A", {NOW: closed()})) is None
    assert following_of(assessed("A", {NOW: closed(), NEXT: closed()})) is None
