"""A herverdeling: works; twice; another province; who may only look; bad input."""

from datetime import date

import pytest
from django.test import Client

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.models import Delivery, Herverdeling
from tests.municipalities.factories import make_user
from tests.supervision.ledger import deliver
from tests.supervision.views.grid_page import Sheet, words

PAGE, GRID = "/2022-1/cijfers/herverdelingen/", "/2022-1/cijfers/"


@pytest.fixture(autouse=True)
def taakstelling(within_utrecht: Province, supervisor: User) -> None:
    deliver(by=supervisor, municipality=Municipality.objects.get(code="GM1581"), taakstelling=29)


@pytest.fixture
def typist(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def pk(code: str) -> str:
    return str(Municipality.objects.get(code=code).pk)


def form(client: Client, **typed: str) -> dict[str, str]:
    """The page as it is opened, filled in for one person from Utrechtse Heuvelrug to Utrecht."""
    fields = Sheet(client, client.get(PAGE)).fields
    return fields | {"from_municipality": pk("GM1581"), "to_municipality": pk("GM0344"), "persons": "1"} | typed


def test_a_herverdeling_is_recorded_with_its_date_and_note(typist, supervisor):
    response = typist.post(PAGE, form(typist, agreed_on="2022-02-14", note="Brief 12-AB"))
    assert response.status_code == 302
    assert response.url == GRID
    made = Herverdeling.objects.get()
    assert (made.from_municipality.name, made.to_municipality.name) == ("Utrechtse Heuvelrug", "Utrecht")
    assert (made.persons, made.agreed_on, made.note) == (1, date(2022, 2, 14), "Brief 12-AB")
    assert made.delivery.recorded_by == supervisor
    text = words(typist.get(GRID))
    assert "Opgeslagen: Utrecht neemt 1 persoon over van Utrechtse Heuvelrug." in text
    assert "Samen over de provincie: 0." in text


def test_it_stands_beside_the_grid_with_the_way_to_withdraw_it(typist):
    typist.post(PAGE, form(typist))
    page = typist.get(GRID)
    assert f"/leveringen/{Herverdeling.objects.get().delivery_id}/intrekken/" in page.content.decode()
    assert page.context["grid"].row("GM1581").opgave.herverdeling == -1


def test_the_same_form_twice_makes_one_and_says_so(typist):
    filled_in = form(typist)
    typist.post(PAGE, filled_in)
    typist.get(GRID)
    assert typist.post(PAGE, filled_in).status_code == 302
    assert Herverdeling.objects.count() == 1
    assert (
        "Dit stond er al, en is niet nog eens opgeslagen: Utrecht neemt 1 persoon over van Utrechtse Heuvelrug."
        in words(typist.get(GRID))
    )


def test_each_opening_of_the_form_is_one_of_its_own(typist):
    typist.post(PAGE, form(typist))
    typist.post(PAGE, form(typist))
    assert Herverdeling.objects.count() == 2


def test_a_form_without_a_mark_of_its_own_is_still_recorded(typist):
    typist.post(PAGE, form(typist, submission=""))
    assert Herverdeling.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_municipality": ""}, "Kies de gemeente die personen overdraagt."),
        ({"to_municipality": ""}, "Kies de gemeente die personen overneemt."),
        ({"to_municipality": "GM1581"}, "Kies een andere gemeente dan die personen overdraagt."),
        ({"persons": ""}, "Vul in om hoeveel personen het gaat."),
        ({"persons": "0"}, "Een herverdeling is van minstens 1 persoon."),
        ({"persons": "-1"}, "Een herverdeling is van minstens 1 persoon."),
        ({"persons": "1,5"}, "1,5 is geen heel getal: personen zijn hele personen."),
        ({"persons": "l"}, "‘l’ is geen getal. Bedoelde u 1?"),
        ({"persons": "99999999999"}, "99.999.999.999 is te veel: een cijfer is hoogstens 99.999 personen."),
        ({"persons": "30"}, "Utrechtse Heuvelrug heeft in 2022-1 een taakstelling van 29 personen"),
        ({"agreed_on": "morgen"}, "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."),
        ({"agreed_on": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"note": "x" * 201}, "200 tekens"),
        ({"submission": "nep"}, "Laad de pagina opnieuw."),
        ({"from_municipality": "GM0202"}, "Selecteer een geldige keuze"),
        ({"from_municipality": "GM0620"}, "Selecteer een geldige keuze"),
        ({"from_municipality": "nep"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_kept(typist, typed, sentence):
    typed = {name: pk(value) if value.startswith("GM") else value for name, value in typed.items()}
    before = Delivery.objects.count()
    response = typist.post(PAGE, form(typist, **{"note": "Brief 12-AB"} | typed))
    assert response.status_code == 422
    text = words(response)
    assert sentence in text
    assert text.startswith("Fout: Herverdeling toevoegen")
    assert Delivery.objects.count() == before
    kept = Sheet(typist, response).fields
    assert kept["note"] == typed.get("note", "Brief 12-AB")
    assert kept["persons"] == typed.get("persons", "1")


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_agrees_no_herverdeling(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"persons": "1"}).status_code == 403
    assert Herverdeling.objects.count() == 0


def test_another_province_chooses_from_its_own(client, supervisor):
    client.force_login(make_user(province=Province.objects.get(code="PV25")))
    assert "Utrechtse Heuvelrug" not in words(client.get(PAGE))
    response = client.post(PAGE, form(client))
    assert response.status_code == 422
    assert Herverdeling.objects.count() == 0


def test_anonymous_is_sent_to_the_login(client):
    for response in (client.get(PAGE), client.post(PAGE)):
        assert response.url.startswith("/account/login/")


def test_a_token_that_lacks_is_refused(supervisor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    assert strict.post(PAGE, {"persons": "1"}).status_code == 403


def test_only_municipalities_of_the_half_year_can_be_chosen(typist):
    assert "Vianen" in words(typist.get("/2018-2/cijfers/herverdelingen/"))
    assert "Vianen" not in words(typist.get(PAGE))


def test_a_period_that_is_none_is_not_found(typist):
    assert typist.get("/2022-9/cijfers/herverdelingen/").status_code == 404


def test_a_closed_half_year_asks_for_a_note(typist, supervisor):
    deliver(by=supervisor, municipality=Municipality.objects.get(code="GM1581"), realisatie=19)
    response = typist.post(PAGE, form(typist))
    assert response.status_code == 422
    assert "2022-1 is gesloten voor Utrechtse Heuvelrug. Geef een reden voor de correctie." in words(response)
    assert Herverdeling.objects.count() == 0
    assert typist.post(PAGE, form(typist, note="Brief 12-AB")).status_code == 302
