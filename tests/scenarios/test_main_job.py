"""From COA's figures to a toezichtbrief: the dossier's own case, typed in and read back."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from municipalities.models import Municipality, Province
from municipalities.rights import Role
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import deliver

pytestmark = pytest.mark.browser

CITY = "GM0344"


class Supervisor:
    """What the supervisor does and sees on the day that the figures of 2022-1 come in."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def given_that_utrecht_stood_on_trede_2(self):
        city = Municipality.objects.get(code=CITY)
        user = make_user(province=city.province, username="eerder")
        deliver(by=user, municipality=city, period=Period(2021, 2), achterstand=153, taakstelling=226, realisatie=208)

    def types(self, letter, number, *, then="Enter"):
        cell = self.page.locator(f"#{letter}-{CITY}")
        cell.fill(number)
        cell.press(then)

    def gives_a_reason(self):
        self.page.get_by_label("Reden van de correctie").fill("Hertelling")

    def types_the_figures_of_the_city(self):
        self.visitor.goes_to("/2022-1/cijfers/")
        self.types("s", "171", then="Tab")
        self.types("t", "203", then="Tab")
        self.types("r", "168")
        expect(self.row).to_contain_text("Opgeslagen")

    @property
    def row(self):
        return self.page.locator(f"#rij-{CITY}")

    def adds_the_herverdeling_of_utrechtse_heuvelrug(self):
        self.page.get_by_role("link", name="Herverdeling toevoegen").click()
        self.page.get_by_label("Van gemeente").select_option(label="Utrechtse Heuvelrug")
        self.page.get_by_label("Naar gemeente").select_option(label="Utrecht")
        self.page.get_by_label("Personen").fill("1")
        self.page.get_by_label("Toelichting").fill("Afspraak tussen de colleges")
        self.page.get_by_role("button", name="Opslaan").click()
        self.visitor.sees("Utrecht neemt 1 persoon over van Utrechtse Heuvelrug")

    def sees_the_dossiers_numbers_in_the_overview(self):
        self.visitor.goes_to("/2022-1/")
        cells = self.visitor.row("Utrecht").get_by_role("cell").all_inner_texts()
        shown = [cell.replace("\n", " ").strip() for cell in cells]
        assert shown[:8] == ["2", "171", "+1204", "375", "168", "82%", "45%", "207"], shown
        assert shown[-2].startswith("3"), shown
        assert shown[-1].startswith("open"), shown

    def opens_a_number_to_its_source(self):
        self.visitor.row("Utrecht").get_by_role("link", name="Utrecht", exact=True).click()
        self.visitor.sees("Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2.")
        self.page.locator("summary").filter(has_text="Realisatie").click()
        self.visitor.sees("Getypt")

    def makes_the_letter(self, folder):
        self.page.get_by_role("link", name="Toezichtbrief").click()
        self.page.get_by_role("button", name="Concept maken").click()
        self.page.get_by_role("link", name="Wijzigen van de gegevens").click()
        self.page.get_by_label("Documentnummer").fill("82508878")
        self.page.get_by_role("button", name="Opslaan").click()
        self.visitor.sees("Opgeslagen.")
        return [self._downloads(name, folder) for name in ("Concept (pdf)", "bijlage (pdf)")]

    def _downloads(self, name, folder):
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=name, exact=True).click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.replace("\u00a0", " ").split())


def test_from_figures_to_letter(site, visit, tmp_path):
    make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV26"), username="toezichthouder")
    supervisor = Supervisor(visit(site, "toezichthouder"))
    supervisor.given_that_utrecht_stood_on_trede_2()

    supervisor.types_the_figures_of_the_city()
    supervisor.adds_the_herverdeling_of_utrechtse_heuvelrug()
    supervisor.sees_the_dossiers_numbers_in_the_overview()
    supervisor.opens_a_number_to_its_source()
    letter, bijlage = supervisor.makes_the_letter(tmp_path)

    assert letter.name == "concept-toezichtbrief-GM0344-2022-1.pdf"
    said = text_of(letter)
    for fact in ("82508878", "171", "203", "+1", "375", "168", "82 %", "45 %", "207", "van trede 2 naar trede 3"):
        assert fact in said or fact.replace(" %", "%") in said, fact
    assert bijlage.name == "bijlage-interventieladder-2022-1.pdf"
    assert "Bijlage bij toezichtbrieven" in text_of(bijlage)


