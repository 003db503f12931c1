"""COA's workbook comes in: given, looked at, confirmed, undone. The files are the examples, as they are."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from municipalities.models import Municipality, Province
from municipalities.rights import Role
from supervision.models import Delivery, Figure
from tests.municipalities.factories import make_user
from tests.supervision.ledger import deliver
from tests.supervision.workbook_files import DATA, EXAMPLES, Example

pytestmark = pytest.mark.browser

GIVE = "/2022-1/cijfers/werkboek/"


@pytest.fixture
def supervised(site):
    """A site where Utrecht has no figures yet."""
    make_user(username="toezichthouder", role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV26"))
    return site


def gives(visitor, *names):
    visitor.page.get_by_label("Sleep het werkboek").set_input_files([DATA / name for name in names])
    visitor.page.get_by_role("button", name="Inlezen").click()


def records(visitor):
    visitor.page.get_by_role("button", name="vastleggen").click()


def row_of_changes(visitor, name):
    rows = visitor.page.locator("table.changes tbody tr")
    return rows.filter(has=visitor.page.get_by_role("rowheader", name=name, exact=True)).first


def in_ledger():
    """Of the province of Utrecht: municipalities and sums per kind."""
    with scopes_disabled():
        figures = list(Figure.objects.filter(delivery__withdrawn_at=None).select_related("municipality"))
    totals: dict[str, int] = {}
    for figure in figures:
        totals[figure.kind] = totals.get(figure.kind, 0) + figure.persons
    return len({figure.municipality_id for figure in figures}), totals


OF_UTRECHT = {
    "simple.xlsx 2022-07-01": (26, {"taakstelling": 777, "realisatie": 724}),
    "landelijk.xlsx 2022-07-01": (26, {"taakstelling": 777, "achterstand": 386, "realisatie": 724}),
    "fouten.xlsx 2022-07-01": (19, {"taakstelling": 672, "realisatie": 1142}),
}


@pytest.mark.parametrize("wanted", EXAMPLES, ids=lambda example: example.id)
def test_each_example_by_browser(supervised, visit, wanted: Example):
    supervisor = visit(supervised, "toezichthouder")
    when_the_file_is_given_for_its_peildatum(supervisor, wanted)
    then_the_page_says_what_is_wrong_with_it(supervisor, wanted)
    when_everything_is_confirmed(supervisor, wanted)
    then_the_ledger_has_what_the_readme_says(wanted)


def when_the_file_is_given_for_its_peildatum(supervisor, wanted):
    supervisor.goes_to("/2022-1/cijfers/")
    supervisor.page.get_by_label("Peildatum").select_option(wanted.as_of.isoformat())
    gives(supervisor, wanted.name)
    supervisor.sees_heading(wanted.name)


def then_the_page_says_what_is_wrong_with_it(supervisor, wanted):
    shown = supervisor.page.locator("table.problems tbody th").all_inner_texts()
    assert sorted(shown) == sorted(cell for cell, _ in (*wanted.errors, *warned_of(wanted)))


def warned_of(wanted):
    """B237 is Weesp, which lies in another province."""
    return [(cell, kind) for cell, kind in wanted.warnings if kind != "municipality_ended"]


def when_everything_is_confirmed(supervisor, wanted):
    if wanted.errors:
        supervisor.page.get_by_label("Laat de rijen met een fout weg").check()
    if warned_of(wanted):
        supervisor.page.locator("#alles").check()
    records(supervisor)
    supervisor.sees_heading("Cijfers 2022-1")
    supervisor.sees(f"uit {wanted.name} vastgelegd")


def then_the_ledger_has_what_the_readme_says(wanted):
    municipalities, totals = in_ledger()
    if wanted.id in OF_UTRECHT:
        assert (municipalities, totals) == OF_UTRECHT[wanted.id]
    with scopes_disabled():
        for code, row in wanted.rows.items():
            kept = {figure.kind: figure.persons for figure in Figure.objects.filter(municipality__code=code)}
            if kept:
                assert kept == {key.removesuffix("_start"): persons for key, persons in row.items()}
        assert {figure.as_of for figure in Figure.objects.filter(kind="realisatie")} == {wanted.as_of}


def test_a_workbook_left_and_taken_up_again_confirmed_and_undone(supervised, visit, size):
    supervisor = visit(supervised, "toezichthouder", size=size)
    supervisor.goes_to(GIVE)
    supervisor.finds_nothing_wrong()
    gives(supervisor, "fouten.xlsx")
    supervisor.sees("veranderen bij 19")
    supervisor.finds_nothing_wrong()

    supervisor.goes_to(GIVE)
    supervisor.page.get_by_role("link", name="fouten.xlsx").click()
    records(supervisor)
    supervisor.sees("Zeg eerst of de rijen met een fout moeten worden weggelaten")
    assert supervisor.page.title().startswith("Fout:")
    expect(supervisor.page.locator(".errors")).to_be_focused()
    supervisor.finds_nothing_wrong()

    supervisor.page.get_by_label("Laat de rijen met een fout weg").check()
    supervisor.page.get_by_label("Het klopt: C2").check(force=True)
    records(supervisor)
    supervisor.sees("38")
    supervisor.goes_to(GIVE)
    supervisor.page.get_by_role("link", name="fouten.xlsx").click()
    supervisor.sees("38 cijfers uit dit werkboek zijn vastgelegd")
    supervisor.finds_nothing_wrong()

    supervisor.page.get_by_role("link", name="Levering intrekken").click()
    supervisor.sees_heading("Levering intrekken?")
    supervisor.page.get_by_label("Reden").fill("Verkeerd bestand")
    supervisor.page.get_by_role("button", name="Levering intrekken").click()
    supervisor.sees("De levering is ingetrokken")
    assert in_ledger() == (0, {})


def test_without_script(supervised, visit):
    supervisor = visit(supervised, "toezichthouder", javascript=False)
    supervisor.goes_to("/2022-1/cijfers/")
    gives(supervisor, "tvs.xlsx")
    supervisor.sees("Eerst 1 vraag over het bestand")
    supervisor.page.get_by_label("1 april 2022").check()
    supervisor.page.get_by_role("button", name="Toepassen").click()
    supervisor.sees("26 cijfers veranderen bij 26 gemeenten")
    records(supervisor)
    supervisor.sees("26 cijfers uit tvs.xlsx vastgelegd")
    assert in_ledger()[0] == 26


def test_a_choice_shows_at_once_what_it_does(supervised, visit, size):
    supervisor = visit(supervised, "toezichthouder", size=size)
    supervisor.goes_to(GIVE)
    gives(supervisor, "landelijk.xlsx")
    expect(row_of_changes(supervisor, "Utrecht")).to_contain_text("171")
    supervisor.sees("klopt in 343 van de 345 rijen, niet bij B287 en B288")
    supervisor.page.get_by_label("Teken in kolom C").focus()
    supervisor.page.get_by_label("Teken in kolom C").select_option("positief")
    expect(row_of_changes(supervisor, "Utrecht")).to_contain_text("−171")
    expect(supervisor.page.locator(".notes .late").first).to_contain_text("Controle: ")
    expect(supervisor.page.get_by_label("Teken in kolom C")).to_be_focused()
    supervisor.finds_nothing_wrong()
    supervisor.page.get_by_role("button", name="Opnieuw herkennen").click()
    expect(row_of_changes(supervisor, "Utrecht")).not_to_contain_text("−171")


def test_a_file_that_is_dropped_is_read_at_once(supervised, visit):
    supervisor = visit(supervised, "toezichthouder")
    supervisor.goes_to("/2022-1/cijfers/")
    content = list((DATA / "simple.xlsx").read_bytes())
    dropped = supervisor.page.evaluate_handle(
        """bytes => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "simple.xlsx"));
            return data;
        }""",
        content,
    )
    supervisor.page.locator("form[data-drop]").dispatch_event("drop", {"dataTransfer": dropped})
    supervisor.sees_heading("simple.xlsx")


def test_a_colleague_changes_a_figure_meanwhile(supervised, visit):
    supervisor = visit(supervised, "toezichthouder")
    supervisor.goes_to(GIVE)
    gives(supervisor, "simple.xlsx")
    supervisor.sees("52 cijfers veranderen bij 26 gemeenten")
    lopik = Municipality.objects.get(code="GM0331")
    deliver(by=make_user(province=lopik.province), municipality=lopik, taakstelling=9)
    records(supervisor)
    supervisor.sees("Lopik: de taakstelling is nu 9")
    expect(row_of_changes(supervisor, "Lopik")).to_contain_text("9")
    supervisor.finds_nothing_wrong()
    records(supervisor)
    supervisor.sees("52 cijfers uit simple.xlsx vastgelegd")


def test_files_that_are_not_taken(supervised, visit, size, tmp_path):
    supervisor = visit(supervised, "toezichthouder", size=size)
    supervisor.goes_to(GIVE)
    wrong = tmp_path / "stand.xlsx"
    wrong.write_bytes(b"%PDF-1.4")
    supervisor.page.get_by_label("Sleep het werkboek").set_input_files([wrong])
    supervisor.page.get_by_role("button", name="Inlezen").click()
    supervisor.sees("Dit is een PDF, geen werkmap")
    expect(supervisor.page.locator(".errors")).to_be_focused()
    supervisor.finds_nothing_wrong()
    with scopes_disabled():
        assert not Delivery.objects.exists()


def test_from_a_figure_to_the_cell_and_the_file_it_stood_in(supervised, visit):
    supervisor = visit(supervised, "toezichthouder")
    supervisor.goes_to(GIVE)
    gives(supervisor, "landelijk.xlsx")
    records(supervisor)
    supervisor.goes_to("/2022-1/gemeenten/GM0344/")
    supervisor.page.locator("details.sum__line", has_text="Realisatie").locator("summary").click()
    supervisor.sees("F287")
    with supervisor.page.expect_download() as download:
        supervisor.page.get_by_role("link", name="landelijk.xlsx").filter(visible=True).first.click()
    assert download.value.suggested_filename == "landelijk.xlsx"
