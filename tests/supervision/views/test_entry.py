"""The grid as one form: works; a colleague; another province; who may only look; bad input; two at once."""

from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions import Refused, withdraw_delivery
from supervision.figures import figures_in_force
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.views import entry
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver, swap
from tests.supervision.views.grid_page import Sheet, address, words

CITY, LOPIK, HOUTEN = "GM0344", "GM0331", "GM0321"


@pytest.fixture(autouse=True)
def figures(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    """Utrecht's own of the dossier, and some of Lopik; Houten has none."""
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    swap(by=supervisor, period=FIRST_HALF_OF_2022, giver="GM1581", taker=CITY, count=1)
    lopik = Municipality.objects.get(code=LOPIK)
    deliver(by=supervisor, municipality=lopik, period=Period(2021, 2), taakstelling=10, achterstand=0, realisatie=12)
    deliver(by=supervisor, municipality=lopik, taakstelling=8, realisatie=7)


@pytest.fixture
def typist(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


@pytest.fixture
def colleague(utrecht: Province) -> Client:
    client = Client()
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=utrecht))
    return client


def persons(kind: Kind, code: str, *, period: Period = FIRST_HALF_OF_2022) -> int | None:
    """What is in force in a cell."""
    municipality = Municipality.objects.get(code=code)
    figure = figures_in_force(province=municipality.province, period=period).get((municipality.pk, kind))
    return figure.persons if figure else None


def row(response, code: str):
    return response.context["grid"].row(code)


# -- works --------------------------------------------------------------------


def test_the_grid_has_a_row_for_every_municipality_with_what_is_in_force(typist):
    response = typist.get(address())
    sheet = Sheet(typist, response)
    assert len(response.context["grid"].rows) == 26
    assert [sheet.fields[f"{letter}-{CITY}"] for letter in "str"] == ["171", "203", "168"]
    assert [sheet.fields[f"{letter}-{HOUTEN}"] for letter in "str"] == ["", "", ""]
    assert "Achterstand1 jan 2022Taakstelling2022-1" in words(response).replace(" Taakstelling", "Taakstelling")
    assert "t/m 30 juni" in words(response)


def test_what_follows_from_the_figures_is_computed(typist):
    utrecht = row(typist.get(address()), CITY)
    assert (utrecht.opgave.herverdeling, utrecht.opgave.totaalopgave, utrecht.end) == (1, 375, 207)
    assert utrecht.trede == 3


def test_an_opening_that_coa_did_not_report_is_shown_as_computed(typist):
    response = typist.get(address())
    cell = row(response, LOPIK).cells[0]
    assert (cell.text, cell.placeholder) == ("", "−2 berekend")
    assert 'placeholder="−2 berekend"' in response.content.decode()
    assert row(response, LOPIK).opgave.totaalopgave == 6


def test_an_opening_that_differs_from_the_computed_one_says_so(typist, supervisor):
    lopik = Municipality.objects.get(code=LOPIK)
    deliver(by=supervisor, municipality=lopik, achterstand=3)
    response = typist.get(address())
    assert [note.replace("\u00a0", " ") for note in row(response, LOPIK).notes] == ["1 januari was −2 berekend"]
    assert "1 januari was −2 berekend" in words(response)


def test_the_totals_are_sums_of_the_columns_and_say_what_they_leave_out(typist):
    totals = typist.get(address()).context["grid"].totals
    assert (totals.start, totals.taakstelling, totals.herverdeling) == (169, 211, 0)
    assert (totals.totaalopgave, totals.realisation, totals.end) == (381, 175, 206)
    assert totals.without.replace("\u00a0", " ") == "24 gemeenten"


def test_typed_figures_are_saved_in_one_delivery(typist, supervisor):
    response = Sheet.opened(typist).type(s_GM0321="13", t_GM0321="1.029", r_GM0321="43", r_GM0331="9").send()
    assert response.status_code == 302
    assert response.url == address()
    assert [persons(kind, HOUTEN) for kind in (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)] == [13, 1029, 43]
    delivery = Delivery.objects.latest("pk")
    assert delivery.figures.count() == 4
    assert delivery.recorded_by == supervisor
    assert delivery.way == Delivery.Way.TYPED
    assert "4 cijfers opgeslagen." in words(typist.get(address()))


