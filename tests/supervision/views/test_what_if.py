"""What if more were housed a week: works; htmx; a lezer; another province; nobody; bad input; a past moment; queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from municipalities.models import Municipality, User
from supervision.models import Figure, Herverdeling
from supervision.rules.period import Period
from supervision.screens.prognosis_forms import WhatIfForm
from tests.supervision.ledger import deliver
from tests.supervision.views.page import links, title, words
from tests.supervision.views.test_municipality import queries_of

MUNICIPALITY = "/2022-2/gemeenten/GM0344/"
PAGE = f"{MUNICIPALITY}wat-als/"
ASKED = f"{PAGE}?erbij=46&weken=6"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.mark.parametrize("page", [MUNICIPALITY, "/2022-1/gemeenten/GM0344/"])
def test_the_page_of_a_municipality_has_the_prognosis_and_asks_what_if(
    dossier: Herverdeling, staff: Client, page: str
) -> None:
    response = staff.get(page)
    text = words(response)
    assert "Prognose voor 1 januari 2023: trede 2" in text
    assert "Gerekend vanaf de stand van 7 juli 2022: 15 personen gehuisvest." in text
    assert "De peildatum 1 januari 2023 is voorbij." in text
    assert "Nodig per week 467 in 25 weken en 3 dagen 19" in text
    assert "Als het traag gaat 161 321 trede 4 Verwachting 254 228 trede 2 Als het snel gaat 460 22 trede 2" in text
    assert "De bandbreedte loopt van een derde trager" in text
    assert f'action="{PAGE}"' in response.content.decode()


def test_the_answer_says_persons_achterstand_and_trede(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(ASKED)
    text = words(response)
    assert title(response) == "Wat als, Utrecht 2022-2 – Trede"
    assert "Met 46 per week, 6 weken lang, komen er 276 personen bij." in text
    assert "Alleen daarmee is er op 1 januari 2023 een achterstand van 191 personen: trede 2." in text
    assert "Alleen dit erbij 15 + 276 291 191 trede 2 Bovenop de verwachting 254 + 276 530 −48 trede 1" in text
    assert MUNICIPALITY in links(response)


def test_htmx_gets_the_question_and_its_answer_alone(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(ASKED, headers={"HX-Request": "true"})
    text = words(response)
    assert "komen er 276 personen bij" in text
    assert 'value="46"' in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "Prognose voor" not in text


def test_without_a_question_there_is_no_answer(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get(PAGE)
    assert response.status_code == 200
    assert "komen er" not in words(response)
    assert "fout" not in words(response)


def test_asking_changes_nothing(dossier: Herverdeling, staff: Client) -> None:
    before = list(Figure.objects.values_list("pk", "persons"))
    staff.get(ASKED)
    assert list(Figure.objects.values_list("pk", "persons")) == before
    assert staff.post(PAGE, {"erbij": "46", "weken": "6"}).status_code == 200
    assert list(Figure.objects.values_list("pk", "persons")) == before


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("erbij=4x&weken=6", "‘4x’ is geen getal."),
        ("erbij=&weken=6", "Vul in hoeveel personen er per week bij komen."),
        ("erbij=46", "Vul in hoeveel weken lang."),
        ("erbij=-1&weken=6", "Minder dan niemand erbij kan niet."),
        ("erbij=46&weken=0", "Kies 1 tot en met 27 weken: meer heeft een halfjaar niet."),
        ("erbij=46&weken=28", "Kies 1 tot en met 27 weken: meer heeft een halfjaar niet."),
        ("erbij=1,5&weken=6", "1,5 is geen heel getal: personen zijn hele personen."),
        ("erbij=10.001&weken=6", "Hoogstens 10.000 per week."),
        ("erbij=99999999999999999999999&weken=6", "is te veel"),
        ("erbij=%00&weken=6", "is geen getal."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_gets_a_sentence_and_no_answer(
    dossier: Herverdeling, staff: Client, query: str, sentence: str, htmx: bool
) -> None:
    response = staff.get(f"{PAGE}?{query}", headers={"HX-Request": "true"} if htmx else {})
    assert response.status_code == 422
    assert sentence in words(response)
    assert "bij. Alleen" not in words(response)
    if not htmx:
        assert title(response).startswith("Fout:")


@given(query=st.dictionaries(st.sampled_from(["erbij", "weken"]), st.text(max_size=30)))
def test_whatever_is_asked_the_form_has_an_answer(query: dict[str, str]) -> None:
    form = WhatIfForm(query)
    if form.is_valid():
        assert 0 <= form.asked["a_week"] <= 10_000
        assert 1 <= form.asked["weeks"] <= 27
    else:
        assert form.errors


def test_a_reader_may_ask(dossier: Herverdeling, reader: Client) -> None:
    assert "komen er 276 personen bij" in words(reader.get(ASKED))


def test_another_province_and_nobody_see_nothing(dossier: Herverdeling, stranger: Client, nobody: Client) -> None:
    assert stranger.get(ASKED).status_code == 404
    response = nobody.get(ASKED)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_a_closed_half_year_says_that_there_is_no_prognosis(dossier: Herverdeling, staff: Client) -> None:
    response = staff.get("/2022-1/gemeenten/GM0344/wat-als/?erbij=46&weken=6")
    assert response.status_code == 200
    assert "Van 2022-1 is er voor Utrecht geen prognose: het halfjaar is gesloten" in words(response)
    assert "komen er" not in words(response)


def test_a_municipality_without_figures_has_no_prognosis(dossier: Herverdeling, staff: Client) -> None:
    assert "geen prognose" in words(staff.get("/2022-2/gemeenten/GM0355/wat-als/"))
    assert "Prognose" not in words(staff.get("/2022-2/gemeenten/GM0355/"))


def test_of_a_past_moment_it_knows_what_was_known_then(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    """The dossier was recorded on 4 July; on 8 September a later count came."""
    deliver(
        by=supervisor, municipality=city, period=Period(2022, 2), as_of=date(2022, 9, 1), realisatie=178, overrules=True
    )
    assert "178 + 276" in words(staff.get(ASKED))
    response = staff.get(f"{ASKED}&stand=2022-08-01")
    text = words(response)
    assert "15 + 276" in text
    assert "is voorbij" not in text
    assert 'name="stand" value="2022-08-01"' in response.content.decode()
    assert f"{MUNICIPALITY}?stand=2022-08-01" in links(response)


def test_the_number_of_queries_does_not_depend_on_the_half_years(
    dossier: Herverdeling, staff: Client, supervisor: User, city: Municipality
) -> None:
    few = queries_of(staff, ASKED)
    for back in range(2, 10):
        deliver(
            by=supervisor,
            municipality=city,
            period=Period(2022, 1).back(back),
            taakstelling=9,
            achterstand=9,
            realisatie=9,
        )
    assert queries_of(staff, ASKED) == few <= 12