def test_two_supervisors_on_one_row(demo, visit, size):
    mine, theirs = visit(demo, "toezichthouder", size=size), visit(demo, "beheerder")
    for visitor in (mine, theirs):
        visitor.goes_to("/2022-1/cijfers/")
        Supervisor(visitor).gives_a_reason()
    Supervisor(theirs).types("r", "166")
    expect(theirs.page.locator(f"#rij-{CITY}")).to_contain_text("Opgeslagen")

    me = Supervisor(mine)
    me.types("r", "169")

    mine.sees("Kies welk cijfer geldt")
    # The grid of a phone has scrolled to the cell.
    me.row.locator("[id^=r-]").focus()
    expect(me.row.get_by_role("button", name="169 van u")).to_be_in_viewport(ratio=1)
    expect(me.row.get_by_role("button", name="166 van uw collega")).to_be_in_viewport(ratio=1)
    mine.finds_nothing_wrong()
    me.row.get_by_role("button", name="169 van u").click()
    expect(me.row).to_contain_text("Opgeslagen")
    theirs.goes_to("/2022-1/cijfers/")
    expect(theirs.page.locator(f"#r-{CITY}")).to_have_value("169")


def test_a_wrong_number_stays_in_sight_and_the_good_ones_are_saved(demo, visit, size):
    visitor = visit(demo, "toezichthouder", size=size)
    visitor.goes_to("/2022-1/cijfers/")
    me = Supervisor(visitor)
    me.gives_a_reason()
    me.types("t", "204", then="Tab")
    me.types("r", "1O")
    sentence = "‘1O’ is geen getal. Bedoelde u 10?"
    expect(me.row.get_by_text(sentence).filter(visible=True).first).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator("#gehoord")).to_have_text(f"Utrecht: {sentence}")
    expect(visitor.page.locator(f"#r-{CITY}")).to_have_value("1O")
    visitor.finds_nothing_wrong()
    visitor.goes_to("/2022-1/cijfers/")
    expect(visitor.page.locator(f"#t-{CITY}")).to_have_value("204")
    expect(visitor.page.locator(f"#r-{CITY}")).to_have_value("168")


def test_the_hint_about_the_grid_is_true_with_and_without_script(demo, visit):
    keys, button = "Een rij wordt opgeslagen als u haar verlaat.", "de knop Opslaan bewaart alles"
    for javascript, said, unsaid in ((True, keys, button), (False, button, keys)):
        visitor = visit(demo, "toezichthouder", javascript=javascript)
        visitor.goes_to("/2022-1/cijfers/")
        visitor.sees(said)
        expect(visitor.page.get_by_text(unsaid)).to_be_hidden()


def test_the_total_and_the_button_stand_on_one_line_also_when_the_total_is_not_whole(demo, visit):
    visitor = visit(demo, "toezichthouder")
    visitor.goes_to("/2015-1/cijfers/")
    Supervisor(visitor).types("t", "100")
    total = visitor.page.locator("tfoot tr")
    expect(total).to_contain_text("zonder 25 gemeenten")
    button = visitor.page.get_by_role("button", name="Opslaan")
    row, pressed = total.bounding_box(), button.bounding_box()
    assert row["height"] == 46
    assert row["y"] < pressed["y"] < pressed["y"] + pressed["height"] < row["y"] + row["height"]
    words = total.locator(".msg").evaluate(
        "cell => { const range = new Range(); range.selectNodeContents(cell); return range.getBoundingClientRect().right }"
    )
    assert words < pressed["x"]


