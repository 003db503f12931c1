"""Files that are no workbook, or would do harm: one sentence each, nothing else."""

import contextlib
import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from supervision.coa import messages
from supervision.coa import xls as xls_reader
from supervision.coa.package import MEGABYTE, Limits
from supervision.coa.refusal import Unreadable
from supervision.coa.workbook import read
from tests.supervision.coa.facts import take
from tests.supervision.coa.making import Made, delimited, ods, sheetml, unzipped, wide, xls, xlsx, zipped

TABLE = wide(["Gemeente", "Taakstelling"], [["Utrecht", 203], ["Zeist", 37]])
SMALL = Limits(upload_bytes=3000, rows=10, columns=5, cells=30, sheets=3, parts=40, unpacked_bytes=200_000)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_part(content, name, part):
    return zipped({**unzipped(content), name: part})


def without_part(content, name):
    return zipped({key: part for key, part in unzipped(content).items() if key != name})


def compound(*streams):
    return COMPOUND + b"\x00" * 600 + b"".join(stream.encode("utf-16-le") + b"\x00\x00" for stream in streams)


def sheet_part(rows):
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def with_sheet(rows):
    return with_part(xlsx(TABLE), "xl/worksheets/sheet1.xml", sheet_part(rows))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", messages.EMPTY),
        (b" \r\n\t ", messages.EMPTY),
        (xlsx([[]]), messages.NO_CELLS),
        (ods([[]]), messages.NO_CELLS),
        (b"%PDF-1.7 ...", messages.wrong_kind("een PDF")),
        (b"\r\n%PDF-1.7 ...", messages.wrong_kind("een PDF")),
        (b"\x89PNG\r\n\x1a\n....", messages.wrong_kind("een afbeelding")),
        (b"MZ\x90\x00", messages.wrong_kind("een programma")),
        (zipped({"word/document.xml": "x", "[Content_Types].xml": "x"}), messages.wrong_kind("een Word-document")),
        (zipped({"ppt/presentation.xml": "x", "[Content_Types].xml": "x"}), messages.wrong_kind("een presentatie")),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), messages.wrong_kind("een ander document van LibreOffice")),
        (zipped({"xl/workbook.bin": "x", "[Content_Types].xml": "x"}), messages.BINARY_WORKBOOK),
        (zipped({"Index/Document.iwa": "x"}), messages.NUMBERS),
        (zipped({"cijfers.xlsx": b"x"}), messages.ARCHIVE),
        (zipped({}), messages.DAMAGED),
        (b"<html><table><tr><td>Gemeente</td></tr></table></html>", messages.WEB_PAGE),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", messages.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', messages.XML_TABLE),
        (b"Gemeente;Taakstelling\r\nUtrecht;2\x0003\r\n", messages.NOT_TEXT),
        (bytes(range(1, 256)), messages.NOT_TEXT),
        (b"\xff\xfeG\x00e", messages.NO_TEXT_ENCODING),
        (b"Gemeente;T\x81akstelling", messages.NO_TEXT_ENCODING),
        (compound("EncryptionInfo", "EncryptedPackage"), messages.PASSWORD),
        (compound("Workbook", "_VBA_PROJECT_CUR"), messages.MACROS),
        (compound("WordDocument"), messages.wrong_kind("een Word-document")),
        (compound("__substg1.0_1000001F"), messages.wrong_kind("een e-mailbericht")),
        (compound("Workbook"), messages.DAMAGED),
        (xls(TABLE)[:2000], messages.DAMAGED),
        (xlsx(TABLE)[:-200], messages.DAMAGED),
        (xlsx(TABLE)[:900], messages.DAMAGED),
        (with_part(xlsx(TABLE), "xl/vbaProject.bin", b"x"), messages.MACROS),
        (with_part(xlsx(TABLE), "[Content_Types].xml",
        "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"), messages.MACROS),
        (with_part(xlsx(TABLE), "xl/macrosheets/sheet1.xml", b"x"), messages.MACROS),
        (with_part(ods(TABLE), "Basic/Standard/Module1.xml", b"x"), messages.MACROS),
        (with_part(ods(TABLE), "META-INF/manifest.xml", "<m:encryption-data/>"), messages.PASSWORD),
        (without_part(xlsx(TABLE), "xl/workbook.xml"), messages.DAMAGED),
        (without_part(xlsx(TABLE), "xl/worksheets/sheet1.xml"), messages.DAMAGED),
        (without_part(ods(TABLE), "content.xml"), messages.DAMAGED),
        (with_sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), messages.DAMAGED),
        (with_sheet('<row r="1"><c r="?"><v>1</v></c></row>'), messages.DAMAGED),
        (with_sheet("<row"), messages.DAMAGED),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_what_is_wrong_and_what_to_do_is_one_sentence(content, sentence):
    with pytest.raises(Unreadable) as refusal:
        read("cijfers.xlsx", content)
    assert str(refusal.value) == sentence


