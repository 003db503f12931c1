"""Carrying over at a herindeling: what is proposed, what is recorded and refused, and what the half-year then opens with."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities.models import Municipality, Province, Succession, User
from supervision import actions
from supervision.actions import Departs, ReasonNeeded, Refused, Share
from supervision.carry_over import carry_overs_of, parts_behind, predecessors_of
from supervision.differences import NO_EXPLANATIONS, difference_of
from supervision.expectations import expected_of
from supervision.figures import assess_municipality, assess_province
from supervision.models import CarriedOver, Delivery, Figure
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period
from supervision.screens.downloads import history_csv, overview_workbook
from supervision.successions import merged_in, opened_by
from tests.municipalities.factories import make_municipality
from tests.supervision.herindelingen import (
    FIRST,
    LEERDAM,
    LETTER,
    ON,
    VIANEN,
    VIJFHEERENLANDEN,
    ZEDERIK,
    carry,
    close,
    make_split,
    municipality,
    waiting,
)
from tests.supervision.ledger import NOON, deliver

SPLIT_IN = Period(2021, 1)
ALL = {VIANEN: 12, LEERDAM: 5, ZEDERIK: 3}


@pytest.fixture
def province(within_utrecht: Province) -> Province:
    return within_utrecht


@pytest.fixture
def vianen(province: Province, supervisor: User) -> None:
    """Vianen ended with an achterstand of 12; of the parts from Zuid-Holland nothing is known here."""
    close(VIANEN, by=supervisor, end=12)


def opening_of(code: str = VIJFHEERENLANDEN, period: Period = FIRST):
    return assess_municipality(municipality=municipality(code), period=period).opgave


# -- when ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "period"),
    [
        (date(2019, 1, 1), Period(2019, 1)),
        (date(2015, 7, 1), Period(2015, 2)),
        (date(2022, 3, 24), Period(2022, 2)),
        (date(2022, 7, 2), Period(2023, 1)),
    ],
)
def test_the_first_half_year_that_begins_without_the_parts(on, period):
    assert opened_by(on) == period


def test_weesp_closes_the_half_year_in_which_it_went_to_amsterdam(db):
    amsterdam = municipality("GM0363")
    assert merged_in(amsterdam.province)[amsterdam.pk] == {Period(2022, 2)}


def test_a_grenscorrectie_moves_nothing(db):
    hellevoetsluis = municipality("GM0530")
    assert Succession.objects.filter(to_municipality=hellevoetsluis).exists()
    assert hellevoetsluis.pk not in merged_in(hellevoetsluis.province)


# -- what is proposed ---------------------------------------------------------


def test_of_a_whole_merger_the_end_is_proposed_and_an_unknown_one_is_not_guessed(vianen):
    found = waiting()
    proposed = {part.municipality.name: part.proposed for part in found.parts}
    assert proposed == {"Leerdam": None, "Vianen": 12, "Zederik": None}
    assert (found.on, found.is_due, found.is_outdated) == (ON, True, False)


def test_a_municipality_that_goes_on_proposes_its_own_end_too(province, supervisor):
    make_split(province)
    close("GM0344", by=supervisor, period=SPLIT_IN.previous, end=40)
    [own, haaren] = waiting("GM0344", period=SPLIT_IN).parts
    assert (own.is_own, own.proposed, own.is_split) == (True, 40, False)
    assert (haaren.is_own, haaren.municipality.name) == (False, "Haaren")


def test_of_a_split_only_what_remains_is_known(province, supervisor):
    haaren, first, second = make_split(province)
    close(haaren, by=supervisor, period=SPLIT_IN.previous, end=10)
    [_, part] = waiting(first, period=SPLIT_IN).parts
    assert (part.proposed, part.remaining, [each.code for each in part.waiting]) == (None, 10, [second])
    carry(first, by=supervisor, period=SPLIT_IN, **{first: 0, haaren: 4})
    [_, part] = waiting(second, period=SPLIT_IN).parts
    assert (part.proposed, part.remaining, part.elsewhere, part.waiting) == (None, 6, 4, ())


def test_a_part_that_another_province_has_figures_of_stays_unknown_here(province, supervisor):
    """What Zuid-Holland keeps is not Utrecht's to see."""
    leerdam = municipality(LEERDAM)
    with scope(province=leerdam.province):
        close(LEERDAM, by=supervisor, end=5)
    assert {part.municipality.code: part.end for part in waiting().parts}[LEERDAM] is None


