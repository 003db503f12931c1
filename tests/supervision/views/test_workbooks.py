"""The pages of a workbook, asked without a browser: who may, what they say, and that nothing ever falls over."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django_scopes import scope

from supervision.models import Delivery, Figure, WorkbookImport
from tests.supervision.coa import making
from tests.supervision.ledger import deliver
from tests.supervision.views.page import title, words
from tests.supervision.workbook_files import PEILDATUM, example, small

GIVE = "/2022-1/cijfers/werkboek/"


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


def send(client, *files, **fields):
    """Files as (name, bytes)."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(GIVE, {"werkboek": sent, **fields})


@pytest.fixture
def given(staff, province):
    def give(name="simple.xlsx", content=None, **fields):
        response = send(staff, (name, example(name) if content is None else content), **fields)
        assert response.status_code == 302, words(response)
        return response["Location"]

    return give


def confirmation(response, **more):
    page = response.context["page"]
    return {"gezien": page.reading.token, "alles": "ja", **more}


def confirm(client, address, **more):
    return client.post(f"{address}vastleggen/", confirmation(client.get(address), **more))


# -- the way through ----------------------------------------------------------


def test_from_giving_to_the_figures_and_back(staff, given):
    address = given()
    page = staff.get(address)
    assert title(page) == "simple.xlsx – Trede"
    assert "52 cijfers veranderen bij 26 gemeenten" in words(page)
    done = confirm(staff, address)
    assert done["Location"] == "/2022-1/cijfers/"
    assert "52 cijfers uit simple.xlsx vastgelegd" in words(staff.get(done["Location"]))
    assert "52 cijfers uit dit werkboek zijn vastgelegd" in words(staff.get(address))
    delivery = Delivery.objects.get()
    withdrawn = staff.post(f"/leveringen/{delivery.pk}/intrekken/", {"reden": "Verkeerd bestand", "reason": "Verkeerd"})
    assert withdrawn.status_code == 302
    assert "52 cijfers uit dit werkboek zijn ingetrokken" in words(staff.get(address))


def test_a_workbook_waits_and_is_taken_up_again_by_a_colleague(staff, given, province):
    address = given()
    assert "simple.xlsx" in words(staff.get(GIVE))
    assert f'href="{address}"' in staff.get(GIVE).content.decode()


def test_several_files_at_once_each_wait(staff, province):
    response = send(staff, ("simple.xlsx", example("simple.xlsx")), ("tvs.xlsx", example("tvs.xlsx")))
    assert response["Location"] == GIVE
    assert WorkbookImport.objects.count() == 2


def test_a_chosen_peildatum_goes_along(staff, given):
    page = staff.get(given("tvs.xlsx", peildatum="2022-04-01"))
    assert "stand van 1 april 2022" in words(page)
    assert "26 cijfers veranderen" in words(page)


