"""A ladder policy from concept to published, and half-years that are frozen.

A concept may be changed; what is published never is, and holds from its half-year on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django_scopes import scope

from municipalities.models import Province, User
from supervision.actions.ledger import Refused, lock
from supervision.models import FrozenHalfYear, LadderPolicy, LadderStep
from supervision.policies import as_rules, form_of
from supervision.rules.period import Period
from supervision.rules.policy import Policy, Step
from supervision.rules.policy_check import problems_of


class ConceptChanged(Refused):
    """Somebody else changed, published or threw away the concept since it was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a concept says."""

    valid_from: Period
    rules: Policy


@transaction.atomic
def start_concept(*, by: User, province: Province, draft: Draft, now: datetime) -> LadderPolicy:
    """A new concept, from what the caller takes as its beginning."""
    lock(province)
    with scope(province=province):
        policy = LadderPolicy.objects.create(
            province=province,
            is_concept=True,
            edited_at=now,
            edited_by=by,
            **_described(draft),
        )
        _write_steps(policy, draft.rules.steps)
    return policy


@transaction.atomic
def save_concept(*, by: User, policy: LadderPolicy, seen: int, draft: Draft, now: datetime) -> LadderPolicy:
    """Change the concept whole. Raises ConceptChanged when `seen` is not its version any more, Refused when the ladder
    is not sound."""
    concept = _locked(policy, seen)
    _check_sound(draft.rules)
    with scope(province=concept.province):
        for field, value in _described(draft).items():
            setattr(concept, field, value)
        concept.version += 1
        concept.edited_at, concept.edited_by = now, by
        concept.save()
        concept.steps.all().delete()
        _write_steps(concept, draft.rules.steps)
    return concept


@transaction.atomic
def publish(*, by: User, policy: LadderPolicy, seen: int, now: datetime) -> LadderPolicy:
    """From now on it holds, from its half-year on, and is never changed.

    Published by another than who changed it last, and after the half-year from which the last one holds: what was used
    keeps its half-years.
    """
    concept = _locked(policy, seen)
    if concept.edited_by_id == by.pk:
        raise Refused("U hebt dit concept zelf het laatst gewijzigd. Laat een ander het vaststellen.")
    with scope(province=concept.province):
        _check_sound(as_rules(concept, concept.steps.all()))
        latest = LadderPolicy.objects.filter(province=concept.province, is_concept=False).first()
        if latest is not None and concept.valid_from <= latest.valid_from:
            raise Refused(
                f"{latest.name} geldt al vanaf {latest.valid_from}. Laat het nieuwe beleidskader later beginnen: vanaf "
                f"{latest.valid_from.next} of daarna."
            )
        concept.is_concept = False
        concept.published_at, concept.published_by = now, by
        concept.save()
    return concept


@transaction.atomic
def discard_concept(*, policy: LadderPolicy, seen: int) -> None:
    """A concept that nobody needs any more. Nothing was ever judged by it."""
    concept = _locked(policy, seen)
    with scope(province=concept.province):
        concept.delete()


@transaction.atomic
def freeze(*, by: User, province: Province, period: Period, reason: str, now: datetime) -> FrozenHalfYear:
    """From now on the half-year neither adds to a row nor breaks one."""
    if not reason.strip():
        raise Refused("Vul in waarom het halfjaar wordt bevroren.")
    lock(province)
    with scope(province=province):
        if FrozenHalfYear.objects.filter(province=province, period=period, lifted_at=None).exists():
            raise Refused(f"Halfjaar {period} is al bevroren.")
        return FrozenHalfYear.objects.create(
            province=province, period=period, reason=reason.strip(), frozen_at=now, frozen_by=by
        )


@transaction.atomic
def lift(*, by: User, frozen: FrozenHalfYear, now: datetime) -> bool:
    """The half-year counts again. False when it did already: who lifted it first stands."""
    lock(frozen.province)
    with scope(province=frozen.province):
        row = FrozenHalfYear.objects.get(pk=frozen.pk)
        if row.lifted_at is not None:
            return False
        row.lifted_at, row.lifted_by = now, by
        row.save(update_fields=["lifted_at", "lifted_by"])
    return True


def _locked(policy: LadderPolicy, seen: int) -> LadderPolicy:
    """The concept as it is now, if it is still what was seen."""
    lock(policy.province)
    with scope(province=policy.province):
        now_is = LadderPolicy.objects.filter(pk=policy.pk).select_related("edited_by", "published_by").first()
    if now_is is None:
        raise ConceptChanged("Dit concept is intussen weggegooid.")
    if not now_is.is_concept:
        raise ConceptChanged("Dit beleidskader is vastgesteld en verandert niet meer. Maak een nieuwe versie.")
    if now_is.version != seen:
        raise ConceptChanged(f"{now_is.edited_by} heeft dit concept gewijzigd sinds u het opende.")
    return now_is


def _check_sound(rules: Policy) -> None:
    problems = problems_of(rules.steps, most_steps_up=rules.most_steps_up)
    if problems:
        raise Refused(problems[0].sentence)


def _described(draft: Draft) -> dict[str, Any]:
    rules = draft.rules
    return {
        "name": rules.name,
        "source": rules.source,
        "valid_from": draft.valid_from,
        "counts_herverdeling": rules.counts_herverdeling,
        "most_steps_up": rules.most_steps_up,
        "down_by_decision": rules.down_by_decision,
        "outcomes": list(rules.outcomes),
    }


def _write_steps(policy: LadderPolicy, steps: Sequence[Step]) -> None:
    LadderStep.objects.bulk_create(_row(policy, step) for step in steps)


def _row(policy: LadderPolicy, step: Step) -> LadderStep:
    condition = step.condition
    return LadderStep(
        policy=policy,
        number=int(step.number),
        name=step.name,
        colour=step.colour.value,
        symbol=step.symbol,
        when=step.when,
        follows=step.follows,
        measures=[form_of(measure) for measure in step.measures],
        metric=condition.metric.value if condition else "",
        threshold=_decimal(condition.threshold) if condition else None,
        half_years=condition.half_years if condition else 1,
    )


def _decimal(value: Fraction) -> Decimal:
    """Of a threshold as it is typed, in at most three decimals: exact."""
    return Decimal(value.numerator) / Decimal(value.denominator)
