"""The worklist of decisions: seen, proposed, decided, sent back, refused; a lezer; another province; nobody."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.models import Decision, Herverdeling, Proposal
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decide, decided, propose
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

PAGE = "/2022-1/besluiten/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def houten() -> Municipality:
    return Municipality.objects.get(code="GM0321")


def hidden(response: HttpResponse) -> dict[str, str]:
    """What the form of the page sends along for each municipality that can be ticked."""
    found = re.findall(r'name="(gezien-GM\d{4})" value="([^"]*)"', response.content.decode())
    return dict(found)


def send(client: Client, doe: str, *codes: str, page: str = PAGE, **more: object) -> HttpResponse:
    """What the page has, with these ticked and that button pressed."""
    return client.post(page, {**hidden(client.get(page)), "doe": doe, "gemeente": list(codes), **more}, follow=True)


# -- seen ---------------------------------------------------------------------


def test_what_is_advised_and_what_was_proposed(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    propose(supervisor, city, 4, "het verbeterplan uitbleef")
    decided(supervisor, decider, houten)
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Besluiten 2022-1 – Trede"
    assert (
        "1 van de 26 besluiten is vastgesteld; 1 voorstel wacht op een besluit; 2 moeten nog worden voorgesteld; "
        "van 22 ontbreken cijfers." in text
    )
    assert (
        "Utrecht Achterstand 207 is hoger dan de taakstelling 203. 2 207 trede 3 ↑ omhoog "
        f"4 voorgesteld voor Utrecht wijkt af {supervisor}, 8 september 2022 Reden: het verbeterplan uitbleef" in text
    )
    assert f"1 vastgesteld voor Houten {decider}, 8 september 2022" in text
    assert "Voorstellen voor Amersfoort" in text
    assert "Van Lopik ontbreken de taakstelling, de achterstand en de realisatie." in text
    assert "kan nog niet" in text
    assert {"/2022-1/besluiten/GM0344/", "/2022-1/besluiten/GM0307/voorstellen/"} <= set(links(response))


def test_a_row_asks_for_a_second_look(dossier: Herverdeling, staff: Client, supervisor: User, city) -> None:
    deliver(by=supervisor, municipality=city, realisatie=172, overrules=True)
    text = words(staff.get(PAGE))
    assert "Telt de herverdeling wel mee, dan is het trede 2." in text
    assert "Hangt van één persoon af: anders was het trede 2." in text


def test_figures_that_changed_stand_beside_it(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    decided(supervisor, decider, city)
    propose(supervisor, houten)
    for municipality, persons in ((city, 173), (houten, 43)):
        deliver(by=supervisor, municipality=municipality, realisatie=persons, overrules=True)
    text = words(staff.get(PAGE))
    assert "De cijfers zijn na het besluit veranderd; het advies zou nu trede 2 zijn." in text
    assert "De cijfers zijn sinds het voorstel veranderd: er is een nieuw voorstel nodig." in text
    assert "Cijfers veranderd 2" in text


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("te-doen", {"Amersfoort", "Utrechtse Heuvelrug"}),
        ("voorgesteld", {"Utrecht"}),
        ("vastgesteld", {"Houten"}),
        ("wijkt-af", {"Utrecht"}),
    ],
)
def test_the_address_says_what_is_shown(
    dossier: Herverdeling,
    staff: Client,
    supervisor: User,
    decider: User,
    city: Municipality,
    houten: Municipality,
    show: str,
    names: set[str],
) -> None:
    propose(supervisor, city, 4, "het verbeterplan uitbleef")
    decided(supervisor, decider, houten)
    rows = staff.get(f"{PAGE}?toon={show}").context["worklist"].rows
    assert {row.municipality.name for row in rows} == names


def test_what_cannot_be_shown_says_so(dossier: Herverdeling, staff: Client) -> None:
    text = words(staff.get(f"{PAGE}?toon=<b>"))
    assert "‘&lt;b&gt;’ kunt u niet tonen. U ziet alle gemeenten." in text


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2015-1", "Voor 2015-1 is geen beleidskader vastgelegd; daarom is er geen advies."),
        ("2022-2", "2022-2 loopt nog voor Utrecht: voorstellen kan met de stand van 1 januari 2023."),
    ],
)
def test_a_half_year_without_an_advice_says_why(
    dossier: Herverdeling, staff: Client, period: str, sentence: str
) -> None:
    text = words(staff.get(f"/{period}/besluiten/"))
    assert sentence in text
    assert "Er valt nog niets voor te stellen: van geen gemeente is er een advies." in text


# -- proposing ----------------------------------------------------------------


def test_what_is_ticked_is_proposed_as_advised(dossier: Herverdeling, staff: Client, supervisor: User) -> None:
    response = send(staff, "voorstellen", "GM0344", "GM0321")
    assert response.redirect_chain == [(PAGE, 302)]
    assert "2 voorstellen gedaan." in words(response)
    rows = Proposal.objects.order_by("municipality__name").values_list("municipality__name", "trede", "proposed_by")
    assert list(rows) == [("Houten", 1, supervisor.pk), ("Utrecht", 3, supervisor.pk)]


def test_all_of_them_with_one_button(dossier: Herverdeling, staff: Client) -> None:
    assert "Alle 4 volgens advies" in words(staff.get(PAGE))
    assert "4 voorstellen gedaan." in words(send(staff, "alles-voorstellen"))
    assert Proposal.objects.count() == 4
    page = staff.get(PAGE)
    assert "volgens advies" not in words(page)
    assert not hidden(page)


def test_each_gets_its_own_answer(dossier: Herverdeling, staff: Client, supervisor: User, houten: Municipality) -> None:
    sent = hidden(staff.get(PAGE))
    deliver(by=supervisor, municipality=houten, realisatie=43, overrules=True)
    text = words(staff.post(PAGE, {**sent, "doe": "voorstellen", "gemeente": ["GM0344", "GM0321"]}, follow=True))
    assert "1 voorstel gedaan: Utrecht." in text
    assert "De cijfers van Houten zijn intussen veranderd. Kijk ze na en stel dan opnieuw voor." in text
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"doe": "voorstellen", "gemeente": []}, "Kruis eerst aan om welke gemeenten het gaat."),
        ({"doe": "voorstellen", "gemeente": ["GM0202"]}, "Een gemeente die u aankruiste, staat niet in deze lijst."),
        ({"doe": "voorstellen", "gemeente": ["GM0344"], "gezien-GM0344": "x"}, "Laad de pagina opnieuw"),
        ({"doe": "verzonnen", "gemeente": ["GM0344"]}, "Laad de pagina opnieuw"),
        ({"gemeente": ["GM0344"]}, "Laad de pagina opnieuw"),
    ],
)
def test_what_cannot_be_sent_is_refused(dossier: Herverdeling, staff: Client, sent: dict, sentence: str) -> None:
    response = staff.post(PAGE, {**hidden(staff.get(PAGE)), **sent})
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not Proposal.objects.exists()


def test_after_a_refusal_the_ticks_are_still_there(
    dossier: Herverdeling, bench: Client, supervisor: User, city
) -> None:
    propose(supervisor, city)
    response = send(bench, "terugsturen", "GM0344", opmerking=" ")
    assert response.status_code == 422
    assert "Schrijf erbij waarom u terugstuurt." in words(response)
    assert 'value="GM0344" checked' in response.content.decode()


# -- deciding -----------------------------------------------------------------


def test_a_vaststeller_decides_on_what_is_ticked(
    dossier: Herverdeling, bench: Client, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    propose(supervisor, city)
    propose(supervisor, houten)
    response = send(bench, "vaststellen", "GM0344")
    assert response.redirect_chain == [(PAGE, 302)]
    assert "1 besluit vastgesteld: Utrecht." in words(response)
    assert list(Decision.objects.values_list("municipality__name", "trede", "decided_by")) == [
        ("Utrecht", 3, decider.pk)
    ]


def test_all_that_wait_with_one_button_and_how_many_depart(
    dossier: Herverdeling, bench: Client, supervisor: User, city: Municipality, houten: Municipality
) -> None:
    propose(supervisor, city, 2, "de achterstand in augustus is ingelopen")
    propose(supervisor, houten)
    text = words(bench.get(PAGE))
    assert "Alle 2 vaststellen" in text
    assert "Van deze voorstellen wijkt 1 af van het advies." in text
    assert "2 besluiten vastgesteld." in words(send(bench, "alles-vaststellen"))


def test_the_button_does_what_is_in_sight(
    dossier: Herverdeling, bench: Client, supervisor: User, city: Municipality, houten: Municipality
) -> None:
    propose(supervisor, city, 2, "de achterstand in augustus is ingelopen")
    propose(supervisor, houten)
    response = send(bench, "alles-vaststellen", page=f"{PAGE}?toon=wijkt-af")
    assert response.redirect_chain == [(f"{PAGE}?toon=wijkt-af", 302)]
    assert [each.municipality for each in Decision.objects.all()] == [city]


def test_sent_back_with_its_remark(
    dossier: Herverdeling, bench: Client, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    propose(supervisor, city, 2, "de achterstand is ingelopen")
    response = send(bench, "terugsturen", "GM0344", opmerking="Laat zien waaruit dat blijkt.")
    assert "1 voorstel teruggestuurd: Utrecht." in words(response)
    text = words(staff.get(PAGE))
    assert f"teruggestuurd voor Utrecht {decider}: Laat zien waaruit dat blijkt." in text
    assert "Teruggestuurd 1" in text


def test_figures_that_changed_send_it_back_to_be_proposed(
    dossier: Herverdeling, bench: Client, supervisor: User, city: Municipality
) -> None:
    propose(supervisor, city)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    text = words(send(bench, "vaststellen", "GM0344"))
    assert "De cijfers van Utrecht zijn sinds het voorstel veranderd (de realisatie van 168 naar 173" in text
    assert not Decision.objects.exists()


def test_a_vaststeller_cannot_tick_an_own_proposal(
    dossier: Herverdeling, bench: Client, decider: User, utrecht: Province, city: Municipality
) -> None:
    proposal = propose(decider, city)
    page = bench.get(PAGE)
    assert not hidden(page)
    assert "vaststellen" not in words(page).lower().replace("vastgesteld", "")
    forged = {"doe": "vaststellen", "gemeente": ["GM0344"], "gezien-GM0344": f"{'0' * 64}-{proposal.pk}-"}
    assert "Het voorstel over Utrecht is van u zelf" in words(bench.post(PAGE, forged, follow=True))
    utrecht.one_person_decides = True
    utrecht.save()
    assert "Wie voorstelt, mag in deze provincie ook zelf besluiten." in words(bench.get(PAGE))
    assert "1 besluit vastgesteld: Utrecht." in words(send(bench, "vaststellen", "GM0344"))


# -- who not ------------------------------------------------------------------


def test_a_lezer_looks_and_does_nothing(
    dossier: Herverdeling, reader: Client, supervisor: User, city: Municipality
) -> None:
    propose(supervisor, city)
    page = reader.get(PAGE)
    assert "3 voorgesteld" in words(page)
    assert not hidden(page)
    assert "/2022-1/besluiten/GM0307/voorstellen/" not in links(page)
    for doe, right in (("voorstellen", "Een trede voorstellen"), ("vaststellen", "Besluiten"), ("", "Een trede")):
        refused = reader.post(PAGE, {"doe": doe, "gemeente": ["GM0344"]})
        assert refused.status_code == 403
        assert right in words(refused)
    assert Proposal.objects.get().state == "open"


@pytest.mark.parametrize("doe", ["vaststellen", "alles-vaststellen", "terugsturen"])
def test_who_proposes_does_not_decide(dossier: Herverdeling, staff: Client, supervisor: User, city, doe: str) -> None:
    propose(supervisor, city)
    refused = staff.post(PAGE, {"doe": doe, "gemeente": ["GM0344"], "opmerking": "x"})
    assert refused.status_code == 403
    assert "Besluiten mag alleen een vaststeller; u bent toezichthouder." in words(refused)
    assert not Decision.objects.exists()


def test_another_province_sees_and_decides_nothing_of_it(
    dossier: Herverdeling, stranger: Client, supervisor: User, city: Municipality
) -> None:
    proposal = propose(supervisor, city)
    assert "Utrecht" not in words(stranger.get(PAGE)).replace("provincie Utrecht", "")
    forged = {"gemeente": ["GM0344"], "gezien-GM0344": f"{'0' * 64}-{proposal.pk}-"}
    assert stranger.post(PAGE, {**forged, "doe": "voorstellen"}).status_code == 422
    gelderland = make_user(role=Role.VASTSTELLER, province=Province.objects.get(code="PV25"))
    assert browser_of(gelderland).post(PAGE, {**forged, "doe": "vaststellen"}).status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_a_post_without_a_token_changes_nothing(dossier: Herverdeling, supervisor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert client.post(PAGE, {"doe": "voorstellen", "gemeente": ["GM0344"]}).status_code == 403
    assert not Proposal.objects.exists()


# -- queries ------------------------------------------------------------------


def test_as_many_queries_for_more_municipalities(
    utrecht: Province, supervisor: User, decider: User, staff: Client
) -> None:
    everybody = list(Municipality.objects.filter(province=utrecht).existing(on=FIRST_HALF_OF_2022.start))

    def record(some: list[Municipality], period: Period) -> None:
        entries = [
            actions.Entry(municipality=each, kind=kind, persons=10, overrules=True) for each in some for kind in Kind
        ]
        actions.record_figures(by=supervisor, province=utrecht, period=period, entries=entries, now=NOON)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(PAGE).status_code == 200
        return len(captured)

    record(everybody[:2], FIRST_HALF_OF_2022)
    few = queries()
    record(everybody[2:], FIRST_HALF_OF_2022)
    record(everybody, Period(2021, 2))
    send(staff, "alles-voorstellen")
    decide(decider, *Proposal.objects.all()[:20])
    assert queries() == few <= 12
