"""The advice of a half-year by the policy that held then, from the trede on which the municipality stood before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from supervision.policies import PolicyHistory
from supervision.rules.ladder import Advice, advise
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The treden of one municipality, half-year by half-year.

    The half-years are in order of time. `decided` are the treden on which was decided: they count as the trede before,
    instead of the advice.
    """

    policies: PolicyHistory
    half_years: Mapping[Period, Opgave]
    exists_from: Period | None = None
    decided: Mapping[Period, int] = field(default_factory=dict)

    def advice(self, period: Period) -> Advice | None:
        """None without a policy, or while figures lack."""
        policy = self.policies.in_force(period)
        if policy is None:
            return None
        return advise(
            policy,
            self.half_years,
            period,
            exists_from=self.exists_from,
            before=self.before(period),
            frozen=self.policies.frozen_periods,
        )

    def before(self, period: Period) -> int | None:
        """The trede before, where the advice depends on it; None where it does not, or is not known."""
        policy = self.policies.in_force(period)
        matters = (policy is not None and policy.looks_at_before) or period in self.policies.frozen
        return self.trede(period.previous) if matters else None

    def trede(self, period: Period) -> int | None:
        """On which it stood: the decided trede, else the advised one. A frozen half-year without figures changes
        nothing; any other without them leaves it unknown."""
        if period in self.decided:
            return self._on_its_ladder(self.decided[period], period)
        first = next(iter(self.half_years), None)
        if first is None or period < first:
            return None
        advice = self.advice(period)
        if advice is None:
            return self.trede(period.previous) if period in self.policies.frozen else None
        return advice.trede

    def _on_its_ladder(self, trede: int, period: Period) -> int:
        """With the look of its step, where the ladder of then has it."""
        policy = self.policies.in_force(period)
        steps = policy.steps if policy else ()
        return next((step.number for step in steps if step.number == trede), trede)
