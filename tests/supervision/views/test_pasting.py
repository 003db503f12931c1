"""Pasting into the grid: seen first, recorded as one delivery, taken away again; a colleague; who may; bad input."""

import re
from uuid import UUID

import pytest
from django.test import Client

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.figures import figures_in_force
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver
from tests.supervision.views.grid_page import Sheet, address, words

CITY, LOPIK, HOUTEN, AMERSFOORT, BAARN, WOUDENBERG, ZEIST = (
    "GM0344", "GM0331", "GM0321", "GM0307", "GM0308", "GM0351", "GM0355",
)  # fmt: skip
PASTE = "/2022-1/cijfers/plakken/"


@pytest.fixture(autouse=True)
def figures(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    """Utrecht is closed; Lopik has no realisatie, the others have nothing."""
    deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, realisatie=168)
    deliver(by=supervisor, municipality=Municipality.objects.get(code=LOPIK), taakstelling=8)


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
    municipality = Municipality.objects.get(code=code)
    figure = figures_in_force(province=municipality.province, period=period).get((municipality.pk, kind))
    return figure.persons if figure else None


def realisations(*codes: str) -> list[int | None]:
    return [persons(Kind.REALISATION, code) for code in codes]


def send(sheet: Sheet, action: str, *, path: str = PASTE, **more: str):
    return sheet.client.post(path, sheet.fields | {"actie": action} | more)


def pasted(sheet: Sheet, text: str, *, code: str = AMERSFOORT, column: str = "r", html: str = ""):
    where = {"blok": text, "blok-html": html, "vanaf-gemeente": code, "vanaf-kolom": column}
    return send(sheet, "plakken", **where)


def preview(client: Client, text: str, **where: str) -> Sheet:
    """The page with the block in its cells, as it came back."""
    return Sheet(client, pasted(Sheet.opened(client), text, **where))


# -- works --------------------------------------------------------------------


def test_a_block_stands_in_its_cells_and_nothing_is_recorded_yet(typist):
    before = Figure.objects.count()
    response = pasted(Sheet.opened(typist), "93\r\n10\r\n")
    assert response.status_code == 200
    sheet = Sheet(typist, response)
    assert (sheet.fields["r-GM0307"], sheet.fields["r-GM0308"]) == ("93", "10")
    assert "cell--pasted" in sheet.attributes["r-GM0307"]["class"]
    assert "2 cijfers geplakt; er is nog niets vastgelegd." in words(response)
    assert Figure.objects.count() == before
    # No row saves itself.
    assert "hx-post" not in response.content.decode()
    assert f'action="{PASTE}"' in response.content.decode()
    assert 'aria-current="true"' in response.content.decode()


def test_a_paste_is_one_delivery_that_says_how_it_came(typist, supervisor):
    sheet = preview(typist, "93\t\r\n10\t\r\n")
    response = send(sheet, "vastleggen", document="Overzicht COA juli")
    assert (response.status_code, response.url) == (302, address())
    delivery = Delivery.objects.latest("pk")
    assert (delivery.way, delivery.document, delivery.recorded_by) == (
        Delivery.Way.PASTED,
        "Overzicht COA juli",
        supervisor,
    )
    assert delivery.figures.count() == 2
    assert realisations(AMERSFOORT, BAARN) == [93, 10]
    page = typist.get(address())
    assert "2 geplakte cijfers vastgelegd. Ongedaan maken" in words(page)
    assert f'href="/leveringen/{delivery.pk}/intrekken/"' in page.content.decode()


def test_one_withdrawal_undoes_the_whole_paste(typist):
    send(preview(typist, "93\n10"), "vastleggen")
    delivery = Delivery.objects.latest("pk")
    typist.post(f"/leveringen/{delivery.pk}/intrekken/", {"reden": "Verkeerde kolom"})
    assert realisations(AMERSFOORT, BAARN) == [None, None]


def test_three_columns_fill_the_three_that_can_be_filled(typist):
    send(preview(typist, "8\t14\t10", code=BAARN, column="s"), "vastleggen")
    assert [persons(kind, BAARN) for kind in (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)] == [8, 14, 10]


