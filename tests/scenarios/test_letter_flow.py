"""The dossier's letter of Utrecht over 2022-1, from the decision to the receipt of its afschrift."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from letters.models import Letter
from tests.letters.sending import a_concept
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON

pytestmark = pytest.mark.browser


class Corresponding:
    """What somebody does with a letter, in a browser of their own."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def opens(self, letter, step=""):
        assert self.visitor.goes_to(f"/brieven/{letter.pk}/{step}") == 200

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def submits(self, letter, to):
        self.opens(letter)
        self.page.get_by_role("link", name="Ter akkoord voorleggen").click()
        self.visitor.sees_heading("Ter akkoord voorleggen")
        self.page.get_by_label("Vaststeller").select_option(label=str(to))
        self.visitor.finds_nothing_wrong()
        self.presses("Voorleggen")
        self.visitor.sees(f"Voorgelegd aan {to}.")

    def agrees(self, letter):
        self.opens(letter)
        self.page.get_by_role("link", name="Vaststellen").click()
        self.visitor.sees_heading("Vaststellen")
        self.visitor.finds_nothing_wrong()
        self.presses("Vaststellen")
        self.visitor.sees("De brief is vastgesteld. Er verandert nu niets meer aan.")
        self.visitor.finds_nothing_wrong()

    def sends(self, letter, day):
        self.opens(letter)
        self.page.get_by_role("link", name="Verzending vastleggen").click()
        self.page.get_by_label("Verzonden op").fill(day)
        self.visitor.finds_nothing_wrong()
        self.presses("Vastleggen")
        self.visitor.sees("De verzending staat in het register.")
        self.visitor.finds_nothing_wrong()

    def registers_the_receipt(self, day, by):
        self.page.get_by_role("link", name="Ontvangst vastleggen").click()
        self.page.get_by_label("Ontvangen op").fill(day)
        self.page.get_by_label("Bevestigd door").fill(by)
        self.presses("Vastleggen")
        self.visitor.sees("De ontvangst is vastgelegd.")


def concept_of(people, **fields):
    """With the date and number of the dossier, as they are filled in on the page of the letter."""
    writer, _, city = people
    with scopes_disabled():
        return a_concept(writer, city, **fields)


def test_from_decision_to_the_receipt_of_the_afschrift(site, people, visit, size):
    _, decider, _ = people
    letter = concept_of(people)
    supervisor = Corresponding(visit(site, "toezichthouder", size=size))
    vaststeller = Corresponding(visit(site, "vaststeller", size=size))

    supervisor.submits(letter, decider)
    vaststeller.agrees(letter)
    supervisor.sends(letter, "2022-09-22")
    supervisor.visitor.sees("uiterlijk 2 okt 2022")
    supervisor.visitor.goes_to("/2022-1/")
    supervisor.visitor.sees("afschrift te laat")

    with scopes_disabled():
        afschrift = Letter.objects.get(goes_with=letter)
        Letter.objects.filter(pk=afschrift.pk).update(on="2022-10-03", document_number="82509999")
    supervisor.submits(afschrift, decider)
    vaststeller.agrees(afschrift)
    supervisor.sends(afschrift, "2022-10-03")
    supervisor.registers_the_receipt("2022-10-05", "griffie")
    supervisor.visitor.sees("Ontvangen op 5 oktober 2022, griffie")
    supervisor.visitor.finds_nothing_wrong()

    supervisor.visitor.goes_to("/2022-1/")
    expect(supervisor.page.get_by_text("afschrift te laat")).to_have_count(0)
    expect(supervisor.page.get_by_text("ontvangstbevestiging te laat")).to_have_count(0)


def test_the_steps_work_without_javascript(site, people, visit):
    _, decider, _ = people
    letter = concept_of(people)
    supervisor = visit(site, "toezichthouder", javascript=False)
    supervisor.goes_to(f"/brieven/{letter.pk}/voorleggen/")
    supervisor.page.get_by_label("Vaststeller").select_option(label=str(decider))
    supervisor.page.get_by_role("button", name="Voorleggen").click()
    supervisor.sees(f"Voorgelegd aan {decider}.")
    vaststeller = visit(site, "vaststeller", javascript=False)
    vaststeller.goes_to(f"/brieven/{letter.pk}/terugsturen/")
    vaststeller.page.get_by_role("button", name="Terugsturen").click()
    vaststeller.sees("Schrijf erbij waarom u terugstuurt.")
    vaststeller.page.get_by_label("Opmerking").fill("De toon mag zachter.")
    vaststeller.page.get_by_role("button", name="Terugsturen").click()
    vaststeller.sees("De toon mag zachter.")


def test_a_concept_becomes_the_kind_that_a_later_decision_asks_for(site, people, visit, size):
    writer, decider, city = people
    letter = concept_of(people)
    with scopes_disabled():
        decided(writer, decider, city, 4, "het verbeterplan uitbleef", now=NOON + timedelta(days=1))
    supervisor = Corresponding(visit(site, "toezichthouder", size=size))
    supervisor.opens(letter, "voorleggen/")
    supervisor.visitor.sees("Maak er een vooraankondiging van, met de knop boven aan de brief.")
    supervisor.opens(letter)
    supervisor.visitor.sees("De trede vraagt nu om een vooraankondiging.")
    supervisor.visitor.finds_nothing_wrong()
    supervisor.presses("Maak er een vooraankondiging van")
    supervisor.visitor.sees("Dit is nu een vooraankondiging.")
    supervisor.visitor.sees_heading("Vooraankondiging Utrecht")
    supervisor.visitor.finds_nothing_wrong()
    supervisor.submits(letter, decider)
