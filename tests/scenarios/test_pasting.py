"""A block from a spreadsheet is pasted into the grid, looked at, recorded, and taken back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PASTED = """(cell, [text, html]) => {
  cell.focus();
  const clipboard = new DataTransfer();
  if (text) clipboard.setData("text/plain", text);
  if (html) clipboard.setData("text/html", html);
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
HOUTEN, IJSSELSTEIN, LEUSDEN, LOPIK = "GM0321", "GM0353", "GM0327", "GM0331"


class Typist:
    """A supervisor with a spreadsheet beside the grid."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        visitor.goes_to("/2022-1/cijfers/")

    def cell(self, code, column="r"):
        return self.page.locator(f"#{column}-{code}")

    def pastes(self, text, *, code=HOUTEN, column="r", html=""):
        with self.page.expect_navigation():
            self.cell(code, column).evaluate(PASTED, [text, html])

    def presses(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def finds_nothing_wrong(self):
        # On a phone the grid scrolls sideways: what lies half under the names counts as a small target.
        self.page.evaluate("for (const each of document.querySelectorAll('*')) each.scrollLeft = 0")
        self.visitor.finds_nothing_wrong()

    def opens_the_grid(self):
        self.visitor.goes_to("/2022-1/cijfers/")


@pytest.fixture
def typist(demo, visit, size):
    return Typist(visit(demo, "toezichthouder", size=size))


def test_a_pasted_block_is_recorded_as_one_and_undone_as_one(typist):
    visitor, page = typist.visitor, typist.page
    typist.pastes("43\r\n21\r\n\r\n9\r\n")
    visitor.sees("3 cijfers geplakt; er is nog niets vastgelegd.")
    expect(typist.cell(HOUTEN)).to_be_focused()
    expect(typist.cell(HOUTEN)).to_have_value("43")
    expect(typist.cell(LOPIK)).to_have_value("9")
    typist.finds_nothing_wrong()

    page.get_by_label("Document").fill("Stand COA 1 juli")
    typist.presses("Vastleggen")
    visitor.sees("3 geplakte cijfers vastgelegd.")
    visitor.sees("Stand COA 1 juli, 3")
    expect(typist.cell(IJSSELSTEIN)).to_have_value("21")
    typist.finds_nothing_wrong()

    page.get_by_role("link", name="Ongedaan maken").click()
    visitor.sees_heading("Levering intrekken?")
    page.get_by_label("Reden").fill("Verkeerde kolom")
    typist.presses("Levering intrekken")
    visitor.sees("3 cijfers gelden niet meer.")
    typist.opens_the_grid()
    expect(typist.cell(HOUTEN)).to_have_value("46")
    expect(typist.cell(LOPIK)).to_have_value("8")


def test_what_does_not_fit_is_marked_where_it_stands_and_nothing_else_is_lost(typist):
    visitor, page = typist.visitor, typist.page
    typist.pastes("43\n12,5\n1.204\nveel")
    visitor.sees("2 passen niet")
    assert page.title().startswith("Fout:")
    expect(typist.cell(IJSSELSTEIN)).to_be_focused()
    expect(typist.cell(IJSSELSTEIN)).to_have_value("12,5")
    visitor.sees("12,5 is geen heel getal: personen zijn hele personen.")
    visitor.sees("‘veel’ is geen getal.")
    typist.finds_nothing_wrong()

    typist.cell(IJSSELSTEIN).fill("12")
    page.get_by_label("Laat weg wat niet past").check()
    typist.presses("Vastleggen")
    visitor.sees("3 geplakte cijfers vastgelegd.")
    expect(typist.cell(LEUSDEN)).to_have_value("1.204")
    expect(typist.cell(IJSSELSTEIN)).to_have_value("12")
    expect(typist.cell(LOPIK)).to_have_value("8")


def test_undone_before_it_was_recorded_a_block_leaves_nothing(typist):
    typist.pastes("43\n21")
    typist.presses("Ongedaan maken")
    typist.visitor.sees("Het geplakte is weggehaald; er was niets van vastgelegd.")
    expect(typist.cell(HOUTEN)).to_have_value("46")


def test_a_table_of_a_web_page_with_names_lands_by_name(demo, visit):
    typist = Typist(visit(demo, "toezichthouder"))
    rows = "".join(f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in (("Lopik", 9), ("Houten", 43)))
    typist.pastes("", html=f"<table><tr><th>Gemeente</th><th>Realisatie</th></tr>{rows}</table>", column="s")
    typist.visitor.sees("Kolommen herkend aan hun kop: realisatie. 2 gemeenten herkend aan de naam.")
    expect(typist.cell(LOPIK)).to_have_value("9")
    expect(typist.cell(HOUTEN)).to_have_value("43")


def test_one_number_is_pasted_as_in_any_field(demo, visit):
    typist = Typist(visit(demo, "toezichthouder"))
    taken = typist.cell(HOUTEN).evaluate(f"(cell) => {{ ({PASTED})(cell, ['43', '']); return location.pathname; }}")
    assert taken == "/2022-1/cijfers/"
    expect(typist.page.get_by_text("geplakt;")).to_have_count(0)


def test_a_colleague_who_was_first_is_asked_about_in_a_paste(demo, visit):
    mine, theirs = Typist(visit(demo, "toezichthouder")), Typist(visit(demo, "beheerder"))
    theirs.cell(HOUTEN, "t").fill("30")
    theirs.cell(HOUTEN, "t").press("Enter")
    expect(theirs.page.locator(f"#rij-{HOUTEN}")).to_contain_text("Opgeslagen")
    mine.pastes("31\n20", column="t")
    mine.visitor.sees("Taakstelling Houten is intussen gewijzigd.")
    mine.finds_nothing_wrong()
    mine.page.get_by_role("button", name="30 van uw collega").click()
    expect(mine.page.get_by_text("is intussen gewijzigd")).to_have_count(0)
    expect(mine.cell(HOUTEN, "t")).to_have_value("30")
    mine.presses("Vastleggen")
    mine.visitor.sees("1 geplakt cijfer vastgelegd.")
    expect(mine.cell(IJSSELSTEIN, "t")).to_have_value("20")


def test_without_javascript_a_block_goes_into_a_field(demo, visit, size):
    visitor = visit(demo, "toezichthouder", size=size, javascript=False)
    typist, page = Typist(visitor), visitor.page
    page.locator("summary").filter(has_text="Plakken in een tekstvak").click()
    page.get_by_label("Blok uit Excel").fill("204\nveel")
    page.get_by_label("Vanaf gemeente").select_option(label="Utrecht")
    page.get_by_label("Vanaf kolom").select_option(label="Taakstelling")
    typist.presses("Plakken")
    visitor.sees("1 past niet")
    expect(typist.cell("GM0344", "t")).to_have_value("204")
    page.get_by_label("Laat weg wat niet past").check()
    typist.presses("Vastleggen")
    visitor.sees("2022-1 is gesloten voor Utrecht. Geef een reden voor de correctie.")
    page.get_by_label("Reden van de correctie").fill("Kamerbrief")
    typist.presses("Vastleggen")
    visitor.sees("1 geplakt cijfer vastgelegd.")
    expect(typist.cell("GM0344", "t")).to_have_value("204")


def test_the_field_to_paste_in_has_nothing_wrong(typist):
    typist.page.locator("summary").filter(has_text="Plakken in een tekstvak").click()
    typist.finds_nothing_wrong()


def test_keys_move_as_in_a_spreadsheet(demo, visit):
    typist = Typist(visit(demo, "toezichthouder"))
    page, cell = typist.page, typist.cell(HOUTEN, "t")
    cell.click()
    page.keyboard.press("ArrowRight")
    expect(typist.cell(HOUTEN)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell).to_be_focused()
    # In the number itself the arrows go through its digits.
    page.keyboard.press("F2")
    page.keyboard.press("ArrowRight")
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    page.keyboard.type("1")
    expect(cell).to_have_value("21")
    page.keyboard.press("Escape")
    expect(cell).to_have_value("29")
    # What is typed comes instead of what stood there.
    page.keyboard.type("7")
    expect(cell).to_have_value("7")
    page.keyboard.press("Tab")
    expect(typist.cell(HOUTEN)).to_be_focused()
