"""Whoever goes through a table by keyboard sees where they are: nothing that sticks lies over what has the focus."""

import pytest
from playwright.sync_api import TimeoutError as NeverSeen

pytestmark = pytest.mark.browser

# The corners of what has the focus, a little inside, are its own: nothing lies over it, and it is on the screen.
IS_SEEN = """() => {
  const element = document.activeElement;
  const isOwn = (x, y) => element.contains(document.elementFromPoint(x, y));
  return [...element.getClientRects()].every((box) =>
    isOwn(box.left + 3, box.top + 3) && isOwn(box.right - 3, box.bottom - 3));
}"""
WHAT = "document.activeElement.id || document.activeElement.innerText"
IS_IN_THE_ROWS = "document.activeElement.closest('tbody') !== null"


def goes_through(page, key):
    """Presses the key until the focus leaves the rows of the table or stays where it is; gives where it has been."""
    been = [None]
    while page.evaluate(IS_IN_THE_ROWS) and been[-1] != (here := page.evaluate(WHAT)):
        been.append(here)
        try:
            # The page may still be scrolling.
            page.wait_for_function(IS_SEEN)
        except NeverSeen:
            pytest.fail(f"{key}: {here} has the focus and is not seen whole")
        page.keyboard.press(key)
    return been[1:]


@pytest.mark.parametrize("path", ["/2022-1/", "/2022-1/cijfers/"])
def test_what_has_the_focus_in_a_table_is_seen_whole(demo, visit, size, path):
    page = (supervisor := visit(demo, "toezichthouder", size=size)).page
    supervisor.goes_to(path)
    table = page.get_by_role("table").filter(has=page.get_by_role("rowheader", name="Utrecht", exact=True))
    links = table.locator("tbody").get_by_role("link")
    links.first.focus()
    assert len(goes_through(page, "Tab")) >= links.count()
    links.last.focus()
    goes_through(page, "Shift+Tab")


@pytest.mark.parametrize("column", ["s", "r"])
def test_a_cell_that_the_keys_go_to_is_seen_whole(demo, visit, size, column):
    page = (supervisor := visit(demo, "toezichthouder", size=size)).page
    supervisor.goes_to("/2022-1/cijfers/")
    cells = page.locator(f"input.cell[id^={column}-]")
    cells.first.focus()
    down = goes_through(page, "ArrowDown")
    assert len(down) == cells.count()
    assert goes_through(page, "ArrowUp") == down[::-1]