def test_a_file_that_is_read_otherwise(staff, given):
    address = given("tvs.xlsx")
    assert "Eerst 1 vraag over het bestand" in words(staff.get(address))
    assert staff.post(address, {"antwoord:as_of": "2022-02-01"}).status_code == 302
    page = staff.get(address)
    assert "stand van 1 februari 2022" in words(page)
    part = staff.post(address, {"column:D": "negeren"}, headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()
    assert "In geen kolom is een taakstelling, achterstand of realisatie herkend" in words(part)
    staff.post(address, {"opnieuw": "ja"})
    assert "Eerst 1 vraag over het bestand" in words(staff.get(address))


def test_another_half_year_has_another_address(staff, given):
    address = given()
    moved = staff.post(address, {"period": "2021-2"})
    assert moved["Location"] == address.replace("2022-1", "2021-2")
    assert staff.get(address)["Location"] == moved["Location"]


def test_another_sheet_or_header_drops_what_was_chosen_for_the_columns(staff, given):
    address = given()
    staff.post(address, {"column:C": "negeren"})
    staff.post(address, {"header_first": "2", "header_last": "2"})
    assert WorkbookImport.objects.get().mapping == {"choices": {"header": "2-2"}}


def test_a_sheet_without_a_table_is_not_chosen(staff, given):
    content = making.xlsx(
        making.Made([("Gemeente", "Realisatie"), ("Utrecht", 168)], name="Cijfers"),
        making.Made([("Alleen tekst",)], name="Uitleg"),
    )
    address = given(content=content)
    response = staff.post(address, {"sheet": "Uitleg"})
    assert response.status_code in (302, 422)
    assert bytes(WorkbookImport.objects.get().content) == content


def test_the_same_file_again_says_so(staff, given):
    confirm(staff, given())
    assert "precies hetzelfde bestand als simple.xlsx" in words(staff.get(given()))


def test_a_workbook_is_put_aside(staff, given):
    address = given()
    assert staff.post(f"{address}wegleggen/").status_code == 302
    assert bytes(WorkbookImport.objects.get().content) == b""
    assert "is weggelegd" in words(staff.get(address, follow=True))
    assert staff.get(f"{address}bestand/").status_code == 404


# -- what was not accepted ----------------------------------------------------


def test_what_is_not_confirmed_says_what_is_to_be_done_and_keeps_what_was_ticked(staff, given):
    address = given("fouten.xlsx")
    response = confirm(staff, address)
    assert response.status_code == 422
    assert title(response).startswith("Fout:")
    assert "Zeg eerst of de rijen met een fout moeten worden weggelaten" in words(response)
    assert response.context["page"].sent.confirms_all
    assert confirm(staff, address, weglaten="ja").status_code == 302


def test_every_error_stands_on_the_page_with_its_cell(staff, given):
    page = words(staff.get(given("fouten.xlsx")))
    for cell in ("A28", "A29", "A30", "C26", "B12", "C17", "C9", "C8", "C15", "C2"):
        assert f" {cell} " in page


def test_what_changed_meanwhile_is_named(staff, given, city, supervisor):
    address = given()
    seen = confirmation(staff.get(address))
    deliver(by=supervisor, municipality=city, taakstelling=201)
    response = staff.post(f"{address}vastleggen/", seen)
    assert response.status_code == 409
    assert "Utrecht: de taakstelling is nu 201" in words(response)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "0.1.2", "é" * 5000])
def test_a_confirmation_of_something_else_is_not_taken(staff, given, seen):
    address = given()
    assert staff.post(f"{address}vastleggen/", {"gezien": seen, "alles": "ja"}).status_code == 409
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"period": "altijd"},
        {"as_of": "gisteren"},
        {"sheet": "Nergens"},
        {"header_first": "99999999", "header_last": "x"},
        {"column:A": "hond", "column:ZZZ": "gemeente"},
        {"telling": "?", "achterstand_sign": "?"},
        {"antwoord:sheet": "\x00", "column:A": "\x00"},
    ],
)
def test_nonsense_as_a_choice_changes_nothing_and_breaks_nothing(staff, given, fields):
    address = given()
    assert staff.post(address, fields).status_code in (302, 422)
    assert "52 cijfers veranderen" in words(staff.get(address, follow=True))


def test_a_reason_with_a_character_that_no_database_takes(staff, given, city, supervisor):
    deliver(by=supervisor, municipality=city, as_of=PEILDATUM, realisatie=166)
    assert confirm(staff, given(), reden="Te\x00 laat").status_code == 302
    assert Delivery.objects.first().reason == "Te\ufffd laat"


# -- bad files ----------------------------------------------------------------


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