def test_a_voorsprong_is_typed_with_either_minus(typist):
    Sheet.opened(typist).type(s_GM0321="−3", s_GM0331="-4").send()
    assert (persons(Kind.ACHTERSTAND, HOUTEN), persons(Kind.ACHTERSTAND, LOPIK)) == (-3, -4)
    assert Sheet.opened(typist).fields[f"s-{LOPIK}"] == "−4"


def test_what_was_not_touched_is_not_recorded_again(typist):
    before = Figure.objects.count()
    Sheet.opened(typist).type(r_GM0321="43").send()
    assert Figure.objects.count() == before + 1


def test_the_same_page_sent_twice_changes_nothing_and_says_so(typist):
    sheet = Sheet.opened(typist).type(r_GM0321="43")
    sheet.send()
    typist.get(address())
    before = Figure.objects.count()
    assert sheet.send().status_code == 302
    assert "Alles was al opgeslagen: er is niets veranderd." in words(typist.get(address()))
    assert Figure.objects.count() == before


def test_a_final_count_is_of_the_peildatum(typist):
    Sheet.opened(typist).type(r_GM0321="43").send()
    assert Figure.objects.latest("pk").as_of == date(2022, 7, 1)


def test_an_interim_count_is_not_shown_as_the_final_one_and_can_become_it(typist, city, supervisor):
    houten = Municipality.objects.get(code=HOUTEN)
    deliver(by=supervisor, municipality=houten, realisatie=40, as_of=date(2022, 6, 20), taakstelling=29, achterstand=13)
    response = typist.get(address())
    assert row(response, HOUTEN).cells[2].text == ""
    assert [note.replace("\u00a0", " ") for note in row(response, HOUTEN).notes] == ["40 geteld op 20 juni"]
    assert row(response, HOUTEN).end is None
    Sheet(typist, response).type(r_GM0321="40").send()
    response = typist.get(address())
    assert (row(response, HOUTEN).cells[2].text, row(response, HOUTEN).end) == ("40", 2)


def test_the_finding_names_what_is_missing(typist, supervisor):
    assert "5 van de 78 cijfers zijn er; 73 ontbreken nog, het eerste bij Amersfoort." not in words(
        typist.get(address())
    )
    finding = words(typist.get(address()))
    assert "6 van de 78 cijfers zijn er; 72 ontbreken nog, het eerste bij Amersfoort." in finding


def test_the_finding_is_short_when_all_is_there(typist, utrecht, supervisor):
    for municipality in Municipality.objects.filter(province=utrecht).existing(on=date(2022, 1, 1)):
        deliver(by=supervisor, municipality=municipality, overrules=True, taakstelling=5, achterstand=1, realisatie=4)
    assert "Alle 78 cijfers zijn er." in words(typist.get(address()))


def test_the_last_deliveries_and_the_herverdelingen_stand_beside_the_grid(typist):
    text = words(typist.get(address()))
    assert "Utrecht neemt 1 persoon over van Utrechtse Heuvelrug." in text
    assert "Getypt, 2 cijfers" in text
    assert "Lopik; Sam de Vries" in text
    content = typist.get(address()).content.decode()
    for delivery in Delivery.objects.order_by("-recorded_at", "-pk")[:1]:
        assert f"/leveringen/{delivery.pk}/intrekken/" in content


def test_nothing_inline_for_the_content_security_policy(typist):
    content = typist.get(address()).content.decode()
    for forbidden in (" style=", "<style", " onclick", " hx-on", "javascript:", "hx-vals='js"):
        assert forbidden not in content


# -- two at once --------------------------------------------------------------


