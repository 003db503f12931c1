"""Batches in the database, as tests want them: in one line, on the figures of a few municipalities."""

from __future__ import annotations

from datetime import datetime

from django_tasks_db.models import DBTaskResult

from letters import tasks
from letters.actions.batches import start_batch
from letters.models import Batch, BatchItem
from municipalities.models import Municipality, Province, User
from supervision.rules.period import Period
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

CODES = ("GM0307", "GM0321", "GM0331")
"""Amersfoort, Houten and Lopik."""


def record(*, by: User, codes: tuple[str, ...] = CODES) -> list[Municipality]:
    """Figures of 2022-1 from which a letter can be made: each somewhat behind."""
    municipalities = [Municipality.objects.get(code=code) for code in codes]
    for municipality in municipalities:
        deliver(by=by, municipality=municipality, achterstand=2, taakstelling=20, realisatie=18)
    return municipalities


def started(
    by: User, *municipalities: Municipality, period: Period = FIRST_HALF_OF_2022, now: datetime = NOON
) -> Batch:
    province = Province.objects.get(pk=by.province_id)
    return start_batch(by=by, province=province, period=period, municipalities=municipalities, now=now)


def work(batch: Batch) -> None:
    """As a worker does: every task that waits, those that come meanwhile as well."""
    while (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim("worker")
        waiting.set_successful(waiting.task.call(*waiting.args_kwargs["args"]))
    batch.refresh_from_db()


def states(batch: Batch) -> dict[str, str]:
    return {item.municipality.code: item.state for item in batch.items.select_related("municipality")}


def reasons(batch: Batch) -> dict[str, str]:
    rows = batch.items.exclude(reason="").select_related("municipality")
    return {item.municipality.code: item.reason for item in rows}


def waiting(batch: Batch) -> int:
    return tasks.waiting(batch.pk)


DONE, FAILED, LEFT, TO_DO = (
    BatchItem.State.DONE,
    BatchItem.State.FAILED,
    BatchItem.State.LEFT_ALONE,
    BatchItem.State.TO_DO,
)
