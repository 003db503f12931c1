"""Forty half-years of daily counts in the ledger, against one half-year of the same: overview and municipality page.

Each ledger is in a database of its own and has a process of its own that answers, so that they can be asked in turns.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter

from tests.bench.databases import throw_away

HALF_YEARS, MUNICIPALITIES, SNAPSHOTS = 40, 342, 180
RUNS = 15
PAGES = {"overview": "/2022-1/", "municipality": "/2022-1/gemeenten/{code}/"}
STANDS = ("2022-01-10", "2022-04-01", "2022-07-01")
"""Early in the half-year, when most of what is in the ledger of it was still to come; half-way; and at its end."""


def main(snapshots: int = SNAPSHOTS) -> None:
    with ExitStack() as stack:
        one, many = (
            Site(stack, url=stack.enter_context(throw_away(name)), half_years=half_years, snapshots=snapshots)
            for name, half_years in (("one", 1), ("many", HALF_YEARS))
        )
        print(
            f"Ledger of {HALF_YEARS} half-years, {MUNICIPALITIES} municipalities, {snapshots} counts a half-year "
            f"({many.figures:,} figures) against one half-year ({one.figures:,}), on {many.database}:"
        )
        for name, path in PAGES.items():
            _compare(name, "as it is now (at most 1.5)", one, many, path, path)
            for stand in STANDS:
                _compare(name, f"as known on {stand} (at most 3)", one, many, path, f"{path}?stand={stand}")


def _compare(name: str, what: str, one: Site, many: Site, path: str, path_of_many: str) -> None:
    """In turns, so that a slower moment of the machine hits both."""
    few, most = one.ask(path), many.ask(path_of_many)
    pairs = [(one.ask(path).seconds, many.ask(path_of_many).seconds) for _ in range(RUNS)]
    ratio = median(most / few for few, most in pairs)
    one_time, many_time = (median(times) * 1000 for times in zip(*pairs, strict=True))
    print(
        f"  {name}, {what}: {ratio:.2f}  "
        f"(median of {RUNS} pairs; {many_time:.0f} against {one_time:.0f} ms; {most.queries} and {few.queries} queries)"
    )


@dataclass(frozen=True, slots=True)
class Answered:
    seconds: float
    queries: int


class Site:
    """The site on a ledger with so many half-years, in a process of its own that ends with the stack."""

    def __init__(self, stack: ExitStack, *, url: str, half_years: int, snapshots: int) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, url, half_years, snapshots), daemon=True)
        process.start()
        theirs.close()
        stack.callback(process.join)
        stack.callback(self._pipe.close)
        self.code, self.figures, self.database = self._pipe.recv()

    def ask(self, path: str) -> Answered:
        self._pipe.send(path.format(code=self.code))
        answered: Answered = self._pipe.recv()
        return answered


def _serve(pipe: Connection, url: str, half_years: int, snapshots: int) -> None:
    """What runs in the process: set up as one of gunicorn's workers, once the ledger is filled."""
    os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="ibt.settings")
    import django

    django.setup()

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.bench.daily import fill

    filled = fill(municipalities=MUNICIPALITIES, half_years=half_years, snapshots=snapshots)

    import ibt.wsgi  # noqa: F401

    client = Client()
    client.force_login(filled.user)
    pipe.send((filled.code, filled.figures, connection.vendor))
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        start = perf_counter()
        response = client.get(path)
        seconds = perf_counter() - start
        assert response.status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        pipe.send(Answered(seconds, len(queries)))