def test_the_second_of_two_on_one_cell_is_asked_and_the_rest_of_the_row_is_saved(typist, colleague):
    mine, theirs = Sheet.opened(typist), Sheet.opened(colleague)
    theirs.type(r_GM0331="13").send()
    response = mine.type(r_GM0331="12", t_GM0331="9").send()
    assert response.status_code == 409
    assert (persons(Kind.REALISATION, LOPIK), persons(Kind.TAAKSTELLING, LOPIK)) == (13, 9)
    text = words(response)
    assert "Realisatie Lopik is intussen gewijzigd. Kies welk cijfer geldt:" in text
    assert "12 van u 13 van uw collega (Sam de Vries" in text
    assert "bij Lopik koos uw collega anders." in text
    assert "1 cijfer opgeslagen." in text
    assert Sheet(typist, response).fields["r-GM0331"] == "12"
    assert row(response, LOPIK).end == 6 + 1 - 13


def choose(response, *, own: bool) -> dict[str, str]:
    [clash] = response.context["grid"].clashing[0].clashes
    return {"kies": clash.choose_own if own else clash.choose_theirs}


def clashing(typist: Client, colleague: Client):
    """Lopik's realisatie: the colleague typed 13 after the page with 12 was opened."""
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0331="13").send()
    return mine.type(r_GM0331="12").send()


def test_choosing_the_own_number_overrules_the_colleague(typist, colleague):
    response = clashing(typist, colleague)
    again = Sheet(typist, response).send(**choose(response, own=True))
    assert again.status_code == 302
    assert persons(Kind.REALISATION, LOPIK) == 12


def test_choosing_the_number_of_the_colleague_drops_the_own(typist, colleague):
    response = clashing(typist, colleague)
    before = Figure.objects.count()
    assert Sheet(typist, response).send(**choose(response, own=False)).status_code == 302
    assert persons(Kind.REALISATION, LOPIK) == 13
    assert Figure.objects.count() == before
    assert "Het cijfer van uw collega blijft staan: er is niets veranderd." in words(typist.get(address()))


def test_the_colleague_can_be_chosen_over_what_is_wrong_by_now(typist, colleague):
    response = clashing(typist, colleague)
    sheet = Sheet(typist, response).type(r_GM0331="twaalf")
    assert sheet.send(**choose(response, own=False)).status_code == 302
    assert persons(Kind.REALISATION, LOPIK) == 13


def test_sending_the_page_again_without_choosing_overrules_nobody(typist, colleague):
    response = clashing(typist, colleague)
    assert Sheet(typist, response).send().status_code == 409
    assert persons(Kind.REALISATION, LOPIK) == 13


def test_a_third_who_changed_it_before_the_choice_is_shown_too(typist, colleague):
    response = clashing(typist, colleague)
    Sheet.opened(colleague).type(r_GM0331="14").send()
    again = Sheet(typist, response).send(**choose(response, own=True))
    assert again.status_code == 409
    assert "12 van u 14 van uw collega" in words(again)
    assert persons(Kind.REALISATION, LOPIK) == 14


def test_a_cell_that_was_not_touched_follows_the_colleague(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0331="13").send()
    assert mine.type(t_GM0331="9").send().status_code == 302
    assert persons(Kind.REALISATION, LOPIK) == 13


def test_two_who_type_the_same_agree(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0331="13").send()
    assert mine.type(r_GM0331="13").send().status_code == 302


def test_two_on_an_empty_cell(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0321="43").send()
    assert mine.type(r_GM0321="44").send().status_code == 409
    assert persons(Kind.REALISATION, HOUTEN) == 43


def test_a_figure_that_was_withdrawn_meanwhile_is_replaced_and_not_in_the_way(typist, supervisor):
    sheet = Sheet.opened(typist)
    figure = Figure.objects.get(municipality__code=LOPIK, period=FIRST_HALF_OF_2022, kind=Kind.REALISATION)
    withdraw_delivery(by=supervisor, delivery=figure.delivery, now=figure.delivery.recorded_at, reason="Dubbel")
    assert sheet.type(r_GM0331="9").send().status_code == 302
    assert (persons(Kind.REALISATION, LOPIK), persons(Kind.TAAKSTELLING, LOPIK)) == (9, None)


