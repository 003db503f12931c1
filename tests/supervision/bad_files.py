"""Files that nobody should be harmed by, each made on the spot, with what must be answered."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from supervision.coa.package import MEGABYTE
from tests.supervision.coa.making import Made, ods, unzipped, xlsx, zipped
from tests.supervision.workbook_files import example

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
TABLE = [["Gemeente", "Taakstelling", "Realisatie"], ["Utrecht", 203, 168], ["Zeist", 37, 30]]
FULL = 18 * MEGABYTE
"""Just under what may be unpacked."""


@dataclass(frozen=True)
class Bad:
    """A file, and a part of the sentence that it is answered with; none for one that is read like any other."""

    make: Callable[[], bytes]
    says: str | None
    name: str = "stand.xlsx"


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    return zipped({**unzipped(content), name: part})


def with_rows(rows: str) -> bytes:
    return with_part(xlsx(TABLE), SHEET, f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")


def in_ods(rows: str) -> bytes:
    """Rows in place of those of a table."""
    content = unzipped(ods(TABLE))["content.xml"].decode()
    first, last = content.index("<table:table-row"), content.index("</table:table>")
    return with_part(ods(TABLE), "content.xml", content[:first] + rows + content[last:])


def with_doctype(doctype: str, reference: str) -> bytes:
    sheet = unzipped(xlsx(TABLE))[SHEET].decode()
    told = sheet.partition("?>")[2] if sheet.startswith("<?") else sheet
    return with_part(xlsx(TABLE), SHEET, doctype + told.replace("<sheetData>", f"<sheetData>{reference}", 1))


def lying() -> bytes:
    """Sizes in the package that say a kilobyte where there are thirty megabytes."""
    content = bytearray(with_part(xlsx(TABLE), SHEET, b"<x>" + b" " * (30 * MEGABYTE) + b"</x>"))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<I", content, at + offset)[0] > MEGABYTE:
                struct.pack_into("<I", content, at + offset, 1000)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(xlsx(TABLE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def one_sheet_many_times() -> bytes:
    """A hundred sheets that are one and the same part, of half a million empty rows."""
    parts = unzipped(with_rows("<row/>" * 500_000))
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 101))
    spaces = f'{MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return zipped({**parts, "xl/workbook.xml": f"<workbook {spaces}><sheets>{sheets}</sheets></workbook>"})


def far_cell() -> bytes:
    return with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def claiming() -> bytes:
    """A table that says it goes on to the last cell of the sheet, and does not."""
    parts = unzipped(xlsx(TABLE))
    sheet = parts[SHEET].replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in sheet
    return zipped({**parts, SHEET: sheet.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')})


def macros() -> bytes:
    parts = unzipped(xlsx(TABLE))
    types = parts["[Content_Types].xml"].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    return zipped({**parts, "[Content_Types].xml": types})


def nul_and_turned() -> bytes:
    """NUL and right-to-left marks in the name of the sheet and in cells."""
    rows = (
        '<row r="1"><c t="inlineStr"><is><t>Gemeente</t></is></c><c t="inlineStr"><is><t>Taakstelling</t></is></c></row>'
        '<row r="2"><c t="inlineStr"><is><t>Ut_x0000_recht\u202e</t></is></c><c><v>203</v></c></row>'
        '<row r="3"><c t="inlineStr"><is><t>Zeist</t></is></c><c><v>37</v></c></row>'
    )
    parts = unzipped(with_rows(rows))
    book = parts["xl/workbook.xml"].replace(b'name="Blad1"', 'name="Blad\u202e1"'.encode())
    return zipped({**parts, "xl/workbook.xml": book})


FORMULAS = ("=cmd|' /C calc'!A1", "+31612345678", "@SUM(A1)", "-2+3+cmd|' /C calc'!A1", "\t=1+1")


def formulas() -> bytes:
    return xlsx([["Gemeente", "Taakstelling"], ["Utrecht", 203], *([text, 1] for text in FORMULAS)])


def overlapping() -> bytes:
    """Four hundred entries that are the same thirty megabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (30 * MEGABYTE))
        [part] = archive.infolist()
        for number in range(400):
            copy = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            copy.compress_type, copy.CRC = part.compress_type, part.CRC
            copy.compress_size, copy.file_size, copy.header_offset = part.compress_size, part.file_size, 0
            archive.filelist.append(copy)
    return buffer.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

