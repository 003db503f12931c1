"""Shapes that COA, the ministry or TVS might send: each must give the very figures that it was made of.

Where a shape leaves something open, it must be asked, and what is asked is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from supervision.coa.problems import Reason
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.coa.facts import MONTH_ENDS, MONTHS, PEILDATUM, Fact, expected, facts, figures_of, take
from tests.supervision.coa.making import Cell, Made, delimited, ods, wide, xls, xlsx

T, S, R = Kind.TAAKSTELLING, Kind.ACHTERSTAND, Kind.REALISATION
FACTS = facts()
COUNTRY = facts(None)
PROVINCES = {
    "PV20": "Groningen", "PV21": "Fryslân", "PV22": "Drenthe", "PV23": "Overijssel", "PV24": "Flevoland", "PV25": "Gelderland",
    "PV26": "Utrecht", "PV27": "Noord-Holland", "PV28": "Zuid-Holland", "PV29": "Zeeland", "PV30": "Noord-Brabant", "PV31": "Limburg",
}  # fmt: skip

Values = Callable[[Fact], Sequence[Cell]]
SHORT = ["jan", "feb", "mrt", "apr", "mei", "jun"]


def rows_of(values: Values, told: Sequence[Fact] = FACTS) -> list[list[Cell]]:
    return [list(values(fact)) for fact in told]


def table(header: Sequence[Cell], values: Values, told: Sequence[Fact] = FACTS) -> list[list[Cell]]:
    return wide(header, rows_of(values, told))


BASE = table(["Gemeente", "Taakstelling", "Realisatie"], lambda f: (f.name, f.taakstelling, f.realisatie))
SUMS = [sum(f.taakstelling for f in FACTS), sum(f.realisatie for f in FACTS)]


def gives(
    content: bytes, *kinds: Kind, told: Sequence[Fact] = FACTS, asked: Sequence[str] = (), **options: object
) -> dict[Reason, int]:
    """That an import gives these figures, without errors or warnings, and asks only this; what was left out."""
    proposal, extracted = take(content, **options)
    assert [question.key for question in proposal.asked] == list(asked)
    assert [(problem.cell, problem.message) for problem in extracted.problems] == []
    assert figures_of(extracted) == expected(list(told), *kinds)
    return extracted.left_out_counts


def first_months(count: int) -> list[Fact]:
    return [replace(fact, months=fact.months[:count]) for fact in FACTS]


# Kinds of files.


@pytest.mark.parametrize("make", [xlsx, ods, xls, delimited])
def test_every_kind_of_file(make):
    assert gives(make(BASE), T, R) == {}


def test_a_table_that_does_not_begin_in_a1():
    gives(xlsx([[], [], *([None, None, *row] for row in BASE)]), T, R)


def test_a_header_in_row_seven_under_titles():
    titles = [["Overzicht huisvesting"], [], ["Peildatum: 1 juli 2022"], ["Halfjaar 2022-1"], [], []]
    gives(xlsx([*titles, *BASE]), T, R)


def test_a_title_merged_over_the_table():
    gives(xlsx(Made([["COA: taakstelling en realisatie"], *BASE], merged=("A1:C1",))), T, R)


def test_trailing_empty_columns_and_rows_of_a_csv():
    gives(delimited([*([*row, "", ""] for row in BASE), *[["", "", "", "", ""]] * 5]), T, R)


def test_empty_rows_within_the_table():
    gives(xlsx([BASE[0], [], *BASE[1:9], [], [None, None, None], *BASE[9:]]), T, R)


def test_numbers_as_text():
    gives(xlsx([[str(cell) if isinstance(cell, int) else cell for cell in row] for row in BASE]), T, R)


def test_numbers_with_decimals_of_another_program():
    rows = table(
        ["gemeente", "taakstelling", "realisatie"], lambda f: (f.name, f"{f.taakstelling}.0", f"{f.realisatie}.0")
    )
    gives(delimited(rows, delimiter=","), T, R)


def test_dutch_numbers_with_signs_and_spaces():
    rows = table(
        ["Gemeente", "Achterstand per 1-1-2022", "Taakstelling", "Totaalopgave", "Realisatie"],
        lambda f: (
            f.name,
            str(f.start).replace("-", "−"),
            f"{f.taakstelling},0",
            f.totaalopgave,
            f"\u00a0{f.realisatie} ",
        ),
    )
    gives(delimited(rows), T, S, R)


# Municipalities.


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("Gemeente", lambda f: f"Gemeente {f.name}"),
        ("Gemeente", lambda f: f.name.upper()),
        ("Gemeente ", lambda f: f" {f.name}\u00a0"),
        ("Gemeente", lambda f: f"{f.name}*"),
        ("Gemeente", lambda f: f"{f.name} 1)"),
        ("Gemeente", lambda f: f.code),
        ("Gemeente", lambda f: f"{f.code} {f.name}"),
        ("Gemeente", lambda f: f"{f.name} ({f.code})"),
        ("CBS-code", lambda f: f.number),
        ("Gemeentecode", lambda f: f.code[2:]),
        ("gm_code", lambda f: f.code.lower()),
        ("code", lambda f: f"{f.number}.0"),
        ("Waar", lambda f: f.name),
        (None, lambda f: f.name),
    ],
)
def test_municipalities_in_any_writing(header, written):
    gives(
        xlsx(table([header, "Taakstelling", "Realisatie"], lambda f: (written(f), f.taakstelling, f.realisatie))), T, R
    )


def test_code_and_name_beside_each_other():
    rows = table(
        ["Code", "Gemeente", "Prov.", "Tst.", "Real. t/m juni"],
        lambda f: (f.number, f.name, "UT", f.taakstelling, f.realisatie),
    )
    gives(xlsx(rows), T, R)


def test_a_column_of_row_numbers_is_no_code():
    rows = [[number, *row] for number, row in enumerate(BASE[1:], start=1)]
    gives(xlsx([["Nr", *BASE[0]], *rows]), T, R)
    gives(xlsx([["Code", *BASE[0]], *rows]), T, R)


def test_without_a_register_the_words_suffice():
    gives(xlsx(BASE), T, R, with_register=False)


def test_the_whole_country():
    gives(xlsx(table(["Gemeente", "Netto taakstelling"], lambda f: (f.name, f.taakstelling), COUNTRY)), T, told=COUNTRY)


def test_one_municipality():
    gives(xlsx(BASE[:2]), T, R, told=FACTS[:1])


# Provinces.


def sections(*, first: str = "", last: str = "", heading: bool = False) -> Iterator[list[Cell]]:
    """The country by province, each with its name or total above or below."""
    for code in sorted(PROVINCES, key=lambda code: PROVINCES[code]):
        told = [fact for fact in COUNTRY if fact.province_code == code]
        sums = [sum(fact.taakstelling for fact in told), sum(fact.realisatie for fact in told)]
        if heading:
            yield [PROVINCES[code]]
        if first:
            yield [first.format(PROVINCES[code]), *sums]
        yield from ([fact.name, fact.taakstelling, fact.realisatie] for fact in told)
        if last:
            yield [last.format(PROVINCES[code]), *sums]


@pytest.mark.parametrize(
    "options",
    [
        {"first": "{}"},
        {"last": "{}"},
        {"heading": True},
        {"heading": True, "last": "{}"},
        {"heading": True, "last": "Totaal {}"},
        {"first": "Provincie {}"},
        {"last": "{} (provincie)"},
        {"last": "Totaal"},
    ],
)
def test_sections_of_provinces_where_utrecht_and_groningen_are_both(options):
    left_out = gives(xlsx([BASE[0], *sections(**options)]), T, R, told=COUNTRY)
    assert sum(left_out.values()) == 12 * len(options)


def test_a_province_in_a_column_of_its_own_tells_one_bergen_from_the_other():
    rows = table(
        ["Provincie", "Gemeente", "Taakstelling"],
        lambda f: (
            PROVINCES[f.province_code],
            f.name.partition(" (")[0] if f.name.startswith("Bergen (") else f.name,
            f.taakstelling,
        ),
        COUNTRY,
    )
    gives(xlsx(rows), T, told=COUNTRY)


def test_other_provinces_are_left_out_and_counted():
    rows = table(["Gemeente", "Taakstelling"], lambda f: (f.name, f.taakstelling), COUNTRY)
    ours = [fact for fact in COUNTRY if fact.province_code == "PV26"]
    assert gives(xlsx(rows), T, told=ours, province="PV26") == {Reason.OTHER_PROVINCE: len(COUNTRY) - 26}


@pytest.mark.parametrize("place", [0, -1])
def test_a_row_utrecht_that_is_the_sum_of_all_is_the_province(place):
    rows = BASE[1:]
    sums = ["Utrecht", *SUMS]
    assert gives(xlsx([BASE[0], sums, *rows] if place == 0 else [BASE[0], *rows, sums]), T, R) == {Reason.PROVINCE: 1}


# Rows that are none.


@pytest.mark.parametrize(
    "word", ["Totaal", "Eindtotaal", "Som", "TOTAAL", "Subtotaal", "Totaal provincie Utrecht", "Utrecht totaal", "Gemiddelde",
        "Totaal:", None]
)  # fmt: skip
def test_totals(word):
    assert gives(xlsx([*BASE, [word, *SUMS]]), T, R) == {Reason.TOTAL: 1}


@pytest.mark.parametrize("word", ["Provincie Utrecht", "Utrecht (provincie)", "Prov. Utrecht"])
def test_totals_of_a_province(word):
    assert gives(xlsx([*BASE, [word, *SUMS]]), T, R) == {Reason.PROVINCE: 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([None, "(aantal)", "(aantal)"], Reason.NOTE),
        ([1, 2, 3], Reason.HEADING),
        (["(1)", "(2)", "(3)"], Reason.HEADING),
        (["a", "b", "c"], Reason.HEADING),
        (["Regio Midden"], Reason.NOTE),
    ],
)
def test_rows_of_units_and_numbers_under_the_header(row, reason):
    assert gives(xlsx([BASE[0], row, *BASE[1:]]), T, R) == {reason: 1}


def test_a_header_that_each_page_repeats():
    assert gives(xlsx([*BASE[:14], BASE[0], *BASE[14:]]), T, R) == {Reason.HEADING: 1}


def test_notes_under_the_table():
    notes = [
        [],
        ["Bron: COA"],
        ["* voorlopige cijfers"],
        ["Opgesteld op 15 juli 2022, versie 1.0; vragen? bel 030-1234567"],
        ["1) Weesp", None, 3],
    ]
    assert gives(xlsx([*BASE, *notes]), T, R) == {Reason.NOTE: 4}


# Headers.


@pytest.mark.parametrize(
    "header",
    [
        ["GEMEENTE", "TAAKSTELLING 2022-I", "GEREALISEERD"],
        ["Gemeente", "Taak-\nstelling\n2022-I", "Gereali-\nseerd"],
        ["Gem.", "Tkst", "Real."],
        ["Gemeente", "Netto taakstelling eerste helft 2022", "Gehuisvest t/m 30 juni"],
        ["Naam gemeente", "Huisvestingstaakstelling 2022 H1", "Aantal gehuisveste vergunninghouders per 1-7-2022"],
        ["Gemeente (naam)", "Opgelegde taakstelling", "Uitgeplaatst"],
    ],
)
def test_headers_in_other_words(header):
    gives(xlsx([header, *BASE[1:]]), T, R)


def test_columns_in_any_order():
    rows = table(
        ["Realisatie", "Nog te realiseren", "Gemeente", "Totaalopgave", "Taakstelling", "Achterstand"],
        lambda f: (f.realisatie, f.remaining, f.name, f.totaalopgave, f.taakstelling, f.start),
    )
    gives(xlsx(rows), T, S, R)


def test_columns_that_are_not_ours():
    rows = table(
        [
            "Gemeente",
            "Inwoners",
            "Trede",
            "Taakstelling",
            "Gekoppeld",
            "Realisatie",
            "Realisatie volgens gemeente",
            "Opmerkingen",
        ],
        lambda f: (f.name, f.taakstelling * 1000, 2, f.taakstelling, 4, f.realisatie, 3, "in overleg"),
    )
    gives(xlsx(rows), T, R)


@pytest.mark.parametrize("make", [xlsx, ods, xls])
def test_a_header_of_two_rows_with_merged_groups(make):
    header = [["Gemeente", "Opgave", None, "Realisatie", None], [None, "Netto", "Totaal", "Aantal", "%"]]
    rows = rows_of(lambda f: (f.name, f.taakstelling, f.totaalopgave, f.realisatie, f.share))
    gives(make(Made([*header, *rows], merged=("A1:A2", "B1:C1", "D1:E1"))), T, R)


def test_a_header_of_three_rows():
    header = [
        ["Provincie Utrecht"],
        ["Gemeente", "Opgave", None, "Realisatie", None],
        [None, "Netto", "Totaal", "Aantal", "%"],
    ]
    rows = rows_of(lambda f: (f.name, f.taakstelling, f.totaalopgave, f.realisatie, f.share))
    gives(xlsx(Made([*header, *rows], merged=("A1:E1", "A2:A3", "B2:C2", "D2:E2"))), T, R)


def test_a_header_of_two_rows_without_merged_cells():
    header = [["Gemeente", "Taakstelling", "Realisatie", "", "", "", "", ""], ["", "", *SHORT]]
    gives(delimited([*header, *rows_of(lambda f: (f.name, f.taakstelling, *f.months))]), T, R)


# Balances and their sign.

NAMED = ["Gemeente", "Voor-/achterstand 1-1-2022", "Netto taakstelling", "Gehuisvest"]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("header", "values"),
    [
        (["Saldo 1-1-2022", "Netto taakstelling", "Totale opgave", "Gehuisvest", "Saldo 1-7-2022"], "STGRE"),
        (["Saldo", "Netto taakstelling", "Gehuisvest", "Saldo"], "STRE"),
        (["Saldo", "Taakstelling", "Totaalopgave", "Realisatie"], "STGR"),
        (["Voor-/achterstand", "Taakstelling", "Realisatie", "Percentage"], "STRP"),
        (["Voor-/achterstand", "Taakstelling", "Totaal"], "STG"),
        (["Stand 1 januari", "Taakstelling", "Gerealiseerd", "Stand 1 juli"], "STRE"),
        (["Voorsprong/achterstand begin", "Taakstelling", "Gehuisvest", "Nog te huisvesten"], "STRO"),
        (["Achterstand 2021-2", "Taakstelling 2022-1", "Realisatie 2022-1", "Achterstand 2022-1"], "STRE"),
        (["Netto taakstelling", "Voor/achterstand", "Te realiseren", "Gerealiseerd", "Nog te realiseren"], "TSGRO"),
        (
            ["Voor-/achterstand eind 2021", "Netto taakstelling", "Taakstelling", "Gehuisvest", "Nog te huisvesten"],
            "STGRO",
        ),
        (["Fase", "Taakstelling 1e helft 2022", "Voorsprong/achterstand begin", "Realisatie", "Stand 1 juli"], "XTSRE"),
    ],
)
def test_the_sums_tell_which_balance_is_which_and_its_sign(header, values, sign):
    def row(fact: Fact) -> list[Cell]:
        cells = {
            "S": sign * fact.start, "T": fact.taakstelling, "G": fact.totaalopgave, "R": fact.realisatie,
            "E": sign * fact.remaining, "O": fact.remaining, "P": fact.share, "X": "Signaleren",
        }  # fmt: skip
        return [fact.name, *(cells[value] for value in values)]

    kinds = {"S": S, "T": T, "R": R}
    gives(xlsx(table(["Gemeente", *header], row)), *(kinds[value] for value in values if value in kinds))


def test_percentages_as_text_tell_the_sign_too():
    def share(fact: Fact) -> str:
        return fact.share if isinstance(fact.share, str) else f"{round(fact.share * 100)}%"

    rows = table(
        ["Gemeente", "Saldo", "Taakstelling", "Gehuisvest", "%"],
        lambda f: (f.name, -f.start, f.taakstelling, f.realisatie, share(f)),
    )
    gives(xlsx(rows), T, S, R)


@pytest.mark.parametrize("note", ["* een negatief getal is een achterstand", "+ = voorsprong, - = achterstand"])
def test_a_note_tells_the_sign(note):
    rows = table(NAMED, lambda f: (f.name, -f.start, f.taakstelling, f.realisatie))
    gives(xlsx([*rows, [], [note]]), T, S, R)
    gives(xlsx([[note], [], *rows]), T, S, R)


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ("Voorsprong (+) / achterstand (-) begin", -1),
        ("Achterstand (+) / voorsprong (-) begin", 1),
        ("Voorsprong begin", -1),
        ("Achterstand begin", 1),
        ("Beginsaldo (+ = voorsprong)", -1),
    ],
)
def test_a_header_tells_the_sign(header, sign):
    gives(xlsx(table(["Gemeente", header, "Taakstelling"], lambda f: (f.name, sign * f.start, f.taakstelling))), T, S)


def test_a_sign_that_nothing_tells_is_asked():
    rows = table(NAMED, lambda f: (f.name, f.start, f.taakstelling, f.realisatie))
    gives(xlsx(rows), T, S, R, asked=["achterstand_sign"])
    gives(xlsx(rows), T, S, R, achterstand_sign="positief")
    rows = table(NAMED, lambda f: (f.name, -f.start, f.taakstelling, f.realisatie))
    gives(xlsx(rows), T, S, R, achterstand_sign="negatief")


def test_an_achterstand_that_is_mostly_negative_is_asked():
    rows = table(["Gemeente", "Achterstand begin"], lambda f: (f.name, -f.start))
    proposal, _ = take(xlsx(rows))
    assert [question.key for question in proposal.asked] == ["achterstand_sign"]


def test_the_sums_win_from_the_words_and_say_so():
    rows = table(
        ["Gemeente", "Voorsprong (+) / achterstand (-)", "Taakstelling", "Totaalopgave"],
        lambda f: (f.name, f.start, f.taakstelling, f.totaalopgave),
    )
    gives(xlsx(rows), T, S)
    proposal, _ = take(xlsx(rows))
    assert [remark[:60] for remark in proposal.remarks] == [
        "Volgens de tekst zou het teken in kolom B “Voorsprong (+) / "
    ]


def test_who_is_behind_and_who_is_ahead_in_two_columns():
    rows = table(
        ["Gemeente", "Achterstand", "Voorsprong", "Taakstelling", "Realisatie", "Nog te realiseren"],
        lambda f: (
            f.name,
            f.start if f.start > 0 else None,
            -f.start if f.start <= 0 else None,
            f.taakstelling,
            f.realisatie,
            f.remaining,
        ),
    )
    gives(xlsx(rows), T, S, R)


def test_a_balance_behind_the_realisatie_that_is_what_was_not_housed_is_the_end():
    rows = table(
        ["Gemeente", "Taakstelling", "Realisatie", "Achterstand"],
        lambda f: (f.name, f.taakstelling, f.realisatie, f.taakstelling - f.realisatie),
    )
    gives(xlsx(rows), T, R)


def test_a_balance_alone_is_asked_after_unless_the_title_dates_it():
    rows = table(["Gemeente", "Achterstand"], lambda f: (f.name, f.start))
    proposal, _ = take(xlsx(rows))
    assert [question.key for question in proposal.asked] == ["column:B"]
    gives(xlsx(rows), S, column_B="achterstand_start")
    gives(xlsx([["Achterstanden per 1 januari 2022"], *rows]), S)


def test_a_herverdeling_in_a_column_or_only_in_the_sums():
    told = facts(herverdeling=True)
    header = [
        "Gemeente",
        "Achterstand",
        "Taakstelling",
        "Herverdeling",
        "Totaalopgave",
        "Realisatie",
        "Nog te realiseren",
    ]

    def row(f: Fact) -> list[Cell]:
        return [f.name, f.start, f.taakstelling, f.herverdeling, f.totaalopgave, f.realisatie, f.remaining]

    gives(xlsx(table(header, row, told)), T, S, R, told=told)
    without = [[cell for column, cell in enumerate(cells) if column != 3] for cells in table(header, row, told)]
    gives(xlsx(without), T, S, R, told=told)
    _, extracted = take(xlsx(without))
    assert [difference.persons for difference in extracted.differences] == [2, -2]


# Opgave and its versions.


def test_a_bare_opgave_is_asked_after():
    rows = table(["Gemeente", "Opgave", "Realisatie"], lambda f: (f.name, f.taakstelling, f.realisatie))
    gives(xlsx(rows), R, asked=["column:B"])
    gives(xlsx(rows), T, R, column_B="taakstelling")


def test_a_bare_opgave_beside_a_taakstelling_is_the_whole():
    rows = table(
        ["Gemeente", "Achterstand begin", "Taakstelling", "Opgave"],
        lambda f: (f.name, f.start, f.taakstelling, f.totaalopgave),
    )
    gives(xlsx(rows), T, S)


def test_of_two_versions_of_the_taakstelling_one_must_be_chosen():
    header = ["Gemeente", "Taakstelling 2022-1 (oorspronkelijk)", "Taakstelling 2022-1 (bijgesteld)"]
    rows = table(header, lambda f: (f.name, 99, f.taakstelling))
    proposal, _ = take(xlsx(rows))
    assert [(question.key, question.proposed) for question in proposal.asked] == [("taakstelling", "C")]
    gives(xlsx(rows), T, taakstelling="C")


def test_a_taakstelling_with_herverdelingen_in_it_is_not_taken_unasked():
    rows = table(
        ["Trede", "Gemeente", "Achterstand 1 januari 2022", "Taakstelling 2022-1 (incl. herverdeling)", "Totaalopgave",
        "Realisatie", "Realisatie taakstelling %",
         "Realisatie totaalopgave %", "Achterstand 1 juli 2022"],
        lambda f: (2, f.name, f.start, f.taakstelling, f.totaalopgave, f.realisatie, f.realisatie / f.taakstelling, f.share, f.remaining),
    )  # fmt: skip
    gives(xlsx(rows), S, R, asked=["column:D"])
    gives(xlsx(rows), S, R, column_D="negeren")
    gives(xlsx(rows), T, S, R, column_D="taakstelling")


# Half-years side by side.


def test_of_several_half_years_the_chosen_one():
    header = [
        "Gemeente",
        "Taakstelling 2021-2",
        "Realisatie 2021-2",
        "Taakstelling 2022-1",
        "Realisatie 2022-1",
        "Taakstelling 2022-2",
    ]
    gives(xlsx(table(header, lambda f: (f.name, 99, 88, f.taakstelling, f.realisatie, 77))), T, R)


def test_half_years_under_each_figure_and_figures_under_each_half_year():
    rows = rows_of(lambda f: (f.name, 99, f.taakstelling, 88, f.realisatie))
    header = [["Gemeente", "Taakstelling", None, "Realisatie", None], [None, "2021-II", "2022-I", "2021-II", "2022-I"]]
    gives(xlsx(Made([*header, *rows], merged=("B1:C1", "D1:E1"))), T, R)
    rows = rows_of(lambda f: (f.name, 99, 88, f.taakstelling, f.realisatie))
    header = [
        [None, "2e helft 2021", None, "1e helft 2022", None],
        ["Gemeente", "Taakstelling", "Gerealiseerd", "Taakstelling", "Gerealiseerd"],
    ]
    gives(xlsx(Made([*header, *rows], merged=("B1:C1", "D1:E1"))), T, R)


def test_half_years_in_a_column():
    rows = table(
        ["Gemeente", "Periode", "Taakstelling", "Realisatie"],
        lambda f: (f.name, "2022-I", f.taakstelling, f.realisatie),
    )
    others = rows_of(lambda f: (f.name, "2021-II", 1, 1))
    assert gives(xlsx([*rows, *others]), T, R) == {Reason.OTHER_PERIOD: 26}


def test_a_file_about_another_half_year_is_asked_after():
    proposal, _ = take(xlsx([["Overzicht 2021-2"], [], *BASE]))
    (question,) = proposal.asked
    assert question.key == "period"
    assert [choice.value for choice in question.choices] == ["2021-2", "2022-1"]


# Months and days.


def test_months_that_are_summed():
    gives(xlsx(table(["Gemeente", "Taakstelling", *SHORT], lambda f: (f.name, f.taakstelling, *f.months))), T, R)


@pytest.mark.parametrize(
    "header",
    [["t/m " + month for month in MONTHS], list(MONTHS), MONTH_ENDS, [f"2022-{month:02}" for month in range(1, 7)]],
)
def test_counts_that_run_on_of_which_the_last_counts(header):
    gives(xlsx(table(["Gemeente", "Taakstelling", *header], lambda f: (f.name, f.taakstelling, *f.cumulative))), T, R)


def test_stands_that_only_rise_are_counts():
    header = [f"Stand {day.day}-{day.month}-{day.year}" for day in MONTH_ENDS]
    gives(xlsx(table(["Gemeente", "Taakstelling", *header], lambda f: (f.name, f.taakstelling, *f.cumulative))), T, R)


@pytest.mark.parametrize("total", ["Totaal", "Realisatie"])
def test_months_with_their_total(total):
    gives(
        xlsx(
            table(
                ["Gemeente", "Taakstelling", *SHORT, total], lambda f: (f.name, f.taakstelling, *f.months, f.realisatie)
            )
        ),
        T,
        R,
    )
    gives(
        xlsx(
            table(
                ["Gemeente", "Taakstelling", "Realisatie", *SHORT],
                lambda f: (f.name, f.taakstelling, f.realisatie, *f.months),
            )
        ),
        T,
        R,
    )


@pytest.mark.parametrize(
    ("group", "months"), [("Realisatie per maand", "months"), ("Gehuisvest (cumulatief)", "cumulative")]
)
@pytest.mark.parametrize("names", [SHORT, [1, 2, 3, 4, 5, 6]])
def test_months_under_a_group_that_says_how_they_count(group, months, names):
    header = [["Gemeente", "Taakstelling", group, None, None, None, None, None], [None, None, *names]]
    rows = rows_of(lambda f: (f.name, f.taakstelling, *getattr(f, months)))
    gives(xlsx(Made([*header, *rows], merged=("A1:A2", "B1:B2", "C1:H1"))), T, R)


def test_quarters():
    halves = table(
        ["Gemeente", "Realisatie Q1", "Realisatie Q2"], lambda f: (f.name, sum(f.months[:3]), sum(f.months[3:]))
    )
    gives(xlsx(halves), R)
    running = table(
        ["Gemeente", "Realisatie jan t/m mrt", "Realisatie jan t/m jun"],
        lambda f: (f.name, f.cumulative[2], f.realisatie),
    )
    gives(xlsx(running), R)


def test_months_of_the_other_half_year_do_not_count():
    header = [f"{month} 2022" for month in (*SHORT, "jul", "aug")]
    gives(
        xlsx(table(["Gemeente", "Taakstelling 2022-1", *header], lambda f: (f.name, f.taakstelling, *f.months, 5, 5))),
        T,
        R,
    )


@pytest.mark.parametrize("values", ["months", "cumulative"])
@pytest.mark.parametrize("total", [(), ("Totaal",)])
def test_a_peildatum_within_the_half_year(values, total):
    rows = table(
        ["Gemeente", "Taakstelling", *SHORT, *total],
        lambda f: (f.name, f.taakstelling, *getattr(f, values), *([f.realisatie] if total else [])),
    )
    gives(xlsx(rows), T, R, told=first_months(3), as_of=date(2022, 4, 1))


def test_months_that_are_still_empty():
    rows = table(
        ["Gemeente", "Taakstelling", *MONTHS], lambda f: (f.name, f.taakstelling, *f.months[:3], None, None, None)
    )
    gives(xlsx(rows), T, R, told=first_months(3), as_of=None)


def test_a_peildatum_that_the_months_do_not_reach_is_asked():
    rows = table(["Gemeente", "Taakstelling", *SHORT[:3]], lambda f: (f.name, f.taakstelling, *f.months[:3]))
    proposal, _ = take(xlsx(rows))
    (question,) = proposal.asked
    assert (question.key, question.proposed) == ("as_of", "2022-04-01")


def test_a_month_that_lacks_is_remarked():
    rows = table(
        ["Gemeente", "Taakstelling", "jan", "mrt"], lambda f: (f.name, f.taakstelling, f.months[0], f.months[2])
    )
    proposal, _ = take(xlsx(rows), as_of=date(2022, 4, 1))
    assert any("Niet alle maanden" in remark for remark in proposal.remarks)


def test_what_was_housed_this_month_is_not_the_count():
    rows = table(
        ["Gemeente", "Taakstelling", "Gehuisvest", "Gehuisvest deze maand"],
        lambda f: (f.name, f.taakstelling, f.realisatie, f.months[-1]),
    )
    gives(xlsx(rows), T, R)


def test_a_title_with_an_earlier_day_is_asked_after():
    proposal, _ = take(xlsx([["Stand per 1 mei 2022"], [], *BASE]))
    (question,) = proposal.asked
    assert (question.key, [choice.value for choice in question.choices]) == ("as_of", ["2022-05-01", "2022-07-01"])
    gives(xlsx([["Stand per 1 mei 2022"], [], *BASE]), T, R, as_of=date(2022, 5, 1))


@pytest.mark.parametrize(
    "title",
    [
        "Afdruk d.d. 5-5-2022",
        "Versie 3 mei 2022",
        "Stand per 1 juli 2022",
        "Stand per 12 juli 2022",
        "t/m 30 juni 2022",
    ],
)
def test_titles_that_do_not_contradict_the_peildatum(title):
    gives(xlsx([[title], [], *BASE]), T, R)


# A row per municipality and day.


@pytest.mark.parametrize(
    "days",
    [MONTH_ENDS, [f"{day.day}-{day.month}-{day.year}" for day in MONTH_ENDS], [f"{month} 2022" for month in MONTHS],
     [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 31), date(2022, 6, 30)]],
)  # fmt: skip
def test_rows_per_day_of_a_count_that_runs_on(days):
    rows = [[fact.name, day, fact.cumulative[month]] for month, day in enumerate(days) for fact in FACTS]
    assert gives(xlsx(wide(["Gemeente", "Peildatum", "Gehuisvest"], rows)), R) == {Reason.OTHER_DATE: 130}
    gives(xlsx(wide(["Gemeente", "Peildatum", "Gehuisvest"], rows)), R, told=first_months(3), as_of=date(2022, 4, 1))


def test_rows_per_month_that_are_summed():
    rows = [[fact.name, f"{name} 2022", fact.months[month]] for month, name in enumerate(MONTHS) for fact in FACTS]
    gives(xlsx(wide(["Gemeente", "Maand", "Gehuisvest"], rows)), R)


def test_rows_of_one_day_need_no_choice():
    rows = [[fact.name, PEILDATUM, fact.realisatie] for fact in FACTS]
    gives(xlsx(wide(["Gemeente", "Peildatum", "Realisatie"], rows)), R, as_of=None)


# A row per municipality and figure.


def test_rows_per_figure():
    told = [replace(fact, start=max(fact.start, 0)) for fact in FACTS]
    rows = [
        [fact.name, kind, count]
        for fact in told
        for kind, count in (
            ("Taakstelling", fact.taakstelling),
            ("Achterstand begin", fact.start),
            ("Realisatie", fact.realisatie),
            ("Gekoppeld", 3),
        )
    ]
    assert gives(xlsx(wide(["Gemeente", "Indicator", "Waarde"], rows)), T, S, R, told=told) == {Reason.OTHER_KIND: 26}


def test_rows_per_figure_and_half_year():
    rows = [
        [fact.code, period, kind, count]
        for period, more in (("2021-2", 1), ("2022-1", 0))
        for fact in FACTS
        for kind, count in (("taakstelling", fact.taakstelling + more), ("gehuisvest", fact.realisatie + more))
    ]
    assert gives(delimited(wide(["gm_code", "periode", "indicator", "aantal"], rows)), T, R) == {
        Reason.OTHER_PERIOD: 52
    }


# A second half-year.

SECOND, LAST_DAY = Period(2022, 2), date(2023, 1, 1)


def test_a_count_that_begins_anew_on_the_first_of_july():
    rows = [[f.name, PEILDATUM, 500] for f in FACTS] + [[f.name, LAST_DAY, f.realisatie] for f in FACTS]
    gives(xlsx(wide(["Gemeente", "Peildatum", "Cumulatief gehuisvest"], rows)), R, period=SECOND, as_of=LAST_DAY)


def test_a_count_that_may_run_on_from_january_is_asked_after():
    rows = [[f.name, PEILDATUM, 50] for f in FACTS] + [[f.name, LAST_DAY, 50 + f.realisatie] for f in FACTS]
    content = xlsx(wide(["Gemeente", "Peildatum", "Cumulatief gehuisvest"], rows))
    gives(content, R, period=SECOND, as_of=LAST_DAY, asked=["telling_vanaf"])
    gives(content, R, period=SECOND, as_of=LAST_DAY, telling_vanaf="januari")
    more = [replace(fact, months=(*fact.months, 50)) for fact in FACTS]
    gives(content, R, told=more, period=SECOND, as_of=LAST_DAY, telling_vanaf="juli")


def test_the_same_in_columns():
    rows = table(
        ["Gemeente", "Gehuisvest t/m 30-6-2022", "Gehuisvest t/m 31-12-2022"], lambda f: (f.name, 50, 50 + f.realisatie)
    )
    gives(xlsx(rows), R, period=SECOND, as_of=LAST_DAY, telling_vanaf="januari")


# Sheets.


def test_a_cover_and_a_reading_guide_are_no_tables():
    cover = Made([["Rapportage huisvesting"], ["Versie", 1], ["Peildatum", "1 juli 2022"]], name="Voorblad")
    gives(xlsx(cover, Made(BASE, name="Cijfers"), Made([["Toelichting"], ["Bron: COA"]], name="Leeswijzer")), T, R)


def test_a_hidden_sheet_is_not_proposed():
    old = Made(table(["Gemeente", "Taakstelling", "Realisatie"], lambda f: (f.name, 1, 1)), name="Oud", is_hidden=True)
    gives(xlsx(old, Made(BASE, name="Cijfers")), T, R)


def test_hidden_rows_are_read_and_remarked():
    gives(xlsx(Made(BASE, hidden_rows=(3, 4, 5))), T, R)
    proposal, _ = take(xlsx(Made(BASE, hidden_rows=(3, 4, 5))))
    assert proposal.remarks[0].startswith("3 rijen zijn in het blad verborgen")


def test_of_a_sheet_per_month_that_of_the_peildatum():
    def sheet(month: int) -> Made:
        return Made(
            table(["Gemeente", "Taakstelling", "Realisatie"], lambda f: (f.name, f.taakstelling, f.cumulative[month])),
            name=MONTHS[month],
        )

    content = xlsx(*(sheet(month) for month in range(6)))
    gives(content, T, R)
    gives(content, T, R, told=first_months(4), as_of=date(2022, 5, 1))


def test_of_a_sheet_per_half_year_that_of_the_period():
    others = [
        Made(table(["Gemeente", "Taakstelling", "Realisatie"], lambda f: (f.name, 1, 1)), name=name)
        for name in ("2021-2", "2022-2")
    ]
    gives(xlsx(others[0], Made(BASE, name="2022-1"), others[1]), T, R)


def test_of_a_sheet_per_province_ours_or_the_one_that_is_chosen():
    def sheet(code: str) -> Made:
        told = [fact for fact in COUNTRY if fact.province_code == code]
        return Made(table(["Gemeente", "Taakstelling"], lambda f: (f.name, f.taakstelling), told), name=PROVINCES[code])

    content = xlsx(*(sheet(code) for code in ("PV25", "PV26", "PV27")))
    ours = [fact for fact in COUNTRY if fact.province_code == "PV26"]
    gives(content, T, told=ours, province="PV26")
    proposal, _ = take(content)
    (question,) = proposal.asked
    assert (question.key, [choice.value for choice in question.choices]) == (
        "sheet",
        ["Gelderland", "Utrecht", "Noord-Holland"],
    )
    gives(content, T, told=ours, sheet="Utrecht")


# What no word tells.


def test_a_table_without_a_header_is_asked_after():
    proposal, extracted = take(delimited(BASE[1:]))
    assert [question.key for question in proposal.asked] == ["column:B", "column:C"]
    assert extracted.rows == ()
    gives(delimited(BASE[1:]), T, R, column_B="taakstelling", column_C="realisatie")


def test_a_column_that_only_the_title_names_is_asked_after_with_a_proposal():
    rows = [
        ["Taakstelling huisvesting vergunninghouders 2022-1"],
        *table(["Gemeente", "Aantal"], lambda f: (f.name, f.taakstelling)),
    ]
    proposal, _ = take(xlsx(rows))
    assert [(question.key, question.proposed) for question in proposal.asked] == [("column:B", "taakstelling")]
    gives(xlsx(rows), T, column_B="taakstelling")


def test_a_column_that_nobody_knows_is_remarked():
    proposal, _ = take(
        xlsx(table(["Gemeente", "Opdracht", "Gehuisvest"], lambda f: (f.name, f.taakstelling, f.realisatie)))
    )
    assert proposal.remarks == ("Kolom B “Opdracht” is niet herkend en wordt niet overgenomen.",)


def test_an_empty_column_is_remarked_and_no_fault_in_every_row():
    rows = xlsx(table(["Gemeente", "Taakstelling", "Realisatie"], lambda f: (f.name, f.taakstelling, None)))
    gives(rows, T)
    proposal, _ = take(rows)
    assert proposal.remarks == ("In kolom C “Realisatie” is geen enkele cel gevuld; die kolom wordt niet overgenomen.",)


def test_another_header_row_may_be_chosen():
    rows = [["Gemeente", "Taakstelling", "Realisatie"], ["Gemeente", "Realisatie", "Taakstelling"], *BASE[1:]]
    swapped, _ = take(xlsx(rows), header="2")
    assert [column.meaning.value for column in swapped.mapping.columns] == ["gemeente", "realisatie", "taakstelling"]
