"""The overview as a workbook and the half-years of a municipality as csv, read back as a spreadsheet would."""

from __future__ import annotations

import csv
import io
from datetime import date

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from municipalities.models import Municipality, Province
from supervision.figures import Agreed, Assessment
from supervision.rules.period import Period
from supervision.screens.downloads import history_csv, history_filename, overview_filename, overview_workbook
from tests.supervision.assessed import BEFORE, NEXT, NO_POLICY, NOW, assessed, closed, ending, running

PROVINCE = Province(code="PV26", name="Utrecht")
UTRECHT = {BEFORE: closed(226, 153, 208), NOW: closed(203, 171, 168, herverdeling=1)}


def sheets(assessments: list[Assessment], *, has_sample_figures: bool = False) -> tuple[Worksheet, dict[str, str]]:
    content = overview_workbook(assessments, province=PROVINCE, period=NOW, has_sample_figures=has_sample_figures)
    sheet, about = load_workbook(io.BytesIO(content)).worksheets
    return sheet, {row[0]: row[1] for row in about.iter_rows(values_only=True)}


def rows(sheet: Worksheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def lines(assessment: Assessment) -> list[list[str]]:
    text = history_csv(assessment)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


# -- workbook -----------------------------------------------------------------


def test_the_workbook_has_the_dossiers_numbers_as_numbers() -> None:
    sheet, _ = sheets([assessed("Utrecht", UTRECHT, swaps=(Agreed(other="Utrechtse Heuvelrug", persons=1),))])
    head, utrecht, total = rows(sheet)
    assert [text.replace("\u00a0", " ") for text in head] == [
        "Gemeente",
        "CBS-code",
        "Trede 2021-2",
        "Achterstand 1 januari 2022",
        "Taakstelling",
        "Herverdeling",
        "Taakstelling incl. herverdeling",
        "Totaalopgave",
        "Realisatie",
        "Realisatie % taakstelling",
        "Realisatie % totaalopgave",
        "Achterstand 1 juli 2022",
        "Advies trede",
        "Besloten trede",
    ]
    assert utrecht[2:] == (2, 171, 203, 1, 204, 375, 168, 0.82, 0.45, 207, 3, None)
    assert total[:2] == ("Provincie Utrecht", "PV26")
    assert total[7:9] == (375, 168)


def test_percentages_are_fractions_that_show_as_percentages() -> None:
    sheet, _ = sheets([assessed("Utrecht", UTRECHT)])
    assert {sheet.cell(row=row, column=column).number_format for row in (2, 3) for column in (10, 11)} == {"0%"}


def test_a_figure_that_lacks_is_an_empty_cell() -> None:
    sheet, _ = sheets([ending("A", 3), assessed("Leeg", {NOW: running(10)})])
    leeg = next(row for row in rows(sheet) if row[0] == "Leeg")
    assert leeg[3] is None
    assert leeg[8:] == (None, None, None, None, None, None)


def test_a_name_is_never_a_formula() -> None:
    sheet, _ = sheets([ending('=HYPERLINK("http://x")', 3), ending("+1", 3), ending("@A1", 3)])
    for cell in sheet["A"]:
        assert cell.data_type == "s", cell.value


def test_the_municipalities_stand_in_order_of_name() -> None:
    sheet, _ = sheets([ending("Zeist", 9), ending("De Bilt", 3), ending("Baarn", 1)])
    assert [row[0] for row in rows(sheet)[1:]] == ["Baarn", "De Bilt", "Zeist", "Provincie Utrecht"]


def test_the_second_sheet_says_what_the_first_is() -> None:
    _, about = sheets([ending("A", 3), assessed("Leeg")], has_sample_figures=True)
    assert about["Halfjaar"] == "2022-1 (eerste helft van 2022)"
    assert about["Totaal"] == "zonder Leeg: daar ontbreken cijfers"
    assert about["Let op"] == "Een deel van de cijfers is een voorbeeld en niet van het COA."
    assert about["Beleidskader"] == "Provincie Utrecht"


def test_a_half_year_that_runs_or_has_no_policy_says_so() -> None:
    sheet, about = sheets([assessed("A", {NOW: running(10, 5, 3, date(2022, 3, 1))}, policies=NO_POLICY)])
    assert rows(sheet)[0][8] == "Realisatie tot nu toe"
    assert rows(sheet)[0][11] == "Nog te huisvesten"
    assert rows(sheet)[1][11] == 12
    assert about["Let op"].startswith("Het halfjaar loopt nog")
    assert about["Beleidskader"] == "geen: er is geen advies"


def test_a_province_without_municipalities_gives_a_workbook_too() -> None:
    sheet, _ = sheets([])
    assert [row[0] for row in rows(sheet)] == ["Gemeente", "Provincie Utrecht"]


def test_file_names_have_no_accents_or_spaces() -> None:
    name = overview_filename(province=Province(name="Fryslân"), period=NOW)
    assert name == "overzicht-2022-1-fryslan.xlsx"
    municipality = Municipality(code="GM1900", name="Súdwest-Fryslân")
    assert history_filename(municipality=municipality) == "cijfers-GM1900-sudwest-fryslan.csv"


# -- csv ----------------------------------------------------------------------


def test_the_csv_has_every_half_year_latest_first() -> None:
    head, *found = lines(assessed("Utrecht", UTRECHT | {NEXT: running(275, 207, 15)}))
    assert head[2:6] == ["halfjaar", "peildatum", "taakstelling", "herverdeling"]
    assert [line[2] for line in found] == ["2022-2", "2022-1", "2021-2"]
    assert found[1][2:] == [
        "2022-1",
        "2022-07-01",
        "203",
        "1",
        "171",
        "171",
        "375",
        "168",
        "82",
        "45",
        "207",
        "3",
        "",
    ]
    assert found[0][-3:] == ["", "", ""]


def test_a_voorsprong_stays_a_number_in_the_csv() -> None:
    [_, line, *_] = lines(ending("Houten", -2))
    assert line[12] == "-2"


def test_a_name_in_the_csv_is_never_a_formula() -> None:
    for name in ("=1+1", "+1", "-1", "@A1", "\tx"):
        [_, line, *_] = lines(ending(name, 3))
        assert line[0] == f"'{name}"


def test_a_separator_in_a_name_does_not_shift_the_columns() -> None:
    assert lines(ending('A; "B"', 3))[1][0] == 'A; "B"'


def test_older_half_years_have_the_trede_of_their_own_policy() -> None:
    found = lines(
        assessed("A", {Period(2020, 2): closed(10, 0, 5), Period(2021, 1): closed(10, None, 10), NOW: closed()})
    )
    assert {line[2]: line[13] for line in found[1:]}["2020-2"] == ""
    assert {line[2]: line[13] for line in found[1:]}["2021-1"] == "2"
