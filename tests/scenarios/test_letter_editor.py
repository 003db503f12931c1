"""The story of the versnellingsactie: a number that no figure has, seen while typing, and put right or vouched for."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ASKED = "In vier tot zes weken wil uw gemeente 495 vergunninghouders huisvesten."


class Editor:
    """Who writes the letter of Utrecht over 2022-1."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def makes_the_concept(self):
        self.visitor.goes_to("/2022-1/gemeenten/GM0344/brief/")
        self.page.get_by_role("button", name="Concept maken").click()
        self.visitor.sees_heading("Toezichtbrief Utrecht")

    def opens(self, label):
        self.page.get_by_role("link", name=f"Wijzigen : {label}").click()

    @property
    def text(self):
        return self.page.locator("textarea")

    @property
    def sheet(self):
        return self.page.get_by_role("region", name="Voorbeeld van de brief")

    def saves(self):
        self.page.get_by_role("button", name="Opslaan", exact=True).click()
        self.visitor.sees("Opgeslagen.")

    @property
    def number(self):
        return self.page.get_by_role("row", name="495")


def test_a_number_that_matches_nothing_is_put_right_or_vouched_for(demo, visit, size):
    editor = Editor(visit(demo, "toezichthouder", size=size))
    editor.makes_the_concept()
    editor.visitor.finds_nothing_wrong()

    editor.opens("Versnellingsactie")
    editor.text.fill(ASKED)
    expect(editor.sheet.locator("mark.miss")).to_contain_text("495")
    editor.visitor.finds_nothing_wrong()
    editor.saves()

    editor.visitor.sees("495: niet gevonden")
    expect(editor.number).to_contain_text("niet gevonden")
    editor.visitor.finds_nothing_wrong()
    editor.page.get_by_role("navigation", name="Wat er nog open staat").get_by_role("link").press("Enter")
    expect(editor.page.get_by_role("group", name="495: niet gevonden")).to_be_in_viewport()
    editor.page.keyboard.press("Tab")
    expect(editor.page.get_by_role("link", name="In de tekst aanpassen")).to_be_focused()

    editor.page.get_by_label("Het klopt; de bron is").fill("Bericht gemeente Utrecht, 13 juli 2022")
    editor.page.get_by_role("button", name="Bevestigen").click()
    editor.visitor.sees("Er staat niets meer open in de tekst.")
    expect(editor.number).to_contain_text("Bericht gemeente Utrecht, 13 juli 2022; bevestigd door u")
    editor.visitor.finds_nothing_wrong()

    editor.opens("Versnellingsactie")
    editor.text.fill(ASKED.replace("495", "460"))
    editor.saves()
    expect(editor.page.get_by_role("row", name="460")).to_contain_text("versnellingsactie")
    expect(editor.number).to_have_count(0)


def test_the_toolbar_and_the_list_write_in_the_text(demo, visit):
    editor = Editor(visit(demo, "toezichthouder"))
    editor.makes_the_concept()
    editor.opens("Slot")
    editor.text.fill("belangrijk")
    editor.text.press("ControlOrMeta+a")
    editor.page.get_by_role("button", name="Vet").press("Enter")
    expect(editor.text).to_have_value("**belangrijk**")
    expect(editor.sheet.locator("strong", has_text="belangrijk")).to_be_visible()
    editor.page.get_by_role("button", name="Lijst").click()
    expect(editor.text).to_have_value("- **belangrijk**")
    editor.text.press("End")
    editor.text.press_sequentially(" ")
    editor.page.get_by_text("Invulplekken en hun waarde nu").click()
    editor.page.get_by_role("button", name="((gemeente))", exact=True).click()
    expect(editor.text).to_have_value("- **belangrijk** ((gemeente))")
    expect(editor.sheet.locator("li", has_text="belangrijk Utrecht")).to_be_visible()
    editor.visitor.finds_nothing_wrong()


def test_two_editors_on_one_block_lose_nothing(demo, visit, size):
    mine, theirs = Editor(visit(demo, "toezichthouder", size=size)), Editor(visit(demo, "beheerder"))
    mine.makes_the_concept()
    mine.opens("Slot")
    theirs.visitor.goes_to(mine.page.url.removeprefix(demo).split("?")[0])
    theirs.opens("Slot")
    theirs.text.fill("Van de collega.")
    theirs.saves()

    mine.text.fill("Van mij.")
    mine.page.get_by_role("button", name="Opslaan", exact=True).click()

    mine.visitor.sees("heeft deze tekst intussen gewijzigd. Er is niets van u opgeslagen.")
    mine.visitor.sees("Van de collega.")
    expect(mine.text).to_have_value("Van mij.")
    mine.visitor.finds_nothing_wrong()
    mine.page.get_by_role("button", name="Opslaan: van u").click()
    mine.visitor.sees("Opgeslagen.")
    expect(mine.sheet).to_contain_text("Van mij.")


def test_a_letter_is_written_without_javascript(demo, visit):
    editor = Editor(visit(demo, "toezichthouder", javascript=False))
    editor.makes_the_concept()
    editor.opens("Slot")
    editor.text.fill("Zonder script: ((gemeente)).")
    editor.saves()
    expect(editor.sheet).to_contain_text("Zonder script: Utrecht.")
    editor.page.get_by_role("link", name="Eigen alinea toevoegen").click()
    editor.page.get_by_label("Kop").fill("Monitoring")
    editor.text.fill("Wij kijken mee.")
    editor.page.get_by_label("Plaats").select_option(label="na ‘Oordeel’")
    editor.saves()
    expect(editor.sheet).to_contain_text("Wij kijken mee.")
