"""The prognoses of many municipalities, for the overview of a half-year that runs. Nothing here queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from supervision.figures import Assessment
from supervision.rules.period import Period
from supervision.rules.prognosis import Prognosis

Prognoses = Mapping[int, Prognosis]
"""By the municipality's pk, without a range; who has none is not in it."""

NO_PROGNOSES: Prognoses = {}


def prognoses_of(assessments: Iterable[Assessment], *, period: Period) -> Prognoses:
    found = ((each.municipality.pk, each.prognosis(period, with_range=False)) for each in assessments)
    return {pk: prognosis for pk, prognosis in found if prognosis}


def expected_trede(prognosis: Prognosis | None) -> int | None:
    return prognosis.expected.trede if prognosis and prognosis.expected else None


def expected_change(assessment: Assessment, prognosis: Prognosis | None) -> int:
    """Steps up (+) or down (−) from the half-year before, when it goes as expected; 0 when either is unknown."""
    trede = expected_trede(prognosis)
    if trede is None or assessment.trede_before is None or assessment.is_another_ladder:
        return 0
    return trede - assessment.trede_before


def expected_to_move(assessments: Sequence[Assessment], prognoses: Prognoses, *, up: bool) -> list[str]:
    """The names of those that are expected to go up, or down; the largest change first."""
    changes = [
        (expected_change(each, prognoses.get(each.municipality.pk)), each.municipality.name) for each in assessments
    ]
    moving = [(change, name) for change, name in changes if (change > 0 if up else change < 0)]
    return [name for _, name in sorted(moving, key=lambda pair: (-abs(pair[0]), pair[1]))]


def needed_together(prognoses: Prognoses) -> int:
    """Persons a week, of all municipalities that have still to house."""
    return sum(each.needed_per_week for each in prognoses.values())


def may_be_higher(prognosis: Prognosis | None) -> int | None:
    """The trede that half-years without figures may still bring; None where the expected one is sure of them."""
    expected = prognosis.expected if prognosis else None
    return expected.could_be if expected and expected.is_uncertain else None
