"""Proposing a trede. Each step is in the table of `supervision.procedure`; what is not there is refused.

Everything is read again after the province is locked, and held against what the person had in sight: a figure, a
proposal or a decision that came in the same second is never passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision.actions.ledger import Refused, lock
from supervision.actions.steps import NotDone, Together, assessed, check_right, close
from supervision.basis import freeze
from supervision.figures import Assessment
from supervision.fingerprint import Seen, fingerprint_of, seen_of
from supervision.models import Occasion, Proposal
from supervision.procedure import State, Step, transition
from supervision.proposing import why_no_interim, why_nothing
from supervision.rules.dutch import long_date
from supervision.rules.period import Period


class DepartureNeedsReason(Refused):
    """A trede other than the advised one, or a revision, without a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody proposes for one municipality."""

    trede: int
    outcome: str = ""
    reason: str = ""
    occasion: Occasion = Occasion.PEILDATUM
    holds_from: date | None = None


@transaction.atomic
def propose(
    *,
    by: User,
    municipality: Municipality,
    period: Period,
    seen: Seen,
    trede: int,
    now: datetime,
    outcome: str = "",
    reason: str = "",
) -> Proposal:
    """Propose a trede; where one was decided already, its revision. An open proposal that was seen is replaced.

    The same proposal by the same person again gives the one that lies there. Raises Refused when it is not possible or
    something changed meanwhile, DepartureNeedsReason when it departs from the advice, or revises, without a reason.
    """
    wish = Wish(trede=trede, outcome=outcome, reason=reason.strip())
    return _propose_one(by=by, municipality=municipality, period=period, seen=seen, wish=wish, now=now)


@transaction.atomic
def propose_interim(
    *,
    by: User,
    municipality: Municipality,
    period: Period,
    seen: Seen,
    trede: int,
    holds_from: date,
    reason: str,
    now: datetime,
) -> Proposal:
    """Propose a lower trede within the half-year, from a day on, now that the achterstand is gone.

    As `propose`; there is no advice before the peildatum, and so always a reason.
    """
    wish = Wish(trede=trede, reason=reason.strip(), occasion=Occasion.INTERIM, holds_from=holds_from)
    return _propose_one(by=by, municipality=municipality, period=period, seen=seen, wish=wish, now=now)


def _propose_one(
    *, by: User, municipality: Municipality, period: Period, seen: Seen, wish: Wish, now: datetime
) -> Proposal:
    province = municipality.province
    check_right(by, Step.PROPOSE, province)
    lock(province)
    with scope(province=province):
        assessment = assessed(province, period).get(municipality.pk)
        if assessment is None:
            raise Refused(f"{municipality.name} bestond in {period} niet.")
        again = _same_again(assessment, wish, by=by)
        if again is not None:
            return again
        _check_wish(assessment, wish, seen=seen, now=now)
        [proposal] = _write([(assessment, wish)], by=by, now=now)
        return proposal


@transaction.atomic
def propose_following(
    *, by: User, province: Province, period: Period, seen: Mapping[Municipality, Seen], now: datetime
) -> Together:
    """Propose the advised trede for each, where nothing was proposed or decided yet or it was sent back."""
    check_right(by, Step.PROPOSE, province)
    lock(province)
    with scope(province=province):
        current = assessed(province, period)
        wished, refused = [], []
        for municipality, was_seen in seen.items():
            assessment = current.get(municipality.pk)
            try:
                wished.append((assessment, _following(assessment, municipality, period=period, seen=was_seen, now=now)))
            except Refused as why:
                refused.append(NotDone(municipality=municipality, sentence=str(why)))
        written = _write([(each, wish) for each, wish in wished if each is not None], by=by, now=now)
        done = {proposal.municipality_id for proposal in written}
        return Together(done=tuple(each for each in seen if each.pk in done), refused=tuple(refused))


def _following(
    assessment: Assessment | None, municipality: Municipality, *, period: Period, seen: Seen, now: datetime
) -> Wish:
    if assessment is None:
        raise Refused(f"{municipality.name} bestond in {period} niet.")
    if assessment.advice is None:
        raise Refused(why_nothing(assessment))
    state = assessment.on_peildatum.state
    if state not in (State.TO_PROPOSE, State.RETURNED):
        raise Refused(f"Over {municipality.name} is intussen al een trede {_last_word(state)}.")
    wish = Wish(trede=assessment.advice.trede)
    _check_wish(assessment, wish, seen=seen, now=now)
    return wish


def _last_word(state: State) -> str:
    return "vastgesteld" if state == State.DECIDED else "voorgesteld"


def _same_again(assessment: Assessment, wish: Wish, *, by: User) -> Proposal | None:
    """The open proposal, when it is this one: a form that was sent twice."""
    lies = assessment.proceedings.over(assessment.period, wish.occasion).proposed
    if lies is None or lies.proposed_by_id != by.pk or lies.fingerprint != fingerprint_of(assessment):
        return None
    if (lies.trede, lies.outcome, lies.reason) != (wish.trede, wish.outcome, wish.reason):
        return None
    if wish.holds_from not in (None, lies.holds_from):
        return None
    return Proposal.objects.get(pk=lies.pk)


def _check_wish(assessment: Assessment, wish: Wish, *, seen: Seen, now: datetime) -> None:
    policy, name = assessment.policy, assessment.municipality.name
    state = assessment.proceedings.over(assessment.period, wish.occasion).state
    is_interim = wish.occasion == Occasion.INTERIM
    why_not = why_no_interim(assessment) if is_interim else why_nothing(assessment)
    if why_not or policy is None:
        raise Refused(why_not)
    _check_seen(assessment, seen, wish.occasion)
    if wish.trede not in {step.number for step in policy.steps}:
        raise Refused(f"Trede {wish.trede} staat niet in het {policy.name}.")
    if wish.outcome and wish.outcome not in policy.outcomes:
        raise Refused(f"De uitkomst ‘{wish.outcome}’ staat niet in het {policy.name}.")
    if is_interim:
        _check_interim(assessment, wish, today=localdate(now))
    step = Step.REVISE if state in (State.DECIDED, State.REVISION_PROPOSED) else Step.PROPOSE
    if transition(state, step) is None:
        raise Refused(f"Over {name} kan nu niets worden voorgesteld.")
    if wish.reason:
        return
    if step is Step.REVISE:
        raise DepartureNeedsReason(f"Geef een reden om het besluit over {name} te herzien.")
    if is_interim:
        raise DepartureNeedsReason(f"Geef een reden om {name} tussentijds af te schalen.")
    if assessment.advice is None or wish.trede != assessment.advice.trede or wish.outcome:
        raise DepartureNeedsReason(f"U wijkt af van het advies over {name}. Geef een reden.")


def _check_seen(assessment: Assessment, seen: Seen, occasion: Occasion) -> None:
    name, on_occasion = assessment.municipality.name, assessment.proceedings.over(assessment.period, occasion)
    current = seen_of(assessment, occasion)
    if current.decision != seen.decision and on_occasion.decided:
        decided = on_occasion.decided
        raise Refused(f"Over {name} besloot {decided.decided_by} intussen: trede {decided.trede}.")
    if current.proposal != seen.proposal:
        lies = on_occasion.proposed
        if lies:
            raise Refused(
                f"Over {name} stelde {lies.proposed_by} intussen trede {lies.trede} voor. Kijk het nog eens na."
            )
        raise Refused(f"Het voorstel over {name} ligt er intussen niet meer. Kijk het nog eens na.")
    if current.fingerprint != seen.fingerprint or current.decision != seen.decision:
        raise Refused(f"De cijfers van {name} zijn intussen veranderd. Kijk ze na en stel dan opnieuw voor.")


def _check_interim(assessment: Assessment, wish: Wish, *, today: date) -> None:
    name, period = assessment.municipality.name, assessment.period
    stood_on = assessment.trede_in(period.previous)
    if stood_on is None or wish.trede >= stood_on:
        raise Refused(f"Tussentijds kan {name} alleen naar een lagere trede dan {stood_on}.")
    last = min(today, period.peildatum)
    if wish.holds_from is None or not period.start <= wish.holds_from <= last:
        raise Refused(f"Kies een dag van {long_date(period.start)} tot en met {long_date(last)}.")


def _write(wished: Sequence[tuple[Assessment, Wish]], *, by: User, now: datetime) -> list[Proposal]:
    bases = freeze([assessment for assessment, _ in wished], now=now)
    replaced = [
        lies.pk
        for assessment, wish in wished
        if (lies := assessment.proceedings.over(assessment.period, wish.occasion).proposed)
    ]
    close(replaced, Proposal.State.REPLACED, by=by, now=now)
    return Proposal.objects.bulk_create(
        _proposal(assessment, wish, bases[assessment.municipality.pk], by=by, now=now) for assessment, wish in wished
    )


def _proposal(assessment: Assessment, wish: Wish, basis: dict[str, Any], *, by: User, now: datetime) -> Proposal:
    decided = assessment.proceedings.over(assessment.period, wish.occasion).decided
    is_interim = wish.occasion == Occasion.INTERIM
    policy = assessment.policies.pk_in_force(assessment.period)
    if policy is None:
        raise Refused(why_nothing(assessment))
    return Proposal(
        province_id=assessment.municipality.province_id,
        municipality=assessment.municipality,
        period=assessment.period,
        occasion=wish.occasion,
        holds_from=wish.holds_from or assessment.period.peildatum,
        trede=wish.trede,
        outcome=wish.outcome,
        reason=wish.reason,
        advice=None if is_interim or assessment.advice is None else assessment.advice.trede,
        policy_id=policy,
        basis=basis,
        fingerprint=fingerprint_of(assessment),
        revises_id=decided.pk if decided else None,
        proposed_at=now,
        proposed_by=by,
    )
