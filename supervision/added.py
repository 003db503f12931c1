"""What apps that supervision does not know add to its pages: work that is left, days on the agenda, a list of their own.

An app adds its source once, when the site starts. Each source reads its part in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.models import Province
from supervision.agenda import Due
from supervision.dossier_page import Line, Place
from supervision.overview import Task
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list on the page of a municipality; `empty` is said when it has no lines."""

    heading: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`tasks` are those of a half-year and what is late of any. `dues` are those between two days, and what is late.
    `listed` is of a municipality in a half-year."""

    slug: str
    tasks: Callable[[Province, Period, date], Iterable[Task]]
    dues: Callable[[Province, tuple[date, date], date], Iterable[Due]]
    listed: Callable[[Place, date], Listed]


SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    if source.slug not in {each.slug for each in SOURCES}:
        SOURCES.append(source)


def tasks_added(*, province: Province, period: Period, today: date) -> list[Task]:
    return [task for source in SOURCES for task in source.tasks(province, period, today)]


def dues_added(*, province: Province, within: tuple[date, date], today: date) -> Sequence[Due]:
    return [due for source in SOURCES for due in source.dues(province, within, today)]


def lists_added(place: Place, *, today: date) -> list[Listed]:
    return [source.listed(place, today) for source in SOURCES]