def test_macros_that_a_workbook_of_libreoffice_may_have_without_any():
    content = with_part(ods(TABLE), "Basic/script-lc.xml", b"x")
    assert read("x.ods", content).sheets[0].rows[1] == ("Utrecht", 203)


# Limits.


def test_more_than_five_megabytes_is_refused():
    with pytest.raises(Unreadable, match="groter dan 5 MB"):
        read("x.csv", b"x" * (5 * MEGABYTE + 1))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (xlsx([["a"]] * 11), "10 rijen"),
        (ods([["a"]] * 11), "10 rijen"),
        (delimited([["a", "b"]] * 11), "10 rijen"),
        (xls([["a"]] * 11), "10 rijen"),
        (xlsx([[1] * 6]), "5 kolommen"),
        (ods([[1] * 6]), "5 kolommen"),
        (xlsx([[1] * 4] * 8), "30 gevulde cellen"),
        (delimited([[1] * 4] * 8), "30 gevulde cellen"),
        (xlsx(Made(TABLE, name="1"), *(Made(TABLE, name=str(n)) for n in range(2, 6))), "3 bladen"),
        (ods(Made(TABLE, name="1"), *(Made(TABLE, name=str(n)) for n in range(2, 6))), "3 bladen"),
        (zipped({str(n): "x" for n in range(41)} | {"[Content_Types].xml": "x"}), "40 onderdelen"),
    ],
    ids=lambda value: "",
)
def test_each_limit_says_what_there_is_too_much_of(content, what):
    limits = Limits(rows=10, columns=5, cells=30, sheets=3, parts=40)
    with pytest.raises(Unreadable, match=f"meer dan {what}"):
        read("x", content, limits=limits)


def test_forty_sheets_are_read():
    content = xlsx(Made(TABLE, name="1"), *(Made(TABLE, name=str(n)) for n in range(2, 41)))
    assert len(read("x.xlsx", content).sheets) == 40


