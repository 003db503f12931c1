"""The course of a half-year within it: what was counted by day, and what a municipality counts itself.

Everything here works on what was read; nothing queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.figures import Assessment
from supervision.models import Figure
from supervision.rules.dutch import count, long_date, number, short_date, signed
from supervision.rules.norm import norm
from supervision.rules.opgave import AnyKind, Opgave, OwnCount
from supervision.rules.period import Period
from supervision.screens import charts
from supervision.screens.overview import Fact
from supervision.screens.overview_table import NOTHING
from supervision.templatetags.dutch import moment

MOST_OWN_COUNTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    day: str
    persons: str
    norm: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The counts of one half-year, against the norm; the rows have the latest first."""

    period: Period
    heading: str
    title: str
    summary: str
    counted_to: date
    has_prognosis: bool
    wide: charts.RunningChart
    narrow: charts.RunningChart
    rows: tuple[CourseRow, ...]


def running_course_of(assessment: Assessment) -> Course | None:
    """Of this half-year while it runs, else of the next; None where that is closed too, or was never counted."""
    period = assessment.period if not assessment.opgave.is_closed else assessment.period.next
    opgave = assessment.half_years.get(period)
    return None if opgave is None or opgave.is_closed else _course(assessment, opgave)


def closed_course_of(assessment: Assessment) -> Course | None:
    """Of this half-year once it is closed, when more was counted in it than the end."""
    counts = assessment.counts.get(assessment.period, ())
    return _course(assessment, assessment.opgave) if assessment.opgave.is_closed and len(counts) > 1 else None


def _course(assessment: Assessment, opgave: Opgave) -> Course | None:
    period, name = opgave.period, assessment.municipality.name
    counts = [charts.Counted(day=each.day, persons=each.persons) for each in assessment.counts.get(period, ())]
    if not counts:
        return None
    asked = opgave.totaalopgave
    last = counts[-1]
    ahead = _ahead(assessment, period)
    expected = f" Verwacht op {long_date(period.peildatum)}: {number(ahead.expected)}." if ahead else ""
    return Course(
        period=period,
        heading=_heading(name, period, last, norm(asked or 0, period=period, day=last.day)),
        title=f"Gehuisveste personen in {name} in {period}, opgeteld, tegen de norm van een zesde van de totaalopgave "
        f"per maand. Op {long_date(last.day)}: {number(last.persons)}.{expected}",
        summary=f"Bekijk {count(len(counts), 'stand', 'standen')} van {period}",
        counted_to=last.day,
        has_prognosis=ahead is not None,
        wide=charts.wide_running(counts, period=period, totaalopgave=asked, ahead=ahead),
        narrow=charts.narrow_running(counts, period=period, totaalopgave=asked, ahead=ahead),
        rows=tuple(_row(each, period, asked) for each in reversed(counts)),
    )


def _ahead(assessment: Assessment, period: Period) -> charts.Ahead | None:
    """Without an earlier half-year there is no range: then it is what is expected."""
    prognosis = assessment.prognosis(period)
    if prognosis is None or prognosis.expected is None or not prognosis.is_counted:
        return None
    expected = prognosis.expected
    fewest, most = prognosis.fewest or expected, prognosis.most or expected
    return charts.Ahead(fewest=fewest.realisation, expected=expected.realisation, most=most.realisation)


def _heading(name: str, period: Period, last: charts.Counted, expected: int | None) -> str:
    if expected is None:
        return f"Gehuisvest in {period}, opgeteld"
    if last.persons == expected:
        return f"{name} loopt in {period} precies volgens de norm"
    return f"{name} loopt in {period} {'voor' if last.persons > expected else 'achter'} op de norm"


def _row(counted: charts.Counted, period: Period, asked: int | None) -> CourseRow:
    expected = norm(asked or 0, period=period, day=counted.day)
    return CourseRow(
        day=short_date(counted.day),
        persons=number(counted.persons),
        norm=NOTHING if expected is None else number(expected),
        difference=NOTHING if expected is None else signed(counted.persons - expected),
    )


# -- own counts ---------------------------------------------------------------


def own_counts_of(behind: Mapping[AnyKind, Sequence[Figure]]) -> tuple[Fact, ...]:
    """What the municipality counted itself, by day, the latest first; beside COA's count and never in a sum."""
    figures = [figure for kind in OwnCount for figure in _by_day(behind.get(kind, ()))]
    figures.sort(key=lambda figure: (figure.as_of, figure.pk), reverse=True)
    return tuple(_fact(figure) for figure in figures[:MOST_OWN_COUNTS])


def _by_day(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Of each day the last one that was not withdrawn; the figures are the latest first."""
    seen: set[date] = set()
    for figure in figures:
        if not figure.delivery.is_withdrawn and figure.as_of not in seen:
            seen.add(figure.as_of)
            yield figure


def _fact(figure: Figure) -> Fact:
    delivery = figure.delivery
    document = f"{delivery.document}; " if delivery.document else ""
    return Fact(
        term=f"{figure.get_kind_display().capitalize()} op {long_date(figure.as_of)}",
        detail=f"{document}{delivery.recorded_by}, {moment(delivery.recorded_at)}",
        value=number(figure.persons),
    )
