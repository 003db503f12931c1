"""The herindeling: seen, carried over, changed, refused; a lezer; another province; nobody; and the pages that lead there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.models import CarriedOver, Delivery
from supervision.rules.period import Period
from tests.supervision.herindelingen import (
    FIRST,
    LEERDAM,
    LETTER,
    VIANEN,
    VIJFHEERENLANDEN,
    ZEDERIK,
    carry,
    close,
    make_split,
    municipality,
)
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, title, words

PAGE = "/2019-1/cijfers/herindeling/"
NEW, OLD = "/2019-1/gemeenten/GM1961/", "/2018-2/gemeenten/GM0620/"
SENT = {
    "gemeente": VIJFHEERENLANDEN,
    "GM1961-stand": "",
    "GM1961-personen-GM0620": "12",
    "GM1961-personen-GM0620-basis": "12",
    "GM1961-personen-GM0545": "5",
    "GM1961-personen-GM0545-basis": "",
    "GM1961-bron-GM0545": LETTER,
    "GM1961-personen-GM0707": "3",
    "GM1961-personen-GM0707-basis": "",
    "GM1961-bron-GM0707": LETTER,
    "GM1961-reden": "",
}
ALL = {VIANEN: 12, LEERDAM: 5, ZEDERIK: 3}

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture(autouse=True)
def vianen(within_utrecht: Province, supervisor: User) -> None:
    close(VIANEN, by=supervisor, end=12)


# -- works --------------------------------------------------------------------


def test_the_page_proposes_what_is_known_and_asks_for_the_rest(staff: Client) -> None:
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Herindeling 2019-1 – Trede"
    assert (
        "Op 1 januari 2019 gingen Leerdam, Vianen en Zederik op in Vijfheerenlanden; de beginstand is nog over te nemen."
        in text
    )
    assert "Nog niet overgenomen van Leerdam, Vianen en Zederik. Tot dan is de beginstand niet bekend." in text
    assert 'name="GM1961-personen-GM0620" value="12"' in response.content.decode()
    assert 'name="GM1961-personen-GM0545" value=""' in response.content.decode()
    assert 'name="GM1961-bron-GM0545"' in response.content.decode()
    assert 'name="GM1961-bron-GM0620"' not in response.content.decode()
    assert f"{OLD}#som" in links(response)


def test_what_is_sent_is_carried_over_and_opens_to_its_parts(staff: Client, supervisor: User) -> None:
    response = staff.post(PAGE, SENT, follow=True)
    assert response.redirect_chain == [(f"{PAGE}#GM1961", 302)]
    text = words(response)
    assert "Overgenomen: Vijfheerenlanden begint 2019-1 met 20 personen (5 + 12 + 3)." in text
    assert "20 personen overgenomen van Leerdam, Vianen en Zederik." in text
    assert "Opnieuw overnemen" not in text
    opening = words(staff.get(NEW))
    assert (
        f"+ Achterstand op 1 januari 2019 20 Leerdam 5, volgens {LETTER} Vianen 12 (eind van 2018-2) "
        f"Zederik 3, volgens {LETTER} Document Herindeling van 1 januari 2019 Hoe Overgenomen bij herindeling "
        f"Vastgelegd {supervisor}"
    ) in opening
    assert f"{OLD}#som" in links(staff.get(NEW))


def test_the_same_form_again_changes_nothing(staff: Client) -> None:
    staff.post(PAGE, SENT)
    text = words(staff.post(PAGE, SENT, follow=True))
    assert "Zo stond het er al, en er is niets veranderd: Vijfheerenlanden begint 2019-1 met 20 personen" in text
    assert Delivery.objects.filter(way=Delivery.Way.CARRIED_OVER).count() == 1


def test_it_is_changed_and_taken_back(staff: Client, supervisor: User) -> None:
    figure = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery.figures.get()
    page = staff.get(PAGE)
    assert {f"{PAGE}?wijzig=GM1961#GM1961", f"/leveringen/{figure.delivery_id}/intrekken/"} <= set(links(page))
    change = staff.get(f"{PAGE}?wijzig=GM1961").content.decode()
    assert f'name="GM1961-bron-GM0707" value="{LETTER}"' in change
    assert f'name="GM1961-stand" value="{figure.pk}"' in change
    staff.post(PAGE, SENT | {"GM1961-personen-GM0707": "4", "GM1961-stand": str(figure.pk)})
    assert "21 personen overgenomen" in words(staff.get(PAGE))
    last = Delivery.objects.filter(way=Delivery.Way.CARRIED_OVER).order_by("-pk")[0]
    assert "overgenomen achterstand 21 20" in words(staff.get(f"/leveringen/{last.pk}/intrekken/"))
    staff.post(f"/leveringen/{last.pk}/intrekken/", {"reden": "Typefout"})
    assert "20 personen overgenomen" in words(staff.get(PAGE))
    assert "Ingetrokken 21 (stand van 1 januari 2019" in words(staff.get(NEW))


def test_less_than_was_owed_asks_for_a_reason_and_keeps_what_was_typed(staff: Client) -> None:
    response = staff.post(PAGE, SENT | {"GM1961-personen-GM0620": "11"})
    assert response.status_code == 422
    assert title(response).startswith("Fout:")
    text = words(response)
    assert "Vianen sloot af met een achterstand van 12, en samen gaat er 11 over. Geef daarvoor een reden." in text
    assert "<output data-together>19</output>" in response.content.decode()
    assert 'name="GM1961-personen-GM0620" value="11"' in response.content.decode()
    assert not CarriedOver.objects.exists()
    staff.post(PAGE, SENT | {"GM1961-personen-GM0620": "11", "GM1961-reden": "Eén persoon verhuisde"})
    assert "19 personen overgenomen" in words(staff.get(PAGE))
    assert "Vianen 11 van de 12 (eind van 2018-2)" in words(staff.get(NEW))
    assert "Reden Eén persoon verhuisde" in words(staff.get(NEW))
    assert "reden: Eén persoon verhuisde" in words(staff.get("/2019-1/cijfers/leveringen/"))


def test_a_split_shows_what_is_left_for_each(staff: Client, within_utrecht: Province, supervisor: User) -> None:
    haaren, first, second = make_split(within_utrecht)
    period, page = Period(2021, 1), "/2021-1/cijfers/herindeling/"
    for code, end in {haaren: 10, first: 79, second: 23}.items():
        close(code, by=supervisor, period=period.previous, end=end)
    text = words(staff.get(page))
    assert "Op 1 januari 2021 ging Haaren op in Amersfoort en Utrecht; de beginstand van Amersfoort en Utrecht" in text
    assert "Verdeeld over Amersfoort en Utrecht; nog 10 te verdelen." in text
    carry(first, by=supervisor, period=period, **{first: 79, haaren: 6})
    text = words(staff.get(page))
    assert "Verdeeld over Amersfoort en Utrecht; er blijft 4 over." in text
    assert "de beginstand van Amersfoort is nog over te nemen." in text
    sent = {
        "gemeente": second,
        f"{second}-personen-{second}": "23",
        f"{second}-personen-{second}-basis": "23",
        f"{second}-personen-{haaren}": "5",
        f"{second}-personen-{haaren}-basis": "10",
    }
    assert "en samen gaat er 11 over. Geef daarvoor een reden." in words(staff.post(page, sent))
    told = words(staff.post(page, sent | {f"{second}-personen-{haaren}": "4"}, follow=True))
    assert "Overgenomen: Amersfoort begint 2021-1 met 27 personen (23 + 4)." in told
    assert "Amersfoort zelf 23 (eind van 2020-2)" in words(staff.get(f"/2021-1/gemeenten/{second}/"))


def test_coas_opening_leads_and_the_difference_is_to_be_explained(staff: Client, supervisor: User) -> None:
    new = municipality(VIJFHEERENLANDEN)
    deliver(by=supervisor, municipality=new, period=FIRST, achterstand=22, taakstelling=9)
    assert "Het COA meldt 22 personen en is leidend." in words(staff.get(PAGE))
    staff.post(PAGE, SENT)
    assert "Het verschil staat bij de verschillen met COA." in words(staff.get(PAGE))
    assert "Vijfheerenlanden 20 overgenomen 22 +2 nog niet verklaard" in words(
        staff.get("/2019-1/cijfers/verschillen/")
    )
    text = words(staff.get(NEW))
    assert "Verschil Overgenomen bij de herindeling: 20. COA meldt 22; COA is leidend." in text
    assert "Achterstand op 1 januari 2019 22" in text
    assert "20 overgenomen" in words(staff.get("/2019-1/cijfers/"))


def test_a_half_year_without_a_herindeling_says_so(staff: Client) -> None:
    response = staff.get("/2022-1/cijfers/herindeling/")
    assert response.status_code == 200
    assert "Bij het begin van 2022-1 ging geen gemeente in een andere op." in words(response)


# -- bad input ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"GM1961-personen-GM0620": ""}, "Vul in hoeveel personen er van Vianen overgaan; dat kan 0 zijn."),
        ({"GM1961-personen-GM0620": "l2"}, "‘l2’ is geen getal. Bedoelde u 12?"),
        ({"GM1961-personen-GM0620": "1,5"}, "1,5 is geen heel getal"),
        ({"GM1961-personen-GM0620": "9" * 400}, "is te veel"),
        ({"GM1961-personen-GM0620": "99999", "GM1961-reden": "x"}, "Samen is dit 100.007"),
        ({"GM1961-bron-GM0545": " "}, "Vul in waar het getal van Leerdam staat."),
        ({"GM1961-bron-GM0545": "x" * 201}, "200 tekens"),
        ({"GM1961-bron-GM0545": "a\0b"}, "Null"),
        ({"GM1961-reden": "x" * 301}, "300 tekens"),
        ({"GM1961-personen-GM0620-basis": "11"}, "Het eind van Vianen is intussen 12. Kijk het nog eens na."),
        ({"GM1961-personen-GM0620-basis": "9" * 40}, "Het eind van Vianen is intussen 12."),
        ({"GM1961-stand": "77"}, "is intussen ingetrokken"),
        ({"gemeente": "GM0344"}, "Van deze gemeente is hier niets over te nemen."),
        ({"gemeente": "\0"}, "Van deze gemeente is hier niets over te nemen."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(staff: Client, typed: dict, sentence: str) -> None:
    response = staff.post(PAGE, SENT | typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert not CarriedOver.objects.exists()


def test_a_colleague_who_was_first_is_told_of(staff: Client, supervisor: User) -> None:
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    response = staff.post(PAGE, SENT | {"GM1961-personen-GM0707": "4"})
    assert response.status_code == 422
    assert f"{supervisor} nam voor Vijfheerenlanden intussen 20 personen over. Kijk het nog eens na." in words(response)
    # Who sends it again after that knows of it.
    assert f'name="GM1961-stand" value="{CarriedOver.objects.all()[0].figure_id}"' in response.content.decode()


# -- who ----------------------------------------------------------------------


def test_a_lezer_looks_and_carries_nothing_over(reader: Client, supervisor: User) -> None:
    response = reader.get(PAGE)
    assert response.status_code == 200
    assert b"<form" not in response.content.split(b"<main")[1]
    refused = reader.post(PAGE, SENT)
    assert refused.status_code == 403
    assert "Cijfers invoeren mag alleen een toezichthouder of beheerder; u bent lezer." in words(refused)
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    assert "Intrekken" not in words(reader.get(PAGE))
    assert "Leerdam provincie Zuid-Holland – 5 Brief" in words(reader.get(PAGE))


def test_another_province_has_its_own(stranger: Client) -> None:
    text = words(stranger.get(PAGE))
    assert "Vianen" not in text
    assert "West Betuwe" in text
    assert stranger.post(PAGE, SENT).status_code == 422
    assert not CarriedOver.objects.exists()


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_a_post_without_a_token_changes_nothing(supervisor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert client.post(PAGE, SENT).status_code == 403


# -- what leads there ---------------------------------------------------------


def test_the_overviews_round_it_say_what_is_to_be_done(staff: Client, supervisor: User) -> None:
    response = staff.get("/2018-2/")
    assert "1 beginstand na herindeling over te nemen 2019-1: Vijfheerenlanden." in words(response)
    assert PAGE in links(response)
    deliver(by=supervisor, municipality=municipality("GM0344"), period=FIRST, taakstelling=9)
    assert "1 beginstand na herindeling over te nemen 2019-1: Vijfheerenlanden." in words(staff.get("/2019-1/"))
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    assert PAGE not in links(staff.get("/2019-1/"))
    deliver(by=supervisor, municipality=municipality(VIANEN), period=FIRST.previous, realisatie=19, overrules=True)
    text = words(staff.get("/2019-1/"))
    assert (
        "1 overgenomen beginstand na te kijken Het eind van een voorganger is intussen anders: Vijfheerenlanden."
        in text
    )
    assert "Het eind was 12 toen het werd overgenomen." in words(staff.get(PAGE))


def test_of_a_municipality_that_goes_up_in_another_no_next_taakstelling_lacks(staff: Client, supervisor: User) -> None:
    deliver(by=supervisor, municipality=municipality("GM0344"), period=FIRST, taakstelling=9)
    tasks = staff.get("/2018-2/").context["page"].tasks
    [lacking] = [task for task in tasks if task.detail.startswith("2019-1") and "taakstelling" in task.label]
    # All of 2018-2 but Vianen, which ends, and Utrecht, which has one.
    there = Municipality.objects.filter(province__code="PV26").existing_within(
        start=FIRST.previous.start, end=FIRST.start
    )
    assert int(lacking.count) == there.count() - 2


def test_the_grid_says_what_waits_and_what_opens_the_row(staff: Client, supervisor: User) -> None:
    response = staff.get("/2019-1/cijfers/")
    assert "Herindeling Vijfheerenlanden beginstand nog over te nemen" in words(response)
    assert PAGE in links(response)
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    response = staff.get("/2019-1/cijfers/")
    assert "Vijfheerenlanden 20 personen overgenomen" in words(response)
    assert 'placeholder="20 overgenomen"' in response.content.decode()
    assert PAGE not in links(staff.get("/2022-1/cijfers/"))


def test_the_new_municipality_leads_to_its_parts_named_as_then(staff: Client, supervisor: User) -> None:
    response = staff.get("/2022-1/gemeenten/GM1961/")
    assert "Voorgangers" in words(response)
    assert {OLD, f"{PAGE}#GM1961"} <= set(links(response))
    assert not any("GM0545" in link for link in links(response))
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    text = words(staff.get("/2022-1/gemeenten/GM1961/"))
    assert "Leerdam provincie Zuid-Holland 1 januari 2019 2018-2 5 van Leerdam" in text
    assert "Vianen 1 januari 2019 2018-2 12 van Vianen" in text
    old = staff.get(OLD)
    assert "Op 1 januari 2019 opgegaan in Vijfheerenlanden. Wat overging" in words(old)
    assert {NEW, PAGE} <= set(links(old))
    assert "Voorgangers" not in words(old)


def test_an_opening_that_waits_for_its_parts_says_so(staff: Client) -> None:
    response = staff.get(NEW)
    assert "Achterstand op 1 januari 2019 – Herindeling Nog niet overgenomen van de voorgangers" in words(response)
    assert PAGE in links(response)


def test_a_municipality_that_went_on_says_who_went_into_it(
    staff: Client, within_utrecht: Province, supervisor: User
) -> None:
    make_split(within_utrecht)
    assert "Op 1 januari 2021 ging een deel van Haaren hierin op." in words(staff.get("/2021-1/gemeenten/GM0344/"))
    assert "Op 1 januari 2021 opgegaan in Utrecht en Amersfoort." in words(staff.get("/2020-2/gemeenten/GM9001/"))


def test_as_it_was_known_before(staff: Client, supervisor: User) -> None:
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    Delivery.objects.filter(pk=delivery.pk).update(recorded_at=NOON.replace(day=9))
    assert "20" in words(staff.get(f"{NEW}?stand=2022-09-09")).split("Totaalopgave")[0]
    then = words(staff.get(f"{NEW}?stand=2022-09-08"))
    assert "Nog niet overgenomen van de voorgangers" in then
    assert "volgens Brief" not in then


def test_withdrawing_needs_the_right(reader: Client, supervisor: User) -> None:
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    assert reader.post(f"/leveringen/{delivery.pk}/intrekken/").status_code == 403
    assert actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON)


def test_as_many_queries_for_many_parts(staff: Client, within_utrecht: Province, supervisor: User) -> None:
    haaren, first, second = make_split(within_utrecht)
    period, page = Period(2021, 1), "/2021-1/cijfers/herindeling/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert staff.get(page).status_code == 200
        return len(counted)

    for code in (haaren, first, second):
        close(code, by=supervisor, period=period.previous, end=4)
    carry(first, by=supervisor, period=period, **{first: 4, haaren: 2})
    queries()
    few = queries()
    for code in (haaren, first, second):
        for back in range(2, 5):
            close(code, by=supervisor, period=period.back(back), end=4)
    carry(second, by=supervisor, period=period, **{second: 4, haaren: 2})
    assert queries() == few
