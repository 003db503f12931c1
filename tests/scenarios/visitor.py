"""Somebody with a browser of their own, and what they do with it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from municipalities.models import User

SCREEN = (1366, 768)
PHONE = (390, 844)
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# No measure of speed: on a machine with more to do the first page of a run takes its time.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    def __init__(self, browser: Browser, site: str, *, size: tuple[int, int], javascript: bool) -> None:
        self.site = site
        self.javascript = javascript
        width, height = size
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="nl-NL",
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        """A refused script or style, or an error in ours; that a page answers 4xx is no fault of the page."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def leave(self) -> None:
        self.context.close()

    # -- coming in ----------------------------------------------------------------

    def is_logged_in_as(self, username: str) -> None:
        """Without the login page, which has a scenario of its own."""
        user = User.objects.get(username=username)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": self.site}]
        )

    def logs_in(self, username: str, password: str) -> None:
        self.goes_to("/account/login/")
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord").fill(password)
        self.page.get_by_role("button", name="Inloggen").click()

    def goes_to(self, path: str) -> int:
        """Opens the page; gives the HTTP status."""
        response = self.page.goto(self.site + path)
        assert response is not None
        return response.status

    # -- looking ------------------------------------------------------------------

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def row(self, name: str) -> Locator:
        """The table row of a municipality."""
        return self.page.locator("tbody tr").filter(has=self.page.get_by_role("rowheader", name=name, exact=True))

    def finds_nothing_wrong(self) -> None:
        """axe at WCAG 2.2 AA, a language and a title, and no sideways scroll of the page."""
        if not self.javascript:
            raise AssertionError("axe needs JavaScript")
        # After a click the page may have come without its scripts and fonts, and be judged by what is not there yet.
        self.page.wait_for_load_state("load")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        # The page whole: a row that is half under the sticky head or total counts as a small target.
        size = self.page.viewport_size
        assert size is not None
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
            ".then(result => result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' | ')))",
            AXE_TAGS,
        )
        self.page.set_viewport_size(size)
        assert found == [], f"{self.page.url}: {found}"
        assert self.page.title().endswith("Trede"), self.page.title()
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{self.page.url} scrolls sideways"
        )
