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


def hidden_on_the_way(page, key):
    """Presses the key until the focus leaves the rows of the table or stays where it is; gives what was not seen."""
    hidden, been = [], None
    while page.evaluate(IS_IN_THE_ROWS) and been != (been := page.evaluate(WHAT)):
        try:
            # The page may still be scrolling.
            page.wait_for_function(IS_SEEN, timeout=2000)
        except NeverSeen:
            hidden.append(been)
        page.keyboard.press(key)
    return hidden


@pytest.mark.parametrize("path", ["/2022-1/", "/2022-1/cijfers/"])
def test_what_has_the_focus_in_a_table_is_seen_whole(demo, visit, size, path):
    page = (supervisor := visit(demo, "toezichthouder", size=size)).page
    supervisor.goes_to(path)
    links = page.locator("tbody").get_by_role("link")
    links.first.focus()
    assert hidden_on_the_way(page, "Tab") == []
    links.last.focus()
    assert hidden_on_the_way(page, "Shift+Tab") == []


@pytest.mark.parametrize("column", ["s", "r"])
def test_a_cell_that_the_keys_go_to_is_seen_whole(demo, visit, size, column):
    page = (supervisor := visit(demo, "toezichthouder", size=size)).page
    supervisor.goes_to("/2022-1/cijfers/")
    cells = page.locator(f"input.cell[id^={column}-]")
    cells.first.focus()
    assert hidden_on_the_way(page, "ArrowDown") == []
    cells.last.focus()
    assert hidden_on_the_way(page, "ArrowUp") == []