def test_what_would_follow_from_it_is_shown_before_it_is_recorded(typist):
    response = pasted(Sheet.opened(typist), "−2\t8\t10", code=LOPIK, column="s")
    lopik = response.context["grid"].row(LOPIK)
    assert (lopik.opgave.totaalopgave, lopik.end, lopik.trede) == (6, -4, None)
    assert "was 8" in words(pasted(Sheet.opened(typist), "9", code=LOPIK, column="t"))


def test_names_and_headers_put_each_figure_in_its_place(typist):
    text = (
        "Gemeente\tTaakstelling\tRealisatie\r\nZeist\t37\t47\r\nde Bilt\t25\t12\r\nArnhem\t1\t2\r\nTotaal\t63\t61\r\n"
    )
    response = pasted(Sheet.opened(typist), text)
    said = words(response)
    assert "Kolommen herkend aan hun kop: taakstelling en realisatie. 2 gemeenten herkend aan de naam." in said
    assert "1 regel met een totaal overgeslagen. 1 gemeente van een andere provincie overgeslagen." in said
    send(Sheet(typist, response), "vastleggen")
    assert (persons(Kind.TAAKSTELLING, ZEIST), realisations(ZEIST, "GM0310")) == (37, [47, 12])


def test_a_table_of_a_web_page_lands_too(typist):
    html = "<table><tr><td>93</td></tr><tr><td>1.204</td></tr></table>"
    send(Sheet(typist, pasted(Sheet.opened(typist), "", html=html)), "vastleggen")
    assert realisations(AMERSFOORT, BAARN) == [93, 1204]


def test_an_empty_cell_leaves_what_is_there(typist):
    send(preview(typist, "7\t\n", code=LOPIK, column="t"), "vastleggen")
    assert (persons(Kind.TAAKSTELLING, LOPIK), *realisations(LOPIK)) == (7, None)


def test_what_says_the_same_is_no_delivery(typist):
    before = Delivery.objects.count()
    response = pasted(Sheet.opened(typist), "8", code=LOPIK, column="t")
    assert "1 cijfer geplakt, gelijk aan wat er al stond." in words(response)
    send(Sheet(typist, response), "vastleggen")
    assert "Alles wat u plakte, stond er al: er is niets veranderd." in words(typist.get(address()))
    assert Delivery.objects.count() == before


def test_another_block_comes_to_the_first(typist):
    first = preview(typist, "93")
    second = Sheet(typist, pasted(first, "10", code=BAARN))
    assert (second.fields["r-GM0307"], second.fields["r-GM0308"]) == ("93", "10")
    send(second, "vastleggen")
    assert Delivery.objects.latest("pk").figures.count() == 2


def test_a_pasted_cell_can_still_be_changed(typist):
    send(preview(typist, "9e").type(r_GM0307="93"), "vastleggen")
    assert realisations(AMERSFOORT) == [93]


def test_undone_before_it_was_recorded_it_is_gone(typist):
    before = Figure.objects.count()
    response = send(preview(typist, "93\n10"), "ongedaan")
    assert (response.status_code, response.url) == (302, address())
    page = typist.get(address())
    assert "Het geplakte is weggehaald; er was niets van vastgelegd." in words(page)
    assert Sheet(typist, page).fields["r-GM0307"] == ""
    assert Figure.objects.count() == before


def test_undoing_saves_what_was_typed_besides(typist):
    sheet = Sheet.opened(typist).type(r_GM0355="47")
    send(Sheet(typist, pasted(sheet, "93")), "ongedaan")
    assert realisations(ZEIST, AMERSFOORT) == [47, None]
    assert Delivery.objects.latest("pk").way == Delivery.Way.TYPED


def test_while_the_half_year_runs_a_paste_is_of_the_day_that_was_counted(typist):
    period = Period.containing(FIRST_HALF_OF_2022.peildatum)
    path = f"/{period}/cijfers/plakken/"
    sheet = Sheet.opened(typist, period=str(period))
    where = {"blok": "3", "vanaf-gemeente": LOPIK, "vanaf-kolom": "t"}
    page = Sheet(typist, send(sheet, "plakken", path=path, **where))
    send(page, "vastleggen", path=path)
    assert persons(Kind.TAAKSTELLING, LOPIK, period=period) == 3


