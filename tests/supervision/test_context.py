"""The bar: menu, half-years, and the way from one half-year to another."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.context import bar
from supervision.models import Herverdeling, LadderPolicy
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.municipalities.factories import make_superuser, make_user
from tests.supervision.ledger import NOON


@pytest.fixture
def shown(client: Client, supervisor: User):
    """What the bar of the page at an address is given."""
    client.force_login(supervisor)

    def open_page(address: str) -> dict[str, Any]:
        response = client.get(address)
        assert response.status_code == 200, address
        return bar(response.wsgi_request)

    return open_page


def test_the_menu_keeps_the_half_year(dossier: Herverdeling, shown) -> None:
    assert [(item.label, item.url, item.current) for item in shown("/2022-1/")["nav"]] == [
        ("Overzicht", "/2022-1/", "page"),
        ("Cijfers", "/2022-1/cijfers/", ""),
        ("Besluiten", "/2022-1/besluiten/", ""),
        ("Brieven", "/2022-1/brieven/", ""),
        ("Gemeenten", "/2022-1/gemeenten/", ""),
    ]


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/2022-1/gemeenten/", ["", "", "", "", "page"]),
        ("/2022-1/gemeenten/GM0344/", ["", "", "", "", "true"]),
        ("/2022-1/cijfers/", ["", "page", "", "", ""]),
        ("/2022-1/cijfers/leveringen/", ["", "true", "", "", ""]),
        ("/2022-1/besluiten/", ["", "", "page", "", ""]),
        ("/2022-1/besluiten/GM0344/", ["", "", "true", "", ""]),
        ("/2022-1/brieven/", ["", "", "", "page", ""]),
    ],
)
def test_the_menu_marks_where_one_is(dossier: Herverdeling, shown, address: str, marks: list[str]) -> None:
    assert [item.current for item in shown(address)["nav"]] == marks


def test_the_administration_is_in_the_menu_of_who_administers(client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    assert [item.label for item in bar(client.get("/2022-1/").wsgi_request)["nav"]][-1] == "Beheer"


def test_the_half_years_say_how_they_stand(dossier: Herverdeling, shown) -> None:
    periods = shown("/2022-1/")["periods"]
    assert [(str(item.period), item.note.replace("\u00a0", " ")) for item in periods] == [
        ("2023-1", "nog geen cijfers"),
        ("2022-2", "loopt"),
        ("2022-1", "peildatum 1 juli 2022"),
        ("2021-2", "peildatum 1 januari 2022"),
    ]


def test_a_half_year_outside_what_is_known_is_listed_too(dossier: Herverdeling, shown) -> None:
    found = shown("/2015-1/")
    assert (str(found["periods"][-1].period), found["periods"][-1].note) == ("2015-1", "geen cijfers")
    assert (found["previous_url"], found["next_url"]) == ("", "/2015-2/")


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("/2022-1/", "/2021-2/", "/2022-2/"),
        ("/2022-1/?sorteer=gemeente&toon=achterstand", "/2021-2/?sorteer=gemeente&toon=achterstand", None),
        ("/2022-1/gemeenten/GM0344/", "/2021-2/gemeenten/GM0344/", "/2022-2/gemeenten/GM0344/"),
        ("/2022-1/cijfers/leveringen/?bladzijde=1", "/2021-2/cijfers/leveringen/", "/2022-2/cijfers/leveringen/"),
        ("/2023-1/", "/2022-2/", ""),
        ("/2021-1/", "", "/2021-2/"),
    ],
)
def test_a_step_in_time_keeps_the_page(dossier: Herverdeling, shown, address: str, before: str, after: str) -> None:
    found = shown(address)
    assert found["previous_url"] == before
    if after is not None:
        assert found["next_url"] == after


def test_a_page_of_no_half_year_has_the_last_closed_one(dossier: Herverdeling, utrecht: Province, shown) -> None:
    with scope(province=utrecht):
        policy = LadderPolicy.objects.get()
    found = shown(f"/beleidskader/{policy.pk}/")
    assert str(found["period"]) == "2022-1"
    assert found["next_url"] == "/2022-2/"


def test_without_any_figure_there_is_a_half_year_too(utrecht: Province, shown) -> None:
    found = shown("/2022-1/")
    assert (str(found["period"]), found["previous_url"], found["next_url"]) == ("2022-1", "/2021-2/", "/2022-2/")


@pytest.mark.parametrize(("edge", "step"), [("1995-1", "previous_url"), ("2099-2", "next_url")])
def test_time_has_an_end(utrecht: Province, shown, edge: str, step: str) -> None:
    assert shown(f"/{edge}/")[step] == ""


def test_sample_figures_are_marked(utrecht: Province, city: Municipality, supervisor: User, shown) -> None:
    assert not shown("/2022-1/")["has_sample_figures"]
    actions.record_figures(
        by=supervisor,
        province=utrecht,
        period=Period(2022, 1),
        entries=[actions.Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=203)],
        now=NOON,
        is_sample=True,
    )
    assert shown("/2022-1/")["has_sample_figures"]


def test_the_bar_takes_one_query(dossier: Herverdeling, client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    request = client.get("/2022-1/").wsgi_request
    str(request.user)
    with CaptureQueriesContext(connection) as queries:
        bar(request)
    assert len(queries) == 1


def test_who_is_not_logged_in_has_no_bar(client: Client, db: None) -> None:
    assert bar(client.get("/account/login/").wsgi_request) == {}


def test_the_administration_has_its_own_head(client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    assert bar(client.get("/beheer/").wsgi_request) == {}


def test_a_technical_administrator_without_province_has_no_bar(client: Client, db: None) -> None:
    client.force_login(make_superuser())
    assert bar(client.get("/beheer/").wsgi_request) == {}


def test_a_part_of_a_page_needs_no_bar(dossier: Herverdeling, client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    assert bar(client.get("/2022-1/", headers={"HX-Request": "true"}).wsgi_request) == {}
    boosted = client.get("/2022-1/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert bar(boosted.wsgi_request) != {}


def test_a_page_that_is_not_found_keeps_the_bar(dossier: Herverdeling, client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    response = client.get("/2022-1/gemeenten/GM9999/")
    assert response.status_code == 404
    assert "Hoofdmenu" in response.content.decode()
