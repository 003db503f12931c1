"""Several editors on one letter, each in a thread with a connection and a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from letters.models import Letter, LetterBlock, LetterEvent
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.test_letters import a_concept
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.test_concurrency import at_once, logged_in

PEOPLE = 3


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def people(province: Province) -> list[User]:
    return [make_user(province=province) for _ in range(PEOPLE)]


@pytest.fixture
def letter(province: Province, people: list[User]) -> Letter:
    city = Municipality.objects.get(code="GM0344")
    make_letterhead(province)
    record_the_dossier(by=people[0], city=city)
    return a_concept(people[0], city)


def words(text: str) -> dict[str, str]:
    return {"kop": "Tot slot", "tekst": text, "gezien": "0", "standaard": "0"}


def test_of_several_on_one_block_one_is_saved_and_the_others_have_both_texts(
    letter: Letter, people: list[User]
) -> None:
    address = f"/brieven/{letter.pk}/tekst/slot/"
    clients = [logged_in(user) for user in people]
    acts = [
        (lambda client=client, at=at: client.post(address, words(f"Tekst {at}."))) for at, client in enumerate(clients)
    ]
    answers = at_once(acts)
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [302] + [409] * (PEOPLE - 1)
    winner = statuses.index(302)
    row = LetterBlock.objects.get()
    assert (row.text, row.changed_by) == (f"Tekst {winner}.", people[winner])
    for at, answer in enumerate(answers):
        if at != winner:
            page = answer.content.decode()
            assert f"Tekst {at}." in page
            assert f"Tekst {winner}." in page
    letter.refresh_from_db()
    assert letter.version == 2


def test_several_on_different_blocks_are_all_saved(letter: Letter, people: list[User]) -> None:
    slugs = ("kader", "oordeel", "slot")
    clients = [logged_in(user) for user in people]
    acts = [
        (lambda client=client, slug=slug: client.post(f"/brieven/{letter.pk}/tekst/{slug}/", words(f"Van {slug}.")))
        for client, slug in zip(clients, slugs, strict=True)
    ]
    assert [answer.status_code for answer in at_once(acts)] == [302] * PEOPLE
    assert {row.slug: row.text for row in LetterBlock.objects.all()} == {slug: f"Van {slug}." for slug in slugs}
    letter.refresh_from_db()
    assert letter.version == 1 + PEOPLE


def test_a_paragraph_that_is_sent_many_times_at_once_is_added_once(letter: Letter, people: list[User]) -> None:
    address = f"/brieven/{letter.pk}/tekst/alinea-00000000aa/"
    body = {**words("Wij kijken mee."), "na": "oordeel"}
    clients = [logged_in(people[0]) for _ in range(PEOPLE)]
    answers = at_once([(lambda client=client: client.post(address, body)) for client in clients])
    assert [answer.status_code for answer in answers] == [302] * PEOPLE
    assert LetterBlock.objects.count() == 1


def test_several_who_make_it_another_kind_at_once_do_so_once(letter: Letter, people: list[User]) -> None:
    decider = make_user(role=Role.VASTSTELLER, province=letter.province)
    decided(people[0], decider, letter.municipality, 4, "het verbeterplan uitbleef")
    body = {"soort": "vooraankondiging", "gezien": "1"}
    clients = [logged_in(user) for user in people]
    acts = [(lambda client=client: client.post(f"/brieven/{letter.pk}/soort/", body)) for client in clients]
    assert [answer.status_code for answer in at_once(acts)] == [302] * PEOPLE
    letter.refresh_from_db()
    assert (letter.kind, letter.version) == ("vooraankondiging", 2)
    assert LetterEvent.objects.filter(letter=letter).count() == 1


def test_who_writes_while_another_changes_the_kind_keeps_the_words(letter: Letter, people: list[User]) -> None:
    decider = make_user(role=Role.VASTSTELLER, province=letter.province)
    decided(people[0], decider, letter.municipality, 4, "het verbeterplan uitbleef")
    writer, changer = (logged_in(user) for user in people[:2])
    address = f"/brieven/{letter.pk}/"
    at_once(
        [
            lambda: writer.post(f"{address}tekst/slot/", words("Ons slot.")),
            lambda: changer.post(f"{address}soort/", {"soort": "vooraankondiging", "gezien": "1"}),
        ]
    )
    letter.refresh_from_db()
    assert LetterBlock.objects.get().text == "Ons slot."
    # Who came second with the kind is told that the letter was changed; else it is changed before the words are.
    assert (letter.kind, letter.version) in {("toezichtbrief", 2), ("vooraankondiging", 3)}
