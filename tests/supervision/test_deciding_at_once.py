"""Several people at once, each in a thread with a connection and a browser of their own: one decision, clear answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.fingerprint import fingerprint_of
from supervision.models import Decision, Figure, Proposal
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import current, propose
from tests.supervision.ledger import deliver
from tests.supervision.test_concurrency import at_once, logged_in
from tests.supervision.views.grid_page import Sheet
from tests.supervision.views.page import words
from tests.supervision.views.test_decisions import PAGE, hidden

CITY, HOUTEN = "GM0344", "GM0321"
STEP = f"{PAGE}{CITY}/stap/"


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def supervisor(province: Province) -> User:
    return make_user(province=province)


@pytest.fixture
def city(supervisor: User) -> Municipality:
    """Utrecht, with Houten beside it: both with a half-year that can be decided on."""
    city, houten = (Municipality.objects.get(code=code) for code in (CITY, HOUTEN))
    before = Period(2021, 2)
    deliver(by=supervisor, municipality=city, period=before, taakstelling=226, achterstand=153, realisatie=208)
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    deliver(by=supervisor, municipality=houten, taakstelling=29, achterstand=13, realisatie=44)
    return city


@pytest.fixture
def deciders(province: Province) -> list[User]:
    return [make_user(role=Role.VASTSTELLER, province=province) for _ in range(4)]


def together(clients: list[Client], act: Callable[[Client], HttpResponse]) -> list[HttpResponse]:
    return at_once([(lambda client=client: act(client)) for client in clients])


def test_of_several_who_decide_one_does_and_the_others_are_told(
    city: Municipality, supervisor: User, deciders: list[User]
) -> None:
    proposal = propose(supervisor, city)
    clients = [logged_in(user) for user in deciders]
    sent = {"doe": "vaststellen", "voorstel": proposal.pk}
    responses = together(clients, lambda client: client.post(STEP, sent))
    assert [response.status_code for response in responses] == [302] * 4
    decision = Decision.objects.get()
    answers = [words(client.get(f"{PAGE}{CITY}/")) for client in clients]
    told = [f"is intussen vastgesteld, door {decision.decided_by}." in answer for answer in answers]
    did = ["1 besluit vastgesteld: Utrecht." in answer for answer in answers]
    assert sum(did) == 1
    assert deciders[did.index(True)] == decision.decided_by
    assert told == [not each for each in did]


def test_one_decides_while_another_sends_back(city: Municipality, supervisor: User, deciders: list[User]) -> None:
    proposal = propose(supervisor, city)
    acts = ("vaststellen", "terugsturen")
    clients = [logged_in(user) for user in deciders[:2]]
    bodies = [{"doe": doe, "voorstel": proposal.pk, "opmerking": "Kijk nog eens"} for doe in acts]
    responses = at_once(
        [(lambda c=client, b=body: c.post(STEP, b)) for client, body in zip(clients, bodies, strict=True)]
    )
    assert [response.status_code for response in responses] == [302, 302]
    proposal.refresh_from_db()
    assert proposal.state in ("decided", "returned")
    assert Decision.objects.exists() == (proposal.state == "decided")


def test_a_figure_of_the_same_second_is_never_passed_over(
    city: Municipality, supervisor: User, deciders: list[User]
) -> None:
    """Either the decision came first and shows what changed beside it, or the figure did and there is no decision."""
    proposal = propose(supervisor, city)
    sheet, decider = Sheet.opened(logged_in(supervisor)), logged_in(deciders[0])
    sheet.fields[f"r-{CITY}"] = "173"
    sheet.fields["reden"] = "Hertelling"
    at_once([sheet.send, lambda: decider.post(STEP, {"doe": "vaststellen", "voorstel": proposal.pk})])
    assert Figure.objects.filter(municipality=city, kind="realisatie", persons=173).exists()
    page = words(decider.get(f"{PAGE}{CITY}/"))
    decision = Decision.objects.first()
    if decision is None:
        assert "De cijfers van Utrecht zijn sinds het voorstel veranderd (de realisatie van 168 naar 173" in page
    else:
        assert "Na het besluit veranderde: de realisatie van 168 naar 173" in page
    proposal.refresh_from_db()
    assert proposal.basis["numbers"]["realisatie"] == 168
    assert fingerprint_of(current(city)) != proposal.fingerprint


def test_two_who_propose_at_once_do_not_overwrite_each_other(
    city: Municipality, province: Province, supervisor: User
) -> None:
    people = [supervisor, make_user(province=province)]
    clients = [logged_in(user) for user in people]
    sent = hidden(clients[0].get(PAGE))
    responses = together(
        clients, lambda client: client.post(PAGE, {**sent, "doe": "voorstellen", "gemeente": [CITY, HOUTEN]})
    )
    assert [response.status_code for response in responses] == [302, 302]
    assert Proposal.objects.filter(state="open").count() == Proposal.objects.count() == 2
    assert len(set(Proposal.objects.values_list("proposed_by", flat=True))) == 1


def test_one_form_sent_many_times_at_once_is_one_proposal(city: Municipality, supervisor: User) -> None:
    page = f"{PAGE}{CITY}/voorstellen/"
    clients = [logged_in(supervisor) for _ in range(3)]
    gezien = hidden(clients[0].get(PAGE))[f"gezien-{CITY}"]
    sent = {"gezien": gezien, "trede": "2", "reden": "de achterstand is ingelopen"}
    responses = together(clients, lambda client: client.post(page, sent))
    assert [response.status_code for response in responses] == [302] * 3
    assert Proposal.objects.count() == 1


def test_all_decided_at_once_by_two_is_decided_once(city: Municipality, supervisor: User, deciders: list[User]) -> None:
    for code in (CITY, HOUTEN):
        propose(supervisor, Municipality.objects.get(code=code))
    clients = [logged_in(user) for user in deciders[:2]]
    sent = hidden(clients[0].get(PAGE))
    responses = together(clients, lambda client: client.post(PAGE, {**sent, "doe": "alles-vaststellen"}))
    assert {response.status_code for response in responses} <= {302, 422}
    assert Decision.objects.count() == 2
    assert len(set(Decision.objects.values_list("decided_by", flat=True))) == 1
