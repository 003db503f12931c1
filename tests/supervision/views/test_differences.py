"""The differences with COA: seen, explained, refused; a lezer; another province; nobody."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision.models import DifferenceExplained, Herverdeling
from supervision.rules.period import Period
from tests.supervision.ledger import deliver
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

PAGE = "/2022-1/cijfers/verschillen/"
GOOD = {"gemeente": ["GM0307"], "verschil-GM0307": "-2", "oorzaak": "late", "toelichting": "Bevestigd door het COA"}

pytestmark = pytest.mark.usefixtures("within_utrecht")


def test_each_difference_with_the_provinces_sum(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Verschillen met COA 2022-1 – Trede"
    assert (
        "Bij 1 gemeente meldt COA een andere achterstand dan over 2021-2 is berekend; 1 is nog niet verklaard." in text
    )
    assert "Amersfoort 52 50 −2 nog niet verklaard" in text
    assert "Provincie Utrecht 223 221 −2" in text
    assert "Voor 2 gemeenten zijn beide bekend." in text
    assert "/2022-1/gemeenten/GM0307/#som" in links(response)
    assert 'value="GM0307" checked' in response.content.decode()


def test_an_explanation_is_kept_and_shown(dossier: Herverdeling, staff: Client, supervisor: User) -> None:
    response = staff.post(PAGE, GOOD, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    text = words(response)
    assert "1 verschil verklaard." in text
    assert f"Te laat geregistreerd: Bevestigd door het COA {supervisor}," in text
    assert "nog niet verklaard" not in text
    assert 'value="GM0307" checked' not in response.content.decode()
    assert "verschil met COA te verklaren" not in words(staff.get("/2022-1/"))


def test_the_municipality_shows_it(dossier: Herverdeling, staff: Client, supervisor: User) -> None:
    address = "/2022-1/gemeenten/GM0307/"
    assert "Verklaring Nog niet verklaard" in words(staff.get(address))
    assert PAGE in links(staff.get(address))
    staff.post(PAGE, GOOD)
    assert f"Verklaring Te laat geregistreerd: Bevestigd door het COA ({supervisor}," in words(staff.get(address))
    assert "Verklaring" not in words(staff.get("/2022-1/gemeenten/GM0344/"))


def test_an_explanation_of_another_difference_is_outdated(
    dossier: Herverdeling, staff: Client, supervisor: User
) -> None:
    staff.post(PAGE, GOOD)
    amersfoort = Municipality.objects.get(code="GM0307")
    deliver(by=supervisor, municipality=amersfoort, achterstand=49, overrules=True)
    assert "Amersfoort 52 49 −3 Verklaard was een verschil van −2: Te laat geregistreerd" in words(staff.get(PAGE))
    assert "1 verschil met COA te verklaren" in words(staff.get("/2022-1/"))
    assert "Verklaard was een verschil van −2: Te laat geregistreerd" in words(staff.get("/2022-1/gemeenten/GM0307/"))


def test_the_same_explanation_again_changes_nothing(dossier: Herverdeling, staff: Client) -> None:
    staff.post(PAGE, GOOD)
    assert "Zo stond het er al: er is niets veranderd." in words(staff.post(PAGE, GOOD, follow=True))
    assert DifferenceExplained.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"gemeente": []}, "Kruis aan van welke gemeenten u het verschil verklaart."),
        ({"gemeente": ["GM0344"]}, "Een gemeente die u aankruiste, heeft geen verschil meer."),
        ({"gemeente": ["GM0307", "GM0202"]}, "Een gemeente die u aankruiste, heeft geen verschil meer."),
        ({"oorzaak": ""}, "Kies een oorzaak."),
        ({"oorzaak": "toeval"}, "Selecteer een geldige keuze."),
        ({"oorzaak": "other", "toelichting": " "}, "Vul bij ‘iets anders’ in wat het is."),
        ({"toelichting": "x" * 301}, "300 tekens"),
        ({"verschil-GM0307": ""}, "Laad de pagina opnieuw: een verschil ontbreekt in wat u stuurde."),
        ({"verschil-GM0307": "9" * 30}, "Laad de pagina opnieuw"),
        ({"verschil-GM0307": "-5"}, "Het verschil van Amersfoort is intussen −2. Kijk het nog eens na."),
    ],
)
def test_what_cannot_be_is_refused(dossier: Herverdeling, staff: Client, typed: dict, sentence: str) -> None:
    response = staff.post(PAGE, GOOD | typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not DifferenceExplained.objects.exists()


def test_nothing_to_compare_and_nothing_that_differs_say_so(
    staff: Client, city: Municipality, supervisor: User
) -> None:
    assert "Er is nog niets te vergelijken" in words(staff.get(PAGE))
    before = Period(2021, 2)
    deliver(by=supervisor, municipality=city, period=before, achterstand=153, taakstelling=226, realisatie=208)
    deliver(by=supervisor, municipality=city, achterstand=171)
    assert "COA meldt bij elke gemeente de achterstand die over 2021-2 is berekend." in words(staff.get(PAGE))


def test_a_lezer_looks_and_explains_nothing(dossier: Herverdeling, reader: Client) -> None:
    response = reader.get(PAGE)
    assert "Amersfoort 52 50 −2" in words(response)
    assert b"Verklaar wat" not in response.content
    refused = reader.post(PAGE, GOOD)
    assert refused.status_code == 403
    assert "Cijfers invoeren mag alleen een toezichthouder of beheerder; u bent lezer." in words(refused)
    assert not DifferenceExplained.objects.exists()


def test_another_province_has_its_own(dossier: Herverdeling, stranger: Client) -> None:
    assert "Amersfoort" not in words(stranger.get(PAGE))
    assert stranger.post(PAGE, GOOD).status_code == 422
    assert not DifferenceExplained.objects.exists()


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_a_post_without_a_token_changes_nothing(dossier: Herverdeling, supervisor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert client.post(PAGE, GOOD).status_code == 403


def test_as_many_queries_for_more_differences(utrecht: Province, supervisor: User) -> None:
    client = browser_of(supervisor)
    municipalities = list(Municipality.objects.filter(province=utrecht, valid_to=None))

    def differ(some: list[Municipality]) -> None:
        for municipality in some:
            deliver(
                by=supervisor,
                municipality=municipality,
                period=Period(2021, 2),
                achterstand=5,
                taakstelling=9,
                realisatie=8,
            )
            deliver(by=supervisor, municipality=municipality, achterstand=7)

    def queries(**data) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.post(PAGE, data) if data else client.get(PAGE)
        return len(captured)

    def explained(codes) -> dict:
        return {"gemeente": codes, "oorzaak": "late", **{f"verschil-{code}": "1" for code in codes}}

    codes = [each.code for each in municipalities]
    differ(municipalities[:1])
    few, few_posted = queries(), queries(**explained(codes[:1]))
    differ(municipalities[1:20])
    assert queries() == few <= 12
    assert queries(**explained(codes[1:20])) == few_posted
    assert DifferenceExplained.objects.count() == 20
