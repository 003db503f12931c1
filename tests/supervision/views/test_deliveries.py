"""The deliveries of a half-year and taking one back: works; a lezer; another province; nobody; bad input; twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision.deliveries import effect_of_withdrawal
from supervision.figures import assess_municipality
from supervision.models import Delivery, Herverdeling
from supervision.rules.period import Period
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, title, words

LIST = "/2022-1/cijfers/leveringen/"
WHY = {"reden": "Verkeerde kolom"}


def withdrawal(delivery: Delivery) -> str:
    return f"/leveringen/{delivery.pk}/intrekken/"


@pytest.fixture
def replaced(city: Municipality, supervisor: User) -> Delivery:
    """A realisatie of 168 over one of 166."""
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=166)
    return deliver(by=supervisor, municipality=city, realisatie=168, overrules=True, now=NOON + timedelta(hours=1))


def realisation_of(city: Municipality) -> int | None:
    with scope(province=city.province):
        return assess_municipality(municipality=city, period=Period(2022, 1)).opgave.realisation


# -- the list -----------------------------------------------------------------


def test_the_list_has_the_newest_first(replaced: Delivery, staff: Client, supervisor: User) -> None:
    response = staff.get(LIST)
    text = words(response)
    assert title(response) == "Leveringen 2022-1 – Trede"
    assert "2 keer zijn er cijfers van 2022-1 vastgelegd" in text
    assert (
        f"8 sep 2022 15.00 uur geen document opgegeven correctie: Hertelling Getypt 1 0 {supervisor} "
        "Intrekken van 8 september 2022, 15.00 uur "
        "8 sep 2022 14.00 uur geen document opgegeven Getypt 3 0"
    ) in text
    assert withdrawal(replaced) in links(response)


def test_a_withdrawn_delivery_is_struck_through(replaced: Delivery, staff: Client, supervisor: User) -> None:
    staff.post(withdrawal(replaced), WHY)
    response = staff.get(LIST)
    assert f"ingetrokken door {supervisor}" in words(response)
    assert "<s>geen document opgegeven</s>" in response.content.decode()
    assert withdrawal(replaced) not in links(response)


def test_sample_figures_are_marked(replaced: Delivery, staff: Client, utrecht: Province) -> None:
    with scope(province=utrecht):
        Delivery.objects.filter(pk=replaced.pk).update(is_sample=True, document="Voorbeeld")
    assert "Voorbeeld correctie: Hertelling voorbeeldcijfers" in words(staff.get(LIST))


def test_a_half_year_without_deliveries_says_so(staff: Client) -> None:
    response = staff.get("/2015-1/cijfers/leveringen/")
    assert "Van 2015-1 is nog niets vastgelegd" in words(response)
    assert "/2015-1/cijfers/" in links(response)


def test_a_long_list_has_pages(city: Municipality, supervisor: User, staff: Client) -> None:
    for persons in range(30):
        deliver(by=supervisor, municipality=city, taakstelling=persons, overrules=True)
    first, second = staff.get(LIST), staff.get(f"{LIST}?bladzijde=2")
    assert "30 keer zijn er cijfers" in words(first)
    assert "bladzijde 1 van 2 Volgende" in words(first)
    assert words(second).count("Intrekken van") == 5


@pytest.mark.parametrize("number", ["0", "99", "abc", "-1", "1e9"])
def test_a_page_that_is_not_there_is_told(replaced: Delivery, staff: Client, number: str) -> None:
    response = staff.get(f"{LIST}?bladzijde={number}")
    assert response.status_code == 200
    assert f"Bladzijde ‘{number}’ is er niet. U ziet de eerste." in words(response)


def test_a_lezer_sees_the_list_and_cannot_withdraw(replaced: Delivery, reader: Client) -> None:
    response = reader.get(LIST)
    assert "8 sep 2022" in words(response)
    assert withdrawal(replaced) not in links(response)


def test_a_stranger_lists_nothing_of_this_province(replaced: Delivery, stranger: Client) -> None:
    assert "Van 2022-1 is nog niets vastgelegd" in words(stranger.get(LIST))


def test_as_many_queries_for_more_deliveries(city: Municipality, supervisor: User, staff: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(LIST)
        return len(captured)

    deliver(by=supervisor, municipality=city, taakstelling=100)
    few = queries()
    for persons in range(20):
        deliver(by=supervisor, municipality=city, taakstelling=persons, overrules=True)
    assert queries() == few <= 12


# -- taking one back ----------------------------------------------------------


def test_first_it_shows_what_changes(replaced: Delivery, staff: Client, city: Municipality) -> None:
    response = staff.get(withdrawal(replaced))
    text = words(response)
    assert "Levering intrekken? 1 cijfer geldt dan niet meer." in text
    assert "Utrecht 2022-1 realisatie 168 166" in text
    assert LIST in links(response)
    assert realisation_of(city) == 168


def test_then_it_is_done_and_said(replaced: Delivery, staff: Client, city: Municipality, supervisor: User) -> None:
    response = staff.post(withdrawal(replaced), WHY, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "De levering is ingetrokken. 1 cijfer geldt niet meer." in words(response)
    assert realisation_of(city) == 166
    replaced.refresh_from_db()
    assert replaced.withdrawn_by == supervisor


def test_a_second_time_changes_nothing(replaced: Delivery, staff: Client, city: Municipality) -> None:
    staff.post(withdrawal(replaced), WHY)
    replaced.refresh_from_db()
    when = replaced.withdrawn_at
    response = staff.post(withdrawal(replaced), WHY, follow=True)
    assert "Deze levering was al ingetrokken; er is niets veranderd." in words(response)
    replaced.refresh_from_db()
    assert replaced.withdrawn_at == when


def test_a_withdrawn_one_says_so_and_has_no_button(replaced: Delivery, staff: Client, supervisor: User) -> None:
    staff.post(withdrawal(replaced), WHY)
    response = staff.get(withdrawal(replaced))
    assert f"Deze levering is al ingetrokken, door {supervisor} op" in words(response)
    assert b"<form class" not in response.content


def test_figures_that_were_replaced_are_told(replaced: Delivery, city: Municipality, staff: Client) -> None:
    with scope(province=city.province):
        first = Delivery.objects.exclude(pk=replaced.pk).get()
    text = words(staff.get(withdrawal(first)))
    assert "2 cijfers gelden dan niet meer." in text
    assert "Al vervangen 1 cijfer uit deze levering, door een later cijfer" in text
    assert "Utrecht 2022-1 achterstand 171 ontbreekt" in text


def test_a_delivery_that_was_wholly_replaced_changes_nothing(
    replaced: Delivery, city: Municipality, supervisor: User, staff: Client
) -> None:
    deliver(by=supervisor, municipality=city, realisatie=169, overrules=True)
    text = words(staff.get(withdrawal(replaced)))
    assert "Er verandert geen enkel cijfer: alles eruit is al vervangen." in text


def test_a_herverdeling_is_taken_back_the_same_way(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(withdrawal(dossier.delivery)))
    assert "1 herverdeling geldt dan niet meer." in text
    assert "Utrechtse Heuvelrug naar Utrecht 2022-1 herverdeling 1 vervalt" in text
    response = staff.post(withdrawal(dossier.delivery), WHY, follow=True)
    assert "1 herverdeling geldt niet meer." in words(response)


def test_a_lezer_may_not_take_back(replaced: Delivery, reader: Client, city: Municipality) -> None:
    for response in (reader.get(withdrawal(replaced)), reader.post(withdrawal(replaced))):
        assert response.status_code == 403
        assert "Cijfers invoeren mag alleen een toezichthouder of beheerder; u bent lezer." in words(response)
    assert realisation_of(city) == 168


def test_a_stranger_finds_nothing(replaced: Delivery, stranger: Client, city: Municipality) -> None:
    for response in (stranger.get(withdrawal(replaced)), stranger.post(withdrawal(replaced))):
        assert response.status_code == 404
        assert "Uw provincie heeft geen levering op dit adres." in words(response)
    assert realisation_of(city) == 168


@pytest.mark.parametrize("address", [LIST, "/leveringen/1/intrekken/"])
def test_nobody_is_sent_to_the_login(nobody: Client, address: str) -> None:
    assert nobody.get(address).headers["Location"] == f"/account/login/?next={address}"


def test_a_post_without_a_token_changes_nothing(replaced: Delivery, supervisor: User, city: Municipality) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert client.post(withdrawal(replaced)).status_code == 403
    assert realisation_of(city) == 168


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "abc"])
def test_what_is_no_delivery_is_not_found(staff: Client, pk: str) -> None:
    assert staff.get(f"/leveringen/{pk}/intrekken/").status_code == 404


# -- a closed half-year -------------------------------------------------------


def test_a_closed_half_year_asks_for_a_reason(replaced: Delivery, staff: Client, city: Municipality) -> None:
    text = words(staff.get(withdrawal(replaced)))
    assert "2022-1 is gesloten voor Utrecht. Wat hier verandert is een correctie, en die heeft een reden nodig." in text
    assert "Reden (niet verplicht)" not in text
    response = staff.post(withdrawal(replaced), {"reden": " "})
    assert response.status_code == 422
    assert title(response) == "Fout: Levering intrekken – Trede"
    assert "Vul in waarom de levering wordt ingetrokken." in words(response)
    assert realisation_of(city) == 168


def test_the_reason_is_kept_and_shown(replaced: Delivery, staff: Client, supervisor: User) -> None:
    staff.post(withdrawal(replaced), {"reden": "Bestand van vorige week"})
    replaced.refresh_from_db()
    assert replaced.withdrawal_reason == "Bestand van vorige week"
    assert "uur: Bestand van vorige week" in words(staff.get(LIST))
    assert "uur: Bestand van vorige week." in words(staff.get(withdrawal(replaced)))


def test_a_half_year_that_runs_may_have_a_reason(city: Municipality, staff: Client, supervisor: User) -> None:
    running = deliver(by=supervisor, municipality=city, taakstelling=203)
    text = words(staff.get(withdrawal(running)))
    assert "Reden (niet verplicht)" in text
    assert "gesloten" not in text
    assert staff.post(withdrawal(running)).status_code == 302


def test_a_half_year_that_was_closed_meanwhile_asks_after_all(
    city: Municipality, staff: Client, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = deliver(by=supervisor, municipality=city, taakstelling=203)
    looked_at = effect_of_withdrawal

    def then_somebody_closes_it(delivery: Delivery):
        effect = looked_at(delivery)
        deliver(by=supervisor, municipality=city, realisatie=168)
        return effect

    monkeypatch.setattr("supervision.views.deliveries.effect_of_withdrawal", then_somebody_closes_it)
    response = staff.post(withdrawal(running))
    assert response.status_code == 422
    assert "2022-1 is gesloten voor Utrecht. Geef een reden voor de correctie." in words(response)


def test_a_reason_that_is_too_long_is_refused(replaced: Delivery, staff: Client, city: Municipality) -> None:
    assert staff.post(withdrawal(replaced), {"reden": "x" * 301}).status_code == 422
    assert realisation_of(city) == 168
