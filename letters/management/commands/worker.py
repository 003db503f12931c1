"""The worker: what a killed one left is put in the queue again, and then it works as django-tasks-db's does."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.timezone import now
from django_tasks_db.management.commands import db_worker

from letters.actions.batches import resume_all

MOST_TASKS = 12
"""Laying out letters takes memory that is not given back: after so many tasks, each of a share of letters, the process ends
and is started anew."""


class Command(db_worker.Command):
    help = (
        f"Maakt brieven op de achtergrond. Stopt na {MOST_TASKS} taken, om geheugen terug te geven: "
        "laat de werker dan opnieuw starten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(max_tasks=MOST_TASKS)

    def handle(self, **options: Any) -> None:
        resume_all(now=now())
        super().handle(**options)
