"""The reads: which figure is in force, what opens a half-year, and how many queries it takes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from municipalities.models import Municipality
from supervision import actions, figures
from supervision.figures import HERVERDELING, Agreed
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.ledger import NOON, deliver, swap

P = Period(2022, 1)


def opgave_of(municipality, period=P):
    return figures.assess_municipality(municipality=municipality, period=period).opgave


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


def test_the_dossier_of_utrecht(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=P.previous, achterstand=153, taakstelling=226, realisatie=208)
    deliver(by=supervisor, municipality=city, period=P, achterstand=171, taakstelling=203, realisatie=168)
    deliver(by=supervisor, municipality=city, period=P.next, taakstelling=275)
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1)

    assessment = figures.assess_municipality(municipality=city, period=P)

    assert assessment.opgave.totaalopgave == 375
    assert assessment.opgave.achterstand_end == 207
    assert (assessment.trede_before, assessment.advice.trede, assessment.change) == (2, 3, 1)
    assert assessment.herverdelingen == (Agreed(other="Utrechtse Heuvelrug", persons=1),)
    assert assessment.next_opgave.totaalopgave == 482
    assert assessment.other_reading == 3


def test_the_last_recorded_figure_is_in_force(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)
    deliver(by=supervisor, municipality=city, taakstelling=230, overrules=True)
    assert opgave_of(city).taakstelling == 230


def test_a_withdrawn_delivery_no_longer_counts_and_the_one_before_does(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)
    wrong = deliver(by=supervisor, municipality=city, taakstelling=230, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON)
    assert opgave_of(city).taakstelling == 203


def test_the_last_announced_taakstelling_is_in_force_whatever_was_recorded_last(province, city, supervisor):
    """As in 2019-1: announced 8.000, lowered to 6.000 on 26 March; the old paper is typed in later."""
    lowered, announced = date(2022, 3, 26), date(2022, 1, 1)
    deliver(by=supervisor, municipality=city, taakstelling=150, as_of=lowered)
    deliver(by=supervisor, municipality=city, taakstelling=203, as_of=announced, overrules=True)
    assert opgave_of(city).taakstelling == 150


def test_only_the_count_of_the_peildatum_closes_a_half_year(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203)
    deliver(by=supervisor, municipality=city, realisatie=89, as_of=date(2022, 4, 1))
    running = opgave_of(city)
    assert (running.realisation, running.is_closed, running.achterstand_end) == (89, False, None)
    deliver(by=supervisor, municipality=city, realisatie=168, as_of=date(2022, 7, 1), overrules=True)
    assert opgave_of(city).achterstand_end == 206


def test_a_count_of_an_earlier_day_that_comes_in_late_does_not_replace_a_later_one(province, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=168, as_of=date(2022, 7, 1))
    deliver(by=supervisor, municipality=city, realisatie=89, as_of=date(2022, 4, 1), overrules=True)
    assert opgave_of(city).realisation == 168


def test_the_opening_is_computed_where_coa_reports_none_and_coas_where_it_does(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    deliver(by=supervisor, municipality=city, period=P.next, taakstelling=275)
    assert opgave_of(city, P.next).achterstand_start == 206
    deliver(by=supervisor, municipality=city, period=P.next, achterstand=207)
    opening = opgave_of(city, P.next)
    assert (opening.achterstand_start, opening.start_computed, opening.start_difference) == (207, 206, 1)


def test_a_half_year_without_any_figure_still_opens_with_the_end_before(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    empty = opgave_of(city, P.next)
    assert empty.achterstand_start == 206
    assert empty.taakstelling is None


def test_the_half_year_before_the_first_delivery_has_nothing(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171)
    assert opgave_of(city, P.previous).missing == (Kind.TAAKSTELLING, Kind.ACHTERSTAND, Kind.REALISATION)


def test_no_advice_before_the_first_policy(province, city, supervisor):
    before = Period(2020, 2)
    deliver(by=supervisor, municipality=city, period=before, achterstand=1, taakstelling=1, realisatie=0)
    assessment = figures.assess_municipality(municipality=city, period=before)
    assert assessment.advice is None
    assert assessment.policy is None
    assert assessment.sensitivity() is None


def test_a_merged_municipality_misses_nothing_from_before_it_was_there(province, supervisor):
    vijfheerenlanden = Municipality.objects.get(code="GM1961")
    assert figures.assess_municipality(municipality=vijfheerenlanden, period=P).advice is None
    first = Period(2021, 1)
    deliver(by=supervisor, municipality=vijfheerenlanden, period=first, achterstand=9, taakstelling=9, realisatie=9)
    advice = figures.assess_municipality(municipality=vijfheerenlanden, period=first).advice
    assert advice.trede == 3
    assert advice.missing == (Period(2020, 2),)


def test_a_province_has_the_municipalities_of_the_half_year(province):
    names = [a.municipality.name for a in figures.assess_province(province=province, period=P)]
    assert len(names) == 26
    assert "Vijfheerenlanden" in names
    before = [a.municipality.name for a in figures.assess_province(province=province, period=Period(2018, 2))]
    assert "Vianen" in before
    assert "Vijfheerenlanden" not in before


def test_herverdelingen_show_on_both_sides_and_come_to_zero(province, supervisor):
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1)
    swap(by=supervisor, period=P, giver="GM0307", taker="GM0344", count=2)
    by_code = {a.municipality.code: a for a in figures.assess_province(province=province, period=P)}
    assert [agreed.persons for agreed in by_code["GM0344"].herverdelingen] == [1, 2]
    assert by_code["GM1581"].herverdelingen == (Agreed(other="Utrecht", persons=-1),)
    assert sum(a.opgave.herverdeling for a in by_code.values()) == 0


def test_a_total_says_whom_it_leaves_out(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    amersfoort = Municipality.objects.get(code="GM0307")
    deliver(by=supervisor, municipality=amersfoort, achterstand=50, taakstelling=90, realisatie=60)
    total = figures.total_of(figures.assess_province(province=province, period=P), period=P)
    assert total.opgave.totaalopgave == 171 + 203 + 50 + 90
    assert total.opgave.achterstand_end == 206 + 80
    assert len(total.left_out) == 24
    assert not total.is_complete


def test_a_total_of_nothing_is_no_result(province):
    total = figures.total_of(figures.assess_province(province=province, period=P), period=P)
    assert total.opgave.totaalopgave == 0
    assert total.opgave.percentage_totaalopgave is None
    assert len(total.left_out) == 26


def test_the_site_opens_with_the_last_closed_half_year(province, city, supervisor):
    today = date(2022, 9, 8)
    assert figures.current_period([], today=today) == Period(2022, 2)
    deliver(by=supervisor, municipality=city, period=P.next, taakstelling=275)
    known = figures.known_periods(province=province)
    assert figures.current_period(known, today=today) == P.next
    deliver(by=supervisor, municipality=city, period=P, realisatie=168, as_of=P.peildatum)
    deliver(by=supervisor, municipality=city, period=P.next, realisatie=15, as_of=date(2022, 7, 7))
    known = figures.known_periods(province=province)
    assert [(each.period, each.is_closed) for each in known] == [(P.next, False), (P, True)]
    assert figures.current_period(known, today=today) == P


def test_every_figure_behind_a_number_is_there_the_withdrawn_too(province, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=166, as_of=P.peildatum)
    wrong = deliver(by=supervisor, municipality=city, realisatie=999, as_of=P.peildatum, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON)
    deliver(by=supervisor, municipality=city, realisatie=168, as_of=P.peildatum, overrules=True)
    behind = figures.figures_behind(municipality=city, period=P)[Kind.REALISATION]
    assert [(each.persons, each.delivery.is_withdrawn) for each in behind] == [(168, False), (999, True), (166, False)]


def test_figures_of_no_province_in_particular_are_not_to_be_had(utrecht):
    with pytest.raises(ScopeError):
        Figure.objects.all()


def test_another_province_sees_nothing_of_it(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)
    gelderland = Municipality.objects.get(name="Arnhem").province
    with scope(province=gelderland):
        assert not Figure.objects.exists()
        assert figures.known_periods(province=province) == []


def test_which_figures_in_force_are_voorbeeldcijfers_is_known(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=P, taakstelling=200, realisatie=160)
    deliver(by=supervisor, municipality=city, period=P.next, taakstelling=275)
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1)
    Delivery.objects.update(is_sample=True)
    deliver(by=supervisor, municipality=city, period=P, taakstelling=203, overrules=True)
    swap(by=supervisor, period=P.next, giver="GM1581", taker="GM0344", count=2)
    assessment = figures.assess_municipality(municipality=city, period=P)
    assert assessment.samples == {(P, Kind.REALISATION), (P, HERVERDELING), (P.next, Kind.TAAKSTELLING)}
    assert assessment.next_herverdelingen == (Agreed(other="Utrechtse Heuvelrug", persons=2),)


def queries_of(read):
    with CaptureQueriesContext(connection) as queries:
        read()
    return len(queries)


def test_the_number_of_queries_depends_on_neither_municipalities_nor_half_years(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)

    def read():
        figures.assess_province(province=province, period=P)

    few = queries_of(read)
    for municipality in Municipality.objects.filter(province=province).existing(on=P.start):
        for period in (P.back(3), P.back(2), P.previous):
            deliver(
                by=supervisor, municipality=municipality, period=period, achterstand=1, taakstelling=5, realisatie=4
            )
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1)
    assert queries_of(read) == few == 5


@pytest.mark.parametrize("reported_in", [[], [14], [14, 9], [14, 3], [3], [0]])
def test_a_table_that_reads_back_less_far_says_the_same(province, city, supervisor, reported_in):
    """The chain of computed openings reaches back to the last reported one, however long ago."""
    for back in range(14, -1, -1):
        period = P.back(back)
        deliver(by=supervisor, municipality=city, period=period, taakstelling=10, realisatie=9 - back % 2)
        if back in reported_in:
            deliver(by=supervisor, municipality=city, period=period, achterstand=back + 4)
    whole = figures.assess_municipality(municipality=city, period=P)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    assert in_table.advice == whole.advice
    assert in_table.trede_before == whole.trede_before
    for back in range(figures.LOOK_BACK):
        assert in_table.half_years[P.back(back)].achterstand_end == whole.half_years[P.back(back)].achterstand_end
