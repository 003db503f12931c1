"""Everything that happened to a municipality, in one list: filtered by the address, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from municipalities.models import Municipality, User
from supervision.actions import send_back, withdraw_delivery
from supervision.actions.dossier import change_entry, withdraw_entry
from supervision.models import Delivery, Herverdeling
from supervision.rules.period import Period
from supervision.screens import timeline
from supervision.screens.dossier_page import Place
from supervision.screens.timeline import Event, Source, add_source, happened
from tests.supervision.deciding import decide, propose
from tests.supervision.dossier_entries import (
    PROMISE,
    TALK,
    make_agreement,
    make_circumstance,
    make_contact,
    make_plan,
)
from tests.supervision.ledger import NOON
from tests.supervision.views.page import links, words

PAGE = "/2022-1/gemeenten/GM0344/tijdlijn/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def place(city: Municipality) -> Place:
    return Place(municipality=city, period=Period(2022, 1))


def titles(place: Place, today: date = date(2022, 12, 1)) -> list[str]:
    return [each.event.title.replace("\u00a0", " ") for each in happened(place, today=today)]


def test_all_kinds_stand_in_one_list_the_latest_first(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality, place: Place
) -> None:
    contact = make_contact(by=supervisor, municipality=city)
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, contact=contact, done_on=date(2022, 7, 13)))
    make_circumstance(by=supervisor, municipality=city)
    make_plan(by=supervisor, municipality=city)
    assert titles(place) == [
        "Herverdeling 2022-1: 1 persoon overgenomen van Utrechtse Heuvelrug",
        "Verbeterplan over 2022-1: gevraagd",
        "Gedaan: De gemeente stuurt de raadsbrief",
        "Ambtelijk overleg: Versnelde uitstroom",
        "Afspraak: De gemeente stuurt de raadsbrief",
        "Versnellingsactie: 276 personen volgens Veiligheidsregio Utrecht",
        "Cijfers: 2022-2 realisatie 15",
        "Cijfers: 2022-2 taakstelling 275, achterstand 207",
        "Cijfers: 2022-1 taakstelling 203, achterstand 171, realisatie 168",
        "Cijfers: 2021-2 taakstelling 226, achterstand 153, realisatie 208",
    ]
    text = words(staff.get(PAGE))
    assert "Alles 10 Cijfers 5 Contacten 1 Afspraken 2 Omstandigheden 1 Verbeterplannen 1" in text


def test_the_address_says_what_is_shown(staff: Client, supervisor: User, city: Municipality) -> None:
    make_contact(by=supervisor, municipality=city)
    make_circumstance(by=supervisor, municipality=city)
    text = words(staff.get(f"{PAGE}?toon=contacten"))
    assert "Ambtelijk overleg: Versnelde uitstroom" in text
    assert "Veiligheidsregio" not in text
    assert "?toon=omstandigheden" in links(staff.get(PAGE))
    wrong = words(staff.get(f"{PAGE}?toon=roddels"))
    assert "‘roddels’ is niet iets om te tonen. U ziet alles." in wrong
    assert "Veiligheidsregio" in wrong


def test_what_was_withdrawn_stands_there_twice(supervisor: User, city: Municipality, dossier, place: Place) -> None:
    contact = make_contact(by=supervisor, municipality=city)
    withdraw_entry(by=supervisor, seen=contact, reason="Dubbel", now=NOON)
    delivery = Delivery.objects.filter(figures__municipality=city, figures__period=Period(2021, 2)).first()
    assert delivery
    withdraw_delivery(by=supervisor, delivery=delivery, now=NOON, reason="Verkeerd bestand")
    read = happened(place, today=date(2022, 12, 1))
    gone = [each.event for each in read if each.event.is_gone]
    assert [each.title for each in gone] == [
        "Ambtelijk overleg: Versnelde uitstroom",
        "Cijfers: 2021-2 taakstelling 226, achterstand 153, realisatie 208",
    ]
    told = {each.event.title: (each.event.detail, each.event.day) for each in read}
    assert told["Ingetrokken: ambtelijk overleg: Versnelde uitstroom"] == ("Dubbel", date(2022, 9, 8))
    withdrawn = "Ingetrokken: cijfers: 2021-2 taakstelling 226, achterstand 153, realisatie 208"
    assert told[withdrawn] == ("Verkeerd bestand", date(2022, 9, 8))


def test_of_a_changed_entry_the_version_that_stands_is_told(supervisor, city, place: Place) -> None:
    contact = make_contact(by=supervisor, municipality=city)
    change_entry(by=supervisor, seen=contact, facts=replace(TALK, subject="Anders"), now=NOON)
    assert titles(place) == ["Ambtelijk overleg: Anders"]


def test_what_is_still_to_come_did_not_happen(staff: Client, supervisor: User, city: Municipality) -> None:
    tomorrow = localdate() + timedelta(days=1)
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=tomorrow, subject="Later"))
    assert "Later" not in words(staff.get(PAGE))
    assert "Er is nog niets gebeurd." in words(staff.get(PAGE))


def test_a_long_list_comes_in_pages(staff: Client, supervisor: User, city: Municipality) -> None:
    for number in range(60):
        day = date(2022, 1, 1) + timedelta(days=number)
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=day, subject=f"Gesprek {number:02}"))
    first = staff.get(f"{PAGE}?toon=contacten")
    assert "bladzijde 1 van 2" in words(first)
    assert "Gesprek 09" not in words(first)
    assert "?toon=contacten&bladzijde=2" in links(first)
    assert "Gesprek 09" in words(staff.get(f"{PAGE}?toon=contacten&bladzijde=2"))
    assert "Bladzijde ‘9’ is er niet. U ziet de eerste." in words(staff.get(f"{PAGE}?bladzijde=9"))


def test_another_app_adds_what_it_knows(monkeypatch, place: Place, supervisor: User) -> None:
    monkeypatch.setattr(timeline, "SOURCES", list(timeline.SOURCES))
    papers = Source(
        slug="kranten",
        label="Kranten",
        read=lambda place: [Event(day=date(2022, 9, 22), moment=NOON, title=f"Krant over {place.municipality}")],
    )
    add_source(papers)
    add_source(papers)
    assert titles(place) == ["Krant over Utrecht"]


def test_the_list_of_another_municipality_has_nothing_of_this_one(staff: Client, supervisor, city) -> None:
    make_contact(by=supervisor, municipality=city)
    assert "Versnelde uitstroom" not in words(staff.get("/2022-1/gemeenten/GM0331/tijdlijn/"))


def test_a_stranger_finds_nothing_and_nobody_logs_in_first(stranger: Client, nobody: Client, reader: Client) -> None:
    assert stranger.get(PAGE).status_code == 404
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"
    assert reader.get(PAGE).status_code == 200


def test_what_was_proposed_sent_back_and_decided_is_told(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, place: Place
) -> None:
    first = propose(supervisor, city, 2, "het vooral aan één gezin ligt", now=NOON)
    sent = {"province": city.province, "proposals": [first.pk], "remark": "Volg het advies"}
    send_back(by=decider, **sent, now=NOON + timedelta(hours=1))
    second = propose(supervisor, city, now=NOON + timedelta(hours=2))
    decide(decider, second, now=NOON + timedelta(hours=3))
    decisions = [each.event for each in happened(place, today=date(2026, 12, 1)) if each.source.slug == "besluiten"]
    assert [(event.title, event.detail, event.by) for event in decisions] == [
        ("Besluit over 2022-1: trede 3", "", decider),
        ("Voorstel over 2022-1: trede 3", "", supervisor),
        ("Voorstel teruggestuurd over 2022-1: trede 2", "Volg het advies", decider),
        (
            "Voorstel over 2022-1: trede 2",
            "wijkt af van advies 3; het vooral aan één gezin ligt",
            supervisor,
        ),
    ]
    assert not any(event.is_gone for event in decisions)
    assert staff.get(decisions[0].url).status_code == 200
    assert "Besluit over 2022-1: trede 3" in words(staff.get(f"{PAGE}?toon=besluiten"))
