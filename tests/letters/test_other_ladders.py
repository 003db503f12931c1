"""What a letter says of the trede where the ladder measures otherwise than Utrecht's, or was held back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from letters.words.case import Case
from supervision.rules.ladder import advise
from supervision.rules.policy import Condition, Metric, Policy
from tests.letters.cases import LADDER, PERIOD, a_case, key_sentence, paragraphs, write


def by(metric: Metric, threshold: int, **limits: object) -> Policy:
    first, second, *_ = LADDER.steps
    condition = Condition(metric=metric, threshold=Fraction(threshold))
    steps = (replace(first, name="Groen"), replace(second, name="Oranje", condition=condition, follows="Wij praten."))
    return replace(LADDER, steps=steps, **limits)


def trede_paragraph(case: Case) -> str:
    letter = write(case)
    [section] = [each for each in letter.sections if "trede" in each.heading or "blijft" in each.heading]
    return paragraphs(letter, section.heading.replace("\u00a0", " "))[1]


@pytest.mark.parametrize(
    ("metric", "threshold", "realisation", "sentence"),
    [
        (
            Metric.PERCENTAGE_TOTAALOPGAVE,
            80,
            30,
            "Over de eerste helft van 2022 heeft uw gemeente 30 personen gehuisvest van de totaalopgave van 60 personen. Dat "
            "is minder dan 80%. Daarbij hoort trede 2: Oranje.",
        ),
        (
            Metric.PERCENTAGE_TOTAALOPGAVE,
            80,
            50,
            "Over de eerste helft van 2022 heeft uw gemeente 50 personen gehuisvest van de totaalopgave van 60 personen. Dat "
            "is niet minder dan 80%. Daarbij hoort trede 1: Groen.",
        ),
        (
            Metric.PERCENTAGE_TAAKSTELLING,
            80,
            0,
            "Over de eerste helft van 2022 heeft uw gemeente niemand gehuisvest van de taakstelling van 40 personen. Dat is "
            "minder dan 80%. Daarbij hoort trede 2: Oranje.",
        ),
        (
            Metric.SHORTFALL,
            1,
            39,
            "Over de eerste helft van 2022 heeft uw gemeente 39 personen gehuisvest van de taakstelling van 40 personen. Het "
            "halfjaar is niet gehaald. Daarbij hoort trede 2: Oranje.",
        ),
        (
            Metric.SHORTFALL,
            1,
            60,
            "Over de eerste helft van 2022 heeft uw gemeente 60 personen gehuisvest. De taakstelling was 40 personen. Daarbij "
            "hoort trede 1: Groen.",
        ),
    ],
)
def test_the_ground_is_what_the_condition_measures(
    metric: Metric, threshold: int, realisation: int, sentence: str
) -> None:
    case = a_case(begin=20, taakstelling=40, realisation=realisation, policy=by(metric, threshold))
    assert trede_paragraph(case).startswith(sentence)


def test_where_nothing_was_asked_there_is_no_percentage() -> None:
    case = a_case(begin=0, policy=by(Metric.PERCENTAGE_TOTAALOPGAVE, 80))
    assert trede_paragraph(case).startswith(
        "Over de eerste helft van 2022 was er voor uw gemeente niemand te huisvesten."
    )


def test_up_although_the_achterstand_shrank_follows_the_ladder() -> None:
    policy = by(Metric.PERCENTAGE_TOTAALOPGAVE, 80)
    case = a_case(begin=100, taakstelling=10, realisation=20, before=1, policy=policy)
    assert key_sentence(write(case)).endswith(
        "Toch schalen wij uw gemeente op van trede 1 naar trede 2 (Oranje), volgens de interventieladder."
    )


def held(policy: Policy, *, before: int, begin: int = 40, in_a_row: int = 3, frozen: bool = False) -> Case:
    case = a_case(begin=begin, taakstelling=40, realisation=40, before=before, in_a_row=in_a_row, policy=policy)
    half_years = {PERIOD.back(n): replace(case.opgave, period=PERIOD.back(n)) for n in range(in_a_row)}
    advice = advise(policy, half_years, PERIOD, before=before, frozen={PERIOD} if frozen else set())
    assert advice is not None
    return replace(case, advice=advice)


def test_a_limit_upward_is_told_between_the_ladder_and_the_trede() -> None:
    assert trede_paragraph(held(replace(LADDER, most_steps_up=1), before=3)).endswith(
        "Dat is al minstens drie halfjaren op rij zo. Daarbij hoort trede 5: Besluit tot indeplaatsstelling. In één keer "
        "schalen wij niet verder op dan naar trede 4. Wij schalen uw gemeente daarom op van trede 3 naar trede 4."
    )


def test_a_trede_that_only_goes_down_by_decision() -> None:
    assert trede_paragraph(held(replace(LADDER, down_by_decision=True), before=4, begin=0)) == (
        "Op 1 juli 2022 had uw gemeente geen achterstand. Daarbij hoort trede 1: Signaleren. Wij schalen niet vanzelf af: "
        "daarvoor is een besluit nodig. Uw gemeente blijft daarom op trede 4."
    )


def test_a_frozen_half_year_gives_no_other_ground() -> None:
    assert trede_paragraph(held(LADDER, before=2, frozen=True)) == (
        "De interventieladder is voor de eerste helft van 2022 bevroren: de trede verandert niet. Uw gemeente blijft daarom "
        "op trede 2."
    )


def test_a_half_year_that_was_passed_over_is_named() -> None:
    case = held(LADDER, before=3, in_a_row=3)
    half_years = {PERIOD.back(n): replace(case.opgave, period=PERIOD.back(n)) for n in range(3)}
    advice = advise(LADDER, half_years, PERIOD, frozen={PERIOD.previous}, exists_from=PERIOD.back(2))
    assert advice is not None
    assert advice.trede == 4
    assert (
        "Dat is voor het tweede halfjaar op rij zo. Daarbij is 2021-2 niet meegeteld: de interventieladder was toen bevroren."
    ) in trede_paragraph(replace(case, advice=advice))
