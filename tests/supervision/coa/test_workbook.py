"""The same cells from every kind of file, and what a cell alone does not tell."""

import io
from datetime import date, datetime
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.coa.cells import UNCALCULATED, Area, ErrorValue, address, column_letters, position
from supervision.coa.workbook import read
from supervision.coa.xlsx import is_date_format
from tests.supervision.coa.making import Error, Formula, Made, delimited, ods, sheetml, unzipped, xls, xlsx, zipped

ROWS = [
    ["Gemeente", None, "Aantal"],
    [],
    ["Súdwest-Fryslân", 70, Fraction(25, 2)],
    ["’s-Gravenhage", -3, date(2022, 7, 1)],
    ["twee\nregels", True, 0],
]


def sheet_of(content, name="x"):
    return read(name, content).sheets[0]


@pytest.mark.parametrize("make", [xlsx, ods, xls])
def test_the_same_cells_from_each_kind_of_workbook(make):
    assert sheet_of(make(ROWS)).rows == (
        ("Gemeente", None, "Aantal"),
        (),
        ("Súdwest-Fryslân", 70, Fraction(25, 2)),
        ("’s-Gravenhage", -3, date(2022, 7, 1)),
        ("twee\nregels", True, 0),
    )


@pytest.mark.parametrize("make", [xlsx, ods, xls])
def test_an_error_a_formula_without_outcome_and_an_empty_cell_are_three_things(make):
    sheet = sheet_of(make([["a", "b", "c", "d"], [Error("#REF!"), Formula("3+5"), None, 0]]))
    assert sheet.rows[1] == (ErrorValue("#REF!"), UNCALCULATED, None, 0)


@pytest.mark.parametrize("make", [xlsx, ods, xls])
def test_merged_cells_hidden_rows_and_hidden_sheets_are_known(make):
    made = Made([["Opgave", None, "x"], ["a", "b", "c"], ["d", "e", "f"]], merged=("A1:B1",), hidden_rows=(2,))
    workbook = read("x", make(made, Made([["geheim"]], name="Oud", is_hidden=True)))
    assert workbook.sheets[0].merged == (Area(0, 0, 0, 1),)
    assert workbook.sheets[0].hidden_rows == {1}
    assert [(sheet.name, sheet.is_hidden) for sheet in workbook.sheets] == [("Blad1", False), ("Oud", True)]


def test_the_kind_of_file_is_told_by_its_bytes_and_not_by_its_name():
    for name in ("x.pdf", "x.csv", "x", "../../etc/passwd", "C:\\fakepath\\x.xls"):
        assert sheet_of(xlsx(ROWS), name).rows[2][1] == 70


def test_the_name_is_kept_without_a_path():
    assert read("C:\\fakepath\\cijfers 2022-1.xlsx", xlsx(ROWS)).name == "cijfers 2022-1.xlsx"
    assert read("../../etc/passwd", xlsx(ROWS)).name == "passwd"


def test_addresses():
    assert [column_letters(column) for column in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert address(11, 1) == "B12"
    assert position("XFD1048576") == (1_048_575, 16_383)
    for text in ("", "A", "12", "XFE1", "A1B", "É1", "AAAA1", "A12345678"):
        assert position(text) is None


@given(st.integers(0, 9_999_998), st.integers(0, 16_383))
def test_a_position_is_the_one_of_its_address(row, column):
    assert position(address(row, column)) == (row, column)


# .xlsx of other programs.


def test_texts_of_several_runs_and_without_reading_aids():
    strings = "<si><r><t>Ut</t></r><r><t xml:space='preserve'>recht </t></r></si><si><t>東</t><rPh sb='0' eb='1'><t>ひ</t></rPh></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert sheet_of(sheetml(f"<sheetData>{rows}</sheetData>", strings=strings)).rows == (("Utrecht ", "東"),)


def test_cells_without_addresses_follow_each_other():
    rows = '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    assert sheet_of(sheetml(f"<sheetData>{rows}</sheetData>")).rows == ((1, None, 2), (), (), (None, 3, 4), (5,))


def test_prefixes_strict_files_and_absolute_targets():
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Zeist</x:t></x:is></x:c><x:c r="B1"><x:v>37</x:v></x:c></x:row>'
    content = sheetml(f"<x:sheetData>{rows}</x:sheetData>", prefix="x", strict=True, target="/xl/worksheets/sheet1.xml")
    assert sheet_of(content).rows == (("Zeist", 37),)


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="d\\-m\\-yyyy;@"/><numFmt numFmtId="165" formatCode="[Red]0;&quot;dagen&quot;0"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/></cellXfs>'
)


