"""Imports that cross each other, and one that is killed half-way: the ledger stays whole."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django_scopes import scope

from municipalities.models import Province, User
from supervision.actions import workbooks
from supervision.models import Delivery, Figure, LayoutProfile, WorkbookImport
from tests.municipalities.factories import make_user
from tests.supervision.test_concurrency import at_once, logged_in
from tests.supervision.workbook_files import DATA, give

GIVE = "/2022-1/cijfers/werkboek/"


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def people(province: Province) -> list[User]:
    return [make_user(province=province) for _ in range(3)]


def confirmation(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).context["page"]
    return {"gezien": page.reading.token, "alles": "ja", "weglaten": "ja"}


def test_one_workbook_confirmed_by_several_at_once_is_recorded_once(province, people):
    given = give(by=people[0], province=province, name="landelijk.xlsx").workbook
    address = f"{GIVE}{given.pk}/"
    clients = [logged_in(user) for user in people]
    bodies = [confirmation(client, address) for client in clients]
    responses = at_once(
        [
            (lambda client=client, body=body: client.post(f"{address}vastleggen/", body))
            for client, body in zip(clients, bodies, strict=True)
        ]
    )
    assert [response.status_code for response in responses] == [302] * 3
    assert Delivery.objects.count() == 1
    assert Figure.objects.count() == 78


def test_of_two_workbooks_at_once_the_second_is_shown_what_changed(province, people):
    """Both were seen when the ledger was empty; they differ in one realisatie (Amersfoort 60 and 600)."""
    given = [give(by=people[0], province=province, name=name).workbook for name in ("simple.xlsx", "fouten.xlsx")]
    clients = [logged_in(user) for user in people[:2]]
    addresses = [f"{GIVE}{each.pk}/" for each in given]
    bodies = [confirmation(client, address) for client, address in zip(clients, addresses, strict=True)]
    responses = at_once(
        [
            (lambda client=client, body=body, address=address: client.post(f"{address}vastleggen/", body))
            for client, body, address in zip(clients, bodies, addresses, strict=True)
        ]
    )
    assert sorted(response.status_code for response in responses) == [302, 409]
    delivery = Delivery.objects.get()
    assert delivery.workbook.name == given[[r.status_code for r in responses].index(302)].name
    assert Figure.objects.count() == delivery.figures.count()


def test_one_that_fails_half_way_leaves_nothing(province, people, monkeypatch):
    given = give(by=people[0], province=province, name="simple.xlsx")

    def fall_over(*arguments, **more):
        raise RuntimeError("half-way")

    monkeypatch.setattr(workbooks, "_keep_profile", fall_over)
    with pytest.raises(RuntimeError, match="half-way"):
        workbooks.confirm_workbook(
            by=people[0], workbook=given.workbook, now=given.workbook.given_at, confirms_all=True
        )
    assert not Delivery.objects.exists()
    assert not Figure.objects.exists()
    assert not LayoutProfile.objects.exists()
    assert WorkbookImport.objects.get().is_open


KILLED = """
import sys, time
import django
django.setup()
from supervision.actions import workbooks
kept = workbooks._keep_profile
def wait_there(given, *arguments, **more):
    if given.province.code == "PV26":
        print("half-way", flush=True)
        time.sleep(60)
    kept(given, *arguments, **more)
workbooks._keep_profile = wait_there
"""

COMMAND = """
from django.core.management import call_command
call_command("import_coa", sys.argv[1], "--period", "2022-1", "--yes")
"""

BROWSER = """
import tests.plugins.environment
tests.plugins.environment.pytest_configure()
from django.test import Client
from municipalities.models import User
client = Client()
client.force_login(User.objects.get(username=sys.argv[1]))
client.post(sys.argv[2], {"gezien": sys.argv[3], "alles": "ja"})
"""


def kill_half_way(program: str, *arguments: str) -> None:
    """Run it until the figures are written and not yet kept, and then as if the power went."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "ibt.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED + program, *arguments],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "half-way\n" in iter(process.stdout.readline, "")
        process.send_signal(signal.SIGKILL)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait(timeout=20)
        process.stdout.close()
    # PostgreSQL takes a moment to see that its client is gone.
    time.sleep(0.2)
    assert not Delivery.objects.exists()
    assert not Figure.objects.exists()
    assert not LayoutProfile.objects.exists()


def test_a_command_that_is_killed_half_way_leaves_nothing(province):
    """Six provinces are written already when it dies. The next one works at once."""
    kill_half_way(COMMAND, str(DATA / "landelijk.xlsx"))
    assert not WorkbookImport.objects.exists()
    given = give(by=make_user(province=province), province=province, name="simple.xlsx")
    workbooks.confirm_workbook(
        by=given.workbook.given_by, workbook=given.workbook, now=given.workbook.given_at, confirms_all=True
    )
    assert Figure.objects.count() == 52


def test_a_confirmation_that_is_killed_half_way_can_be_given_again(province, people):
    """The workbook still waits, as it was, and the same press records it whole."""
    given = give(by=people[0], province=province, name="simple.xlsx").workbook
    client, address = logged_in(people[0]), f"{GIVE}{given.pk}/"
    body = confirmation(client, address)
    kill_half_way(BROWSER, people[0].username, f"{address}vastleggen/", body["gezien"])
    kept = WorkbookImport.objects.get()
    assert kept.is_open
    assert bytes(kept.content) == bytes(given.content)
    assert client.post(f"{address}vastleggen/", body).status_code == 302
    assert Delivery.objects.get().figures.count() == Figure.objects.count() == 52


def database_url() -> str:
    """That of the test database, for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    return f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"
