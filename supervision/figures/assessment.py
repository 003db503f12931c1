"""An assessment: one municipality in one half-year, with the figures and the advice. Nothing here queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from municipalities.models import Municipality
from supervision.advising import Standings
from supervision.decisions import UNDECIDED, Decided, OnOccasion, Proceedings
from supervision.models import Herverdeling, Occasion
from supervision.policies import PolicyHistory
from supervision.rules.ladder import Advice
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Policy, Step
from supervision.rules.prognosis import Prognosis, WhatIf, foresee, what_if
from supervision.rules.tipping import Sensitivity, sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A herverdeling as one of the two sees it; `persons` is positive when taken over."""

    other: str
    persons: int
    is_sample: bool = False
    pk: int = field(default=0, compare=False)


HERVERDELING = "herverdeling"
"""What stands beside the kinds of figure in `Assessment.samples`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A realisatie as it was counted to a day, from the start of the half-year on."""

    day: date
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A taakstelling as the ministry announced it, and the day from which it held."""

    day: date
    persons: int
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One municipality in one half-year: figures, advice, and the half-years that led there.

    `half_years` runs from the first reported one to this one, and has the one after it when
    anything is reported of that. `other_reading` is the trede when the herverdeling counts the
    other way in the comparison; None where there is no herverdeling or no advice. `samples` has
    each half-year and kind of figure of which the one in force is a voorbeeldcijfer. `counts` has what was counted
    within this half-year and the next, by day; only for one municipality, in a table it is empty. `announced` are the
    taakstellingen of this half-year, the last one in force. `sources` has the pk of the figure in force of each kind in
    this half-year. `proceedings` are what was proposed and decided; `trede_before` is the decided trede where there is one.
    `closed_at` is when the first final count was recorded, which closed the half-year; only in a table, and None while
    it is open, or closed by a voorbeeldcijfer. A later correction of the count closes nothing again. `swaps` has every
    herverdeling ever recorded for this half-year, withdrawn ones too; only for one municipality.
    """

    municipality: Municipality
    period: Period
    half_years: Mapping[Period, Opgave]
    policies: PolicyHistory
    herverdelingen: tuple[Agreed, ...]
    advice: Advice | None
    trede_before: int | None
    other_reading: int | None
    next_herverdelingen: tuple[Agreed, ...] = ()
    samples: frozenset[tuple[Period, str]] = frozenset()
    counts: Mapping[Period, tuple[Count, ...]] = field(default_factory=dict)
    announced: tuple[Announced, ...] = ()
    sources: Mapping[str, int] = field(default_factory=dict)
    proceedings: Proceedings = UNDECIDED
    closed_at: datetime | None = None
    swaps: tuple[Herverdeling, ...] = ()

    @property
    def opgave(self) -> Opgave:
        return self.half_years[self.period]

    def opened_in(self, period: Period) -> Period:
        """The half-year with the opening from which the numbers of this one were computed."""
        while self._is_computed_from_before(period):
            period = period.previous
        return period

    def _is_computed_from_before(self, period: Period) -> bool:
        opgave = self.half_years[period]
        return opgave.start_reported is None and not opgave.has_parts and period.previous in self.half_years

    @property
    def has_sample_end(self) -> bool:
        """Whether its end was computed from a voorbeeldcijfer."""
        first = self.opened_in(self.period)
        return any(first <= period <= self.period for period, _ in self.samples)

    @property
    def taakstelling_before(self) -> Announced | None:
        """The version that the taakstelling in force replaced; None where there was no other number."""
        if len(self.announced) < 2 or self.announced[-2].persons == self.announced[-1].persons:
            return None
        return self.announced[-2]

    @property
    def next_opgave(self) -> Opgave | None:
        return self.half_years.get(self.period.next)

    @property
    def policy(self) -> Policy | None:
        return self.policies.in_force(self.period)

    @property
    def missing(self) -> tuple[Kind, ...]:
        return self.opgave.missing

    @property
    def on_peildatum(self) -> OnOccasion:
        """What was proposed and decided on the peildatum of this half-year."""
        return self.proceedings.over(self.period)

    @property
    def interim(self) -> OnOccasion:
        """What was proposed and decided within this half-year, before its peildatum."""
        return self.proceedings.over(self.period, Occasion.INTERIM)

    @property
    def decided(self) -> Decided | None:
        """The decision in force on the peildatum of this half-year."""
        return self.on_peildatum.decided

    @property
    def trede(self) -> int | None:
        """The decided trede, else the advised one; None where there is neither."""
        if self.decided:
            return self.as_step(self.decided.trede)
        return self.advice.trede if self.advice else None

    @property
    def step(self) -> Step | None:
        """Of the ladder of this half-year, for that trede."""
        return None if self.policy is None or self.trede is None else self.policy.standing(self.trede)

    def as_step(self, trede: int) -> int:
        """The same number, with how it looks on the ladder of this half-year."""
        steps = self.policy.steps if self.policy else ()
        return next((step.number for step in steps if step.number == trede), trede)

    @property
    def change(self) -> int:
        """Steps of the decided, else the advised trede up (+) or down (−) against the one before; 0 when either is
        unknown, or of another ladder."""
        if self.trede is None or self.trede_before is None or self.is_another_ladder:
            return 0
        return self.trede - self.trede_before

    @property
    def advised_change(self) -> int:
        """The same of the advice, whatever was decided."""
        if self.advice is None or self.trede_before is None or self.is_another_ladder:
            return 0
        return self.advice.trede - self.trede_before

    @property
    def is_another_ladder(self) -> bool:
        return self.policies.is_another_ladder(self.period)

    @property
    def standings(self) -> Standings:
        return Standings(
            policies=self.policies,
            half_years=self.half_years,
            exists_from=first_half_year(self.municipality),
            decided=self.proceedings.treden,
        )

    def trede_in(self, period: Period) -> int | None:
        """The decided trede of that half-year, else the advised one."""
        decided = self.proceedings.decided_over(period)
        return self.as_step(decided.trede) if decided else self.advised_in(period)

    def advised_in(self, period: Period) -> int | None:
        """The advised trede by the policy of that half-year; None without a policy or figures."""
        advice = self.standings.advice(period)
        return advice.trede if advice else None

    def sensitivity(self) -> Sensitivity | None:
        """What would have tipped the advice; for one municipality, not for a table."""
        if self.policy is None or self.advice is None:
            return None
        return sensitivity(self.policy, self.half_years, self.advice)

    def prognosis(self, period: Period, *, with_range: bool = True) -> Prognosis | None:
        """Of this half-year or the next while it runs; None where that is closed or its totaalopgave is not known."""
        return foresee(
            self.half_years,
            period,
            policy=self.policies.in_force(period),
            exists_from=first_half_year(self.municipality),
            before=self.standings.before(period),
            frozen=self.policies.frozen_periods,
            with_range=with_range,
        )

    def what_if(self, period: Period, *, a_week: int, weeks: int) -> WhatIf | None:
        """None where there is no prognosis."""
        return what_if(
            self.half_years,
            period,
            a_week=a_week,
            weeks=weeks,
            policy=self.policies.in_force(period),
            exists_from=first_half_year(self.municipality),
            before=self.standings.before(period),
            frozen=self.policies.frozen_periods,
        )


def first_half_year(municipality: Municipality) -> Period | None:
    """The municipality's first half-year; None when it was there before the administration began."""
    start = municipality.valid_from
    return Period.containing(start) if start else None
