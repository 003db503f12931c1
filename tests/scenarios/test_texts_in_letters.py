"""A standard text becomes another: a concept says it in the new words at once, a letter that was agreed on never."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from letters.models import Letter
from municipalities.models import Municipality
from municipalities.rights import Role
from tests.letters.factories import record_a_row
from tests.letters.sending import a_concept, agree, submitted, without_rendering
from tests.municipalities.factories import make_user
from tests.scenarios.visitor import Visitor

pytestmark = pytest.mark.browser

OLD = "Tot slot"
NEW = "Belt u ons gerust."


@pytest.fixture
def letters(people) -> tuple[Letter, Letter, Letter]:
    """That of Utrecht, agreed on; that of Amersfoort, a concept; that of Zeist, a concept with closing words of its own."""
    writer, decider, city = people
    with scopes_disabled():
        make_user(role=Role.BEHEERDER, province=writer.province, username="beheerder")
        with without_rendering():
            frozen = agree(decider, submitted(writer, decider, city))
        concepts = []
        for code in ("GM0307", "GM0355"):
            other = Municipality.objects.get(code=code)
            record_a_row(by=writer, municipality=other, half_years=1)
            concepts.append(a_concept(writer, other, document_number=code))
    return frozen, concepts[0], concepts[1]


def words_of(visitor: Visitor, letter: Letter) -> str:
    """The letter as its page has it."""
    assert visitor.goes_to(f"/brieven/{letter.pk}/") == 200
    return visitor.page.locator(".sheet").inner_text()


def test_a_concept_follows_the_standard_text_and_a_frozen_letter_does_not(site, letters, visit):
    frozen, concept, own = letters
    supervisor = visit(site, "toezichthouder")
    for letter in letters:
        supervisor.goes_to(f"/brieven/{letter.pk}/")
        expect(supervisor.page.locator(".sheet")).to_contain_text(OLD)
    supervisor.page.get_by_role("link", name="Wijzigen : Slot").click()
    supervisor.page.locator("textarea").fill("Ons eigen slot voor Zeist.")
    supervisor.page.get_by_role("button", name="Opslaan", exact=True).click()
    supervisor.sees("Opgeslagen.")

    beheerder = visit(site, "beheerder")
    beheerder.goes_to("/beheer/teksten/toezichtbrief/slot/")
    beheerder.sees("Over 2022-1: 2 concepten van deze soort.")
    beheerder.page.get_by_role("link", name="Wijzigen").click()
    beheerder.page.locator("#id_heading").fill("Vragen")
    beheerder.page.locator("#id_text").fill(NEW)
    beheerder.page.get_by_role("button", name="Opslaan", exact=True).last.click()
    beheerder.sees("Versie 1 is opgeslagen en geldt vanaf nu.")

    following, kept, mine = (words_of(supervisor, letter) for letter in (concept, frozen, own))
    assert NEW in following
    assert OLD not in following
    assert OLD in kept
    assert NEW not in kept
    assert "Ons eigen slot voor Zeist." in mine
    assert NEW not in mine
    supervisor.sees("De standaardtekst is veranderd nadat deze tekst werd gewijzigd.")
