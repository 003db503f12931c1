"""A closed half-year is corrected in the grid, with a reason that is told wherever the figure is."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CITY = "GM0344"


def test_a_correction_waits_for_its_reason(demo, visit, size):
    visitor = visit(demo, "toezichthouder", size=size)
    page = visitor.page
    visitor.goes_to("/2022-1/cijfers/")
    visitor.sees("gesloten voor Utrecht: daar heeft een correctie een reden nodig")
    cell, row, reason = page.locator(f"#r-{CITY}"), page.locator(f"#rij-{CITY}"), page.get_by_label("Reden van de")
    cell.fill("169")
    cell.press("Enter")
    expect(row).to_contain_text("Utrecht is nog niet opgeslagen")
    expect(page.locator("#gehoord")).to_contain_text("geef boven de tabel een reden")
    expect(cell).to_have_value("169")
    expect(reason).to_have_attribute("aria-invalid", "true")
    visitor.finds_nothing_wrong()

    row.get_by_role("link", name="geef boven de tabel een reden").click()
    expect(reason).to_be_focused()
    reason.fill("Hertelling door het COA")
    reason.press("Enter")
    expect(row).to_contain_text("Opgeslagen om")
    expect(row).to_contain_text("reden: Hertelling door het COA")
    expect(reason).not_to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_value("169")

    visitor.goes_to("/2022-1/cijfers/leveringen/")
    visitor.sees("correctie: Hertelling door het COA")
    visitor.goes_to(f"/2022-1/gemeenten/{CITY}/")
    page.locator("summary").filter(has_text="Realisatie").first.click()
    visitor.sees("Hertelling door het COA")


def test_a_correction_waits_for_its_reason_without_javascript(demo, visit):
    visitor = visit(demo, "toezichthouder", javascript=False)
    page = visitor.page
    visitor.goes_to("/2022-1/cijfers/")
    page.locator(f"#r-{CITY}").fill("169")
    page.get_by_role("button", name="Opslaan").last.click()
    visitor.sees("Er is nog niets opgeslagen: geef een reden voor de correctie.")
    assert page.title().startswith("Fout:")
    expect(page.locator(f"#r-{CITY}")).to_have_value("169")
    expect(page.get_by_label("Reden van de correctie")).to_be_focused()
    page.get_by_label("Reden van de correctie").fill("Hertelling door het COA")
    page.get_by_label("Reden van de correctie").press("Enter")
    visitor.sees("1 cijfer opgeslagen.")
    expect(page.locator(f"#r-{CITY}")).to_have_value("169")
