"""What trede.js adds to pages that work without it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def menu(visitor):
    return visitor.page.get_by_role("navigation", name="Halfjaar").locator("details")


def test_a_menu_closes_by_escape_by_a_click_elsewhere_and_when_one_goes_on(demo, visit):
    reader = visit(demo, "lezer")
    reader.goes_to("/2022-1/")
    summary = menu(reader).locator("summary")

    summary.press("Enter")
    expect(menu(reader)).to_have_attribute("open", "")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Escape")
    expect(menu(reader)).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()

    summary.click()
    reader.page.get_by_role("heading", level=1).click()
    expect(menu(reader)).not_to_have_attribute("open", "")

    summary.click()
    reader.page.get_by_role("link", name="Overzicht").focus()
    expect(menu(reader)).not_to_have_attribute("open", "")


def test_without_script_the_menu_still_leads_to_another_half_year(demo, visit):
    reader = visit(demo, "lezer", javascript=False)
    reader.goes_to("/2022-1/")
    menu(reader).locator("summary").click()
    menu(reader).get_by_role("link", name="2021-2").click()
    reader.sees_heading("Overzicht 2021-2")


def test_the_skip_link_is_seen_over_the_bar_and_leads_to_the_content(demo, visit):
    reader = visit(demo, "lezer")
    reader.goes_to("/2022-1/")
    reader.page.keyboard.press("Tab")
    link = reader.page.get_by_role("link", name="Naar de inhoud")
    expect(link).to_be_focused()
    box = link.bounding_box()
    top = reader.page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).textContent", [box["x"] + 20, box["y"] + 20]
    )
    assert top == "Naar de inhoud"
    link.press("Enter")
    expect(reader.page.get_by_role("main")).to_be_focused()


def test_a_figure_typed_after_the_session_ended_stays_and_a_message_says_so(demo, visit):
    supervisor = visit(demo, "toezichthouder")
    supervisor.goes_to("/2022-1/cijfers/")
    Session.objects.all().delete()
    cell = supervisor.page.get_by_label("Realisatie, Baarn")
    cell.fill("99")
    cell.press("Enter")
    expect(supervisor.page.get_by_role("alert")).to_contain_text("Wat u typte, staat er nog")
    expect(cell).to_have_value("99")
    supervisor.sees_heading("Cijfers 2022-1")


@pytest.mark.parametrize("leaving", ["Enter", "Tab"])
def test_escape_in_a_wrong_cell_brings_back_the_number_that_is_in_force(demo, visit, leaving):
    supervisor = visit(demo, "toezichthouder")
    supervisor.goes_to("/2022-1/cijfers/")
    cell = supervisor.page.get_by_label("Realisatie, Baarn")
    known = cell.input_value()
    cell.fill("1O")
    cell.press(leaving)
    expect(cell).to_have_attribute("aria-invalid", "true")

    cell.press("Escape")
    expect(cell).to_have_value(known)
    cell.press(leaving)
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_value(known)


def test_after_a_refused_form_the_focus_is_on_what_is_wrong(demo, visit):
    supervisor = visit(demo, "toezichthouder")
    supervisor.goes_to("/2022-1/cijfers/herverdelingen/")
    supervisor.page.get_by_role("button", name="Opslaan").click()
    expect(supervisor.page.locator("[aria-invalid='true']").first).to_be_focused()
    assert supervisor.page.title().startswith("Fout:")
    supervisor.finds_nothing_wrong()


def test_after_a_wrong_password_the_focus_is_on_the_errors(demo, visit):
    somebody = visit(demo)
    somebody.logs_in("toezichthouder", "fout")
    expect(somebody.page.locator(".errors")).to_be_focused()
    expect(somebody.page.locator(".errors")).to_contain_text("Er is 1 fout")
