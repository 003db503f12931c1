"""Several people in one dossier at once, each in a thread with a connection and a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision.models import Attachment, Contact, Verbeterplan, VerbeterplanStep
from tests.municipalities.factories import make_user
from tests.supervision.dossier_entries import make_contact, make_plan
from tests.supervision.test_concurrency import at_once, logged_in

DOSSIER = "/2022-1/gemeenten/GM0344/dossier/"
PEOPLE = 4
TYPED = {"kind": "ambtelijk", "on": "2022-07-08", "subject": "Versnelde uitstroom"}


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def people(province: Province) -> list[User]:
    return [make_user(province=province) for _ in range(PEOPLE)]


@pytest.fixture
def city(province: Province) -> Municipality:
    return Municipality.objects.get(code="GM0344")


def test_of_several_who_change_one_contact_one_does_and_the_others_are_asked(people, city) -> None:
    contact = make_contact(by=people[0], municipality=city)
    url = f"{DOSSIER}contacten/{contact.entry}/wijzigen/"

    def change(user: User):
        typed = TYPED | {"said": f"Van {user.username}", "entry": str(contact.entry), "seen": str(contact.pk)}
        return logged_in(user).post(url, typed)

    responses = at_once([(lambda user=user: change(user)) for user in people])
    statuses = [response.status_code for response in responses]
    assert sorted(statuses) == [302] + [409] * (PEOPLE - 1)
    winner = people[statuses.index(302)]
    standing = Contact.objects.get(replaced_at=None)
    assert (standing.said, standing.recorded_by) == (f"Van {winner.username}", winner)
    assert Contact.objects.count() == 2
    for user, response in zip(people, responses, strict=True):
        if user != winner:
            assert f"{winner} heeft dit intussen gewijzigd." in response.content.decode()
            assert f"Van {user.username}" in response.content.decode()


def test_one_form_that_is_sent_several_times_at_once_counts_once(people, city) -> None:
    sent = TYPED | {"said": "De cijfers.", "entry": str(uuid4())}
    url = f"{DOSSIER}contacten/toevoegen/"
    responses = at_once([(lambda: logged_in(people[0]).post(url, sent)) for _ in range(PEOPLE)])
    assert [response.status_code for response in responses] == [302] * PEOPLE
    assert Contact.objects.count() == 1


def test_of_a_change_and_a_withdrawal_one_stands(people, city) -> None:
    contact = make_contact(by=people[0], municipality=city)
    url = f"{DOSSIER}contacten/{contact.entry}/"
    typed = TYPED | {"said": "Anders", "entry": str(contact.entry), "seen": str(contact.pk)}
    changed, withdrawn = at_once(
        [
            lambda: logged_in(people[0]).post(f"{url}wijzigen/", typed),
            lambda: logged_in(people[1]).post(f"{url}intrekken/", {"reason": "Dubbel", "seen": str(contact.pk)}),
        ]
    )
    assert withdrawn.status_code == 302
    versions = [(each.said, each.is_withdrawn) for each in Contact.objects.order_by("pk")]
    if changed.status_code == 302:
        assert versions == [("De gemeente legt het plan uit.", False), ("Anders", False)]
    else:
        assert changed.status_code == 409
        assert versions == [("De gemeente legt het plan uit.", True)]


def test_a_verbeterplan_takes_each_step_once(people, city) -> None:
    plan = make_plan(by=people[0], municipality=city)
    url = f"{DOSSIER}verbeterplannen/{plan.pk}/"
    typed = {"seen": "gevraagd", "state": "ontvangen", "on": "2022-08-01", "due": "", "note": ""}
    responses = at_once([(lambda user=user: logged_in(user).post(url, typed)) for user in people])
    assert sorted(response.status_code for response in responses) == [302] + [422] * (PEOPLE - 1)
    assert VerbeterplanStep.objects.count() == 2


def test_a_verbeterplan_is_asked_for_once(people, city) -> None:
    url = f"{DOSSIER}verbeterplannen/vragen/"

    def ask(user: User):
        return logged_in(user).post(url, {"on": "2022-07-20", "due": "", "note": "", "submission": str(uuid4())})

    responses = at_once([(lambda user=user: ask(user)) for user in people])
    assert sorted(response.status_code for response in responses) == [302] + [422] * (PEOPLE - 1)
    assert Verbeterplan.objects.count() == 1


def test_the_same_file_from_several_people_is_kept_once(people, city, tmp_path) -> None:
    contact = make_contact(by=people[0], municipality=city)
    note = tmp_path / "notitie.txt"
    note.write_text("Besproken: de cijfers.")
    url = f"{DOSSIER}contacten/{contact.entry}/bijlagen/"

    def give(user: User):
        with note.open("rb") as file:
            return logged_in(user).post(url, {"bestand": file}, follow=True)

    responses = at_once([(lambda user=user: give(user)) for user in people])
    told = [re.findall(r"is toegevoegd|stond er al", response.content.decode()) for response in responses]
    assert sorted(map(len, told)) == [1] * PEOPLE
    assert sorted(found for [found] in told) == ["is toegevoegd"] + ["stond er al"] * (PEOPLE - 1)
    assert Attachment.objects.count() == 1
