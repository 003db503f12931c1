"""What each metric measures, to the person; and a policy that says so."""

from datetime import date
from fractions import Fraction

import pytest

from supervision.rules.ladder import advise
from supervision.rules.opgave import HalfYear, work_out
from supervision.rules.period import Period
from supervision.rules.policy import Addressee, Condition, Measure, Metric, Policy, persons_needed
from supervision.rules.tipping import Tipping, sensitivity
from tests.supervision.rules.examples import P, half_year, step


def ladder(*conditions: Condition) -> Policy:
    steps = (step(1), *(step(number, each) for number, each in enumerate(conditions, start=2)))
    return Policy(name="Proef", source="", counts_herverdeling=False, steps=steps)


def under(percent: int | Fraction, metric: Metric, half_years: int = 1) -> Condition:
    return Condition(metric=metric, threshold=Fraction(percent), half_years=half_years)


def advice_for(policy: Policy, *, start=0, taakstelling=0, herverdeling=0, realisation=0):
    figures = {"taakstelling": taakstelling, "herverdeling": herverdeling, "realisation": realisation}
    return advise(policy, work_out([half_year(P, achterstand_start=start, **figures)]), P)


OF_TAAKSTELLING, OF_TOTAALOPGAVE = Metric.PERCENTAGE_TAAKSTELLING, Metric.PERCENTAGE_TOTAALOPGAVE


@pytest.mark.parametrize(
    ("taakstelling", "herverdeling", "realisation", "expected"),
    [
        pytest.param(100, 0, 79, 2, id="below"),
        pytest.param(100, 0, 80, 1, id="exactly the threshold is not below it"),
        pytest.param(200, 0, 159, 2, id="79,5% rounds to 80% and is below it"),
        pytest.param(203, 1, 163, 2, id="163 of 204 is below 80%, the herverdeling counts"),
        pytest.param(203, 1, 164, 1, id="164 of 204 is not"),
        pytest.param(203, 0, 163, 1, id="163 of 203 is not"),
        pytest.param(0, 0, 0, 1, id="nothing asked: no percentage, does not hold"),
        pytest.param(3, -3, 0, 1, id="nothing left after herverdeling"),
        pytest.param(1, -2, 0, 1, id="less than nothing asked"),
        pytest.param(1, 0, 0, 2, id="nobody of one"),
        pytest.param(2, 0, 8, 1, id="400%"),
    ],
)
def test_the_percentage_of_the_taakstelling_is_exact(taakstelling, herverdeling, realisation, expected):
    policy = ladder(under(80, OF_TAAKSTELLING))
    figures = {"taakstelling": taakstelling, "herverdeling": herverdeling, "realisation": realisation}
    assert advice_for(policy, **figures).trede == expected


@pytest.mark.parametrize(
    ("start", "taakstelling", "realisation", "expected"),
    [
        pytest.param(171, 204, 168, 2, id="the dossier's 45%"),
        pytest.param(0, 204, 168, 1, id="the same realisatie without an achterstand: 82%"),
        pytest.param(-127, 118, 0, 1, id="the voorsprong is larger than the taakstelling: no percentage"),
        pytest.param(-10, 10, 0, 1, id="a totaalopgave of 0"),
        pytest.param(-9, 10, 0, 2, id="nobody of one"),
    ],
)
def test_the_percentage_of_the_totaalopgave_counts_what_was_owed(start, taakstelling, realisation, expected):
    policy = ladder(under(80, OF_TOTAALOPGAVE))
    assert advice_for(policy, start=start, taakstelling=taakstelling, realisation=realisation).trede == expected


@pytest.mark.parametrize(
    ("start", "realisation", "expected"),
    [
        pytest.param(0, 9, 2, id="one too few"),
        pytest.param(0, 10, 1, id="met"),
        pytest.param(50, 10, 1, id="met, whatever was owed"),
        pytest.param(-50, 9, 2, id="not met, whatever was ahead"),
    ],
)
def test_a_half_year_not_met(start, realisation, expected):
    policy = ladder(Condition(metric=Metric.SHORTFALL, threshold=Fraction(1)))
    assert advice_for(policy, start=start, taakstelling=10, realisation=realisation).trede == expected


def test_a_half_year_in_which_nothing_was_asked_is_met():
    assert advice_for(ladder(Condition(metric=Metric.SHORTFALL, threshold=Fraction(1)))).trede == 1


