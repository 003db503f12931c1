"""The administration looks at workbooks and layouts, and leads to the page where a workbook is read."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from municipalities.rights import Role
from supervision.actions.workbooks import confirm_workbook
from supervision.models import Delivery, LayoutProfile, WorkbookImport
from tests.municipalities.factories import make_superuser, make_user
from tests.supervision.ledger import NOON
from tests.supervision.workbook_files import give


@pytest.fixture
def imported(within_utrecht, supervisor):
    given = give(by=supervisor, province=within_utrecht)
    confirm_workbook(by=supervisor, workbook=given.workbook, now=NOON, confirms_all=True)
    return given.workbook


@pytest.fixture
def beheerder(utrecht):
    client = Client()
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    return client


@pytest.mark.parametrize("model", [WorkbookImport, LayoutProfile])
def test_a_row_is_shown_and_kept(imported, beheerder, model):
    row = model.objects.get()
    address = f"/beheer/supervision/{model._meta.model_name}/"
    assert beheerder.get(address).status_code == 200
    assert beheerder.get(f"{address}{row.pk}/change/").status_code == 200
    assert beheerder.post(f"{address}{row.pk}/change/", {}).status_code == 403
    assert beheerder.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert beheerder.get(f"{address}add/").status_code == 403
    registered = admin.site.get_model_admin(model)
    assert not registered.can_be_changed


def test_a_delivery_leads_to_its_workbook(imported, beheerder):
    delivery = Delivery.objects.get()
    page = beheerder.get(f"/beheer/supervision/delivery/{delivery.pk}/change/").content.decode()
    assert f'href="/leveringen/{delivery.pk}/werkboek/"' in page
    assert f'href="/beheer/supervision/workbookimport/{imported.pk}/change/"' in page


def test_the_deliveries_lead_to_reading_a_workbook(imported, beheerder):
    assert 'href="/2022-1/cijfers/werkboek/"' in beheerder.get("/beheer/supervision/delivery/").content.decode()


def test_a_technical_administrator_without_a_province_is_led_nowhere(imported, client):
    client.force_login(make_superuser())
    page = client.get("/beheer/supervision/delivery/")
    assert page.status_code == 200
    assert "Werkboek inlezen" not in page.content.decode()
    assert client.get(f"/beheer/supervision/delivery/{Delivery.objects.get().pk}/change/").status_code == 200
