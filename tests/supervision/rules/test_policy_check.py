"""What is wrong with a ladder, said where it is wrong; and that a step which is called unreachable is never reached."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.ladder import advise
from supervision.rules.policy import Colour, Condition, Metric, Policy
from supervision.rules.policy_check import Part, implies, problems_of
from tests.supervision.rules.examples import UTRECHT, P, against_taakstelling, step
from tests.supervision.rules.test_any_policy import any_history, conditions, holds_in

COLOURS = list(Colour)


def condition(metric: Metric, threshold, half_years: int = 1) -> Condition:
    return Condition(metric=metric, threshold=Fraction(threshold), half_years=half_years)


def owing(persons=1, half_years=1):
    return condition(Metric.ACHTERSTAND, persons, half_years)


def below(percent, half_years=1):
    return condition(Metric.PERCENTAGE_TOTAALOPGAVE, percent, half_years)


def ladder(*given: Condition | None):
    return [replace(step(number, each), colour=COLOURS[number]) for number, each in enumerate((None, *given), start=1)]


def found(steps, **more):
    return [(problem.part, problem.place, problem.sentence) for problem in problems_of(steps, **more)]


@pytest.mark.parametrize(
    "steps",
    [
        ladder(owing(), against_taakstelling(1), against_taakstelling(2), against_taakstelling(3)),
        ladder(owing(), owing(1, 2), owing(1, 3)),
        ladder(below(100), below(80)),
        ladder(below(100), below(80), below(80, 2)),
        ladder(owing(), below(50)),
        ladder(owing(1, 2), against_taakstelling(1)),
        [replace(each, number=each.number - 1) for each in ladder(owing())],
    ],
)
def test_a_ladder_without_problems(steps):
    assert found(steps) == []


def test_the_ladder_of_utrecht_has_none():
    assert found([replace(each, colour=colour) for each, colour in zip(UTRECHT.steps, COLOURS, strict=False)]) == []


@pytest.mark.parametrize(
    ("steps", "place", "sentence"),
    [
        (ladder(owing(), owing()), 1, "Trede 2 en trede 3 hebben dezelfde voorwaarde."),
        (
            ladder(owing(5), owing(1)),
            1,
            "Trede 2 komt nooit aan de beurt: als haar voorwaarde geldt, geldt die van trede 3 ook. Maak trede 3 strenger, of "
            "wissel ze.",
        ),
        (
            ladder(below(80), below(90)),
            1,
            "Trede 2 komt nooit aan de beurt: als haar voorwaarde geldt, geldt die van trede 3 ook. Maak trede 3 strenger, of "
            "wissel ze.",
        ),
        (
            ladder(against_taakstelling(1), owing()),
            1,
            "Trede 2 komt nooit aan de beurt: als haar voorwaarde geldt, geldt die van trede 3 ook. Maak trede 3 strenger, of "
            "wissel ze.",
        ),
    ],
)
def test_a_step_that_never_comes_up(steps, place, sentence):
    assert found(steps) == [(Part.CONDITION, place, sentence)]


@pytest.mark.parametrize(
    ("bad", "part"),
    [
        (below(0), Part.THRESHOLD),
        (below(Fraction(1001, 10)), Part.THRESHOLD),
        (owing(0), Part.THRESHOLD),
        (owing(Fraction(3, 2)), Part.THRESHOLD),
        (owing(100_000), Part.THRESHOLD),
        (against_taakstelling(1, Fraction(0)), Part.THRESHOLD),
        (against_taakstelling(1, Fraction(101)), Part.THRESHOLD),
        (owing(1, 0), Part.HALF_YEARS),
        (owing(1, 21), Part.HALF_YEARS),
    ],
)
def test_a_threshold_outside_its_range(bad, part):
    [(found_part, place, sentence)] = found(ladder(bad))
    assert (found_part, place) == (part, 1)
    assert sentence.endswith(".")


def test_a_condition_that_lacks_or_is_too_many():
    first, second = ladder(owing())
    assert found([replace(first, condition=owing()), replace(second, condition=None)]) == [
        (Part.CONDITION, 0, "De laagste trede heeft geen voorwaarde: daar staat wie aan geen andere voldoet."),
        (Part.CONDITION, 1, "Kies een voorwaarde: alleen de laagste trede heeft er geen."),
    ]


def test_steps_that_cannot_be_told_apart():
    first, second, third = ladder(owing(), owing(1, 2))
    assert found([first, replace(second, name=" trede 1 ", colour=first.colour, symbol="1"), third]) == [
        (Part.NAME, 1, "Trede 1 heet ook zo. Geef deze trede een andere naam."),
        (Part.SIGN, 1, "Trede 1 heeft dit teken al. Kies een ander."),
        (Part.COLOUR, 1, "Trede 1 heeft deze kleur al. Kies een andere."),
    ]


def test_numbers_that_leave_one_out():
    first, second, third = ladder(owing(), owing(1, 2))
    assert found([first, second, replace(third, number=4)]) == [
        (Part.NUMBER, 2, "Na trede 2 komt trede 3, niet trede 4.")
    ]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "Een ladder heeft minstens twee treden."), (1, "Een ladder heeft minstens twee treden.")],
)
def test_too_few_steps(count, sentence):
    assert found(ladder()[:count]) == [(Part.LADDER, None, sentence)]


def test_too_many_steps():
    steps = [replace(step(n, owing(1, n) if n else None), colour=COLOURS[n]) for n in range(10)]
    assert (Part.LADDER, None, "Een ladder heeft hoogstens 9 treden.") in found(steps)


@pytest.mark.parametrize(("most", "is_right"), [(None, True), (1, True), (2, True), (3, False), (0, False)])
def test_a_limit_that_is_one(most, is_right):
    steps = ladder(owing(), owing(1, 2))
    assert (found(steps, most_steps_up=most) == []) == is_right


@given(st.lists(conditions(), min_size=5, max_size=5), any_history())
def test_what_follows_holds_whenever_the_other_does(given_conditions, half_years):
    policy = Policy(name="", source="", counts_herverdeling=False, steps=(step(1),))
    now = half_years[P]
    each_once = [replace(each, half_years=1) for each in given_conditions]
    for one, other in permutations(each_once, 2):
        if implies(one, other):
            assert holds_in(policy, other, now) or not holds_in(policy, one, now)


@given(st.lists(conditions(), min_size=1, max_size=4), any_history())
def test_a_step_that_is_called_unreachable_is_never_advised(given_conditions, half_years):
    steps = ladder(*given_conditions)
    unreachable = {steps[problem.place].number for problem in problems_of(steps) if problem.part is Part.CONDITION}
    policy = Policy(name="", source="", counts_herverdeling=False, steps=tuple(steps))
    assert advise(policy, half_years, P).trede not in unreachable
