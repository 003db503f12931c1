"""What can be typed of a half-year that runs, is to come, or is too far ahead."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from municipalities.models import Municipality, Province, User
from supervision.figures import figures_in_force
from supervision.models import Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.views import entry
from tests.supervision.ledger import deliver
from tests.supervision.views.grid_page import Sheet, address, words

RUNS, COMES, AHEAD = "2022-2", "2023-1", "2023-2"
SECOND_HALF = Period(2022, 2)
LOPIK, HOUTEN = "GM0331", "GM0321"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """8 September 2022."""
    set_clock(monkeypatch, date(2022, 9, 8))


def set_clock(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(entry, "now", lambda: datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


@pytest.fixture
def typist(client: Client, within_utrecht: Province, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def in_force(code: str) -> Figure | None:
    municipality = Municipality.objects.get(code=code)
    cells = figures_in_force(province=municipality.province, period=SECOND_HALF)
    return cells.get((municipality.pk, Kind.REALISATION))


def count(supervisor: User, code: str, persons: int, day: date) -> None:
    municipality = Municipality.objects.get(code=code)
    deliver(by=supervisor, municipality=municipality, period=SECOND_HALF, realisatie=persons, as_of=day)


# -- the half-year that runs --------------------------------------------------


def test_a_count_while_the_half_year_runs_is_of_the_day_that_is_filled_in(typist):
    sheet = Sheet.opened(typist, period=RUNS)
    assert sheet.fields["geteld"] == "2022-09-08"
    sheet.type(r_GM0331="3", r_GM0321="5").send(geteld="2022-09-01")
    assert [in_force(code).as_of for code in (LOPIK, HOUTEN)] == [date(2022, 9, 1)] * 2


def test_the_day_may_be_written_as_people_here_do(typist):
    Sheet.opened(typist, period=RUNS).type(r_GM0331="3").send(geteld="1-9-2022")
    assert in_force(LOPIK).as_of == date(2022, 9, 1)


def test_the_column_says_up_to_which_day_it_counts_and_a_row_where_it_differs(typist, supervisor):
    count(supervisor, LOPIK, 3, date(2022, 9, 5))
    count(supervisor, HOUTEN, 5, date(2022, 8, 1))
    response = typist.get(address(period=RUNS))
    text = words(response)
    assert "Realisatiet/m 5 september" in text
    assert "geteld op 1 augustus" in text
    assert Sheet(typist, response).fields["r-GM0321"] == "5"


def test_what_is_still_to_be_housed_moves_along_and_nothing_is_advised_yet(typist, supervisor):
    lopik = Municipality.objects.get(code=LOPIK)
    deliver(by=supervisor, municipality=lopik, period=SECOND_HALF, taakstelling=9, achterstand=1)
    count(supervisor, LOPIK, 3, date(2022, 9, 5))
    response = typist.get(address(period=RUNS))
    row = response.context["grid"].row(LOPIK)
    assert (row.end, row.trede) == (7, None)
    assert "Nog tehuisvesten" in words(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2022-09-09", "Kies een dag van 1 juli 2022 tot en met 8 september 2022."),
        ("2022-06-30", "Kies een dag van 1 juli 2022 tot en met 8 september 2022."),
        ("", "Vul in op welke dag de realisatie is geteld."),
        ("gisteren", "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_so_is_the_count_of_it(typist, typed, sentence):
    response = Sheet.opened(typist, period=RUNS).type(r_GM0331="3", t_GM0331="9").send(geteld=typed)
    assert response.status_code == 422
    text = words(response)
    assert sentence in text
    assert "Vul eerst in op welke dag de realisatie is geteld." in text
    sheet = Sheet(typist, response)
    assert (sheet.fields["geteld"], sheet.fields["r-GM0331"]) == (typed, "3")
    assert [name for name, attributes in sheet.attributes.items() if "autofocus" in attributes] == ["geteld"]
    assert in_force(LOPIK) is None
    assert Figure.objects.get().kind == Kind.TAAKSTELLING


def test_a_count_of_an_earlier_day_does_not_hide_behind_a_later_one(typist, supervisor):
    count(supervisor, LOPIK, 3, date(2022, 9, 7))
    response = Sheet.opened(typist, period=RUNS).type(r_GM0331="2").send(geteld="2022-09-01")
    assert response.status_code == 422
    assert "Er is al geteld op 7 september 2022: kies die dag of een latere." in words(response)
    assert in_force(LOPIK).persons == 3


def test_a_count_can_be_corrected_on_its_own_day(typist, supervisor):
    count(supervisor, LOPIK, 3, date(2022, 9, 7))
    Sheet.opened(typist, period=RUNS).type(r_GM0331="2").send(geteld="2022-09-07")
    assert in_force(LOPIK).persons == 2


def test_sending_the_page_untouched_does_not_move_the_day_of_a_count(typist, supervisor):
    count(supervisor, LOPIK, 3, date(2022, 8, 1))
    Sheet.opened(typist, period=RUNS).type(r_GM0321="5").send()
    assert in_force(LOPIK).as_of == date(2022, 8, 1)


def test_a_page_from_before_the_peildatum_makes_no_count_final(typist, supervisor, monkeypatch):
    count(supervisor, HOUTEN, 20, date(2022, 12, 20))
    set_clock(monkeypatch, date(2022, 12, 31))
    sheet = Sheet.opened(typist, period=RUNS)
    set_clock(monkeypatch, date(2023, 1, 1))
    sheet.type(r_GM0331="9").send()
    assert (in_force(LOPIK).persons, in_force(LOPIK).as_of) == (9, date(2022, 12, 31))
    assert in_force(HOUTEN).as_of == date(2022, 12, 20)


def test_a_row_sends_the_day_along(typist):
    sheet = Sheet.opened(typist, period=RUNS).type(r_GM0331="3")
    assert sheet.send_row(LOPIK, geteld="2022-09-01").status_code == 200
    assert in_force(LOPIK).as_of == date(2022, 9, 1)


def test_a_half_year_that_is_over_asks_for_no_day(typist):
    assert "geteld" not in Sheet.opened(typist, period="2022-1").fields


# -- the half-year to come ----------------------------------------------------


def test_of_the_half_year_to_come_only_the_taakstelling_is_typed(typist):
    response = typist.get(address(period=COMES))
    sheet = Sheet(typist, response, period=COMES)
    assert {name[0] for name in sheet.fields if "-GM" in name} == {"t"}
    assert "Er zijn nog geen taakstellingen van 2023-1." in words(response)
    sheet.type(t_GM0331="9", t_GM0321="30").send()
    response = typist.get(address(period=COMES))
    assert "2 van de 26 taakstellingen zijn er; 24 ontbreken nog, het eerste bij Amersfoort." in words(response)
    assert response.context["grid"].totals.taakstelling == 39


def test_what_cannot_be_known_yet_is_not_saved(typist):
    Sheet.opened(typist, period=COMES).type(t_GM0331="9").send(**{"r-GM0331": "5", "s-GM0331": "1"})
    assert [figure.kind for figure in Figure.objects.all()] == [Kind.TAAKSTELLING]


def test_further_ahead_nothing_is_typed(typist):
    response = typist.get(address(period=AHEAD))
    assert not [name for name in Sheet(typist, response).fields if "-GM" in name]
    assert "Van 2023-2 is nog niets bekend: invullen kan vanaf 1 januari 2023." in words(response)
    assert "Opslaan" not in words(response)
    typist.post(address(period=AHEAD), {"t-GM0331": "9"})
    assert Figure.objects.count() == 0
    assert "Cijfers van 2023-2 kunt u nog niet invullen: er is niets opgeslagen." in words(
        typist.get(address(period=AHEAD))
    )
