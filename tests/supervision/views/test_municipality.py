"""The page of one municipality, its csv and the list of all: works; a lezer; another province; nobody; bad input; queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.models import Herverdeling
from supervision.rules.period import Period
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, title, words

NOW = Period(2022, 1)
PAGE, CSV, LIST = "/2022-1/gemeenten/GM0344/", "/2022-1/gemeenten/GM0344/cijfers.csv", "/2022-1/gemeenten/"


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is read once in a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# -- works --------------------------------------------------------------------


def test_the_page_says_where_it_stands_and_why(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Utrecht 2022-1, trede 3 – Trede"
    assert "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2." in text
    assert (
        "Trede 3, Actief toezicht, is het advies volgens Beleidskader Interbestuurlijk Toezicht 2021–2024. "
        "Met de herverdeling erbij (204) is het advies hetzelfde. Met 5 personen meer gehuisvest was het trede 2 gebleven."
    ) in text
    assert "Volgt uit trede 3 Verbeterplan, bestuurlijk overleg, actieve monitoring." in text
    assert "Waarom trede 3" in text
    assert "De achterstand (207) is hoger dan de taakstelling (203). geldt" in text
    assert "Postadres College van B&W, Postbus 16200, 3500 CE Utrecht" in text


def test_the_page_shows_the_sum_and_its_sources(dossier: Herverdeling, staff: Client, supervisor: User) -> None:
    text = words(staff.get(PAGE))
    assert "Taakstelling 2022-1 203 Stand van 1 januari 2022 Document niet opgegeven Hoe Getypt" in text
    assert f"Vastgelegd {supervisor}, 4 juli 2022, 10.12 uur" in text
    assert "+ Herverdeling van Utrechtse Heuvelrug 1" in text
    assert "= Totaalopgave 375 Berekend 203 + 1 + 171" in text
    assert "Realisatie taakstelling 168 van 204 82% Realisatie totaalopgave 168 van 375 45%" in text


def test_the_page_shows_the_half_years_and_the_next_one(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(PAGE))
    assert "Sinds 2021-2 groeide de achterstand van 171 naar 207; nu is zij hoger dan de taakstelling" in text
    assert "achterstand 171 207" in text
    assert "Lopend halfjaar 2022-2: 15 van de 482 gehuisvest, 1 minder dan de norm" in text


def test_the_page_draws_the_half_year_that_runs_against_the_norm(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    for day, persons in ((date(2022, 8, 4), 55), (date(2022, 9, 1), 178)):
        deliver(by=supervisor, municipality=city, period=NOW.next, as_of=day, realisatie=persons, overrules=True)
    for page in (PAGE, "/2022-2/gemeenten/GM0344/"):
        text = words(staff.get(page))
        assert "Utrecht loopt in 2022-2 voor op de norm" in text
        assert "Alleen de stand van 1 januari 2023 sluit het halfjaar." in text
        assert "1 sep 2022 178 161 +17 4 aug 2022 55 88 −33 7 jul 2022 15 16 −1" in text
    assert "norm" not in words(staff.get("/2021-2/gemeenten/GM0344/"))


def test_a_closed_half_year_opens_to_the_counts_within_it(staff: Client, supervisor: User, city: Municipality) -> None:
    deliver(by=supervisor, municipality=city, as_of=date(2022, 4, 1), realisatie=89)
    assert "89" in words(staff.get(PAGE))
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168, overrules=True)
    text = words(staff.get(PAGE))
    assert "Bekijk 2 standen van 2022-1" in text
    assert "1 jul 2022 168 374 −206 1 apr 2022 89 187 −98" in text
    assert "Verving" not in text


def test_the_page_leads_to_the_letter_the_figures_and_the_csv(dossier: Herverdeling, staff: Client) -> None:
    assert {f"{PAGE}brief/", "/2022-1/cijfers/", CSV, LIST} <= set(links(staff.get(PAGE)))


def test_a_half_year_that_runs_has_neither_trede_nor_letter(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get("/2022-2/gemeenten/GM0344/")
    text = words(response)
    assert "Op 7 juli 2022 waren 15 van de 482 personen gehuisvest, 1 minder dan de norm." in text
    assert (
        "De peildatum van 2022-2 is 1 januari 2023; tot dan is er geen advies. Over 2022-1 is het advies trede 3."
        in text
    )
    assert "Nog te huisvesten 467" in text
    assert "Waarom" not in text
    assert "/2022-2/gemeenten/GM0344/brief/" not in links(response)


def test_a_municipality_without_figures_says_what_lacks(dossier: Herverdeling, staff: Client, reader: Client) -> None:
    response = staff.get("/2022-1/gemeenten/GM0355/")
    text = words(response)
    assert "Nog geen advies: de taakstelling, de achterstand en de realisatie ontbreken." in text
    assert "Van Zeist is nog geen halfjaar afgesloten." in text
    assert "Ontbreekt Nog niet ingevoerd" in text
    typed_at = links(response).count("/2022-1/cijfers/")
    assert typed_at > links(reader.get("/2022-1/gemeenten/GM0355/")).count("/2022-1/cijfers/")


def test_one_person_that_decides_is_a_warning(staff: Client, city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, period=NOW.previous, taakstelling=9, achterstand=0, realisatie=9)
    deliver(by=supervisor, municipality=city, taakstelling=10, achterstand=0, realisatie=0)
    text = words(staff.get(PAGE))
    assert "Dit hangt van één persoon af. Met 1 persoon meer gehuisvest was het trede 2 geweest." in text


def test_a_municipality_that_came_from_others_says_so(staff: Client) -> None:
    text = words(staff.get("/2022-1/gemeenten/GM1961/"))
    assert "Herindeling Op 1 januari 2019 ontstaan uit Leerdam, Vianen en Zederik." in text


def test_a_municipality_that_ended_says_what_became_of_it(staff: Client) -> None:
    text = words(staff.get("/2018-2/gemeenten/GM0620/"))
    assert "Gemeente Vianen" in text
    assert "Op 1 januari 2019 opgegaan in Vijfheerenlanden." in text


def test_a_withdrawn_figure_is_marked(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    wrong = deliver(by=supervisor, municipality=city, realisatie=861, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON, reason="Verkeerde kolom")
    text = words(staff.get(PAGE))
    assert "Ingetrokken 861 (stand van 1 juli 2022; ingetrokken door" in text
    assert "Achterstand op 1 juli 2022 207" in text


def test_the_csv_has_the_half_years(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(CSV)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="cijfers-GM0344-utrecht.csv"'
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeffgemeente;code;halfjaar;")
    assert "Utrecht;GM0344;2022-1;2022-07-01;203;1;171;171;375;168;82;45;207;3;\r\n" in text


def test_the_list_has_every_municipality_of_the_half_year(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(LIST)
    text = words(response)
    assert title(response) == "Gemeenten 2022-1 – Trede"
    assert "26 gemeenten in 2022-1" in text
    assert "Utrecht GM0344 trede 3 Postbus 16200, 3500 CE Utrecht" in text
    assert "Baarn GM0308 geen trede –" in text
    assert "Vianen GM0620 geen trede – niet bekend" in words(staff.get("/2018-2/gemeenten/"))


# -- who ----------------------------------------------------------------------


@pytest.mark.parametrize("address", [PAGE, CSV, LIST])
def test_a_lezer_may_look(dossier: Herverdeling, reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, CSV])
def test_a_stranger_finds_nothing(dossier: Herverdeling, stranger: Client, address: str) -> None:
    response = stranger.get(address)
    assert response.status_code == 404
    assert "In de provincie Gelderland is geen gemeente met de code ‘GM0344’." in words(response)


def test_a_stranger_lists_the_own_province(stranger: Client) -> None:
    text = words(stranger.get(LIST))
    assert "Arnhem" in text
    assert "GM0344" not in text


@pytest.mark.parametrize("address", [PAGE, CSV, LIST])
def test_nobody_is_sent_to_the_login(nobody: Client, address: str) -> None:
    response = nobody.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, f"/account/login/?next={address}")


# -- bad input ----------------------------------------------------------------


@pytest.mark.parametrize("code", ["GM9999", "GM0202", "344", "gm0344", "GM0344x", "%00", "GM034%0A", "x" * 200])
@pytest.mark.parametrize("tail", ["", "cijfers.csv"])
def test_what_is_no_municipality_of_the_province_is_not_found(staff: Client, code: str, tail: str) -> None:
    response = staff.get(f"{LIST}{code}/{tail}")
    assert response.status_code == 404
    assert "In de provincie Utrecht is geen gemeente met de code" in words(response)


def test_a_municipality_that_was_not_there_yet_is_not_found(staff: Client) -> None:
    response = staff.get("/2018-2/gemeenten/GM1961/")
    assert response.status_code == 404
    assert "Vijfheerenlanden bestond in 2018-2 nog niet: pas sinds 1 januari 2019." in words(response)


def test_a_municipality_that_had_ended_is_not_found(staff: Client) -> None:
    response = staff.get("/2019-1/gemeenten/GM0620/")
    assert response.status_code == 404
    assert "Vianen bestond in 2019-1 niet meer: opgeheven op 1 januari 2019 en opgegaan in Vijfheerenlanden." in words(
        response
    )


@pytest.mark.parametrize("edge", ["1995-1", "2099-2"])
def test_the_first_and_the_last_half_year(staff: Client, edge: str) -> None:
    for address in ("", "GM0344/", "GM0344/cijfers.csv"):
        assert staff.get(f"/{edge}/gemeenten/{address}").status_code == 200


# -- queries ------------------------------------------------------------------


def test_as_many_queries_for_more_half_years(
    utrecht: Province, city: Municipality, supervisor: User, staff: Client
) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    few = queries_of(staff, PAGE)
    for back in range(1, 12):
        deliver(by=supervisor, municipality=city, period=NOW.back(back), taakstelling=20, achterstand=1, realisatie=9)
    for persons in (204, 205, 206):
        deliver(by=supervisor, municipality=city, taakstelling=persons, overrules=True)
    deliver(by=supervisor, municipality=city, period=NOW.next, taakstelling=275)
    for day in range(1, 20):
        as_of = NOW.next.start.replace(day=day)
        deliver(by=supervisor, municipality=city, period=NOW.next, as_of=as_of, realisatie=day, overrules=True)
    assert queries_of(staff, PAGE) == few <= 12
    assert queries_of(staff, LIST) <= 10
    assert queries_of(staff, CSV) <= 10
