"""The dossier's own case, from figures to a decision by another, and a correction afterwards."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from municipalities.models import Municipality, Province
from municipalities.rights import Role
from supervision.models import Decision
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import deliver, swap

pytestmark = pytest.mark.browser

CITY = "GM0344"
PAGE = "/2022-1/besluiten/"


class Deciding:
    """What the toezichthouder and the vaststeller do about the city of Utrecht, each in a browser of their own."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    @property
    def row(self):
        return self.page.locator(f"#rij-{CITY}")

    def sees_the_advice_explained(self):
        self.visitor.goes_to(f"/2022-1/gemeenten/{CITY}/")
        self.visitor.sees("Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2.")
        self.visitor.sees("Met de herverdeling erbij (204) is het advies hetzelfde.")
        self.visitor.sees("Er is nog geen besluit.")

    def proposes_as_advised(self):
        self.visitor.goes_to(PAGE)
        self.row.get_by_role("checkbox").check()
        self.page.get_by_role("button", name="Voorstellen volgens advies").click()
        self.visitor.sees("1 voorstel gedaan: Utrecht.")
        expect(self.row).to_contain_text("3 voorgesteld")

    def proposes_another_trede(self, trede, reason):
        self.visitor.goes_to(f"{PAGE}{CITY}/voorstellen/")
        self.page.get_by_label(trede).check()
        self.page.get_by_role("button", name="Voorstellen").click()
        self.visitor.sees("U wijkt af van het advies. Geef een reden.")
        assert self.page.title().startswith("Fout:")
        self.page.get_by_label("Reden").fill(reason)
        self.page.get_by_role("button", name="Voorstellen").click()
        self.visitor.sees("voorgesteld voor Utrecht.")
        expect(self.row).to_contain_text("wijkt af")

    def sends_back(self, remark):
        self.visitor.goes_to(f"{PAGE}{CITY}/")
        self.page.get_by_label("Opmerking bij terugsturen").fill(remark)
        self.page.get_by_role("button", name="Terugsturen").click()
        self.visitor.sees("1 voorstel teruggestuurd: Utrecht.")

    def decides(self):
        self.visitor.goes_to(PAGE)
        self.row.get_by_role("checkbox").check()
        self.page.get_by_role("button", name="Vaststellen", exact=True).click()
        self.visitor.sees("1 besluit vastgesteld: Utrecht.")

    def sees_beside_the_decision(self, sentence):
        self.visitor.goes_to(f"{PAGE}{CITY}/")
        self.visitor.sees("Besloten: trede 3")
        self.visitor.sees(sentence)


@pytest.fixture
def dossier(site):
    """The published figures of 2022-1, and those of the half-year before."""
    utrecht = Province.objects.get(code="PV26")
    make_user(role=Role.TOEZICHTHOUDER, province=utrecht, username="toezichthouder")
    make_user(role=Role.VASTSTELLER, province=utrecht, username="vaststeller")
    keeper, city = make_user(province=utrecht, username="eerder"), Municipality.objects.get(code=CITY)
    heuvelrug = Municipality.objects.get(code="GM1581")
    deliver(by=keeper, municipality=city, period=Period(2021, 2), achterstand=153, taakstelling=226, realisatie=208)
    deliver(by=keeper, municipality=heuvelrug, taakstelling=29)
    deliver(by=keeper, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    swap(by=keeper, period=Period(2022, 1), giver="GM1581", taker=CITY, count=1)
    return keeper


def test_from_advice_to_a_decision_and_a_correction_after_it(site, dossier, visit, size):
    supervisor = Deciding(visit(site, "toezichthouder", size=size))
    decider = Deciding(visit(site, "vaststeller", size=size))

    supervisor.sees_the_advice_explained()
    supervisor.proposes_another_trede("4 Vooraankondiging", "het verbeterplan uitbleef")
    supervisor.visitor.finds_nothing_wrong()
    decider.sends_back("Volg het advies.")
    decider.visitor.finds_nothing_wrong()
    supervisor.visitor.goes_to(PAGE)
    expect(supervisor.row).to_contain_text("Volg het advies.")
    supervisor.proposes_as_advised()
    decider.decides()
    decider.visitor.finds_nothing_wrong()

    deliver(by=dossier, municipality=Municipality.objects.get(code=CITY), realisatie=173, overrules=True)
    supervisor.sees_beside_the_decision(
        "Na het besluit veranderde: de realisatie van 168 naar 173 en de achterstand aan het eind van 207 naar 202; "
        "het advies zou nu trede 2 zijn."
    )
    supervisor.visitor.finds_nothing_wrong()
    supervisor.visitor.goes_to("/2022-1/")
    supervisor.visitor.sees("besluit rust op andere cijfers")


def test_proposing_and_deciding_without_javascript(site, dossier, visit):
    supervisor = Deciding(visit(site, "toezichthouder", javascript=False))
    decider = Deciding(visit(site, "vaststeller", javascript=False))
    supervisor.proposes_as_advised()
    decider.decides()
    with scopes_disabled():
        assert Decision.objects.get().trede == 3


def test_the_worklist_by_keyboard(demo, visit):
    decider = visit(demo, "vaststeller")
    decider.goes_to(f"{PAGE}?toon=voorgesteld")
    box = decider.page.locator("#rij-GM0355").get_by_role("checkbox")
    box.focus()
    decider.page.keyboard.press("Space")
    expect(box).to_be_checked()
    decider.page.get_by_role("button", name="Vaststellen", exact=True).focus()
    decider.page.keyboard.press("Enter")
    decider.sees("1 besluit vastgesteld: Zeist.")
