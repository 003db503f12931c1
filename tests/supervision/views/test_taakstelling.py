"""A later version of the taakstelling: for all, for one, refused; a lezer; another province; two at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from letters.figures import Obstacle, case_of
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.figures import assess_municipality
from supervision.models import Delivery, Figure, Herverdeling
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import deliver
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.grid_page import Sheet
from tests.supervision.views.page import title, words

PAGE = "/2022-2/cijfers/taakstelling/"
NOW = Period(2022, 2)
LETTER = "Brief van 15 september 2022"


@pytest.fixture
def announced(within_utrecht: Province, supervisor: User) -> None:
    """What was announced of 2022-2 for three municipalities, from its first day on."""
    for code, persons in {"GM0344": 275, "GM0307": 90, "GM0321": 29}.items():
        deliver(by=supervisor, municipality=Municipality.objects.get(code=code), period=NOW, taakstelling=persons)


def form(client: Client, address: str = PAGE, **typed: str) -> dict[str, str]:
    """The page as it is opened, with the announcement of 15 September and what is typed: `GM0344="250"`."""
    fields = Sheet(client, client.get(address)).fields | {"aangekondigd": "2022-09-15", "document": LETTER}
    return fields | {f"t-{code}" if code.startswith("GM") else code: text for code, text in typed.items()}


def taakstelling_of(code: str, period: Period = NOW) -> int | None:
    municipality = Municipality.objects.get(code=code)
    with scope(province=municipality.province):
        return assess_municipality(municipality=municipality, period=period).opgave.taakstelling


def test_the_page_begins_with_what_is_in_force(announced: None, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Taakstelling wijzigen 2022-2 – Trede"
    assert "Utrecht 275" in text
    assert "Samen 394" in text
    assert "Vanaf 1 juli 2022: 275 personen in 1 gemeente geen document opgegeven" in text
    fields = Sheet(staff, response).fields
    assert (fields["t-GM0344"], fields["t-GM0355"]) == ("275", "")


def test_a_lowered_taakstelling_for_all_is_one_delivery(announced: None, staff: Client) -> None:
    before = Delivery.objects.count()
    response = staff.post(PAGE, form(staff, GM0344="200", GM0307="66", GM0321="21"), follow=True)
    assert response.redirect_chain == [("/2022-2/cijfers/", 302)]
    assert "De taakstelling 2022-2 van 3 gemeenten is gewijzigd: samen van 394 naar 287 (−107)." in words(response)
    assert Delivery.objects.count() == before + 1
    delivery = Delivery.objects.latest("pk")
    assert (delivery.document, delivery.way) == (LETTER, Delivery.Way.TYPED)
    assert {figure.as_of for figure in delivery.figures.all()} == {date(2022, 9, 15)}
    assert [taakstelling_of(code) for code in ("GM0344", "GM0307", "GM0321")] == [200, 66, 21]
    text = words(staff.get(PAGE))
    assert "Vanaf 15 september 2022: 287 personen in 3 gemeenten Brief van 15 september 2022" in text
    assert "Utrecht 200 sinds 15 september 2022" in text


def test_one_municipality_changes_and_the_others_keep_what_they_have(announced: None, staff: Client) -> None:
    response = staff.post(PAGE, form(staff, GM0344="250", GM0307=""), follow=True)
    assert "De taakstelling 2022-2 van Utrecht is gewijzigd: van 275 naar 250 (−25)." in words(response)
    assert Delivery.objects.latest("pk").figures.count() == 1
    assert [taakstelling_of(code) for code in ("GM0344", "GM0307", "GM0321")] == [250, 90, 29]


def test_a_municipality_without_one_gets_its_first(announced: None, staff: Client) -> None:
    staff.post(PAGE, form(staff, GM0355="48"))
    assert taakstelling_of("GM0355") == 48


def test_what_is_announced_before_the_half_year_holds_from_its_first_day(announced: None, staff: Client) -> None:
    assert staff.post(PAGE, form(staff, GM0344="250", aangekondigd="2022-05-01")).status_code == 302
    assert Figure.objects.latest("pk").as_of == date(2022, 7, 1)
    assert taakstelling_of("GM0344") == 250


def test_the_letter_says_that_it_was_changed(dossier: Herverdeling, city: Municipality, staff: Client) -> None:
    address = "/2022-1/cijfers/taakstelling/"
    fields = form(staff, address, GM0344="180", aangekondigd="2022-03-26", reden="Brief kwam laat binnen")
    assert staff.post(address, fields).status_code == 302
    with scope(province=city.province):
        case = case_of(municipality=city, period=Period(2022, 1))
    assert not isinstance(case, Obstacle)
    assert (case.opgave.taakstelling, case.taakstelling_before) == (180, 203)


# -- refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"aangekondigd": ""}, "Vul in op welke dag de taakstelling is aangekondigd."),
        ({"aangekondigd": "gisteren"}, "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."),
        ({"aangekondigd": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"document": " "}, "Vul in in welk document dit staat."),
        ({"document": "x" * 201}, "200 tekens"),
        ({"GM0307": "-1"}, "Een taakstelling kan niet onder nul zijn."),
        ({"GM0307": "9O"}, "‘9O’ is geen getal. Bedoelde u 90?"),
        ({"GM0307": "1,5"}, "1,5 is geen heel getal: personen zijn hele personen."),
        ({"GM0307": "100000"}, "100.000 is te veel"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_kept(
    announced: None, staff: Client, typed: dict[str, str], sentence: str
) -> None:
    before = Delivery.objects.count()
    response = staff.post(PAGE, form(staff, **{"GM0344": "250"} | typed))
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response) == "Fout: Taakstelling wijzigen 2022-2 – Trede"
    assert Delivery.objects.count() == before
    fields = Sheet(staff, response).fields
    assert fields["t-GM0344"] == "250"
    assert fields["t-GM0307"] == typed.get("GM0307", "90")


def test_a_wrong_number_is_marked_where_it_stands(announced: None, staff: Client) -> None:
    sheet = Sheet(staff, staff.post(PAGE, form(staff, GM0307="9O")))
    assert sheet.attributes["t-GM0307"]["aria-invalid"] == "true"
    assert "aria-invalid" not in sheet.attributes["t-GM0344"]


def test_the_same_numbers_are_no_change(announced: None, staff: Client) -> None:
    response = staff.post(PAGE, form(staff))
    assert response.status_code == 422
    assert "Elke taakstelling is zoals zij al was: er is niets om op te slaan." in words(response)


def test_a_date_before_a_later_version_is_refused(announced: None, staff: Client) -> None:
    staff.post(PAGE, form(staff, GM0344="250", GM0307="80"))
    response = staff.post(PAGE, form(staff, GM0344="240", GM0307="70", aangekondigd="2022-08-01"))
    assert response.status_code == 422
    assert "en 1 andere geldt al een latere, van 15 september 2022: kies die dag of een latere." in words(response)
    assert taakstelling_of("GM0344") == 250


@pytest.mark.usefixtures("within_utrecht")
def test_a_closed_half_year_asks_for_a_reason(dossier: Herverdeling, staff: Client) -> None:
    address = "/2022-1/cijfers/taakstelling/"
    text = words(staff.get(address))
    assert "2022-1 is gesloten voor 4 gemeenten; daar heeft een correctie een reden nodig." in text
    response = staff.post(address, form(staff, address, GM0344="180", reden="Brief kwam laat binnen"))
    assert response.status_code == 302
    assert Delivery.objects.latest("pk").reason == "Brief kwam laat binnen"


def test_a_half_year_that_runs_has_no_field_for_a_reason(announced: None, staff: Client) -> None:
    assert "reden" not in Sheet(staff, staff.get(PAGE)).fields


# -- two at once --------------------------------------------------------------


def test_a_number_that_a_colleague_changed_meanwhile_is_asked_about(
    announced: None, staff: Client, supervisor: User
) -> None:
    mine = form(staff, GM0344="250", GM0307="80")
    colleague = browser_of(make_user())
    colleague.post(PAGE, form(colleague, GM0344="260"))
    response = staff.post(PAGE, mine)
    assert response.status_code == 409
    text = words(response)
    assert "maakte er intussen 260 van. Sla nog eens op om uw getal te laten gelden." in text
    assert (taakstelling_of("GM0344"), taakstelling_of("GM0307")) == (260, 80)
    assert title(response).startswith("Fout:")
    again = Sheet(staff, response).fields
    assert again["t-GM0344"] == "250"
    assert staff.post(PAGE, again).status_code == 302
    assert taakstelling_of("GM0344") == 250


def test_what_one_left_alone_is_left_to_the_colleague(announced: None, staff: Client) -> None:
    mine = form(staff, GM0307="80")
    colleague = browser_of(make_user())
    colleague.post(PAGE, form(colleague, GM0344="260"))
    assert staff.post(PAGE, mine).status_code == 302
    assert (taakstelling_of("GM0344"), taakstelling_of("GM0307")) == (260, 80)


# -- who ----------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_changes_no_taakstelling(announced: None, utrecht: Province, role: Role) -> None:
    client = browser_of(make_user(role=role, province=utrecht))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"aangekondigd": "2022-09-15"}).status_code == 403


def test_another_province_has_its_own(announced: None, stranger: Client) -> None:
    fields = form(stranger)
    assert "t-GM0344" not in fields
    assert stranger.post(PAGE, fields | {"t-GM0344": "1"}).status_code == 422
    assert taakstelling_of("GM0344") == 275


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_a_post_without_a_token_changes_nothing(announced: None, supervisor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert client.post(PAGE, {}).status_code == 403


@pytest.mark.parametrize("base", ["", "nep", "9" * 30, "-1", "0"])
def test_a_base_that_is_none_overrules_nobody(announced: None, staff: Client, base: str) -> None:
    fields = form(staff, GM0344="250") | {"t-GM0344-basis": base}
    assert staff.post(PAGE, fields).status_code == 409
    assert taakstelling_of("GM0344") == 275


# -- queries ------------------------------------------------------------------


def test_as_many_queries_for_more_municipalities(utrecht: Province, city: Municipality, supervisor: User) -> None:
    client = browser_of(supervisor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    deliver(by=supervisor, municipality=city, period=NOW, taakstelling=275)
    few = queries()
    for municipality in Municipality.objects.filter(province=utrecht, valid_to=None):
        deliver(by=supervisor, municipality=municipality, period=NOW, taakstelling=9, overrules=True)
    assert queries() == few <= 12