# -- what does not fit --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("12,5", "r", "12,5 is geen heel getal: personen zijn hele personen."),
        ("veel", "r", "‘veel’ is geen getal."),
        ("-3", "r", "Een realisatie kan niet onder nul zijn."),
        ("- 3", "t", "Een taakstelling kan niet onder nul zijn."),
        ("123.456", "r", "123.456 is te veel: een cijfer is hoogstens 99.999 personen."),
        ("#N/B", "r", "‘#N/B’ is geen getal."),
    ],
)
def test_what_does_not_fit_is_marked_in_its_cell_and_nothing_is_recorded(typist, text, column, sentence):
    before = Delivery.objects.count()
    response = pasted(Sheet.opened(typist), f"{text}\n10", column=column)
    assert response.status_code == 422
    said = words(response)
    assert said.startswith("Fout: Cijfers 2022-1")
    assert "2 cijfers geplakt; 1 past niet. Er is nog niets vastgelegd." in said
    assert sentence in said
    sheet = Sheet(typist, response)
    assert sheet.attributes[f"{column}-GM0307"]["aria-invalid"] == "true"
    assert sheet.fields[f"{column}-GM0308"] == "10"
    assert send(sheet, "vastleggen").status_code == 422
    assert Delivery.objects.count() == before


def test_a_voorsprong_is_read_with_any_minus(typist):
    send(preview(typist, "−3\n- 4\n-5", column="s"), "vastleggen")
    assert [persons(Kind.ACHTERSTAND, code) for code in (AMERSFOORT, BAARN, "GM0312")] == [-3, -4, -5]


def test_what_does_not_fit_is_left_out_when_that_is_said(typist):
    sheet = preview(typist, "93\nveel\n7")
    assert send(sheet, "vastleggen", weglaten="ja").status_code == 302
    assert realisations(AMERSFOORT, BAARN, "GM0312") == [93, None, 7]
    assert Delivery.objects.latest("pk").figures.count() == 2


def test_what_has_no_place_is_told_and_left_out_only_when_that_is_said(typist):
    response = pasted(Sheet.opened(typist), "9\n47\n99", code=WOUDENBERG)
    assert response.status_code == 422
    said = words(response)
    assert "2 cijfers geplakt; 1 past niet." in said
    assert "1 regel valt onder de laatste gemeente, Zeist." in said
    sheet = Sheet(typist, response)
    refused = send(sheet, "vastleggen")
    assert refused.status_code == 422
    assert "1 regel valt onder de laatste gemeente, Zeist." in words(refused)
    assert realisations(ZEIST) == [None]
    assert send(Sheet(typist, refused), "vastleggen", weglaten="ja").status_code == 302
    assert realisations(WOUDENBERG, ZEIST) == [9, 47]


def test_a_wrong_number_that_was_typed_is_not_left_out_with_the_paste(typist):
    sheet = Sheet.opened(typist).type(r_GM0355="4z")
    page = Sheet(typist, pasted(sheet, "93"))
    response = send(page, "vastleggen", weglaten="ja")
    assert response.status_code == 422
    assert Sheet(typist, response).fields["r-GM0355"] == "4z"
    assert realisations(AMERSFOORT) == [None]


@pytest.mark.parametrize("text", ["", " \r\n\t\r\n", "x" * 200_001, "1\n" * 1_001])
def test_what_is_no_block_is_refused_in_a_sentence_and_what_was_typed_stays(typist, text):
    response = pasted(Sheet.opened(typist).type(r_GM0355="47"), text)
    assert response.status_code == 422
    assert "niets geplakt" in words(response) or "te groot" in words(response)
    assert Sheet(typist, response).fields["r-GM0355"] == "47"


def test_a_block_in_which_nothing_fits_says_so(typist):
    response = pasted(Sheet.opened(typist), "Arnhem\t1\nEde\t2")
    assert response.status_code == 422
    assert "In dit blok staat niets dat in de tabel past." in words(response)


# -- a colleague --------------------------------------------------------------


