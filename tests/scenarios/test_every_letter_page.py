"""Each page of a letter in each state that it passes through, and each form on the way: nothing for axe to find, no error in
the console, no sideways scroll; and by keyboard nothing lies over what has the focus."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled
from playwright.sync_api import TimeoutError as NeverSeen
from playwright.sync_api import expect

from letters.actions import ending
from letters.models import Letter, LetterBlock
from letters.words.blocks import Change
from tests.letters.sending import a_concept, agree, send, sent_afschrift, submitted, without_rendering
from tests.scenarios.test_focus import WHAT
from tests.scenarios.visitor import Visitor
from tests.supervision.ledger import NOON

pytestmark = pytest.mark.browser

CLAIM = "In vier tot zes weken wil uw gemeente 495 vergunninghouders huisvesten."
# Of the corners of what has the focus some are on the screen, and nothing lies over those.
IS_CLEAR = """() => {
  const element = document.activeElement;
  const box = element.getClientRects()[0];
  const corners = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]];
  const found = corners.map(([x, y]) => document.elementFromPoint(x, y)).filter((each) => each !== null);
  return found.length > 0 && found.every((each) => element.contains(each));
}"""
OPENED = ("slot", "cijfers", "onderwerp", "versnelling", "nieuw", "gegevens")


def finds_nothing_wrong_on(visitor: Visitor, letter: Letter, *pages: str) -> None:
    for page in pages:
        assert visitor.goes_to(f"/brieven/{letter.pk}/{page}") == 200, page
        visitor.finds_nothing_wrong()


def is_written_in(letter: Letter, by: Any) -> None:
    """One text that is changed and claims what nobody knows, one that is left out, and an outdated one."""
    given = {"letter": letter, "changed_at": NOON, "changed_by": by}
    LetterBlock.objects.create(slug="slot", change=Change.CHANGED, heading="Tot slot", text=CLAIM, based_on=7, **given)
    LetterBlock.objects.create(slug="extra-verzoek", change=Change.LEFT_OUT, **given)
    LetterBlock.objects.create(
        slug="versnelling", change=Change.ADDED, position=8_000, heading="Versnelling", text="Op ((term)).", **given
    )


def outside_the_browser(people: Any) -> AbstractContextManager[None]:
    return scope(province=people[0].province)


def test_a_concept_that_is_being_written(site, people, visit, size):
    writer, _, city = people
    with scopes_disabled():
        letter = a_concept(writer, city)
        is_written_in(letter, writer)
    supervisor = visit(site, "toezichthouder", size=size)
    finds_nothing_wrong_on(supervisor, letter, "", "voorleggen/", *(f"?open={slug}" for slug in OPENED))
    supervisor.goes_to(f"/brieven/{letter.pk}/?open=gegevens")
    supervisor.page.locator("[name=e_mailadres]").fill("geen adres")
    supervisor.page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(supervisor.page.locator(".field--error")).to_be_visible()
    supervisor.finds_nothing_wrong()
    finds_nothing_wrong_on(visit(site, "vaststeller", size=size), letter, "")


def test_a_letter_that_lies_before_who_agrees(site, people, visit, size):
    writer, decider, city = people
    with scopes_disabled():
        letter = submitted(writer, decider, city)
    finds_nothing_wrong_on(visit(site, "toezichthouder", size=size), letter, "", "terugnemen/")
    finds_nothing_wrong_on(visit(site, "vaststeller", size=size), letter, "", "vaststellen/", "terugsturen/")


def test_a_letter_that_was_agreed_on_sent_and_received(site, people, visit, size):
    writer, decider, city = people
    supervisor = visit(site, "toezichthouder", size=size)
    with outside_the_browser(people), without_rendering():
        letter = agree(decider, submitted(writer, decider, city))
    finds_nothing_wrong_on(supervisor, letter, "", "verzenden/", "intrekken/", "correctie/")

    with outside_the_browser(people):
        send(writer, letter)
        afschrift = Letter.objects.get(goes_with=letter)
    finds_nothing_wrong_on(supervisor, letter, "")
    finds_nothing_wrong_on(supervisor, afschrift, "", "?open=ontvangst")
    for path in ("/2022-1/", "/2022-1/brieven/", "/2022-1/agenda/", "/2022-1/gemeenten/GM0344/tijdlijn/"):
        assert supervisor.goes_to(path) == 200, path
        supervisor.finds_nothing_wrong()

    with outside_the_browser(people):
        dispatch = sent_afschrift(writer, decider, afschrift)
    finds_nothing_wrong_on(supervisor, afschrift, "", f"ontvangst/{dispatch.pk}/")
    supervisor.page.get_by_label("Ontvangen op").fill("2022-09-01")
    supervisor.page.get_by_role("button", name="Vastleggen").click()
    expect(supervisor.page).to_have_title(re.compile("^Fout:"))
    supervisor.finds_nothing_wrong()


def test_a_letter_that_was_withdrawn_and_one_that_was_corrected(site, people, visit, size):
    writer, decider, city = people
    supervisor = visit(site, "toezichthouder", size=size)
    with outside_the_browser(people), without_rendering():
        letter = agree(decider, submitted(writer, decider, city))
        send(writer, letter)
        afschrift = Letter.objects.get(goes_with=letter)
        ending.withdraw(by=writer, letter=afschrift.pk, remark="Te vroeg.", now=NOON)
    finds_nothing_wrong_on(supervisor, afschrift, "")
    finds_nothing_wrong_on(supervisor, letter, "", "afschrift/")
    with outside_the_browser(people):
        better = ending.correct(by=writer, letter=letter.pk, now=NOON)
    finds_nothing_wrong_on(supervisor, letter, "")
    finds_nothing_wrong_on(supervisor, better, "", "?open=vervangt")


@pytest.mark.parametrize("opened", ["", "?open=slot", "?open=gegevens"])
def test_by_keyboard_nothing_lies_over_what_has_the_focus(site, people, visit, size, opened):
    writer, _, city = people
    with scopes_disabled():
        letter = a_concept(writer, city)
        is_written_in(letter, writer)
    supervisor = visit(site, "toezichthouder", size=size)
    supervisor.goes_to(f"/brieven/{letter.pk}/{opened}")
    page, been = supervisor.page, []
    page.locator("main").focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement === document.body"):
        been.append(page.evaluate(WHAT))
        try:
            # The page may still be scrolling.
            page.wait_for_function(IS_CLEAR, timeout=5_000)
        except NeverSeen:
            pytest.fail(f"{been[-1]} has the focus and something lies over it")
        page.keyboard.press("Tab")
    assert 10 < len(been) < 100
