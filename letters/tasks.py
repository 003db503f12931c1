"""What workers do in the background.

The library leaves a task of a killed worker as "running" for ever. So no task is of one item: each makes the next letter
of its batch that nobody is making, and as many tasks are put in the queue as there are letters still to be made.
"""

from __future__ import annotations

from django.utils.timezone import now
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from letters.actions.batch_items import left_of, make_next


@task()
def make_one(batch: int) -> None:
    """One letter; and a task for the next where none waits, as after a worker was killed."""
    if make_next(batch, clock=now) and (left := left_of(batch)):
        fill_queue(batch, to_do=min(left, 1))


def waiting(batch: int) -> int:
    """How many tasks of this batch no worker has begun on."""
    ready = DBTaskResult.objects.filter(task_path=make_one.module_path, status=TaskResultStatus.READY)
    return ready.filter(args_kwargs__args=[batch]).count()


def fill_queue(batch: int, *, to_do: int) -> None:
    """In the transaction of the caller: what is rolled back is not made either."""
    for _ in range(to_do - waiting(batch)):
        make_one.enqueue(batch)