def test_a_colleague_who_was_first_is_asked_about_before_anything_is_recorded(typist, colleague):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(t_GM0331="13").send()
    response = pasted(mine, "12\n", code=LOPIK, column="t")
    assert "Taakstelling Lopik is intussen gewijzigd. Kies welk cijfer geldt:" in words(response)
    assert "12 van u 13 van uw collega" in words(response)
    page = Sheet(typist, response)
    assert send(page, "vastleggen").status_code == 409
    assert persons(Kind.TAAKSTELLING, LOPIK) == 13


@pytest.mark.parametrize(("own", "becomes"), [(True, 12), (False, 13)])
def test_after_the_choice_the_rest_is_still_one_delivery(typist, colleague, own, becomes):
    mine = Sheet.opened(typist)
    Sheet.opened(colleague).type(t_GM0331="13").send()
    response = pasted(mine, "12\n\n5", code=LOPIK, column="t")
    [clash] = response.context["grid"].clashing[0].clashes
    chosen = send(Sheet(typist, response), "", kies=clash.choose_own if own else clash.choose_theirs)
    assert chosen.status_code == 200
    assert "is intussen gewijzigd" not in words(chosen)
    assert persons(Kind.TAAKSTELLING, LOPIK) == 13
    assert send(Sheet(typist, chosen), "vastleggen").status_code == 302
    assert (persons(Kind.TAAKSTELLING, LOPIK), persons(Kind.TAAKSTELLING, "GM0356")) == (becomes, 5)


def test_a_colleague_between_the_look_and_the_recording_is_seen_too(typist, colleague):
    page = preview(typist, "12\n\n5", code=LOPIK, column="t")
    Sheet.opened(colleague).type(t_GM0331="13").send()
    response = send(page, "vastleggen")
    assert response.status_code == 409
    assert "12 van u 13 van uw collega" in words(response)
    assert persons(Kind.TAAKSTELLING, "GM0356") is None


# -- a closed half-year -------------------------------------------------------


def test_a_paste_over_a_closed_half_year_has_a_reason(typist):
    page = preview(typist, "204", code=CITY, column="t")
    response = send(page, "vastleggen", reden="")
    assert response.status_code == 422
    assert "2022-1 is gesloten voor Utrecht. Geef een reden voor de correctie." in words(response)
    again = Sheet(typist, response)
    assert again.fields["t-GM0344"] == "204"
    assert send(again, "vastleggen", reden="Kamerbrief").status_code == 302
    delivery = Delivery.objects.latest("pk")
    assert (delivery.way, delivery.reason) == (Delivery.Way.PASTED, "Kamerbrief")


def test_a_paste_that_changes_nothing_closed_asks_for_no_reason(typist):
    assert "reden" in Sheet.opened(typist).fields
    assert "reden" not in preview(typist, "93").fields


# -- twice --------------------------------------------------------------------


def test_the_same_paste_sent_twice_is_one_delivery(typist):
    page = preview(typist, "93\n10")
    send(page, "vastleggen")
    typist.get(address())
    before = Delivery.objects.count()
    assert send(page, "vastleggen").status_code == 302
    assert "stonden al vastgelegd, en zijn niet nog eens opgeslagen" in words(typist.get(address()))
    assert Delivery.objects.count() == before


def test_a_paste_that_was_undone_does_not_come_back_when_it_is_sent_again(typist):
    page = preview(typist, "93")
    send(page, "vastleggen")
    delivery = Delivery.objects.latest("pk")
    typist.post(f"/leveringen/{delivery.pk}/intrekken/", {"reden": "Verkeerd"})
    typist.get(address())
    send(page, "vastleggen")
    assert realisations(AMERSFOORT) == [None]
    assert "Dit was al vastgelegd en daarna ingetrokken" in words(typist.get(address()))


def test_each_paste_is_a_submission_of_its_own(typist):
    for text in ("93", "94"):
        send(preview(typist, text), "vastleggen", reden="Typefout")
    one, two = Delivery.objects.order_by("-pk")[:2]
    assert isinstance(one.submission, UUID)
    assert one.submission != two.submission


