"""What the database itself refuses of proposals and decisions, whoever writes them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.models import Decision, LadderPolicy, Occasion, Proposal
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON

P = Period(2022, 1)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def values(within_utrecht: Province, city: Municipality, supervisor: User) -> dict[str, object]:
    return {
        "province": within_utrecht,
        "municipality": city,
        "period": P,
        "holds_from": date(2022, 7, 1),
        "trede": 3,
        "advice": 3,
        "policy": LadderPolicy.objects.get(province=within_utrecht),
        "basis": {"version": 1},
        "fingerprint": "f" * 64,
        "proposed_at": NOON,
        "proposed_by": supervisor,
    }


def decision_of(proposal: Proposal, decider: User, **changed: object) -> Decision:
    return Decision(
        **{
            "proposal": proposal,
            "province": proposal.province,
            "municipality": proposal.municipality,
            "period": proposal.period,
            "occasion": proposal.occasion,
            "holds_from": proposal.holds_from,
            "trede": proposal.trede,
            "proposed_by": proposal.proposed_by,
            "decided_at": NOON,
            "decided_by": decider,
            **changed,
        }
    )


def refused(row: models.Model) -> None:
    with transaction.atomic(), pytest.raises(IntegrityError):
        row.save()


def test_a_proposal_as_it_should_be(values: dict[str, object], decider: User) -> None:
    proposal = Proposal(**values)
    proposal.full_clean()
    proposal.save()
    decision = decision_of(proposal, decider)
    decision.full_clean()
    decision.save()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"trede": 4}, "geeft een reden"),
        ({"outcome": "verschoonbaar"}, "geeft een reden"),
        ({"advice": None}, "Een advies is er op de peildatum"),
        ({"occasion": Occasion.INTERIM, "reason": "x"}, "Een advies is er op de peildatum"),
        ({"occasion": Occasion.INTERIM, "advice": None}, "geeft een reden"),
        ({"closed_at": NOON}, "een moment en een persoon"),
        ({"state": Proposal.State.WITHDRAWN}, "een moment en een persoon"),
        ({"remark": "Kijk nog eens"}, "hoort een opmerking"),
        ({"trede": 0, "reason": "x"}, "minstens 1"),
    ],
)
def test_impossible_proposals(values: dict[str, object], changed: dict[str, object], sentence: str) -> None:
    proposal = Proposal(**{**values, **changed})
    with pytest.raises(ValidationError, match=sentence):
        proposal.validate_constraints()
    refused(proposal)


def test_a_state_that_is_not_there_is_refused(values: dict[str, object], decider: User) -> None:
    refused(Proposal(**values, state="anders", closed_at=NOON, closed_by=decider))


def test_sent_back_goes_with_a_remark(values: dict[str, object], decider: User) -> None:
    closed = {"state": Proposal.State.RETURNED, "closed_at": NOON, "closed_by": decider}
    refused(Proposal(**values, **closed))
    Proposal(**values, **closed, remark="Vergelijk met 2021-2").save()


def test_one_open_proposal_on_each_occasion(values: dict[str, object], decider: User) -> None:
    Proposal(**values).save()
    refused(Proposal(**values))
    Proposal(**{**values, "occasion": Occasion.INTERIM, "advice": None, "reason": "Ingelopen"}).save()
    Proposal(**{**values, "period": P.next}).save()
    closed = {"state": Proposal.State.REPLACED, "closed_at": NOON, "closed_by": decider}
    Proposal(**values, **closed).save()


def test_one_decision_in_force(values: dict[str, object], decider: User) -> None:
    first = Proposal.objects.create(**values, state=Proposal.State.DECIDED, closed_at=NOON, closed_by=decider)
    decision = decision_of(first, decider)
    decision.save()
    revision = Proposal.objects.create(**{**values, "revises": decision, "reason": "Hertelling"})
    refused(decision_of(revision, decider, replaces=decision))
    decision.revised_at, decision.revised_by = NOON, decider
    decision.save()
    decision_of(revision, decider, replaces=decision).save()


def test_a_proposal_is_decided_on_once(values: dict[str, object], decider: User) -> None:
    proposal = Proposal.objects.create(**values)
    decision_of(proposal, decider).save()
    refused(decision_of(proposal, decider, occasion=Occasion.INTERIM))


@pytest.mark.parametrize(("own", "alone"), [(True, False), (False, True)])
def test_the_record_says_when_one_person_did_both(
    values: dict[str, object], decider: User, supervisor: User, own: bool, alone: bool
) -> None:
    proposal = Proposal.objects.create(**values)
    refused(decision_of(proposal, supervisor if own else decider, alone=alone))
    decision_of(proposal, supervisor if own else decider, alone=own).save()


def test_a_revision_has_a_moment_and_a_person(values: dict[str, object], decider: User) -> None:
    proposal = Proposal.objects.create(**values)
    refused(decision_of(proposal, decider, revised_at=NOON))


def test_what_a_decision_rests_on_is_not_deleted(values: dict[str, object], decider: User) -> None:
    proposal = Proposal.objects.create(**values)
    decision_of(proposal, decider).save()
    for row in (proposal, values["policy"], values["municipality"], decider):
        with transaction.atomic(), pytest.raises(ProtectedError):
            row.delete()
