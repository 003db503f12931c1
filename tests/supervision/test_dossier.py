"""Reading the dossier: in one or two queries, and never in a sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from municipalities.models import Municipality
from supervision.actions.dossier import change_entry, withdraw_entry
from supervision.dossier import (
    agreements_of,
    circumstances_of,
    contacts_of,
    overdue_agreements,
    plans_of,
)
from supervision.figures import assess_municipality, assess_province
from supervision.models import Circumstance
from supervision.rules.period import Period
from tests.supervision.dossier_entries import (
    ACTION,
    PROMISE,
    TALK,
    make_agreement,
    make_circumstance,
    make_contact,
    make_plan,
)
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON

pytestmark = pytest.mark.usefixtures("within_utrecht")

NUMBERS = [
    (276, "Veiligheidsregio Utrecht", "versnellingsactie zomer 2022"),
    (460, "Gemeente Utrecht, ambtelijk", "Versnellingsactie zomer 2022"),
    (490, "College van B&W van Utrecht", "Versnellingsactie zomer 2022"),
]


@pytest.fixture
def told(supervisor, city) -> None:
    """The versnellingsactie with its three numbers, and the request of the minister with its one."""
    for days, (persons, said_by, subject) in enumerate(NUMBERS):
        facts = replace(ACTION, persons=persons, said_by=said_by, subject=subject)
        make_circumstance(by=supervisor, municipality=city, facts=replace(facts, said_on=date(2022, 7, 8 + days)))
    request = replace(
        ACTION,
        kind=Circumstance.Kind.EXTRA_VERZOEK,
        subject="Vooruitlopen op 2023-1",
        persons=133,
        said_on=date(2022, 9, 7),
        start=None,
        end=None,
    )
    make_circumstance(by=supervisor, municipality=city, facts=request)


def test_contacts_come_latest_first_and_within_days(supervisor, city):
    for day in (date(2022, 1, 20), date(2022, 7, 8), date(2022, 7, 6)):
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=day))
    assert [each.on.day for each in contacts_of(municipality=city)] == [8, 6, 20]
    within = contacts_of(municipality=city, first=date(2022, 7, 6), last=date(2022, 7, 6))
    assert [each.on.day for each in within] == [6]


def test_two_on_a_day_stand_by_their_time(supervisor, city):
    for hour in (9, 17, 13):
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, time=time(hour)))
    assert [each.time.hour for each in contacts_of(municipality=city)] == [17, 13, 9]


def test_agreements_come_first_due_first_with_the_contact(supervisor, city, django_assert_num_queries):
    contact = make_contact(by=supervisor, municipality=city)
    for day in (20, 15, 18):
        facts = replace(PROMISE, due=date(2022, 7, day), contact=contact)
        make_agreement(by=supervisor, municipality=city, facts=facts)
    with django_assert_num_queries(1):
        read = [(each.due.day, each.contact.subject) for each in agreements_of(municipality=city)]
    assert read == [(day, "Versnelde uitstroom") for day in (15, 18, 20)]


def test_overdue_from_the_day_after(supervisor, city, utrecht):
    agreement = make_agreement(by=supervisor, municipality=city)
    assert not overdue_agreements(province=utrecht, today=agreement.due).exists()
    assert overdue_agreements(province=utrecht, today=agreement.due + timedelta(days=1)).get() == agreement
    change_entry(by=supervisor, seen=agreement, facts=replace(PROMISE, done_on=date(2022, 7, 20)), now=NOON)
    assert not overdue_agreements(province=utrecht, today=date(2022, 9, 8)).exists()


def test_several_numbers_of_several_sources_stand_beside_each_other(told, city, django_assert_num_queries):
    with django_assert_num_queries(1):
        request, action = circumstances_of(municipality=city)
    assert [(each.persons, each.said_by) for each in action.told] == [(p, by) for p, by, _ in NUMBERS]
    assert action.subject == "versnellingsactie zomer 2022"
    assert [each.persons for each in request.told] == [133]


def test_a_circumstance_belongs_to_the_half_years_that_it_touches(told, city, supervisor):
    assert circumstances_of(municipality=city, period=Period(2022, 1)) == []
    assert [each.told[0].persons for each in circumstances_of(municipality=city, period=Period(2022, 2))] == [133, 276]
    lasting = replace(ACTION, kind=Circumstance.Kind.OPVANG, subject="Azc", persons=None, end=None)
    make_circumstance(by=supervisor, municipality=city, facts=replace(lasting, start=date(2021, 7, 1)))
    [opvang] = circumstances_of(municipality=city, period=Period(2022, 1))
    assert opvang.subject == "Azc"
    assert circumstances_of(municipality=city, period=Period(2021, 1)) == []


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        (date(2022, 6, 30), None, True),
        (date(2022, 7, 1), None, False),
        (None, date(2022, 1, 1), True),
        (None, date(2021, 12, 31), False),
        (date(2021, 1, 1), date(2023, 1, 1), True),
    ],
)
def test_the_peildatum_is_of_the_next_half_year(supervisor, city, start, end, touches):
    make_circumstance(by=supervisor, municipality=city, facts=replace(ACTION, start=start, end=end))
    assert bool(circumstances_of(municipality=city, period=Period(2022, 1))) is touches


def test_plans_come_in_one_query(supervisor, city, django_assert_num_queries):
    make_plan(by=supervisor, municipality=city)
    make_plan(by=supervisor, municipality=city, period=Period(2021, 2))
    with django_assert_num_queries(1):
        plans = plans_of(municipality=city)
        assert [str(each.steps[0].recorded_by) for each in plans] == [str(supervisor)] * 2
    assert [each.plan.period for each in plans] == [Period(2022, 1), Period(2021, 2)]


def test_a_plan_is_late_after_its_day(supervisor, city):
    make_plan(by=supervisor, municipality=city, due=date(2022, 11, 1))
    [plan] = plans_of(municipality=city)
    assert not plan.is_late(date(2022, 11, 1))
    assert plan.is_late(date(2022, 11, 2))


def test_as_it_was_known_at_a_moment(supervisor, city):
    first = make_contact(by=supervisor, municipality=city, now=NOON)
    changed = change_entry(
        by=supervisor, seen=first, facts=replace(TALK, said="Anders."), now=NOON + timedelta(hours=2)
    ).version
    withdraw_entry(by=supervisor, seen=changed, reason="Dubbel", now=NOON + timedelta(hours=4))

    def said(hours: int) -> list[str]:
        return [each.said for each in contacts_of(municipality=city, known_at=NOON + timedelta(hours=hours))]

    assert [said(hours) for hours in (-1, 1, 3, 5)] == [[], ["De gemeente legt het plan uit."], ["Anders."], []]
    assert not contacts_of(municipality=city).exists()


def test_no_circumstance_is_in_a_sum(dossier, utrecht, city, supervisor):
    """Also not one that says how many were housed, and within the half-year."""
    periods = (Period(2021, 2), FIRST_HALF_OF_2022, Period(2022, 2))
    before = [
        *(assess_province(province=utrecht, period=period) for period in periods),
        *([assess_municipality(municipality=city, period=period)] for period in periods),
    ]
    for municipality in Municipality.objects.filter(province=utrecht, valid_to=None):
        for kind in Circumstance.Kind:
            for day in (date(2021, 12, 31), date(2022, 2, 1), date(2022, 7, 7)):
                facts = replace(ACTION, kind=kind, start=day, end=None, said_on=day, persons=100)
                make_circumstance(by=supervisor, municipality=municipality, facts=facts)
    make_contact(by=supervisor, municipality=city)
    make_agreement(by=supervisor, municipality=city)
    make_plan(by=supervisor, municipality=city)
    after = [
        *(assess_province(province=utrecht, period=period) for period in periods),
        *([assess_municipality(municipality=city, period=period)] for period in periods),
    ]
    assert before == after