# -- who may, and where -------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
@pytest.mark.parametrize("action", ["plakken", "vastleggen", "ongedaan", ""])
def test_who_enters_no_figures_pastes_none(client, utrecht, role, action):
    client.force_login(make_user(role=role, province=utrecht))
    response = client.post(PASTE, {"actie": action, "blok": "93", "r-GM0307": "93"})
    assert response.status_code == 403
    assert realisations(AMERSFOORT) == [None]
    assert "Plakken" not in words(client.get(address()))


def test_another_province_pastes_in_its_own_grid(client):
    client.force_login(make_user(province=Province.objects.get(code="PV25")))
    response = pasted(Sheet.opened(client), "Lopik\t10\nArnhem\t7")
    assert "1 gemeente van een andere provincie overgeslagen." in words(response)
    assert Sheet(client, response).fields["r-GM0202"] == "7"


def test_a_seal_of_another_province_or_half_year_opens_nothing(typist, client):
    sealed = preview(typist, "93\nveel").fields["geplakt"]
    other = Sheet.opened(typist, period="2021-2")
    response = send(other, "", path="/2021-2/cijfers/plakken/", geplakt=sealed)
    assert response.context["grid"].pasted is None


def test_anonymous_is_sent_to_the_login():
    assert Client().post(PASTE, {"actie": "plakken", "blok": "93"}).url.startswith("/account/login/")


def test_without_token_nothing_is_pasted(supervisor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    assert strict.post(PASTE, {"actie": "plakken", "blok": "93"}).status_code == 403


def test_the_address_itself_leads_to_the_grid(typist):
    response = typist.get(PASTE)
    assert (response.status_code, response.url) == (302, address())


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"actie": "vastleggen"},
        {"actie": "ongedaan"},
        {"actie": "onzin", "geplakt": "onzin"},
        {"actie": "vastleggen", "geplakt": "a:b:c", "document": "x" * 201},
        {"actie": "plakken", "blok": "93", "vanaf-gemeente": "GM9999", "vanaf-kolom": "z"},
        {"actie": "plakken", "blok": "\x00\t\u202e7"},
        {"actie": "plakken", "blok": "<script>alert(1)</script>\t7\t8\t9\n"},
        {"actie": "", "kies": "t-GM0331:van-u:999999"},
        {"actie": "", "kies": "onzin"},
        {"actie": "", "kies": "r-GM0344:van-collega:1"},
    ],
)
def test_nothing_that_can_be_sent_breaks_the_page_or_changes_a_figure(typist, fields):
    before = Figure.objects.count()
    response = typist.post(PASTE, fields)
    assert response.status_code in (200, 302, 422)
    assert Figure.objects.count() == before
    assert "<script>alert" not in response.content.decode()


def test_of_a_half_year_too_far_ahead_nothing_is_pasted(typist):
    response = typist.post("/2098-1/cijfers/plakken/", {"actie": "plakken", "blok": "93"})
    assert response.status_code == 422
    assert "Cijfers van 2098-1 kunt u nog niet invullen." in words(response)


# -- queries and time ---------------------------------------------------------


def test_a_paste_takes_as_many_queries_for_one_row_as_for_all(typist, django_assert_max_num_queries):
    sheet = Sheet.opened(typist)
    with django_assert_max_num_queries(21) as few:
        pasted(sheet, "Zeist\t47")
    names = [
        row.municipality.name for row in typist.get(address()).context["grid"].rows if row.municipality.code != CITY
    ]
    with django_assert_max_num_queries(21) as many:
        page = Sheet(typist, pasted(sheet, "\n".join(f"{name}\t7" for name in names)))
    assert len(few) == len(many)
    with django_assert_max_num_queries(22):
        assert send(page, "vastleggen").status_code == 302


def test_a_block_of_a_thousand_strange_names_is_answered(typist):
    text = "\n".join(f"Gemeente {number}x\t7" for number in range(999)) + "\nZeist\t47"
    response = pasted(Sheet.opened(typist), text)
    assert response.status_code == 422
    assert len(re.findall("is geen bekende gemeente", words(response))) == 20
    assert "En nog 979 keer zoiets." in words(response)
