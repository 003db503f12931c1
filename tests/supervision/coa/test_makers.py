"""Workbooks as a ministry, COA, TVS or a province makes them: each gives what a careful person would read, or asks."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.coa.problems import ProblemKind, Reason
from supervision.rules.opgave import Kind
from tests.supervision.coa.facts import MONTH_ENDS, PEILDATUM, expected, facts, figures_of, take
from tests.supervision.coa.making import Made, delimited, ods, xls, xlsx

T, S, R = Kind.TAAKSTELLING, Kind.ACHTERSTAND, Kind.REALISATION
FACTS = facts()
COUNTRY = facts(None)
NAMES = {
    "PV20": "Groningen", "PV21": "Fryslân", "PV22": "Drenthe", "PV23": "Overijssel", "PV24": "Flevoland", "PV25": "Gelderland",
    "PV26": "Utrecht", "PV27": "Noord-Holland", "PV28": "Zuid-Holland", "PV29": "Zeeland", "PV30": "Noord-Brabant", "PV31": "Limburg",
}  # fmt: skip


def total(told, *values):
    return [sum(value(fact) for fact in told) for value in values]


def read(content, *, told=FACTS, kinds, asked=(), name="stand.xlsx", **options):
    proposal, extracted = take(content, name, **options)
    assert [question.key for question in proposal.asked] == list(asked)
    assert [(problem.cell, problem.message) for problem in extracted.errors] == []
    assert figures_of(extracted) == expected(list(told), *kinds)
    return proposal, extracted


def test_the_ministry_publishes_the_taakstelling_of_the_country():
    """Titles, a row per municipality under its province in capitals, totals, a source below."""
    rows = [
        ["Ministerie van Justitie en Veiligheid"],
        ["Taakstelling huisvesting vergunninghouders eerste helft 2022"],
        [],
        ["Gemeentecode", "Gemeente", "Inwoneraantal 1-1-2021", "Taakstelling\neerste helft\n2022"],
    ]
    for code, name in NAMES.items():
        members = [fact for fact in COUNTRY if fact.province_code == code]
        rows += [[None, name.upper(), None, None]]
        rows += [[fact.code, fact.name, fact.taakstelling * 1741, fact.taakstelling] for fact in members]
        rows += [[None, f"Totaal {name}", None, *total(members, lambda f: f.taakstelling)]]
    rows += [[None, "Nederland", 17_475_415, *total(COUNTRY, lambda f: f.taakstelling)], []]
    rows += [["Bron: CBS, bevolking op 1 januari 2021. Afrondingsverschillen zijn mogelijk."]]
    _, extracted = read(xlsx(rows), told=COUNTRY, kinds=[T])
    assert extracted.left_out_counts[Reason.TOTAL] == 13


def test_coa_sends_an_overview_with_a_voorsprong_as_positive():
    """A group "Stand" over two days, both with the sign of a bank balance, and the percentage as text."""
    rows = [
        ["Overzicht huisvesting vergunninghouders", None, None, None, None, None, None],
        ["Provincie Utrecht", None, "Stand (+ = voorsprong, - = achterstand)", None, "Eerste halfjaar 2022", None, None],
        ["Gemeente", None, "1-1-2022", "1-7-2022", "Netto taakstelling", "Gehuisvest", "%"],
        *(
            [
                fact.name,
                None,
                -fact.start,
                -fact.remaining,
                fact.taakstelling,
                fact.realisatie,
                f"{round(100 * fact.realisatie / fact.taakstelling)}%",
            ]
            for fact in FACTS
        ),
        ["Totaal", None, *total(FACTS, lambda f: -f.start, lambda f: -f.remaining, lambda f: f.taakstelling), None, "97%"],
    ]  # fmt: skip
    read(xlsx(Made(rows, merged=("A1:G1", "C2:D2", "E2:G2"))), kinds=[T, S, R])


def test_coa_sends_months_with_a_total_and_what_is_still_to_do():
    months = ["januari", "februari", "maart", "april", "mei", "juni"]
    head = [
        "CBS",
        "Gemeente",
        "Achterstand 1-1-2022",
        "Taakst. 2022-I",
        "Totaal opgave",
        *months,
        "Totaal gehuisvest",
        "Nog te huisvesten",
    ]
    rows = [head]
    for fact in FACTS:
        balance = [fact.start, fact.taakstelling, fact.totaalopgave]
        rows.append([fact.number, fact.name, *balance, *fact.months, fact.realisatie, fact.remaining])
    for make in (xlsx, ods, xls):
        read(make(rows), kinds=[T, S, R])


def test_months_summed_up_to_the_peildatum_in_the_middle_of_the_half_year():
    head = ["Gemeente", "Taakstelling", "jan-22", "feb-22", "mrt-22", "apr-22", "mei-22", "jun-22"]
    rows = [head, *([fact.name, fact.taakstelling, *fact.months] for fact in FACTS)]
    _, extracted = take(xlsx([["Realisatie per maand"], *rows]), as_of=date(2022, 4, 1))
    assert figures_of(extracted) == {fact.code: {T: fact.taakstelling, R: sum(fact.months[:3])} for fact in FACTS}


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "cp1252"), (",", "utf-8"), ("\t", "utf-8-sig"), (";", "utf-16")]
)
def test_tvs_gives_a_row_per_day_as_text(delimiter, encoding):
    """Dates as text, codes of four figures, what is coupled beside what is housed."""
    rows = [["Gemeentecode", "Gemeentenaam", "Peildatum", "Gekoppeld", "Cumulatief gehuisvest"]]
    for month, day in enumerate(MONTH_ENDS):
        rows += [[f"{fact.number:04}", fact.name, f"{day:%d-%m-%Y}", 3, fact.cumulative[month]] for fact in FACTS]
    _, extracted = read(delimited(rows, delimiter=delimiter, encoding=encoding), kinds=[R], name="export.csv")
    assert extracted.left_out_counts == {Reason.OTHER_DATE: 5 * len(FACTS)}


def test_tvs_gives_figures_by_name_in_a_long_table():
    rows = [["Regio", "Gemeentecode", "Periode", "Onderwerp", "Waarde"]]
    for fact in FACTS:
        rows += [
            ["Midden", fact.code, "2022-1", "Taakstelling", fact.taakstelling],
            ["Midden", fact.code, "2022-1", "Achterstand begin periode", fact.start],
            ["Midden", fact.code, "2022-1", "Gerealiseerd", fact.realisatie],
            ["Midden", fact.code, "2021-2", "Gerealiseerd", fact.realisatie + 4],
            ["Midden", fact.code, "2022-1", "Gekoppeld", 2],
        ]
    read(xlsx(rows), kinds=[T, S, R])


def test_a_province_keeps_several_half_years_side_by_side():
    """Merged half-years over their own columns; ours is the second."""
    rows = [
        ["Monitor IBT huisvesting", None, None, None, None, None, None],
        [None, "2021-2", None, None, "2022-1", None, None],
        ["Gemeente", "Achterstand begin", "Taakstelling", "Realisatie", "Achterstand begin", "Taakstelling", "Realisatie"],
        *([fact.name, 1, 2, 3, fact.start, fact.taakstelling, fact.realisatie] for fact in FACTS),
        ["Provincie Utrecht", 26, 52, 78, *total(FACTS, lambda f: f.start, lambda f: f.taakstelling, lambda f: f.realisatie)],
    ]  # fmt: skip
    _, extracted = read(xlsx(Made(rows, merged=("A1:G1", "B2:D2", "E2:G2"))), kinds=[T, S, R])
    assert extracted.left_out_counts == {Reason.PROVINCE: 1}


def test_a_province_keeps_a_sheet_per_half_year():
    def sheet(name, plus):
        return Made(
            [["Gemeente", "Taakstelling", "Realisatie"]]
            + [[fact.name, fact.taakstelling + plus, fact.realisatie + plus] for fact in FACTS],
            name=name,
        )

    read(xlsx(sheet("2021-2", 5), sheet("2022-1", 0), sheet("2022-2", 9)), kinds=[T, R])


@pytest.mark.parametrize("written", [int, str, lambda n: f"{n:04}", lambda n: f"GM{n:04}", float, lambda n: f"gm {n}"])
def test_codes_in_any_writing(written):
    rows = [["Code", "Taakstelling", "Realisatie"]]
    rows += [[written(fact.number), fact.taakstelling, fact.realisatie] for fact in FACTS]
    read(xlsx(rows), kinds=[T, R])


SPELLINGS = {
    "De Bilt": "BILT, DE", "IJsselstein": "Ijsselstein", "Utrechtse Heuvelrug": "utrechtse  heuvelrug",
    "Wijk bij Duurstede": "Wijk bij\nDuurstede", "Utrecht": "Gemeente Utrecht", "Vijfheerenlanden": "Vijfheerenlanden*",
    "Woudenberg": "Woudenberg 1)", "De Ronde Venen": "Ronde Venen, de", "Bunnik": " Bunnik\u00a0", "Stichtse Vecht": "Stichtse-Vecht",
}  # fmt: skip


def test_names_as_they_are_typed():
    rows = [["Gemeente", "Taakstelling"], *([SPELLINGS.get(fact.name, fact.name), fact.taakstelling] for fact in FACTS)]
    read(xlsx([*rows, [], ["* sinds 2019"], ["1) voorlopig cijfer"]]), kinds=[T])


def test_numbers_as_they_are_typed():
    def typed(number):
        return f"{number:,}".replace(",", ".") if number >= 0 else f"{-number}-"

    rows = [["Gemeente", "Achterstand begin 2022", "Taakstelling", "Realisatie"]]
    rows += [[fact.name, typed(fact.start), f" {fact.taakstelling} ", str(fact.realisatie)] for fact in FACTS]
    read(xlsx(rows), kinds=[T, S, R])


def test_a_bergen_of_which_the_province_is_not_told_is_asked_back_by_name():
    rows = [["Gemeente", "Taakstelling"], *([fact.name, fact.taakstelling] for fact in FACTS), ["Bergen", 4]]
    _, extracted = take(xlsx(rows), province="PV26")
    [problem] = extracted.problems
    assert (problem.cell, problem.kind) == ("A28", ProblemKind.AMBIGUOUS_MUNICIPALITY)


def test_a_block_of_days_with_a_group_that_says_cumulative():
    rows = [
        ["Stand TVS", None, None, None],
        [None, "Gehuisvest cumulatief t/m", None, None],
        ["Gemeente", date(2022, 4, 30), date(2022, 5, 31), date(2022, 6, 30)],
        *([fact.name, *fact.cumulative[3:]] for fact in FACTS),
    ]
    read(xlsx(Made(rows, merged=("B2:D2",))), kinds=[R])


def test_what_is_behind_and_ahead_in_two_columns_of_which_one_is_empty():
    rows = [["Gemeente", "Achterstand 1-1-2022", "Voorsprong 1-1-2022", "Taakstelling", "Realisatie"]]
    for fact in FACTS:
        balance = [fact.start, None] if fact.start > 0 else [None, -fact.start]
        rows.append([fact.name, *balance, fact.taakstelling, fact.realisatie])
    read(ods(rows), kinds=[T, S, R])


def test_a_country_with_utrecht_and_groningen_twice():
    """Each province as a line with its sum before its municipalities, in the same column."""
    rows = [["Naam", "Taakstelling 2022-1", "Realisatie t/m 30 juni 2022"]]
    for code, name in NAMES.items():
        members = [fact for fact in COUNTRY if fact.province_code == code]
        rows += [[name, *total(members, lambda f: f.taakstelling, lambda f: f.realisatie)]]
        rows += [[fact.name, fact.taakstelling, fact.realisatie] for fact in members]
    _, extracted = read(xlsx(rows), told=COUNTRY, kinds=[T, R])
    assert extracted.left_out_counts[Reason.PROVINCE] == 12


def test_a_lowered_taakstelling_beside_the_announced_one_is_asked():
    rows = [
        ["Gemeente", "Taakstelling (aankondiging)", "Taakstelling bijgesteld per 1-4-2022"],
        *([fact.name, fact.taakstelling + 6, fact.taakstelling] for fact in FACTS),
    ]
    proposal, _ = take(xlsx(rows))
    assert [question.key for question in proposal.asked] == ["taakstelling"]
    assert proposal.asked[0].proposed == "C"


def test_a_peildatum_that_is_not_there_is_asked():
    rows = [
        ["Gemeente", "Peildatum", "Gehuisvest"],
        *([fact.name, date(2022, 6, 1), fact.cumulative[4]] for fact in FACTS),
    ]
    proposal, _ = take(xlsx(rows), as_of=PEILDATUM)
    assert [question.key for question in proposal.asked] == ["as_of"]
