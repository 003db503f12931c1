"""Nothing forgotten: what waits stands on the overview, in the agenda, on the tijdlijn and with the municipality."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from letters.actions import agreeing, ending, sending
from letters.models import Dispatch, Letter
from letters.screens.waiting import dues_of
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.rules.period import Period
from supervision.screens.added import summary_and_lists, work_left
from supervision.screens.dossier_page import Place
from supervision.screens.overview import Task
from supervision.screens.timeline import happened
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import TODAY, a_concept, agreed, filled, send, sent, sent_afschrift, submitted
from tests.municipalities.factories import make_province, make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON
from tests.supervision.views.page import links, words

P = FIRST_HALF_OF_2022
BEFORE_IT_IS_LATE, AFTER = date(2022, 10, 2), date(2022, 10, 3)


@pytest.fixture(autouse=True)
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def staff(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def tasks_of(province: Province, period: Period, today: date) -> list[Task]:
    return work_left(province=province, period=period, today=today)[1]


def tasks(province: Province, today: date = TODAY, period: Period = P) -> list[str]:
    found = tasks_of(province, period, today)
    return [f"{task.count} {task.label} {task.detail}".replace("\u00a0", " ") for task in found]


def test_a_concept_asks_nothing_of_the_overview(utrecht: Province, supervisor: User, city: Municipality) -> None:
    a_concept(supervisor, city)
    assert tasks(utrecht) == []


def test_each_step_has_its_task_until_it_is_done(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city)
    assert tasks(utrecht) == ["1 brief ter akkoord Utrecht."]
    assert tasks(utrecht, period=P.next) == []
    agreeing.take_back(by=supervisor, letter=letter.pk, now=NOON)
    ending.withdraw(by=supervisor, letter=letter.pk, remark="Opnieuw", now=NOON)
    filled(letter, document_number="0")
    letter = agreed(supervisor, decider, city)
    assert tasks(utrecht) == ["1 vastgestelde brief te verzenden Utrecht."]
    send(supervisor, letter)
    assert tasks(utrecht) == ["1 afschrift te verzenden Utrecht. Uiterlijk 2 okt 2022."]


def test_an_afschrift_is_late_after_its_day_whatever_half_year_is_in_sight(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    _, afschrift = sent(supervisor, decider, city)
    assert tasks(utrecht, BEFORE_IT_IS_LATE) == ["1 afschrift te verzenden Utrecht. Uiterlijk 2 okt 2022."]
    assert tasks(utrecht, AFTER) == tasks(utrecht, AFTER, P.next) == ["1 afschrift te laat Utrecht."]
    [task] = tasks_of(utrecht, P, AFTER)
    assert task.url == f"/brieven/{afschrift.pk}/"


def test_a_receipt_is_waited_for_and_late_until_it_is_there(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    dispatch = sent_afschrift(supervisor, decider, sent(supervisor, decider, city)[1])
    assert tasks(utrecht, AFTER) == ["1 ontvangstbevestiging verwacht Utrecht. Uiterlijk 17 okt 2022."]
    late = date(2022, 10, 18)
    assert tasks(utrecht, late, P.next) == ["1 ontvangstbevestiging te laat Utrecht."]
    receipt = {"on": date(2022, 10, 18), "note": "", "now": NOON, "today": late}
    sending.receive(by=supervisor, dispatch=dispatch.pk, **receipt)
    assert tasks(utrecht, late) == []


def test_a_sent_letter_without_its_afschrift_is_told(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    _, afschrift = sent(supervisor, decider, city)
    ending.withdraw(by=supervisor, letter=afschrift.pk, remark="Dubbel", now=NOON)
    assert tasks(utrecht) == tasks(utrecht, period=P.next) == ["1 afschrift ontbreekt Utrecht."]


def test_what_is_corrected_is_not_waited_for_any_more(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    ending.correct(by=supervisor, letter=letter.pk, now=NOON)
    assert tasks(utrecht) == []


def test_one_query_for_the_tasks_one_for_the_agenda_and_one_for_the_list(
    utrecht: Province, supervisor: User, decider: User, city: Municipality, django_assert_num_queries
) -> None:
    sent_afschrift(supervisor, decider, sent(supervisor, decider, city)[1])
    with django_assert_num_queries(1):
        assert tasks_of(utrecht, P, AFTER)
    with django_assert_num_queries(1):
        assert list(dues_of(utrecht, (date(2022, 7, 1), date(2023, 1, 1)), AFTER))
    with django_assert_num_queries(1):
        _, [letters] = summary_and_lists(Place(municipality=city, period=P), today=AFTER)
    assert len(letters.lines) == 2


def test_the_agenda_has_the_days_of_afschrift_and_receipt(
    utrecht: Province, supervisor: User, decider: User, city: Municipality, staff: Client
) -> None:
    within = (date(2022, 7, 1), date(2023, 1, 1))
    _, afschrift = sent(supervisor, decider, city)
    [due] = dues_of(utrecht, within, TODAY)
    assert (due.day, due.line.label, due.line.late) == (date(2022, 10, 2), "Afschrift Utrecht", "")
    page = staff.get("/2022-2/agenda/")
    assert "Te laat: 1 afschrift" in words(page).replace("\u00a0", " ")
    assert "Afschrift Utrecht over 2022-1, nu concept; te verzenden" in words(page)
    assert f"/brieven/{afschrift.pk}/" in links(page)
    sent_afschrift(supervisor, decider, afschrift)
    [due] = dues_of(utrecht, within, AFTER)
    assert (due.day, due.line.label) == (date(2022, 10, 17), "Ontvangstbevestiging Utrecht")


def test_the_overview_has_them_and_an_earlier_stand_has_not(
    supervisor: User, decider: User, city: Municipality, staff: Client
) -> None:
    sent(supervisor, decider, city)
    assert "1 afschrift te laat Utrecht." in words(staff.get("/2022-1/"))
    assert "afschrift te laat" not in words(staff.get("/2022-1/?stand=2022-09-22"))


def test_the_page_of_a_municipality_lists_its_letters(
    supervisor: User, decider: User, city: Municipality, staff: Client
) -> None:
    page = staff.get("/2022-1/gemeenten/GM0344/")
    assert "Nog geen brief over dit halfjaar." in words(page)
    letter, afschrift = sent(supervisor, decider, city)
    page = staff.get("/2022-1/gemeenten/GM0344/")
    assert {f"/brieven/{letter.pk}/", f"/brieven/{afschrift.pk}/"} <= set(links(page))
    assert "Toezichtbrief: verzonden 82508878" in words(page)
    assert "Afschrift: concept verzenden uiterlijk 2 okt 2022" in words(page).replace("\u00a0", " ")


def test_every_step_is_on_the_tijdlijn(supervisor: User, decider: User, city: Municipality, staff: Client) -> None:
    dispatch = sent_afschrift(supervisor, decider, sent(supervisor, decider, city)[1])
    receipt = {"on": date(2022, 10, 5), "note": "griffie", "now": NOON, "today": date(2022, 10, 6)}
    sending.receive(by=supervisor, dispatch=dispatch.pk, **receipt)
    place = Place(municipality=city, period=P)
    read = [each for each in happened(place, today=localdate()) if each.source.slug == "brieven"]
    assert sorted(each.event.title for each in read) == sorted(
        [
            "Toezichtbrief over 2022-1: concept gemaakt",
            f"Toezichtbrief over 2022-1: voorgelegd aan {decider}",
            "Toezichtbrief over 2022-1: vastgesteld",
            "Toezichtbrief over 2022-1: verzonden aan college van burgemeester en wethouders",
            "Afschrift over 2022-1: concept gemaakt",
            f"Afschrift over 2022-1: voorgelegd aan {decider}",
            "Afschrift over 2022-1: vastgesteld",
            "Afschrift over 2022-1: verzonden aan gemeenteraad, via de griffie",
            "Afschrift over 2022-1: ontvangst bevestigd",
        ]
    )
    assert read[0].event.day == date(2022, 10, 5)
    page = words(staff.get("/2022-1/gemeenten/GM0344/tijdlijn/?toon=brieven"))
    assert "Afschrift over 2022-1: ontvangst bevestigd griffie" in page


def test_another_province_has_its_own(supervisor: User, decider: User, city: Municipality) -> None:
    sent(supervisor, decider, city)
    gelderland = make_province(code="PV25", name="Gelderland")
    assert tasks(gelderland, AFTER) == []
    assert list(dues_of(gelderland, (date(2022, 7, 1), date(2023, 1, 1)), AFTER)) == []


def test_several_are_counted_and_lead_to_the_agenda(
    utrecht: Province, supervisor: User, decider: User, city: Municipality
) -> None:
    _, afschrift = sent(supervisor, decider, city)
    other = Letter.objects.get(pk=afschrift.pk)
    other.pk, other.goes_with, other.municipality = None, None, Municipality.objects.get(code="GM0321")
    other.save()
    [task] = tasks_of(utrecht, P, AFTER + timedelta(days=1))
    assert (task.count, task.label, task.detail) == ("2", "afschriften te laat", "Houten en Utrecht.")
    assert task.url == "/2022-1/agenda/#te-laat"
    assert Dispatch.objects.count() == 1
