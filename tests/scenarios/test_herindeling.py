"""A herindeling: what the parts owed becomes the opening of the new municipality, and their history stays in reach."""

from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scope
from playwright.sync_api import expect

from municipalities.models import User
from supervision import actions
from supervision.models import Delivery
from supervision.rules.period import Period
from tests.supervision.herindelingen import VIANEN, close, make_split, municipality
from tests.supervision.ledger import NOON, deliver

pytestmark = pytest.mark.browser

PAGE = "/2019-1/cijfers/herindeling/"
NEW = "/2019-1/gemeenten/GM1961/"


class Supervisor:
    """What the supervisor does on the page of a herindeling."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def carries_over(self, name, persons, *, source=""):
        self.page.get_by_label(f"Gaat over van {name}", exact=True).fill(persons)
        if source:
            self.page.get_by_label(f"Bron voor {name}", exact=True).fill(source)

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()


@pytest.fixture
def world(site):
    """2018-2 of Vianen, which ended with an achterstand of 12, and the taakstelling of 2019-1 of who took it over."""
    call_command("demo", stdout=StringIO())
    user = User.objects.get(username="toezichthouder")
    with scope(province=user.province):
        # As it was on 1 January: nothing of these half-years is reported yet but the taakstelling.
        first = Period(2019, 1)
        for delivery in Delivery.objects.filter(figures__period__in=(first, Period(2021, 1))).distinct():
            actions.withdraw_delivery(by=user, delivery=delivery, now=NOON, reason="Nog niet bekend")
        deliver(by=user, municipality=municipality("GM1961"), period=first, taakstelling=20)
        close(VIANEN, by=user, end=12)
    return site


@pytest.fixture
def supervisor(world, visit, size):
    return Supervisor(visit(world, "toezichthouder", size=size))


def test_the_achterstand_of_the_parts_goes_to_the_new_municipality(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2018-2/")
    supervisor.follows("1 beginstand na herindeling over te nemen")
    visitor.sees_heading("Herindeling 2019-1")
    visitor.sees("de beginstand is nog over te nemen")
    expect(supervisor.page.get_by_label("Gaat over van Vianen", exact=True)).to_have_value("12")
    visitor.finds_nothing_wrong()

    # What is not known here has to be told, and by whom.
    supervisor.carries_over("Leerdam", "5")
    supervisor.presses("Overnemen")
    visitor.sees("Vul in waar het getal van Leerdam staat.")
    visitor.sees("Vul in hoeveel personen er van Zederik overgaan; dat kan 0 zijn.")
    assert supervisor.page.title().startswith("Fout:")
    visitor.finds_nothing_wrong()

    supervisor.carries_over("Leerdam", "5", source="Brief van de provincie Zuid-Holland")
    supervisor.carries_over("Zederik", "−3", source="Brief van de provincie Zuid-Holland")
    expect(supervisor.page.locator("output")).to_have_text("14")
    supervisor.presses("Overnemen")
    visitor.sees("Overgenomen: Vijfheerenlanden begint 2019-1 met 14 personen (5 + 12 − 3).")
    visitor.finds_nothing_wrong()

    visitor.goes_to(NEW)
    line = supervisor.page.locator("summary").filter(has_text="Achterstand op 1 januari 2019")
    expect(line).to_contain_text("14")
    line.click()
    visitor.sees("−3, volgens Brief van de provincie Zuid-Holland")
    visitor.finds_nothing_wrong()
    supervisor.follows("12 (eind van 2018-2)")
    visitor.sees_heading("Gemeente Vianen")
    assert "/2018-2/gemeenten/GM0620/" in supervisor.page.url


def test_the_history_of_the_parts_is_reached_from_the_new_municipality_and_back(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2022-1/gemeenten/GM1961/")
    visitor.sees("Voorgangers")
    visitor.finds_nothing_wrong()
    supervisor.follows("Vianen")
    visitor.sees_heading("Gemeente Vianen")
    visitor.sees("opgegaan in")
    visitor.finds_nothing_wrong()
    supervisor.follows("Vijfheerenlanden")
    visitor.sees_heading("Gemeente Vijfheerenlanden")
    assert "/2019-1/" in supervisor.page.url


def test_less_than_was_owed_is_carried_over_with_a_reason_changed_and_taken_back(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to(PAGE)
    for name, persons in {"Leerdam": "5", "Zederik": "3"}.items():
        supervisor.carries_over(name, persons, source="Brief")
    supervisor.carries_over("Vianen", "11")
    supervisor.presses("Overnemen")
    visitor.sees("Vianen sloot af met een achterstand van 12, en samen gaat er 11 over. Geef daarvoor een reden.")
    expect(supervisor.page.get_by_label("Gaat over van Vianen", exact=True)).to_have_value("11")
    visitor.finds_nothing_wrong()
    supervisor.page.get_by_label("Reden of toelichting").fill("Eén persoon verhuisde")
    supervisor.presses("Overnemen")
    visitor.sees("19 personen overgenomen van Leerdam, Vianen en Zederik.")

    supervisor.follows("Wijzigen")
    visitor.finds_nothing_wrong()
    supervisor.carries_over("Vianen", "12")
    supervisor.presses("Opnieuw overnemen")
    visitor.sees("20 personen overgenomen van Leerdam, Vianen en Zederik.")

    supervisor.follows("Intrekken")
    visitor.sees_heading("Levering intrekken?")
    supervisor.presses("Levering intrekken")
    visitor.sees("De levering is ingetrokken.")
    visitor.goes_to(PAGE)
    visitor.sees("19 personen overgenomen")


def test_a_split_is_divided_by_hand_without_javascript(world, visit):
    user = User.objects.get(username="toezichthouder")
    with scope(province=user.province):
        haaren, *_ = make_split(user.province)
        close(haaren, by=user, period=Period(2020, 2), end=10)
        for heir in ("GM0344", "GM0307"):
            deliver(by=user, municipality=municipality(heir), period=Period(2020, 2), achterstand=20, overrules=True)
    supervisor = Supervisor(visit(world, "toezichthouder", javascript=False))
    visitor = supervisor.visitor
    visitor.goes_to("/2021-1/cijfers/herindeling/")
    visitor.sees("nog 10 te verdelen")
    for name, persons in {"Amersfoort": "4", "Utrecht": "7"}.items():
        section = supervisor.page.get_by_role("region", name=f"{name} op 1 januari 2021")
        section.get_by_label("Gaat over van Haaren", exact=True).fill(persons)
        section.get_by_role("button", name="Overnemen").click()
        if name == "Amersfoort":
            visitor.sees("er blijft 6 over")
    visitor.sees("Haaren sloot af met een achterstand van 10, en samen gaat er 11 over. Geef daarvoor een reden.")
    section = supervisor.page.get_by_role("region", name="Utrecht op 1 januari 2021")
    section.get_by_label("Gaat over van Haaren", exact=True).fill("6")
    section.get_by_role("button", name="Overnemen").click()
    visitor.sees("Overgenomen: Utrecht begint 2021-1 met")
    visitor.sees("Op 1 januari 2021 ging Haaren op in Amersfoort en Utrecht.")


def test_a_reader_sees_what_went_over_and_changes_nothing(world, visit, size):
    reader = visit(world, "lezer", size=size)
    reader.goes_to(PAGE)
    reader.sees("Nog niet overgenomen van Leerdam, Vianen en Zederik.")
    expect(reader.page.get_by_role("button", name="Overnemen")).to_have_count(0)
    reader.finds_nothing_wrong()
