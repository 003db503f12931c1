"""The reads: which figure is in force, what opens a half-year, and how many queries it takes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from municipalities.models import Municipality, Province
from supervision import actions, figures
from supervision.figures import HERVERDELING, Agreed
from supervision.models import Delivery, Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
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


def test_a_total_of_what_is_asked_has_whom_nothing_was_counted_of_and_no_realisatie(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    amersfoort = Municipality.objects.get(code="GM0307")
    deliver(by=supervisor, municipality=amersfoort, achterstand=50, taakstelling=90)
    assessments = figures.assess_province(province=province, period=P)
    total = figures.total_of(assessments, period=P, outcome=lambda opgave: opgave.totaalopgave)
    assert (total.opgave.totaalopgave, total.opgave.realisation) == (171 + 203 + 50 + 90, None)
    assert len(total.left_out) == 24


def test_a_total_of_nothing_is_no_result(province):
    total = figures.total_of(figures.assess_province(province=province, period=P), period=P)
    assert total.opgave.totaalopgave == 0
    assert (total.opgave.realisation, total.opgave.achterstand_end) == (None, None)
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
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON, reason="Verkeerde kolom")
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
        figures.assess_province(province=Province.objects.get(pk=province.pk), period=P)

    few = queries_of(read)
    for municipality in Municipality.objects.filter(province=province).existing(on=P.start):
        for period in (P.back(3), P.back(2), P.previous):
            deliver(
                by=supervisor, municipality=municipality, period=period, achterstand=1, taakstelling=5, realisatie=4
            )
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1)
    assert queries_of(read) == few == 7


@pytest.mark.parametrize("look_back", [figures.LOOK_BACK, 0])
@pytest.mark.parametrize("reported_in", [[], [14], [14, 9], [14, 3], [3], [0]])
def test_a_table_that_reads_back_less_far_says_the_same(province, city, supervisor, reported_in, look_back):
    """The chain of computed openings reaches back to the last reported one, however long ago."""
    for back in range(14, -1, -1):
        period = P.back(back)
        deliver(by=supervisor, municipality=city, period=period, taakstelling=10, realisatie=9 - back % 2)
        if back in reported_in:
            deliver(by=supervisor, municipality=city, period=period, achterstand=back + 4)
    whole = figures.assess_municipality(municipality=city, period=P)
    table = figures.assess_province(province=province, period=P, look_back=look_back)
    [in_table] = [a for a in table if a.municipality == city]
    assert in_table.advice == whole.advice
    assert in_table.trede_before == whole.trede_before
    for back in range(look_back):
        assert in_table.half_years[P.back(back)].achterstand_end == whole.half_years[P.back(back)].achterstand_end


def test_what_was_corrected_or_redivided_long_ago_is_in_the_chain(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=P.back(14), achterstand=171)
    for back in range(14, -1, -1):
        deliver(by=supervisor, municipality=city, period=P.back(back), taakstelling=10, realisatie=8)
    deliver(by=supervisor, municipality=city, period=P.back(12), taakstelling=16, realisatie=7, overrules=True)
    wrong = deliver(by=supervisor, municipality=city, period=P.back(11), realisatie=9_999, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON, reason="Verkeerde kolom")
    heuvelrug = Municipality.objects.get(code="GM1581")
    deliver(by=supervisor, municipality=heuvelrug, period=P.back(13), taakstelling=90)
    swap(by=supervisor, period=P.back(13), giver="GM1581", taker="GM0344", count=3)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    assert min(in_table.half_years) == P.back(figures.LOOK_BACK)
    assert in_table.opgave.achterstand_end == 171 + 15 * 2 + (16 - 10) + (8 - 7) + 3
    assert in_table.opgave == figures.assess_municipality(municipality=city, period=P).opgave


def test_a_half_year_that_lacks_long_ago_leaves_the_opening_unknown(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=P.back(12), achterstand=171, taakstelling=10, realisatie=8)
    for back in range(10, -1, -1):
        deliver(by=supervisor, municipality=city, period=P.back(back), taakstelling=10, realisatie=8)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    assert in_table.opgave.achterstand_start is None
    assert in_table.opgave == figures.assess_municipality(municipality=city, period=P).opgave


# -- many counts --------------------------------------------------------------


def count_daily(city, supervisor, period, days, start=0):
    for day in range(days):
        as_of = period.start + timedelta(days=day)
        deliver(by=supervisor, municipality=city, period=period, as_of=as_of, overrules=True, realisatie=start + day)


def test_of_many_counts_the_last_one_is_in_force_and_each_is_there_by_day(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203)
    count_daily(city, supervisor, P, 5)
    corrected = P.start + timedelta(days=3)
    deliver(by=supervisor, municipality=city, as_of=corrected, overrules=True, realisatie=33)
    whole = figures.assess_municipality(municipality=city, period=P)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    assert [(count.day.day, count.persons) for count in whole.counts[P]] == [(1, 0), (2, 1), (3, 2), (4, 33), (5, 4)]
    assert whole.opgave.realisation == 4
    assert in_table.opgave == whole.opgave
    assert in_table.counts == {}


def test_the_counts_of_the_half_year_after_are_there_too(province, city, supervisor):
    count_daily(city, supervisor, P.next, 3)
    assessment = figures.assess_municipality(municipality=city, period=P)
    assert assessment.counts[P] == ()
    assert [count.persons for count in assessment.counts[P.next]] == [0, 1, 2]
    assert assessment.next_opgave.counted_to == P.next.start + timedelta(days=2)


def test_a_count_within_a_half_year_that_is_past_says_nothing_any_more(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=P.previous, achterstand=153, taakstelling=226)
    count_daily(city, supervisor, P.previous, 3)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    for assessment in (in_table, figures.assess_municipality(municipality=city, period=P)):
        before = assessment.half_years[P.previous]
        assert (before.realisation, before.is_closed, before.taakstelling) == (None, False, 226)


def test_the_first_day_of_a_half_year_is_the_peildatum_of_the_one_before_and_no_final_count_of_its_own(
    province, city, supervisor
):
    deliver(by=supervisor, municipality=city, period=P.previous, achterstand=0, taakstelling=9)
    deliver(by=supervisor, municipality=city, period=P.previous, as_of=P.previous.start, realisatie=1)
    [in_table] = [a for a in figures.assess_province(province=province, period=P) if a.municipality == city]
    assert in_table.half_years[P.previous].is_closed is False


def test_the_figure_in_force_of_a_cell_is_found_among_many_counts(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)
    count_daily(city, supervisor, P, 4)
    last = Figure.objects.latest("pk")
    in_force = figures.figures_in_force(province=province, period=P)
    assert in_force[city.pk, Kind.REALISATION] == last
    with CaptureQueriesContext(connection) as queries:
        assert str(in_force[city.pk, Kind.REALISATION].delivery.recorded_by) == str(supervisor)
    assert len(queries) == 0
    without = figures.figures_in_force(province=province, period=P, without=last.delivery)
    assert without[city.pk, Kind.REALISATION].persons == 2
    amersfoort = Municipality.objects.get(code="GM0307")
    assert figures.figures_in_force(province=province, period=P, municipalities=[amersfoort]) == {}


def test_what_lies_behind_a_realisatie_begins_with_the_count_that_is_in_force(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=203)
    count_daily(city, supervisor, P, 4)
    behind = figures.figures_behind(municipality=city, period=P, counted_from=P.start + timedelta(days=3))
    assert [figure.persons for figure in behind[Kind.REALISATION]] == [3]
    assert [figure.persons for figure in behind[Kind.TAAKSTELLING]] == [203]


def test_known_half_years_of_no_province_in_particular_are_not_to_be_had(utrecht):
    with pytest.raises(ScopeError):
        figures.known_periods(province=utrecht)


def test_a_half_year_is_known_to_the_province_that_has_figures_of_it(province, city, supervisor):
    deliver(by=supervisor, municipality=city, period=Period(2021, 2), realisatie=1, as_of=date(2022, 1, 1))
    gelderland = Municipality.objects.get(name="Arnhem").province
    with scope(province=gelderland):
        arnhem = Municipality.objects.get(name="Arnhem")
        other = make_user(province=gelderland)
        deliver(by=other, municipality=arnhem, period=Period(2020, 1), taakstelling=1)
        wrong = deliver(by=other, municipality=arnhem, period=Period(2019, 1), taakstelling=1)
        actions.withdraw_delivery(by=other, delivery=wrong, now=NOON)
        assert [str(each.period) for each in figures.known_periods(province=gelderland)] == ["2020-1"]
    [known] = figures.known_periods(province=province)
    assert (known.period, known.is_closed) == (Period(2021, 2), True)


# -- as known at a moment -----------------------------------------------------


def test_each_moment_is_as_it_was_then(province, city, supervisor):
    """What was read after each act is what is read now of that moment."""
    amersfoort = Municipality.objects.get(code="GM0307")
    moment = NOON
    seen = []

    def look():
        """As it is now, and the moment by which everything so far had happened."""
        nonlocal moment
        table = figures.assess_province(province=province, period=P)
        whole = figures.assess_municipality(municipality=city, period=P)
        seen.append((moment, table, whole))
        moment += timedelta(days=1)

    def record(municipality=city, **numbers):
        return deliver(by=supervisor, municipality=municipality, now=moment, overrules=True, **numbers)

    look()
    record(taakstelling=200, achterstand=171)
    look()
    record(amersfoort, taakstelling=90, achterstand=50)
    look()
    wrong = record(taakstelling=230)
    look()
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=moment)
    look()
    agreed = actions.agree_herverdeling(
        by=supervisor, period=P, from_municipality=amersfoort, to_municipality=city, count=2, now=moment
    )
    look()
    record(realisatie=89, as_of=date(2022, 4, 1))
    look()
    record(realisatie=168, as_of=P.peildatum)
    look()
    actions.withdraw_delivery(by=supervisor, delivery=agreed.delivery, now=moment, reason="Vervallen")
    look()

    assert len({repr(whole.opgave) for _, _, whole in seen}) == 7
    for then, table, whole in seen:
        assert figures.assess_province(province=province, period=P, known_at=then) == table
        assert figures.assess_municipality(municipality=city, period=P, known_at=then) == whole


def test_of_a_municipality_without_figures_only_the_half_year_itself_is_there(within_utrecht):
    assessments = figures.assess_province(province=within_utrecht, period=P)
    assert {tuple(each.half_years) for each in assessments} == {(P,)}
