"""Twenty-six concepts at one press of a button, by a worker that is killed half-way and started again."""

from __future__ import annotations

import subprocess
from zipfile import ZipFile

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from letters.models import BatchItem, Letter
from tests.letters.workers import a_real_worker
from tests.scenarios.visitor import PATIENCE

pytestmark = pytest.mark.browser

PAGE = "/2022-1/brieven/"
LONGEST = 10 * PATIENCE
"""No measure of speed: twenty-six letters are laid out, on a machine that may have more to do."""


class MakingLetters:
    """What the toezichthouder does with the letters of a half-year."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def asks_for_all(self):
        self.visitor.goes_to(PAGE)
        self.visitor.sees("Van de 26 brieven is er nog geen gemaakt.")
        self.visitor.finds_nothing_wrong()
        self.page.get_by_role("button", name="Alle 26 concepten maken").click()
        self.visitor.sees_heading("Concepten maken")

    def sees_that_some_are_made(self, worker: subprocess.Popen[str]):
        """The page itself says so, without being asked again."""
        expect(self.page.locator("#voortgang progress")).not_to_have_attribute("value", "0", timeout=LONGEST)
        assert worker.poll() is None, "the worker has ended by itself"
        self.visitor.sees("van de 26 gemeenten")

    def sees_that_all_are_made(self):
        expect(self.page.locator("#voortgang")).to_contain_text("Klaar: 26 concepten gemaakt.", timeout=LONGEST)
        expect(self.page.locator("#gehoord")).to_have_text("Klaar: 26 concepten gemaakt.")
        self.visitor.finds_nothing_wrong()

    def takes_them_as_one_file(self):
        self.page.get_by_role("link", name="Naar de brieven").click()
        self.visitor.sees("Alle 26 brieven zijn gemaakt, nog geen is verzonden")
        self.visitor.finds_nothing_wrong()
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="Alle brieven als ZIP").click()
        return coming.value


def test_twenty_six_concepts_with_a_worker_that_is_killed(demo, visit, size):
    toezichthouder = MakingLetters(visit(demo, "toezichthouder", size=size))
    toezichthouder.asks_for_all()
    with a_real_worker() as worker:
        toezichthouder.sees_that_some_are_made(worker)
    with scopes_disabled():
        assert BatchItem.objects.filter(state=BatchItem.State.TO_DO).exists(), "killed too late to tell anything"
    with a_real_worker():
        toezichthouder.sees_that_all_are_made()
    with scopes_disabled():
        assert Letter.objects.count() == 26
    with ZipFile(toezichthouder.takes_them_as_one_file().path()) as archive:
        assert {"bijlage-interventieladder-2022-1.pdf", "LEESMIJ.txt"} < set(archive.namelist())
        assert len(archive.namelist()) == 26 + 2
        assert archive.read("toezichtbrief-GM0344-2022-1.pdf").startswith(b"%PDF")


def test_progress_without_script(demo, visit):
    visitor = visit(demo, "toezichthouder", javascript=False)
    visitor.goes_to(f"{PAGE}?toon=te-maken")
    visitor.page.locator("#rij-GM0321").get_by_role("checkbox").check()
    visitor.page.get_by_role("button", name="Concepten maken", exact=True).click()
    visitor.sees("Er is nog niets klaar: 1 gemeente te gaan.")
    with a_real_worker() as worker:
        worker.wait(timeout=LONGEST / 1000)
    visitor.page.get_by_role("link", name="Bijwerken").click()
    visitor.sees("Klaar: 1 concept gemaakt.")