def test_where_nothing_merged_there_is_nothing_to_carry_over(province, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert carry_overs_of(province=province, period=Period(2022, 1)) == []


def test_as_many_queries_for_many_parts_as_for_few(province, supervisor):
    def queries(period: Period) -> int:
        afresh = Province.objects.get(pk=province.pk)
        with CaptureQueriesContext(connection) as counted:
            assert carry_overs_of(province=afresh, period=period)
        return len(counted)

    make_split(province)
    few = queries(SPLIT_IN)
    for number in range(10):
        part = make_municipality(code=f"GM80{number:02}", name=f"Deel {number}", valid_to=date(2021, 1, 1))
        for heir in ("GM0344", "GM0321", "GM0355"):
            Succession.objects.create(
                on=date(2021, 1, 1), from_municipality=part, to_municipality=municipality(heir), kind="splitsing"
            )
        close(part.code, by=supervisor, period=SPLIT_IN.previous, end=number)
    assert queries(SPLIT_IN) == few


# -- what is recorded ---------------------------------------------------------


def test_one_delivery_opens_the_half_year_with_the_sum_of_the_parts(vianen, supervisor):
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    assert (delivery.way, delivery.recorded_by, delivery.recorded_at) == (Delivery.Way.CARRIED_OVER, supervisor, NOON)
    assert delivery.document == "Herindeling van 1\u00a0januari 2019"
    figure = delivery.figures.get()
    assert (figure.kind, figure.period, figure.as_of, figure.persons) == (Opening.CARRIED_OVER, FIRST, ON, 20)
    assert [(part.from_municipality.name, part.persons, part.end, part.document) for part in parts_behind(figure)] == [
        ("Leerdam", 5, None, LETTER),
        ("Vianen", 12, 12, ""),
        ("Zederik", 3, None, LETTER),
    ]
    assert opening_of().achterstand_start == 20
    found = waiting()
    assert (found.is_due, found.figure) == (False, figure)


def test_the_province_and_the_chain_after_it_go_on_from_there(vianen, province, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=FIRST, taakstelling=10, realisatie=4)
    later = Period(2022, 1)
    [found] = [
        each
        for each in assess_province(province=province, period=FIRST.next)
        if each.municipality.code == VIJFHEERENLANDEN
    ]
    assert found.opgave.achterstand_start == 26
    # So far back that only the carried-over opening can be where the chain begins.
    for period in (FIRST.back(-n) for n in range(1, 6)):
        deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=period, taakstelling=1, realisatie=1)
    [found] = [
        each
        for each in assess_province(province=province, period=later, look_back=0)
        if each.municipality.code == VIJFHEERENLANDEN
    ]
    assert found.opgave.achterstand_start == 26


def test_the_same_again_changes_nothing(vianen, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    assert carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery is None
    assert Figure.objects.filter(kind=Opening.CARRIED_OVER).count() == 1


def test_a_later_one_replaces_it_and_withdrawing_brings_the_first_back(vianen, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    second = carry(VIJFHEERENLANDEN, by=supervisor, **ALL | {ZEDERIK: 4}).delivery
    assert opening_of().achterstand_start == 21
    actions.withdraw_delivery(by=supervisor, delivery=second, now=NOON)
    assert opening_of().achterstand_start == 20
    assert waiting().parts[0].carried is not None


def test_once_withdrawn_it_is_to_be_done_again(vianen, supervisor):
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON)
    assert waiting().is_due
    assert opening_of().achterstand_start is None


def test_withdrawing_the_opening_of_a_closed_half_year_takes_a_reason(vianen, supervisor):
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=FIRST, taakstelling=9, realisatie=9)
    with pytest.raises(ReasonNeeded):
        actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON)


def test_a_voorsprong_goes_over_as_well(province, supervisor):
    close(VIANEN, by=supervisor, end=-7)
    carry(VIJFHEERENLANDEN, by=supervisor, **{VIANEN: -7, LEERDAM: 2, ZEDERIK: 0})
    assert opening_of().achterstand_start == -5


