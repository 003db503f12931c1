"""A beheerder makes a new version of the ladder, another publishes it, and the overview shows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class Maker:
    """What the beheerder does with a concept."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def goes_from_the_overview_to_the_policies(self):
        self.visitor.goes_to("/2022-1/")
        self.page.get_by_role("link", name="Beleidskader").first.click()
        self.page.get_by_role("link", name="Beleidskaders beheren").click()
        self.visitor.sees_heading("Beleidskaders")

    def makes_a_new_version(self):
        self.page.get_by_role("button", name="Nieuwe versie maken").click()
        self.visitor.sees_heading("Concept: Beleidskader")

    def lets_trede_3_begin_at_twice_the_taakstelling(self):
        self.page.locator("#id_naam").fill("Beleidskader 2022")
        self.page.locator("#id_vanaf").fill("2022-1")
        self.page.locator("#id_trede-2-drempel").fill("2")
        self.page.locator("#id_trede-2-drempel").blur()

    def sees_what_that_gives(self):
        gives = self.page.locator("#geeft")
        if not self.visitor.javascript:
            self.page.get_by_role("button", name="Bekijk wat dit geeft").click()
        expect(gives).to_contain_text("lager dan volgens het geldende beleid")
        utrecht = gives.locator("tr").filter(has=self.page.get_by_role("link", name="Utrecht", exact=True))
        expect(utrecht).to_contain_text("omlaag")

    def adds_a_trede_and_takes_it_away_again(self):
        self.page.get_by_role("button", name="Trede toevoegen").click()
        expect(self.page.get_by_role("heading", name="Trede 7")).to_be_visible()
        self.page.get_by_role("button", name="Trede 7 weghalen").click()
        expect(self.page.get_by_role("heading", name="Trede 7")).to_have_count(0)
        expect(self.page.locator("#id_naam")).to_have_value("Beleidskader 2022")

    def saves_it(self):
        self.page.get_by_role("button", name="Opslaan", exact=True).last.click()
        self.visitor.sees("Een ander met het recht")

    def cannot_publish_it_alone(self):
        self.visitor.goes_to("/beheer/beleidskader/")
        self.page.get_by_role("link", name="Bekijken en vaststellen").click()
        self.page.get_by_role("button", name="Vaststellen", exact=True).click()
        self.visitor.sees("Laat een ander het vaststellen.")


def sees_it_in_the_overview(visitor):
    visitor.goes_to("/2022-1/")
    expect(visitor.page.get_by_role("link", name="Beleidskader 2022").first).to_be_visible()
    expect(visitor.row("Utrecht").locator(".col-trede")).to_have_text("2")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_new_version_is_made_by_one_and_published_by_another(demo, visit, javascript):
    maker = Maker(visit(demo, "beheerder", javascript=javascript))
    maker.goes_from_the_overview_to_the_policies()
    maker.makes_a_new_version()
    maker.lets_trede_3_begin_at_twice_the_taakstelling()
    maker.sees_what_that_gives()
    maker.adds_a_trede_and_takes_it_away_again()
    maker.saves_it()
    maker.cannot_publish_it_alone()

    decider = visit(demo, "vaststeller", javascript=javascript)
    decider.goes_to("/beheer/beleidskader/")
    decider.page.get_by_role("link", name="Terugkijken van Beleidskader 2022").click()
    decider.sees_heading("Terugkijken met Beleidskader 2022")
    decider.goes_to("/beheer/beleidskader/")
    decider.page.get_by_role("link", name="Bekijken en vaststellen").click()
    decider.page.get_by_role("button", name="Vaststellen", exact=True).click()
    decider.sees("Vastgesteld: Beleidskader 2022 geldt vanaf 2022-1.")
    sees_it_in_the_overview(decider)


def test_the_pages_of_a_policy_are_whole(demo, visit, size):
    visitor = visit(demo, "beheerder", size=size)
    visitor.goes_to("/beheer/beleidskader/")
    visitor.finds_nothing_wrong()
    visitor.page.get_by_role("button", name="Nieuwe versie maken").click()
    visitor.sees_heading("Concept")
    visitor.finds_nothing_wrong()
    pk = visitor.page.url.rstrip("/").rpartition("/")[2]
    visitor.page.locator("#id_naam").fill("")
    visitor.page.get_by_role("button", name="Opslaan", exact=True).last.click()
    visitor.sees("Vul de naam in.")
    visitor.finds_nothing_wrong()
    for page in ("vaststellen", "terugkijken"):
        assert visitor.goes_to(f"/beheer/beleidskader/{pk}/{page}/") == 200
        visitor.finds_nothing_wrong()
