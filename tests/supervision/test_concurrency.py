"""Several people at once, each in a thread with a connection and a browser of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision.figures import figures_in_force
from supervision.models import CarriedOver, Delivery, Figure, Herverdeling
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.herindelingen import close, make_split
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver
from tests.supervision.views.grid_page import Sheet

LOPIK, HOUTEN = "GM0331", "GM0321"
PEOPLE = 4


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def people(province: Province) -> list[User]:
    people = [make_user(province=province) for _ in range(PEOPLE)]
    deliver(by=people[0], municipality=Municipality.objects.get(code=LOPIK), taakstelling=8, realisatie=7)
    return people


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_once(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """Each act in a thread of its own, all let go at the same moment."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], HttpResponse]) -> HttpResponse:
        barrier.wait(timeout=20)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


def in_force(kind: Kind, code: str) -> Figure | None:
    municipality = Municipality.objects.get(code=code)
    cells = figures_in_force(province=municipality.province, period=FIRST_HALF_OF_2022)
    return cells.get((municipality.pk, kind))


@pytest.mark.parametrize("code", [LOPIK, HOUTEN], ids=["a figure stands there", "nothing stands there"])
@pytest.mark.parametrize("by_row", [True, False], ids=["row by row", "whole grid"])
def test_of_several_on_one_cell_one_is_saved_and_the_others_are_asked(people, code, by_row):
    before = Figure.objects.count()
    sheets = [Sheet.opened(logged_in(user)) for user in people]
    for number, sheet in enumerate(sheets):
        sheet.fields[f"r-{code}"] = str(20 + number)
    acts = [(lambda sheet=sheet: sheet.send_row(code) if by_row else sheet.send()) for sheet in sheets]
    statuses = [response.status_code for response in at_once(acts)]
    saved = 200 if by_row else 302
    assert sorted(statuses) == sorted([saved] + [409] * (PEOPLE - 1))
    figure = in_force(Kind.REALISATION, code)
    assert figure is not None
    winner = statuses.index(saved)
    assert (figure.persons, figure.delivery.recorded_by) == (20 + winner, people[winner])
    assert Figure.objects.count() == before + 1


def test_several_on_different_cells_of_one_row_are_all_saved(people):
    cells = {Kind.ACHTERSTAND: "s", Kind.TAAKSTELLING: "t", Kind.REALISATION: "r"}
    sheets = [Sheet.opened(logged_in(user)) for user in people[:3]]
    for sheet, letter in zip(sheets, cells.values(), strict=True):
        sheet.fields[f"{letter}-{HOUTEN}"] = "30"
    responses = at_once([(lambda sheet=sheet: sheet.send_row(HOUTEN)) for sheet in sheets])
    assert [response.status_code for response in responses] == [200, 200, 200]
    found = [in_force(kind, HOUTEN) for kind in cells]
    assert [figure and figure.persons for figure in found] == [30, 30, 30]


def test_one_form_sent_many_times_at_once_is_recorded_once(people):
    before = Delivery.objects.count()
    sheets = [Sheet.opened(logged_in(people[0])) for _ in range(PEOPLE)]
    responses = at_once([(lambda sheet=sheet: sheet.type(r_GM0321="43").send()) for sheet in sheets])
    assert [response.status_code for response in responses] == [302] * PEOPLE
    assert Delivery.objects.count() == before + 1


def test_all_who_choose_their_own_number_at_once_cannot_all_have_it(people):
    sheets = [Sheet.opened(logged_in(user)) for user in people[1:]]
    Sheet.opened(logged_in(people[0])).type(r_GM0331="13").send()
    choices = []
    for number, sheet in enumerate(sheets):
        response = sheet.type(r_GM0331=str(20 + number)).send_row(LOPIK)
        [clash] = response.context["row"].clashes
        choices.append(clash.choose_own)
    acts = [
        (lambda sheet=sheet, choice=choice: sheet.send_row(LOPIK, kies=choice))
        for sheet, choice in zip(sheets, choices, strict=True)
    ]
    assert sorted(response.status_code for response in at_once(acts)) == [200, 409, 409]


def pasted(client: Client, text: str) -> dict[str, str]:
    """What is sent to record a block that stands in the cells of the realisatie, from Houten on."""
    where = {"actie": "plakken", "blok": text, "vanaf-gemeente": HOUTEN, "vanaf-kolom": "r"}
    page = client.post("/2022-1/cijfers/plakken/", Sheet.opened(client).fields | where)
    return Sheet(client, page).fields | {"actie": "vastleggen"}


def test_one_paste_sent_many_times_at_once_is_one_delivery(people):
    before = Delivery.objects.count()
    clients = [logged_in(people[0]) for _ in range(PEOPLE)]
    body = pasted(clients[0], "43\n20\n14")
    acts = [(lambda client=client: client.post("/2022-1/cijfers/plakken/", body)) for client in clients]
    assert [response.status_code for response in at_once(acts)] == [302] * PEOPLE
    assert Delivery.objects.count() == before + 1
    assert Delivery.objects.latest("pk").figures.count() == 3


