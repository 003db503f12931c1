"""The agenda of the province, and what is late on the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from municipalities.models import Municipality, Province
from supervision.actions.dossier import change_entry
from supervision.actions.verbeterplan import take_step
from supervision.models import Contact, Herverdeling
from supervision.rules.period import Period
from supervision.rules.verbeterplan import State
from supervision.screens.added import work_left
from supervision.screens.agenda import Late, agenda_of
from tests.supervision.dossier_entries import PROMISE, TALK, make_agreement, make_contact, make_plan
from tests.supervision.ledger import NOON
from tests.supervision.views.page import links, words

P = Period(2022, 2)
TODAY = date(2022, 9, 8)
PAGE = "/2022-2/agenda/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def houten() -> Municipality:
    return Municipality.objects.get(code="GM0321")


def late_in(province: Province) -> Late:
    return work_left(province=province, period=P, today=TODAY)[0]


def shown(province: Province, today: date = TODAY) -> dict[str, list[str]]:
    agenda = agenda_of(province=province, period=P, today=today)
    return {
        month.name: [f"{line.day}: {line.label}".replace("\u00a0", " ") for line in month.lines]
        for month in agenda.months
    }


def test_all_that_has_a_day_stands_in_one_list(utrecht, supervisor, city, houten) -> None:
    make_contact(by=supervisor, municipality=houten, facts=replace(TALK, on=date(2022, 9, 20), said="", time=time(17)))
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, due=date(2022, 9, 30)))
    make_plan(by=supervisor, municipality=city, due=date(2022, 11, 1))
    assert shown(utrecht) == {
        "juli 2022": ["1 jul 2022: Peildatum van 2022-1"],
        "september 2022": ["20 sep 2022: Ambtelijk overleg Houten", "30 sep 2022: De gemeente stuurt de raadsbrief"],
        "november 2022": ["1 nov 2022: Verbeterplan over 2022-1 van Utrecht"],
        "januari 2023": ["1 jan 2023: Peildatum van 2022-2"],
    }


def test_a_letter_or_e_mail_is_on_it_only_when_it_is_planned(utrecht, supervisor, city) -> None:
    for kind in (Contact.Kind.BRIEF, Contact.Kind.E_MAIL):
        for day in (date(2022, 9, 1), date(2022, 9, 20)):
            make_contact(by=supervisor, municipality=city, facts=replace(TALK, kind=kind, on=day))
    assert [line[:11] for line in shown(utrecht)["september 2022"]] == ["20 sep 2022"] * 2


def test_what_is_late_comes_first_of_whatever_half_year(utrecht, supervisor, city, houten) -> None:
    make_agreement(by=supervisor, municipality=houten, facts=replace(PROMISE, due=date(2022, 9, 7)))
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, due=date(2021, 3, 1)))
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, due=TODAY))
    make_plan(by=supervisor, municipality=city, due=date(2022, 8, 1))
    agenda = agenda_of(province=utrecht, period=P, today=TODAY)
    assert [line.day.replace("\u00a0", " ") for line in agenda.late] == ["1 mrt 2021", "1 aug 2022", "7 sep 2022"]
    assert agenda.finding.replace("\u00a0", " ") == "Te laat: 2 afspraken en 1 verbeterplan"


def test_what_is_done_is_late_no_more(utrecht, supervisor, city) -> None:
    agreement = make_agreement(by=supervisor, municipality=city)
    plan = make_plan(by=supervisor, municipality=city, due=date(2022, 8, 1))
    assert late_in(utrecht).plans == ("Utrecht",)
    change_entry(by=supervisor, seen=agreement, facts=replace(PROMISE, done_on=date(2022, 9, 1)), now=NOON)
    take_step(by=supervisor, plan=plan, seen=State.REQUESTED, state=State.RECEIVED, on=date(2022, 8, 2), now=NOON)
    agenda = agenda_of(province=utrecht, period=P, today=TODAY)
    assert (agenda.late, agenda.finding) == ((), "Niets is te laat")
    late = late_in(utrecht)
    assert (late.agreements, late.plans) == ((), ())


def test_the_agenda_takes_three_queries_and_the_overview_one(
    utrecht, supervisor, city, houten, django_assert_num_queries
) -> None:
    for municipality in (city, houten):
        make_agreement(by=supervisor, municipality=municipality)
        make_contact(by=supervisor, municipality=municipality)
        make_plan(by=supervisor, municipality=municipality, due=date(2022, 8, 1))
    with django_assert_num_queries(3):
        agenda_of(province=utrecht, period=P, today=TODAY)
    with django_assert_num_queries(1):
        assert late_in(utrecht).agreements == ("Houten", "Utrecht")


def test_a_municipality_that_went_leads_to_its_own_time(utrecht, supervisor, staff: Client) -> None:
    vianen = Municipality.objects.get(code="GM0620")
    make_agreement(by=supervisor, municipality=vianen, facts=replace(PROMISE, due=date(2018, 12, 1)))
    [url] = [link for link in links(staff.get(PAGE)) if "GM0620" in link]
    assert url.startswith("/2018-2/gemeenten/GM0620/dossier/afspraken/")
    assert staff.get(url).status_code == 200


def test_late_agreements_surface_on_the_overview(
    dossier: Herverdeling, staff: Client, reader: Client, supervisor, city, houten
) -> None:
    due = localdate() - timedelta(days=1)
    for municipality in (city, city, houten):
        make_agreement(by=supervisor, municipality=municipality, facts=replace(PROMISE, due=due))
    make_plan(by=supervisor, municipality=city, due=due)
    for client in (staff, reader):
        page = client.get("/2022-1/")
        assert "3 afspraken te laat Van Houten en Utrecht." in words(page)
        assert "1 verbeterplan te laat Van Utrecht." in words(page)
        assert "/2022-1/agenda/#te-laat" in links(page)
    assert "te laat" not in words(staff.get("/2022-1/?stand=2022-09-08"))


def test_the_overview_leads_to_the_agenda(dossier: Herverdeling, staff: Client) -> None:
    assert "/2022-1/agenda/" in links(staff.get("/2022-1/"))
    page = staff.get("/2022-1/agenda/")
    assert "Agenda 2022-1" in words(page)
    assert "/2022-2/agenda/" in links(page)


def test_another_province_has_an_agenda_of_its_own(stranger: Client, nobody: Client, supervisor, city) -> None:
    make_agreement(by=supervisor, municipality=city)
    page = stranger.get(PAGE)
    assert page.status_code == 200
    assert "raadsbrief" not in words(page)
    assert nobody.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"
