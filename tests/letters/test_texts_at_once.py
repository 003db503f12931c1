"""Several people at one text in the same moment: one of them is first, and the others see both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from letters.models import TextBlock
from municipalities.models import Province
from municipalities.rights import Role
from tests.letters.text_page import OpenBlock
from tests.municipalities.factories import make_user
from tests.supervision.test_concurrency import at_once, logged_in

KADER = "toezichtbrief/kader/wijzigen"


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


def administrators(province: Province, count: int) -> list[Client]:
    return [logged_in(make_user(role=Role.BEHEERDER, province=province)) for _ in range(count)]


def test_of_several_who_save_one_text_one_does_and_the_others_keep_theirs(province: Province) -> None:
    forms = [
        OpenBlock(client, KADER).types(text=f"Woorden van {number}.")
        for number, client in enumerate(administrators(province, 3))
    ]
    statuses = sorted(
        response.status_code for response in at_once([lambda form=form: form.presses("opslaan") for form in forms])
    )
    assert statuses == [302, 409, 409]
    [row] = TextBlock.objects.all()
    assert {form.fields["text"] for form in forms} == {f"Woorden van {number}." for number in range(3)}
    assert row.text in {form.fields["text"] for form in forms}


def test_a_double_click_on_a_new_block_adds_it_once(province: Province) -> None:
    [client] = administrators(province, 1)
    form = OpenBlock(client, "toezichtbrief/nieuw").types(label="Monitoring", text="Wij volgen u.")
    responses = at_once([lambda: form.presses("opslaan") for _ in range(3)])
    assert {response.headers.get("Location") for response in responses} == {"/beheer/teksten/toezichtbrief/monitoring/"}
    assert TextBlock.objects.count() == 1


def test_two_new_blocks_with_one_name_are_told_apart(province: Province) -> None:
    forms = [
        OpenBlock(client, "toezichtbrief/nieuw").types(label="Monitoring", text=f"Tekst {number}.")
        for number, client in enumerate(administrators(province, 2))
    ]
    statuses = sorted(
        response.status_code for response in at_once([lambda form=form: form.presses("opslaan") for form in forms])
    )
    assert statuses == [302, 422]
    assert TextBlock.objects.count() == 1


def test_of_a_change_and_putting_it_out_of_use_one_is_first(province: Province) -> None:
    writer, other = administrators(province, 2)
    form = OpenBlock(writer, KADER).types(text="Nieuwe woorden.")
    stop = {"doe": "stoppen", "versie": "0"}
    at_once(
        [
            lambda: form.presses("opslaan"),
            lambda: other.post("/beheer/teksten/toezichtbrief/kader/gebruik/", stop),
        ]
    )
    [row] = TextBlock.objects.all()
    assert row.is_gone != (row.text == "Nieuwe woorden.")


def test_of_new_words_and_following_the_base_again_one_is_first(province: Province) -> None:
    writer, other = administrators(province, 2)
    path = "vooraankondiging/kader/wijzigen"
    OpenBlock(writer, path).types(text="Eigen woorden.").presses("opslaan")
    form = OpenBlock(writer, path).types(text="Nieuwe woorden.")
    follow = {"doe": "volgen", "versie": "1"}
    at_once(
        [
            lambda: form.presses("opslaan"),
            lambda: other.post("/beheer/teksten/vooraankondiging/kader/gebruik/", follow),
        ]
    )
    first, second = TextBlock.objects.order_by("version")
    assert (first.text, second.version) == ("Eigen woorden.", 2)
    assert second.follows_base != (second.text == "Nieuwe woorden.")
