"""Overview and municipality as they were known at a moment: marked, read-only, and kept while one looks around."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from municipalities.models import Municipality, User
from supervision import actions
from supervision.models import Delivery, DifferenceExplained, Herverdeling
from supervision.rules.period import Period
from tests.supervision.ledger import deliver
from tests.supervision.views.page import links, title, words
from tests.supervision.views.test_overview import queries_of

OVERVIEW, PAGE = "/2022-1/", "/2022-1/gemeenten/GM0344/"
MARK = "Stand zoals bekend op"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def corrected(dossier: Herverdeling, city: Municipality, supervisor: User) -> Delivery:
    """168 was known from 4 July on; on 10 September it became 178."""
    return deliver(
        by=supervisor,
        municipality=city,
        realisatie=178,
        overrules=True,
        now=datetime(2022, 9, 10, 8, tzinfo=UTC),
    )


def test_the_overview_of_a_past_day(corrected: Delivery, staff: Client) -> None:
    assert "+1 204 375 178" in words(staff.get(OVERVIEW))
    response = staff.get(f"{OVERVIEW}?stand=2022-09-09")
    text = words(response)
    assert title(response) == "Overzicht 2022-1, stand 9 september 2022 – Trede"
    assert "Stand zoals bekend op 9 september 2022. Wat later is vastgelegd of ingetrokken, telt hier niet mee" in text
    assert "+1 204 375 168" in text
    assert "Laatste levering: Getypt, vastgelegd op 8 september 2022, 14.00 uur" in text
    assert MARK + " 9" not in words(staff.get(OVERVIEW))


def test_before_the_herverdeling_and_before_anything(corrected: Delivery, staff: Client) -> None:
    text = words(staff.get(f"{OVERVIEW}?stand=2022-07-04"))
    assert "203 374 168" in text
    nothing = words(staff.get(f"{OVERVIEW}?stand=2022-07-03"))
    assert "Van 2022-1 waren toen nog geen cijfers." in nothing


def test_a_moment_within_a_day(corrected: Delivery, staff: Client) -> None:
    assert "375 168" in words(staff.get(f"{OVERVIEW}?stand=2022-09-10T09:59"))
    assert "375 178" in words(staff.get(f"{OVERVIEW}?stand=2022-09-10T10:00"))


def test_what_was_withdrawn_later_still_stood_then(corrected: Delivery, staff: Client, supervisor: User) -> None:
    actions.withdraw_delivery(
        by=supervisor, delivery=corrected, now=datetime(2022, 9, 12, 8, tzinfo=UTC), reason="Toch niet"
    )
    assert "375 168" in words(staff.get(OVERVIEW))
    text = words(staff.get(f"{PAGE}?stand=2022-09-11"))
    assert "− Realisatie 178" in text
    assert "Ingetrokken" not in text
    assert "Ingetrokken 178" in words(staff.get(f"{PAGE}?stand=2022-09-12"))


def test_the_municipality_on_a_past_day(corrected: Delivery, staff: Client) -> None:
    response = staff.get(f"{PAGE}?stand=2022-09-09")
    text = words(response)
    assert title(response) == "Utrecht 2022-1, trede 3, stand 9 september 2022 – Trede"
    assert "Achterstand 207 is hoger dan de taakstelling 203: trede 3, was 2." in text
    assert "Verving" not in text
    assert "Herverdeling van Utrechtse Heuvelrug" in text
    assert "Herverdeling van" not in words(staff.get(f"{PAGE}?stand=2022-07-04"))


def test_nothing_can_be_changed_there(corrected: Delivery, staff: Client) -> None:
    for address in (OVERVIEW, PAGE):
        led_to = links(staff.get(f"{address}?stand=2022-09-09"))
        changing = ("/2022-1/cijfers/", f"{PAGE}brief/", f"{PAGE}eigen-opgave/", f"{PAGE}cijfers.csv")
        # The menu has the grid of now; nothing else leads there.
        assert [link for link in led_to if link in changing] == ["/2022-1/cijfers/"]


def test_the_day_is_kept_while_one_looks_around_and_can_be_left(corrected: Delivery, staff: Client) -> None:
    overview = links(staff.get(f"{OVERVIEW}?stand=2022-09-09&toon=achterstand"))
    assert f"{PAGE}?stand=2022-09-09" in overview
    assert f"{PAGE}?stand=2022-09-09#som" in overview
    assert "?sorteer=gemeente&toon=achterstand&stand=2022-09-09#alle" in overview
    assert "?toon=achterstand#alle" in overview
    assert "/2021-2/?stand=2022-09-09&toon=achterstand" in overview
    assert PAGE in links(staff.get(f"{PAGE}?stand=2022-09-09"))


def test_an_explanation_counts_from_when_it_was_given(corrected: Delivery, staff: Client, supervisor: User) -> None:
    amersfoort = Municipality.objects.get(code="GM0307")
    actions.explain_differences(
        by=supervisor,
        province=amersfoort.province,
        period=Period(2022, 1),
        seen={amersfoort: -2},
        cause=DifferenceExplained.Cause.LATE,
        now=datetime(2022, 9, 10, 8, tzinfo=UTC),
    )
    assert "Amersfoort 50 in plaats van 52 (niet verklaard)" in words(staff.get(f"{OVERVIEW}?stand=2022-09-09"))
    assert "Amersfoort 50 in plaats van 52." in words(staff.get(f"{OVERVIEW}?stand=2022-09-10"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("gisteren", "‘gisteren’ is geen moment."),
        ("2099-01-01", "‘2099-01-01’ moet nog komen."),
        ("%00", "is geen moment."),
        ("9" * 300, "…’ is geen moment."),
    ],
)
@pytest.mark.parametrize("address", [OVERVIEW, PAGE])
def test_what_is_no_past_moment_shows_now_and_says_so(
    dossier: Herverdeling, staff: Client, address: str, asked: str, sentence: str
) -> None:
    response = staff.get(f"{address}?stand={asked}")
    assert response.status_code == 200
    text = words(response)
    assert sentence in text
    assert "U ziet wat nu bekend is." in text
    assert "Wat later is vastgelegd" not in text


def test_a_lezer_may_look_back_and_a_stranger_sees_nothing(
    corrected: Delivery, reader: Client, stranger: Client
) -> None:
    assert MARK in words(reader.get(f"{PAGE}?stand=2022-09-09"))
    assert stranger.get(f"{PAGE}?stand=2022-09-09").status_code == 404


def test_looking_back_takes_no_more_queries(corrected: Delivery, staff: Client) -> None:
    for address in (OVERVIEW, PAGE):
        assert queries_of(staff, f"{address}?stand=2022-09-09") <= queries_of(staff, address) <= 12
