"""A concept is made once, follows what changes, and what the database itself refuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from letters.actions.making import make_concept
from letters.models import Letter, LetterBlock, LetterDocument, TextBlock
from letters.own_texts import blocks_of
from letters.words.blocks import Change
from letters.words.kinds import kinds
from letters.written import Written, written
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.ledger import Refused
from tests.letters.factories import make_letterhead, record_a_row, record_the_dossier
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

PERIOD = FIRST_HALF_OF_2022


def a_concept(supervisor: User, city: Municipality, now: datetime = NOON) -> Letter:
    return make_concept(by=supervisor, municipality=city, period=PERIOD, now=now, today=now.date())


def read(letter: Letter) -> Written:
    row = Letter.objects.select_related("municipality__province", "goes_with", "corrects").get(pk=letter.pk)
    found = written(row, today=NOON.date())
    assert isinstance(found, Written)
    return found


def departure(letter: Letter, supervisor: User, **fields: Any) -> LetterBlock:
    return LetterBlock.objects.create(letter=letter, changed_at=NOON, changed_by=supervisor, **fields)


def text_block(province: Province, supervisor: User, **fields: Any) -> TextBlock:
    given = {"kind": "toezichtbrief", "slug": "kader", "version": 1, "label": "Kader", "position": 10, **fields}
    return TextBlock.objects.create(province=province, written_at=NOON, written_by=supervisor, **given)


@pytest.fixture
def recorded(within_utrecht: Province, city: Municipality, supervisor: User) -> Province:
    record_the_dossier(by=supervisor, city=city)
    make_letterhead(within_utrecht)
    return within_utrecht


def test_a_concept_is_made_once_however_often_it_is_asked(
    recorded: Province, supervisor: User, city: Municipality
) -> None:
    first, second = a_concept(supervisor, city), a_concept(supervisor, city)
    assert first == second
    assert (first.kind, first.state, first.version) == ("toezichtbrief", "concept", 1)
    assert Letter.objects.count() == 1


def test_its_kind_follows_from_the_trede(within_utrecht: Province, supervisor: User, city: Municipality) -> None:
    record_a_row(by=supervisor, municipality=city, half_years=2)
    assert a_concept(supervisor, city).kind == "vooraankondiging"


def test_without_figures_there_is_no_letter(within_utrecht: Province, supervisor: User, city: Municipality) -> None:
    with pytest.raises(Refused, match="kan nog geen brief worden gemaakt"):
        a_concept(supervisor, city)


def test_who_may_not_make_letters_is_refused(recorded: Province, city: Municipality) -> None:
    reader = User(username="lezer", province=recorded, role=Role.LEZER)
    with pytest.raises(Refused, match="mag alleen een"):
        a_concept(reader, city)


def test_a_concept_follows_the_figures(recorded: Province, supervisor: User, city: Municipality) -> None:
    letter = a_concept(supervisor, city)
    assert read(letter).content.verdict == "Opschaling van trede\u00a02 naar trede\u00a03"
    deliver(by=supervisor, municipality=city, realisatie=375, overrules=True)
    assert read(letter).content.verdict == "Afschaling van trede\u00a02 naar trede\u00a01"


def test_a_concept_follows_the_words_of_the_province_but_for_its_own(
    recorded: Province, supervisor: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    departure(letter, supervisor, slug="slot", change=Change.CHANGED.value, heading="Tot slot", text="Ons eigen slot.")
    text_block(recorded, supervisor, text="Nieuw kader.")
    text_block(recorded, supervisor, slug="slot", label="Slot", position=9000, heading="Slot", text="Nieuw slot.")
    found = read(letter)
    texts = [part.text for part in found.content.opening if part.kind == "paragraph"]
    assert texts[0] == "Nieuw kader."
    assert found.content.sections[-1].heading == "Tot slot"
    [slot] = [each for each in found.placed if each.block.slug == "slot"]
    assert slot.is_outdated


def test_it_is_read_in_a_fixed_number_of_queries(recorded: Province, supervisor: User, city: Municipality) -> None:
    letter = a_concept(supervisor, city)

    def queries() -> int:
        row = Letter.objects.select_related(
            "municipality__province", "municipality__post_address", "goes_with", "corrects"
        ).get(pk=letter.pk)
        with CaptureQueriesContext(connection) as captured:
            written(row, today=NOON.date())
        return len(captured)

    few = queries()
    for version in range(1, 6):
        text_block(recorded, supervisor, version=version)
        departure(letter, supervisor, slug=f"eigen-{version}", change=Change.ADDED.value, text="x")
    assert queries() == few == 10


def test_the_last_version_of_a_block_holds_and_one_that_is_gone_is_not_used(
    within_utrecht: Province, supervisor: User
) -> None:
    text_block(within_utrecht, supervisor, version=1, text="Eerst.")
    text_block(within_utrecht, supervisor, version=2, text="Later.")
    text_block(within_utrecht, supervisor, slug="slot", is_gone=True)
    blocks = {block.slug: block for block in blocks_of(province=within_utrecht, kind=kinds()["toezichtbrief"])}
    assert (blocks["kader"].text, blocks["kader"].version) == ("Later.", 2)
    assert "slot" not in blocks


def test_words_for_the_toezichtbrief_hold_in_the_vooraankondiging_but_for_what_that_says_itself(
    within_utrecht: Province, supervisor: User
) -> None:
    text_block(within_utrecht, supervisor, text="Ons kader.")
    text_block(within_utrecht, supervisor, slug="onderwerp", role="onderwerp", text="Ons onderwerp", position=0)
    kind = kinds()["vooraankondiging"]
    blocks = {block.slug: block for block in blocks_of(province=within_utrecht, kind=kind)}
    assert blocks["kader"].text == "Ons kader."
    assert blocks["onderwerp"].text.startswith("Vooraankondiging")
    text_block(within_utrecht, supervisor, kind="vooraankondiging", text="Kader van de vooraankondiging.")
    blocks = {block.slug: block for block in blocks_of(province=within_utrecht, kind=kind)}
    assert blocks["kader"].text == "Kader van de vooraankondiging."


# -- what the database refuses -----------------------------------------------------------------------


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE constraint failed")


def another(letter: Letter, **fields: Any) -> Letter:
    given = {
        name: getattr(letter, name)
        for name in ("province", "municipality", "period", "kind", "made_at", "made_by", "changed_at", "changed_by")
    }
    with transaction.atomic():
        return Letter.objects.create(**{**given, **fields})


def test_one_letter_to_the_college_and_no_two_with_one_number(
    recorded: Province, supervisor: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    with refused("letter_one_to_the_college"):
        another(letter)
    Letter.objects.filter(pk=letter.pk).update(document_number="82508878", state="withdrawn")
    with refused("letter_document_number_once"):
        another(letter, document_number="82508878")
    assert another(letter).document_number == ""


def test_a_frozen_letter_is_whole_and_agreed_by_another(
    recorded: Province, supervisor: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    with pytest.raises(IntegrityError, match="letter_agreed_is_frozen"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(state="agreed")
    with pytest.raises(IntegrityError, match="letter_agreed_by_another"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(agreed_by=supervisor)


def test_a_document_has_a_sum(recorded: Province, supervisor: User, city: Municipality) -> None:
    letter = a_concept(supervisor, city)
    with pytest.raises(IntegrityError, match="letter_document_sha256_form"), transaction.atomic():
        LetterDocument.objects.create(
            letter=letter, role="letter", name="x.pdf", content=b"x", size=1, sha256="?", made_at=NOON
        )
