"""What came in for a half-year, and what withdrawing it would change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.deliveries import deliveries_of, effect_of_withdrawal, latest_delivery
from supervision.figures import figures_in_force
from supervision.models import Delivery, Herverdeling
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.ledger import NOON, deliver

NOW = Period(2022, 1)

pytestmark = pytest.mark.usefixtures("within_utrecht")


def withdraw(delivery: Delivery, by: User) -> None:
    assert actions.withdraw_delivery(by=by, delivery=delivery, now=NOON + timedelta(days=1), reason="Dubbel")


def test_the_newest_comes_first_with_its_counts(
    dossier: Herverdeling, utrecht: Province, city: Municipality, supervisor: User
) -> None:
    last = deliver(by=supervisor, municipality=city, realisatie=170, overrules=True, now=NOON + timedelta(hours=2))
    found = list(deliveries_of(province=utrecht, period=NOW))
    assert found[0] == last
    assert [(each.figure_count, each.herverdeling_count) for each in found] == [
        (1, 0),
        (0, 1),
        (2, 0),
        (3, 0),
        (2, 0),
        (3, 0),
    ]
    assert latest_delivery(province=utrecht, period=NOW) == last


def test_a_withdrawn_delivery_is_listed_and_not_the_latest(
    dossier: Herverdeling, utrecht: Province, supervisor: User
) -> None:
    withdraw(dossier.delivery, supervisor)
    assert dossier.delivery in deliveries_of(province=utrecht, period=NOW)
    assert latest_delivery(province=utrecht, period=NOW) != dossier.delivery


def test_another_half_year_has_its_own(dossier: Herverdeling, utrecht: Province) -> None:
    assert deliveries_of(province=utrecht, period=NOW.next).count() == 2
    assert deliveries_of(province=utrecht, period=Period(2010, 1)).count() == 0
    assert latest_delivery(province=utrecht, period=Period(2010, 1)) is None


def test_listing_is_one_query(dossier: Herverdeling, utrecht: Province) -> None:
    with CaptureQueriesContext(connection) as queries:
        names = [str(each.recorded_by) for each in deliveries_of(province=utrecht, period=NOW)]
    assert (len(names), len(queries)) == (5, 1)


def test_what_lapses_and_what_counts_again(city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=210, realisatie=166)
    second = deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, overrules=True)
    effect = effect_of_withdrawal(second)
    assert [(lapse.figure.kind, lapse.instead and lapse.instead.persons) for lapse in effect.lapses] == [
        (Kind.ACHTERSTAND, None),
        (Kind.TAAKSTELLING, 210),
    ]
    assert (effect.overtaken, effect.period) == (0, NOW)


def test_what_was_replaced_already_does_not_lapse(city: Municipality, supervisor: User) -> None:
    first = deliver(by=supervisor, municipality=city, taakstelling=210, realisatie=166)
    deliver(by=supervisor, municipality=city, taakstelling=203, overrules=True)
    effect = effect_of_withdrawal(first)
    assert [lapse.figure.kind for lapse in effect.lapses] == [Kind.REALISATION]
    assert effect.overtaken == 1


def test_a_withdrawn_figure_does_not_count_again(city: Municipality, supervisor: User) -> None:
    first = deliver(by=supervisor, municipality=city, taakstelling=210)
    second = deliver(by=supervisor, municipality=city, taakstelling=203, overrules=True)
    withdraw(first, supervisor)
    [lapse] = effect_of_withdrawal(second).lapses
    assert lapse.instead is None


def test_the_effect_is_what_then_happens(city: Municipality, supervisor: User, utrecht: Province) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=210, realisatie=166)
    second = deliver(by=supervisor, municipality=city, taakstelling=203, achterstand=171, overrules=True)
    foretold = {lapse.figure.kind: lapse.instead for lapse in effect_of_withdrawal(second).lapses}
    withdraw(second, supervisor)
    in_force = figures_in_force(province=utrecht, period=NOW)
    for kind, instead in foretold.items():
        assert in_force.get((city.pk, Kind(kind))) == instead


def test_a_herverdeling_lapses_whole(dossier: Herverdeling) -> None:
    effect = effect_of_withdrawal(dossier.delivery)
    assert effect.herverdelingen == (dossier,)
    assert (effect.lapses, effect.period) == ((), NOW)


def test_an_empty_delivery_has_no_half_year(utrecht: Province, supervisor: User) -> None:
    delivery = Delivery.objects.create(
        province=utrecht, way=Delivery.Way.TYPED, recorded_at=NOON, recorded_by=supervisor
    )
    assert effect_of_withdrawal(delivery).period is None


def test_the_effect_takes_as_many_queries_for_many_figures(utrecht: Province, supervisor: User) -> None:
    def queries(how_many: int) -> int:
        municipalities = Municipality.objects.filter(province=utrecht, valid_to=None)[:how_many]
        recorded = actions.record_figures(
            by=supervisor,
            province=utrecht,
            period=NOW,
            entries=[
                actions.Entry(municipality=each, kind=Kind.TAAKSTELLING, persons=how_many, overrules=True)
                for each in municipalities
            ],
            now=NOON,
        )
        delivery = Delivery.objects.select_related("province").get(pk=recorded.delivery.pk)
        with CaptureQueriesContext(connection) as captured:
            assert len(effect_of_withdrawal(delivery).lapses) == how_many
        return len(captured)

    assert queries(1) == queries(20) == 3