def test_a_number_is_a_date_by_its_style():
    rows = "".join(f'<c s="{style}"><v>44743</v></c>' for style in range(5))
    assert sheet_of(sheetml(f"<sheetData><row>{rows}</row></sheetData>", styles=STYLES)).rows == (
        (44743, date(2022, 7, 1), date(2022, 7, 1), 44743, 44743),
    )


def test_dates_count_from_1904_where_the_workbook_says_so():
    rows = '<row><c s="1"><v>43281</v></c></row>'
    content = sheetml(f"<sheetData>{rows}</sheetData>", styles=STYLES, workbook='<workbookPr date1904="1"/>')
    assert sheet_of(content).rows == ((date(2022, 7, 1),),)


def test_days_around_the_day_that_never_was_and_beyond_the_calendar():
    values = (1, 59, 61, 2_958_465, 2_958_466, -5, "0.5", "44743.75")
    rows = "".join(f'<c s="1"><v>{value}</v></c>' for value in values)
    assert sheet_of(sheetml(f"<sheetData><row>{rows}</row></sheetData>", styles=STYLES)).rows[0] == (
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(9999, 12, 31),
        2_958_466,
        -5,
        "12:00",
        date(2022, 7, 1),
    )


def test_a_date_may_be_written_in_full():
    rows = '<row><c t="d"><v>2022-07-01T00:00:00</v></c><c t="d"><v>gisteren</v></c></row>'
    assert sheet_of(sheetml(f"<sheetData>{rows}</sheetData>")).rows == ((date(2022, 7, 1), "gisteren"),)


@pytest.mark.parametrize(
    "code", ["d-m-yyyy", "yyyy-mm-dd", "mmm yy", "[$-413]d mmmm yyyy;@", "dd/mm/yyyy hh:mm", "h:mm"]
)
def test_formats_of_dates(code):
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0;[Red]-#,##0", '0" dagen"', "0%", "[h]:mm", "@", "0.00E+00", "_-* #,##0_-", "\\d0"]
)
def test_formats_of_numbers(code):
    assert not is_date_format(code)


def test_a_formula_that_gives_an_empty_text_is_empty_and_has_an_outcome():
    rows = '<row><c t="str"><f>IF(1,"")</f><v></v></c><c><f>1</f></c><c><f>1</f><v/></c><c><f>1+1</f><v>2</v></c></row>'
    assert sheet_of(sheetml(f"<sheetData>{rows}</sheetData>")).rows == ((None, UNCALCULATED, UNCALCULATED, 2),)


def test_numbers_are_exact():
    told = ("0.1", "1E-3", "168", "1E2", "-0", "16777217.0", "0.51388888888888884", "1e999", "nan", "twaalf")
    rows = "".join(f"<c><v>{text}</v></c>" for text in told)
    assert sheet_of(sheetml(f"<sheetData><row>{rows}</row></sheetData>")).rows[0] == (
        Fraction(1, 10),
        Fraction(1, 1000),
        168,
        100,
        0,
        16777217,
        Fraction("0.5138888888888888"),
        "inf",
        "nan",
        "twaalf",
    )


def test_what_would_deceive_the_eye_or_a_database_is_made_visible():
    content = xlsx([["Zeist_x0000_", "12\u202e34", "Ut\u00adrecht\u200b", "a\u200fb"]])
    assert sheet_of(content).rows == (("Zeist�", "12�34", "Utrecht", "a�b"),)
    assert sheet_of(delimited([["12\u202e34", "Ut\u00adrecht"]])).rows == (("12�34", "Utrecht"),)


