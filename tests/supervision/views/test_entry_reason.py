"""Corrections of a closed half-year in the grid: asked for a reason once, nothing lost meanwhile, and the reason is told."""

import re

import pytest
from django.test import Client

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.figures import figures_in_force
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver
from tests.supervision.views.grid_page import Sheet, address, words

CITY, LOPIK, HOUTEN = "GM0344", "GM0331", "GM0321"
SAID = "2022-1 is op 8 september 2022 gesloten voor Lopik en Utrecht: daar heeft een correctie een reden nodig."
REFUSED = "2022-1 is gesloten voor Lopik. Geef een reden voor de correctie."


@pytest.fixture(autouse=True)
def figures(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    """Utrecht and Lopik are closed; Houten has no realisatie."""
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    lopik, houten = (Municipality.objects.get(code=code) for code in (LOPIK, HOUTEN))
    deliver(by=supervisor, municipality=lopik, taakstelling=8, achterstand=-2, realisatie=7)
    deliver(by=supervisor, municipality=houten, taakstelling=29)


@pytest.fixture
def typist(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def realisation(code: str) -> int | None:
    municipality = Municipality.objects.get(code=code)
    in_force = figures_in_force(province=municipality.province, period=FIRST_HALF_OF_2022)
    figure = in_force.get((municipality.pk, Kind.REALISATION))
    return figure.persons if figure else None


def compact(html: str) -> str:
    return re.sub(r">\s+", ">", html)


def test_the_page_says_for_whom_the_half_year_is_closed_and_since_when(typist):
    response = typist.get(address())
    assert SAID in words(response)
    assert Sheet(typist, response).attributes["reden"]["aria-describedby"] == "reden-hint reden-fout"


def test_a_half_year_that_is_closed_for_nobody_asks_for_no_reason(typist):
    assert "reden" not in Sheet.opened(typist, period="2021-2").fields


def test_who_only_looks_is_not_asked_for_a_reason(client, utrecht):
    client.force_login(make_user(role=Role.LEZER, province=utrecht))
    assert "reden" not in Sheet.opened(client).fields


def test_a_whole_form_without_a_reason_is_kept_as_typed_and_nothing_is_saved(typist):
    before = Figure.objects.count()
    response = Sheet.opened(typist).type(r_GM0331="9", r_GM0321="43", reden=" ").send()
    assert response.status_code == 422
    text = words(response)
    assert text.startswith("Fout: Cijfers 2022-1")
    assert REFUSED in text
    assert "Er is nog niets opgeslagen: geef een reden voor de correctie." in text
    assert "Lopik is nog niet opgeslagen: geef boven de tabel een reden." in text
    assert "Houten is nog niet opgeslagen" not in text
    again = Sheet(typist, response)
    assert (again.fields["r-GM0331"], again.fields["r-GM0321"]) == ("9", "43")
    assert again.attributes["reden"]["aria-invalid"] == "true"
    assert [name for name, each in again.attributes.items() if "autofocus" in each] == ["reden"]
    assert Figure.objects.count() == before

    assert again.type(reden="Hertelling COA").send().status_code == 302
    delivery = Delivery.objects.latest("pk")
    assert (delivery.reason, delivery.figures.count()) == ("Hertelling COA", 2)
    assert (realisation(LOPIK), realisation(HOUTEN)) == (9, 43)


def test_what_is_not_closed_is_saved_without_a_reason(typist):
    assert Sheet.opened(typist).type(r_GM0321="43", reden="").send().status_code == 302
    assert realisation(HOUTEN) == 43


def test_a_row_without_a_reason_waits_for_it(typist):
    sheet = Sheet.opened(typist).type(r_GM0331="9", reden="")
    response = sheet.send_row(LOPIK)
    assert response.status_code == 422
    content = response.content.decode()
    assert content.lstrip().startswith(f'<tbody id="rij-{LOPIK}" class="row--clash" data-lacks-reason')
    assert "Lopik is nog niet opgeslagen: geef boven de tabel een reden." in words(response)
    assert f'<div id="reden-fout" hx-swap-oob="innerHTML"><p><span class="vh">Fout: </span>{REFUSED}' in compact(
        content
    )
    # The field itself stays as it is: somebody may be typing in it.
    assert 'name="reden"' not in content
    assert "<title>Fout: " in content
    assert realisation(LOPIK) == 7

    sheet.fields |= Sheet(typist, response).fields | {"reden": "Hertelling"}
    saved = sheet.send_row(LOPIK)
    assert saved.status_code == 200
    assert "reden: Hertelling" in words(saved)
    assert '<div id="reden-fout" hx-swap-oob="innerHTML"></div>' in compact(saved.content.decode())
    assert realisation(LOPIK) == 9


def test_a_row_that_closes_the_half_year_brings_the_field_for_the_next_correction(typist):
    Delivery.objects.update(is_sample=True)
    sheet = Sheet.opened(typist)
    assert "reden" not in sheet.fields
    response = sheet.type(r_GM0321="43").send_row(HOUTEN)
    assert response.status_code == 200
    assert "gesloten voor Houten" in words(response)
    assert "reden" in Sheet(typist, response).fields


def test_a_page_from_before_the_closing_is_asked_too(typist, supervisor):
    Delivery.objects.update(is_sample=True)
    sheet = Sheet.opened(typist).type(t_GM0321="30")
    deliver(by=supervisor, municipality=Municipality.objects.get(code=HOUTEN), realisatie=43)
    response = sheet.send_row(HOUTEN)
    assert response.status_code == 422
    assert "reden" in Sheet(typist, response).fields
    assert "2022-1 is gesloten voor Houten. Geef een reden voor de correctie." in words(response)


def test_a_reason_is_told_with_the_figure_and_in_the_list_of_deliveries(typist):
    Sheet.opened(typist).type(r_GM0331="9", reden="Hertelling COA").send()
    assert "correctie: Hertelling COA" in words(typist.get(f"{address()}leveringen/"))
    assert "Hertelling COA" in words(typist.get(f"/2022-1/gemeenten/{LOPIK}/"))


@pytest.mark.parametrize("sent", ["x" * 400, "een\x00twee", "een\r\n twee"])
def test_any_reason_fits_on_one_line(typist, sent):
    assert Sheet.opened(typist).type(r_GM0331="9", reden=sent).send().status_code == 302
    reason = Delivery.objects.latest("pk").reason
    assert 0 < len(reason) <= 300
    assert reason.isprintable()


def test_a_clash_and_a_reason_that_lacks_are_both_told(typist, utrecht):
    mine = Sheet.opened(typist)
    colleague = Client()
    colleague.force_login(make_user(province=utrecht))
    Sheet.opened(colleague).type(r_GM0331="13").send()
    response = mine.type(r_GM0331="12", t_GM0344="204", reden="").send()
    assert response.status_code == 422
    text = words(response)
    assert "Realisatie Lopik is intussen gewijzigd." in text
    assert "2022-1 is gesloten voor Utrecht. Geef een reden voor de correctie." in text
