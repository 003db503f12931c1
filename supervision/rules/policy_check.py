"""What is wrong with a ladder before it is published, each in a Dutch sentence with where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from supervision.rules.dutch import number
from supervision.rules.policy import OWED, Condition, Metric, Step

MOST_STEPS = 9
MOST_HALF_YEARS = 20
MOST_PERSONS = 99_999
MOST_TIMES = 100


class Part(StrEnum):
    """What of a step, or of the ladder, a problem is about."""

    LADDER = "ladder"
    NUMBER = "number"
    NAME = "name"
    SIGN = "sign"
    COLOUR = "colour"
    CONDITION = "condition"
    THRESHOLD = "threshold"
    HALF_YEARS = "half_years"
    STEPS_UP = "steps_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`place` is that of the step, from 0; None: of the ladder as a whole."""

    part: Part
    sentence: str
    place: int | None = None


def problems_of(steps: Sequence[Step], *, most_steps_up: int | None = None) -> list[Problem]:
    """All of them at once; empty for a ladder that can be published.

    As the highest step whose condition holds is taken, steps neither overlap nor leave a gap between their thresholds.
    What can be wrong: numbers that leave one out; two steps that cannot be told apart; a threshold outside its range; a
    condition that lacks; and a step that never is the highest, because a higher one holds whenever it does (`implies`).
    """
    problems = [
        *_number_of_steps(steps),
        *_numbers(steps),
        *_alike(steps),
        *_conditions(steps),
        *_limits(steps, most_steps_up),
    ]
    return problems or list(_never_reached(steps))


def _number_of_steps(steps: Sequence[Step]) -> Iterator[Problem]:
    if len(steps) < 2:
        yield Problem(part=Part.LADDER, sentence="Een ladder heeft minstens twee treden.")
    if len(steps) > MOST_STEPS:
        yield Problem(part=Part.LADDER, sentence=f"Een ladder heeft hoogstens {MOST_STEPS} treden.")


def _numbers(steps: Sequence[Step]) -> Iterator[Problem]:
    for place, (below, above) in enumerate(pairwise(steps), start=1):
        if above.number != below.number + 1:
            sentence = f"Na trede {below.number} komt trede {below.number + 1}, niet trede {above.number}."
            yield Problem(part=Part.NUMBER, place=place, sentence=sentence)


def _alike(steps: Sequence[Step]) -> Iterator[Problem]:
    for place, step in enumerate(steps):
        for other in steps[:place]:
            if step.name.strip().casefold() == other.name.strip().casefold():
                sentence = f"Trede {other.number} heet ook zo. Geef deze trede een andere naam."
                yield Problem(part=Part.NAME, place=place, sentence=sentence)
            if step.sign.casefold() == other.sign.casefold() and step.number != other.number:
                sentence = f"Trede {other.number} heeft dit teken al. Kies een ander."
                yield Problem(part=Part.SIGN, place=place, sentence=sentence)
            if step.colour == other.colour:
                sentence = f"Trede {other.number} heeft deze kleur al. Kies een andere."
                yield Problem(part=Part.COLOUR, place=place, sentence=sentence)


def _conditions(steps: Sequence[Step]) -> Iterator[Problem]:
    for place, step in enumerate(steps):
        if place == 0 and step.condition is not None:
            sentence = "De laagste trede heeft geen voorwaarde: daar staat wie aan geen andere voldoet."
            yield Problem(part=Part.CONDITION, place=place, sentence=sentence)
        elif place > 0 and step.condition is None:
            sentence = "Kies een voorwaarde: alleen de laagste trede heeft er geen."
            yield Problem(part=Part.CONDITION, place=place, sentence=sentence)
        elif step.condition is not None:
            yield from _within_range(step.condition, place)


def _within_range(condition: Condition, place: int) -> Iterator[Problem]:
    if not 1 <= condition.half_years <= MOST_HALF_YEARS:
        sentence = f"Het aantal halfjaren op rij is van 1 tot {MOST_HALF_YEARS}."
        yield Problem(part=Part.HALF_YEARS, place=place, sentence=sentence)
    threshold = condition.threshold
    match condition.metric:
        case Metric.PERCENTAGE_TAAKSTELLING | Metric.PERCENTAGE_TOTAALOPGAVE:
            is_right, sentence = 0 < threshold <= 100, "Een percentage is meer dan 0 en hoogstens 100."
        case Metric.ACHTERSTAND_AGAINST_TAAKSTELLING:
            is_right = 0 < threshold <= MOST_TIMES
            sentence = f"Het aantal keer de taakstelling is meer dan 0 en hoogstens {MOST_TIMES}."
        case _:
            is_right = threshold.denominator == 1 and 1 <= threshold <= MOST_PERSONS
            sentence = f"Dit is een heel aantal personen, van 1 tot {number(MOST_PERSONS)}."
    if not is_right:
        yield Problem(part=Part.THRESHOLD, place=place, sentence=sentence)


def _limits(steps: Sequence[Step], most_steps_up: int | None) -> Iterator[Problem]:
    if most_steps_up is None:
        return
    if most_steps_up < 1:
        yield Problem(
            part=Part.STEPS_UP, sentence="Het advies moet minstens één trede omhoog kunnen; leeg is geen grens."
        )
    elif most_steps_up >= len(steps) > 1:
        sentence = f"Met {len(steps)} treden is dit geen grens. Vul een lager getal in, of niets."
        yield Problem(part=Part.STEPS_UP, sentence=sentence)


def _never_reached(steps: Sequence[Step]) -> Iterator[Problem]:
    for place, step in enumerate(steps):
        for above in steps[place + 1 :]:
            if step.condition is None or above.condition is None or not implies(step.condition, above.condition):
                continue
            if step.condition == above.condition:
                sentence = f"Trede {step.number} en trede {above.number} hebben dezelfde voorwaarde."
            else:
                sentence = (
                    f"Trede {step.number} komt nooit aan de beurt: als haar voorwaarde geldt, geldt die van trede "
                    f"{above.number} ook. Maak trede {above.number} strenger, of wissel ze."
                )
            yield Problem(part=Part.CONDITION, place=place, sentence=sentence)
            break


def implies(one: Condition, other: Condition) -> bool:
    """Whether the other holds in every history in which the one does.

    Of one metric: no higher threshold, no longer row (for a percentage: no lower one). Between metrics, from what they
    are: an achterstand that is compared, and less than 100% of the totaalopgave, are an achterstand, and an achterstand
    is less than 100% of the totaalopgave; less than 100% of the taakstelling is a half-year not met, and the other way.
    """
    if other.half_years > one.half_years:
        return False
    if one.metric is other.metric:
        easier = other.threshold >= one.threshold if one.metric.is_percentage else other.threshold <= one.threshold
        return bool(easier)
    whole = Fraction(100)
    match other.metric:
        case Metric.ACHTERSTAND:
            below_all = one.metric is Metric.PERCENTAGE_TOTAALOPGAVE and one.threshold <= whole
            return other.threshold <= 1 and (one.metric in OWED or below_all)
        case Metric.SHORTFALL:
            below_all = one.metric is Metric.PERCENTAGE_TAAKSTELLING and one.threshold <= whole
            return other.threshold <= 1 and below_all
        case Metric.PERCENTAGE_TAAKSTELLING:
            return other.threshold >= whole and one.metric is Metric.SHORTFALL
        case Metric.PERCENTAGE_TOTAALOPGAVE:
            return other.threshold >= whole and one.metric in OWED
        case _:
            return False
