"""How far a letter is said to be, what is to be done next, and what the track shows of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from letters.actions import agreeing, ending, sending
from letters.figures import letterhead_of
from letters.models import Dispatch, Letter
from letters.screens.standing import standing_of
from letters.screens.track import Line, Track, track_of
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import TODAY, a_concept, again, agreed, filled, send, sent, sent_afschrift, submitted
from tests.letters.test_letters import departure
from tests.letters.test_steps import page_of
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON
from tests.supervision.views.page import links, words


@pytest.fixture(autouse=True)
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


def track(letter: Letter) -> Track:
    row = again(letter)
    return track_of(row, letterhead=letterhead_of(row.municipality.province), today=date(2022, 10, 1))


def said(letter: Letter) -> str:
    return track(letter).standing.replace("\u00a0", " ")


def steps(line: Line) -> list[str]:
    return [cell.how for cell in line.cells]


def test_each_state_is_said_with_what_is_to_be_done(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city, document_number="82508877")
    assert said(letter) == f"Ter akkoord bij {decider}."
    ending.withdraw(by=supervisor, letter=letter.pk, remark="Dubbel", now=NOON)
    assert said(letter) == "Ingetrokken: deze brief telt niet meer."
    letter = agreed(supervisor, decider, city)
    assert said(letter) == f"Vastgesteld op 8 september 2022 door {decider}; nog te verzenden."
    send(supervisor, letter)
    assert said(letter) == (
        "Verzonden op 22 september 2022; het afschrift moet uiterlijk 2 oktober 2022 nog worden verzonden."
    )


def test_after_the_afschrift_its_receipt_is_waited_for(supervisor: User, decider: User, city: Municipality) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    assert track(letter).next_letter == afschrift
    dispatch = sent_afschrift(supervisor, decider, afschrift)
    assert said(letter) == "Verzonden op 22 september 2022; het afschrift is ook verzonden."
    assert track(letter).next_letter is None
    assert said(afschrift) == "Verzonden op 3 oktober 2022; de ontvangst is nog niet bevestigd."
    on = date(2022, 10, 5)
    sending.receive(by=supervisor, dispatch=dispatch.pk, on=on, note="griffie", now=NOON, today=on)
    assert said(afschrift) == "Verzonden op 3 oktober 2022 en ontvangen op 5 oktober 2022."
    [_, bijlage, of_afschrift] = track(afschrift).lines
    assert steps(of_afschrift) == ["done", "done", "done", "done", "now last"]
    assert steps(bijlage) == ["with", "done last", ""]


def test_a_letter_that_waits_for_its_receipt_and_its_afschrift_says_both() -> None:
    letter = Letter(kind="vooraankondiging", state="sent")
    went = Dispatch(sent_on=date(2022, 9, 22), receipt_due=date(2022, 10, 6))
    afschrift = Letter(kind="afschrift", state="concept", due=date(2022, 10, 2))
    assert standing_of(letter, [went], [afschrift]).replace("\u00a0", " ") == (
        "Verzonden op 22 september 2022; de ontvangst is nog niet bevestigd; "
        "het afschrift moet uiterlijk 2 oktober 2022 nog worden verzonden."
    )


def test_a_withdrawn_afschrift_is_missed(supervisor: User, decider: User, city: Municipality) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    ending.withdraw(by=supervisor, letter=afschrift.pk, remark="Dubbel", now=NOON)
    assert said(letter) == "Verzonden op 22 september 2022; het afschrift ontbreekt."


def test_a_sent_letter_leads_to_its_afschrift_and_that_to_what_goes_with_it(
    client: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    client.force_login(supervisor)
    assert "Naar het afschrift" in words(client.get(page_of(letter)))
    sent_afschrift(supervisor, decider, afschrift)
    page = client.get(page_of(afschrift))
    assert "Met dit afschrift gaan mee:" in words(page)
    assert page_of(letter, f"stukken/{letter.documents.get(role='together').pk}") in links(page)
    assert "Met dit afschrift gaan mee:" not in words(client.get(page_of(letter)))
    client.force_login(make_user(role=Role.LEZER, province=city.province))
    assert "Naar het afschrift" not in words(client.get(page_of(letter)))


def test_who_agrees_sees_what_is_other_than_the_standard_text_and_where_each_number_comes_from(
    client: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    client.force_login(decider)
    page = words(client.get(page_of(letter)))
    assert "Anders dan de standaardtekst Niets. Elke alinea is de standaardtekst." in page
    assert "375 totaalopgave 2022-1" in page
    departure(letter, supervisor, slug="slot", change="weggelaten")
    page = words(client.get(page_of(letter)))
    assert "Anders dan de standaardtekst Slot weggelaten" in page


def test_who_wrote_reads_first_why_a_letter_was_sent_back(
    client: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city)
    client.force_login(supervisor)
    told = f"{decider} stuurde de brief terug: De toon mag zachter."
    assert told not in words(client.get(page_of(letter)))
    agreeing.send_back(by=decider, letter=letter.pk, remark="De toon mag zachter.", now=NOON + timedelta(hours=1))
    assert told in words(client.get(page_of(letter)))
    agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON + timedelta(hours=2), today=TODAY)
    assert told not in words(client.get(page_of(letter)))
    agreeing.take_back(by=supervisor, letter=letter.pk, now=NOON + timedelta(hours=3))
    assert told not in words(client.get(page_of(letter)))


def test_who_submits_without_a_documentnummer_is_told_first(
    client: Client, supervisor: User, city: Municipality
) -> None:
    letter = filled(a_concept(supervisor, city), document_number="")
    client.force_login(supervisor)
    told = "Het documentnummer ontbreekt nog: zonder kan de brief niet worden vastgesteld."
    assert told in words(client.get(page_of(letter, "voorleggen")))
    filled(letter, document_number="82508878")
    assert told not in words(client.get(page_of(letter, "voorleggen")))