DAMAGED, TOO_MUCH = "beschadigd of onvolledig", "te veel onderdelen of opmaak"

BAD = {
    "bomb": Bad(lambda: with_part(xlsx(TABLE), "xl/sharedStrings.xml", b" " * (30 * MEGABYTE)), "groter dan 20 MB"),
    "bomb that lies about its size": Bad(lying, DAMAGED),
    "bomb of parts over each other": Bad(overlapping, "groter dan 20 MB"),
    "one part as a hundred sheets": Bad(one_sheet_many_times, DAMAGED),
    "elements within elements": Bad(lambda: with_rows("<a>" * (FULL // 7) + "</a>" * (FULL // 7)), TOO_MUCH),
    "fewer elements within elements": Bad(lambda: with_rows("<a>" * 1_400_000 + "</a>" * 1_400_000), DAMAGED),
    "millions of styles": Bad(
        lambda: with_part(xlsx(TABLE), "xl/styles.xml", f"<s {MAIN}><cellXfs>{'<xf/>' * (FULL // 5)}</cellXfs></s>"),
        TOO_MUCH,
    ),
    "millions of sheets": Bad(
        lambda: with_part(xlsx(TABLE), "xl/workbook.xml", f"<w {MAIN}><sheets>{'<sheet/>' * (FULL // 8)}</sheets></w>"),
        "meer dan 100 bladen",
    ),
    "rows that repeat backwards": Bad(
        lambda: in_ods(
            (
                '<table:table-row table:number-rows-repeated="75000" table:visibility="collapse"/>'
                '<table:table-row table:number-rows-repeated="-75000"/>'
            )
            * 100_000
        ),
        DAMAGED,
        name="stand.ods",
    ),
    "spaces that repeat": Bad(
        lambda: in_ods(
            "<table:table-row><table:table-cell><text:p>"
            + '<text:s text:c="100"/>' * (FULL // 23)
            + "</text:p></table:table-cell></table:table-row>"
        ),
        "geen tabel gevonden",
        name="stand.ods",
    ),
    "entities that grow": Bad(lambda: with_doctype(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"), "DOCTYPE"),
    "entity from elsewhere": Bad(
        lambda: with_doctype('<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>', "&file;"), "DOCTYPE"
    ),
    "a claim of a million rows": Bad(claiming, None),
    "a cell in the last row": Bad(far_cell, "meer dan 75000 rijen"),
    "two hundred thousand rows": Bad(
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>7</v></c></row>' for n in range(1, 200_001))
        ),
        "meer dan 75000 rijen",
    ),
    "damaged": Bad(lambda: b"PK\x03\x04" + b"x" * 200, DAMAGED),
    "half of a workbook": Bad(lambda: example("simple.xlsx")[:3000], DAMAGED),
    "encrypted": Bad(encrypted, "wachtwoord"),
    "a password": Bad(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"
    ),
    "empty": Bad(lambda: b"", "leeg"),
    "a pdf with another ending": Bad(lambda: b"%PDF-1.7\n%\xe2\xe3", "een PDF"),
    "macros": Bad(macros, "macro’s"),
    "macros in a part": Bad(lambda: with_part(xlsx(TABLE), "xl/vbaProject.bin", b"x"), "macro’s", name="stand.xlsm"),
    "forty sheets": Bad(
        lambda: xlsx(Made(TABLE, name="Cijfers"), *(Made([["Leeg"]], name=f"Blad {n}") for n in range(2, 41))), None
    ),
    "nul and right to left": Bad(nul_and_turned, None, name="st\u202exslx.and.xlsx"),
}  # fmt: skip

LARGE = {
    "as many rows as there may be": Bad(
        lambda: with_rows("<row><c><v>344</v></c><c><v>7</v></c><c><v>8</v></c><c><v>9</v></c></row>" * 74_999),
        None,
    ),
    "a table of as many rows as there may be": Bad(
        lambda: (
            b"CBS-code;Gemeente;Peildatum;Gerealiseerd\r\n"
            + "".join(
                f"GM0344;Utrecht;{1 + n % 28}-{1 + n % 6}-2022;{n}\r\n" for n in range(74_990)
            ).encode()
        ),
        None,
        name="stand.csv",
    ),
}  # fmt: skip
"""As much as is taken: they cost what a workbook may cost, and are measured by `make bench` only."""
