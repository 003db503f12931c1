"""COA's opening against the end that was computed before: what COA corrected after the peildatum, and what explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from municipalities.models import Municipality, Province
from supervision.figures import Assessment
from supervision.models import DifferenceExplained
from supervision.rules.period import Period

Explanations = Mapping[int, DifferenceExplained]
"""Per municipality, by its pk, the last explanation of its half-year's opening."""

NO_EXPLANATIONS: Explanations = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Of one municipality; `persons` is reported minus computed. COA is leading.

    With `is_carried` what was computed is what came over from the parts of a herindeling.

    An explanation covers the difference that it was given for: with another one it is outdated.
    """

    municipality: Municipality
    computed: int
    reported: int
    is_carried: bool
    explanation: DifferenceExplained | None

    @property
    def persons(self) -> int:
        return self.reported - self.computed

    @property
    def is_explained(self) -> bool:
        return self.explanation is not None and self.explanation.persons == self.persons

    @property
    def is_outdated(self) -> bool:
        return self.explanation is not None and self.explanation.persons != self.persons


def explanations_of(
    *,
    province: Province,
    period: Period,
    of: Municipality | None = None,
    known_at: datetime | None = None,
) -> Explanations:
    """One query; the last one of each municipality, or `of` one."""
    rows = DifferenceExplained.objects.filter(province=province, period=period).select_related("explained_by")
    if of is not None:
        rows = rows.filter(municipality=of)
    if known_at is not None:
        rows = rows.filter(explained_at__lte=known_at)
    return {row.municipality_id: row for row in rows.order_by("explained_at", "pk")}


def difference_of(assessment: Assessment, explanations: Explanations) -> Difference | None:
    """None where the two are the same, or one of them is not known."""
    opgave = assessment.opgave
    if opgave.start_reported is None or opgave.start_expected is None or not opgave.start_difference:
        return None
    return Difference(
        municipality=assessment.municipality,
        computed=opgave.start_expected,
        reported=opgave.start_reported,
        is_carried=opgave.start_carried is not None,
        explanation=explanations.get(assessment.municipality.pk),
    )


def differences_of(assessments: Sequence[Assessment], explanations: Explanations) -> list[Difference]:
    return [found for each in assessments if (found := difference_of(each, explanations))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The province as one: the sums over the municipalities of which both openings are known."""

    municipalities: int
    computed: int
    reported: int

    @property
    def persons(self) -> int:
        return self.reported - self.computed


def together(assessments: Sequence[Assessment]) -> Together:
    both = [
        (each.opgave.start_expected, each.opgave.start_reported)
        for each in assessments
        if each.opgave.start_expected is not None and each.opgave.start_reported is not None
    ]
    return Together(
        municipalities=len(both),
        computed=sum(computed for computed, _ in both if computed is not None),
        reported=sum(reported for _, reported in both if reported is not None),
    )
