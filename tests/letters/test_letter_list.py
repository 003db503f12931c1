"""The list of letters and the page of a batch: works; who may; another province; bad input."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from letters.actions.making import make_concept
from letters.models import Batch, Letter
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.batching import CODES, DONE, FAILED, record, started, states
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON
from tests.supervision.views.page import links, title, words

PAGE = "/2022-1/brieven/"


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def three(within_utrecht: Province, supervisor: User) -> list[Municipality]:
    """Of three of the 26 municipalities a letter can be made."""
    return record(by=supervisor)


@pytest.fixture
def staff(supervisor: User) -> Client:
    return browser_of(supervisor)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def reader(utrecht: Province) -> Client:
    return browser_of(make_user(role=Role.LEZER, province=utrecht))


@pytest.fixture
def stranger(db: None) -> Client:
    return browser_of(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))


def letter_of(by: User, municipality: Municipality, **changes: object) -> Letter:
    letter = make_concept(by=by, municipality=municipality, period=FIRST_HALF_OF_2022, now=NOON, today=NOON.date())
    Letter.objects.filter(pk=letter.pk).update(**changes)
    return Letter.objects.get(pk=letter.pk)


def send(client: Client, doe: str, *codes: str, page: str = PAGE) -> HttpResponse:
    return client.post(page, {"doe": doe, "gemeente": list(codes)})


# -- the list -----------------------------------------------------------------


def test_how_far_each_letter_is(three: list[Municipality], staff: Client, supervisor: User, decider: User) -> None:
    decided(supervisor, decider, three[0])
    letter_of(supervisor, three[0], open_points=2, worked_on=True, document_number="82508878", on=date(2022, 9, 22))
    response = staff.get(PAGE)
    text = words(response)
    assert title(response) == "Brieven 2022-1 – Trede"
    assert "1 van de 26 brieven is gemaakt, nog geen is verzonden; van 23 ontbreken cijfers." in text
    assert f"Amersfoort Toezichtbrief trede 2 concept bewerkt 2 open punten 82508878 22 sep 2022 {supervisor}" in text
    assert "Houten Toezichtbrief trede 2 advies nog geen brief –" in text
    assert "Van Baarn ontbreken de taakstelling, de achterstand en de realisatie." in text
    assert "/2022-1/gemeenten/GM0307/brief/" in links(response)


def test_what_was_sent_and_the_afschrift_that_waits(three: list[Municipality], staff: Client, supervisor: User) -> None:
    letter = letter_of(supervisor, three[0])
    yesterday = (now() - timedelta(days=2)).date()
    Letter.objects.create(
        province=letter.province,
        municipality=letter.municipality,
        period=letter.period,
        kind="afschrift",
        goes_with=letter,
        due=yesterday,
        made_at=NOON,
        made_by=supervisor,
        changed_at=NOON,
        changed_by=supervisor,
    )
    text = words(staff.get(f"{PAGE}?toon=afschrift"))
    assert "1 afschrift wacht en is te laat" in text
    assert "te laat" in text
    assert "Houten" not in text


@pytest.mark.parametrize(
    ("show", "seen"), [("te-maken", ["Houten", "Lopik"]), ("concept", ["Amersfoort"]), ("open", ["Amersfoort"])]
)
def test_by_state(three: list[Municipality], staff: Client, supervisor: User, show: str, seen: list[str]) -> None:
    letter_of(supervisor, three[0], open_points=1)
    response = staff.get(PAGE, {"toon": show})
    assert [row.municipality.name for row, _ in response.context["rows"]] == seen


def test_an_unknown_state_is_told(three: list[Municipality], staff: Client) -> None:
    text = words(staff.get(PAGE, {"toon": "x" * 40}))
    assert f"‘{'x' * 30}…’ kunt u niet tonen. U ziet alle gemeenten." in text


def test_a_half_year_without_figures_has_nothing_to_make(three: list[Municipality], staff: Client) -> None:
    text = words(staff.get("/2015-1/brieven/"))
    assert "Er kan nog geen brief worden gemaakt" in text
    assert "Concepten maken" not in text


def test_who_looks_sees_the_list_and_no_buttons(three: list[Municipality], reader: Client) -> None:
    text = words(reader.get(PAGE))
    assert "nog geen brief" in text
    assert "Concepten maken" not in text


def test_another_province_sees_nothing_of_it(three: list[Municipality], stranger: Client, supervisor: User) -> None:
    letter_of(supervisor, three[0])
    assert "Amersfoort" not in words(stranger.get(PAGE))


def test_the_number_of_queries_does_not_depend_on_the_letters(
    three: list[Municipality], staff: Client, supervisor: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            staff.get(PAGE)
        return len(captured)

    staff.get(PAGE)
    without = queries()
    for municipality in three:
        letter_of(supervisor, municipality, open_points=1)
    assert queries() == without


# -- asking -------------------------------------------------------------------


def test_what_is_ticked_is_made(three: list[Municipality], staff: Client) -> None:
    response = send(staff, "maken", *CODES[:2])
    batch = Batch.objects.get()
    assert response["Location"] == f"/2022-1/brieven/opdracht/{batch.pk}/"
    assert set(states(batch)) == set(CODES[:2])


def test_all_that_can_be_made_are_made(three: list[Municipality], staff: Client) -> None:
    send(staff, "alles-maken")
    assert set(states(Batch.objects.get())) == set(CODES)


def test_all_is_all_in_sight(three: list[Municipality], staff: Client, supervisor: User) -> None:
    letter_of(supervisor, three[0])
    send(staff, "alles-maken", page=f"{PAGE}?toon=te-maken")
    assert set(states(Batch.objects.get())) == set(CODES[1:])


def test_pressing_twice_is_one_batch(three: list[Municipality], staff: Client) -> None:
    first, second = send(staff, "alles-maken"), send(staff, "alles-maken")
    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1


def test_a_batch_at_work_is_told_on_the_list(three: list[Municipality], staff: Client) -> None:
    send(staff, "alles-maken")
    response = staff.get(PAGE)
    assert "Er worden concepten gemaakt" in words(response)
    assert f"/2022-1/brieven/opdracht/{Batch.objects.get().pk}/" in links(response)


@pytest.mark.parametrize(
    ("doe", "codes", "sentence"),
    [
        ("maken", [], "Kruis eerst aan voor welke gemeenten u concepten wilt maken."),
        ("maken", ["GM0363"], "Een gemeente die u aankruiste, staat niet in deze lijst."),
        ("maken", ["GM0308"], "Een gemeente die u aankruiste, staat niet in deze lijst."),
        ("iets", ["GM0307"], "Laad de pagina opnieuw: er ontbreekt iets in wat u stuurde."),
        ("", [], "Laad de pagina opnieuw"),
    ],
)
def test_bad_input_is_told_and_starts_nothing(
    three: list[Municipality], staff: Client, doe: str, codes: list[str], sentence: str
) -> None:
    response = send(staff, doe, *codes)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not Batch.objects.exists()


def test_who_makes_no_letters_starts_nothing(three: list[Municipality], reader: Client, decider: User) -> None:
    for client in (reader, browser_of(decider)):
        assert send(client, "alles-maken").status_code == 403
    assert not Batch.objects.exists()


# -- the page of a batch ------------------------------------------------------


@pytest.fixture
def batch(three: list[Municipality], supervisor: User) -> Batch:
    return started(supervisor, *three, now=now())


def page_of(batch: Batch) -> str:
    return f"/2022-1/brieven/opdracht/{batch.pk}/"


def test_the_page_asks_for_itself_until_the_end(batch: Batch, staff: Client) -> None:
    batch.items.filter(municipality__code="GM0307").update(state=DONE, ended_at=now())
    response = staff.get(page_of(batch))
    assert title(response) == "Concepten maken 2022-1 – Trede"
    assert "1 van de 3 gemeenten is klaar." in words(response)
    assert f'hx-get="{page_of(batch)}" hx-trigger="every 2s"' in response.content.decode()
    assert page_of(batch) in links(response)


def test_htmx_gets_only_what_changes(batch: Batch, staff: Client) -> None:
    part = staff.get(page_of(batch), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="voortgang"' in part
    assert "gehoord" not in part


def test_at_the_end_it_stops_asking_and_says_what_came_of_it(batch: Batch, staff: Client) -> None:
    batch.items.update(state=DONE, ended_at=now())
    batch.items.filter(municipality__code="GM0321").update(state=FAILED, reason="Er ging iets mis; probeer opnieuw.")
    Batch.objects.update(finished_at=now())
    response = staff.get(page_of(batch), headers={"HX-Request": "true"})
    part = response.content.decode()
    assert "hx-trigger" not in part
    assert 'id="gehoord" hx-swap-oob="innerHTML"' in part
    text = words(response)
    assert "Klaar: 2 concepten gemaakt en 1 mislukt." in text
    assert "Houten: Er ging iets mis; probeer opnieuw." in text
    assert "Opnieuw proberen" in text
    assert {"/2022-1/brieven/", "/2022-1/gemeenten/GM0321/brief/"} <= set(links(response))


def test_what_failed_is_tried_again(batch: Batch, staff: Client) -> None:
    batch.items.update(state=FAILED, reason="Er ging iets mis", ended_at=now())
    Batch.objects.update(finished_at=now())
    response = staff.post(f"{page_of(batch)}opnieuw/")
    again = Batch.objects.get(finished_at=None)
    assert response["Location"] == page_of(again)
    assert set(states(again)) == set(CODES)


def test_nothing_failed_is_told(batch: Batch, staff: Client) -> None:
    assert "niets mislukt" in words(staff.post(f"{page_of(batch)}opnieuw/", follow=True))


def test_when_nothing_happens_that_is_told(batch: Batch, staff: Client) -> None:
    Batch.objects.update(asked_at=now() - timedelta(minutes=2))
    assert "Er gebeurt al een tijd niets" in words(staff.get(page_of(batch)))


def test_the_page_takes_as_many_queries_for_any_number(batch: Batch, staff: Client, supervisor: User) -> None:
    staff.get(page_of(batch))
    with CaptureQueriesContext(connection) as few:
        staff.get(page_of(batch))
    started(supervisor, *Municipality.objects.filter(province=supervisor.province), now=now())
    with CaptureQueriesContext(connection) as many:
        staff.get(page_of(batch))
    assert len(many) == len(few)


def test_who_looks_sees_the_progress_and_tries_nothing_again(batch: Batch, reader: Client) -> None:
    assert reader.get(page_of(batch)).status_code == 200
    assert reader.post(f"{page_of(batch)}opnieuw/").status_code == 403


def test_another_province_has_no_such_batch(batch: Batch, stranger: Client) -> None:
    assert stranger.get(page_of(batch)).status_code == 404
    assert stranger.post(f"{page_of(batch)}opnieuw/").status_code == 404


def test_another_half_year_has_no_such_batch(batch: Batch, staff: Client) -> None:
    assert staff.get(f"/2021-2/brieven/opdracht/{batch.pk}/").status_code == 404
    assert staff.get(f"{page_of(batch)}opnieuw/").status_code == 405


def test_a_half_year_in_which_nothing_can_be_done_has_no_bar_of_buttons(
    within_utrecht: Province, staff: Client
) -> None:
    page = staff.get("/2022-2/brieven/")
    assert "kan nog niet" in words(page)
    assert b'class="steps"' not in page.content


def test_the_bar_of_buttons_is_there_for_who_can_make_a_letter(three: list[Municipality], staff: Client) -> None:
    assert b'class="steps"' in staff.get(PAGE).content


def test_who_only_looks_has_no_bar_of_buttons(three: list[Municipality], supervisor: User, reader: Client) -> None:
    letter_of(supervisor, three[0])
    assert b'class="steps"' not in reader.get(PAGE).content
