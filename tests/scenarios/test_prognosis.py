"""Before the peildatum: where a half-year is going, and what an effort would bring."""

import pytest
from playwright.sync_api import expect

from tests.letters.reading import text_of

pytestmark = pytest.mark.browser

CITY = "GM0344"


def asks(visitor, a_week, weeks):
    visitor.page.get_by_label("Personen per week erbij").fill(a_week)
    visitor.page.get_by_label("Aantal weken").fill(weeks)
    visitor.page.get_by_role("button", name="Reken uit").click()


def test_the_supervisor_reckons_with_46_a_week_where_she_is(demo, visit, size):
    supervisor = visit(demo, "toezichthouder", size=size)
    supervisor.goes_to("/2022-2/")
    supervisor.sees("Nodig per week")
    supervisor.row("Utrecht").get_by_role("link", name="Utrecht", exact=True).click()
    supervisor.sees("Prognose voor 1 januari 2023: trede 2")
    supervisor.sees("467 in 25 weken en 3 dagen")
    asks(supervisor, "46", "6")
    supervisor.sees("Met 46 per week, 6 weken lang, komen er 276 personen bij.")
    supervisor.sees("Alleen daarmee is er op 1 januari 2023 een achterstand van 191 personen: trede 2.")
    assert supervisor.page.url.endswith(f"/2022-2/gemeenten/{CITY}/")
    supervisor.finds_nothing_wrong()

    asks(supervisor, "veel", "6")
    supervisor.sees("‘veel’ is geen getal.")
    expect(supervisor.page.get_by_text("komen er 276 personen bij")).to_have_count(0)
    supervisor.finds_nothing_wrong()

    asks(supervisor, "80", "6")
    supervisor.sees("komen er 480 personen bij")
    supervisor.sees("trede 1")


def test_without_javascript_the_answer_has_a_page(demo, visit):
    reader = visit(demo, "lezer", javascript=False)
    reader.goes_to(f"/2022-1/gemeenten/{CITY}/")
    asks(reader, "46", "6")
    reader.sees_heading("Wat als, Utrecht 2022-2")
    reader.sees("een achterstand van 191 personen: trede 2.")
    asks(reader, "", "30")
    reader.sees("Vul in hoeveel personen er per week bij komen.")
    reader.sees("Kies 1 tot en met 27 weken: meer heeft een halfjaar niet.")
    assert reader.page.title().startswith("Fout:")


def test_the_overview_of_a_running_half_year_sorts_by_what_is_needed(demo, visit):
    supervisor = visit(demo, "toezichthouder")
    supervisor.goes_to("/2022-2/")
    expect(supervisor.row("Utrecht").get_by_role("cell").last).to_contain_text("2")
    supervisor.page.get_by_role("link", name="Nodig per week").click()
    first = supervisor.page.locator("tbody tr").first
    expect(first).to_contain_text("Utrecht")
    expect(first).to_contain_text("19")
    supervisor.finds_nothing_wrong()


def test_the_vaststeller_takes_the_note_to_the_talk_in_one_press(demo, visit, size, tmp_path):
    alderman = visit(demo, "vaststeller", size=size)
    alderman.goes_to(f"/2022-1/gemeenten/{CITY}/")
    with alderman.page.expect_download() as download:
        alderman.page.get_by_role("link", name="Gespreksnotitie (PDF)").click()
    assert download.value.suggested_filename == f"gespreksnotitie-{CITY}-2022-1.pdf"
    file = tmp_path / "notitie.pdf"
    download.value.save_as(file)
    said = " ".join(text_of(file).split())
    for words in (
        "Advies over 2022-1: trede 3, was trede 2.",
        "Prognose voor 1 januari 2023",
        "482 − 15",
        "Te bespreken",
    ):
        assert words in said
    alderman.finds_nothing_wrong()
