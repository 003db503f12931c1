"""Proposing for one municipality: on the peildatum, as a revision, and between peildata."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from municipalities.models import Municipality, User
from supervision.models import Decision, Herverdeling, LadderPolicy, Occasion, Proposal
from supervision.rules.period import Period
from tests.supervision.deciding import decide, decided, propose
from tests.supervision.ledger import deliver
from tests.supervision.views.page import title, words

PAGE = "/2022-1/besluiten/GM0344/voorstellen/"
INTERIM = "/2022-2/besluiten/GM0344/tussentijds/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


def seen_on(response: HttpResponse) -> str:
    found = re.search(r'name="gezien" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def send(client: Client, page: str = PAGE, **typed: object) -> HttpResponse:
    return client.post(page, {"gezien": seen_on(client.get(page)), **typed}, follow=True)


def test_the_advice_is_chosen_and_explained(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Voorstel Utrecht 2022-1 – Trede"
    assert "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2." in text
    assert "Met de herverdeling erbij (204) is het advies hetzelfde." in text
    assert "3 Actief toezicht (advies)" in text
    assert re.search(r'value="3"[^>]*checked', response.content.decode())


def test_another_trede_with_a_reason(dossier: Herverdeling, staff: Client, supervisor: User) -> None:
    response = send(staff, trede="2", reden="de achterstand in augustus is ingelopen")
    assert response.redirect_chain == [("/2022-1/besluiten/", 302)]
    assert "Trede 2 voorgesteld voor Utrecht." in words(response)
    proposal = Proposal.objects.get()
    assert (proposal.trede, proposal.departs, proposal.proposed_by) == (2, True, supervisor)


def test_a_vaststeller_may_propose_too(dossier: Herverdeling, bench: Client, decider: User) -> None:
    send(bench, trede="3")
    assert Proposal.objects.get().proposed_by == decider


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"trede": "2"}, "U wijkt af van het advies. Geef een reden."),
        ({"trede": "2", "reden": "   "}, "U wijkt af van het advies. Geef een reden."),
        ({}, "Kies een trede."),
        ({"trede": "9", "reden": "x"}, "Deze trede staat niet in het beleidskader."),
        ({"trede": "drie"}, "Deze trede staat niet in het beleidskader."),
        ({"trede": "2", "reden": "x" * 1001}, "1000 tekens"),
        ({"trede": "3", "gezien": "onzin"}, "Laad de pagina opnieuw"),
        ({"trede": "3", "gezien": ""}, "Laad de pagina opnieuw"),
    ],
)
def test_what_cannot_be_is_refused_and_stays(
    dossier: Herverdeling, staff: Client, typed: dict[str, str], sentence: str
) -> None:
    response = send(staff, **typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not Proposal.objects.exists()


def test_figures_that_changed_are_shown_and_it_can_be_sent_again(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    was = seen_on(staff.get(PAGE))
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    response = staff.post(PAGE, {"gezien": was, "trede": "3", "reden": "zo was het advies"})
    assert response.status_code == 422
    assert "De cijfers van Utrecht zijn intussen veranderd. Kijk ze na en stel dan opnieuw voor." in words(response)
    assert "Achterstand 202 is lager dan de taakstelling 203" in words(response)
    assert not Proposal.objects.exists()
    again = {"gezien": seen_on(response), "trede": "3", "reden": "zo was het advies"}
    assert staff.post(PAGE, again).status_code == 302
    assert Proposal.objects.get().departs


def test_what_lies_there_is_told_before_it_is_replaced(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    propose(supervisor, city)
    assert f"Er ligt een voorstel van {supervisor}: trede 3. Uw voorstel komt ervoor in de plaats." in words(
        staff.get(PAGE)
    )
    send(staff, trede="4", reden="het verbeterplan uitbleef")
    assert [each.state for each in Proposal.objects.order_by("pk")] == ["replaced", "open"]


def test_a_remark_is_read_where_it_is_proposed_again(
    dossier: Herverdeling, staff: Client, bench: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city, 2, "coulance")
    sent = {"doe": "terugsturen", "voorstel": proposal.pk, "opmerking": "Volg het advies."}
    bench.post("/2022-1/besluiten/GM0344/stap/", sent)
    assert f"Teruggestuurd door {decider}: Volg het advies." in words(staff.get(PAGE))


def test_a_revision_always_takes_a_reason(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    first = decided(supervisor, decider, city)
    text = words(staff.get(PAGE))
    assert "Herziening voorstellen voor Utrecht" in text
    assert "Besloten is trede 3; dat blijft gelden tot de herziening is vastgesteld." in text
    refused = send(staff, trede="3")
    assert refused.status_code == 422
    assert "Geef een reden om het besluit te herzien." in words(refused)
    send(staff, trede="3", reden="de bijlage ontbrak")
    assert Proposal.objects.get(state="open").revises == first


def test_what_the_policy_has_beside_its_ladder(
    dossier: Herverdeling, staff: Client, decider: User, city: Municipality
) -> None:
    assert "Uitkomst naast de ladder" not in words(staff.get(PAGE))
    LadderPolicy.objects.update(outcomes=["verschoonbaar"])
    assert "Uitkomst naast de ladder" in words(staff.get(PAGE))
    refused = send(staff, trede="3", uitkomst="verschoonbaar")
    assert "U wijkt af van het advies. Geef een reden." in words(refused)
    send(staff, trede="3", uitkomst="verschoonbaar", reden="het COA te weinig mensen koppelde")
    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.departs) == ("verschoonbaar", True)
    decide(decider, proposal)
    assert Decision.objects.get().outcome == "verschoonbaar"
    assert "verschoonbaar" in words(staff.get("/2022-1/besluiten/"))


def test_without_an_advice_there_is_no_form(dossier: Herverdeling, staff: Client) -> None:
    for page, sentence in (
        ("/2022-1/besluiten/GM0331/voorstellen/", "Van Lopik ontbreken de taakstelling"),
        ("/2015-1/besluiten/GM0344/voorstellen/", "Voor 2015-1 is geen beleidskader vastgelegd."),
        ("/2022-2/besluiten/GM0344/voorstellen/", "2022-2 loopt nog voor Utrecht"),
        (INTERIM, "De achterstand van Utrecht is nog niet weg: van de 207 personen zijn er 15 gehuisvest."),
    ):
        response = staff.get(page)
        assert response.status_code == 200
        assert sentence in words(response)
        assert "<form" not in response.content.decode().split("<main")[1].split("</main")[0]
        assert staff.post(page, {"trede": "1"}).status_code == 200
    assert not Proposal.objects.exists()


def test_a_lezer_proposes_nothing(dossier: Herverdeling, reader: Client) -> None:
    for page in (PAGE, INTERIM):
        assert reader.get(page).status_code == 403
        refused = reader.post(page, {"trede": "3"})
        assert refused.status_code == 403
        assert "Een trede voorstellen mag alleen een toezichthouder" in words(refused)


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


# -- between peildata ---------------------------------------------------------


@pytest.fixture
def caught_up(dossier: Herverdeling, supervisor: User, decider: User, city: Municipality) -> None:
    """Utrecht was decided on trede 3, and has housed more than its achterstand of 207 since."""
    decided(supervisor, decider, city)
    deliver(
        by=supervisor, municipality=city, period=Period(2022, 2), as_of=date(2022, 9, 1), realisatie=250, overrules=True
    )


def test_a_lower_trede_from_a_day_on(caught_up: None, staff: Client, bench: Client) -> None:
    text = words(staff.get(INTERIM))
    assert "De achterstand van 207 personen is ingelopen: op 1 september 2022 waren er 250 personen gehuisvest." in text
    assert "Utrecht staat nu op trede 3." in text
    assert "zijn er nog 232 te huisvesten: weeg dat mee in de reden." in text
    assert "3 Actief toezicht" not in text
    response = send(staff, INTERIM, trede="2", vanaf="2022-09-01", reden="de achterstand is ingelopen")
    assert "Trede 2 tussentijds voorgesteld voor Utrecht." in words(response)
    assert "Voorgesteld: trede 2 vanaf 1 september 2022" in words(response)
    assert "Tussentijds voorgesteld: trede 2." in words(staff.get("/2022-2/besluiten/"))
    proposal = Proposal.objects.get(occasion=Occasion.INTERIM)
    bench.post("/2022-2/besluiten/GM0344/stap/", {"doe": "vaststellen", "voorstel": proposal.pk})
    text = words(staff.get("/2022-2/besluiten/"))
    assert "Tussentijds op trede 2, vanaf 1 september 2022." in text
    assert "Besloten: trede 2 vanaf 1 september 2022" in words(staff.get("/2022-2/besluiten/GM0344/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"trede": "3"}, "Kies een lagere trede dan nu."),
        ({"trede": ""}, "Kies een trede."),
        ({"reden": " "}, "Geef een reden om tussentijds af te schalen."),
        ({"vanaf": ""}, "Vul in vanaf welke dag de trede geldt."),
        ({"vanaf": "31-9-2022"}, "Dit is geen datum."),
        ({"vanaf": "2022-06-30"}, "Kies een dag van 1 juli 2022"),
        ({"vanaf": "2099-01-01"}, "Kies een dag van 1 juli 2022"),
    ],
)
def test_what_cannot_be_between_peildata(caught_up: None, staff: Client, typed: dict[str, str], sentence: str) -> None:
    response = send(staff, INTERIM, **{"trede": "2", "vanaf": "2022-09-01", "reden": "ingelopen", **typed})
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not Proposal.objects.filter(occasion=Occasion.INTERIM).exists()
