"""The file of a municipality, played: talks are written down, agreements kept, numbers told, and nothing is lost."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from municipalities.models import Municipality, User
from supervision.actions.dossier import change_entry
from supervision.models import Contact
from tests.supervision.dossier_entries import TALK
from tests.supervision.ledger import NOON

pytestmark = pytest.mark.browser

# Houten, of which the demo has no dossier yet.
HOUTEN = "/2022-1/gemeenten/GM0321/"


class Supervisor:
    """What the supervisor does with the dossier."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def follows(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def fills(self, **fields):
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " ")).first.fill(text)

    def chooses(self, label, option):
        self.page.get_by_label(label).select_option(label=option)

    def writes_down_a_talk(self, *, kind, on, subject, said):
        self.visitor.goes_to(HOUTEN)
        self.follows("Contact toevoegen")
        self.visitor.sees_heading("Contact toevoegen")
        self.chooses("Soort", kind)
        self.fills(Datum=on, Onderwerp=subject, Deelnemers="wethouder wonen, toezichthouder", Besproken=said)
        self.presses("Opslaan")
        self.visitor.sees_heading(subject)


@pytest.fixture
def supervisor(demo, visit, size):
    return Supervisor(visit(demo, "toezichthouder", size=size))


def test_the_talks_of_2022_are_written_down_and_stand_in_order(supervisor):
    visitor = supervisor.visitor
    for kind, on, subject in (
        ("Ambtelijk overleg", "2022-01-20", "Realisatie 2021-2"),
        ("E-mail", "2022-03-29", "Overleg gepland"),
        ("Bestuurlijk overleg", "2022-07-06", "Samenwerking"),
        ("Ambtelijk overleg", "2022-07-08", "Versnelde uitstroom"),
    ):
        supervisor.writes_down_a_talk(kind=kind, on=on, subject=subject, said="Besproken zijn de cijfers.")
    visitor.finds_nothing_wrong()
    visitor.goes_to(HOUTEN)
    supervisor.follows("Alle contacten")
    visitor.sees_heading("Dossier van Houten")
    days = supervisor.page.locator("#contacten ~ table td.date")
    expect(days).to_have_text(["8 jul 2022", "6 jul 2022", "29 mrt 2022", "20 jan 2022"])
    visitor.sees("laatste contact op 8 juli 2022")
    visitor.finds_nothing_wrong()
    supervisor.follows("Alles wat er gebeurde")
    supervisor.page.get_by_role("link", name=re.compile("^Contacten")).click()
    visitor.sees("Bestuurlijk overleg: Samenwerking")
    expect(supervisor.page.get_by_text("Cijfers: 2022-1")).to_have_count(0)
    visitor.finds_nothing_wrong()


def test_a_file_goes_up_and_comes_down(supervisor, tmp_path):
    visitor = supervisor.visitor
    note = tmp_path / "gespreksnotitie.pdf"
    note.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    page_that_runs = tmp_path / "verslag.pdf"
    page_that_runs.write_text("<html><script>alert(1)</script></html>")
    supervisor.writes_down_a_talk(kind="Ambtelijk overleg", on="2022-07-08", subject="Uitstroom", said="De cijfers.")
    supervisor.follows("Bijlage toevoegen")
    supervisor.page.get_by_label("Bestand").set_input_files(page_that_runs)
    supervisor.presses("Toevoegen")
    visitor.sees("verslag.pdf kan geen bijlage zijn")
    visitor.finds_nothing_wrong()
    supervisor.page.get_by_label("Bestand").set_input_files(note)
    supervisor.presses("Toevoegen")
    visitor.sees("gespreksnotitie.pdf is toegevoegd.")
    visitor.finds_nothing_wrong()
    with supervisor.page.expect_download() as download:
        supervisor.follows("gespreksnotitie.pdf")
    assert download.value.path().read_bytes() == note.read_bytes()
    assert download.value.suggested_filename == "gespreksnotitie.pdf"
    supervisor.page.get_by_role("link", name="Intrekken gespreksnotitie.pdf").click()
    visitor.sees("De inhoud wordt gewist")
    visitor.finds_nothing_wrong()
    supervisor.fills(Reden="Er stonden namen in")
    supervisor.presses("Intrekken en wissen")
    visitor.sees("Er stonden namen in")


def test_an_agreement_is_overdue_on_the_overview_until_it_is_done(supervisor):
    visitor = supervisor.visitor
    yesterday = localdate() - timedelta(days=1)
    supervisor.writes_down_a_talk(kind="Bestuurlijk overleg", on="2022-07-06", subject="Plan", said="De cijfers.")
    supervisor.follows("Afspraak toevoegen")
    supervisor.fills(Afspraak="Lijst van woningen", Wie="gemeente", Uiterlijk=yesterday.isoformat())
    supervisor.presses("Opslaan")
    visitor.sees_heading("Lijst van woningen")
    visitor.sees("1 dag te laat")
    visitor.finds_nothing_wrong()
    visitor.goes_to("/2022-1/")
    # The demo has one of Utrecht that is late already.
    supervisor.page.get_by_role("link", name="2 afspraken te laat").click()
    visitor.sees_heading("Agenda 2022-1")
    visitor.finds_nothing_wrong()
    supervisor.follows("Lijst van woningen")
    supervisor.follows("Wijzigen")
    supervisor.fills(Gedaan_op=localdate().isoformat())
    supervisor.presses("Opslaan")
    visitor.sees("Opgeslagen. Wat er eerder stond, blijft te zien.")
    visitor.sees("Gewijzigd op")
    visitor.sees("niets ingevuld")
    visitor.finds_nothing_wrong()
    visitor.goes_to("/2022-1/")
    visitor.sees("afspraak te laat")
    expect(supervisor.page.get_by_text("afspraken te laat")).to_have_count(0)


