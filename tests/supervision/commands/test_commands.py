"""The commands are an interface: their keys, sentences and exit statuses hold."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from municipalities.models import Municipality, User
from supervision.models import Delivery, Figure, Herverdeling, LadderPolicy
from tests.supervision.ledger import deliver

KEYS = [
    "code", "name", "taakstelling", "herverdeling", "achterstand_start", "totaalopgave", "realisatie",
    "percentage_taakstelling", "percentage_totaalopgave", "achterstand_end", "trede_before", "trede_advice",
]  # fmt: skip


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def assessed(*arguments):
    return {row["code"]: row for row in json.loads(run("assess", *arguments, "--format", "json"))}


@pytest.fixture
def demo(utrecht):
    run("demo")
    return utrecht


def test_the_dossier_after_the_demo(demo):
    rows = assessed("2022-1")
    assert len(rows) == 26
    assert list(rows["GM0344"]) == KEYS
    assert list(rows["GM0344"].values()) == ["GM0344", "Utrecht", 203, 1, 171, 375, 168, 82, 45, 207, 2, 3]
    assert rows["GM1581"]["herverdeling"] == -1


def test_the_opening_of_2022_2(demo):
    city = assessed("2022-II", "--province", "pv26")["GM0344"]
    assert (city["achterstand_start"], city["taakstelling"], city["totaalopgave"], city["realisatie"]) == (
        207, 275, 482, 15,
    )  # fmt: skip
    assert city["achterstand_end"] is None
    assert city["trede_advice"] is None
    assert city["trede_before"] == 3


def test_a_half_year_without_figures_has_nulls(demo):
    city = assessed("2015-1")["GM0344"]
    assert [city[key] for key in KEYS[2:]] == [None, 0, *[None] * 8]


def test_each_trede_occurs_in_the_demo(demo):
    assert {row["trede_advice"] for row in assessed("2022-1").values()} == {1, 2, 3, 4, 5, 6}


def test_the_demo_has_five_half_years_or_more_for_everyone(demo):
    for period in ("2020-1", "2020-2", "2021-1", "2021-2", "2022-1"):
        assert all(row["achterstand_end"] is not None for row in assessed(period).values())


def test_what_is_not_published_is_marked_as_sample(demo):
    with scope(province=demo):
        real = Figure.objects.filter(delivery__is_sample=False)
        assert {figure.municipality.code for figure in real} == {"GM0344"}
        assert sorted(figure.persons for figure in real) == [15, 168, 171, 203, 207, 275]
        assert Delivery.objects.filter(is_sample=True, document="Voorbeeldcijfers").exists()


def test_the_demo_has_a_login_for_each_role(demo):
    assert set(User.objects.filter(is_active=True).values_list("username", "role")) == {
        (role, role) for role in ("lezer", "toezichthouder", "vaststeller", "beheerder")
    }
    assert all(user.check_password("trede-demo") for user in User.objects.all())


def test_the_demo_is_for_an_empty_database(demo):
    assert "niet" not in run("assess", "2022-1")
    assert "voor een lege" in refused("demo")


def test_assess_as_csv_and_as_table(demo):
    rows = list(csv.DictReader(io.StringIO(run("assess", "2022-1", "--format", "csv"))))
    assert list(rows[0]) == KEYS
    assert next(row for row in rows if row["code"] == "GM0344")["achterstand_end"] == "207"
    table = run("assess", "2022-1").splitlines()
    assert table[0].split() == KEYS
    assert len(table) == 27
    assert any(
        line.split() == ["GM0344", "Utrecht", "203", "1", "171", "375", "168", "82", "45", "207", "2", "3"]
        for line in table
    )


def test_figures_are_set_and_a_second_time_change_nothing(utrecht, city):
    arguments = ("figures", "set", "GM0344", "2022-1", "--taakstelling", "203", "--achterstand", "171",
                 "--realisatie", "168")  # fmt: skip
    assert run(*arguments) == "Utrecht 2022-1: vastgelegd.\n"
    assert run(*arguments) == "Utrecht 2022-1: deze cijfers golden al.\n"
    run("herverdeling", "add", "2022-1", "--from", "GM1581", "--to", "GM0344", "--persons", "1")
    row = assessed("2022-1")["GM0344"]
    assert (row["totaalopgave"], row["percentage_taakstelling"], row["achterstand_end"]) == (375, 82, 207)
    with scope(province=utrecht):
        assert Delivery.objects.count() == 2
        assert Delivery.objects.first().recorded_by.username == "opdrachtregel"


def test_figures_as_of_a_day(utrecht):
    run("figures", "set", "Utrecht", "2022-2", "--realisatie", "15", "--as-of", "2022-07-07")
    with scope(province=utrecht):
        assert str(Figure.objects.get().as_of) == "2022-07-07"


def test_a_voorsprong_is_set_with_a_minus(utrecht):
    run("figures", "set", "GM0344", "2022-1", "--achterstand", "-127")
    assert assessed("2022-1")["GM0344"]["achterstand_start"] == -127


def test_a_municipality_of_another_province_is_assessed_there(utrecht):
    run("figures", "set", "GM0503", "2022-1", "--taakstelling", "76", "--achterstand", "0", "--realisatie", "85")
    delft = assessed("2022-1", "--province", "PV28")["GM0503"]
    assert (delft["totaalopgave"], delft["achterstand_end"], delft["trede_advice"]) == (76, -9, 1)


def test_without_a_ladder_there_is_no_advice(utrecht):
    run("figures", "set", "GM0202", "2022-1", "--taakstelling", "118", "--achterstand", "0", "--realisatie", "1")
    arnhem = assessed("2022-1", "--province", "PV25")["GM0202"]
    assert (arnhem["achterstand_end"], arnhem["trede_advice"]) == (117, None)


def test_a_herverdeling_is_said_in_a_sentence(utrecht):
    said = run("herverdeling", "add", "2022-I", "--from", "GM1581", "--to", "Utrecht", "--persons", "1")
    assert said == "Utrecht neemt in 2022-1 1\u00a0persoon over van Utrechtse Heuvelrug.\n"
    with scope(province=utrecht):
        assert Herverdeling.objects.get().persons == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("assess", "2022-3"), "geen halfjaar"),
        (("assess", "2022-1", "--province", "PV99"), "‘PV99’ is geen provincie"),
        (("assess", "2022-1", "--format", "xml"), "Ongeldige opdracht"),
        (("assess",), "Ongeldige opdracht"),
        (("figures",), "Ongeldige opdracht"),
        (("figures", "set", "GM0344", "2022-1"), "Geef minstens één cijfer"),
        (("figures", "set", "GM9999", "2022-1", "--realisatie", "1"), "GM9999"),
        (
            ("figures", "set", "Bergen", "2022-1", "--realisatie", "1"),
            "Bergen (L.) in Limburg of Bergen (NH.) in Noord-Holland",
        ),
        (("figures", "set", "GM0620", "2022-1", "--realisatie", "1"), "Vianen"),
        (("figures", "set", "GM0344", "2022-1", "--realisatie", "12,5"), "‘12,5’ is geen heel getal"),
        (("figures", "set", "GM0344", "2022-1", "--realisatie", "-3"), "kan niet onder nul zijn"),
        (("figures", "set", "GM0344", "2022-1", "--realisatie", "99999999999"), "te veel"),
        (("figures", "set", "GM0344", "2022-1", "--realisatie", "9" * 40), "geen heel getal"),
        (
            ("figures", "set", "GM0344", "2022-1", "--realisatie", "1", "--as-of", "gisteren"),
            "‘gisteren’ is geen datum",
        ),
        (("figures", "set", "GM0344", "2022-1", "--realisatie", "1", "--as-of", "2023-01-01"), "tot en met"),
        (
            ("herverdeling", "add", "2022-1", "--from", "GM0344", "--to", "GM0344", "--persons", "1"),
            "twee verschillende",
        ),
        (("herverdeling", "add", "2022-1", "--from", "GM0344", "--to", "GM0202", "--persons", "1"), "Arnhem"),
        (("herverdeling", "add", "2022-1", "--from", "GM0344", "--to", "GM0307", "--persons", "0"), "van 1 tot"),
    ],
)
def test_bad_arguments_are_one_sentence(utrecht, arguments, sentence):
    assert sentence in refused(*arguments)


def test_without_a_policy_the_province_must_be_named(utrecht):
    with scope(province=utrecht):
        LadderPolicy.objects.all().delete()
    assert "--province" in refused("assess", "2022-1")


def test_reference_data_is_loaded_by_a_command_again_and_again(utrecht):
    before = Municipality.objects.count()
    assert "0 beleidskader(s) toegevoegd" in run("load_reference")
    assert Municipality.objects.count() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess"],
        ["figures", "set"],
        ["assess", "2022-3"],
        ["assess", "2022-1", "--as-known-on", "gisteren", "--format", "json"],
    ],
)
def test_from_a_shell_a_bad_command_ends_with_status_2_and_one_line(arguments, settings):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


def test_a_job_that_corrects_a_closed_half_year_has_a_standing_reason(utrecht, city):
    run("figures", "set", "GM0344", "2022-1", "--taakstelling", "203", "--realisatie", "168", "--as-of", "2022-07-01")
    with scope(province=utrecht):
        assert Delivery.objects.get().reason == ""
    run("figures", "set", "GM0344", "2022-1", "--realisatie", "169")
    run("figures", "set", "GM0344", "2022-1", "--realisatie", "170", "--reason", "Hertelling")
    with scope(province=utrecht):
        given = [delivery.reason for delivery in Delivery.objects.order_by("pk")]
    assert given == ["", "opdracht op de server", "Hertelling"]
    too_long = ("figures", "set", "GM0344", "2022-1", "--realisatie", "171", "--reason", "x" * 301)
    assert refused(*too_long) == "De reden is te lang: hoogstens 300 tekens."
    run("herverdeling", "add", "2022-1", "--from", "GM0344", "--to", "GM1581", "--persons", "1")
    run("herverdeling", "add", "2022-1", "--from", "GM0344", "--to", "GM1581", "--persons", "2", "--note", "Brief")
    with scope(province=utrecht):
        notes = [row.note for row in Herverdeling.objects.order_by("pk")]
    assert notes == ["opdracht op de server", "Brief"]


def test_assess_as_known_on_a_day(utrecht, city, supervisor):
    for day, persons in ((1, 203), (5, 230)):
        deliver(
            by=supervisor,
            municipality=city,
            taakstelling=persons,
            overrules=True,
            now=datetime(2022, 7, day, tzinfo=UTC),
        )
    asked = ("2022-1", "--province", "PV26", "--as-known-on")
    assert assessed(*asked, "2022-06-30")["GM0344"]["taakstelling"] is None
    assert assessed(*asked, "2022-07-04")["GM0344"]["taakstelling"] == 203
    assert assessed(*asked, "2022-07-05T02:00")["GM0344"]["taakstelling"] == 230
    assert "‘gisteren’ is geen moment" in refused("assess", *asked, "gisteren")
    assert refused("assess", *asked, "2099-01-01") == "‘2099-01-01’ moet nog komen."
