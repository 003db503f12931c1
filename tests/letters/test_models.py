"""The letterhead: one per province, kept by its beheerder."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django_scopes import scope, scopes_disabled

from letters.models import Letterhead
from municipalities.models import Province
from municipalities.rights import Role
from tests.letters.factories import make_letterhead
from tests.municipalities.factories import make_province, make_superuser, make_user

WEB = "/beheer/letters/letterhead/"


@pytest.fixture
def gelderland(db: None) -> Province:
    return make_province(code="PV25", name="Gelderland")


def log_in(client: Client, role: str, province: Province) -> None:
    client.force_login(make_user(role=role, province=province))


def filled_in(**fields: str) -> dict[str, str]:
    return {
        "organisation": "Provincie Utrecht",
        "wordmark": "Provincie\nUtrecht",
        "authority": "Gedeputeerde Staten",
        **fields,
    }


def test_a_province_has_one_letterhead(within_utrecht: Province) -> None:
    make_letterhead(within_utrecht)
    with pytest.raises(ValidationError):
        make_letterhead(within_utrecht)


@pytest.mark.parametrize("empty", ["organisation", "wordmark", "authority"])
def test_the_database_refuses_a_letterhead_that_does_not_say_who_writes(empty: str, within_utrecht: Province) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(province=within_utrecht, **{**filled_in(), empty: ""})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("signatory_name", "→"),
        ("website", "https://www.provincie.example/"),
        ("website", "x"),
        ("email", "geen"),
        ("team", "日"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused(field: str, value: str, within_utrecht: Province) -> None:
    with pytest.raises(ValidationError) as refused:
        make_letterhead(within_utrecht, **{field: value})
    assert list(refused.value.message_dict) == [field]


def test_outside_a_province_no_letterhead_is_to_be_had(utrecht: Province) -> None:
    with pytest.raises(Exception, match="scope"):
        Letterhead.objects.first()


def test_a_beheerder_adds_and_changes_the_letterhead_of_the_own_province(
    client: Client, utrecht: Province, gelderland: Province
) -> None:
    with scope(province=gelderland):
        other = make_letterhead(gelderland, organisation="Provincie Gelderland")
    log_in(client, Role.BEHEERDER, utrecht)
    assert client.post(f"{WEB}add/", filled_in()).status_code == 302
    with scope(province=utrecht):
        own = Letterhead.objects.get()
    assert client.post(f"{WEB}{own.pk}/change/", filled_in(team="BEI")).status_code == 302
    with scope(province=utrecht):
        assert Letterhead.objects.get().team == "BEI"
    assert client.get(f"{WEB}add/").status_code == 403
    assert "Gelderland" not in client.get(WEB).content.decode()
    assert client.post(f"{WEB}{other.pk}/change/", filled_in(team="X")).status_code == 302
    with scope(province=gelderland):
        assert Letterhead.objects.get().team == "BEI"


def test_a_beheerder_sees_what_is_wrong_beside_the_field(client: Client, utrecht: Province) -> None:
    log_in(client, Role.BEHEERDER, utrecht)
    page = client.post(f"{WEB}add/", filled_in(signatory_name="naam →"))
    assert page.status_code == 200
    assert "Het teken ‘→’ kan niet in een brief staan." in page.content.decode()


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_others_do_not_come_near_it(role: str, client: Client, utrecht: Province) -> None:
    log_in(client, role, utrecht)
    assert client.get(WEB).status_code in (302, 403)


def test_the_technical_administrator_keeps_them_all(client: Client, utrecht: Province, gelderland: Province) -> None:
    with scopes_disabled():
        make_letterhead(gelderland, organisation="Provincie Gelderland")
    client.force_login(make_superuser())
    assert client.post(f"{WEB}add/", filled_in(province=str(utrecht.pk))).status_code == 302
    page = client.get(WEB).content.decode()
    assert "Provincie Utrecht" in page
    assert "Provincie Gelderland" in page
