"""The administration only looks at the ledger and the ladders."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.models import Delivery, Figure, Herverdeling, LadderPolicy
from tests.municipalities.factories import make_superuser, make_user
from tests.supervision.ledger import deliver

NAMES = [
    "carriedover",
    "decision",
    "delivery",
    "figure",
    "frozenhalfyear",
    "herverdeling",
    "ladderpolicy",
    "proposal",
]


@pytest.fixture
def beheerder(utrecht: Province) -> Client:
    client = Client()
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    return client


@pytest.mark.parametrize("name", NAMES)
def test_a_beheerder_looks(dossier: Herverdeling, beheerder: Client, name: str) -> None:
    assert beheerder.get(f"/beheer/supervision/{name}/").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_nobody_adds_changes_or_deletes(dossier: Herverdeling, beheerder: Client, name: str) -> None:
    assert beheerder.get(f"/beheer/supervision/{name}/add/").status_code == 403
    assert beheerder.post(f"/beheer/supervision/{name}/add/", {}).status_code == 403


@pytest.mark.parametrize("model", [Delivery, Figure, Herverdeling, LadderPolicy])
def test_one_row_is_shown_and_kept(
    within_utrecht: Province, dossier: Herverdeling, beheerder: Client, model: type
) -> None:
    row = model.objects.first()
    address = f"/beheer/supervision/{model._meta.model_name}/{row.pk}"
    assert beheerder.get(f"{address}/change/").status_code == 200
    assert beheerder.post(f"{address}/change/", {}).status_code == 403
    assert beheerder.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_the_technical_administrator_looks_too(dossier: Herverdeling, client: Client) -> None:
    client.force_login(make_superuser())
    for name in NAMES:
        assert client.get(f"/beheer/supervision/{name}/").status_code == 200


def test_the_ladders_lead_to_where_they_are_made(beheerder: Client, client: Client) -> None:
    address, link = "/beheer/supervision/ladderpolicy/", 'href="/beheer/beleidskader/"'
    assert link in beheerder.get(address).content.decode()
    client.force_login(make_superuser())
    assert link not in client.get(address).content.decode()


def test_another_province_is_not_shown(dossier: Herverdeling, db: None) -> None:
    client = Client()
    client.force_login(make_user(role=Role.BEHEERDER, province=Province.objects.get(code="PV25")))
    response = client.get("/beheer/supervision/figure/")
    assert response.context["cl"].result_count == 0


def test_a_toezichthouder_has_no_administration(dossier: Herverdeling, client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    assert client.get("/beheer/supervision/figure/").status_code in (302, 403)


@pytest.mark.parametrize("name", ["delivery", "figure"])
def test_as_many_queries_for_more_rows(
    utrecht: Province, city: Municipality, supervisor: User, beheerder: Client, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            beheerder.get(f"/beheer/supervision/{name}/")
        return len(captured)

    deliver(by=supervisor, municipality=city, taakstelling=100, realisatie=5)
    queries()
    few = queries()
    for municipality in Municipality.objects.filter(province=utrecht, valid_to=None)[:15]:
        deliver(by=supervisor, municipality=municipality, taakstelling=90, achterstand=1, overrules=True)
    assert queries() == few


def test_everything_of_the_ledger_is_registered_and_read_only() -> None:
    for model in (Delivery, Figure, Herverdeling, LadderPolicy):
        registered = admin.site.get_model_admin(model)
        assert not registered.can_be_added
        assert not registered.can_be_changed
