"""The overview: works; a lezer; another province; nobody; bad input; as many queries for more."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from openpyxl import load_workbook

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.models import Herverdeling, LadderPolicy, Proposal
from supervision.rules.opgave import Kind
from supervision.rules.period import Period, periods_between
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decide, propose
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, title, words

NOW = Period(2022, 1)
PAGE, WORKBOOK = "/2022-1/", "/2022-1/overzicht.xlsx"


def rows_of(response) -> list[str]:
    """The names in the table, in their order; the total too."""
    table = response.context["page"].table
    return [row.name for row in (*table.rows, *table.total_rows)]


def workbook_rows(response) -> dict[str, tuple]:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return {row[0]: row for row in sheet.iter_rows(values_only=True)}


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is read once in a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# -- works --------------------------------------------------------------------


def test_home_leads_to_the_half_year_that_was_closed_last(dossier: Herverdeling, staff: Client) -> None:
    assert staff.get("/").headers["Location"] == "/2022-1/"


def test_home_of_a_province_without_figures_leads_to_this_half_year(staff: Client) -> None:
    location = staff.get("/").headers["Location"]
    assert staff.get(location).status_code == 200


def test_the_page_shows_the_dossiers_row(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Overzicht 2022-1 – Trede"
    assert "Utrecht 2 171 +1 204 375 168 82% 45% 207 3 ↑ omhoog" in text
    assert "Utrechtse Heuvelrug 2 11 −1 28 39 19 68% 49% 20 2" in text
    assert "Houten 2 13 29 42 44 152% 105% −2 1 ↓ omlaag" in text


def test_the_finding_the_treden_and_the_map(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(PAGE))
    assert (
        "3 van de 26 gemeenten hebben een achterstand; 1 gemeente gaat een trede omhoog; van 22 ontbreken cijfers."
        in text
    )
    assert "Peildatum 1 juli 2022. Advies volgens Beleidskader Interbestuurlijk Toezicht 2021–2024." in text
    assert "Actief toezicht omhoog: Utrecht 1 +1" in text
    assert "Op trede 4, 5 en 6 staat geen gemeente." in text
    assert "Utrecht heeft 207 van de 307 personen achterstand" in text
    assert "Vijfheerenlanden geen trede –" in text


def test_what_is_to_do(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert "22 taakstellingen ontbreken" in text
    assert "25 taakstellingen ontbreken 2022-2: Amersfoort, Baarn, Bunnik, Bunschoten en 21 andere." in text
    assert "1 verschil met COA te verklaren Een andere opening dan het eind van 2021-2: Amersfoort." in text
    assert {"/2022-1/cijfers/", "/2022-2/cijfers/", "/2022-1/cijfers/verschillen/"} <= set(links(response))


def test_the_running_half_year(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(PAGE))
    assert (
        "Lopend halfjaar 2022-2 Op 7 juli 2022 waren 15 van de 482 personen gehuisvest, 1 minder dan de norm. "
        "Geteld in 1 van de 26 gemeenten. Bekijk 2022-2"
    ) in text


def test_the_notes_say_what_the_numbers_do_not(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(PAGE))
    assert "Amersfoort noot a" in text
    assert "Amersfoort 50 in plaats van 52 (niet verklaard). COA is leidend. Bekijk de verschillen" in text
    assert (
        "2022-1 is op 4 juli 2022 gesloten voor 4 van de 26 gemeenten: daar heeft een correctie een reden nodig."
        in text
    )
    assert "Provincie: 307 personen achterstand bij 3 gemeenten, 2 voorsprong bij 1." in text
    assert "Laatste levering: Getypt, vastgelegd op 8 september 2022, 14.00 uur door" in text
    assert "Het totaal is zonder Baarn, Bunnik, " in text


def test_the_table_is_sorted_filtered_and_searched_by_its_address(dossier: Herverdeling, staff: Client) -> None:
    assert rows_of(staff.get(PAGE))[:4] == ["Utrecht", "Amersfoort", "Utrechtse Heuvelrug", "Houten"]
    assert rows_of(staff.get(f"{PAGE}?toon=achterstand&sorteer=achterstand_eind")) == [
        "Utrechtse Heuvelrug",
        "Amersfoort",
        "Utrecht",
        "Totaal van 4",
    ]
    assert rows_of(staff.get(f"{PAGE}?toon=omlaag")) == ["Houten", "Totaal van 4"]
    assert rows_of(staff.get(f"{PAGE}?zoek=UTRECHT&sorteer=-gemeente"))[:2] == ["Utrechtse Heuvelrug", "Utrecht"]


def test_searching_keeps_the_order_and_the_filter(dossier: Herverdeling, staff: Client) -> None:
    page = staff.get(f"{PAGE}?toon=achterstand&sorteer=gemeente&zoek=utr").content.decode()
    assert '<input type="hidden" name="sorteer" value="gemeente">' in page
    assert '<input type="hidden" name="toon" value="achterstand">' in page
    assert 'value="utr"' in page


def test_a_half_year_that_runs_has_no_advice(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get("/2022-2/")
    text = words(response)
    assert "Loopt nog: de peildatum is 1 januari 2023. Er is nog geen advies, wel een prognose." in text
    assert "De treden over 2022-1" in text
    assert "Realisatie tot nu toe" in text
    assert "Nog te huisvesten" in text
    assert "Advies trede" not in text
    assert "Op 7 juli 2022 waren 15 van de 482 personen gehuisvest" in text
    assert "Nodig per week opgeteld over de gemeenten 19" in text
    assert "Prognose trede" in text
    assert "Open een gemeente voor de bandbreedte en de berekening." in text


def test_a_half_year_without_figures_says_what_to_do(dossier: Herverdeling, staff: Client, reader: Client) -> None:
    response = staff.get("/2023-1/")
    assert "Van 2023-1 zijn nog geen cijfers." in words(response)
    assert "/2023-1/cijfers/" in links(response)
    assert "Een toezichthouder of beheerder kan ze invoeren." in words(reader.get("/2023-1/"))


def test_a_half_year_without_a_policy_has_no_trede(city: Municipality, supervisor: User, staff: Client) -> None:
    deliver(by=supervisor, municipality=city, period=Period(2020, 2), taakstelling=132, achterstand=64, realisatie=117)
    text = words(staff.get("/2020-2/"))
    assert "Voor dit halfjaar is geen beleidskader vastgelegd; daarom is er geen trede." in text
    assert "Alleen Utrecht heeft een achterstand: 79 personen" in text
    assert "Advies trede" not in text


def test_municipalities_that_ended_make_the_map_a_list(utrecht: Province, staff: Client, supervisor: User) -> None:
    """Vianen was there until 1 January 2019, and has no place on the map of today."""
    with scope(province=utrecht):
        LadderPolicy.objects.update(valid_from=Period(2018, 1))
    vianen = Municipality.objects.get(code="GM0620")
    deliver(by=supervisor, municipality=vianen, period=Period(2018, 2), taakstelling=10, achterstand=0, realisatie=4)
    response = staff.get("/2018-2/")
    assert response.context["page"].trede_map.tiles == ()
    assert "trede 2 Vianen" in words(response)


def test_when_all_is_there_nothing_is_to_do(utrecht: Province, supervisor: User, staff: Client) -> None:
    for municipality in Municipality.objects.filter(province=utrecht).existing(on=NOW.start):
        deliver(
            by=supervisor, municipality=municipality, period=NOW.previous, taakstelling=9, achterstand=0, realisatie=9
        )
        deliver(by=supervisor, municipality=municipality, taakstelling=10, achterstand=0, realisatie=11)
    assert "26 besluiten open 26 moeten nog worden voorgesteld." in words(staff.get(PAGE))
    with scope(province=utrecht):
        for municipality in Municipality.objects.filter(province=utrecht).existing(on=NOW.start):
            propose(supervisor, municipality)
        decide(make_user(role=Role.VASTSTELLER, province=utrecht), *Proposal.objects.all())
    text = words(staff.get(PAGE))
    assert "Niets: de cijfers van 2022-1 zijn er allemaal, en er is geen besluit open." in text
    assert "Geen van de 26 gemeenten heeft een achterstand; geen gemeente gaat een trede omhoog." in text
    assert "Geen enkele gemeente heeft een achterstand" in text
    assert "Provincie Utrecht" in text


# -- the workbook -------------------------------------------------------------


def test_the_workbook_has_this_province_only(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(WORKBOOK)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="overzicht-2022-1-utrecht.xlsx"'
    rows = workbook_rows(response)
    assert rows["Utrecht"][3:] == (171, 203, 1, 204, 375, 168, 0.82, 0.45, 207, 3, None)
    assert len(rows) == 28


def test_the_workbook_of_a_half_year_without_figures(staff: Client) -> None:
    assert staff.get("/2015-1/overzicht.xlsx").status_code == 200


# -- who ----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", PAGE, WORKBOOK])
def test_nobody_is_sent_to_the_login(nobody: Client, address: str) -> None:
    response = nobody.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/login/?next={address}"


def test_a_lezer_sees_the_page_and_no_way_to_type(dossier: Herverdeling, reader: Client) -> None:
    response = reader.get(PAGE)
    assert response.status_code == 200
    tasks = response.context["page"].tasks
    assert [task.url for task in tasks if "ontbreken" in task.label][:2] == [
        "?toon=ontbreekt#alle",
        "?toon=ontbreekt#alle",
    ]
    assert "/2022-2/?toon=ontbreekt#alle" in [task.url for task in tasks]
    assert reader.get(WORKBOOK).status_code == 200


def test_a_stranger_sees_the_own_province(dossier: Herverdeling, stranger: Client) -> None:
    response = stranger.get(PAGE)
    assert "Van 2022-1 zijn nog geen cijfers." in words(response)
    assert "Utrechtse Heuvelrug" not in words(response)
    rows = workbook_rows(stranger.get(WORKBOOK))
    assert "Arnhem" in rows
    assert "Utrecht" not in rows


# -- bad input ----------------------------------------------------------------


@pytest.mark.parametrize("period", ["2022-3", "2022", "1e-9", "2022-1x", "22-1", "0000-1", "1-1-2022"])
def test_what_is_no_half_year_is_not_found(staff: Client, period: str) -> None:
    response = staff.get(f"/{period}/")
    assert response.status_code == 404
    assert "is geen halfjaar. Schrijf bijvoorbeeld 2022-1 of 2022-2." in words(response)


@pytest.mark.parametrize("edge", ["1995-1", "2099-2"])
def test_the_first_and_the_last_half_year(staff: Client, edge: str) -> None:
    assert staff.get(f"/{edge}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sorteer=bla", "Op ‘bla’ kunt u niet sorteren. De tabel staat op trede."),
        ("toon=bla", "‘bla’ kunt u niet tonen. U ziet alle gemeenten."),
        ("zoek=xyz", "Geen gemeente gevonden met ‘xyz’. Toon alle gemeenten"),
        ("zoek=%00%00", "Cijfers en trede per gemeente"),
        ("toon=omlaag&zoek=utrecht", "Er zijn geen gemeenten met ‘utrecht’ in de naam om hier te tonen."),
        ("zoek=" + "a" * 3000, "Geen gemeente gevonden"),
    ],
)
def test_an_address_that_asks_too_much_gets_an_answer(
    dossier: Herverdeling, staff: Client, query: str, sentence: str
) -> None:
    response = staff.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert sentence in words(response)


def test_what_is_typed_is_shown_as_text(dossier: Herverdeling, staff: Client) -> None:
    page = staff.get(f"{PAGE}?zoek=<script>alert(1)</script>&toon=<b>").content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


# -- queries ------------------------------------------------------------------


def test_as_many_queries_for_more_municipalities_and_half_years(
    utrecht: Province, supervisor: User, staff: Client
) -> None:
    def record(periods: list[Period], municipalities: list[Municipality]) -> None:
        for period in periods:
            actions.record_figures(
                by=supervisor,
                province=utrecht,
                period=period,
                entries=[
                    actions.Entry(municipality=each, kind=kind, persons=10, overrules=True)
                    for each in municipalities
                    for kind in Kind
                ],
                now=NOON,
            )

    everybody = list(Municipality.objects.filter(province=utrecht).existing(on=NOW.start))
    record([NOW], everybody[:2])
    few = queries_of(staff, PAGE)
    record(periods_between(Period(2019, 1), NOW.next), everybody)
    assert queries_of(staff, PAGE) == few <= 12
    assert queries_of(staff, WORKBOOK) <= 10


def test_a_half_year_that_runs_is_foreseen_without_a_query_for_each(
    dossier: Herverdeling, utrecht: Province, supervisor: User, staff: Client
) -> None:
    def record(period: Period, numbers: dict[Kind, int], as_of: date | None = None) -> None:
        entries = [
            actions.Entry(municipality=each, kind=kind, persons=persons, as_of=as_of, overrules=True)
            for each in Municipality.objects.filter(province=utrecht).existing(on=NOW.next.start)
            for kind, persons in numbers.items()
        ]
        actions.record_figures(
            by=supervisor, province=utrecht, period=period, entries=entries, now=NOON, reason="Hertelling"
        )

    few = queries_of(staff, "/2022-2/")
    for period in (NOW.previous, NOW):
        record(period, {Kind.TAAKSTELLING: 20, Kind.ACHTERSTAND: 5, Kind.REALISATION: 19})
    record(NOW.next, {Kind.TAAKSTELLING: 30})
    record(NOW.next, {Kind.REALISATION: 7}, as_of=date(2022, 8, 1))
    text = words(staff.get("/2022-2/"))
    assert "Prognose trede" in text
    # In 21 weeks and 6 days: 25 municipalities have 28 or 29 to go, which is 2 a week; Utrecht has 230, which is 11.
    assert "Nodig per week opgeteld over de gemeenten 61" in text
    assert queries_of(staff, "/2022-2/") == few