def test_a_cell_in_the_last_row_of_the_sheet_is_refused():
    with pytest.raises(Unreadable, match="meer dan 75000 rijen"):
        read("x.xlsx", with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def test_a_sheet_that_only_claims_a_million_rows_is_read():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    content = with_sheet(rows)
    assert read("x.xlsx", content).sheets[0].rows == ((1,),)


@pytest.fixture(scope="module")
def two_hundred_thousand_rows():
    rows = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>7</v></c></row>' for n in range(1, 200_001))
    return with_sheet("".join(rows))


def test_two_hundred_thousand_rows_are_refused_in_time(two_hundred_thousand_rows):
    began = time.process_time()
    with pytest.raises(Unreadable, match="meer dan 75000 rijen"):
        read("x.xlsx", two_hundred_thousand_rows)
    assert time.process_time() - began < 10


def test_what_is_too_large_costs_no_more_memory_than_what_is_not(two_hundred_thousand_rows):
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="meer dan 10000 rijen"):
            read("x.xlsx", two_hundred_thousand_rows, limits=Limits(rows=10_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50 * MEGABYTE


def test_thousands_of_merged_cells_over_each_other_are_read_in_time():
    rows = [["Provincie", "Gemeente", "Taakstelling"], *([["Utrecht", "Zeist", 1]] * 20_000)]
    parts = unzipped(xlsx(rows))
    merged = "".join(f'<mergeCell ref="A{2 + n}:A75000"/>' for n in range(5_000))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    )
    began = time.process_time()
    _, extracted = take(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}))
    assert extracted.rows == ()
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text", ["opgave incl ", "\u00a0 ", "1 juli ", "(gem (cbs ", "prov ( ", "GM 0344 - ", "V 123 456 "]
)
def test_texts_that_patterns_go_back_and_forth_in_are_read_in_time(text):
    long = text * 2_000
    rows = [[f"{long}{n}" for n in range(20)], *([f"{long}{n}", 1, 2, 3] for n in range(40)), [long, long, 5]]
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        take(delimited(rows))
    assert time.process_time() - began < 5


# Bombs.


def test_a_part_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    content = with_part(xlsx(TABLE), "xl/sharedStrings.xml", b" " * (30 * MEGABYTE))
    assert len(content) < MEGABYTE
    began = time.process_time()
    with pytest.raises(Unreadable, match="Uitgepakt is het bestand groter dan 20 MB"):
        read("x.xlsx", content)
    assert time.process_time() - began < 1


def test_a_part_that_lies_about_its_size_is_damaged():
    content = bytearray(
        with_part(xlsx(TABLE), "xl/worksheets/sheet1.xml", b"<sst>" + b" " * (30 * MEGABYTE) + b"</sst>")
    )
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<I", content, at + offset)[0] > MEGABYTE:
                struct.pack_into("<I", content, at + offset, 1000)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refusal:
            read("x.xlsx", bytes(content))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(refusal.value) == messages.DAMAGED
    assert peak < 20 * MEGABYTE


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_doctype_is_refused_with_every_entity_in_it(part, doctype):
    parts = unzipped(sheetml('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', strings="<si><t>a</t></si>"))
    xml = parts[part].decode()
    head, mark, rest = xml.partition("?>") if xml.startswith("<?xml") else ("", "", xml)
    content = zipped({**parts, part: f"{head}{mark}{doctype}{rest}".replace("<sheetData>", "<sheetData>&l9;&file;")})
    with pytest.raises(Unreadable) as refusal:
        read("x.xlsx", content)
    assert str(refusal.value) == messages.MARKUP


def test_a_doctype_in_an_ods_is_refused():
    content = unzipped(ods(TABLE))["content.xml"].replace(b"?>", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1)
    with pytest.raises(Unreadable) as refusal:
        read("x.ods", with_part(ods(TABLE), "content.xml", content))
    assert str(refusal.value) == messages.MARKUP


def test_cells_that_repeat_a_billion_times_are_refused():
    content = unzipped(ods(TABLE))["content.xml"]
    content = content.replace(
        b'<table:table-cell office:value-type="float"',
        b'<table:table-cell table:number-columns-repeated="999999999" office:value-type="float"',
        1,
    )
    with pytest.raises(Unreadable, match="meer dan 300 kolommen"):
        read("x.ods", with_part(ods(TABLE), "content.xml", content))


def test_two_parts_of_one_name_are_refused():
    buffer = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(Unreadable) as refusal:
        read("x.xlsx", buffer.getvalue())
    assert str(refusal.value) == messages.DAMAGED


def test_an_encrypted_zip_is_one_with_a_password():
    content = bytearray(xlsx(TABLE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + offset] |= 1
    with pytest.raises(Unreadable) as refusal:
        read("x.xlsx", bytes(content))
    assert str(refusal.value) == messages.PASSWORD


def test_the_next_file_is_read_after_a_refusal():
    with pytest.raises(Unreadable):
        read("x.xlsx", xlsx(TABLE)[:900])
    assert read("x.xlsx", xlsx(TABLE)).sheets[0].rows[1] == ("Utrecht", 203)


# The process that reads .xls.


@pytest.mark.parametrize(
    ("what_it_does", "sentence"),
    [
        ("bytearray(400 * 1024 * 1024)", messages.DAMAGED),
        ("open('left-behind', 'w').write('x')", messages.DAMAGED),
        ("os.abort()", messages.DAMAGED),
        ("print('no answer')", messages.DAMAGED),
    ],
)
def test_what_goes_wrong_in_the_process_ends_there(what_it_does, sentence, monkeypatch, tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text(
        f"import os, runpy, sys; own = runpy.run_path({str(xls_reader.CHILD)!r})\nown['limit'](300_000_000, 5)\n{what_it_does}"
    )
    monkeypatch.setattr(xls_reader, "CHILD", bad)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unreadable) as refusal:
        read("x.xls", xls(TABLE))
    assert str(refusal.value) == sentence


def test_an_xls_that_takes_too_long_is_refused(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(xls_reader, "CHILD", slow)
    began = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read("x.xls", xls(TABLE), limits=Limits(child_seconds=1))
    assert str(refusal.value) == messages.TOO_SLOW
    assert time.monotonic() - began < 5


def test_reading_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in (xlsx(TABLE), ods(TABLE), xls(TABLE), delimited(TABLE)):
        assert read("x", content).sheets
    assert list(tmp_path.iterdir()) == []
