"""What is frozen with a letter: each document laid out once, and the same as when it is laid out alone."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from letters.models import Letter, Letterhead
from letters.papers import pdf
from letters.papers.documents import Role, rendered
from letters.papers.publishing import public_pdf, record_of
from letters.readiness import Ready, ready
from municipalities.models import Municipality, Province, User
from tests.letters.cases import in_one_file
from tests.letters.factories import make_letterhead, make_signatory, record_the_dossier
from tests.letters.sending import TODAY, a_concept, again, agree, mark_of, send, sent, submitted
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.views.page import words

pytestmark = pytest.mark.usefixtures("dossier")


@pytest.fixture
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role="vaststeller", province=utrecht)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often anything is laid out and drawn, and the html made of it."""
    found: Counter[str] = Counter()

    def counting(name: str) -> None:
        real = getattr(pdf, name)

        def called(given: Any, *more: Any, **named: Any) -> Any:
            found[name] += 1
            return real(given, *more, **named)

        monkeypatch.setattr(pdf, name, called)

    for name in ("layout", "_bytes", "letter_html", "bijlage_html"):
        counting(name)
    pdf._bijlage_laid_out.cache_clear()
    return found


def found(letter: Letter) -> Ready:
    with scope(province=letter.province):
        now = ready(again(letter), today=TODAY)
    assert isinstance(now, Ready)
    return now


def test_each_document_is_laid_out_once_in_an_agreement(
    supervisor: User, decider: User, city: Municipality, counted: Counter[str]
) -> None:
    """Letter, bijlage and public version; those and both in one file are drawn. The html of letter and bijlage is made for
    what is rendered, and once more under the lock for what is frozen."""
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    seen = mark_of(letter)
    counted.clear()
    agree(decider, letter, seen=seen)
    assert counted == {"layout": 3, "_bytes": 4, "letter_html": 3, "bijlage_html": 2}
    assert letter.documents.count() == 4


def test_the_bijlage_is_laid_out_once_for_all_letters(
    supervisor: User, city: Municipality, counted: Counter[str]
) -> None:
    now = found(a_concept(supervisor, city))
    rendered(now)
    counted.clear()
    rendered(now)
    assert counted["layout"] == 2


def test_the_documents_are_those_of_each_laid_out_alone(supervisor: User, city: Municipality) -> None:
    now = found(a_concept(supervisor, city))
    content, bijlage = now.written.signed, now.bijlage
    assert bijlage is not None
    alone = {
        Role.LETTER: pdf.letter_pdf(content, now.attached),
        Role.BIJLAGE: pdf.bijlage_pdf(bijlage),
        Role.TOGETHER: in_one_file(content, bijlage, now.attached),
        Role.PUBLIC: _public(now),
    }
    pdf._bijlage_laid_out.cache_clear()
    for _ in range(2):
        assert {file.role: file.data for file in rendered(now)} == alone


def test_a_sent_letter_is_never_laid_out_again_whatever_becomes_of_the_letterhead(
    supervisor: User, decider: User, city: Municipality, client: Client, counted: Counter[str]
) -> None:
    decided(supervisor, decider, city)
    letter = agree(decider, submitted(supervisor, decider, city))
    send(supervisor, letter)
    kept = {each.pk: bytes(each.content) for each in letter.documents.all()}
    letterhead = Letterhead.objects.get()
    Letterhead.objects.update(organisation="Provincie Anders", contact_name="Iemand Anders", footer="Een andere voet")
    letterhead.signatories.update(name="Een opvolger", function="commissaris", ends_on=date(2022, 1, 1))
    make_signatory(letterhead, role="commissaris", name="Weer een ander")
    counted.clear()
    client.force_login(supervisor)
    page = words(client.get(f"/brieven/{letter.pk}/"))
    assert "de heer of mevrouw Voorbeeld" in page
    for other in ("Provincie Anders", "Een opvolger", "Weer een ander"):
        assert other not in page
    for pk, content in kept.items():
        assert client.get(f"/brieven/{letter.pk}/stukken/{pk}/").content == content
    with zipfile.ZipFile(BytesIO(b"".join(client.get("/2022-1/brieven/brieven.zip").streaming_content))) as archive:
        assert archive.read("toezichtbrief-GM0344-2022-1.pdf") in kept.values()
    mail = client.post(f"/brieven/{letter.pk}/e-mail/", {"aan": "college", "adres": "college@utrecht.example"})
    message = message_from_bytes(mail.content, policy=default)
    assert [part.get_content() in kept.values() for part in message.iter_attachments()] == [True]
    assert client.get(f"/brieven/{letter.pk}/openbaar/").status_code == 200
    assert {each.pk: bytes(each.content) for each in letter.documents.all()} == kept
    assert counted == {}


def _public(now: Ready) -> bytes:
    letter, written = now.written.letter, now.written
    record = record_of(
        written.signed,
        kind=written.kind,
        details=written.details,
        municipality=letter.municipality,
        period=letter.period,
    )
    return public_pdf(written.signed, record=record, attached=now.attached, pictures={})


def test_a_letter_without_bijlage_is_one_document(supervisor: User, decider: User, city: Municipality) -> None:
    _, afschrift = sent(supervisor, decider, city)
    now = found(afschrift)
    files = {file.role: file.data for file in rendered(now)}
    assert list(files) == [Role.LETTER, Role.PUBLIC]
    assert files[Role.LETTER] == pdf.letter_pdf(now.written.signed, now.attached)
