"""The facts of a letter: all that the standard texts state is known, for every case; and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.claims import Direction, Facts, Unit, check
from letters.claims.collecting import facts_of
from letters.words.case import Case, Details, Incomplete
from letters.words.case import Told as Quoted
from letters.words.composing import compose
from letters.words.kinds import kinds, usual_kind
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric
from tests.letters.cases import DETAILS, DOCUMENTED, LADDER, SENDER, a_case, the_dossier
from tests.letters.claims.known import (
    COLLEGE,
    MINISTER,
    REGION,
    TOLD,
    Told,
    facts_about,
    missed,
    of_the_dossier,
    sentences_of,
    spaced,
)
from tests.letters.test_judgement import CASES


def misses_in(case: Case, details: Details = DETAILS) -> list[str]:
    """In the letter to the college and in what goes with it."""
    facts = facts_about(case, details=details)
    sent = (usual_kind(case.step), *(kind for kind in kinds().values() if kind.goes_with_letter))
    letters = [compose(case=case, sender=SENDER, details=details, kind=kind) for kind in sent]
    return missed("\n\n".join(text for letter in letters for text in sentences_of(letter)), facts)


# -- the standard texts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("before", [None, 1, 2, 3])
def test_each_of_the_13_cases_states_only_what_is_known(name: str, before: int | None) -> None:
    (begin, asked, realisation), *_ = CASES[name]
    case = a_case(begin=begin, taakstelling=asked, realisation=realisation, before=before, following=55)
    assert misses_in(case) == []


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_letter_that_is_laid_out_states_only_what_is_known(name: str) -> None:
    assert misses_in(*DOCUMENTED[name]) == []


PERSONS = st.integers(min_value=0, max_value=30_000)
STANDINGS = st.integers(min_value=-3_000, max_value=30_000)
SWAPS = st.lists(
    st.tuples(st.sampled_from(["Utrechtse Heuvelrug", "Zeist", "Bergen (NH.)"]), st.integers(-20, 20)), max_size=3
)


@settings(deadline=None)
@given(
    begin=STANDINGS,
    taakstelling=PERSONS,
    realisation=PERSONS,
    swaps=SWAPS,
    before=st.sampled_from([None, 1, 2, 3, 4, 5, 6]),
    in_a_row=st.integers(1, 5),
    following=st.none() | PERSONS,
    following_swaps=SWAPS,
    computed=st.none() | STANDINGS,
    is_reported=st.booleans(),
    taakstelling_before=st.none() | PERSONS,
)
def test_whatever_the_figures_the_standard_texts_state_only_what_is_known(**figures: object) -> None:
    swaps = dict(figures["swaps"])  # type: ignore[call-overload]
    case = a_case(municipality="Utrecht", **{**figures, "swaps": list(swaps.items())})
    assert misses_in(case) == []


@pytest.mark.parametrize("step", LADDER.steps, ids=lambda step: str(step.number))
@pytest.mark.parametrize("before", [None, 2, 4])
def test_a_decision_that_departs_from_the_advice_states_only_what_is_known(step, before: int | None) -> None:
    reason = "in augustus al 42 personen zijn gehuisvest, 88% van wat is gevraagd"
    case = replace(a_case(begin=60, taakstelling=50, realisation=40, before=before), decided=step, departure=reason)
    details = replace(
        DETAILS,
        term_ends=date(2022, 12, 15),
        required_persons=65,
        decided_on=date(2022, 3, 3),
        measures_by=date(2023, 2, 2),
        due_plan=date(2022, 10, 20),
        legal_remedy="U kunt binnen zes weken bezwaar maken (artikel 6:7 Awb).",
    )
    assert misses_in(case, details) == []


@pytest.mark.parametrize(
    ("threshold", "metric"), [(80, Metric.PERCENTAGE_TOTAALOPGAVE), (90, Metric.PERCENTAGE_TAAKSTELLING)]
)
def test_the_limit_of_a_ladder_that_looks_at_percentages_is_known(threshold: int, metric: Metric) -> None:
    first, second, *_ = LADDER.steps
    condition = Condition(metric=metric, threshold=Fraction(threshold))
    policy = replace(LADDER, steps=(first, replace(second, condition=condition)))
    assert misses_in(a_case(begin=20, taakstelling=40, realisation=7, policy=policy)) == []


@pytest.mark.parametrize("multiple", [Fraction(3, 2), Fraction(2), Fraction(4, 3)])
def test_a_multiple_of_the_taakstelling_is_known(multiple: Fraction) -> None:
    first, second, third, *_ = LADDER.steps
    condition = Condition(metric=Metric.ACHTERSTAND_AGAINST_TAAKSTELLING, threshold=multiple)
    policy = replace(LADDER, steps=(first, second, replace(third, condition=condition)))
    case = a_case(begin=200, taakstelling=40, realisation=7, policy=policy)
    assert case.advice.trede == 3
    assert misses_in(case) == []


def quoted(**of: object) -> Quoted:
    told = Quoted(
        kind="versnellingsactie",
        kind_name="Versnellingsactie",
        subject="Versneld huisvesten",
        persons=490,
        by="College van B&W",
        on=date(2022, 7, 13),
        document="Bericht",
    )
    return replace(told, **of)


@pytest.mark.parametrize("kind", ["versnellingsactie", "extra verzoek", "opvang"])
@pytest.mark.parametrize("persons", [None, 1, 490])
def test_what_a_letter_quotes_of_circumstances_is_known(kind: str, persons: int | None) -> None:
    subject = "Vooruitlopen op de taakstelling 2023-1 met 12 woningen"
    told = (quoted(kind=kind, persons=persons, subject=subject), quoted(kind=kind, persons=276, by="De regio in 2019"))
    assert misses_in(replace(the_dossier(), circumstances=told)) == []


def test_the_letter_that_this_one_goes_with_is_known() -> None:
    details = replace(DETAILS, letter_on=date(2022, 9, 15), letter_number="82507777")
    assert misses_in(the_dossier(), details) == []
    assert (
        missed("Onze brief van 15 september 2022 met nummer 82507777.", facts_about(the_dossier(), details=details))
        == []
    )


# -- what the facts are --------------------------------------------------------------------------------


def labelled(facts: Facts, unit: Unit = Unit.PERSONS) -> dict[str, int | Fraction]:
    return {spaced(fact.label): fact.value for fact in facts.numbers if fact.unit is unit}


def test_the_dossier_has_these_persons() -> None:
    assert labelled(of_the_dossier()) == {
        "achterstand op 1 januari 2022": 171,
        "taakstelling 2022-1": 203,
        "herverdeling van Utrechtse Heuvelrug": 1,
        "taakstelling 2022-1 met herverdeling": 204,
        "totaalopgave 2022-1": 375,
        "realisatie 2022-1": 168,
        "achterstand op 1 juli 2022": 207,
        "verschil tussen begin en eind van 2022-1": 36,
        "taakstelling 2022-2": 275,
        "totaalopgave 2022-2": 482,
        "per maand in 2022-2": 80,
        "versnellingsactie (Veiligheidsregio Utrecht)": 276,
        "versnellingsactie (Gemeente Utrecht, ambtelijk)": 460,
        "extra verzoek (Minister voor VRO en staatssecretaris van JenV)": 133,
    }


def test_the_dossier_has_these_percentages_treden_and_counts() -> None:
    facts = of_the_dossier()
    assert labelled(facts, Unit.PERCENT) == {"realisatie taakstelling 2022-1": 82, "realisatie totaalopgave 2022-1": 45}
    assert labelled(facts, Unit.TREDE) == {"trede 2022-1": 3, "trede van het halfjaar ervoor": 2}
    assert labelled(facts, Unit.COUNT) == {
        "documentnummer": 82508878,
        "versnellingsactie (Veiligheidsregio Utrecht)": 46,
    }


def test_the_dossier_went_up_with_an_achterstand_at_both_ends() -> None:
    facts = of_the_dossier()
    assert facts.direction is Direction.UP
    assert (facts.trede, facts.trede_before) == (3, 2)
    assert facts.standings == (171, 207)
    assert facts.allowed_others == ("Utrechtse Heuvelrug",)


def test_the_days_are_those_of_the_half_years_the_letter_and_what_was_told() -> None:
    days = {fact.day for fact in of_the_dossier(COLLEGE).dates}
    assert days == {
        date(2022, 1, 1),
        date(2022, 7, 1),
        date(2023, 1, 1),
        date(2022, 9, 22),
        date(2022, 11, 1),
        date(2022, 7, 13),
        date(2022, 8, 1),
        date(2022, 9, 11),
    }


def test_the_day_of_the_decision_is_known_where_it_is_given() -> None:
    facts = facts_of(the_dossier(), DETAILS, decided_on=date(2022, 9, 20))
    assert date(2022, 9, 20) in {fact.day for fact in facts.dates}
    assert missed("Op 20 september 2022 besloten wij.", facts) == []


def test_the_half_years_are_this_one_the_next_and_those_of_what_was_told() -> None:
    assert facts_about(the_dossier(), REGION).periods == (Period(2022, 1), Period(2022, 2))
    assert facts_about(the_dossier(), MINISTER).periods == (Period(2022, 1), Period(2022, 2), Period(2023, 1))


def test_the_half_years_in_a_row_may_be_spoken_of() -> None:
    in_a_row = a_case(begin=130, taakstelling=60, realisation=20, in_a_row=3, before=4)
    assert {Period(2021, 1), Period(2021, 2)} <= set(facts_about(in_a_row).periods)


def test_a_half_year_that_was_computed_from_may_be_spoken_of() -> None:
    assert Period(2021, 2) in facts_about(a_case(begin=3, taakstelling=5, is_reported=False)).periods
    assert Period(2021, 2) not in facts_about(a_case(begin=3, taakstelling=5)).periods


def test_a_voorsprong_is_known_without_its_sign_and_as_a_voorsprong() -> None:
    facts = facts_about(a_case(begin=-12, taakstelling=40, realisation=45))
    assert labelled(facts)["voorsprong op 1 januari 2022"] == 12
    assert labelled(facts)["voorsprong op 1 juli 2022"] == 17
    assert facts.standings == (-12, -17)


def test_persons_that_are_handed_over_are_known_without_their_sign() -> None:
    case = a_case(begin=60, taakstelling=50, swaps=[("Zeist", -4), ("Houten", 6)], realisation=80)
    known = labelled(facts_about(case))
    assert known["herverdeling aan Zeist"] == 4
    assert known["herverdeling van Houten"] == 6
    assert known["herverdelingen 2022-1 samen"] == 2
    assert known["taakstelling 2022-1 met herverdeling"] == 52


def test_what_coa_corrected_is_known_as_it_was_before() -> None:
    facts = facts_about(a_case(begin=20, taakstelling=50, realisation=80, computed=17))
    assert labelled(facts)["begin van 2022-1 zoals eerder berekend"] == 17
    assert labelled(facts)["correctie van het COA op het begin van 2022-1"] == 3
    assert facts.standings == (20, -10, 17)


def test_a_taakstelling_that_was_changed_is_known_as_it_was_before() -> None:
    facts = facts_about(a_case(taakstelling=50, realisation=50, taakstelling_before=60))
    assert labelled(facts)["taakstelling 2022-1 voor de wijziging"] == 60


def test_without_figures_there_are_no_facts() -> None:
    case = the_dossier()
    with pytest.raises(Incomplete):
        facts_of(replace(case, opgave=replace(case.opgave, realisation=None)), DETAILS)


@pytest.mark.parametrize("number", ["82508878", "2022-BEI-1234", "UTSP-1990814562-17", ""])
def test_the_number_of_the_letter_is_known_however_it_is_made_up(number: str) -> None:
    facts = facts_about(the_dossier(), details=replace(DETAILS, document_number=number))
    assert missed(f"Onze brief heeft documentnummer {number}.", facts) == []


def test_what_was_told_without_a_number_is_no_number() -> None:
    told = Told(said_by="Gemeente Utrecht", kind="opvang", subject="Verbouwing van het azc")
    assert not any("opvang" in fact.label for fact in facts_about(the_dossier(), told).numbers)


# -- what is no fact ---------------------------------------------------------------------------------


def test_the_percentage_without_the_herverdeling_is_no_fact() -> None:
    """168 of 203 is 83%; the herverdeling counts, so it is 82%."""
    facts = of_the_dossier()
    assert missed("Dat is 82%.", facts) == []
    assert missed("Dat is 83%.", facts) == [
        "83%: niet gevonden; het dichtst bij ligt realisatie taakstelling 2022-1, 82%."
    ]


@pytest.mark.parametrize("text", ["op 1 januari 2021", "in 2021", "over 2021-2", "op 1 juli 2021", "in maart 2021"])
def test_the_same_day_or_half_of_another_year_is_no_fact(text: str) -> None:
    assert len(missed(f"Dat was {text} ook zo.", of_the_dossier())) == 1


def test_the_totaalopgave_without_the_herverdeling_is_no_fact() -> None:
    assert len(missed("De totaalopgave was 374.", of_the_dossier())) == 1


@given(number=st.integers(0, 100_000))
def test_a_number_is_found_exactly_where_it_is_a_fact(number: int) -> None:
    facts = of_the_dossier()
    known = {fact.value for fact in facts.numbers if fact.unit is Unit.PERSONS}
    [finding] = check(f"Het gaat om {number} vergunninghouders.", facts)
    assert finding.is_missed == (number not in known)


def test_each_person_that_the_dossier_names_is_found_by_its_label() -> None:
    facts = facts_about(the_dossier(), *TOLD, COLLEGE)
    for label, value in labelled(facts).items():
        [finding] = check(f"Het gaat om {value} personen.", facts)
        assert label in spaced(finding.found)
