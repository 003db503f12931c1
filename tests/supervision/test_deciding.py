"""Deciding, sending back, taking back, revising; and what stands beside a decision once figures change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.basis import advice_now, changed_since
from supervision.figures import assess_municipality, assess_province
from supervision.fingerprint import fingerprint_of
from supervision.models import Decision, Herverdeling, Proposal
from supervision.procedure import State
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import current, decide, decided, propose
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

P = FIRST_HALF_OF_2022
LATER = NOON + timedelta(days=14)

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def houten() -> Municipality:
    return Municipality.objects.get(code="GM0321")


def test_a_decision_says_who_when_and_on_what(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    assert decide(decider, proposal, now=LATER) == actions.Together(done=(city,), refused=())
    decision = Decision.objects.get()
    assert (decision.proposal, decision.trede, decision.alone) == (proposal, 3, False)
    assert (decision.decided_by, decision.decided_at, decision.proposed_by) == (decider, LATER, supervisor)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.closed_by, proposal.closed_at) == ("decided", decider, LATER)
    assert current(city).on_peildatum.state == State.DECIDED


def test_several_at_once_each_with_its_own_result(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    amersfoort = Municipality.objects.get(code="GM0307")
    proposals = [propose(supervisor, each) for each in (city, houten, amersfoort)]
    decide(decider, proposals[2])
    deliver(by=supervisor, municipality=houten, realisatie=20, overrules=True)
    result = decide(decider, *proposals)
    assert result.done == (city,)
    assert [(each.municipality.name, each.sentence) for each in result.refused] == [
        ("Amersfoort", "Het voorstel over Amersfoort is intussen vastgesteld, door u zelf."),
        (
            "Houten",
            "De cijfers van Houten zijn sinds het voorstel veranderd (de realisatie van 44 naar 20 en de achterstand aan "
            "het eind van −2 naar 22). Er is een nieuw voorstel nodig.",
        ),
    ]
    assert Decision.objects.count() == 2


def test_after_figures_changed_it_is_proposed_again(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    stale = propose(supervisor, city)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    assert not decide(decider, stale).done
    fresh = propose(supervisor, city)
    assert fresh.advice == 2
    assert decide(decider, fresh).done == (city,)
    assert [each.state for each in Proposal.objects.order_by("pk")] == ["replaced", "decided"]


def test_who_proposes_does_not_decide(
    dossier: Herverdeling, decider: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(decider, city)
    [refused] = decide(decider, proposal).refused
    assert refused.sentence == "Het voorstel over Utrecht is van u zelf: een ander besluit erover."
    assert decide(make_user(role=Role.VASTSTELLER, province=utrecht), proposal).done == (city,)
    assert not Decision.objects.get().alone


def test_where_one_person_is_enough_the_record_says_so(
    dossier: Herverdeling, decider: User, utrecht: Province, city: Municipality
) -> None:
    utrecht.one_person_decides = True
    utrecht.save()
    assert decide(decider, propose(decider, city)).done == (city,)
    assert Decision.objects.get().alone
    assert current(city).decided.alone


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.BEHEERDER])
def test_only_a_vaststeller_decides_and_sends_back(
    dossier: Herverdeling, supervisor: User, utrecht: Province, city: Municipality, role: str
) -> None:
    proposal, other = propose(supervisor, city), make_user(role=role, province=utrecht)
    with pytest.raises(actions.Refused, match="Besluiten mag alleen een vaststeller"):
        decide(other, proposal)
    with pytest.raises(actions.Refused, match="Besluiten mag alleen een vaststeller"):
        actions.send_back(by=other, province=utrecht, proposals=[proposal.pk], remark="x", now=NOON)
    assert not Decision.objects.exists()


def test_a_vaststeller_of_another_province_decides_nothing_here(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    gelderland = Province.objects.get(code="PV25")
    stranger = make_user(role=Role.VASTSTELLER, province=gelderland)
    for province in (gelderland, city.province):
        with pytest.raises(actions.Refused):
            actions.decide(by=stranger, province=province, proposals=[proposal.pk], now=NOON)
    assert not Decision.objects.exists()


def test_a_proposal_that_is_not_there(dossier: Herverdeling, supervisor: User, decider: User, city, utrecht) -> None:
    proposal = propose(supervisor, city)
    with pytest.raises(actions.Refused, match="Een voorstel dat u aankruiste, is er niet"):
        actions.decide(by=decider, province=utrecht, proposals=[proposal.pk, 10**9], now=NOON)
    assert not Decision.objects.exists()


# -- back ---------------------------------------------------------------------


def test_sent_back_with_a_remark(
    dossier: Herverdeling, supervisor: User, decider: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(supervisor, city, 2, "coulance")
    sent = {"by": decider, "province": utrecht, "proposals": [proposal.pk], "now": LATER}
    with pytest.raises(actions.Refused, match="Schrijf erbij waarom u terugstuurt"):
        actions.send_back(**sent, remark="  ")
    assert actions.send_back(**sent, remark=" Volg het advies. ").done == (city,)
    on = current(city).on_peildatum
    assert (on.state, on.proposed) == (State.RETURNED, None)
    assert (on.returned.remark, on.returned.returned_by, on.returned.returned_at) == (
        "Volg het advies.",
        str(decider),
        LATER,
    )
    [refused] = actions.send_back(**sent, remark="nog eens").refused
    assert refused.sentence == "Het voorstel over Utrecht is intussen teruggestuurd, door u zelf."
    [refused] = decide(decider, proposal).refused
    assert "is intussen teruggestuurd" in refused.sentence


def test_taken_back_before_anybody_decided(
    dossier: Herverdeling, supervisor: User, decider: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    assert actions.withdraw_proposal(by=supervisor, province=utrecht, proposal=proposal.pk, now=NOON).done == (city,)
    assert current(city).on_peildatum.state == State.TO_PROPOSE
    [refused] = decide(decider, proposal).refused
    assert refused.sentence == f"Het voorstel over Utrecht is intussen ingetrokken, door {supervisor}."
    assert actions.withdraw_proposal(by=supervisor, province=utrecht, proposal=proposal.pk, now=NOON).refused


# -- after the decision -------------------------------------------------------


def test_figures_that_change_afterwards_change_no_decision_and_show_beside_it(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    decision = decided(supervisor, decider, city)
    before = dict(decision.proposal.basis)
    assert fingerprint_of(current(city)) == decision.proposal.fingerprint
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=LATER)
    decision.refresh_from_db()
    now = current(city)
    assert decision.proposal.basis == before
    assert (decision.trede, now.trede, now.advice.trede) == (3, 3, 2)
    assert fingerprint_of(now) != decision.proposal.fingerprint
    assert (
        changed_since(before, now) == "de realisatie van 168 naar 173 en de achterstand aan het eind van 207 naar 202"
    )
    assert advice_now(before, now) == "het advies zou nu trede 2 zijn"


def test_a_change_that_leaves_the_advice_says_nothing_of_it(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    basis = decided(supervisor, decider, city).proposal.basis
    deliver(by=supervisor, municipality=city, realisatie=169, overrules=True)
    assert advice_now(basis, current(city)) == ""


def test_a_final_count_that_is_withdrawn_leaves_the_decision(
    dossier: Herverdeling, supervisor: User, decider: User, houten: Municipality
) -> None:
    basis = decided(supervisor, decider, houten).proposal.basis
    for delivery in {row.delivery for row in houten.figure_set.filter(period=P, kind="realisatie")}:
        actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON, reason="Verkeerde levering")
    now = current(houten)
    assert (now.advice, now.trede) == (None, 1)
    assert advice_now(basis, now) == "er zou nu geen advies zijn"
    assert "de realisatie van 44 naar onbekend" in changed_since(basis, now)


def test_a_revision_refers_to_the_decision_that_it_replaces(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    first = decided(supervisor, decider, city)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    with pytest.raises(actions.DepartureNeedsReason, match="Geef een reden om het besluit over Utrecht te herzien"):
        propose(supervisor, city)
    proposal = propose(supervisor, city, reason="het COA telde vijf personen te weinig")
    assert current(city).on_peildatum.state == State.REVISION_PROPOSED
    assert current(city).trede == 3
    decide(decider, proposal, now=LATER)
    first.refresh_from_db()
    second = Decision.objects.get(revised_at=None)
    assert (second.trede, second.replaces, first.revised_at, first.revised_by) == (2, first, LATER, decider)
    assert current(city).decided.pk == second.pk


def test_a_revision_sent_back_leaves_the_decision(
    dossier: Herverdeling, supervisor: User, decider: User, utrecht: Province, city: Municipality
) -> None:
    first = decided(supervisor, decider, city)
    proposal = propose(supervisor, city, 2, "bezwaar van de gemeente")
    actions.send_back(by=decider, province=utrecht, proposals=[proposal.pk], remark="Ongegrond", now=NOON)
    assert (current(city).on_peildatum.state, current(city).decided.pk) == (State.DECIDED, first.pk)


# -- what follows the decision ------------------------------------------------


def test_the_trede_before_is_the_decided_one(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality, utrecht: Province
) -> None:
    before = P.previous
    assert current(city).trede_before == 2
    decided(supervisor, decider, city, 3, "het verbeterplan bleef uit", period=before)
    for assessment in (
        assess_municipality(municipality=city, period=P),
        next(each for each in assess_province(province=utrecht, period=P) if each.municipality == city),
    ):
        assert (assessment.trede_before, assessment.change) == (3, 0)
        assert (assessment.trede_in(before), assessment.advised_in(before)) == (3, 2)


def test_the_decided_trede_is_the_one_that_counts(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    propose(supervisor, city, 2, "coulance")
    assert (current(city).trede, current(city).change) == (3, 1)
    decided(supervisor, decider, city, 4, "het verbeterplan bleef uit")
    assert (current(city).trede, current(city).change, current(city).advice.trede) == (4, 2, 3)


def test_a_decision_of_the_half_year_before_that_changes_is_another_basis(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    decided(supervisor, decider, city, 3, "het verbeterplan bleef uit", period=P.previous)
    [refused] = decide(decider, proposal).refused
    assert "de trede ervoor van 2 naar 3" in refused.sentence


@pytest.mark.parametrize(
    ("days", "state", "trede"),
    [
        (0, State.TO_PROPOSE, 3),
        (1, State.PROPOSED, 3),
        (2, State.DECIDED, 4),
        (3, State.REVISION_PROPOSED, 4),
        (4, State.DECIDED, 2),
        (5, State.DECIDED, 2),
    ],
)
def test_what_stood_at_a_moment(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality, days: int, state: State, trede: int
) -> None:
    def at(day: int):
        return NOON + timedelta(days=day)

    first = propose(supervisor, city, 4, "het verbeterplan bleef uit", now=at(1))
    decide(decider, first, now=at(2))
    second = propose(supervisor, city, 2, "het verbeterplan kwam toch", now=at(3))
    decide(decider, second, now=at(4))
    known = assess_municipality(municipality=city, period=P, known_at=at(days) + timedelta(hours=1))
    assert (known.on_peildatum.state, known.trede) == (state, trede)


def test_periods_do_not_mix(dossier: Herverdeling, supervisor: User, decider: User, city: Municipality) -> None:
    decided(supervisor, decider, city)
    assert assess_municipality(municipality=city, period=Period(2022, 2)).trede_before == 3
    assert assess_municipality(municipality=city, period=Period(2021, 2)).decided is None
