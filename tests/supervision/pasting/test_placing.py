"""Where a block lands: by position, by the names of municipalities, by the words above its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.pasting import Column, Target, place
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

P = Period(2022, 1)
S, T, R = Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION
ROWS = [
    Target(code=f"GM000{number}", name=name) for number, name in enumerate(("Baarn", "De Bilt", "Lopik", "Utrecht"))
]
BAARN, BILT, LOPIK, CITY = (row.code for row in ROWS)
COLUMNS = [
    Column(label="achterstand", kind=S),
    Column(label="taakstelling", kind=T),
    Column(label="herverdeling"),
    Column(label="totaalopgave"),
    Column(label="realisatie", kind=R),
    Column(label="achterstand op de peildatum"),
    Column(label="advies"),
]
KNOWN = {row.name.casefold(): row.code for row in ROWS} | {
    "bilt, de": BILT,
    "arnhem": "GM0202",
    "gm0002": LOPIK,
    "2": LOPIK,
}


def find(text):
    code = KNOWN.get(text.casefold())
    if code is None:
        raise LookupError(f"“{text}” is geen bekende gemeente.")
    return code


def block(text):
    rows = [line.split("|") for line in text.split("/")]
    width = max(len(row) for row in rows)
    return tuple(tuple(cell.strip() for cell in row + [""] * (width - len(row))) for row in rows)


def laid(text, start=(BAARN, S), columns=COLUMNS):
    return place(block(text), columns=columns, rows=ROWS, start=start, period=P, find=find)


# -- by position --------------------------------------------------------------


def test_a_column_fills_the_cells_below():
    placed = laid("7/8/9", start=(BILT, R))
    assert placed.texts == {(BILT, R): "7", (LOPIK, R): "8", (CITY, R): "9"}
    assert (placed.outside, placed.left, placed.notes) == ((), 0, ())


def test_as_many_columns_as_can_be_filled_fill_those():
    assert laid("8|14|10").texts == {(BAARN, S): "8", (BAARN, T): "14", (BAARN, R): "10"}
    assert laid("14|10", start=(BAARN, T)).texts == {(BAARN, T): "14", (BAARN, R): "10"}


def test_a_wider_block_lies_as_the_table_is_shown():
    placed = laid("8|14|0|22|10|12|2")
    assert placed.texts == {(BAARN, S): "8", (BAARN, T): "14", (BAARN, R): "10"}
    assert placed.notes == (
        "Overgeslagen, want berekend: herverdeling, totaalopgave, achterstand op de peildatum en advies.",
    )
    assert placed.outside == ()


def test_an_empty_cell_leaves_what_is_there():
    assert laid("8||10/|14|").texts == {(BAARN, S): "8", (BAARN, R): "10", (BILT, T): "14"}


def test_what_comes_below_the_last_municipality_has_no_place():
    placed = laid("7/8//9", start=(LOPIK, R))
    assert placed.texts == {(LOPIK, R): "7", (CITY, R): "8"}
    assert (placed.left, placed.outside) == (1, ("2\u00a0regels vallen onder de laatste gemeente, Utrecht.",))


def test_what_comes_right_of_the_last_column_has_no_place():
    placed = laid("1|2|3|4/5|6|7|8", start=(BAARN, R))
    assert placed.texts == {(BAARN, R): "1", (BILT, R): "5"}
    assert (placed.left, placed.outside) == (2, ("1\u00a0kolom valt rechts buiten de tabel.",))


def test_where_only_the_taakstelling_can_be_filled_a_wider_block_lies_as_shown():
    columns = [Column(label=each.label, kind=each.kind if each.kind is T else None) for each in COLUMNS]
    assert laid("7/8", start=(BAARN, T), columns=columns).texts == {(BAARN, T): "7", (BILT, T): "8"}
    assert laid("7|0|9", start=(BAARN, T), columns=columns).texts == {(BAARN, T): "7"}


def test_text_that_is_no_header_is_put_in_its_cell_to_be_seen():
    assert laid("onbekend/8", start=(BAARN, R)).texts == {(BAARN, R): "onbekend", (BILT, R): "8"}


# -- by name ------------------------------------------------------------------


def test_names_put_each_row_in_its_own_place_in_any_order_and_spelling():
    placed = laid("Utrecht|168/bilt, de|12/BAARN|10", start=(LOPIK, R))
    assert placed.texts == {(CITY, R): "168", (BILT, R): "12", (BAARN, R): "10"}
    assert placed.notes == ("3\u00a0gemeenten herkend aan de naam.",)


def test_codes_beside_the_names_are_no_figures():
    for text in ("GM0002|Lopik|10", "Lopik|GM0002|10", "2|Lopik|10"):
        assert laid(text, start=(BAARN, R)).texts == {(LOPIK, R): "10"}, text


def test_a_column_of_numbers_is_never_taken_for_codes():
    assert laid("2/8", start=(BAARN, R)).texts == {(BAARN, R): "2", (BILT, R): "8"}


def test_totals_notes_and_other_provinces_are_left_out_and_told():
    placed = laid("Lopik|10/Arnhem|9/Totaal|19/Provincie Utrecht|19/Bron: COA|2022", start=(BAARN, R))
    assert placed.texts == {(LOPIK, R): "10"}
    assert (placed.left, placed.outside) == (0, ())
    assert placed.notes == (
        "1\u00a0gemeente herkend aan de naam.",
        "2\u00a0regels met een totaal overgeslagen.",
        "1\u00a0gemeente van een andere provincie overgeslagen.",
    )


def test_an_unknown_name_has_no_place_and_the_rest_has():
    placed = laid("Lopik|10/Utregt|168|1/|5", start=(BAARN, S))
    assert placed.texts == {(LOPIK, S): "10"}
    assert placed.left == 3
    assert placed.outside == ("Regel 2: “Utregt” is geen bekende gemeente.", "Regel 3 heeft geen gemeente.")


def test_a_municipality_that_comes_twice_with_other_figures_has_no_place():
    placed = laid("Utrecht|168/Lopik|10/Utrecht|716", start=(BAARN, R))
    assert placed.texts == {(LOPIK, R): "10"}
    assert (placed.left, placed.outside) == (2, ("Utrecht staat er 2 keer in, met andere cijfers.",))


def test_a_municipality_that_comes_twice_with_the_same_figures_counts_once():
    assert laid("Utrecht|168/Lopik|10/Utrecht|168", start=(BAARN, R)).left == 0


# -- by the words above -------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        ("Gemeente|Achterstand|Taakstelling|Realisatie", {S: "1", T: "2", R: "3"}),
        ("Gemeente|Realisatie|Netto taakstelling|Achterstand 1 januari 2022", {R: "1", T: "2", S: "3"}),
        ("Gemeente|Gerealiseerd t/m 30 juni|Totaalopgave|Saldo 1 juli 2022", {R: "1"}),
        ("Gemeente|Achterstand|Realisatie|Achterstand", {S: "1", R: "2"}),
        ("Gemeente|Taakstelling 2022-1|Opmerking|Realisatie totaalopgave in %", {T: "1"}),
        ("Gemeente|Achterstand begin|Herverdeling|Gehuisvest", {S: "1", R: "3"}),
    ],
)
def test_headers_put_each_column_in_its_own_place(headers, kinds):
    placed = laid(f"{headers}/Lopik|1|2|3", start=(BAARN, R))
    assert placed.texts == {(LOPIK, kind): text for kind, text in kinds.items()}
    assert (placed.left, placed.outside) == (0, ())


def test_headers_without_names_begin_in_the_row_of_the_cell():
    placed = laid("Realisatie|Taakstelling/10|14/12|25", start=(BILT, S))
    assert placed.texts == {(BILT, R): "10", (BILT, T): "14", (LOPIK, R): "12", (LOPIK, T): "25"}
    assert placed.notes == ("Kolommen herkend aan hun kop: realisatie en taakstelling.",)


def test_headers_over_two_rows_are_read_together():
    placed = laid("|Taakstelling|Realisatie/Gemeente|2022-1|t/m 30 juni/Lopik|8|10")
    assert placed.texts == {(LOPIK, T): "8", (LOPIK, R): "10"}


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Taakstelling 2021-2", "‘Taakstelling 2021-2’ is niet van 2022-1."),
        ("Voorsprong", "‘Voorsprong’ telt een voorsprong als positief getal"),
        ("Opgave", "Van ‘Opgave’ is niet duidelijk of het de taakstelling van COA is."),
        ("Realisatie", "‘Realisatie’ staat er twee keer"),
    ],
)
def test_a_column_that_is_for_no_cell_is_told_and_the_rest_lands(header, sentence):
    placed = laid(f"Gemeente|Realisatie|{header}/Lopik|10|8")
    assert placed.texts == {(LOPIK, R): "10"}
    assert placed.left == 1
    assert placed.outside[0].startswith(sentence)


def test_headers_that_say_nothing_are_left_out_and_the_place_counts():
    placed = laid("Gemeente|A|B/Lopik|8|10", start=(BAARN, T))
    assert placed.texts == {(LOPIK, T): "8", (LOPIK, R): "10"}
    assert "1\u00a0regel met koppen overgeslagen." in placed.notes


def test_a_column_that_cannot_be_filled_in_this_half_year_is_told():
    columns = [Column(label=each.label, kind=each.kind if each.kind is T else None) for each in COLUMNS]
    placed = laid("Gemeente|Taakstelling|Realisatie/Lopik|8|10", start=(BAARN, T), columns=columns)
    assert placed.texts == {(LOPIK, T): "8"}
    assert placed.outside == ("‘Realisatie’ kan in dit halfjaar niet worden ingevuld.",)


# -- whatever comes -----------------------------------------------------------

CELLS = st.sampled_from(
    ["", "7", "1.204", "−3", "x", "Lopik", "Utrecht", "Arnhem", "Totaal", "Realisatie", "Gemeente", "12,5"]
)


@given(
    st.integers(1, 8).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=9)
    ),
    st.sampled_from(ROWS),
    st.sampled_from([S, T, R]),
)
def test_every_cell_that_lands_came_from_the_block_and_is_in_the_table(rows, first, kind):
    given_block = tuple(tuple(row) for row in rows)
    placed = place(given_block, columns=COLUMNS, rows=ROWS, start=(first.code, kind), period=P, find=find)
    told = sum(bool(cell) for row in rows for cell in row)
    assert len(placed.texts) + placed.left <= told
    assert set(placed.texts.values()) <= {cell for row in rows for cell in row if cell}
    assert {code for code, _ in placed.texts} <= {row.code for row in ROWS}
    assert bool(placed.left) <= bool(placed.outside)


@given(st.lists(st.lists(st.integers(0, 99).map(str), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_block_of_numbers_lands_as_it_stands(rows):
    placed = place(tuple(tuple(row) for row in rows), columns=COLUMNS, rows=ROWS, start=(BAARN, S), period=P, find=find)
    expected = {
        (target.code, kind): cell
        for target, row in zip(ROWS, rows, strict=False)
        for kind, cell in zip((S, T, R), row, strict=True)
    }
    assert placed.texts == expected
