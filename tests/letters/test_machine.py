"""The figures of a letter for machines: the same as those in the letter, and harmless in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.papers import pdf
from letters.words.case import Case, Incomplete
from letters.words.composing import compose
from letters.words.machine import Figure, Unit, figures, figures_csv, figures_json
from supervision.rules.dutch import number, percent, signed
from supervision.rules.opgave import Opgave
from tests.letters.cases import (
    DETAILS,
    DOCUMENTED,
    MUNICIPALITY,
    PERIOD,
    PROVINCE,
    SENDER,
    a_case,
    attached,
    bijlage,
    in_one_file,
    the_dossier,
    write,
)
from tests.letters.reading import attachments_of, insides_of

NOT_IN_A_TABLE = {
    "achterstand_begin_verwacht",
    "taakstelling_eerder",
    "trede_vorig_halfjaar",
    "trede_advies",
    "trede",
}


def as_json(case: Case) -> dict[str, object]:
    return json.loads(figures_json(case=case, details=DETAILS, municipality=MUNICIPALITY, province=PROVINCE))


def as_csv(case: Case) -> list[dict[str, str]]:
    written = figures_csv(case=case, details=DETAILS, municipality=MUNICIPALITY, province=PROVINCE)
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))


def value(case: Case, name: str, period: object = PERIOD) -> int | None:
    [found] = [each.value for each in figures(case) if each.name == name and each.period == period]
    return found


def shown(figure: Figure) -> str:
    """As the letter writes it."""
    if figure.unit is Unit.PERCENT:
        return percent(figure.value).removesuffix("%")
    assert figure.value is not None
    return signed(figure.value) if figure.name == "herverdeling" else number(figure.value)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_figures_are_those_of_the_tables_in_their_order(name: str) -> None:
    case, details = DOCUMENTED[name]
    letter = compose(case=case, sender=SENDER, details=details)
    blocks = [block for section in letter.sections for block in section.parts]
    rows = [row.number for block in blocks if block.kind == "sum" for row in block.rows]
    assert [shown(each) for each in figures(case) if each.name not in NOT_IN_A_TABLE] == rows


def test_the_dossier_as_the_province_published_it() -> None:
    found = [(each.name, str(each.period), each.value, each.calculation) for each in figures(the_dossier())]
    assert found == [
        ("achterstand_begin", "2022-1", 171, ""),
        ("taakstelling", "2022-1", 203, ""),
        ("herverdeling", "2022-1", 1, ""),
        ("totaalopgave", "2022-1", 375, "171 + 203 + 1"),
        ("realisatie", "2022-1", 168, ""),
        ("realisatie_taakstelling_procent", "2022-1", 82, "168 van 204"),
        ("realisatie_totaalopgave_procent", "2022-1", 45, "168 van 375"),
        ("achterstand_eind", "2022-1", 207, "375 − 168"),
        ("achterstand_begin", "2022-2", 207, ""),
        ("taakstelling", "2022-2", 275, ""),
        ("totaalopgave", "2022-2", 482, "207 + 275"),
        ("trede_vorig_halfjaar", "2021-2", 2, ""),
        ("trede_advies", "2022-1", 3, ""),
        ("trede", "2022-1", 3, ""),
    ]


def test_it_says_of_whom_and_when_with_the_identifiers_of_registers() -> None:
    written = as_json(the_dossier())
    assert written["gemeente"] == {"naam": "Utrecht", "code": "GM0344", "tooi": MUNICIPALITY.uri}
    assert written["provincie"] == {"naam": "Utrecht", "code": "PV26", "tooi": PROVINCE.uri}
    assert written["halfjaar"] == "2022-1"
    assert written["peildatum"] == "2022-07-01"
    assert written["brief"] == {"datum": "2022-09-22", "documentnummer": "82508878"}
    assert written["beleidskader"]["geldt_vanaf"] == "2021-01-01"
    assert written["tredenaam"] == "Actief toezicht"


@pytest.mark.parametrize("name", DOCUMENTED)
def test_csv_and_json_say_the_same(name: str) -> None:
    case, _ = DOCUMENTED[name]
    rows, records = as_csv(case), as_json(case)["cijfers"]
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        assert {key: row[key] for key in record} == {
            key: "" if each is None else str(each) for key, each in record.items()
        }
        assert row["gemeente_tooi"] == MUNICIPALITY.uri


@given(
    begin=st.integers(-300, 300),
    taakstelling=st.integers(0, 400),
    swap=st.integers(-50, 50).filter(bool),
    realisation=st.integers(0, 500),
    following=st.none() | st.integers(0, 300),
)
def test_every_sum_is_exact(begin: int, taakstelling: int, swap: int, realisation: int, following: int | None) -> None:
    case = a_case(
        begin=begin,
        taakstelling=taakstelling,
        swaps=[("Voorbeeldwijk", swap)],
        realisation=realisation,
        following=following,
    )
    totaalopgave = begin + taakstelling + swap
    assert value(case, "totaalopgave") == totaalopgave
    assert value(case, "achterstand_eind") == totaalopgave - realisation
    if following is not None:
        assert value(case, "totaalopgave", PERIOD.next) == totaalopgave - realisation + following
    share = value(case, "realisatie_totaalopgave_procent")
    assert (share is None) == (totaalopgave <= 0)


def test_where_the_figures_come_from() -> None:
    def source(case: Case) -> str:
        return figures(case)[0].source

    assert source(a_case(begin=5, taakstelling=3)) == "COA"
    assert source(a_case(begin=5, taakstelling=3, is_reported=False)) == "berekend uit 2021-2"
    assert source(a_case(begin=5, taakstelling=3, is_reported=False, carried=5)) == "overgenomen bij de herindeling"


def test_what_coa_and_the_ministry_changed_stands_beside_it() -> None:
    case, _ = DOCUMENTED["alles"]
    assert value(case, "achterstand_begin") == 1200
    assert value(case, "achterstand_begin_verwacht") == 1190
    assert value(case, "taakstelling_eerder") == 3500


def test_what_was_decided_stands_beside_the_advice() -> None:
    case = the_dossier()
    decided = replace(case, decided=case.policy.step(2), departure="daar reden voor is")
    assert value(decided, "trede_advies") == 3
    assert value(decided, "trede") == 2
    assert [each.source for each in figures(decided)][-1] == "besluit"
    assert [each.source for each in figures(case)][-1] == "advies"


def test_voorbeeldcijfers_are_called_so() -> None:
    case = replace(the_dossier(), has_samples=True)
    assert as_json(case)["heeft_voorbeeldcijfers"] is True
    assert {row["heeft_voorbeeldcijfers"] for row in as_csv(case)} == {"ja"}


@pytest.mark.parametrize(
    "typed", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "a;b\r\nc"]
)
def test_a_name_never_becomes_a_formula_or_a_column(typed: str) -> None:
    case = a_case(begin=5, taakstelling=9, swaps=[(typed, 2)], realisation=3)
    [row] = [row for row in as_csv(case) if row["cijfer"] == "herverdeling"]
    assert row["andere_gemeente"].removeprefix("'") == typed
    assert not row["andere_gemeente"].startswith(("=", "+", "-", "@"))
    assert row["waarde"] == "2"


def test_numbers_below_zero_stay_numbers() -> None:
    case = a_case(begin=-127, taakstelling=118, realisation=3)
    assert {row["cijfer"]: row["waarde"] for row in as_csv(case)}["achterstand_eind"] == "-12"


def test_nobody_is_named_in_them() -> None:
    people = (DETAILS.contact_name, DETAILS.phone, DETAILS.email, SENDER.signatory_name, SENDER.signatory_function)
    for file in attached(the_dossier()):
        assert not any(person.encode() in file.data for person in people)


def test_a_half_year_that_lacks_a_figure_has_no_file() -> None:
    case = the_dossier()
    opgave: Opgave = replace(case.opgave, realisation=None)
    with pytest.raises(Incomplete):
        attached(replace(case, opgave=opgave))


# -- inside the document ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dossier", "brief-met-bijlage"])
def test_the_files_come_out_of_the_document_as_they_went_in(name: str, documents: dict[str, Path]) -> None:
    assert attachments_of(documents[name]) == {file.name: file.data for file in attached(the_dossier())}
    assert list(attachments_of(documents[name])) == ["cijfers-GM0344-2022-1.csv", "cijfers-GM0344-2022-1.json"]


def test_the_document_says_that_they_are_its_data(documents: dict[str, Path]) -> None:
    insides = insides_of(documents["brief-met-bijlage"])
    assert insides.count(b"/AFRelationship /Data") == 2
    assert insides.count(b"/Subtype /text#2fcsv") == 1
    assert insides.count(b"/Subtype /application#2fjson") == 1
    associated = insides.split(b"/AF [")[1].split(b"]")[0]
    assert associated.count(b" R") == 2
    assert b"D:20220922000000Z" in insides


def test_the_bijlage_is_the_same_for_all_and_has_none(documents: dict[str, Path]) -> None:
    assert attachments_of(documents["bijlage"]) == {}


def test_the_document_says_in_words_what_its_files_are(documents: dict[str, Path]) -> None:
    assert rb"/Desc (Cijfers van de gemeente Utrecht bij deze brief \(csv\))" in insides_of(documents["dossier"])


def test_a_letter_that_is_given_no_files_has_none(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf.letter_pdf(write(the_dossier())))
    assert attachments_of(file) == {}
    assert b"/AF " not in insides_of(file)


def test_the_same_figures_give_the_same_bytes() -> None:
    assert attached(the_dossier()) == attached(the_dossier())
    letter = write(the_dossier())
    first = in_one_file(letter, bijlage(), attached(the_dossier()))
    assert first == in_one_file(letter, bijlage(), tuple(reversed(attached(the_dossier()))))
