"""Files with a contact: up, down and away; what is refused; and who may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.dossier import withdraw_entry
from supervision.models import Attachment, Contact
from tests.municipalities.factories import make_user
from tests.supervision.dossier_entries import make_attachment, make_contact
from tests.supervision.ledger import NOON
from tests.supervision.test_attachments import BAD, GOOD
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

DOSSIER = "/2022-1/gemeenten/GM0344/dossier/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def contact(supervisor: User, city: Municipality) -> Contact:
    return make_contact(by=supervisor, municipality=city)


def add_url(contact: Contact) -> str:
    return f"{DOSSIER}contacten/{contact.entry}/bijlagen/"


def contact_url(contact: Contact) -> str:
    return f"{DOSSIER}contacten/{contact.entry}/"


def give(client: Client, contact: Contact, name: str, content: bytes):
    return client.post(add_url(contact), {"bestand": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_goes_up_and_comes_down_as_it_was(staff: Client, reader: Client, contact: Contact) -> None:
    assert "Hoogstens 10 MB" in words(staff.get(add_url(contact)))
    response = give(staff, contact, "Gespreksnotitie.pdf", GOOD[Attachment.Kind.PDF])
    assert response.redirect_chain == [(contact_url(contact), 302)]
    assert "Gespreksnotitie.pdf is toegevoegd." in words(response)
    download = f"{DOSSIER}bijlagen/{Attachment.objects.get().pk}/"
    assert download in links(reader.get(contact_url(contact)))
    for client in (staff, reader):
        file = client.get(download)
        assert file.content == GOOD[Attachment.Kind.PDF]
        assert file["Content-Type"] == "application/pdf"
        assert file["Content-Disposition"] == 'attachment; filename="Gespreksnotitie.pdf"'
        assert file["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in file["Content-Security-Policy"]
        assert file["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", Attachment.Kind)
def test_whatever_comes_down_is_kept_and_not_shown(staff: Client, contact: Contact, kind) -> None:
    give(staff, contact, "bestand", GOOD[kind])
    file = staff.get(f"{DOSSIER}bijlagen/{Attachment.objects.get().pk}/")
    assert file["Content-Disposition"].startswith("attachment;")
    assert "html" not in file["Content-Type"]
    assert "svg" not in file["Content-Type"]


@pytest.mark.parametrize(
    "what", ["a program", "a web page", "a drawing", "a document with macros", "an e-mail with a program"]
)
def test_what_runs_is_refused_whatever_its_name(staff: Client, contact: Contact, what) -> None:
    response = give(staff, contact, "gesprek.pdf", BAD[what])
    assert response.status_code == 422
    assert "gesprek.pdf kan geen bijlage zijn" in words(response)
    assert title(response).startswith("Fout:")
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused_and_not_kept(staff: Client, contact: Contact) -> None:
    with override_settings(ATTACHMENT_MEGABYTES=1):
        for megabytes in (2, 8):
            response = give(staff, contact, "foto.png", GOOD[Attachment.Kind.PNG] + b"x" * megabytes * 1024 * 1024)
            assert response.status_code == 422
            assert "foto.png is te groot: een bijlage is hoogstens 1 MB." in words(response)
    assert not Attachment.objects.exists()


def test_a_file_that_is_far_too_large_is_cut_off_and_answered(staff: Client, contact: Contact) -> None:
    limits = {"upload_bytes": 1024, "rows": 10, "sheets": 10}
    with override_settings(ATTACHMENT_MEGABYTES=1, WORKBOOK_LIMITS=limits):
        response = give(staff, contact, "film.mp4", b"x" * 6 * 1024 * 1024)
    assert response.status_code == 422
    assert "te groot: een bijlage is hoogstens 1 MB." in words(response)


def test_without_a_file_it_asks_for_one(staff: Client, contact: Contact) -> None:
    response = staff.post(add_url(contact))
    assert response.status_code == 422
    assert "Kies eerst een bestand." in words(response)


def test_the_same_file_again_is_there_already(staff: Client, contact: Contact) -> None:
    give(staff, contact, "a.txt", b"Een notitie.")
    assert "Dit bestand stond er al, als a.txt." in words(give(staff, contact, "b.txt", b"Een notitie."))
    assert Attachment.objects.count() == 1


def test_a_contact_that_was_withdrawn_takes_no_file(staff: Client, contact: Contact, supervisor: User) -> None:
    withdraw_entry(by=supervisor, seen=contact, reason="Dubbel", now=NOON)
    assert give(staff, contact, "a.txt", b"Een notitie.").status_code == 404
    assert not Attachment.objects.exists()


def test_a_name_is_only_text(staff: Client, contact: Contact) -> None:
    give(staff, contact, '../../"<script>.txt', b"Een notitie.")
    page = staff.get(contact_url(contact)).content.decode()
    assert "<script>.txt" not in page
    assert "&lt;script&gt;.txt" in page


def test_a_file_that_should_not_be_there_goes_and_leaves_its_name_and_the_reason(
    staff: Client, contact: Contact, supervisor: User
) -> None:
    attachment = make_attachment(by=supervisor, contact=contact)
    url = f"{DOSSIER}bijlagen/{attachment.pk}/"
    assert "De inhoud wordt gewist en komt niet terug." in words(staff.get(f"{url}intrekken/"))
    empty = staff.post(f"{url}intrekken/", {"reason": ""})
    assert (empty.status_code, Attachment.objects.get().withdrawn_at) == (422, None)
    response = staff.post(f"{url}intrekken/", {"reason": "Er stonden namen in"}, follow=True)
    text = words(response)
    assert "notitie.txt is ingetrokken. De inhoud is gewist." in text
    assert f"ingetrokken door {supervisor}" in text
    assert "Er stonden namen in" in text
    assert bytes(Attachment.objects.get().content) == b""
    gone = staff.get(url)
    assert gone.status_code == 404
    assert "notitie.txt is ingetrokken: Er stonden namen in" in words(gone)
    again = staff.post(f"{url}intrekken/", {"reason": "Nog eens"}, follow=True)
    assert "Dat was al gebeurd; er is niets veranderd." in words(again)
    assert "al ingetrokken" in words(staff.get(f"{url}intrekken/"))


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_keeps_no_dossier_adds_and_withdraws_no_file(
    utrecht: Province, supervisor: User, contact: Contact, role
) -> None:
    attachment = make_attachment(by=supervisor, contact=contact)
    client = browser_of(make_user(role=role, province=utrecht))
    withdraw = f"{DOSSIER}bijlagen/{attachment.pk}/intrekken/"
    for url in (add_url(contact), withdraw):
        assert client.get(url).status_code == 403
        assert url not in links(client.get(contact_url(contact)))
    assert give(client, contact, "a.txt", b"Een notitie.").status_code == 403
    assert client.post(withdraw, {"reason": "x"}).status_code == 403
    assert Attachment.objects.get().withdrawn_at is None


def test_a_stranger_and_another_dossier_find_no_file(
    stranger: Client, staff: Client, supervisor: User, contact: Contact
) -> None:
    attachment = make_attachment(by=supervisor, contact=contact)
    for url in (
        add_url(contact),
        f"{DOSSIER}bijlagen/{attachment.pk}/",
        f"{DOSSIER}bijlagen/{attachment.pk}/intrekken/",
    ):
        assert stranger.get(url).status_code == 404
    assert staff.get(f"/2022-1/gemeenten/GM0331/dossier/bijlagen/{attachment.pk}/").status_code == 404
    assert staff.get(f"{DOSSIER}bijlagen/{10**20}/").status_code == 404


def test_nobody_is_sent_to_the_login(nobody: Client, supervisor: User, contact: Contact) -> None:
    url = f"{DOSSIER}bijlagen/{make_attachment(by=supervisor, contact=contact).pk}/"
    assert nobody.get(url).headers["Location"] == f"/account/login/?next={url}"
