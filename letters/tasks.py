"""What workers do in the background.

The library leaves a task of a killed worker as "running" for ever. So no task is of one item: each makes a share of the
letters of its batch that nobody is making, and there are tasks enough in the queue for all that is still to be made.
"""

from __future__ import annotations

from math import ceil

from django.utils.timezone import now
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from letters.actions.batch_items import SHARE, left_of, make_share

SIDE_BY_SIDE = 8
"""So many workers at most share a batch that is no more than a share each."""


@task()
def make_some(batch: int) -> None:
    """A share of the letters; and a task for the rest where none waits, as after a worker was killed."""
    if make_share(batch, clock=now) and left_of(batch) and not waiting(batch):
        make_some.enqueue(batch)


def waiting(batch: int) -> int:
    """How many tasks of this batch no worker has begun on."""
    ready = DBTaskResult.objects.filter(task_path=make_some.module_path, status=TaskResultStatus.READY)
    return ready.filter(args_kwargs__args=[batch]).count()


def fill_queue(batch: int, *, to_do: int) -> None:
    """In the transaction of the caller: what is rolled back is not made either. `to_do` are letters."""
    enough = max(ceil(to_do / SHARE), min(to_do, SIDE_BY_SIDE))
    for _ in range(enough - waiting(batch)):
        make_some.enqueue(batch)
