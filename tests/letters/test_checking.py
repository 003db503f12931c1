"""What is still open in a letter: where it stands, and in words for who does it."""

from __future__ import annotations

import pytest

from letters.checking import open_points
from letters.models import Letter
from municipalities.models import Municipality, PostAddress, Province, User
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.test_letters import a_concept, departure, read


@pytest.fixture
def letter(within_utrecht: Province, city: Municipality, supervisor: User) -> Letter:
    record_the_dossier(by=supervisor, city=city)
    make_letterhead(within_utrecht)
    return a_concept(supervisor, city)


def points(letter: Letter) -> list[tuple[str, str]]:
    return [(point.slug, point.sentence) for point in open_points(read(letter))]


def test_a_letter_of_standard_text_has_nothing_open(letter: Letter) -> None:
    assert points(letter) == []


def test_each_mark_is_told_with_the_block_in_which_it_stands(letter: Letter, supervisor: User) -> None:
    departure(
        letter, supervisor, slug="eigen-1", change="toegevoegd", heading="Over ((gemeent))", text="x", position=72
    )
    departure(
        letter, supervisor, slug="slot", change="gewijzigd", heading="Slot", text="Zie ((documentnummer)), ((trede"
    )
    assert points(letter) == [
        ("eigen-1", "Onbekende invulplek: gemeent."),
        ("slot", "Nog in te vullen: documentnummer."),
        ("slot", "Invulplek zonder einde: trede."),
    ]


def test_what_stands_in_no_block_comes_last(letter: Letter, supervisor: User, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    departure(letter, supervisor, slug="slot", change="gewijzigd", heading="Slot", text="Zie ((documentnummer)).")
    assert points(letter) == [
        ("slot", "Nog in te vullen: documentnummer."),
        ("", "Nog in te vullen: postadres van de gemeente."),
    ]


def test_what_is_left_out_leaves_nothing_open(letter: Letter, supervisor: User) -> None:
    departure(letter, supervisor, slug="slot", change="weggelaten", text="Zie ((documentnummer)).")
    assert points(letter) == []
