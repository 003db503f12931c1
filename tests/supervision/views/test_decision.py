"""The page of one decision, and the steps from it: seen, decided, sent back, taken back, refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision.models import Decision, Herverdeling, Proposal
from tests.supervision.deciding import decided, propose
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, title, words

PAGE = "/2022-1/besluiten/GM0344/"
STEP = f"{PAGE}stap/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


def test_before_anything_was_proposed(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    assert title(response) == "Besluit Utrecht 2022-1 – Trede"
    assert "Er is nog niets voorgesteld. Het advies is trede 3." in words(response)
    assert f"{PAGE}voorstellen/" in links(response)
    assert "Van Lopik ontbreken" in words(staff.get("/2022-1/besluiten/GM0331/"))


def test_a_proposal_with_all_that_it_rests_on(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city, 2, "de achterstand in augustus is ingelopen")
    response = staff.get(PAGE)
    text = words(response)
    assert f"Voorgesteld: trede 2, op 8 september 2022, 14.00 uur door {supervisor}." in text
    assert "wijkt af Het advies was trede 3, volgens Beleidskader" in text
    assert "Reden: de achterstand in augustus is ingelopen" in text
    for line in (
        "Taakstelling 2022-1 203 getypt, stand van 1 januari 2022",
        "Herverdeling +1 1 persoon van Utrechtse Heuvelrug",
        "Achterstand op 1 januari 2022 171 getypt",
        "Totaalopgave 375 203 + 1 + 171",
        "Realisatie 168 getypt, stand van 1 juli 2022",
        "Achterstand op 1 juli 2022 207 375 − 168",
    ):
        assert line in text
    assert "2022-1: 207 bij een taakstelling van 203." in text
    assert "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2." in text
    assert "trede 3 De achterstand (207) is hoger dan de taakstelling (203)." in text
    assert any("?stand=2022-09-08T12%3A00%3A00" in link for link in links(response))
    assert f"{PAGE}{proposal.pk}/" in links(response)


def test_the_figures_as_they_were_known_can_be_looked_at(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    propose(supervisor, city)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=NOON + timedelta(hours=1))
    [known] = [link for link in links(staff.get(PAGE)) if "?stand=" in link]
    assert "Achterstand 207 is hoger dan de taakstelling 203" in words(staff.get(known))


def test_a_decision_and_what_changed_since(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    text = words(staff.get(PAGE))
    assert f"Besloten: trede 3, op 8 september 2022, 14.00 uur door {decider}." in text
    assert "Na het besluit" not in text
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    text = words(staff.get(PAGE))
    assert (
        "Na het besluit veranderde: de realisatie van 168 naar 173 en de achterstand aan het eind van 207 naar 202; "
        "het advies zou nu trede 2 zijn. Het besluit staat; herzien kan met een nieuw voorstel." in text
    )
    assert "Realisatie 168 173 getypt" in text
    assert "Taakstelling 2022-1 203 zelfde" in text
    assert f"{PAGE}voorstellen/" in links(staff.get(PAGE))


def test_all_that_happened_is_there_the_last_first(
    dossier: Herverdeling, staff: Client, bench: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    first = propose(supervisor, city, 2, "coulance")
    bench.post(STEP, {"doe": "terugsturen", "voorstel": first.pk, "opmerking": "Volg het advies."})
    decision = decided(supervisor, decider, city, now=NOON + timedelta(days=400))
    revision = propose(supervisor, city, 2, "bezwaar gegrond", now=NOON + timedelta(days=401))
    bench.post(STEP, {"doe": "vaststellen", "voorstel": revision.pk})
    whats = [event.what for event in staff.get(PAGE).context["events"]]
    assert sorted(whats) == sorted(
        [
            "trede 2 voorgesteld",
            "voorstel teruggestuurd",
            "trede 3 voorgesteld",
            "trede 3 vastgesteld",
            "trede 2 herziening voorgesteld",
            "trede 2 vastgesteld",
        ]
    )
    text = words(staff.get(f"{PAGE}{decision.proposal_id}/"))
    assert "Besloten: trede 3" in text
    assert "Herzien op" in text
    assert "Volg het advies." in text
    assert "Besloten: trede 2" in words(staff.get(PAGE))


def test_one_person_who_did_both_is_told(
    dossier: Herverdeling, bench: Client, decider: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(decider, city)
    text = words(bench.get(PAGE))
    assert "Dit voorstel is van u zelf: een ander besluit erover." in text
    assert "vaststellen" not in text.lower()
    bench.post(STEP, {"doe": "vaststellen", "voorstel": proposal.pk})
    assert not Decision.objects.exists()
    utrecht.one_person_decides = True
    utrecht.save()
    assert "Trede 3 vaststellen" in words(bench.get(PAGE))
    bench.post(STEP, {"doe": "vaststellen", "voorstel": proposal.pk})
    text = words(bench.get(PAGE))
    assert f"door {decider}, die het ook voorstelde." in text
    assert "Trede 3 vastgesteld, door één persoon" in text


# -- steps --------------------------------------------------------------------


def test_decided_from_its_page(dossier: Herverdeling, bench: Client, supervisor: User, city: Municipality) -> None:
    proposal = propose(supervisor, city)
    response = bench.post(STEP, {"doe": "vaststellen", "voorstel": proposal.pk}, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "1 besluit vastgesteld: Utrecht." in words(response)


def test_sent_back_takes_a_remark(dossier: Herverdeling, bench: Client, supervisor: User, city: Municipality) -> None:
    proposal = propose(supervisor, city)
    response = bench.post(STEP, {"doe": "terugsturen", "voorstel": proposal.pk, "opmerking": " "})
    assert response.status_code == 422
    assert title(response).startswith("Fout:")
    assert "Schrijf erbij waarom u terugstuurt." in words(response)
    assert "500" not in words(
        bench.post(STEP, {"doe": "terugsturen", "voorstel": proposal.pk, "opmerking": "x" * 1001})
    )
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_taken_back_by_who_may_propose(dossier: Herverdeling, staff: Client, supervisor: User, city) -> None:
    proposal = propose(supervisor, city)
    response = staff.post(STEP, {"doe": "intrekken", "voorstel": proposal.pk}, follow=True)
    assert "1 voorstel ingetrokken: Utrecht." in words(response)
    assert "Ingetrokken op" in words(response)


def test_of_two_who_decide_one_does_and_the_other_is_told(
    dossier: Herverdeling, bench: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    sent = {"doe": "vaststellen", "voorstel": proposal.pk}
    bench.post(STEP, sent)
    text = words(bench.post(STEP, sent, follow=True))
    assert "Het voorstel over Utrecht is intussen vastgesteld, door u zelf." in text
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("doe", ["vaststellen", "terugsturen"])
def test_a_toezichthouder_takes_no_step_of_a_vaststeller(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality, doe: str
) -> None:
    proposal = propose(supervisor, city)
    assert staff.post(STEP, {"doe": doe, "voorstel": proposal.pk, "opmerking": "x"}).status_code == 403


def test_a_lezer_takes_none(dossier: Herverdeling, reader: Client, supervisor: User, city: Municipality) -> None:
    proposal = propose(supervisor, city)
    assert "Voorgesteld: trede 3" in words(reader.get(PAGE))
    assert "<button" not in reader.get(PAGE).content.decode().split("<main")[1].split("</main")[0]
    for doe in ("vaststellen", "terugsturen", "intrekken"):
        assert reader.post(STEP, {"doe": doe, "voorstel": proposal.pk, "opmerking": "x"}).status_code == 403
    proposal.refresh_from_db()
    assert proposal.state == "open"


@pytest.mark.parametrize(
    "sent",
    [{}, {"doe": "verzonnen", "voorstel": "1"}, {"doe": "vaststellen"}, {"doe": "vaststellen", "voorstel": "²"}],
)
def test_a_step_that_is_not_there(dossier: Herverdeling, bench: Client, sent: dict[str, str]) -> None:
    response = bench.post(STEP, sent)
    assert response.status_code == 404
    assert "Deze stap bestaat niet. Ga terug en laad de pagina opnieuw." in words(response)


def test_a_proposal_that_is_not_there(dossier: Herverdeling, bench: Client) -> None:
    response = bench.post(STEP, {"doe": "vaststellen", "voorstel": "999999"})
    assert response.status_code == 404
    assert "Een voorstel dat u aankruiste, is er niet." in words(response)
    assert bench.get(f"{PAGE}999999/").status_code == 404


def test_a_step_is_no_page(dossier: Herverdeling, bench: Client) -> None:
    assert bench.get(STEP).status_code == 405


def test_another_province_has_no_such_page(
    dossier: Herverdeling, stranger: Client, supervisor: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    for address in (PAGE, f"{PAGE}{proposal.pk}/", f"{PAGE}voorstellen/", f"{PAGE}tussentijds/"):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(STEP, {"doe": "intrekken", "voorstel": proposal.pk}).status_code == 404
    assert Proposal.objects.get().state == "open"


def test_a_fixed_number_of_queries(
    dossier: Herverdeling, staff: Client, bench: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(PAGE)
        return len(captured)

    propose(supervisor, city)
    few = queries()
    for number in range(5):
        proposal = propose(supervisor, city, 2, f"reden {number}")
        bench.post(STEP, {"doe": "terugsturen", "voorstel": proposal.pk, "opmerking": "nee"})
    decided(supervisor, decider, city)
    assert queries() == few <= 12
