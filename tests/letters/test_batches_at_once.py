"""A batch while workers are killed, while several share it, and while several people ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django_scopes import scope

from letters.models import Batch, BatchItem, Draft, Letter
from municipalities.models import Municipality, Province, User
from tests.letters.batching import CODES, DONE, TO_DO, record, started, states
from tests.letters.workers import printed, worker
from tests.municipalities.factories import make_user
from tests.supervision.test_concurrency import at_once, logged_in

MANY = ("GM0307", "GM0308", "GM0312", "GM0313", "GM0310", "GM0736", "GM0317", "GM0321")
PAGE = "/2022-1/brieven/"


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


@pytest.fixture
def people(province: Province) -> list[User]:
    return [make_user(province=province) for _ in range(4)]


@pytest.fixture
def three(people: list[User]) -> list[Municipality]:
    return record(by=people[0])


def test_a_worker_that_is_killed_half_way_and_started_again_finishes(three, people):
    batch = started(people[0], *three)
    with worker(hangs_at="Houten") as killed:
        assert killed.stdout is not None
        laid_out = [next(killed.stdout) for _ in range(2)]
        assert ["Amersfoort" in laid_out[0], "Houten" in laid_out[1]] == [True, True]
    assert states(batch) == {"GM0307": DONE, "GM0321": TO_DO, "GM0331": TO_DO}
    # The concept is there already; what lacks is its PDF.
    assert Letter.objects.count() == 2
    assert Draft.objects.count() == 1
    with worker() as next_one:
        again = printed(next_one)
    assert ["Houten" in again[0], "Lopik" in again[1]] == [True, True]
    assert len(again) == 2
    assert states(batch) == dict.fromkeys(CODES, DONE)
    assert dict(BatchItem.objects.values_list("municipality__code", "attempts")) == {
        "GM0307": 1,
        "GM0321": 2,
        "GM0331": 1,
    }
    assert (Letter.objects.count(), Draft.objects.count()) == (3, 3)
    batch.refresh_from_db()
    assert batch.finished_at is not None


def test_two_workers_make_every_letter_once(people):
    """On SQLite the last one may be laid out by both, and is saved once."""
    batch = started(people[0], *record(by=people[0], codes=MANY))
    with worker(seconds_a_letter=1) as one, worker(seconds_a_letter=1) as other:
        laid_out = [printed(one), printed(other)]
    assert set(states(batch).values()) == {DONE}
    assert (Letter.objects.count(), Draft.objects.count()) == (len(MANY), len(MANY))
    together = laid_out[0] + laid_out[1]
    assert len(set(together)) == len(MANY)
    if connection.features.has_select_for_update_skip_locked:
        assert len(together) == len(MANY)
        # Side by side, and none was begun on in vain.
        assert set(BatchItem.objects.values_list("attempts", flat=True)) == {1}
        assert min(len(laid_out[0]), len(laid_out[1])) > 1
    batch.refresh_from_db()
    assert batch.finished_at is not None


def test_several_who_ask_at_once_ask_for_one_batch(three, people):
    clients = [logged_in(user) for user in people]
    responses = at_once([(lambda client=client: client.post(PAGE, {"doe": "alles-maken"})) for client in clients])
    batch = Batch.objects.get()
    assert {response["Location"] for response in responses} == {f"{PAGE}opdracht/{batch.pk}/"}
    assert states(batch) == dict.fromkeys(CODES, TO_DO)