def test_a_cell_emptied_after_its_figure_was_withdrawn_is_just_empty(typist, supervisor):
    sheet = Sheet.opened(typist)
    figure = Figure.objects.get(municipality__code=LOPIK, period=FIRST_HALF_OF_2022, kind=Kind.REALISATION)
    withdraw_delivery(by=supervisor, delivery=figure.delivery, now=figure.delivery.recorded_at, reason="Dubbel")
    assert sheet.type(r_GM0331="").send().status_code == 302
    assert persons(Kind.REALISATION, LOPIK) is None


# -- who may, and where -------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_sees_them_as_text(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    sheet = Sheet(client, response := client.get(address()))
    assert not [name for name in sheet.fields if name[:2] in ("s-", "t-", "r-")]
    text = words(response)
    assert "168" in text
    assert "−2 berekend" in text
    for absent in ("Opslaan", "Intrekken", "Herverdeling toevoegen", "Enter"):
        assert absent not in text


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_enters_no_figures_cannot_send_them(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    response = client.post(address(), {"r-GM0331": "9"})
    assert response.status_code == 403
    assert "Cijfers invoeren mag alleen een toezichthouder of beheerder" in words(response)
    assert persons(Kind.REALISATION, LOPIK) == 7


def test_a_beheerder_enters_figures_too(client, utrecht):
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    assert Sheet.opened(client).type(r_GM0331="9").send().status_code == 302


def test_another_province_has_its_own_grid(client):
    gelderland = Province.objects.get(code="PV25")
    client.force_login(make_user(province=gelderland))
    response = client.get(address())
    names = {each.municipality.province_id for each in response.context["grid"].rows}
    assert names == {gelderland.pk}
    assert "Utrechtse Heuvelrug" not in words(response)


def test_figures_of_another_province_are_neither_saved_nor_seen(client):
    client.force_login(make_user(province=Province.objects.get(code="PV25")))
    response = Sheet.opened(client).send(**{"r-GM0331": "9"})
    assert response.status_code == 422
    assert "GM0331 hoort in 2022-1 niet bij uw provincie: daarvan is niets opgeslagen." in words(response)
    assert persons(Kind.REALISATION, LOPIK) == 7


def test_a_base_of_another_province_tells_nothing(client):
    figure = Figure.objects.get(municipality__code=LOPIK, period=FIRST_HALF_OF_2022, kind=Kind.REALISATION)
    gelderland = Province.objects.get(code="PV25")
    client.force_login(make_user(province=gelderland))
    arnhem = {"r-GM0202": "7", "r-GM0202-basis": str(figure.pk)}
    assert Sheet.opened(client).send(**arnhem).status_code == 302
    with scope(province=gelderland):
        assert persons(Kind.REALISATION, "GM0202") == 7


def test_anonymous_is_sent_to_the_login(client):
    for response in (client.get(address()), client.post(address(), {"r-GM0331": "9"})):
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")


def test_without_token_nothing_is_saved(supervisor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    response = strict.post(address(), {"r-GM0331": "9"})
    assert response.status_code == 403
    assert "Er is niets opgeslagen" in words(response)
    assert persons(Kind.REALISATION, LOPIK) == 7


def test_a_period_that_is_none_is_a_page_that_says_so(typist):
    response = typist.get("/2022-3/cijfers/")
    assert response.status_code == 404
    assert "geen halfjaar" in words(response)


# -- bad input ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "typed", "sentence"),
    [
        ("r-GM0331", "1O", "‘1O’ is geen getal. Bedoelde u 10?"),
        ("r-GM0331", "veel", "‘veel’ is geen getal."),
        ("r-GM0331", "12,5", "12,5 is geen heel getal: personen zijn hele personen."),
        ("r-GM0331", "-3", "Een realisatie kan niet onder nul zijn."),
        ("r-GM0331", "−3", "Een realisatie kan niet onder nul zijn."),
        ("t-GM0331", "−3", "Een taakstelling kan niet onder nul zijn."),
        ("r-GM0331", "99999999999", "99.999.999.999 is te veel: een cijfer is hoogstens 99.999 personen."),
        ("r-GM0331", "", "Leeg is geen cijfer; 7 blijft gelden. Typ 0, of trek de levering in."),
        ("t-GM0331", "8x", "Taakstelling: ‘8x’ is geen getal."),
        ("s-GM0331", "1O", "Achterstand: ‘1O’ is geen getal. Bedoelde u 10?"),
    ],
)
def test_what_is_wrong_stays_as_typed_with_a_sentence_beside_it(typist, cell, typed, sentence):
    sheet = Sheet.opened(typist)
    sheet.fields[cell] = typed
    response = sheet.type(r_GM0321="43").send()
    assert response.status_code == 422
    again = Sheet(typist, response)
    assert again.fields[cell] == typed
    assert again.attributes[cell]["aria-invalid"] == "true"
    assert again.attributes[cell]["aria-describedby"] == f"fout-{cell}"
    text = words(response)
    assert sentence in text
    assert "<title>" in response.content.decode()
    assert text.startswith("Fout: Cijfers 2022-1")
    assert "bij Lopik klopt er 1 niet" in text
    assert f'href="#{cell}"' in response.content.decode()
    # What is good is saved, and what was in force stays so.
    assert persons(Kind.REALISATION, HOUTEN) == 43
    assert (persons(Kind.REALISATION, LOPIK), persons(Kind.TAAKSTELLING, LOPIK)) == (7, 8)


@pytest.mark.parametrize(
    ("cell", "typed", "was"),
    [("r-GM0331", "1O", "7"), ("r-GM0321", "veel", ""), ("s-GM0344", "1,5", "171"), ("t-GM0331", "", "8")],
)
def test_a_wrong_cell_knows_the_number_that_is_in_force(typist, cell, typed, was):
    sheet = Sheet.opened(typist)
    assert not [name for name, attributes in sheet.attributes.items() if "data-was" in attributes]
    sheet.fields[cell] = typed
    again = Sheet(typist, sheet.send())
    assert again.attributes[cell]["data-was"] == was
    assert again.attributes[cell]["value"] == typed


def test_the_number_in_force_under_a_clash_is_that_of_the_colleague(typist, colleague):
    response = clashing(typist, colleague)
    assert Sheet(typist, response).attributes["r-GM0331"]["data-was"] == "13"


def focused(sheet: Sheet) -> list[str]:
    return [name for name, attributes in sheet.attributes.items() if "autofocus" in attributes]


def test_the_page_opens_on_the_first_cell_that_is_wrong(typist, colleague):
    sheet = Sheet.opened(typist)
    assert focused(sheet) == []
    Sheet.opened(colleague).type(r_GM0321="43").send()
    response = sheet.type(r_GM0344="1O", r_GM0331="1O", t_GM0331="1O", r_GM0321="44").send()
    assert focused(Sheet(typist, response)) == ["t-GM0331"]


def test_where_nothing_is_wrong_the_page_opens_on_the_cell_that_clashes(typist, colleague):
    response = clashing(typist, colleague)
    assert focused(Sheet(typist, response)) == ["r-GM0331"]


def test_all_faults_come_out_together_and_the_rest_of_the_row_is_saved(typist):
    sheet = Sheet.opened(typist).type(s_GM0331="x", r_GM0331="y", t_GM0331="9", r_GM0344="1O")
    response = sheet.send()
    assert "kloppen er 2 niet" in words(response)
    assert "bij Utrecht klopt er 1 niet" in words(response)
    assert persons(Kind.TAAKSTELLING, LOPIK) == 9
    assert row(response, LOPIK).saved_at is not None


def test_the_totals_leave_out_what_is_wrong(typist):
    response = Sheet.opened(typist).type(r_GM0344="1O").send()
    assert row(response, CITY).end is None
    assert row(response, CITY).trede is None
    assert response.context["grid"].totals.realisation == 7


def test_what_was_wrong_is_saved_once_it_is_right(typist):
    response = Sheet.opened(typist).type(r_GM0331="1O").send()
    assert Sheet(typist, response).type(r_GM0331="10").send().status_code == 302
    assert persons(Kind.REALISATION, LOPIK) == 10


def test_an_empty_cell_where_nothing_stands_is_nothing(typist):
    before = Figure.objects.count()
    assert Sheet.opened(typist).type(r_GM0321="  ").send().status_code == 302
    assert Figure.objects.count() == before


def test_a_fault_and_a_clash_are_both_named(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(r_GM0331="13").send()
    response = mine.type(r_GM0331="12", r_GM0344="1O").send()
    assert response.status_code == 422
    assert "bij Utrecht klopt er 1 niet , bij Lopik koos uw collega anders" in words(response).replace(
        "niet,", "niet ,"
    )


def test_a_municipality_that_did_not_exist_is_refused_and_the_rest_saved(typist):
    response = Sheet.opened(typist).type(r_GM0321="43").send(**{"r-GM0620": "5", "r-GM9999": "6"})
    assert response.status_code == 422
    text = words(response)
    assert "GM0620 en GM9999 horen in 2022-1 niet bij uw provincie: daarvan is niets opgeslagen." in text
    assert persons(Kind.REALISATION, HOUTEN) == 43


def test_many_municipalities_that_did_not_exist_are_one_message(typist):
    response = Sheet.opened(typist).send(**{f"r-GM9{number:03}": "5" for number in range(500)})
    assert "GM9000, GM9001 en GM9002 en andere horen in 2022-1 niet bij uw provincie" in words(response)


def test_what_the_ledger_refuses_is_said_and_stays_as_typed(typist, monkeypatch):
    def refuse(**_: object) -> None:
        raise Refused("Dat kan vandaag niet.")

    monkeypatch.setattr(entry, "record_figures", refuse)
    sheet = Sheet.opened(typist).type(r_GM0331="9")
    for response in (sheet.send(), sheet.send_row(LOPIK)):
        assert response.status_code == 422
        assert "Dat kan vandaag niet." in words(response)
        assert Sheet(typist, response).fields["r-GM0331"] == "9"


def test_the_first_and_the_last_half_year_have_a_page(typist):
    for period in ("1995-1", "2099-2"):
        assert typist.get(address(period=period)).status_code == 200


def test_vianen_has_a_row_until_it_merged(typist):
    codes = [each.municipality.code for each in typist.get(address(period="2018-2")).context["grid"].rows]
    assert "GM0620" in codes
    assert "GM1961" not in codes


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"r-GM0331": "9", "r-GM0331-basis": "geen"},
        {"r-GM0331": "9", "r-GM0331-basis": "9" * 40},
        {"r-GM0331": "9", "r-GM0331-basis": "-1"},
        {"kies": "r-GM0331"},
        {"kies": "r-GM0331:van-u:geen"},
        {"kies": "::::", "r-GM0331": "9"},
        {"kies": "r-GM0331:van-u:999999", "r-GM0331": "9"},
        {"r-GM0331": "\x00", "t-": "1", "s-GM": "2", "-basis": "3"},
        {"r-GM0331": "<script>alert(1)</script>"},
    ],
)
def test_nothing_that_can_be_sent_breaks_the_page_or_overrules_anybody(typist, fields):
    response = typist.post(address(), fields)
    assert response.status_code in (302, 409, 422)
    assert persons(Kind.REALISATION, LOPIK) == 7
    assert "<script>alert" not in response.content.decode()


# -- queries ------------------------------------------------------------------


def test_the_page_takes_as_many_queries_for_one_figure_as_for_all(
    typist, utrecht, supervisor, django_assert_max_num_queries
):
    typist.get(address())
    # One of them for the herverdelingen, which only a half-year that has any asks for.
    with django_assert_max_num_queries(15) as few:
        typist.get(address())
    for municipality in Municipality.objects.filter(province=utrecht).existing(on=date(2022, 1, 1)):
        for period in (FIRST_HALF_OF_2022, Period(2021, 2), Period(2021, 1)):
            deliver(
                by=supervisor,
                municipality=municipality,
                period=period,
                overrules=True,
                taakstelling=5,
                achterstand=1,
                realisatie=4,
            )
    with django_assert_max_num_queries(15) as many:
        typist.get(address())
    assert len(few) == len(many)
    with django_assert_max_num_queries(14):
        typist.get(address(period="2021-2"))