def test_it_was_not_known_before_it_was_recorded(vianen, province, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    earlier = NOON - timedelta(hours=1)
    new = municipality(VIJFHEERENLANDEN)
    then = assess_municipality(municipality=new, period=FIRST, known_at=earlier).opgave
    assert (then.achterstand_start, then.awaits_parts) == (None, True)
    [found] = carry_overs_of(province=province, period=FIRST, known_at=earlier)
    assert found.is_due
    assert [each.persons for each in predecessors_of(new, known_at=earlier)] == [None, None, None]


def test_what_rests_on_a_voorbeeldcijfer_is_one_itself(province, supervisor):
    actions.record_figures(
        by=supervisor,
        province=province,
        period=FIRST.previous,
        entries=[
            actions.Entry(municipality=municipality(VIANEN), kind=Kind.ACHTERSTAND, persons=12),
            actions.Entry(municipality=municipality(VIANEN), kind=Kind.TAAKSTELLING, persons=0),
            actions.Entry(municipality=municipality(VIANEN), kind=Kind.REALISATION, persons=0),
        ],
        now=NOON,
        is_sample=True,
    )
    assert carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery.is_sample
    assessment = assess_municipality(municipality=municipality(VIJFHEERENLANDEN), period=FIRST)
    assert (FIRST, Opening.CARRIED_OVER) in assessment.samples


def test_a_voorbeeldcijfer_from_before_a_reported_opening_does_not_count(vianen, province, supervisor):
    earlier = [actions.Entry(municipality=municipality(VIANEN), kind=Kind.TAAKSTELLING, persons=3)]
    actions.record_figures(
        by=supervisor, province=province, period=FIRST.back(2), entries=earlier, now=NOON, is_sample=True
    )
    assert not carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery.is_sample


# -- what leaves the screens --------------------------------------------------


def test_the_command_and_the_downloads_open_with_it(vianen, province, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=FIRST, taakstelling=10, realisatie=4)
    out = StringIO()
    call_command("assess", "2019-1", "--province", "PV26", "--format", "json", stdout=out)
    [row] = [row for row in json.loads(out.getvalue()) if row["code"] == VIJFHEERENLANDEN]
    assert (row["achterstand_start"], row["totaalopgave"], row["achterstand_end"]) == (20, 30, 26)
    assessment = assess_municipality(municipality=municipality(VIJFHEERENLANDEN), period=FIRST)
    # Begin, begin volgens COA, totaalopgave: COA reported none.
    assert ";10;0;20;;30;4;" in history_csv(assessment)
    sheet = load_workbook(
        BytesIO(
            overview_workbook(
                assess_province(province=province, period=FIRST),
                province=province,
                period=FIRST,
                has_sample_figures=False,
            )
        )
    ).worksheets[0]
    [opening] = [row[3] for row in sheet.iter_rows(values_only=True) if row[1] == VIJFHEERENLANDEN]
    assert opening == 20


# -- COA leads ----------------------------------------------------------------


@pytest.mark.parametrize("coa_first", [True, False])
def test_coas_opening_leads_whichever_came_last_and_the_difference_is_shown(vianen, supervisor, coa_first):
    new = municipality(VIJFHEERENLANDEN)
    if coa_first:
        deliver(by=supervisor, municipality=new, period=FIRST, achterstand=22)
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    if not coa_first:
        deliver(by=supervisor, municipality=new, period=FIRST, achterstand=22)
    assessment = assess_municipality(municipality=new, period=FIRST)
    assert assessment.opgave.achterstand_start == 22
    difference = difference_of(assessment, NO_EXPLANATIONS)
    assert difference is not None
    assert (difference.computed, difference.reported, difference.persons, difference.is_carried) == (20, 22, 2, True)


def test_with_coas_opening_nothing_waits(vianen, supervisor):
    deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=FIRST, achterstand=22)
    assert not waiting().is_due


