"""All letters as one file: frozen ones as kept, concepts that say what the letter says, and of the rest why not."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from letters.models import Draft, Letter, LetterDocument
from letters.papers.drafts import sheets_of
from letters.written import written
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.batching import CODES, record
from tests.letters.factories import make_letterhead
from tests.letters.reading import text_of
from tests.letters.test_letter_list import browser_of, letter_of, send
from tests.letters.test_letters import departure, text_block
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, words

PAGE = "/2022-1/brieven/"
ZIP = f"{PAGE}brieven.zip"
BIJLAGE = "bijlage-interventieladder-2022-1.pdf"


@pytest.fixture
def three(within_utrecht: Province, supervisor: User) -> list[Municipality]:
    return record(by=supervisor)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def staff(supervisor: User) -> Client:
    return browser_of(supervisor)


def drafted(by: User, municipality: Municipality, *, made_at: datetime = NOON) -> Letter:
    letter = letter_of(by, municipality)
    sum_ = sheets_of(written(letter, today=made_at.date())).sha256
    Draft.objects.create(letter=letter, html_sha256=sum_, pdf=f"%PDF {municipality}".encode(), made_at=made_at)
    return letter


def frozen(by: User, decider: User, municipality: Municipality, **documents: bytes) -> Letter:
    decision = decided(by, decider, municipality)
    letter = letter_of(
        by,
        municipality,
        state=Letter.State.AGREED,
        on=date(2022, 9, 22),
        document_number=f"8250{municipality.code}",
        content={},
        decision=decision,
        agreed_at=NOON,
        agreed_by=decider,
    )
    for role, content in documents.items():
        LetterDocument.objects.create(
            letter=letter,
            role=role,
            name=f"{role}.pdf",
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=NOON,
        )
    return letter


def files(response: HttpResponse) -> Mapping[str, bytes]:
    assert response.status_code == 200
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def told(response: HttpResponse) -> str:
    return files(response)["LEESMIJ.txt"].decode()


def test_concepts_as_they_were_laid_out(three: list[Municipality], staff: Client, supervisor: User) -> None:
    for municipality in three[:2]:
        drafted(supervisor, municipality)
    response = staff.get(ZIP)
    assert response["Content-Disposition"] == 'attachment; filename="brieven-2022-1.zip"'
    found = files(response)
    assert found["toezichtbrief-GM0307-2022-1.pdf"] == b"%PDF Amersfoort"
    assert list(found) == ["toezichtbrief-GM0307-2022-1.pdf", "toezichtbrief-GM0321-2022-1.pdf", BIJLAGE, "LEESMIJ.txt"]
    note = found["LEESMIJ.txt"].decode().replace("\u00a0", " ")
    assert "2 brieven, waarvan 2 concepten." in note
    assert "De bijlage bij de concepten is voor alle gemeenten dezelfde en zit er één keer bij." in note


def test_the_bijlage_of_the_concepts_is_there_once(
    three: list[Municipality], staff: Client, supervisor: User, tmp_path: Path
) -> None:
    drafted(supervisor, three[0])
    file = tmp_path / BIJLAGE
    file.write_bytes(files(staff.get(ZIP))[BIJLAGE])
    assert "Beleidskader Interbestuurlijk Toezicht 2021–2024" in text_of(file)


def test_a_concept_that_says_something_else_by_now_is_not_given(
    three: list[Municipality], staff: Client, supervisor: User
) -> None:
    drafted(supervisor, three[0])
    deliver(by=supervisor, municipality=three[0], realisatie=17, overrules=True)
    response = staff.get(ZIP)
    assert "- Amersfoort: verouderd: maak opnieuw" in told(response)


def test_the_day_alone_makes_no_concept_outdated(three: list[Municipality], staff: Client, supervisor: User) -> None:
    drafted(supervisor, three[0], made_at=now() - timedelta(days=9))
    assert "toezichtbrief-GM0307-2022-1.pdf" in files(staff.get(ZIP))


def test_a_concept_without_a_pdf_is_told(three: list[Municipality], staff: Client, supervisor: User) -> None:
    letter_of(supervisor, three[0])
    assert "- Amersfoort: nog geen PDF: kies ‘Concepten maken’" in told(staff.get(ZIP))


def test_what_is_frozen_is_given_as_it_was_kept(
    three: list[Municipality], staff: Client, supervisor: User, decider: User
) -> None:
    frozen(supervisor, decider, three[0], letter=b"x", bijlage=b"x", together=b"%PDF samen", public=b"%PDF openbaar")
    frozen(supervisor, decider, three[1], letter=b"%PDF brief")
    found = files(staff.get(ZIP))
    assert {name: content for name, content in found.items() if name != "LEESMIJ.txt"} == {
        "toezichtbrief-GM0307-2022-1.pdf": b"%PDF samen",
        "toezichtbrief-GM0321-2022-1.pdf": b"%PDF brief",
    }


def test_a_document_that_was_changed_in_the_database_is_not_given(
    three: list[Municipality], staff: Client, supervisor: User, decider: User
) -> None:
    frozen(supervisor, decider, three[0], together=b"%PDF samen")
    LetterDocument.objects.update(content=b"%PDF vervalst")
    found = files(staff.get(ZIP))
    assert list(found) == ["LEESMIJ.txt"]
    assert (
        "Amersfoort: Het stuk ‘together.pdf’ is niet meer zoals het werd vastgesteld." in found["LEESMIJ.txt"].decode()
    )


def test_a_selection(three: list[Municipality], staff: Client, supervisor: User) -> None:
    for municipality in three:
        drafted(supervisor, municipality)
    response = send(staff, "zip", CODES[0], CODES[2])
    assert response["Location"] == f"{ZIP}?gemeenten=GM0307%2CGM0331"
    found = files(staff.get(response["Location"]))
    letters = {"toezichtbrief-GM0307-2022-1.pdf", "toezichtbrief-GM0331-2022-1.pdf"}
    assert set(found) == letters | {BIJLAGE, "LEESMIJ.txt"}


def test_a_selection_without_letters_is_told(three: list[Municipality], staff: Client) -> None:
    response = send(staff, "zip", CODES[0])
    assert response.status_code == 422
    assert "van wat u aankruiste, is er nog geen" in words(response)


@pytest.mark.parametrize("address", [ZIP, f"{ZIP}?gemeenten=GM9999,x", "/2015-1/brieven/brieven.zip"])
def test_no_letter_is_no_file(three: list[Municipality], staff: Client, address: str) -> None:
    assert "is er nog geen brief om op te halen" in words(staff.get(address, follow=True))


def test_no_more_than_a_letter_is_in_memory(three: list[Municipality], staff: Client, supervisor: User) -> None:
    for municipality in three:
        drafted(supervisor, municipality)
    Draft.objects.update(pdf=b"x" * 100_000)
    *letters, _bijlage, _note = [len(piece) for piece in staff.get(ZIP).streaming_content]
    assert len(letters) == 3
    assert max(letters) < 101_000


def test_who_agrees_may_have_the_files(three: list[Municipality], supervisor: User, decider: User) -> None:
    drafted(supervisor, three[0])
    client = browser_of(decider)
    assert ZIP in links(client.get(PAGE))
    assert len(files(client.get(ZIP))) == 3


def test_who_looks_gets_no_files(three: list[Municipality], supervisor: User, utrecht: Province) -> None:
    drafted(supervisor, three[0])
    reader = browser_of(make_user(role=Role.LEZER, province=utrecht))
    assert reader.get(ZIP).status_code == 403
    assert ZIP not in links(reader.get(PAGE))


def test_another_province_gets_none_of_it(three: list[Municipality], supervisor: User) -> None:
    drafted(supervisor, three[0])
    stranger = browser_of(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))
    assert stranger.get(ZIP).status_code == 302
    assert stranger.get(f"{ZIP}?gemeenten=GM0307").status_code == 302


def test_the_files_are_of_this_moment(three: list[Municipality], staff: Client, supervisor: User) -> None:
    drafted(supervisor, three[0])
    response = staff.get(ZIP)
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        year, *_ = archive.infolist()[0].date_time
    assert year == datetime.now(tz=UTC).year


def test_a_concept_takes_one_query(three: list[Municipality], staff: Client, supervisor: User) -> None:
    """That for its PDF: figures, texts and letterhead are read once for all of them."""
    for municipality in three:
        drafted(supervisor, municipality)
    counts = []
    for codes in ("GM0307", ",".join(CODES)):
        with CaptureQueriesContext(connection) as queries:
            assert len(files(staff.get(f"{ZIP}?gemeenten={codes}"))) == codes.count(",") + 3
        counts.append(len(queries))
    assert counts[1] - counts[0] == 2


def test_whatever_it_says_by_now_makes_a_concept_outdated(
    three: list[Municipality], staff: Client, supervisor: User, utrecht: Province
) -> None:
    """Its own words, its details, the standard text, the letterhead: each alone."""
    letter = drafted(supervisor, three[0])
    assert "toezichtbrief-GM0307-2022-1.pdf" in files(staff.get(ZIP))
    changes: list[Callable[[], Any]] = [
        lambda: departure(letter, supervisor, slug="slot", change="gewijzigd", heading="Tot slot", text="Ons slot."),
        lambda: Letter.objects.update(phone="030 123 45 67"),
        lambda: text_block(utrecht, supervisor, text="Ons kader."),
        lambda: make_letterhead(utrecht, organisation="Provincie Anders"),
    ]
    for change in changes:
        with transaction.atomic():
            change()
            assert "- Amersfoort: verouderd: maak opnieuw" in told(staff.get(ZIP))
            transaction.set_rollback(True)
    assert "toezichtbrief-GM0307-2022-1.pdf" in files(staff.get(ZIP))
