"""Blocks from the clipboard: what Excel, LibreOffice, Word and browsers write, and whatever else may come."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.pasting import Limits, NotABlock, read_block
from supervision.rules.dutch import number

LIMITS = Limits(rows=100, columns=20, characters=20_000)


def read(text="", html=""):
    return read_block(text, html, limits=LIMITS)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("93\r\n12\r\n", (("93",), ("12",))),
        ("93\n12", (("93",), ("12",))),
        ("93\r12\r", (("93",), ("12",))),
        ("8\t14\t10\r\n6\t25\t12\r\n", (("8", "14", "10"), ("6", "25", "12"))),
        ("8\t\t10\r\n\t25\r\n", (("8", "", "10"), ("", "25", ""))),
        ("\r\n\r\n7\r\n\r\n", (("",), ("",), ("7",))),
        ("\t7\t\t\r\n", (("", "7"),)),
        ("\u00a01.204\u00a0\t −3 \n", (("1.204", "−3"),)),
        # Excel puts a cell with a line break, or with quotation marks, between quotation marks.
        ('"Achterstand\n1 jan"\tRealisatie\r\n', (("Achterstand 1 jan", "Realisatie"),)),
        ('"zegt ""ja"""\t3', (('zegt "ja"', "3"),)),
        ('"a\tb"\t3', (("a b", "3"),)),
        # A mark that nothing closes is a mark.
        ('12"\t"3\n', (('12"', '"3'),)),
        ('"12" inch\t3', (('"12" inch', "3"),)),
        ('""\t3', (("", "3"),)),
        ("\u200b7\u200e\t\ufeff8", (("7", "8"),)),
        ("een\x00twee", (("een\ufffdtwee",),)),
    ],
)
def test_text_with_tabs_is_read_as_a_spreadsheet_writes_it(text, block):
    assert read(text) == block


@pytest.mark.parametrize("text", ["", "   ", "\r\n\r\n", "\t\t\n\t\t\n"])
def test_nothing_is_no_block(text):
    with pytest.raises(NotABlock, match="Er is niets geplakt"):
        read(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 20_001, "hoogstens 20.000 tekens"),
        ("1\n" * 101, "hoogstens 100 regels en 20 kolommen"),
        ("1\t" * 20 + "1", "hoogstens 100 regels en 20 kolommen"),
    ],
)
def test_more_than_the_limits_is_refused(text, sentence):
    with pytest.raises(NotABlock, match=sentence):
        read(text)


def test_a_column_copied_whole_is_as_long_as_what_stands_in_it():
    assert read("7\r\n8\r\n" + "\r\n" * 9_000) == (("7",), ("8",))


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<table><tr><td>8</td><td>14</td></tr><tr><td>6</td></tr></table>", (("8", "14"), ("6", ""))),
        (
            "<table><tr><th>Gemeente<th>Realisatie<tr><td>Baarn<td>10</table>",
            (("Gemeente", "Realisatie"), ("Baarn", "10")),
        ),
        (
            "<html><head><style>td {color: red}</style></head><table><tbody><tr><td><p>Achterstand<br>1 jan</p></td></tr></tbody>"
            "</table><table><tr><td>later</td></tr></table></html>",
            (("Achterstand 1 jan",),),
        ),
        ('<table><tr><td colspan="2">8</td><td>9</td></tr></table>', (("8", "", "9"),)),
        ("<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>", (("a", "1"), ("", "2"))),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>", (("ab", "c"),)),
        ("<table><tr><td>1.204&nbsp;</td><td>&minus;3</td></tr></table>", (("1.204", "−3"),)),
        ("<table><td>8</td></table>", (("8",),)),
    ],
)
def test_a_table_without_its_text_is_read_from_the_html(html, block):
    assert read(html=html) == block


def test_the_text_counts_where_there_is_both():
    assert read("7", "<table><tr><td>8</td></tr></table>") == (("7",),)


@pytest.mark.parametrize("html", ["<p>geen tabel</p>", "<table></table>", "<table><tr></tr></table>", "<"])
def test_html_without_a_table_is_no_block(html):
    with pytest.raises(NotABlock):
        read(html=html)


# -- whatever comes -----------------------------------------------------------

WORD = st.text(st.sampled_from('aB7é−.,€"'), min_size=1, max_size=4)
CELL = st.lists(WORD, min_size=0, max_size=3).map(" ".join)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)


def as_excel_writes(cell: str, breaks: bool) -> str:
    if breaks:
        cell = cell.replace(" ", "\n")
    return '"{}"'.format(cell.replace('"', '""')) if set(cell) & set('"\n\t') else cell


@given(TABLES, st.booleans(), st.sampled_from(["\r\n", "\n"]))
def test_what_excel_writes_comes_back_cell_by_cell(table, breaks, end):
    text = end.join("\t".join(as_excel_writes(cell, breaks) for cell in row) for row in table) + end
    expected = [[" ".join(cell.split()) for cell in row] for row in table]
    if not any(any(row) for row in expected):
        with pytest.raises(NotABlock):
            read(text)
        return
    block = read(text)
    padded = [(list(row) + [""] * len(table[0]))[: len(table[0])] for row in block]
    padded += [[""] * len(table[0])] * (len(table) - len(block))
    assert padded == expected


@given(st.lists(st.lists(st.integers(-99_999, 99_999), min_size=2, max_size=2), min_size=1, max_size=20))
def test_dutch_numbers_come_through_as_they_were(numbers):
    text = "\r\n".join("\t".join(number(each) for each in row) for row in numbers)
    assert [list(row) for row in read(text)] == [[number(each) for each in row] for row in numbers]


@given(st.text(st.sampled_from('a1"\t\n\r<>/td rable'), max_size=200))
def test_any_text_is_a_block_or_a_sentence(text):
    for block in (lambda: read(text), lambda: read(html=text)):
        try:
            rows = block()
        except NotABlock:
            continue
        assert len({len(row) for row in rows}) == 1
        assert all("\t" not in cell and "\n" not in cell for row in rows for cell in row)


@pytest.mark.parametrize(
    "piece",
    ['"', '"\t', '"a\n', "<", "<!--", "<td", "<table><tr><td>", '<td rowspan="999" colspan="999">', "<a b=", "&"],
)
def test_nothing_takes_long(piece):
    most = Limits(rows=1_000, columns=50, characters=200_000)
    began = time.monotonic()
    for text, html in ((piece * (200_000 // len(piece)), ""), ("", "<table>" + piece * (190_000 // len(piece)))):
        with suppress(NotABlock):
            read_block(text, html, limits=most)
    assert time.monotonic() - began < 10
