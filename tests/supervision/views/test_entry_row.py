"""One row of the grid saved by htmx: works; a colleague; another province; who may only look; bad input."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.figures import figures_in_force
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.screens.grid import grid_form
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver
from tests.supervision.views.grid_page import REASON, Sheet, address, words

CITY, LOPIK, HOUTEN = "GM0344", "GM0331", "GM0321"


@pytest.fixture(autouse=True)
def figures(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    lopik = Municipality.objects.get(code=LOPIK)
    deliver(by=supervisor, municipality=lopik, taakstelling=8, achterstand=-2, realisatie=7)


@pytest.fixture
def typist(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


@pytest.fixture
def colleague(utrecht: Province) -> Client:
    client = Client()
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=utrecht))
    return client


def realisation(code: str) -> int | None:
    municipality = Municipality.objects.get(code=code)
    in_force = figures_in_force(province=municipality.province, period=FIRST_HALF_OF_2022)
    figure = in_force.get((municipality.pk, Kind.REALISATION))
    return figure.persons if figure else None


def test_a_row_is_saved_and_comes_back_with_what_follows_from_it(typist):
    response = Sheet.opened(typist).type(r_GM0331="9").send_row(LOPIK)
    assert response.status_code == 200
    assert realisation(LOPIK) == 9
    content = response.content.decode()
    # A parser drops the tags of a table that come behind anything else.
    assert content.lstrip().startswith(f'<tbody id="rij-{LOPIK}" class="row--saved"')
    assert "<html" not in content
    text = words(response)
    assert "Opgeslagen om" in text
    assert "−3" in text
    for part in ("kop", "totaal", "laatste-leveringen"):
        assert f'id="{part}" hx-swap-oob="innerHTML"' in content
    assert "<title>Cijfers 2022-1 – Trede</title>" in content
    assert "Provincie Utrecht 169 211 0 380 177 203" in text
    assert "Lopik; Sam de Vries" in text


def test_only_this_row_is_saved_though_the_whole_form_goes_along(typist):
    Sheet.opened(typist).type(r_GM0331="9", r_GM0321="43").send_row(LOPIK)
    assert (realisation(LOPIK), realisation(HOUTEN)) == (9, None)


def test_of_a_whole_page_only_what_was_typed_is_read(typist, utrecht):
    sheet = Sheet.opened(typist).type(r_GM0331="9", s_GM0321="0")
    sent = QueryDict(urlencode(sheet.fields))
    form = grid_form(sent, province=utrecht, period=FIRST_HALF_OF_2022, today=date(2022, 9, 8))
    assert form.rows.keys() == {LOPIK, HOUTEN}
    assert len(form.codes) == 26


def test_the_row_that_came_back_can_be_typed_in_again(typist):
    sheet = Sheet.opened(typist).type(r_GM0331="9")
    saved = Sheet(typist, sheet.send_row(LOPIK))
    sheet.fields |= saved.fields
    assert sheet.type(r_GM0331="10").send_row(LOPIK).status_code == 200
    assert realisation(LOPIK) == 10


def test_the_finding_and_the_totals_know_what_is_wrong_in_other_rows(typist):
    response = Sheet.opened(typist).type(r_GM0331="9", r_GM0344="1O").send_row(LOPIK)
    assert response.status_code == 200
    text = words(response)
    assert "bij Utrecht klopt er 1 niet" in text
    assert "<title>Fout: Cijfers 2022-1 – Trede</title>" in response.content.decode()
    assert response.context["grid"].totals.realisation == 9


def test_a_clash_in_another_row_stays_in_sight(typist, colleague):
    sheet = Sheet.opened(typist).type(r_GM0344="170", r_GM0331="9")
    Sheet.opened(colleague).type(r_GM0344="171").send()
    response = sheet.send_row(LOPIK)
    assert response.status_code == 200
    assert "bij Utrecht koos uw collega anders" in words(response)


def test_the_second_of_two_on_a_row_is_asked_in_the_row(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0331="13").send_row(LOPIK)
    response = mine.type(r_GM0331="12", t_GM0331="9").send_row(LOPIK)
    assert response.status_code == 409
    assert f'<tbody id="rij-{LOPIK}" class="row--clash"' in response.content.decode()
    assert "12 van u 13 van uw collega (Sam de Vries" in words(response)
    assert realisation(LOPIK) == 13
    [clash] = response.context["row"].clashes
    own = Sheet(typist, response)
    assert own.send_row(LOPIK, kies=clash.choose_own, reden=REASON).status_code == 200
    assert realisation(LOPIK) == 12


def test_what_is_wrong_stays_as_typed_beside_its_sentence(typist):
    response = Sheet.opened(typist).type(r_GM0331="12,5", t_GM0331="9").send_row(LOPIK)
    assert response.status_code == 422
    assert Sheet(typist, response).fields["r-GM0331"] == "12,5"
    assert "12,5 is geen heel getal: personen zijn hele personen." in words(response)
    assert realisation(LOPIK) == 7
    assert Figure.objects.latest("pk").kind == Kind.TAAKSTELLING
    # Who left the row is typing elsewhere by now.
    assert "autofocus" not in response.content.decode()


def test_a_row_without_changes_saves_nothing(typist):
    before = Delivery.objects.count()
    assert Sheet.opened(typist).send_row(LOPIK).status_code == 200
    assert Delivery.objects.count() == before


def test_a_token_that_lacks_is_refused(supervisor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    assert strict.post(address(LOPIK), {"r-GM0331": "9"}, headers={"HX-Request": "true"}).status_code == 403
    assert realisation(LOPIK) == 7


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("GM9999", "geen gemeente"),
        ("GM0202", "geen gemeente"),
        ("gm0331", "geen gemeente"),
        ("GM0620", "bestond in 2022-1 niet meer"),
        ("x", "geen gemeente"),
    ],
)
def test_a_municipality_that_has_no_row_is_not_found(typist, code, why):
    before = Figure.objects.count()
    sheet = Sheet.opened(typist)
    for response in (sheet.send_row(code, **{f"r-{code}": "9"}), typist.get(address(code))):
        assert response.status_code == 404
        assert why in words(response)
    assert Figure.objects.count() == before


def test_a_municipality_that_was_not_there_yet_is_not_found(typist):
    assert "bestond in 2018-2 nog niet" in words(typist.post(address("GM1961", period="2018-2"), {"r-GM1961": "9"}))


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_saves_no_row(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    response = client.post(address(LOPIK), {"r-GM0331": "9"}, headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert realisation(LOPIK) == 7


def test_another_province_has_no_such_row(client):
    client.force_login(make_user(province=Province.objects.get(code="PV25")))
    response = client.post(address(LOPIK), {"r-GM0331": "9"}, headers={"HX-Request": "true"})
    assert response.status_code == 404
    assert realisation(LOPIK) == 7


def test_anonymous_is_sent_to_the_login(client):
    assert client.post(address(LOPIK), {"r-GM0331": "9"}).url.startswith("/account/login/")


def test_without_htmx_the_address_of_a_row_leads_to_the_row_in_the_grid(typist):
    for response in (typist.get(address(LOPIK)), typist.post(address(LOPIK), {"r-GM0331": "9"})):
        assert response.status_code == 302
        assert response.url == f"{address()}#rij-{LOPIK}"
    assert realisation(LOPIK) == 7


def test_a_row_takes_few_queries_however_many_municipalities_have_figures(
    typist, utrecht, supervisor, django_assert_max_num_queries
):
    sheet = Sheet.opened(typist)
    with django_assert_max_num_queries(20) as few:
        sheet.type(r_GM0331="9").send_row(LOPIK)
    for municipality in Municipality.objects.filter(province=utrecht).existing(on=FIRST_HALF_OF_2022.start):
        deliver(by=supervisor, municipality=municipality, overrules=True, taakstelling=5, achterstand=1, realisatie=4)
    sheet = Sheet.opened(typist)
    with django_assert_max_num_queries(20) as many:
        sheet.type(r_GM0331="9").send_row(LOPIK)
    assert len(few) == len(many)
