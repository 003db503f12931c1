"""Ladder policies: from their rows to the rules, and the ones that are delivered as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, FilteredRelation, Q
from django_scopes import scope

from municipalities.models import Province
from supervision.models import LadderPolicy, LadderStep
from supervision.rules.period import Period
from supervision.rules.policy import Addressee, Colour, Condition, Measure, Metric, Policy, Step

DESCRIBED = ("name", "source", "counts_herverdeling", "most_steps_up", "down_by_decision", "outcomes")
DELIVERED = Path(__file__).parent / "data" / "ladder_policies.json"


@dataclass(frozen=True, slots=True)
class PolicyHistory:
    """The policies of one province, each from its half-year on; latest first. With its frozen half-years, and why."""

    policies: tuple[tuple[Period, int, Policy], ...]
    frozen: Mapping[Period, str] = field(default_factory=dict)

    def in_force(self, period: Period) -> Policy | None:
        """The policy that holds in the half-year; None before the first one."""
        return next((policy for start, _, policy in self.policies if start <= period), None)

    def is_another_ladder(self, period: Period) -> bool:
        """Whether the half-year before was judged by a ladder of another number of steps: then their numbers say
        nothing about up or down."""
        now, before = self.in_force(period), self.in_force(period.previous)
        return now is not None and before is not None and len(now.steps) != len(before.steps)

    def pk_in_force(self, period: Period) -> int | None:
        return next((pk for start, pk, _ in self.policies if start <= period), None)

    @property
    def frozen_periods(self) -> frozenset[Period]:
        return frozenset(self.frozen)

    def looks_back_to(self, period: Period) -> Period:
        """The earliest half-year that the advice of this one may rest on.

        That of the longest row, and where the trede before matters that of every advice since the first policy.
        """
        held = [(start, policy) for start, _, policy in self.policies if start <= period]
        row = max((policy.longest_row for _, policy in held), default=0) + len(self.frozen)
        if held and (self.frozen or any(policy.looks_at_before for _, policy in held)):
            return min(held[-1][0], period).back(row)
        return period.back(row)


def policy_history(*, province: Province, known_at: datetime | None = None) -> PolicyHistory:
    """The published ones. One query, however many policies there are: each step is read with each frozen half-year."""
    steps = LadderStep.objects.filter(policy__province=province, policy__is_concept=False).select_related("policy")
    if known_at is not None:
        steps = steps.exclude(policy__published_at__gt=known_at)
    read = list(
        steps.annotate(frozen=FilteredRelation(FROZEN, condition=_stands_frozen(known_at)))
        .annotate(frozen_period=F("frozen__period"), frozen_reason=F("frozen__reason"))
        .order_by("-policy__valid_from", "number", "frozen_period")
    )
    frozen = {step.frozen_period: step.frozen_reason for step in read if step.frozen_period}
    once = {step.pk: step for step in read}.values()
    rows = [
        (policy.valid_from, policy.pk, as_rules(policy, list(of_policy)))
        for policy, of_policy in groupby(once, lambda step: step.policy)
    ]
    return PolicyHistory(tuple(rows), frozen=frozen)


FROZEN = "policy__province__frozenhalfyear"


def _stands_frozen(known_at: datetime | None) -> Q:
    if known_at is None:
        return Q((f"{FROZEN}__lifted_at", None))
    lifted_later = Q((f"{FROZEN}__lifted_at", None)) | Q((f"{FROZEN}__lifted_at__gt", known_at))
    return lifted_later & Q((f"{FROZEN}__frozen_at__lte", known_at))


def as_rules(row: LadderPolicy, steps: Iterable[LadderStep]) -> Policy:
    return Policy(
        name=row.name,
        source=row.source,
        counts_herverdeling=row.counts_herverdeling,
        steps=tuple(_step(step) for step in steps),
        most_steps_up=row.most_steps_up,
        down_by_decision=row.down_by_decision,
        outcomes=tuple(row.outcomes),
    )


def _step(row: LadderStep) -> Step:
    condition = None
    if row.metric and row.threshold is not None:
        condition = Condition(metric=Metric(row.metric), threshold=Fraction(row.threshold), half_years=row.half_years)
    return Step(
        number=row.number,
        name=row.name,
        when=row.when,
        follows=row.follows,
        condition=condition,
        measures=tuple(measure_of(each) for each in row.measures),
        colour=Colour(row.colour),
        symbol=row.symbol,
    )


def measure_of(data: dict[str, Any]) -> Measure:
    """From its form in the database and in the delivered data."""
    return Measure(
        name=data["name"],
        addressee=Addressee(data["addressee"]),
        days=data.get("days"),
        by_next_peildatum=data.get("by_next_peildatum", False),
    )


def beginning_for(*, province: Province, today: date) -> tuple[Period, Policy]:
    """What a new version begins as: the last one, from the half-year that comes, or later than the last one holds."""
    coming = Period.containing(today).next
    history = policy_history(province=province)
    if not history.policies:
        return coming, PLAIN
    latest, _, rules = history.policies[0]
    return max(coming, latest.next), rules


PLAIN = Policy(
    name="Beleidskader",
    source="Nog in te vullen",
    counts_herverdeling=False,
    steps=(
        Step(
            number=1,
            name="Geen achterstand",
            when="De gemeente heeft geen achterstand.",
            follows="Wij volgen de cijfers.",
        ),
        Step(
            number=2,
            name="Achterstand",
            when="De gemeente heeft een achterstand.",
            follows="Wij voeren een gesprek.",
            condition=Condition(metric=Metric.ACHTERSTAND, threshold=Fraction(1)),
            colour=Colour.SAND,
        ),
    ),
)
"""What a province without any policy begins with."""


def form_of(measure: Measure) -> dict[str, Any]:
    """Its form in the database, which `measure_of` reads."""
    form: dict[str, Any] = {"name": measure.name, "addressee": measure.addressee.value}
    if measure.days is not None:
        form["days"] = measure.days
    if measure.by_next_peildatum:
        form["by_next_peildatum"] = True
    return form


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
            is_concept=False,
            defaults={key: data[key] for key in DESCRIBED if key in data},
        )
    if is_new:
        _add_steps(policy, data["steps"])
    return is_new


def _add_steps(policy: LadderPolicy, steps: Iterable[dict[str, Any]]) -> None:
    LadderStep.objects.bulk_create(LadderStep(policy=policy, **step) for step in steps)
