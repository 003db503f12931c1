"""Proposals and decisions in the database, as tests want them: in one line, on what is in the ledger now."""

from __future__ import annotations

from datetime import datetime

from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.figures import Assessment, assess_province
from supervision.fingerprint import Seen, seen_of
from supervision.models import Decision, Occasion, Proposal
from supervision.rules.period import Period
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON


def current(municipality: Municipality, period: Period = FIRST_HALF_OF_2022) -> Assessment:
    with scope(province=municipality.province):
        return next(
            each
            for each in assess_province(province=municipality.province, period=period)
            if each.municipality == municipality
        )


def seen(
    municipality: Municipality, period: Period = FIRST_HALF_OF_2022, occasion: Occasion = Occasion.PEILDATUM
) -> Seen:
    return seen_of(current(municipality, period), occasion)


def propose(
    by: User,
    municipality: Municipality,
    trede: int | None = None,
    reason: str = "",
    *,
    period: Period = FIRST_HALF_OF_2022,
    now: datetime = NOON,
) -> Proposal:
    """The advised trede where none is given."""
    advice = current(municipality, period).advice
    assert trede is not None or advice is not None, f"no advice for {municipality}"
    return actions.propose(
        by=by,
        municipality=municipality,
        period=period,
        seen=seen(municipality, period),
        trede=trede if trede is not None else advice.trede,
        reason=reason,
        now=now,
    )


def decide(by: User, *proposals: Proposal, now: datetime = NOON) -> actions.Together:
    province = Province.objects.get(pk=by.province_id)
    return actions.decide(by=by, province=province, proposals=[each.pk for each in proposals], now=now)


def decided(
    proposer: User,
    decider: User,
    municipality: Municipality,
    trede: int | None = None,
    reason: str = "",
    *,
    period: Period = FIRST_HALF_OF_2022,
    now: datetime = NOON,
) -> Decision:
    """Proposed by one and decided by the other."""
    proposal = propose(proposer, municipality, trede, reason, period=period, now=now)
    result = decide(decider, proposal, now=now)
    assert not result.refused, result.refused
    return Decision.objects.get(proposal=proposal)