cell_values = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.text(alphabet="abcdéĳ &<>'\"\n=+-@0123456789", min_size=1, max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cell_values, max_size=5), min_size=1, max_size=6))
def test_we_read_what_openpyxl_reads(rows):
    content = xlsx([["kop"], *rows])
    ours = sheet_of(content)
    theirs = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    for row in theirs.iter_rows():
        for cell in row:
            expected = cell.value
            if isinstance(expected, datetime):
                expected = expected.date()
            elif isinstance(expected, float):
                expected = Fraction(str(expected))
            found = ours.at(cell.row - 1, cell.column - 1)
            assert found == expected
            assert isinstance(found, bool) == isinstance(expected, bool)


# .ods of LibreOffice.


def ods_cells(*cells):
    """The values of a row that is written by hand."""
    parts = unzipped(ods([["kop"]]))
    row = f"<table:table-row>{''.join(cells)}</table:table-row>".encode()
    before, mark, after = parts["content.xml"].partition(b"</table:table-row>")
    return sheet_of(zipped({**parts, "content.xml": before + mark + row + after})).rows[1]


def ods_cell(attributes, *paragraphs):
    told = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return f"<table:table-cell {attributes}>{told}</table:table-cell>"


TEXT = 'office:value-type="string"'


def test_a_comment_is_not_part_of_the_cell():
    comment = "<office:annotation><text:p>let op</text:p></office:annotation>"
    assert ods_cells(f"<table:table-cell {TEXT}>{comment}<text:p>Zeist</text:p></table:table-cell>") == ("Zeist",)


def test_spaces_tabs_and_paragraphs_of_a_text():
    cell = ods_cell(TEXT, 'a<text:s text:c="2"/>b<text:tab/>c', "<text:span>d</text:span>")
    assert ods_cells(cell) == ("a  b c\nd",)


def test_repeated_cells_stand_for_many():
    cells = (
        ods_cell('table:number-columns-repeated="2" office:value-type="float" office:value="7"', "7"),
        ods_cell('table:number-columns-repeated="3"'),
        ods_cell('office:value-type="percentage" office:value="0.5"', "50%"),
    )
    assert ods_cells(*cells) == (7, 7, None, None, None, Fraction(1, 2))


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "Err:502", "Fout:502"])
def test_errors_of_older_versions_are_known_by_their_text(text):
    cell = ods_cell('table:formula="of:=A1" office:value-type="float" office:value="0"', text)
    assert ods_cells(cell) == (ErrorValue(text),)


def test_the_value_counts_and_not_how_it_is_shown():
    cells = (
        ods_cell('office:value-type="float" office:value="1234.5"', "1.235"),
        ods_cell('office:value-type="date" office:date-value="2022-07-01T12:00:00"', "juli"),
    )
    assert ods_cells(*cells) == (Fraction(2469, 2), date(2022, 7, 1))


# Delimited text.


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings(delimiter, encoding):
    rows = [
        ["Gemeente", "Taakstelling", "Realisatie"],
        ["Súdwest-Fryslân", "70", "12,5"],
        ["Nuenen, Gerwen; e.o.", "", "3"],
    ]
    sheet = sheet_of(delimited(rows, delimiter=delimiter, encoding=encoding))
    assert sheet.rows == (
        ("Gemeente", "Taakstelling", "Realisatie"),
        ("Súdwest-Fryslân", "70", "12,5"),
        ("Nuenen, Gerwen; e.o.", None, "3"),
    )


def test_numbers_of_a_text_file_stay_as_they_were_typed():
    assert sheet_of(b"code;aantal\r\n0344;1.234\r\n").rows[1] == ("0344", "1.234")


def test_titles_with_commas_do_not_decide_about_the_delimiter():
    content = b"Overzicht, stand per 1 juli, definitief\r\n\r\nGemeente;Taakstelling\r\nZeist;37\r\nSoest;27\r\n"
    assert sheet_of(content).rows[2] == ("Gemeente", "Taakstelling")


def test_the_line_that_tells_excel_the_delimiter_is_no_row():
    assert sheet_of(b"sep=|\r\na|b;c\r\n1|2;3\r\n").rows == (("a", "b;c"), ("1", "2;3"))


def test_a_text_that_was_forced_to_be_one_is_that_text():
    assert sheet_of(b'code;n\r\n="0344";1\r\n').rows[1] == ("0344", "1")


def test_line_breaks_within_quotes_are_part_of_a_cell():
    assert sheet_of(b'"Taak-\nstelling";n\r\n1;2\r\n').rows == (("Taak-\nstelling", "n"), ("1", "2"))
