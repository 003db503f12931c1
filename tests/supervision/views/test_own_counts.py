"""What a municipality counts itself: entered, shown beside COA's, refused; a lezer; another province; nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.figures import assess_municipality
from supervision.models import Figure, Herverdeling
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

MUNICIPALITY = "/2022-2/gemeenten/GM0344/"
PAGE = f"{MUNICIPALITY}eigen-opgave/"
GOOD = {"soort": "gekoppeld", "dag": "2022-08-26", "personen": "460", "document": "Raadsbrief"}

pytestmark = pytest.mark.usefixtures("within_utrecht")


def test_a_count_stands_beside_coas_and_changes_nothing(
    dossier: Herverdeling, staff: Client, city: Municipality, supervisor: User
) -> None:
    before = assess_municipality(municipality=city, period=Period(2022, 2)).opgave
    response = staff.post(PAGE, GOOD, follow=True)
    assert response.redirect_chain == [(MUNICIPALITY, 302)]
    text = words(response)
    assert "Opgeslagen: 460 personen gekoppeld op 26 augustus 2022." in text
    assert (
        "Telt niet mee: het COA is leidend, en gekoppeld of administratief gehuisvest is niet gehuisvest. "
        "Gekoppeld op 26 augustus 2022 Raadsbrief;"
    ) in text
    assert "Realisatie tot 7 juli 2022 15" in text
    assert assess_municipality(municipality=city, period=Period(2022, 2)).opgave == before
    # The page of the closed half-year before shows it too, as the one that runs stands on it.
    assert "Gekoppeld op 26 augustus 2022" in words(staff.get("/2022-1/gemeenten/GM0344/"))


def test_the_same_count_again_is_there_already(staff: Client) -> None:
    staff.post(PAGE, GOOD)
    assert "Dit stond er al: 460 personen gekoppeld op 26 augustus 2022." in words(staff.post(PAGE, GOOD, follow=True))
    assert Figure.objects.count() == 1


def test_an_older_count_comes_beside_the_later_one(staff: Client) -> None:
    staff.post(PAGE, GOOD)
    staff.post(PAGE, GOOD | {"dag": "2022-07-08", "personen": "276"})
    text = words(staff.get(MUNICIPALITY))
    assert text.index("Gekoppeld op 26 augustus 2022") < text.index("Gekoppeld op 8 juli 2022")


def test_the_page_leads_to_it_for_who_may_enter_figures(staff: Client, reader: Client) -> None:
    assert PAGE in links(staff.get(MUNICIPALITY))
    assert PAGE not in links(reader.get(MUNICIPALITY))
    response = staff.get(PAGE)
    assert title(response) == "Eigen opgave van Utrecht 2022-2 – Trede"
    assert MUNICIPALITY in links(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"soort": ""}, "Kies wat er is geteld."),
        ({"soort": "realisatie"}, "Selecteer een geldige keuze"),
        ({"dag": ""}, "Vul in van welke dag de stand is."),
        ({"dag": "morgen"}, "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."),
        ({"dag": "2022-06-30"}, "Kies een dag van 1 juli 2022 tot en met 1 januari 2023."),
        ({"dag": "2023-01-02"}, "Kies een dag van 1 juli 2022 tot en met 1 januari 2023."),
        ({"personen": ""}, "Vul in om hoeveel personen het gaat."),
        ({"personen": "-1"}, "Een telling kan niet onder nul zijn."),
        ({"personen": "46O"}, "‘46O’ is geen getal. Bedoelde u 460?"),
        ({"personen": "100000"}, "100.000 is te veel"),
        ({"document": "x" * 201}, "200 tekens"),
    ],
)
def test_what_cannot_be_is_refused(staff: Client, typed: dict[str, str], sentence: str) -> None:
    response = staff.post(PAGE, GOOD | typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not Figure.objects.exists()


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_adds_none(utrecht: Province, role: Role) -> None:
    client = browser_of(make_user(role=role, province=utrecht))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, GOOD).status_code == 403
    assert not Figure.objects.exists()


def test_a_stranger_finds_nothing(stranger: Client) -> None:
    for response in (stranger.get(PAGE), stranger.post(PAGE, GOOD)):
        assert response.status_code == 404
    assert not Figure.objects.exists()


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_a_municipality_that_was_not_there_is_not_found(staff: Client) -> None:
    assert staff.get("/2018-2/gemeenten/GM1961/eigen-opgave/").status_code == 404
