"""Files that would do harm, given to the page and to the command: a sentence, little memory, and nothing left behind.

What each of them takes in time is measured by `make bench`.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django_scopes import scope

from municipalities.models import Province
from supervision.models import Delivery, Figure, WorkbookImport
from tests.municipalities.factories import make_user
from tests.supervision.answering import answers
from tests.supervision.bad_files import BAD, FORMULAS, TABLE, formulas
from tests.supervision.coa.making import xlsx
from tests.supervision.test_concurrency import logged_in
from tests.supervision.test_workbooks_at_once import database_url
from tests.supervision.views.test_workbooks import GIVE, send
from tests.supervision.workbook_files import example

MOST_MEGABYTES = 300


@pytest.fixture
def province(emptied_db):
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


def test_each_is_answered_in_a_sentence_with_little_memory_and_nothing_stays_behind(province, tmp_path):
    user = make_user(province=province)
    files = {called: (bad.name, bad.make()) for called, bad in BAD.items()}
    told = answers(files, database=database_url(), username=user.username, folder=tmp_path)
    for called, bad in BAD.items():
        answer = told[called]
        assert answer.status in (200, 422), answer.page
        assert answer.megabytes < MOST_MEGABYTES, called
        assert answer.left == [], called
        if bad.says is None:
            assert answer.status == 200, called
            continue
        assert (answer.status, answer.exit) == (422, 1), called
        assert bad.says in answer.page, called
        assert answer.page == answer.command, called
    refused = {bad.name for bad in BAD.values() if bad.says} - {bad.name for bad in BAD.values() if not bad.says}
    assert not WorkbookImport.objects.filter(name__in=refused).exists()
    assert WorkbookImport.objects.count() == sum(1 for bad in BAD.values() if bad.says is None)
    assert not Delivery.objects.exists()
    assert not Figure.objects.exists()
    client: Client = logged_in(user)
    assert send(client, ("simple.xlsx", xlsx(TABLE))).status_code == 302


# -- names --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\x\\y.xlsx", "y.xlsx"),
        ("/absoluut/pad.xlsx", "pad.xlsx"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("=cmd|calc!A1.xlsx", "=cmd|calc!A1.xlsx"),
    ],
)
def test_a_path_as_file_name_is_only_a_name(staff, within_utrecht, sent, kept):
    """Sent as a browser would not: the name goes as it is."""
    body = (
        (
            f'--grens\r\nContent-Disposition: form-data; name="werkboek"; filename="{sent}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        + xlsx(TABLE)
        + b"\r\n--grens--\r\n"
    )
    response = staff.post(GIVE, data=body, content_type="multipart/form-data; boundary=grens")
    assert response.status_code == 302
    assert WorkbookImport.objects.get().name == kept
    assert staff.get(response["Location"]).status_code == 200


# -- what goes out again ------------------------------------------------------


def given_with(staff, content):
    response = send(staff, ("stand.xlsx", content))
    assert response.status_code == 302
    return response["Location"]


def table_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_problems_go_out_as_a_table_for_who_must_put_the_file_right(staff, within_utrecht):
    response = staff.get(f"{given_with(staff, example('fouten.xlsx'))}problemen.csv")
    assert response["Content-Disposition"] == 'attachment; filename="problemen-stand.csv"'
    heads, *rows = table_of(response)
    assert heads == ["blad", "cel", "ernst", "soort", "gemeente", "code", "verwacht", "gevonden", "wat er niet klopt"]
    told = {row[1]: row for row in rows}
    assert told.keys() == {"A28", "A29", "A30", "B12", "C15", "C17", "C26", "C8", "C9", "C2"}
    assert told["C8"][2:4] == ["fout", "negative"]
    assert told["C8"][6:8] == ["een geheel aantal personen, 0 of meer", "-3"]
    assert told["C2"][2:6] == ["waarschuwing", "implausible", "Amersfoort", "GM0307"]
    assert told["C15"][7] == ""
    assert told["A28"][6] == "de naam of code van één gemeente"


def test_no_text_of_a_file_is_a_formula_when_it_goes_out_again(staff, within_utrecht):
    _, *rows = table_of(staff.get(f"{given_with(staff, formulas())}problemen.csv"))
    assert len(rows) == len(FORMULAS)
    for row in rows:
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row), row


def test_who_may_not_enter_figures_gets_no_problems(staff, reader, stranger, within_utrecht):
    address = f"{given_with(staff, example('fouten.xlsx'))}problemen.csv"
    assert reader.get(address).status_code == 403
    assert stranger.get(address).status_code == 404
    staff.post(address.replace("problemen.csv", "wegleggen/"))
    assert staff.get(address).status_code == 404