def test_half_years_not_met_are_counted_in_a_row():
    policy = ladder(*(Condition(metric=Metric.SHORTFALL, threshold=Fraction(1), half_years=n) for n in (1, 2, 3)))
    housed = (10, 9, 8, 11, 9)
    half_years = work_out(
        half_year(P.back(len(housed) - 1 - n), achterstand_start=0 if n == 0 else None, taakstelling=10, realisation=r)
        for n, r in enumerate(housed)
    )
    assert [advise(policy, half_years, period).trede for period in half_years] == [1, 2, 3, 1, 2]


def test_a_shortfall_of_an_earlier_half_year_needs_no_opening():
    """What was owed at the start of it is not known, and not asked."""
    policy = ladder(Condition(metric=Metric.SHORTFALL, threshold=Fraction(1), half_years=2))
    half_years = work_out(
        [
            half_year(P.previous, taakstelling=10, realisation=9),
            half_year(P, achterstand_start=1, taakstelling=10, realisation=9),
        ]
    )
    assert advise(policy, half_years, P).trede == 2


def test_a_running_count_is_no_half_year_of_a_row():
    policy = ladder(under(80, OF_TAAKSTELLING, half_years=2))
    running = HalfYear(period=P.previous, achterstand_start=0, taakstelling=10, realisation=1)
    advice = advise(policy, work_out([running, half_year(P, achterstand_start=9, taakstelling=10, realisation=0)]), P)
    assert (advice.trede, advice.missing) == (1, (P.previous,))


@pytest.mark.parametrize(
    ("metric", "figures", "sentence"),
    [
        (
            OF_TAAKSTELLING,
            {"taakstelling": 203, "herverdeling": 1, "realisation": 160},
            "Van de taakstelling van 204\u00a0personen zijn er 160 gehuisvest; voor 80% zijn er 164 nodig.",
        ),
        (
            OF_TOTAALOPGAVE,
            {"start": 171, "taakstelling": 204, "realisation": 168},
            "Van de totaalopgave van 375\u00a0personen zijn er 168 gehuisvest; voor 80% zijn er 300 nodig.",
        ),
        (
            OF_TOTAALOPGAVE,
            {"start": -127, "taakstelling": 118},
            "De totaalopgave is −9: daarvan is geen percentage te geven.",
        ),
    ],
)
def test_the_sentence_says_how_many_it_takes(metric, figures, sentence):
    assert advice_for(ladder(under(80, metric)), **figures).sentence == sentence


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            {"taakstelling": 10, "realisation": 7},
            "Van de taakstelling van 10\u00a0personen zijn er 7 gehuisvest, 3 te weinig.",
        ),
        (
            {"taakstelling": 10, "realisation": 12},
            "Van de taakstelling van 10\u00a0personen zijn er 12 gehuisvest: het halfjaar is gehaald.",
        ),
        ({}, "Er was in dit halfjaar niemand te huisvesten."),
    ],
)
def test_the_sentence_of_a_half_year_not_met(figures, sentence):
    policy = ladder(Condition(metric=Metric.SHORTFALL, threshold=Fraction(1)))
    assert advice_for(policy, **figures).sentence == sentence


def test_what_would_have_tipped_a_percentage():
    policy = ladder(under(90, OF_TAAKSTELLING), under(80, OF_TAAKSTELLING))
    half_years = work_out([half_year(P, achterstand_start=0, taakstelling=100, realisation=85)])
    stands = sensitivity(policy, half_years, advise(policy, half_years, P))
    assert (stands.lower, stands.higher) == (Tipping(persons=5, trede=1), Tipping(persons=6, trede=3))


@pytest.mark.parametrize(("percent", "whole", "needed"), [(80, 204, 164), (80, 205, 164), (100, 7, 7), (50, 1, 1)])
def test_the_persons_that_a_percentage_takes_are_rounded_up(percent, whole, needed):
    assert persons_needed(Fraction(percent), whole) == needed


def test_a_measure_is_due_days_after_the_letter_or_by_the_next_peildatum():
    start = date(2022, 9, 8)
    plan = Measure(name="verbeterplan", addressee=Addressee.COLLEGE, days=30)
    assert (plan.due(start=start, period=P), plan.term) == (date(2022, 10, 8), "binnen 30\u00a0dagen")
    until = Measure(name="monitoring", by_next_peildatum=True)
    assert (until.due(start=start, period=P), until.term) == (date(2023, 1, 1), "voor de volgende peildatum")
    talk = Measure(name="gesprek")
    assert (talk.due(start=start, period=Period(2022, 1)), talk.term, str(talk)) == (None, "", "gesprek")
