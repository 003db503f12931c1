"""A province as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from supervision.figures.assessment import Assessment
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The province as one: the sums of the municipalities of which every figure is there that is asked for."""

    opgave: Opgave
    left_out: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.left_out


def total_of(
    assessments: Sequence[Assessment],
    *,
    period: Period,
    outcome: Callable[[Opgave], int | None] = lambda opgave: opgave.remaining,
) -> Total:
    """Sums over the municipalities of which the outcome is known, so that the sums add up as each of them does.

    Over all municipalities of a province the herverdelingen come to 0. A realisatie that not all of them have is None.
    """
    whole = [a.opgave for a in assessments if outcome(a.opgave) is not None]
    counts = [opgave.realisation for opgave in whole if opgave.realisation is not None]
    return Total(
        opgave=Opgave(
            period=period,
            taakstelling=sum(opgave.taakstelling or 0 for opgave in whole),
            herverdeling=sum(opgave.herverdeling for opgave in whole),
            start_reported=sum(opgave.achterstand_start or 0 for opgave in whole),
            start_computed=None,
            realisation=sum(counts) if whole and len(counts) == len(whole) else None,
            is_closed=all(opgave.is_closed for opgave in whole),
        ),
        left_out=tuple(a.municipality.name for a in assessments if outcome(a.opgave) is None),
    )
