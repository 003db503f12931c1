"""The gespreksnotitie in one press and by command: works; who may; another province; bad input; queries."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.notes import note_case_of
from letters.words.note_case import NoteCase
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.rules.opgave import OwnCount
from supervision.rules.period import Period
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.reading import text_of
from tests.municipalities.factories import make_user
from tests.supervision.dossier_entries import (
    ACTION,
    PROMISE,
    TALK,
    make_agreement,
    make_circumstance,
    make_contact,
    make_plan,
)
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

NOW = FIRST_HALF_OF_2022.next
MUNICIPALITY = "/2022-1/gemeenten/GM0344/"
NOTE = f"{MUNICIPALITY}gespreksnotitie.pdf"
ON = date(2022, 7, 8)


@pytest.fixture(autouse=True)
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)
    deliver(by=supervisor, municipality=city, period=NOW, as_of=date(2022, 7, 7), realisatie=15)


def case(city: Municipality, period: Period = FIRST_HALF_OF_2022, today: date = ON) -> NoteCase:
    return note_case_of(municipality=city, period=period, today=today)


def text(response_or_file: bytes | Path, tmp_path: Path) -> str:
    file = tmp_path / "notitie.pdf"
    file.write_bytes(response_or_file if isinstance(response_or_file, bytes) else response_or_file.read_bytes())
    return " ".join(text_of(file).split())


def client_of(role: Role, province: Province) -> Client:
    client = Client()
    client.force_login(make_user(role=role, province=province))
    return client


# -- what is read -------------------------------------------------------------


def test_a_closed_half_year_is_noted_with_the_next_one(city: Municipality) -> None:
    found = case(city)
    assert (found.past.period, found.now.period) == (FIRST_HALF_OF_2022, NOW)
    assert (found.advice.trede, found.trede_before) == (3, 2)
    assert found.past.opgave.achterstand_end == 207
    assert found.now.opgave.totaalopgave == 482
    assert [(swap.other, swap.persons) for swap in found.past.herverdelingen] == [("Utrechtse Heuvelrug", 1)]
    assert found.prognosis.needed_per_week == 19
    assert len(found.method) == 2
    assert not found.has_samples


def test_a_half_year_that_runs_is_noted_with_the_one_before(city: Municipality) -> None:
    assert replace(case(city, NOW)) == case(city)


def test_a_half_year_without_figures_has_a_note_too(city: Municipality) -> None:
    found = case(city, Period(2015, 1))
    assert (found.past.period, found.now.period) == (Period(2014, 2), Period(2015, 1))
    assert (found.advice, found.prognosis) == (None, None)


def test_contacts_that_were_and_the_one_to_come(city: Municipality, supervisor: User) -> None:
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=date(2022, 1, 20), subject="Januari"))
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=date(2022, 7, 6), subject="Bestuurlijk"))
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=date(2022, 9, 20), said="", subject="Later"))
    planned = datetime(2022, 7, 1, 12, tzinfo=UTC)
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, said="", time=time(9, 45)), now=planned)
    found = case(city)
    assert (found.appointment.subject, found.appointment.at) == ("Versnelde uitstroom", time(9, 45))
    assert [each.subject for each in found.contacts] == ["Bestuurlijk", "Januari"]
    assert found.contacts[0].kind == "ambtelijk overleg"
    later = case(city, today=date(2022, 9, 1))
    assert later.appointment.subject == "Later"
    assert [each.subject for each in later.contacts] == ["Versnelde uitstroom", "Bestuurlijk", "Januari"]


def test_names_of_people_go_into_no_note(city: Municipality, supervisor: User, client: Client, tmp_path: Path) -> None:
    make_contact(by=supervisor, municipality=city, facts=replace(TALK, names="Mevrouw Voornaam"))
    client.force_login(supervisor)
    found = text(client.get(NOTE).content, tmp_path)
    assert "Versnelde uitstroom" in found
    assert "provincie (2)" in found
    assert "Voornaam" not in found


def test_open_agreements_plans_and_circumstances(city: Municipality, supervisor: User) -> None:
    make_agreement(by=supervisor, municipality=city)
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, what="Gedaan", done_on=date(2022, 7, 14)))
    make_plan(by=supervisor, municipality=city)
    make_circumstance(by=supervisor, municipality=city)
    make_circumstance(by=supervisor, municipality=city, facts=replace(ACTION, persons=460, said_by="Gemeente"))
    old = replace(ACTION, subject="Oud", said_on=date(2020, 2, 1), start=None, end=None)
    make_circumstance(by=supervisor, municipality=city, facts=old)
    found = case(city)
    assert [each.what for each in found.agreements] == ["De gemeente stuurt de raadsbrief"]
    assert [(each.period, each.state, each.due) for each in found.plans] == [
        (FIRST_HALF_OF_2022, "gevraagd", date(2022, 11, 1))
    ]
    assert [(each.by, each.persons) for each in found.circumstances] == [
        ("Veiligheidsregio Utrecht", 276),
        ("Gemeente", 460),
    ]


def test_what_the_municipality_counts_itself_up_to_the_day_of_the_note(city: Municipality, supervisor: User) -> None:
    for day, count in ((date(2022, 7, 8), 276), (date(2022, 8, 26), 460)):
        entry = actions.Entry(municipality=city, kind=OwnCount.LINKED, persons=count, as_of=day, overrules=True)
        actions.record_figures(by=supervisor, province=city.province, period=NOW, entries=[entry], now=NOON)
    assert [(each.kind, each.persons) for each in case(city).own_counts] == [("gekoppeld", 276)]
    assert [each.persons for each in case(city, today=date(2022, 9, 1)).own_counts] == [460]


def test_a_difference_with_coa_that_nobody_explained(city: Municipality, supervisor: User) -> None:
    assert case(city).unexplained is None
    deliver(by=supervisor, municipality=city, achterstand=170, overrules=True)
    assert case(city).unexplained == (170, 171)


def test_the_number_of_queries_does_not_depend_on_the_dossier(city: Municipality, supervisor: User) -> None:
    def queries() -> int:
        afresh = Municipality.objects.select_related("province").get(pk=city.pk)
        with CaptureQueriesContext(connection) as captured:
            case(afresh)
        return len(captured)

    few = queries()
    for day in range(1, 9):
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=date(2022, 6, day)))
        make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, what=f"Afspraak {day}"))
        make_circumstance(by=supervisor, municipality=city, facts=replace(ACTION, said_by=f"Bron {day}"))
    assert queries() == few


# -- in one press -------------------------------------------------------------


def test_the_note_is_one_press_from_the_page(
    city: Municipality, supervisor: User, client: Client, tmp_path: Path
) -> None:
    client.force_login(supervisor)
    assert f'href="{NOTE}"' in client.get(MUNICIPALITY).content.decode()
    response = client.get(NOTE)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "gespreksnotitie-GM0344-2022-1.pdf" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    found = text(response.content, tmp_path)
    assert "Advies over 2022-1: trede 3, was trede 2." in found
    assert "467 in 25 weken en 3 dagen" in found
    assert "Intern" in found
    assert "intern" in found


@pytest.mark.parametrize("role", [Role.TOEZICHTHOUDER, Role.VASTSTELLER, Role.BEHEERDER])
def test_who_goes_to_the_talk_may_make_it(utrecht: Province, role: Role) -> None:
    client = client_of(role, utrecht)
    assert client.get(NOTE).status_code == 200
    assert f'href="{NOTE}"' in client.get(MUNICIPALITY).content.decode()


def test_a_reader_may_not_and_sees_no_button(utrecht: Province) -> None:
    client = client_of(Role.LEZER, utrecht)
    response = client.get(NOTE)
    assert response.status_code == 403
    assert "Gespreksnotities maken mag alleen een toezichthouder" in response.content.decode()
    assert NOTE not in client.get(MUNICIPALITY).content.decode()


def test_another_province_and_nobody_get_nothing(db: None) -> None:
    gelderland = Province.objects.get(code="PV25")
    assert client_of(Role.TOEZICHTHOUDER, gelderland).get(NOTE).status_code == 404
    assert Client().get(NOTE).status_code == 302


@pytest.mark.parametrize("path", ["/2022-3/gemeenten/GM0344/", "/2022-1/gemeenten/GM9999/", "/2022-1/gemeenten/niets/"])
def test_of_what_is_not_there_is_no_note(utrecht: Province, path: str) -> None:
    assert client_of(Role.VASTSTELLER, utrecht).get(f"{path}gespreksnotitie.pdf").status_code == 404


def test_a_half_year_without_any_figure_makes_a_note_that_says_so(utrecht: Province, tmp_path: Path) -> None:
    response = client_of(Role.VASTSTELLER, utrecht).get("/2015-1/gemeenten/GM0344/gespreksnotitie.pdf")
    assert "Over 2014-2 is er geen advies." in text(response.content, tmp_path)


# -- by command ---------------------------------------------------------------


def note(*arguments: str, out: Path | str, **options: str) -> tuple[str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    call_command("note", *arguments, out=str(out), stdout=stdout, stderr=stderr, **options)
    return stdout.getvalue(), stderr.getvalue()


def test_the_command_writes_the_note_and_says_where(tmp_path: Path) -> None:
    said, warned = note("GM0344", "2022-1", out=tmp_path / "uit", date="2022-07-08")
    file = tmp_path / "uit" / "gespreksnotitie-GM0344-2022-1.pdf"
    assert (said, warned) == (f"{file}\n", "")
    assert "8 juli 2022" in text(file, tmp_path)


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        note("Utrecht", "2022-I", out=tmp_path / name, date="2022-07-08")
    first, second = (tmp_path / name / "gespreksnotitie-GM0344-2022-1.pdf" for name in ("een", "twee"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (("GM9999", "2022-1"), {}, "GM9999"),
        (("GM0344", "2022-3"), {}, "‘2022-3’ is geen halfjaar."),
        (("GM0344", "2022-1"), {"date": "8 juli"}, "‘8 juli’ is geen datum."),
    ],
)
def test_a_request_that_cannot_be_met_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        note(*arguments, out=tmp_path / "uit", **options)
    assert refused.value.returncode == 2
    assert sentence in str(refused.value)
    assert not (tmp_path / "uit").exists()


def test_a_file_that_is_no_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("bestand")
    with pytest.raises(CommandError, match="is geen map"):
        note("GM0344", "2022-1", out=tmp_path / "uit")
