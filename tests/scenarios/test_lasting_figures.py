"""Figures that last: what is corrected has a reason, what differs is explained, and nothing that was known is lost."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from django_scopes import scope
from playwright.sync_api import expect

from municipalities.models import Municipality, User
from supervision.models import Delivery
from supervision.rules.period import Period
from tests.supervision.ledger import deliver

pytestmark = pytest.mark.browser

CITY = "GM0344"


class Supervisor:
    """What the supervisor does with figures that were there already."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def fills(self, **fields):
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def opens(self, label):
        self.page.locator("summary").filter(has_text=label).first.click()

    def lowers_the_taakstelling(self, numbers, *, on, document, reason=""):
        self.fills(Aangekondigd_op=on, Document=document)
        if reason:
            self.page.get_by_label("Reden van de correctie").fill(reason)
        for name, number in numbers.items():
            self.page.get_by_label(f"Taakstelling {name}", exact=True).fill(number)
        self.presses("Opslaan")


@pytest.fixture
def supervisor(demo, visit, size):
    return Supervisor(visit(demo, "toezichthouder", size=size))


def test_a_closed_half_year_is_corrected_with_a_reason(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to(f"/2022-1/gemeenten/{CITY}/")
    visitor.sees("een correctie heeft een reden nodig")
    visitor.goes_to("/2022-1/cijfers/leveringen/")
    # The delivery of the letter, with the realisatie of 168.
    row = supervisor.page.get_by_role("row").filter(has_text="Toezichtbrief provincie Utrecht").first
    row.get_by_role("link", name="Intrekken").click()
    visitor.sees("2022-1 is gesloten voor Utrecht")

    supervisor.presses("Levering intrekken")
    visitor.sees("Vul in waarom de levering wordt ingetrokken.")
    assert supervisor.page.title().startswith("Fout:")
    visitor.finds_nothing_wrong()

    supervisor.page.get_by_label("Reden").fill("De brief was een concept")
    supervisor.presses("Levering intrekken")
    visitor.sees("De levering is ingetrokken.")
    visitor.sees("De brief was een concept")
    visitor.finds_nothing_wrong()


def test_the_taakstelling_is_lowered_for_all_at_once_without_javascript(demo, visit):
    supervisor = Supervisor(visit(demo, "toezichthouder", javascript=False))
    supervisor.visitor.goes_to("/2022-2/cijfers/taakstelling/")
    supervisor.lowers_the_taakstelling({"Utrecht": "200", "Amersfoort": "89"}, on="2022-09-15", document="Kamerbrief")
    supervisor.visitor.sees("De taakstelling 2022-2 van 2 gemeenten is gewijzigd: samen van 397 naar 289 (−108).")
    supervisor.visitor.goes_to("/2022-2/")
    supervisor.visitor.sees("De taakstelling 2022-2 is gewijzigd; de laatste geldt:")
    supervisor.visitor.sees("200, eerder 275 (15 september 2022)")
    supervisor.visitor.goes_to(f"/2022-2/gemeenten/{CITY}/")
    expect(supervisor.page.locator("dd").filter(has_text="275 (stand van 1 juli 2022")).to_have_count(1)


def test_a_wrong_number_of_a_new_version_is_marked_where_it_stands(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2022-2/cijfers/taakstelling/")
    supervisor.lowers_the_taakstelling({"Utrecht": "2OO"}, on="2022-09-15", document="Kamerbrief")
    visitor.sees("‘2OO’ is geen getal. Bedoelde u 200?")
    expect(supervisor.page.get_by_label("Taakstelling Utrecht", exact=True)).to_be_focused()
    visitor.finds_nothing_wrong()


def test_a_difference_with_coa_is_explained(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2022-1/")
    supervisor.follows("1 verschil met COA te verklaren")
    visitor.sees_heading("Verschillen met COA op 1 januari 2022")
    supervisor.page.get_by_label("Oorzaak").select_option(label="Correctie van het COA")
    supervisor.page.get_by_label("Toelichting").fill("Bevestigd per e-mail")
    supervisor.presses("Verklaren")
    visitor.sees("1 verschil verklaard.")
    visitor.sees("Correctie van het COA: Bevestigd per e-mail")
    visitor.finds_nothing_wrong()
    visitor.goes_to("/2022-1/gemeenten/GM0307/")
    supervisor.opens("Achterstand op 1 januari")
    visitor.sees("Correctie van het COA: Bevestigd per e-mail")
    visitor.goes_to("/2022-1/")
    expect(supervisor.page.get_by_text("te verklaren")).to_have_count(0)


def test_what_the_municipality_counts_stands_beside_coas_count(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to(f"/2022-2/gemeenten/{CITY}/")
    supervisor.follows("Eigen opgave toevoegen")
    supervisor.page.get_by_label("Wat er is geteld").select_option(label="gekoppeld")
    supervisor.fills(Stand_van="2022-08-26", Personen="460")
    supervisor.presses("Opslaan")
    visitor.sees("Opgeslagen: 460 personen gekoppeld op 26 augustus 2022.")
    visitor.sees("Telt niet mee: het COA is leidend")
    visitor.sees("Nog te huisvesten")
    expect(supervisor.page.get_by_text("467", exact=True)).to_be_visible()
    visitor.finds_nothing_wrong()


def test_the_running_half_year_is_drawn_against_the_norm(supervisor):
    visitor = supervisor.visitor
    city, user = Municipality.objects.get(code=CITY), User.objects.get(username="toezichthouder")
    period = Period(2022, 2)
    with scope(province=city.province):
        for week, persons in enumerate((22, 31, 40, 55, 84, 119, 148, 178)):
            as_of = date(2022, 7, 14) + timedelta(weeks=week)
            deliver(by=user, municipality=city, period=period, as_of=as_of, realisatie=persons, overrules=True)
    visitor.goes_to(f"/2022-1/gemeenten/{CITY}/")
    visitor.sees("Utrecht loopt in 2022-2 voor op de norm")
    is_phone = visitor.page.viewport_size["width"] < 760
    visitor.sees("178 op 1 sep, norm 161" if is_phone else "norm 161: 17 meer dan de norm")
    supervisor.opens("Bekijk 9")
    expect(supervisor.page.get_by_role("row", name=re.compile(r"1.sep.2022 178 161 \+17"))).to_be_visible()
    visitor.finds_nothing_wrong()


def test_a_herverdeling_that_no_longer_fits_is_something_to_do(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2022-2/cijfers/herverdelingen/")
    supervisor.page.get_by_label("Van gemeente").select_option(label="Renswoude")
    supervisor.page.get_by_label("Naar gemeente").select_option(label="Utrecht")
    supervisor.page.get_by_label("Personen").fill("4")
    supervisor.presses("Opslaan")
    visitor.sees("Utrecht neemt 4 personen over van Renswoude")
    visitor.goes_to("/2022-2/cijfers/taakstelling/")
    supervisor.lowers_the_taakstelling({"Renswoude": "3"}, on="2022-09-15", document="Kamerbrief")
    visitor.goes_to("/2022-2/")
    visitor.sees("herverdeling klopt niet meer")
    visitor.sees("De taakstelling ontbreekt of komt onder nul: Renswoude.")


def test_a_past_day_shows_what_was_known_then(supervisor):
    visitor = supervisor.visitor
    # The demo was loaded a week ago; today a number is put right.
    with scope(province=Municipality.objects.get(code=CITY).province):
        for delivery in Delivery.objects.all():
            Delivery.objects.filter(pk=delivery.pk).update(recorded_at=delivery.recorded_at - timedelta(days=7))
    visitor.goes_to("/2022-2/cijfers/taakstelling/")
    supervisor.lowers_the_taakstelling({"Utrecht": "200"}, on="2022-09-15", document="Kamerbrief")
    yesterday = localdate() - timedelta(days=1)

    visitor.goes_to("/2022-2/")
    supervisor.page.get_by_label("Stand zoals bekend op").fill(f"{yesterday}")
    supervisor.presses("Toon")
    visitor.sees("Wat later is vastgelegd of ingetrokken, telt hier niet mee")
    visitor.finds_nothing_wrong()
    visitor.row("Utrecht").get_by_role("link", name="Utrecht", exact=True).click()
    assert f"stand={yesterday}" in supervisor.page.url
    expect(supervisor.page.locator("summary").filter(has_text="Taakstelling 2022-2")).to_contain_text("275")
    expect(supervisor.page.get_by_role("link", name="Eigen opgave toevoegen")).to_have_count(0)
    visitor.finds_nothing_wrong()
    supervisor.follows("Naar de stand van nu")
    expect(supervisor.page.locator("summary").filter(has_text="Taakstelling 2022-2")).to_contain_text("200")