def test_the_whole_grid_without_javascript(demo, visit):
    visitor = visit(demo, "toezichthouder", javascript=False)
    visitor.goes_to("/2022-1/cijfers/")
    visitor.page.locator("#r-GM0307").fill("93")
    visitor.page.locator(f"#r-{CITY}").fill("12,5")
    visitor.page.get_by_role("button", name="Opslaan").last.click()
    assert visitor.page.title().startswith("Fout:")
    visitor.sees("12,5 is geen heel getal")
    expect(visitor.page.locator(f"#r-{CITY}")).to_have_value("12,5")
    expect(visitor.page.locator(f"#r-{CITY}")).to_be_focused()
    expect(visitor.page.locator("#r-GM0307")).to_have_value("93")
    visitor.page.locator(f"#r-{CITY}").fill("168")
    visitor.page.get_by_role("button", name="Opslaan").last.click()
    assert not visitor.page.title().startswith("Fout:")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_whole_page_with_a_clash_opens_on_its_cell(demo, visit, javascript):
    mine, theirs = visit(demo, "toezichthouder", javascript=javascript), visit(demo, "beheerder", javascript=False)
    for visitor in (mine, theirs):
        visitor.goes_to("/2022-1/cijfers/")
        Supervisor(visitor).gives_a_reason()
    for visitor, number in ((theirs, "166"), (mine, "169")):
        cell = visitor.page.locator(f"#r-{CITY}")
        # Not by the keyboard: with script the row would save itself.
        with visitor.page.expect_navigation():
            cell.evaluate("(cell, number) => { cell.value = number; cell.form.requestSubmit(); }", number)
    mine.sees("Kies welk cijfer geldt")
    expect(mine.page.locator(f"#r-{CITY}")).to_be_focused()


def test_everything_by_keyboard(demo, visit):
    visitor = visit(demo, "toezichthouder")
    visitor.goes_to("/2022-1/cijfers/")
    first, second = visitor.page.locator("#r-GM0307"), visitor.page.locator("#r-GM0308")
    first.focus()
    first.press("Enter")
    expect(second).to_be_focused()
    second.press("ArrowUp")
    expect(first).to_be_focused()
    first.fill("77")
    first.press("Escape")
    expect(first).to_have_value("92")


def test_a_reader_looks_and_types_nothing(demo, visit):
    reader = visit(demo, "lezer")
    reader.goes_to("/2022-1/cijfers/")
    reader.sees_heading("Cijfers 2022-1")
    expect(reader.page.locator("table input")).to_have_count(0)


def test_withdrawing_a_delivery_puts_the_figures_before_it_in_force(demo, visit):
    visitor = visit(demo, "toezichthouder")
    visitor.goes_to("/2022-1/cijfers/")
    Supervisor(visitor).gives_a_reason()
    Supervisor(visitor).types("r", "100")
    expect(visitor.page.locator(f"#rij-{CITY}")).to_contain_text("Opgeslagen")
    visitor.goes_to("/2022-1/cijfers/leveringen/")
    visitor.page.get_by_role("link", name="Intrekken").first.click()
    visitor.page.get_by_label("Reden").fill("Verkeerde gemeente")
    visitor.page.get_by_role("button", name="Intrekken").click()
    visitor.goes_to("/2022-1/cijfers/")
    expect(visitor.page.locator(f"#r-{CITY}")).to_have_value("168")


def test_the_overview_sorts_filters_and_finds(demo, visit):
    visitor = visit(demo, "lezer")
    visitor.goes_to("/2022-1/")
    visitor.page.get_by_role("link", name="Trede omhoog").click()
    expect(
        visitor.page.locator("tbody tr").filter(has=visitor.page.get_by_role("rowheader", name="Utrecht", exact=True))
    ).to_have_count(1)
    expect(visitor.row("Baarn")).to_have_count(0)
    visitor.goes_to("/2022-1/?toon=alle&sorteer=gemeente&zoek=ijssel")
    expect(visitor.row("IJsselstein")).to_have_count(1)
    visitor.goes_to("/2022-1/?sorteer=onzin")
    visitor.sees("Op ‘onzin’ kunt u niet sorteren")
