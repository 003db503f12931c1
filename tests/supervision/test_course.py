"""Within a half-year: what was counted by day against the norm, and what the municipality counts itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipalities.models import Municipality, Province, User
from supervision import actions, figures
from supervision.figures import Count
from supervision.models import Herverdeling
from supervision.rules.opgave import OwnCount
from supervision.rules.period import Period
from supervision.screens.course import closed_course_of, own_counts_of, running_course_of
from tests.supervision.assessed import NEXT, NOW, assessed, closed, running
from tests.supervision.ledger import NOON

LINKED, ON_PAPER = OwnCount.LINKED, OwnCount.HOUSED_ON_PAPER


def counted(*numbers: tuple[int, int, int]) -> tuple[Count, ...]:
    return tuple(Count(day=date(2022, month, day), persons=persons) for month, day, persons in numbers)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# -- counts -------------------------------------------------------------------


@pytest.fixture
def utrecht_2022():
    """2022-1 closed, 2022-2 counted three times: 482 persons are asked."""
    city = assessed("Utrecht", {NOW: closed(203, 171, 167), NEXT: running(275, 207, 178, date(2022, 9, 1))})
    return replace(city, counts={NEXT: counted((7, 7, 15), (8, 4, 55), (9, 1, 178))})


def test_the_half_year_after_a_closed_one_is_the_one_that_runs(utrecht_2022) -> None:
    course = running_course_of(utrecht_2022)
    assert (course.period, course.heading) == (NEXT, "Utrecht loopt in 2022-2 voor op de norm")
    rows = [(plain(row.day), row.persons, row.norm, row.difference) for row in course.rows]
    assert rows == [
        ("1 sep 2022", "178", "161", "+17"),
        ("4 aug 2022", "55", "88", "−33"),
        ("7 jul 2022", "15", "16", "−1"),
    ]
    assert course.summary == "Bekijk 3\u00a0standen van 2022-2"
    assert "Op 1 september 2022: 178." in plain(course.title)


@pytest.mark.parametrize(
    ("persons", "heading"),
    [
        (160, "Utrecht loopt in 2022-2 achter op de norm"),
        (161, "Utrecht loopt in 2022-2 precies volgens de norm"),
        (162, "Utrecht loopt in 2022-2 voor op de norm"),
    ],
)
def test_the_heading_says_how_it_goes(utrecht_2022, persons: int, heading: str) -> None:
    counts = {NEXT: counted((9, 1, persons))}
    assert running_course_of(replace(utrecht_2022, counts=counts)).heading == heading


def test_where_it_goes_is_drawn_from_the_last_count(utrecht_2022) -> None:
    course = running_course_of(utrecht_2022)
    assert course.has_prognosis
    assert course.wide.band
    assert course.narrow.expected
    expected = utrecht_2022.prognosis(NEXT).expected.realisation
    assert plain(course.title).endswith(f"Op 1 september 2022: 178. Verwacht op 1 januari 2023: {expected}.")


def test_a_closed_half_year_goes_nowhere_any_more() -> None:
    city = assessed("Utrecht", {NOW: closed(203, 171, 168)})
    course = closed_course_of(replace(city, counts={NOW: counted((4, 1, 89), (7, 1, 168))}))
    assert not course.has_prognosis
    assert (course.wide.band, course.wide.expected) == ("", "")


def test_a_half_year_that_runs_itself_is_shown_and_not_the_next() -> None:
    city = assessed("Utrecht", {NOW: running(203, 171, 89, date(2022, 4, 1)), NEXT: running(275)})
    course = running_course_of(replace(city, counts={NOW: counted((4, 1, 89))}))
    assert course.period == NOW
    assert closed_course_of(replace(city, counts={NOW: counted((3, 1, 50), (4, 1, 89))})) is None


def test_where_nothing_is_asked_the_counts_have_no_norm() -> None:
    arnhem = assessed("Arnhem", {NOW: running(118, -127, 5, date(2022, 4, 1))})
    course = running_course_of(replace(arnhem, counts={NOW: counted((4, 1, 5))}))
    assert course.heading == "Gehuisvest in 2022-1, opgeteld"
    assert [(row.norm, row.difference) for row in course.rows] == [("–", "–")]


def test_what_was_never_counted_and_what_is_closed_has_no_course(utrecht_2022) -> None:
    assert running_course_of(replace(utrecht_2022, counts={})) is None
    both_closed = assessed("Utrecht", {NOW: closed(), NEXT: closed()})
    assert running_course_of(replace(both_closed, counts={NEXT: counted((9, 1, 3))})) is None


def test_a_closed_half_year_tells_its_counts_when_there_are_more_than_the_end(utrecht_2022) -> None:
    only_the_end = {NOW: counted((7, 1, 167))}
    assert closed_course_of(replace(utrecht_2022, counts=only_the_end)) is None
    course = closed_course_of(replace(utrecht_2022, counts={NOW: counted((4, 1, 89), (7, 1, 167))}))
    assert [row.persons for row in course.rows] == ["167", "89"]


# -- own counts ---------------------------------------------------------------


@pytest.fixture
def record(within_utrecht: Province, city: Municipality, supervisor: User):
    def record(kind: OwnCount, persons: int, day: date, *, document: str = "", period: Period = NOW):
        return actions.record_figures(
            by=supervisor,
            province=within_utrecht,
            period=period,
            entries=[actions.Entry(municipality=city, kind=kind, persons=persons, as_of=day, overrules=True)],
            now=NOON,
            document=document,
        ).delivery

    return record


def shown(city: Municipality, period: Period = NOW) -> list[tuple[str, str]]:
    behind = figures.figures_behind(municipality=city, period=period)
    return [(plain(fact.term), fact.value) for fact in own_counts_of(behind)]


def test_own_counts_stand_by_day_with_their_document(record, city: Municipality, supervisor: User) -> None:
    record(LINKED, 276, date(2022, 6, 16))
    record(LINKED, 460, date(2022, 6, 26), document="Raadsbrief")
    record(ON_PAPER, 190, date(2022, 6, 20))
    assert shown(city) == [
        ("Gekoppeld op 26 juni 2022", "460"),
        ("Administratief gehuisvest op 20 juni 2022", "190"),
        ("Gekoppeld op 16 juni 2022", "276"),
    ]
    [first, *_] = own_counts_of(figures.figures_behind(municipality=city, period=NOW))
    assert plain(first.detail) == f"Raadsbrief; {supervisor}, 8 september 2022, 14.00 uur"


def test_of_one_day_the_last_one_counts_and_a_withdrawn_one_does_not(
    record, city: Municipality, supervisor: User
) -> None:
    record(LINKED, 450, date(2022, 6, 26))
    wrong = record(LINKED, 4600, date(2022, 6, 26))
    assert shown(city) == [("Gekoppeld op 26 juni 2022", "4.600")]
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON)
    assert shown(city) == [("Gekoppeld op 26 juni 2022", "450")]


def test_those_of_the_half_year_after_are_there_too(record, city: Municipality) -> None:
    record(LINKED, 460, date(2022, 8, 26), period=NEXT)
    assert shown(city) == [("Gekoppeld op 26 augustus 2022", "460")]
    assert shown(city, NEXT) == [("Gekoppeld op 26 augustus 2022", "460")]
    assert shown(city, NOW.previous) == []


def test_only_the_last_six_are_told(record, city: Municipality) -> None:
    for day in range(1, 9):
        record(LINKED, day, date(2022, 6, day))
    assert [value for _, value in shown(city)] == ["8", "7", "6", "5", "4", "3"]


own_counts = st.lists(
    st.tuples(
        st.sampled_from(OwnCount),
        st.integers(0, 99_999),
        st.integers(0, 181),
        st.sampled_from([NOW.previous, NOW, NOW.next]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own_counts)
def test_whatever_a_municipality_counts_itself_no_sum_changes(
    dossier: Herverdeling, within_utrecht: Province, city: Municipality, supervisor: User, some
) -> None:
    def sums():
        table = figures.assess_province(province=within_utrecht, period=NOW)
        total = figures.total_of(table, period=NOW)
        return table, total, figures.assess_municipality(municipality=city, period=NOW)

    with transaction.atomic():
        before = sums()
        for kind, persons, day, period, is_withdrawn in some:
            delivery = actions.record_figures(
                by=supervisor,
                province=within_utrecht,
                period=period,
                entries=[
                    actions.Entry(
                        municipality=city,
                        kind=kind,
                        persons=persons,
                        as_of=period.start + timedelta(days=day),
                        overrules=True,
                    )
                ],
                now=datetime(2022, 9, 9, tzinfo=UTC),
            ).delivery
            if is_withdrawn and delivery:
                actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON)
        assert sums() == before
        transaction.set_rollback(True)
