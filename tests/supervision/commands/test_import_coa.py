"""`manage.py import_coa`: its json, its sentences and its exit statuses hold."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from supervision.models import Delivery, Figure, WorkbookImport
from supervision.rules.opgave import Kind
from tests.supervision.coa import making
from tests.supervision.workbook_files import DATA, EXAMPLES, Example, small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with scopes_disabled():
        yield


def run(*arguments):
    """What came out, and the exit status with its sentence."""
    out = io.StringIO()
    try:
        call_command("import_coa", *map(str, arguments), stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return out.getvalue(), error.returncode, str(error)
    return out.getvalue(), 0, ""


def told(*arguments):
    out, status, _ = run(*arguments, "--format", "json")
    return json.loads(out), status


@pytest.fixture
def saved(tmp_path):
    def save(content, name="stand.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def cells(problems):
    return sorted((problem["cell"], problem["kind"]) for problem in problems)


@pytest.mark.parametrize("wanted", EXAMPLES, ids=lambda example: example.id)
def test_each_example_gives_what_its_readme_says(wanted: Example):
    answer, status = told(DATA / wanted.name, "--period", "2022-1", "--as-of", wanted.as_of, "--dry-run")
    rows = answer["rows"]
    assert len(rows) == wanted.municipalities
    totals = {key: sum(row[key] for row in rows.values()) for key in next(iter(rows.values()))}
    assert totals == wanted.totals
    assert {code: rows[code] for code in wanted.rows} == wanted.rows
    assert cells(answer["errors"]) == list(wanted.errors)
    assert cells(answer["warnings"]) == list(wanted.warnings)
    assert answer["asked"] == []
    assert status == (1 if wanted.errors else 0)
    assert not Figure.objects.exists()
    assert not WorkbookImport.objects.exists()


def test_what_is_left_out_is_counted():
    answer, _ = told(DATA / "landelijk.xlsx", "--period", "2022-1", "--dry-run")
    assert answer["left_out"] == {"total": 13, "note": 2}
    answer, _ = told(DATA / "landelijk.xlsx", "--period", "2022-1", "--dry-run", "--province", "PV26")
    assert answer["left_out"] == {"total": 13, "note": 2, "other_province": 319}


def test_the_country_is_recorded_in_a_delivery_per_province():
    _, status, _ = run(DATA / "landelijk.xlsx", "--period", "2022-1", "--as-of", "2022-07-01", "--yes")
    assert status == 0
    assert Delivery.objects.count() == 12
    assert Figure.objects.count() == 3 * 345
    figure = Figure.objects.get(municipality__code="GM0202", kind=Kind.ACHTERSTAND)
    assert (figure.persons, figure.sheet, figure.cell) == (-127, "Overzicht", "C47")
    assert {delivery.recorded_by.username for delivery in Delivery.objects.all()} == {"opdrachtregel"}


def test_warnings_are_confirmed_by_yes_and_nothing_is_written_before():
    arguments = (DATA / "landelijk.xlsx", "--period", "2022-1")
    _, status, sentence = run(*arguments)
    assert status == 1
    assert "--yes bevestigt ze" in sentence
    assert not Delivery.objects.exists()
    assert run(*arguments, "--yes")[1] == 0


def test_one_province():
    assert run(DATA / "landelijk.xlsx", "--period", "2022-1", "--province", "pv26")[1] == 0
    assert Delivery.objects.get().province.code == "PV26"
    assert Figure.objects.count() == 78


def test_a_second_time_changes_nothing():
    arguments = (DATA / "simple.xlsx", "--period", "2022-1")
    assert run(*arguments)[1] == 0
    out, status, _ = run(*arguments)
    assert status == 0
    assert "golden al" in out
    assert Delivery.objects.count() == 1


def test_with_errors_nothing_is_written_not_even_with_yes():
    _, status, sentence = run(DATA / "fouten.xlsx", "--period", "2022-1", "--yes")
    assert status == 1
    assert "9 fouten" in sentence.replace("\u00a0", " ")
    assert not Delivery.objects.exists()


def test_what_a_person_should_choose_is_asked_and_nothing_is_written():
    answer, status = told(DATA / "tvs.xlsx", "--period", "2022-1")
    [question] = answer["asked"]
    assert question["key"] == "as_of"
    assert [choice["value"] for choice in question["choices"]] == ["2022-02-01", "2022-04-01", "2022-07-01"]
    assert status == 1
    assert not Delivery.objects.exists()


def test_a_closed_half_year_asks_for_a_reason(saved):
    arguments = ("--period", "2022-1", "--province", "PV26")
    assert run(saved(small(("Utrecht", 203, 168))), *arguments)[1] == 0
    other = saved(small(("Utrecht", 203, 169)), "later.xlsx")
    assert "--reason" in run(other, *arguments)[2]
    assert run(other, *arguments, "--reason", "Te laat geregistreerd")[1] == 0
    assert Delivery.objects.first().reason == "Te laat geregistreerd"


def test_the_sheet_can_be_named(saved):
    path = saved(
        making.xlsx(
            making.Made([("Gemeente", "Realisatie"), ("Utrecht", 1)], name="Een"),
            making.Made([("Gemeente", "Realisatie"), ("Utrecht", 2)], name="Twee"),
        )
    )
    answer, _ = told(path, "--period", "2022-1", "--sheet", "Twee", "--dry-run")
    assert answer["rows"] == {"GM0344": {"realisatie": 2}}


@pytest.mark.parametrize(
    "arguments",
    [
        ("nergens.xlsx", "--period", "2022-1"),
        (DATA / "simple.xlsx",),
        (DATA / "simple.xlsx", "--period", "2022-3"),
        (DATA / "simple.xlsx", "--period", "2022-1", "--as-of", "1 juli"),
        (DATA / "simple.xlsx", "--period", "2022-1", "--province", "PV99"),
        (DATA / "simple.xlsx", "--period", "2022-1", "--sheet", "Nergens"),
        (DATA / "simple.xlsx", "--period", "2022-1", "--format", "xml"),
        (DATA, "--period", "2022-1"),
    ],
    ids=[
        "no file",
        "no period",
        "wrong period",
        "wrong day",
        "no such province",
        "no such sheet",
        "format",
        "a folder",
    ],
)
def test_a_request_that_cannot_be_met_is_status_2(arguments):
    assert run(*arguments)[1] == 2


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4", "unreadable"),
        (making.xlsx([("Gemeente", "V-nummer"), ("Utrecht", "2801234567")]), "personal_data"),
    ],
    ids=["pdf", "v-number"],
)
def test_a_file_that_is_not_taken_says_why_in_json_too(saved, content, kind):
    answer, status = told(saved(content), "--period", "2022-1", "--dry-run")
    assert status == 1
    assert answer["rows"] == {}
    assert [error["kind"] for error in answer["errors"]] == [kind]
    assert "2801234567" not in json.dumps(answer)


def test_a_peildatum_outside_the_half_year_is_an_error():
    answer, status = told(DATA / "simple.xlsx", "--period", "2022-1", "--as-of", "2023-01-01", "--dry-run")
    assert status == 1
    assert [error["kind"] for error in answer["errors"]] == ["no_figures"]


def test_for_people_it_says_what_it_found():
    out, _, _ = run(DATA / "simple.xlsx", "--period", "2022-1", "--dry-run")
    text = out.replace("\u00a0", " ")
    assert "26 gemeenten: taakstelling 777 en realisatie 724. 52 cijfers veranderen." in text


def test_a_lowered_taakstelling_for_all_at_once_is_another_version_of_a_day(saved):
    announced, lowered = (
        saved(making.xlsx([("Gemeente", "Taakstelling"), ("Utrecht", first), ("Zeist", second)]), name)
        for name, first, second in (("aankondiging.xlsx", 270, 49), ("verlaagd.xlsx", 203, 37))
    )
    arguments = ("--period", "2022-1", "--province", "PV26", "--yes")
    assert run(announced, *arguments)[1] == 0
    assert run(lowered, *arguments, "--taakstelling-from", "2022-03-26")[1] == 0
    told = Figure.objects.filter(municipality__code="GM0344").order_by("pk").values_list("as_of", "persons")
    assert list(told) == [(date(2022, 1, 1), 270), (date(2022, 3, 26), 203)]
    _, status, sentence = run(announced, *arguments, "--taakstelling-from", "2022-07-01")
    assert status == 1
    assert "geldt vanaf een dag tot en met 30 juni 2022" in sentence.replace("\u00a0", " ")
    assert Delivery.objects.count() == 2
