"""Several people at once, and a process that is killed: one frozen letter, one sending, one afschrift, or none."""

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
from django.test import Client
from django_scopes import scope

from letters.models import Dispatch, Letter, LetterDocument, LetterEvent
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import again, agreed, submitted
from tests.letters.test_steps import mark_in, page_of
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.test_concurrency import at_once, logged_in
from tests.supervision.test_workbooks_at_once import database_url
from tests.supervision.views.page import words


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def supervisor(province: Province) -> User:
    return make_user(province=province)


@pytest.fixture
def city(province: Province, supervisor: User) -> Municipality:
    city = Municipality.objects.get(code="GM0344")
    make_letterhead(province)
    record_the_dossier(by=supervisor, city=city)
    return city


@pytest.fixture
def deciders(province: Province) -> list[User]:
    return [make_user(role=Role.VASTSTELLER, province=province) for _ in range(2)]


def test_of_two_who_agree_at_once_one_does_and_the_other_is_told(
    supervisor: User, deciders: list[User], city: Municipality
) -> None:
    decided(supervisor, deciders[0], city)
    letter = submitted(supervisor, deciders[0], city)
    clients = [logged_in(user) for user in deciders]
    sent = {"gezien": mark_in(clients[0], letter)}
    acts = [(lambda c=client: c.post(page_of(letter, "vaststellen"), sent)) for client in clients]
    answers = at_once(acts)
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    [refused] = [answer for answer in answers if answer.status_code == 422]
    frozen = again(letter)
    assert f"Deze brief is nu vastgesteld, door {frozen.agreed_by}. Deze stap kan niet meer." in words(refused)
    assert LetterDocument.objects.count() == 4
    assert LetterEvent.objects.filter(step="vaststellen").count() == 1


def test_one_sending_registered_by_several_at_once_is_one_with_one_afschrift(
    supervisor: User, deciders: list[User], city: Municipality
) -> None:
    letter = agreed(supervisor, deciders[0], city)
    clients: list[Client] = [logged_in(supervisor), logged_in(supervisor), logged_in(make_user(province=city.province))]
    sent = {"aan": "college", "hoe": "post", "adres": "", "op": "2022-09-22"}
    answers = at_once([(lambda c=client: c.post(page_of(letter, "verzenden"), sent)) for client in clients])
    assert {answer.status_code for answer in answers} == {302, 422}
    assert Dispatch.objects.count() == 1
    assert Letter.objects.filter(goes_with=letter).count() == 1
    for answer in answers:
        if answer.status_code == 422:
            assert "staat al in het register" in words(answer)


# -- killed -------------------------------------------------------------------

AGREE = """
import sys, time
import tests.plugins.environment
tests.plugins.environment.pytest_configure()
from letters.actions import agreeing
def wait_there(*arguments, **more):
    print("half-way", flush=True)
    time.sleep(60)
{where}
from django.test import Client
from municipalities.models import User
client = Client()
client.force_login(User.objects.get(username=sys.argv[1]))
client.post(sys.argv[2], {{"gezien": sys.argv[3]}})
"""
BETWEEN = "agreeing.lock = wait_there"
"""Everything is rendered, and nothing of it is kept yet."""
WITHIN = "agreeing.move = wait_there"
"""The documents are written, the letter is not."""


@pytest.mark.parametrize("where", [BETWEEN, WITHIN], ids=["between rendering and keeping", "while it is kept"])
def test_who_is_killed_leaves_nothing_and_another_agrees(
    where: str, supervisor: User, deciders: list[User], city: Municipality
) -> None:
    decided(supervisor, deciders[0], city)
    letter = submitted(supervisor, deciders[0], city)
    client = logged_in(deciders[1])
    seen = mark_in(client, letter)
    kill_half_way(AGREE.format(where=where), deciders[0].username, page_of(letter, "vaststellen"), seen)
    now = again(letter)
    assert (now.state, now.content, now.agreed_by) == ("submitted", None, None)
    assert not LetterDocument.objects.exists()
    assert client.post(page_of(letter, "vaststellen"), {"gezien": seen}).status_code == 302
    assert again(letter).state == "agreed"
    assert LetterDocument.objects.count() == 4


def kill_half_way(program: str, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "ibt.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{program}", *arguments],
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