def test_of_several_pastes_over_each_other_one_is_recorded_whole_and_of_the_others_nothing(people):
    before = Figure.objects.count()
    clients = [logged_in(user) for user in people]
    bodies = [pasted(client, f"{number}\n{number}\n{number}") for number, client in enumerate(clients, start=40)]
    acts = [
        (lambda client=client, body=body: client.post("/2022-1/cijfers/plakken/", body))
        for client, body in zip(clients, bodies, strict=True)
    ]
    statuses = sorted(response.status_code for response in at_once(acts))
    # Who comes later finds the half-year closed too: a reason is asked for before the choice.
    assert statuses[0] == 302
    assert set(statuses[1:]) <= {409, 422}
    assert Figure.objects.count() == before + 3
    assert len({figure.persons for figure in Figure.objects.filter(persons__gte=40)}) == 1


def test_one_herverdeling_sent_many_times_at_once_is_made_once(people):
    address = "/2022-1/cijfers/herverdelingen/"
    clients = [logged_in(people[0]) for _ in range(PEOPLE)]
    giver, taker = Municipality.objects.get(code=LOPIK), Municipality.objects.get(code=HOUTEN)
    fields = Sheet(clients[0], clients[0].get(address)).fields | {
        "from_municipality": str(giver.pk),
        "to_municipality": str(taker.pk),
        "persons": "1",
        "note": "Brief",
    }
    responses = at_once([(lambda client=client: client.post(address, fields)) for client in clients])
    assert [response.status_code for response in responses] == [302] * PEOPLE
    assert Herverdeling.objects.count() == 1


def test_two_herverdelingen_at_once_do_not_give_away_more_than_there_is(people):
    address = "/2022-1/cijfers/herverdelingen/"
    giver, taker = Municipality.objects.get(code=LOPIK), Municipality.objects.get(code=HOUTEN)
    clients = [logged_in(user) for user in people[:2]]
    bodies = [
        Sheet(client, client.get(address)).fields
        | {"from_municipality": str(giver.pk), "to_municipality": str(taker.pk), "persons": "5", "note": "Brief"}
        for client in clients
    ]
    responses = at_once(
        [
            (lambda client=client, body=body: client.post(address, body))
            for client, body in zip(clients, bodies, strict=True)
        ]
    )
    assert sorted(response.status_code for response in responses) == [302, 422]
    assert Herverdeling.objects.get().persons == 5


def test_of_several_who_carry_over_at_once_one_is_recorded_and_the_others_are_told(people):
    address = "/2019-1/cijfers/herindeling/"
    clients = [logged_in(user) for user in people]
    bodies = [
        Sheet(client, client.get(address)).fields
        | {f"GM1961-personen-{part}": str(number) for part in ("GM0545", "GM0620", "GM0707")}
        | {f"GM1961-bron-{part}": "Brief" for part in ("GM0545", "GM0620", "GM0707")}
        for number, client in enumerate(clients)
    ]
    acts = [
        (lambda client=client, body=body: client.post(address, body))
        for client, body in zip(clients, bodies, strict=True)
    ]
    assert sorted(response.status_code for response in at_once(acts)) == [302, 422, 422, 422]
    figure = Figure.objects.get(kind=Opening.CARRIED_OVER)
    assert figure.persons == 3 * people.index(figure.delivery.recorded_by)
    assert CarriedOver.objects.count() == 3


def test_one_carry_over_sent_many_times_at_once_is_recorded_once(people):
    address = "/2019-1/cijfers/herindeling/"
    clients = [logged_in(people[0]) for _ in range(PEOPLE)]
    fields = Sheet(clients[0], clients[0].get(address)).fields
    for part in ("GM0545", "GM0620", "GM0707"):
        fields |= {f"GM1961-personen-{part}": "4", f"GM1961-bron-{part}": "Brief"}
    responses = at_once([(lambda client=client: client.post(address, fields)) for client in clients])
    assert [response.status_code for response in responses] == [302] * PEOPLE
    assert Figure.objects.filter(kind=Opening.CARRIED_OVER).count() == 1


def test_two_heirs_at_once_do_not_take_more_of_a_split_than_there_is(people, province):
    haaren, *heirs = make_split(province)
    period, address = Period(2021, 1), "/2021-1/cijfers/herindeling/"
    for code in (haaren, *heirs):
        close(code, by=people[0], period=period.previous, end=10)
    clients = [logged_in(user) for user in people[:2]]
    bodies = [
        {
            "gemeente": heir,
            f"{heir}-personen-{heir}": "10",
            f"{heir}-personen-{heir}-basis": "10",
            f"{heir}-personen-{haaren}": "7",
            f"{heir}-personen-{haaren}-basis": "10",
        }
        for heir in heirs
    ]
    acts = [
        (lambda client=client, body=body: client.post(address, body))
        for client, body in zip(clients, bodies, strict=True)
    ]
    assert sorted(response.status_code for response in at_once(acts)) == [302, 422]
    assert CarriedOver.objects.get(from_municipality__code=haaren).persons == 7
