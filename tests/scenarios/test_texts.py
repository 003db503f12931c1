"""A beheerder changes the words of the letters, and sees at once what they say in the letter to a municipality."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scenarios.visitor import Visitor

pytestmark = pytest.mark.browser

SLOT = "/beheer/teksten/toezichtbrief/slot/"


class Writer:
    """What the beheerder does with the texts."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def opens_the_closing_words_from_the_list(self) -> None:
        self.visitor.goes_to("/beheer/teksten/")
        self.page.get_by_role("link", name="Slot", exact=True).click()
        self.visitor.sees_heading("Slot")
        self.page.get_by_role("link", name="Wijzigen").click()
        expect(self.page.get_by_label("Tekst", exact=False).first).to_be_visible()

    def types(self, words: str) -> None:
        self.page.locator("#id_text").fill(words)
        if not self.visitor.javascript:
            self.page.get_by_role("button", name="Voorbeeld").click()

    def sees_in_the_example(self, words: str) -> None:
        expect(self.page.locator("#voorbeeld")).to_contain_text(words)

    def chooses_the_figures_of(self, municipality: str) -> None:
        self.page.get_by_label("Met de cijfers van").select_option(label=municipality)
        if not self.visitor.javascript:
            self.page.get_by_role("button", name="Voorbeeld").click()

    def saves(self) -> None:
        self.page.get_by_role("button", name="Opslaan", exact=True).last.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_words_of_a_letter_are_changed_and_come_back(demo, visit, javascript):
    visitor = visit(demo, "beheerder", javascript=javascript)
    writer = Writer(visitor)
    writer.opens_the_closing_words_from_the_list()
    writer.chooses_the_figures_of("Utrecht")
    writer.types("Bel ons, ((gemeentee)).")
    writer.sees_in_the_example("onbekende invulplek: gemeentee")
    visitor.sees("Bedoelt u ((gemeente))?")
    writer.saves()
    visitor.sees("Er is 1 fout")
    expect(visitor.page.locator("#id_text")).to_have_value("Bel ons, ((gemeentee)).")
    writer.types("Bel **ons**, gemeente ((gemeente)).")
    writer.sees_in_the_example("Bel ons, gemeente Utrecht.")
    writer.saves()
    visitor.sees("Versie 1 is opgeslagen en geldt vanaf nu.")
    visitor.sees("Bel ons, gemeente")

    visitor.goes_to(SLOT)
    visitor.page.get_by_role("button", name="Terug naar de meegeleverde tekst").click()
    visitor.sees("De meegeleverde tekst geldt weer, als een nieuwe versie.")
    visitor.sees("Hebt u vragen?")


def test_the_toolbar_and_the_list_write_in_the_standard_text_too(demo, visit, size):
    visitor = visit(demo, "beheerder", size=size)
    visitor.goes_to(f"{SLOT}wijzigen/")
    writer, text = Writer(visitor), visitor.page.get_by_role("textbox", name="Tekst (niet verplicht)", exact=True)
    writer.types("belangrijk")
    text.press("ControlOrMeta+a")
    visitor.page.get_by_role("button", name="Vet").press("Enter")
    expect(text).to_have_value("**belangrijk**")
    expect(visitor.page.locator("#voorbeeld strong")).to_have_text("belangrijk")
    visitor.page.get_by_role("button", name="Lijst").click()
    expect(text).to_have_value("- **belangrijk**")
    text.press("End")
    visitor.page.get_by_text("Invulplekken en hun waarde nu").click()
    visitor.page.get_by_role("button", name="((gemeente))", exact=True).click()
    expect(text).to_have_value("- **belangrijk**((gemeente))")
    expect(visitor.page.locator("#voorbeeld li")).to_contain_text("belangrijk")
    visitor.finds_nothing_wrong()


def test_without_a_script_no_button_that_does_nothing_shows(demo, visit):
    visitor = visit(demo, "beheerder", javascript=False)
    visitor.goes_to(f"{SLOT}wijzigen/")
    expect(visitor.page.get_by_label("Kop")).to_be_visible()
    expect(visitor.page.get_by_role("toolbar")).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Vet")).to_have_count(0)


def test_two_tabs_keep_both_texts(demo, visit):
    first, second = visit(demo, "beheerder"), visit(demo, "beheerder")
    for visitor in (first, second):
        visitor.goes_to(f"{SLOT}wijzigen/")
    Writer(first).types("De eerste tekst.")
    Writer(first).saves()
    first.sees("Versie 1 is opgeslagen")
    Writer(second).types("De tweede tekst.")
    Writer(second).saves()
    second.sees("versie 1 van deze tekst opgeslagen")
    expect(second.page.locator("#id_text")).to_have_value("De tweede tekst.")
    expect(second.page.locator(".errors del").first).to_contain_text("eerste")
    Writer(second).saves()
    second.sees("Versie 2 is opgeslagen")
    expect(second.page.locator(".earlier del").first).to_contain_text("eerste")


def test_a_block_of_ones_own_is_written_with_the_keyboard_alone(demo, visit):
    visitor = visit(demo, "beheerder")
    visitor.goes_to("/beheer/teksten/toezichtbrief/nieuw/")
    page = visitor.page
    page.locator("#id_label").focus()
    page.keyboard.type("Monitoring")
    page.keyboard.press("Tab")
    page.keyboard.type("Hoe het verder gaat")
    page.keyboard.press("Tab")
    page.keyboard.type("Wij volgen gemeente ((gemeente)).")
    expect(page.locator("#voorbeeld")).to_contain_text("Hoe het verder gaat")
    page.locator("#id_trede").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#id_direction")).to_be_focused()
    page.locator("button[value=opslaan]").last.focus()
    page.keyboard.press("Enter")
    visitor.sees_heading("Monitoring")
    visitor.goes_to("/beheer/teksten/")
    expect(visitor.row("Monitoring Hoe het verder gaat")).to_contain_text("eigen tekst, versie 1")


def test_the_pages_of_the_texts_are_whole(demo, visit, size):
    visitor = visit(demo, "beheerder", size=size)
    for path in ("", "vooraankondiging/", "toezichtbrief/cijfers/", "toezichtbrief/nieuw/"):
        assert visitor.goes_to(f"/beheer/teksten/{path}") == 200
        visitor.finds_nothing_wrong()
    visitor.goes_to(f"{SLOT}wijzigen/")
    visitor.page.get_by_text("Invulplekken en hun waarde nu").click()
    visitor.finds_nothing_wrong()
    Writer(visitor).types("Over ((gemeentee)).")
    Writer(visitor).saves()
    visitor.sees("Er is 1 fout")
    expect(visitor.page.locator("#id_text")).to_be_focused()
    visitor.finds_nothing_wrong()
    Writer(visitor).types("Over ((gemeente)).")
    Writer(visitor).saves()
    visitor.sees("Versie 1 is opgeslagen")
    visitor.finds_nothing_wrong()


def test_a_reader_looks_and_changes_nothing(demo, visit):
    reader = visit(demo, "lezer")
    assert reader.goes_to(SLOT) == 200
    reader.sees_heading("Slot")
    expect(reader.page.get_by_role("link", name="Wijzigen")).to_have_count(0)
    reader.finds_nothing_wrong()
    assert reader.goes_to(f"{SLOT}wijzigen/") == 403
