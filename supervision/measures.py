"""Agreements that follow from the trede of a half-year, decided or else advised: its measures, each to be agreed with the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from municipalities.models import Municipality
from supervision.figures import assess_municipality
from supervision.models import Agreement
from supervision.rules.period import Period
from supervision.rules.policy import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureToAgree:
    """A measure of the trede; `number` is its place among them, from 1. `is_agreed`: there is an agreement of it."""

    number: int
    trede: int
    period: Period
    measure: Measure
    is_agreed: bool = False

    @property
    def name(self) -> str:
        return self.measure.name

    def proposed(self, *, today: date) -> dict[str, Any]:
        """What the form of its agreement begins with. Its term runs from today, or from the peildatum before that."""
        due = self.measure.due(start=max(today, self.period.peildatum), period=self.period)
        what = {"what": self.name[:1].upper() + self.name[1:], "party": self.measure.addressee.value}
        return what | ({"due": due} if due and due >= today else {})

    @property
    def facts(self) -> dict[str, Any]:
        """What its agreement keeps, however it is worded."""
        return {"trede": self.trede, "measure": self.name, "period": self.period}


def measures_to_agree(
    *, municipality: Municipality, period: Period, agreements: Iterable[Agreement] = ()
) -> tuple[MeasureToAgree, ...]:
    """Empty where there is neither decision nor advice."""
    assessment = assess_municipality(municipality=municipality, period=period)
    step = assessment.step
    if step is None:
        return ()
    trede = step.number
    agreed = {(each.trede, each.measure, each.period) for each in agreements}
    return tuple(
        MeasureToAgree(
            number=number,
            trede=trede,
            period=period,
            measure=measure,
            is_agreed=(trede, measure.name, period) in agreed,
        )
        for number, measure in enumerate(step.measures, start=1)
    )


def measure_asked(*, municipality: Municipality, period: Period, number: str) -> MeasureToAgree | None:
    measures = measures_to_agree(municipality=municipality, period=period)
    return next((each for each in measures if str(each.number) == number), None)