BAD = {
    "empty": (b"", "leeg"),
    "pdf with another ending": (b"%PDF-1.4\n%", "een PDF"),
    "damaged": (b"PK\x03\x04" + b"x" * 200, "beschadigd"),
    "half of a workbook": (example("simple.xlsx")[:3000], "beschadigd"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
    "bomb": (packed(**{"[Content_Types].xml": "x", "xl__workbook.xml": "0" * 30_000_000}), "groter dan 20 MB"),
    "text": (b"zomaar een verhaaltje\nzonder tabel\n", "geen tabel"),
    "V-nummer": (
        making.xlsx([("Gemeente", "V-nummer", "Realisatie"), ("Utrecht", "2801234567", 1)]),
        "persoonsgegevens",
    ),
    "birthdays": (
        making.xlsx([("Gemeente", "Geboortedatum", "Realisatie"), ("Utrecht", "1-1-1990", 1)]),
        "persoonsgegevens",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_not_taken_says_why_and_the_next_one_works(staff, province, kind, caplog):
    content, sentence = BAD[kind]
    response = send(staff, ("stand.xlsx", content))
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not WorkbookImport.objects.exists()
    assert "2801234567" not in caplog.text
    assert send(staff, ("simple.xlsx", example("simple.xlsx"))).status_code == 302


def test_of_several_files_the_good_ones_are_taken(staff, province):
    response = send(staff, ("a.xlsx", b"%PDF-1.4"), ("simple.xlsx", example("simple.xlsx")))
    assert response.status_code == 422
    assert "a.xlsx: Dit is een PDF" in words(response)
    assert WorkbookImport.objects.get().name == "simple.xlsx"


def test_without_a_file_it_asks_for_one(staff, province):
    response = staff.post(GIVE, {})
    assert response.status_code == 422
    assert "Kies eerst een bestand" in words(response)


def test_a_file_above_the_limit_is_refused_without_being_kept(staff, province):
    with override_settings(
        WORKBOOK_MEGABYTES=1,
        WORKBOOK_LIMITS={"upload_bytes": 1024 * 1024, "rows": 1000, "sheets": 10},
        ATTACHMENT_MEGABYTES=1,
    ):
        for megabytes in (2, 6):
            response = send(staff, ("groot.xlsx", b"x" * megabytes * 1024 * 1024))
            assert response.status_code == 422
            assert "groter dan 1 MB" in words(response)
    assert not WorkbookImport.objects.exists()


def test_a_name_with_a_formula_or_markup_is_only_text(staff, given):
    address = given("simple.xlsx", content=small(("Utrecht", 203, 168)))
    with scope(province=WorkbookImport.objects.get().province):
        WorkbookImport.objects.update(name='=cmd|"<script>".xlsx')
    page = staff.get(address).content.decode()
    assert "<script>&quot;" not in page
    assert "=cmd|&quot;&lt;script&gt;&quot;.xlsx" in page
    confirm(staff, address)
    download = staff.get(f"{address}bestand/")
    assert download["Content-Disposition"].startswith("attachment; filename=")


# -- the file, and who may ----------------------------------------------------


def test_the_file_is_kept_as_it_was_given(staff, reader, given):
    address = given()
    confirm(staff, address)
    for client in (staff, reader):
        response = client.get(f"{address}bestand/")
        assert response.content == example("simple.xlsx")
        assert response["Content-Disposition"] == 'attachment; filename="simple.xlsx"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "application/octet-stream"


def test_from_a_figure_to_its_file(staff, reader, given, city):
    confirm(staff, given())
    page = reader.get(f"/2022-1/gemeenten/{city.code}/")
    link = f"/leveringen/{Delivery.objects.get().pk}/werkboek/"
    assert f'href="{link}"' in page.content.decode()
    assert reader.get(link, follow=True).content == example("simple.xlsx")


def test_from_the_lists_of_deliveries_to_the_file(staff, reader, stranger, given, city, supervisor):
    confirm(staff, given())
    link = f'href="/leveringen/{Delivery.objects.get().pk}/werkboek/"'
    deliver(by=supervisor, municipality=city, achterstand=171)
    for client in (staff, reader):
        for path in ("/2022-1/cijfers/leveringen/", "/2022-1/cijfers/"):
            page = client.get(path).content.decode()
            assert page.count('/werkboek/"') - page.count('cijfers/werkboek/"') == page.count(link) == 1, path
    assert stranger.get(link.removeprefix('href="').rstrip('"')).status_code == 404


def test_who_only_looks_sees_no_workbook_that_waits(reader, given):
    address = given()
    assert reader.get(GIVE).status_code == 403
    assert reader.get(address).status_code == 403
    assert reader.post(f"{address}vastleggen/").status_code == 403
    assert reader.post(f"{address}wegleggen/").status_code == 403
    assert reader.get(f"{address}bestand/").status_code == 404


def test_another_province_finds_nothing(stranger, staff, given):
    address = given()
    confirm(staff, address)
    delivery = Delivery.objects.get()
    for path in (address, f"{address}bestand/", f"/leveringen/{delivery.pk}/werkboek/"):
        assert stranger.get(path).status_code == 404
    for path in (f"{address}vastleggen/", f"{address}wegleggen/"):
        assert stranger.post(path).status_code == 404


def test_the_grid_offers_to_read_a_workbook_to_who_may(staff, reader, province):
    assert 'name="werkboek"' in staff.get("/2022-1/cijfers/").content.decode()
    assert 'name="werkboek"' not in reader.get("/2022-1/cijfers/").content.decode()