def test_several_numbers_stand_beside_each_other_without_javascript(demo, visit):
    supervisor = Supervisor(visit(demo, "toezichthouder", javascript=False))
    for number, who in (("276", "Veiligheidsregio"), ("460", "Gemeente Houten"), ("490", "College van B&W")):
        supervisor.visitor.goes_to(HOUTEN)
        supervisor.follows("Omstandigheid toevoegen")
        supervisor.chooses("Soort", "Versnellingsactie")
        supervisor.fills(
            Onderwerp="Zomer 2022", Personen=number, Wie_zegt_het=who, Gezegd_op="2022-07-08", Document="Notitie"
        )
        supervisor.presses("Opslaan")
        supervisor.visitor.sees(f"volgens {who}")
    supervisor.visitor.goes_to(f"{HOUTEN}dossier/")
    told = supervisor.page.locator(".told").filter(has_text="Zomer 2022")
    expect(told.get_by_role("rowheader")).to_have_text(["276 personen", "460 personen", "490 personen"])
    supervisor.visitor.sees("Geen van deze aantallen telt mee in een berekening.")


def test_two_people_on_one_contact_lose_nothing(supervisor):
    visitor = supervisor.visitor
    supervisor.writes_down_a_talk(kind="Ambtelijk overleg", on="2022-07-08", subject="Uitstroom", said="De cijfers.")
    supervisor.follows("Wijzigen")
    visitor.sees_heading("Contact wijzigen")
    houten = Municipality.objects.get(code="GM0321")
    theirs = Contact._base_manager.get(municipality=houten)
    change_entry(by=User.objects.get(username="beheerder"), seen=theirs, facts=TALK, now=NOON)
    supervisor.fills(Besproken="Wat ik ervan zag.")
    supervisor.presses("Opslaan")
    visitor.sees("J. Bakker heeft dit intussen gewijzigd. Er is niets van u opgeslagen.")
    visitor.sees("De gemeente legt het plan uit.")
    expect(supervisor.page.get_by_label("Besproken")).to_have_value("Wat ik ervan zag.")
    visitor.finds_nothing_wrong()
    supervisor.presses("Opslaan: van u")
    visitor.sees("Wat ik ervan zag.")
    visitor.sees("De gemeente legt het plan uit.")
    visitor.finds_nothing_wrong()


def test_a_verbeterplan_from_asked_for_to_agreed(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to("/2022-1/gemeenten/GM0344/dossier/")
    supervisor.follows("Verbeterplan vragen")
    supervisor.fills(Gevraagd_op="2022-09-23", Uiterlijk_te_ontvangen="2022-11-01")
    supervisor.presses("Opslaan")
    visitor.sees("Stand: gevraagd, sinds 23 september 2022")
    visitor.finds_nothing_wrong()
    for state, on in (("ontvangen", "2022-10-28"), ("akkoord", "2022-11-10")):
        supervisor.chooses("Nieuwe stand", state)
        supervisor.page.get_by_label("Op", exact=True).fill(on)
        supervisor.presses("Stand opslaan")
        visitor.sees(f"Opgeslagen: het verbeterplan staat op ‘{state}’.")
    visitor.goes_to("/2022-1/gemeenten/GM0344/dossier/")
    visitor.sees("akkoord")
    supervisor.page.get_by_role("link", name="Bestuurlijk overleg als afspraak toevoegen").click()
    visitor.sees("Volgt uit trede 3 over 2022-1: bestuurlijk overleg.")
    visitor.finds_nothing_wrong()


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(supervisor):
    visitor = supervisor.visitor
    visitor.goes_to(f"{HOUTEN}dossier/contacten/toevoegen/")
    supervisor.chooses("Soort", "Telefoongesprek")
    supervisor.fills(Datum=date(2022, 7, 8).isoformat(), Onderwerp="Gezin", Besproken="V-nummer 280.123.4567")
    supervisor.presses("Opslaan")
    visitor.sees("Gegevens van vergunninghouders horen niet in het dossier")
    assert supervisor.page.title().startswith("Fout:")
    expect(supervisor.page.get_by_label("Onderwerp")).to_have_value("Gezin")
    visitor.finds_nothing_wrong()


def test_who_only_looks_sees_it_and_changes_nothing(demo, visit, size):
    reader = visit(demo, "vaststeller", size=size)
    reader.goes_to("/2022-1/gemeenten/GM0344/dossier/")
    reader.sees("490 personen")
    expect(reader.page.get_by_role("link", name="Contact toevoegen")).to_have_count(0)
    reader.finds_nothing_wrong()
    assert reader.goes_to("/2022-1/gemeenten/GM0344/dossier/contacten/toevoegen/") == 403
    reader.finds_nothing_wrong()
