"""Proposing: what is written, what is refused, and what a proposal rests on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.models import Figure, Herverdeling, LadderStep, Occasion, Proposal
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import current, decide, propose, seen
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

P = FIRST_HALF_OF_2022

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def houten() -> Municipality:
    return Municipality.objects.get(code="GM0321")


# -- what is written ----------------------------------------------------------


def test_a_proposal_that_follows_the_advice_needs_no_reason(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    assert (proposal.trede, proposal.advice, proposal.reason, proposal.departs) == (3, 3, "", False)
    assert (proposal.state, proposal.occasion, proposal.holds_from) == ("open", "peildatum", date(2022, 7, 1))
    assert (proposal.proposed_by, proposal.proposed_at, proposal.closed_at) == (supervisor, NOON, None)
    assert current(city).on_peildatum.proposed.pk == proposal.pk


def test_a_proposal_keeps_what_it_rests_on(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    basis = propose(supervisor, city).basis
    assert basis["numbers"] == {
        "taakstelling": 203,
        "herverdeling": 1,
        "achterstand_start": 171,
        "totaalopgave": 375,
        "realisatie": 168,
        "counted_to": "2022-07-01",
        "achterstand_end": 207,
        "remaining": None,
        "trede_before": 2,
        "advice": 3,
        "policy": basis["numbers"]["policy"],
    }
    assert basis["sums"] == {"totaalopgave": "203 + 1 + 171", "remaining": "375 − 168"}
    assert basis["percentages"] == {"taakstelling": 82, "totaalopgave": 45}
    assert basis["explanation"]["finding"] == "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2."
    assert basis["row"] == [
        {"period": "2022-1", "achterstand_end": 207, "taakstelling": 203, "totaalopgave": 375, "realisatie": 168}
    ]
    assert [step["outcome"] for step in basis["weighed"]][3] == "geldt"
    [agreed] = basis["herverdelingen"]
    assert (agreed["other"], agreed["persons"], agreed["herverdeling"]) == ("Utrechtse Heuvelrug", 1, dossier.pk)


def test_each_number_refers_to_its_row_in_the_ledger(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    figures = propose(supervisor, city).basis["figures"]
    assert set(figures) == {"taakstelling", "achterstand", "realisatie"}
    for kind, source in figures.items():
        row = Figure.objects.get(pk=source["figure"])
        assert (row.kind, row.persons, row.delivery_id) == (kind, source["persons"], source["delivery"])


def test_a_departure_is_kept_with_its_reason(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    proposal = propose(supervisor, city, 2, "  de achterstand in augustus is ingelopen ")
    assert (proposal.trede, proposal.advice, proposal.departs) == (2, 3, True)
    assert proposal.reason == "de achterstand in augustus is ingelopen"


def test_a_new_proposal_replaces_the_one_that_was_seen(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    first = propose(supervisor, city)
    second = propose(supervisor, city, 4, "het vorige verbeterplan is niet uitgevoerd")
    first.refresh_from_db()
    assert (first.state, first.closed_by, first.closed_at) == ("replaced", supervisor, NOON)
    assert current(city).on_peildatum.proposed.pk == second.pk


def test_the_same_proposal_sent_twice_is_made_once(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    was = seen(city)
    sent = {"by": supervisor, "municipality": city, "period": P, "seen": was, "trede": 3, "now": NOON}
    assert actions.propose(**sent) == actions.propose(**sent)
    assert Proposal.objects.count() == 1


# -- what is refused ----------------------------------------------------------


def test_a_departure_without_a_reason_is_not_saved(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    with pytest.raises(actions.DepartureNeedsReason, match=r"U wijkt af van het advies over Utrecht. Geef een reden."):
        propose(supervisor, city, 2, "   ")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("trede", [0, 7, 99])
def test_a_trede_that_the_policy_does_not_have(
    dossier: Herverdeling, supervisor: User, city: Municipality, trede: int
) -> None:
    with pytest.raises(actions.Refused, match=f"Trede {trede} staat niet in het Beleidskader"):
        propose(supervisor, city, trede, "zomaar")


def test_an_outcome_that_the_policy_does_not_have(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    with pytest.raises(actions.Refused, match="De uitkomst ‘verzonnen’ staat niet in"):
        actions.propose(
            by=supervisor,
            municipality=city,
            period=P,
            seen=seen(city),
            trede=3,
            outcome="verzonnen",
            reason="x",
            now=NOON,
        )


def test_without_figures_nothing_can_be_proposed(supervisor: User, city: Municipality) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171)
    with pytest.raises(actions.Refused, match=r"Van Utrecht ontbreekt de realisatie."):
        propose(supervisor, city, 3)


def test_while_it_runs_nothing_can_be_proposed(supervisor: User, city: Municipality) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171)
    deliver(by=supervisor, municipality=city, as_of=date(2022, 4, 1), realisatie=80)
    with pytest.raises(actions.Refused, match="2022-1 loopt nog voor Utrecht: voorstellen kan met de stand van"):
        propose(supervisor, city, 3)


def test_before_the_first_policy_nothing_can_be_proposed(supervisor: User, city: Municipality) -> None:
    early = Period(2015, 1)
    deliver(by=supervisor, municipality=city, period=early, taakstelling=203, achterstand=171, realisatie=100)
    with pytest.raises(actions.Refused, match=r"Voor 2015-1 is geen beleidskader vastgelegd."):
        propose(supervisor, city, 3, "x", period=early)


def test_a_municipality_that_was_not_there(supervisor: User) -> None:
    vianen = Municipality.objects.get(name="Vianen")
    with pytest.raises(actions.Refused, match=r"Vianen bestond in 2022-1 niet."):
        actions.propose(by=supervisor, municipality=vianen, period=P, seen=seen_nothing(), trede=1, now=NOON)


def seen_nothing():
    return seen(Municipality.objects.get(code="GM0344"))


@pytest.mark.parametrize("role", [Role.LEZER])
def test_who_may_not_propose_is_refused(
    dossier: Herverdeling, utrecht: Province, city: Municipality, role: str
) -> None:
    with pytest.raises(actions.Refused, match="Een trede voorstellen mag alleen een toezichthouder"):
        propose(make_user(role=role, province=utrecht), city)


def test_another_province_proposes_nothing_here(dossier: Herverdeling, city: Municipality) -> None:
    stranger = make_user(province=Province.objects.get(code="PV25"))
    with pytest.raises(actions.Refused):
        propose(stranger, city)
    assert not Proposal.objects.exists()


# -- what changed meanwhile ---------------------------------------------------


def test_figures_that_changed_since_they_were_seen(dossier: Herverdeling, supervisor: User, city: Municipality) -> None:
    was = seen(city)
    deliver(by=supervisor, municipality=city, realisatie=172, overrules=True)
    with pytest.raises(actions.Refused, match="De cijfers van Utrecht zijn intussen veranderd"):
        actions.propose(by=supervisor, municipality=city, period=P, seen=was, trede=3, now=NOON)


def test_the_same_number_from_another_delivery_is_another_source(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    was = seen(city)
    first = deliver(by=supervisor, municipality=city, realisatie=170, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=first, now=NOON, reason="Vergissing")
    assert seen(city) == was
    deliver(by=supervisor, municipality=city, realisatie=170, overrules=True)
    deliver(by=supervisor, municipality=city, realisatie=168, overrules=True)
    assert seen(city) != was


def test_a_colleagues_proposal_is_not_replaced_unseen(
    dossier: Herverdeling, supervisor: User, utrecht: Province, city: Municipality
) -> None:
    was, colleague = seen(city), make_user(province=utrecht)
    propose(colleague, city, 2, "de achterstand is ingelopen")
    with pytest.raises(actions.Refused, match=f"Over Utrecht stelde {colleague} intussen trede 2 voor."):
        actions.propose(by=supervisor, municipality=city, period=P, seen=was, trede=3, now=NOON)


def test_a_proposal_that_was_withdrawn_meanwhile(
    dossier: Herverdeling, supervisor: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    was = seen(city)
    actions.withdraw_proposal(by=supervisor, province=utrecht, proposal=proposal.pk, now=NOON)
    with pytest.raises(actions.Refused, match="Het voorstel over Utrecht ligt er intussen niet meer"):
        actions.propose(by=supervisor, municipality=city, period=P, seen=was, trede=4, reason="x", now=NOON)


def test_a_decision_that_came_meanwhile(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    was = seen(city)
    decide(decider, proposal)
    with pytest.raises(actions.Refused, match=f"Over Utrecht besloot {decider} intussen: trede 3."):
        actions.propose(by=supervisor, municipality=city, period=P, seen=was, trede=4, reason="x", now=NOON)


# -- all at once --------------------------------------------------------------


def test_all_that_follow_the_advice_in_one_go(
    dossier: Herverdeling, supervisor: User, utrecht: Province, city: Municipality, houten: Municipality
) -> None:
    lopik = Municipality.objects.get(code="GM0331")
    wished = {each: seen(each) for each in (city, houten, lopik)}
    deliver(by=supervisor, municipality=houten, realisatie=40, overrules=True)
    result = actions.propose_following(by=supervisor, province=utrecht, period=P, seen=wished, now=NOON)
    assert result.done == (city,)
    assert {each.municipality.name: each.sentence for each in result.refused} == {
        "Houten": "De cijfers van Houten zijn intussen veranderd. Kijk ze na en stel dan opnieuw voor.",
        "Lopik": "Van Lopik ontbreken de taakstelling, de achterstand en de realisatie.",
    }
    assert [(each.municipality, each.trede) for each in Proposal.objects.all()] == [(city, 3)]


def test_in_bulk_nothing_is_replaced_or_revised(
    dossier: Herverdeling, supervisor: User, decider: User, utrecht: Province, city: Municipality, houten: Municipality
) -> None:
    propose(supervisor, city, 2, "coulance")
    decide(decider, propose(supervisor, houten))
    wished = {each: seen(each) for each in (city, houten)}
    result = actions.propose_following(by=supervisor, province=utrecht, period=P, seen=wished, now=NOON)
    assert result.done == ()
    assert [each.sentence for each in result.refused] == [
        "Over Utrecht is intussen al een trede voorgesteld.",
        "Over Houten is intussen al een trede vastgesteld.",
    ]


def test_in_bulk_what_was_sent_back_is_proposed_again(
    dossier: Herverdeling, supervisor: User, decider: User, utrecht: Province, city: Municipality
) -> None:
    back = propose(supervisor, city, 2, "coulance")
    actions.send_back(by=decider, province=utrecht, proposals=[back.pk], remark="Volg het advies", now=NOON)
    result = actions.propose_following(by=supervisor, province=utrecht, period=P, seen={city: seen(city)}, now=NOON)
    assert result.done == (city,)


def test_as_many_queries_for_many_as_for_few(utrecht: Province, supervisor: User, decider: User) -> None:
    everybody = list(Municipality.objects.filter(province=utrecht, valid_to=None))
    entries = [actions.Entry(municipality=each, kind=kind, persons=10) for each in everybody for kind in Kind]
    actions.record_figures(by=supervisor, province=utrecht, period=P, entries=entries, now=NOON)

    def queries(act, *args, **kwargs) -> int:
        with CaptureQueriesContext(connection) as captured:
            result = act(*args, **kwargs)
        assert not result.refused, result.refused
        return len(captured)

    def proposing(some: list[Municipality]) -> int:
        wished = {each: seen(each) for each in some}
        afresh = Province.objects.get(pk=utrecht.pk)
        return queries(actions.propose_following, by=supervisor, province=afresh, period=P, seen=wished, now=NOON)

    assert proposing(everybody[:1]) == proposing(everybody[1:20])
    first, *others = Proposal.objects.order_by("pk")
    assert queries(decide, decider, first) == queries(decide, decider, *others)


# -- between peildata ---------------------------------------------------------


@pytest.fixture
def caught_up(dossier: Herverdeling, supervisor: User, decider: User, city: Municipality) -> Period:
    """Utrecht was decided on trede 3 over 2022-1, and has housed more than its achterstand of 207 in 2022-2."""
    decide(decider, propose(supervisor, city))
    deliver(
        by=supervisor, municipality=city, period=Period(2022, 2), as_of=date(2022, 9, 1), realisatie=250, overrules=True
    )
    return Period(2022, 2)


def interim(by: User, city: Municipality, **changed: object) -> Proposal:
    running = Period(2022, 2)
    return actions.propose_interim(
        **{
            "by": by,
            "municipality": city,
            "period": running,
            "seen": seen(city, running, Occasion.INTERIM),
            "trede": 2,
            "holds_from": date(2022, 9, 1),
            "reason": "de achterstand van 207 is ingelopen",
            "now": NOON,
            **changed,
        }
    )


def test_a_lower_trede_between_peildata_holds_from_its_day(
    caught_up: Period, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = interim(supervisor, city)
    assert (proposal.occasion, proposal.advice, proposal.holds_from) == ("interim", None, date(2022, 9, 1))
    assert current(city, caught_up).trede_before == 3
    assert decide(decider, proposal).done == (city,)
    after = current(city, caught_up)
    assert (after.trede_before, after.interim.decided.trede, after.decided) == (2, 2, None)
    assert current(city).decided.trede == 3


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"trede": 3}, "alleen naar een lagere trede dan 3"),
        ({"trede": 4}, "alleen naar een lagere trede dan 3"),
        ({"holds_from": date(2022, 6, 30)}, "Kies een dag van 1.juli 2022 tot en met 8.september 2022"),
        ({"holds_from": date(2022, 9, 9)}, "Kies een dag van"),
        ({"reason": " "}, "Geef een reden om Utrecht tussentijds af te schalen"),
    ],
)
def test_what_cannot_be_between_peildata(
    caught_up: Period, supervisor: User, city: Municipality, changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(actions.Refused, match=sentence):
        interim(supervisor, city, **changed)
    assert not Proposal.objects.filter(occasion=Occasion.INTERIM).exists()


def test_as_long_as_the_achterstand_is_there_it_stays(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    with pytest.raises(actions.Refused, match=r"nog niet weg: van de 207.personen zijn er 15 gehuisvest"):
        interim(supervisor, city)


def test_on_the_lowest_trede_there_is_nothing_lower(
    dossier: Herverdeling, supervisor: User, houten: Municipality
) -> None:
    with pytest.raises(actions.Refused, match=r"Houten staat op trede 1: lager kan niet."):
        interim(supervisor, houten)


def test_once_the_half_year_is_closed_the_peildatum_decides(
    caught_up: Period, supervisor: User, city: Municipality
) -> None:
    deliver(by=supervisor, municipality=city, period=caught_up, as_of=date(2023, 1, 1), realisatie=400, overrules=True)
    with pytest.raises(actions.Refused, match="2022-2 is voor Utrecht gesloten"):
        interim(supervisor, city, now=NOON + timedelta(days=150))


def test_a_step_of_the_policy_is_not_deleted_under_a_proposal(
    dossier: Herverdeling, supervisor: User, city: Municipality
) -> None:
    """The basis says in words what each step was, whatever becomes of the rows."""
    proposal = propose(supervisor, city)
    LadderStep.objects.filter(policy=proposal.policy, number=6).update(name="Anders")
    proposal.refresh_from_db()
    assert proposal.basis["weighed"][0]["name"] == "Sanctie uitvoeren"