def test_an_import_is_warned_of_an_opening_that_is_not_the_carried_one(vianen, province, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    expected = expected_of(provinces=[province], period=FIRST, on=date(2019, 7, 1))
    assert expected[VIJFHEERENLANDEN].achterstand_start == 20


# -- what is refused ----------------------------------------------------------


def shares(**changed: object) -> list[Share]:
    sent = {VIANEN: {"persons": 12, "seen": 12}, LEERDAM: {"persons": 5, "seen": None, "document": LETTER}}
    sent[ZEDERIK] = {"persons": 3, "seen": None, "document": LETTER}
    sent[VIANEN] |= changed
    return [Share(part=municipality(code), **each) for code, each in sent.items()]


def attempt(
    by: User, sent: list[Share], *, code: str = VIJFHEERENLANDEN, based_on: int | None = None, reason: str = ""
):
    return actions.carry_over(
        by=by, municipality=municipality(code), period=FIRST, shares=sent, based_on=based_on, now=NOON, reason=reason
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"seen": 11}, "Het eind van Vianen is intussen 12. Kijk het nog eens na."),
        ({"seen": None, "document": LETTER}, "Het eind van Vianen is intussen 12."),
        ({"persons": 100_000}, "100.000 is te veel: een cijfer is hoogstens 99.999"),
        ({"persons": 99_999}, "Samen is dit 100.007"),
        (
            {"persons": 11},
            "Vianen sloot af met een achterstand van 12, en samen gaat er 11 over. Geef daarvoor een reden.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(vianen, supervisor, changed, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        attempt(supervisor, shares(**changed))
    assert not CarriedOver.objects.exists()
    assert not Delivery.objects.filter(way=Delivery.Way.CARRIED_OVER).exists()


def test_an_unknown_end_needs_a_document(vianen, supervisor):
    sent = [share for share in shares() if share.part.code != ZEDERIK]
    with pytest.raises(Refused, match=re.escape("Het eind van Zederik is niet bekend. Vul in waar het getal staat.")):
        attempt(supervisor, [*sent, Share(part=municipality(ZEDERIK), persons=3, seen=None)])


def test_an_end_that_is_not_known_any_more_is_refused(province, supervisor):
    with pytest.raises(Refused, match=re.escape("Het eind van Vianen is niet meer bekend.")):
        attempt(supervisor, shares())


@pytest.mark.parametrize("wrong", ["one lacks", "one too many", "one twice"])
def test_the_parts_must_be_those_of_the_herindeling(vianen, supervisor, city, wrong):
    sent = shares()
    sent = {
        "one lacks": sent[1:],
        "one too many": [*sent, Share(part=city, persons=0, seen=None)],
        "one twice": [*sent, sent[0]],
    }[wrong]
    with pytest.raises(Refused, match=re.escape("De gemeenten die opgingen in Vijfheerenlanden zijn andere.")):
        attempt(supervisor, sent)


def test_where_nothing_merged_nothing_is_carried_over(province, supervisor, city):
    with pytest.raises(Refused, match="ging er geen gemeente op in Utrecht"):
        attempt(supervisor, [], code="GM0344")


def test_who_saw_no_opening_does_not_replace_a_colleagues(vianen, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    sent = shares(persons=13)
    with pytest.raises(
        Refused, match=re.escape("nam voor Vijfheerenlanden intussen 20\xa0personen over. Kijk het nog eens na.")
    ):
        attempt(supervisor, sent, reason="Brief")


def test_who_saw_one_that_was_withdrawn_is_told(vianen, supervisor):
    delivery = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery
    seen = delivery.figures.get().pk
    actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON)
    with pytest.raises(Refused, match="is intussen ingetrokken"):
        attempt(supervisor, shares(), based_on=seen)


def test_less_goes_over_with_a_reason(vianen, supervisor):
    recorded = attempt(supervisor, shares(persons=11), reason="Eén persoon verhuisde")
    assert recorded.delivery.reason == "Eén persoon verhuisde"
    assert opening_of().achterstand_start == 19


def test_a_closed_half_year_takes_a_reason(vianen, supervisor):
    deliver(by=supervisor, municipality=municipality(VIJFHEERENLANDEN), period=FIRST, taakstelling=9, realisatie=9)
    with pytest.raises(ReasonNeeded, match="2019-1 is gesloten voor Vijfheerenlanden"):
        attempt(supervisor, shares())
    assert attempt(supervisor, shares(), reason="Nagekomen").delivery is not None


def test_of_a_split_no_more_goes_over_than_there_was(province, supervisor):
    haaren, first, second = make_split(province)
    close(haaren, by=supervisor, period=SPLIT_IN.previous, end=10)
    with pytest.raises(
        Departs, match=re.escape("Haaren sloot af met een achterstand van 10, en samen gaat er 11 over.")
    ):
        carry(first, by=supervisor, period=SPLIT_IN, **{first: 0, haaren: 11})
    carry(first, by=supervisor, period=SPLIT_IN, **{first: 0, haaren: 4})
    with pytest.raises(Departs, match="en samen gaat er 9 over"):
        carry(second, by=supervisor, period=SPLIT_IN, **{second: 0, haaren: 5})
    carry(second, by=supervisor, period=SPLIT_IN, **{second: 0, haaren: 6})
    assert sum(CarriedOver.objects.filter(from_municipality__code=haaren).values_list("persons", flat=True)) == 10


# -- afterwards ---------------------------------------------------------------


def test_an_end_that_changes_afterwards_is_noticed(vianen, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    assert not waiting().is_outdated
    deliver(by=supervisor, municipality=municipality(VIANEN), period=FIRST.previous, realisatie=19, overrules=True)
    found = waiting()
    assert found.is_outdated
    assert {part.municipality.name: (part.carried.end, part.end) for part in found.parts}["Vianen"] == (12, 13)
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL | {VIANEN: 13})
    assert not waiting().is_outdated


def test_the_parts_of_a_municipality_with_what_they_brought(vianen, supervisor):
    carry(VIJFHEERENLANDEN, by=supervisor, **ALL)
    found = predecessors_of(municipality(VIJFHEERENLANDEN))
    assert [(each.municipality.name, each.persons) for each in found] == [
        ("Leerdam", 5),
        ("Vianen", 12),
        ("Zederik", 3),
    ]
    assert {(each.on, each.last) for each in found} == {(ON, FIRST.previous)}
    assert predecessors_of(municipality(VIANEN)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    end=st.integers(-300, 300),
    own=st.tuples(st.integers(-300, 300), st.integers(-300, 300)),
    part=st.integers(0, 100),
)
def test_the_parts_add_up_to_the_openings_and_the_openings_to_the_ends(utrecht, supervisor, end, own, part):
    """A municipality split over two that go on: nothing of what the three owed is lost, nothing is made up."""
    with transaction.atomic(), scope(province=utrecht):
        haaren, first, second = make_split(utrecht)
        for code, persons in {haaren: end, first: own[0], second: own[1]}.items():
            close(code, by=supervisor, period=SPLIT_IN.previous, end=persons)
        share = end * part // 100 if end >= 0 else -(-end * part // 100)
        carry(first, by=supervisor, period=SPLIT_IN, **{first: own[0], haaren: share})
        carry(second, by=supervisor, period=SPLIT_IN, **{second: own[1], haaren: end - share})
        for figure in Figure.objects.filter(kind=Opening.CARRIED_OVER):
            assert figure.persons == sum(each.persons for each in parts_behind(figure))
        openings = [opening_of(code, SPLIT_IN).achterstand_start for code in (first, second)]
        assert sum(openings) == end + sum(own)
        transaction.set_rollback(True)


# -- the database -------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"end": None}, "carried_over_end_or_document"),
        ({"persons": 100_000}, "carried_over_persons_in_range"),
        ({"from_municipality": VIANEN}, "carried_over_once"),
    ],
)
def test_impossible_parts(vianen, supervisor, changed, constraint):
    figure = carry(VIJFHEERENLANDEN, by=supervisor, **ALL).delivery.figures.get()
    values = {"from_municipality": "GM0344", "persons": 1, "end": 1} | changed
    values["from_municipality"] = municipality(values["from_municipality"])
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        CarriedOver.objects.create(figure=figure, **values)
    assert connection.vendor == "sqlite" or constraint in str(refusal.value)


def test_a_carried_over_opening_may_be_below_zero(province, supervisor):
    delivery = Delivery.objects.create(
        province=province, way=Delivery.Way.CARRIED_OVER, recorded_at=NOON, recorded_by=supervisor
    )
    Figure.objects.create(
        delivery=delivery,
        municipality=Municipality.objects.get(code=VIJFHEERENLANDEN),
        period=FIRST,
        kind=Opening.CARRIED_OVER,
        as_of=ON,
        persons=-1,
    )
