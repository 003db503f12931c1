"""Workbooks made for a test: the same rows as .xlsx, .ods, .xls or delimited text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape

import openpyxl
import xlwt

Cell = object
Rows = Sequence[Sequence[Cell]]


class Formula(str):
    """A formula that was never worked out."""

    __slots__ = ()


class Error(str):
    """An error value."""

    __slots__ = ()


@dataclass(frozen=True)
class Made:
    """A sheet to be made; `merged` as A4:B4."""

    rows: Rows
    name: str = "Blad1"
    merged: tuple[str, ...] = ()
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()


def sheets_of(given: Made | Rows, *others: Made) -> list[Made]:
    first = given if isinstance(given, Made) else Made(given)
    return [first, *others]


def xlsx(given: Made | Rows, *others: Made) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for made in sheets_of(given, *others):
        sheet = book.create_sheet(made.name)
        for row, cells in enumerate(made.rows, start=1):
            for column, value in enumerate(cells, start=1):
                _put_xlsx(sheet.cell(row, column), value)
        for block in made.merged:
            sheet.merge_cells(block)
        for row in made.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        if made.is_hidden:
            sheet.sheet_state = "hidden"
    if all(sheet.sheet_state == "hidden" for sheet in book):
        book.create_sheet("Leeg")
    return _saved(book)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheetml(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    prefix: str = "",
    strict: bool = False,
    target: str = "worksheets/sheet1.xml",
) -> bytes:
    """A workbook by hand, as programs other than openpyxl write it: shared strings, prefixes, styles, absolute targets."""
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else _MAIN
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else _RELATIONS
    space = f'xmlns:{prefix}="{main}"' if prefix else f'xmlns="{main}"'
    p = f"{prefix}:" if prefix else ""

    def relations(*told: tuple[str, str]) -> str:
        each = (f'<Relationship Id="{name}" Type="{kind}/{name}" Target="{where}"/>' for name, where in told)
        return f'<Relationships xmlns="{_PACKAGE}">{"".join(each)}</Relationships>'

    sheets = f'<{p}sheets><{p}sheet name="Blad1" sheetId="1" r:id="worksheet"/></{p}sheets>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<{p}workbook {space} xmlns:r="{kind}">{workbook}{sheets}</{p}workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", target), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
            ),
            "xl/worksheets/sheet1.xml": f"<{p}worksheet {space}>{sheet}</{p}worksheet>",
            "xl/sharedStrings.xml": f"<{p}sst {space}>{strings}</{p}sst>",
            "xl/styles.xml": f"<{p}styleSheet {space}>{styles}</{p}styleSheet>",
        }
    )


def _put_xlsx(cell: object, value: Cell) -> None:
    if isinstance(value, Formula):
        cell.value = f"={value}"
    elif isinstance(value, Error):
        cell.value, cell.data_type = str(value), "e"
    elif isinstance(value, Fraction):
        cell.value = float(value)
    elif isinstance(value, str):
        # A text that begins with = is no formula.
        cell.value, cell.data_type = value, "s"
    else:
        cell.value = value


def _saved(book: object) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(given: Made | Rows, *others: Made) -> bytes:
    book = xlwt.Workbook()
    dates = xlwt.easyxf(num_format_str="D-M-YYYY")
    for made in sheets_of(given, *others):
        sheet = book.add_sheet(made.name)
        sheet.visibility = int(made.is_hidden)
        for row, cells in enumerate(made.rows):
            for column, value in enumerate(cells):
                _put_xls(sheet, row, column, value, dates)
        for block in made.merged:
            (first_row, first_column), (last_row, last_column) = map(_place, block.split(":"))
            sheet.merge(first_row, last_row, first_column, last_column)
        for row in made.hidden_rows:
            sheet.row(row - 1).hidden = True
    return _saved(book)


def _put_xls(sheet: object, row: int, column: int, value: Cell, dates: object) -> None:
    match value:
        case None:
            return
        case Formula():
            sheet.write(row, column, xlwt.Formula(str(value)))
        case Error():
            sheet.row(row).set_cell_error(column, str(value))
        case date():
            sheet.write(row, column, value, dates)
        case Fraction():
            sheet.write(row, column, float(value))
        case _:
            sheet.write(row, column, value)


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1


_ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def ods(given: Made | Rows, *others: Made) -> bytes:
    """As LibreOffice writes it: trailing blanks are repeated cells, and a million empty rows close the sheet."""
    tables = "".join(_ods_table(made) for made in sheets_of(given, *others))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        '<office:automatic-styles><style:style style:name="verborgen" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _ods_table(made: Made) -> str:
    spans = {}
    covered = set()
    for block in made.merged:
        (first_row, first_column), (last_row, last_column) = map(_place, block.split(":"))
        spans[first_row, first_column] = (last_row - first_row + 1, last_column - first_column + 1)
        covered |= {(r, c) for r in range(first_row, last_row + 1) for c in range(first_column, last_column + 1)}
    rows = []
    for row, cells in enumerate(made.rows):
        told = "".join(
            _ods_cell(value, spans.get((row, column)), (row, column) in covered) for column, value in enumerate(cells)
        )
        hidden = ' table:visibility="filter"' if row + 1 in made.hidden_rows else ""
        blanks = f'<table:table-cell table:number-columns-repeated="{16384 - len(cells)}"/>'
        rows.append(f"<table:table-row{hidden}>{told}{blanks}</table:table-row>")
    style = ' table:style-name="verborgen"' if made.is_hidden else ""
    left = 1048576 - len(rows)
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    last = f'<table:table-row table:number-rows-repeated="{left}">{blank}</table:table-row>'
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    return f'<table:table table:name="{escape(made.name)}"{style}>{columns}{"".join(rows)}{last}</table:table>'


def _ods_cell(value: Cell, span: tuple[int, int] | None, is_covered: bool) -> str:
    tag = "table:table-cell" if span or not is_covered else "table:covered-table-cell"
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    told, text = _ods_value(value)
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f"<{tag}{spanned}{told}>{paragraphs}</{tag}>"


def _ods_value(value: Cell) -> tuple[str, str]:
    match value:
        case None:
            return "", ""
        case Formula():
            return f' table:formula="of:={value}"', ""
        case Error():
            return (
                ' table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
                value,
            )
        case bool():
            return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"', str(value)
        case date():
            return f' office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d-%m-%y}"
        case int() | float() | Decimal() | Fraction():
            number = float(value) if isinstance(value, Fraction) else value
            return f' office:value-type="float" office:value="{number}"', str(number)
    return ' office:value-type="string"', str(value)


def delimited(given: Made | Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """As Dutch Excel writes it: dates and decimals in Dutch, errors and formulas as they show."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    rows = given.rows if isinstance(given, Made) else given
    writer.writerows([[_as_text(value) for value in cells] for cells in rows])
    return buffer.getvalue().encode(encoding)


def _as_text(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "WAAR" if value else "ONWAAR"
        case date():
            return f"{value.day}-{value.month}-{value.year}"
        case float() | Decimal() | Fraction():
            return str(float(value)).replace(".", ",")
    return str(value)


def wide(header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    return [list(header), *(list(row) for row in rows)]
