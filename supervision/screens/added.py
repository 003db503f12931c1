"""What apps that supervision does not know add to its pages: work that is left, days on the agenda, a list of their own.

An app adds its source once, when the site starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from municipalities.models import Province
from supervision.rules.period import Period
from supervision.screens.agenda import Due, Late, late_of, late_stacks
from supervision.screens.dossier_page import Line, Place
from supervision.screens.dossier_summary import Summary, stacks_of, summary_of
from supervision.screens.overview import Task
from supervision.stacked import Rows, Stack, read_stacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list on the page of a municipality; `empty` is said when it has no lines."""

    heading: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`tasks` are those of a half-year and what is late of any; they are told of the rows of `waiting`. `listed` is of a
    municipality in a half-year, and of the rows of `lines`. So a page reads all sources in one query.

    `dues` are those between two days, and what is late; read in a fixed number of queries.
    """

    slug: str
    waiting: Callable[[Province, Period, date], Sequence[Stack]]
    tasks: Callable[[Rows, Period, date], Iterable[Task]]
    dues: Callable[[Province, tuple[date, date], date], Iterable[Due]]
    lines: Callable[[Place], Sequence[Stack]]
    listed: Callable[[Rows, date], Listed]


SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    if source.slug not in {each.slug for each in SOURCES}:
        SOURCES.append(source)


def work_left(*, province: Province, period: Period, today: date) -> tuple[Late, list[Task]]:
    """What is late of the agenda, and what other apps have to do. One query."""
    added = [stack for source in SOURCES for stack in source.waiting(province, period, today)]
    rows = read_stacked([*late_stacks(province, today), *added])
    return late_of(rows), [task for source in SOURCES for task in source.tasks(rows, period, today)]


def dues_added(*, province: Province, within: tuple[date, date], today: date) -> Sequence[Due]:
    return [due for source in SOURCES for due in source.dues(province, within, today)]


def summary_and_lists(place: Place, *, today: date, known_at: datetime | None = None) -> tuple[Summary, list[Listed]]:
    """The dossier of a municipality, and the lists of other apps: of those only how they are now. One query."""
    sources = SOURCES if known_at is None else []
    added = [stack for source in sources for stack in source.lines(place)]
    rows = read_stacked([*stacks_of(place, known_at=known_at), *added])
    return summary_of(rows, place, today=today), [source.listed(rows, today) for source in sources]
