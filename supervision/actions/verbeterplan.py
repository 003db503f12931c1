"""Writes of a verbeterplan: asked for, and from state to state. Which may follow on which is in the rules."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django_scopes import scope

from municipalities.models import Municipality, User
from supervision.actions.dossier import Day, Mistake, check_personal
from supervision.actions.ledger import Refused, lock
from supervision.models import Verbeterplan, VerbeterplanStep
from supervision.rules.dutch import enumeration, long_date
from supervision.rules.period import Period
from supervision.rules.verbeterplan import FIRST, FOLLOWS, State, is_sent_back, may_follow


@transaction.atomic
def request_plan(
    *,
    by: User,
    municipality: Municipality,
    period: Period,
    on: date,
    now: datetime,
    submission: UUID,
    due: date | None = None,
    note: str = "",
) -> Verbeterplan:
    """Record that a verbeterplan over a half-year was asked for, to be received by `due`.

    The same submission again gives the plan that it made. Raises Refused when there is one already, and Mistake.
    """
    if by.province_id != municipality.province_id:
        raise Refused(f"{municipality.name} hoort niet bij uw provincie.")
    lock(municipality.province)
    with scope(province=municipality.province):
        made = Verbeterplan.objects.filter(submission=submission).first()
        if made is not None:
            return made
        _check_step(municipality, on=on, due=due, note=note, today=localdate(now))
        if Verbeterplan.objects.filter(municipality=municipality, period=period, withdrawn_at=None).exists():
            raise Refused(f"Over {period} is aan {municipality.name} al een verbeterplan gevraagd.")
        plan = Verbeterplan.objects.create(
            province=municipality.province, municipality=municipality, period=period, submission=submission
        )
        _add_step(plan, position=1, state=FIRST, on=on, due=due, note=note, by=by, now=now)
    return plan


@transaction.atomic
def take_step(
    *,
    by: User,
    plan: Verbeterplan,
    seen: State,
    state: State,
    on: date,
    now: datetime,
    due: date | None = None,
    note: str = "",
) -> VerbeterplanStep:
    """Bring the plan from the state that somebody saw into the next one.

    Raises Refused when it is in another state by now, or when this one does not follow; Mistake for a day that cannot
    be, or when it is sent back without a note of what is wanting.
    """
    lock(plan.municipality.province)
    with scope(province=plan.municipality.province):
        standing = Verbeterplan.objects.select_related("municipality").get(pk=plan.pk)
        if standing.is_withdrawn:
            raise Refused("Dit verbeterplan is intussen ingetrokken.")
        last = standing.steps.select_related("recorded_by").latest("position")
        if last.state != seen:
            raise Refused(f"{last.recorded_by} heeft het verbeterplan intussen op ‘{last.state}’ gezet. Kijk het na.")
        _check_follows(State(last.state), state, note)
        _check_step(standing.municipality, on=on, due=due, note=note, today=localdate(now))
        if on < last.on:
            raise Mistake(f"Dat was vóór de vorige stap, van {long_date(last.on)}.", field="on")
        return _add_step(standing, position=last.position + 1, state=state, on=on, due=due, note=note, by=by, now=now)


@transaction.atomic
def withdraw_plan(*, by: User, plan: Verbeterplan, reason: str, now: datetime) -> bool:
    """It stays in the file, with the reason. False when it was withdrawn already."""
    if not reason.strip():
        raise Mistake("Vul in waarom u dit intrekt.", field="reason")
    check_personal(reason, label="reden", field="reason")
    lock(plan.municipality.province)
    with scope(province=plan.municipality.province):
        standing = Verbeterplan.objects.filter(pk=plan.pk, withdrawn_at=None)
        return bool(standing.update(withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason.strip()))


def _check_follows(state: State, following: State, note: str) -> None:
    if not may_follow(state, following):
        possible = enumeration([f"‘{each}’" for each in FOLLOWS[state]])
        then = f"Daarna kan {possible}." if possible else "Daarna komt niets meer."
        raise Refused(f"Het verbeterplan staat op ‘{state}’. {then}")
    if is_sent_back(state, following) and not note.strip():
        raise Mistake("Vul in wat er aan het plan ontbreekt.", field="note")


def _check_step(municipality: Municipality, *, on: date, due: date | None, note: str, today: date) -> None:
    day = Day(municipality=municipality, today=today)
    day.check(on, field="on")
    if due is not None:
        day.check(due, field="due", may_come=True)
        if due < on:
            raise Mistake(f"Dat is vóór {long_date(on)}, de dag van deze stap.", field="due")
    check_personal(note, label="toelichting", field="note")


def _add_step(
    plan: Verbeterplan,
    *,
    position: int,
    state: State,
    on: date,
    due: date | None,
    note: str,
    by: User,
    now: datetime,
) -> VerbeterplanStep:
    return VerbeterplanStep.objects.create(
        plan=plan, position=position, state=state.value, on=on, due=due, note=note, recorded_at=now, recorded_by=by
    )
