"""The page of a letter before there is one: works; who may; another province; no figures."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from letters.models import Letter
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Role
from supervision.models import Delivery
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver

PAGE = "/2022-1/gemeenten/GM0344/brief/"
MAKE = f"{PAGE}maken/"


@pytest.fixture(autouse=True)
def dossier(utrecht: Province, city: Municipality, supervisor: User) -> None:
    with scope(province=utrecht):
        make_letterhead(utrecht)
        record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def maker(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    """The page with ordinary spaces."""
    page = client.get(address)
    assert page.status_code == status, page.content.decode()[:500]
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def letters(province: Province) -> list[Letter]:
    with scope(province=province):
        return list(Letter.objects.all())


def test_the_page_shows_what_the_letter_would_say_and_makes_none(maker: Client, utrecht: Province) -> None:
    page = text(maker, PAGE)
    assert "<title> Toezichtbrief Utrecht 2022-1 – Trede </title>" in page
    assert "Opschaling van trede 2 naar trede 3." in page
    assert "Uw gemeente heeft de taakstelling niet gehaald en de achterstand is gegroeid." in page
    assert "171 + 203 + 1" in page
    assert "style=" not in page
    assert letters(utrecht) == []


def test_the_button_makes_one_concept_however_often_it_is_pressed(maker: Client, utrecht: Province) -> None:
    answers = [maker.post(MAKE) for _ in range(2)]
    [letter] = letters(utrecht)
    assert [answer["Location"] for answer in answers] == [f"/brieven/{letter.pk}/"] * 2
    assert maker.get(PAGE)["Location"] == f"/brieven/{letter.pk}/"


def test_the_address_of_the_button_leads_to_the_page(maker: Client, utrecht: Province) -> None:
    """As after logging in again."""
    assert maker.get(MAKE)["Location"] == PAGE
    assert letters(utrecht) == []


def test_a_forged_press_makes_nothing(supervisor: User, utrecht: Province) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    assert strict.post(MAKE).status_code == 403
    assert letters(utrecht) == []


def test_what_is_still_open_is_listed_and_marked(maker: Client, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    page = text(maker, PAGE)
    assert "<li>postadres van de gemeente</li>" in page
    assert "<mark>[nog in te vullen: postadres van de gemeente]</mark>" in page


def test_a_letter_with_voorbeeldcijfers_says_so_to_everybody(maker: Client, client: Client, utrecht: Province) -> None:
    said = "Voorbeeld: met voorbeeldcijfers"
    assert said not in text(maker, PAGE)
    with scope(province=utrecht):
        Delivery.objects.filter(figures__period=FIRST_HALF_OF_2022).update(is_sample=True)
    assert text(maker, PAGE).count(said) == 2
    client.force_login(make_user(role=Role.LEZER, province=utrecht))
    assert text(client, PAGE).count(said) == 2


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_reads_it_without_a_button(role: str, client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=role, province=utrecht))
    page = text(client, PAGE)
    assert "Uw gemeente heeft de taakstelling niet gehaald" in page
    assert "Concept maken" not in page
    refused = client.post(MAKE)
    assert refused.status_code == 403
    assert "Brieven maken mag alleen een toezichthouder of beheerder" in refused.content.decode()
    assert letters(utrecht) == []


@pytest.mark.parametrize("role", [Role.TOEZICHTHOUDER, Role.BEHEERDER])
def test_who_makes_letters_makes_one(role: str, client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=role, province=utrecht))
    assert client.post(MAKE).status_code == 302
    assert len(letters(utrecht)) == 1


def test_somebody_of_another_province_finds_nothing(client: Client) -> None:
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))
    assert "geen gemeente met de code" in text(client, PAGE, status=404)
    assert client.post(MAKE).status_code == 404


@pytest.mark.parametrize("address", [PAGE, MAKE])
def test_a_stranger_is_asked_to_log_in(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/2022-1/gemeenten/GM9999/brief/",
        "/2022-1/gemeenten/<script>/brief/",
        "/2022-1/gemeenten/GM0620/brief/",  # Vianen, which became Vijfheerenlanden in 2019
        "/2022-3/gemeenten/GM0344/brief/",
        "/0000-1/gemeenten/GM0344/brief/",
    ],
)
def test_what_is_not_there_is_not_found(address: str, maker: Client) -> None:
    text(maker, address, status=404)


def test_without_the_final_count_the_page_says_what_lacks(
    maker: Client, supervisor: User, city: Municipality, utrecht: Province
) -> None:
    deliver(by=supervisor, municipality=city, period=FIRST_HALF_OF_2022.next, realisatie=15, as_of=date(2022, 7, 7))
    said = "Over 2022-2 kan nog geen brief worden gemaakt: de realisatie tot de peildatum 1 januari 2023 ontbreekt."
    page = text(maker, PAGE.replace("2022-1", "2022-2"))
    assert said in page
    assert 'href="/2022-2/cijfers/"' in page
    answer = maker.post(MAKE.replace("2022-1", "2022-2"), follow=True)
    assert said in answer.content.decode().replace("\u00a0", " ")
    assert letters(utrecht) == []


def test_before_the_first_ladder_the_page_says_so(maker: Client, supervisor: User, city: Municipality) -> None:
    period = FIRST_HALF_OF_2022.back(6)
    deliver(by=supervisor, municipality=city, period=period, achterstand=1, taakstelling=2, realisatie=3)
    assert f"Voor {period} is er geen interventieladder van de provincie." in text(
        maker, PAGE.replace("2022-1", str(period))
    )
