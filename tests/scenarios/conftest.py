"""A real browser against the running site, with the demo in its database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scopes_disabled
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.municipalities.factories import make_user
from tests.scenarios.visitor import PHONE, SCREEN, Visitor
from tests.supervision.deciding import decided

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"],
        )
        yield started
        started.close()


@pytest.fixture
def site(emptied_db: None, live_server: LiveServer) -> str:
    """The address of the site; its database has the reference data and nothing else."""
    return live_server.url


@pytest.fixture
def demo(site: str) -> str:
    """The address of the site with the demo in it."""
    call_command("demo", stdout=StringIO())
    return site


@pytest.fixture
def visitors(browser: Browser) -> Iterator[list[Visitor]]:
    """Everybody who comes by in a scenario; at the end none of them saw an error in the console."""
    present: list[Visitor] = []
    yield present
    for visitor in present:
        visitor.leave()
    assert [fault for visitor in present for fault in visitor.faults] == []


@pytest.fixture
def visit(browser: Browser, visitors: list[Visitor]):
    """Open a browser of one's own: `visit(demo, "toezichthouder")`."""

    def open_browser(
        site: str, username: str = "", *, size: tuple[int, int] = SCREEN, javascript: bool = True
    ) -> Visitor:
        visitor = Visitor(browser, site, size=size, javascript=javascript)
        visitors.append(visitor)
        if username:
            visitor.is_logged_in_as(username)
        return visitor

    return open_browser


@pytest.fixture(params=[SCREEN, PHONE], ids=["screen", "phone"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


@pytest.fixture
def people(site: str) -> tuple[User, User, Municipality]:
    """The published figures of Utrecht, the decision on trede 3, and who write and agree."""
    utrecht = Province.objects.get(code="PV26")
    with scopes_disabled():
        make_letterhead(utrecht)
        writer = make_user(role=Role.TOEZICHTHOUDER, province=utrecht, username="toezichthouder")
        decider = make_user(role=Role.VASTSTELLER, province=utrecht, username="vaststeller")
        city = Municipality.objects.get(code="GM0344")
        record_the_dossier(by=writer, city=city)
        decided(writer, decider, city)
    return writer, decider, city
