"""Asking for many concepts at once: however often, the same batch is at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope, scopes_disabled

from letters.actions.batch_items import finish, left_of
from letters.models import Batch, BatchItem
from letters.tasks import fill_queue
from municipalities.models import Municipality, Province, User
from municipalities.rights import Right, refusal
from supervision.actions.ledger import Refused, lock
from supervision.rules.period import Period

QUIET = timedelta(seconds=30)
"""After so long without a letter something is wrong: one takes half a second, or a few on a slow machine."""


@transaction.atomic
def start_batch(
    *, by: User, province: Province, period: Period, municipalities: Sequence[Municipality], now: datetime
) -> Batch:
    """The batch at work of this half-year, with these municipalities in it: a new one where none is.

    What failed in it is tried again; what is done or waits is left as it is.
    """
    if by.province_id != province.pk or not by.may(Right.MAKE_LETTERS):
        raise Refused(refusal(right=Right.MAKE_LETTERS, role=by.role))
    if not municipalities:
        raise Refused("Kruis eerst aan voor welke gemeenten u concepten wilt maken.")
    lock(province)
    with scope(province=province):
        batch = Batch.objects.filter(province=province, period=period, finished_at=None).first()
        if batch is None:
            batch = Batch.objects.create(province=province, period=period, asked_at=now, asked_by=by)
        added_by = None if batch.asked_by_id == by.pk else by
        here = {item.municipality_id: item for item in batch.items.all()}
        BatchItem.objects.bulk_create(
            BatchItem(batch=batch, municipality=each, added_by=added_by)
            for each in municipalities
            if each.pk not in here
        )
        asked = [each.pk for each in municipalities]
        failed = batch.items.filter(state=BatchItem.State.FAILED, municipality__in=asked)
        failed.update(state=BatchItem.State.TO_DO, reason="", attempts=0, ended_at=None, added_by=added_by)
        fill_queue(batch.pk, to_do=left_of(batch.pk))
        return batch


def again(*, by: User, batch: Batch, now: datetime) -> Batch:
    """What failed in a batch, once more: in the same one while it is at work, else in a new one."""
    failed = [item.municipality for item in batch.items.filter(state=BatchItem.State.FAILED)]
    if not failed:
        raise Refused("Er is in deze opdracht niets mislukt.")
    return start_batch(by=by, province=batch.province, period=batch.period, municipalities=failed, now=now)


def resume(batch: Batch, *, now: datetime) -> None:
    """Where workers were killed: tasks again for what is left, or the end that was not written."""
    if left := left_of(batch.pk):
        fill_queue(batch.pk, to_do=left)
    else:
        finish(batch, now=now)


def resume_when_quiet(batch: Batch, *, now: datetime) -> bool:
    """Whether nothing happened for a while."""
    last = batch.items.exclude(ended_at=None).order_by("-ended_at").values_list("ended_at", flat=True).first()
    is_quiet = batch.finished_at is None and now - max(last or batch.asked_at, batch.asked_at) > QUIET
    if is_quiet:
        resume(batch, now=now)
    return is_quiet


def resume_all(*, now: datetime) -> None:
    """For a worker that starts."""
    with scopes_disabled():
        at_work = list(Batch.objects.select_related("province").filter(finished_at=None))
    for batch in at_work:
        with scope(province=batch.province):
            resume(batch, now=now)
