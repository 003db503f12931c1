"""Ladder policies: from their rows to the rules, and the ones that are delivered as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django_scopes import scope

from municipalities.models import Province
from supervision.models import LadderPolicy, LadderStep
from supervision.rules.ladder import Condition, Metric, Policy, Step
from supervision.rules.period import Period

DELIVERED = Path(__file__).parent / "data" / "ladder_policies.json"


@dataclass(frozen=True, slots=True)
class PolicyHistory:
    """The policies of one province, each from its half-year on; latest first."""

    policies: tuple[tuple[Period, int, Policy], ...]

    def in_force(self, period: Period) -> Policy | None:
        """The policy that holds in the half-year; None before the first one."""
        return next((policy for start, _, policy in self.policies if start <= period), None)

    @property
    def longest_row(self) -> int:
        """The most half-years in a row that any condition counts."""
        steps = [step for _, _, policy in self.policies for step in policy.steps]
        return max((step.condition.half_years for step in steps if step.condition), default=0)

    def pk_in_force(self, period: Period) -> int | None:
        return next((pk for start, pk, _ in self.policies if start <= period), None)


def policy_history(*, province: Province) -> PolicyHistory:
    """One query, however many policies there are."""
    steps = LadderStep.objects.filter(policy__province=province).select_related("policy")
    rows = [
        (policy.valid_from, policy.pk, as_rules(policy, list(of_policy)))
        for policy, of_policy in groupby(steps.order_by("-policy__valid_from", "number"), lambda step: step.policy)
    ]
    return PolicyHistory(tuple(rows))


def as_rules(row: LadderPolicy, steps: Iterable[LadderStep]) -> Policy:
    return Policy(
        name=row.name,
        source=row.source,
        counts_herverdeling=row.counts_herverdeling,
        steps=tuple(_step(step) for step in steps),
    )


def _step(row: LadderStep) -> Step:
    condition = None
    if row.metric and row.at_least is not None:
        condition = Condition(metric=Metric(row.metric), at_least=Fraction(row.at_least), half_years=row.half_years)
    return Step(
        number=row.number,
        name=row.name,
        when=row.when,
        follows=row.follows,
        condition=condition,
        measures=tuple(row.measures),
    )


def load_delivered() -> int:
    """Add the delivered policies that are not there yet; one that is there stays as it is.

    A policy was perhaps already used, or edited by the province: it is never changed from here.
    """
    return sum(_add(data) for data in json.loads(DELIVERED.read_text(encoding="utf-8")))


@transaction.atomic
def _add(data: dict[str, Any]) -> bool:
    province = Province.objects.get(code=data["province"])
    with scope(province=province):
        policy, is_new = LadderPolicy.objects.get_or_create(
            province=province,
            valid_from=Period.parse(data["valid_from"]),
            defaults={key: data[key] for key in ("name", "source", "counts_herverdeling")},
        )
    if is_new:
        _add_steps(policy, data["steps"])
    return is_new


def _add_steps(policy: LadderPolicy, steps: Iterable[dict[str, Any]]) -> None:
    LadderStep.objects.bulk_create(LadderStep(policy=policy, **step) for step in steps)
