"""The delivered ladder policies."""

from fractions import Fraction

import pytest

from supervision import policies
from supervision.models import LadderPolicy
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric
from tests.supervision.rules.examples import UTRECHT


def test_the_ladder_of_utrecht_2021_2024_is_delivered(within_utrecht):
    history = policies.policy_history(province=within_utrecht)
    policy = history.in_force(Period(2022, 1))
    assert policy.name == "Beleidskader Interbestuurlijk Toezicht 2021–2024"
    assert [(step.number, step.name) for step in policy.steps] == [
        (1, "Signaleren"),
        (2, "Informatie opvragen en valideren"),
        (3, "Actief toezicht"),
        (4, "Vooraankondiging juridische interventie"),
        (5, "Besluit tot indeplaatsstelling"),
        (6, "Sanctie uitvoeren"),
    ]
    assert [step.condition for step in policy.steps] == [step.condition for step in UTRECHT.steps]
    assert policy.steps[1].condition == Condition(metric=Metric.ACHTERSTAND, threshold=Fraction(1))
    assert not policy.counts_herverdeling
    assert all(step.when and step.follows and step.measures for step in policy.steps)


def test_a_policy_holds_from_its_half_year_on(within_utrecht):
    history = policies.policy_history(province=within_utrecht)
    assert history.in_force(Period(2020, 2)) is None
    assert history.in_force(Period(2021, 1)) is not None
    assert history.pk_in_force(Period(2020, 2)) is None
    assert history.pk_in_force(Period(2030, 1)) == LadderPolicy.objects.get().pk


def test_the_next_policy_takes_over(within_utrecht):
    later = LadderPolicy.objects.create(
        province=within_utrecht, name="Beleidskader 2025", source="", valid_from=Period(2025, 1)
    )
    later.steps.create(number=1, name="Alles goed", when="", follows="")
    history = policies.policy_history(province=within_utrecht)
    assert history.in_force(Period(2024, 2)).name.endswith("2021–2024")
    assert history.in_force(Period(2025, 1)).name == "Beleidskader 2025"


def test_loading_again_changes_nothing_that_is_there(within_utrecht):
    LadderPolicy.objects.update(name="Zoals de provincie het noemt")
    assert policies.load_delivered() == 0
    assert LadderPolicy.objects.get().name == "Zoals de provincie het noemt"


@pytest.mark.usefixtures("within_utrecht")
def test_a_missing_policy_is_added():
    LadderPolicy.objects.get().delete()
    assert policies.load_delivered() == 1
    assert LadderPolicy.objects.get().steps.count() == 6
