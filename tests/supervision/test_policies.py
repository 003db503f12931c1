"""The delivered ladder policies."""

from fractions import Fraction

import pytest
from django_scopes import scope

from municipalities.models import Province
from supervision import policies
from supervision.models import LadderPolicy
from supervision.rules.ladder import advise
from supervision.rules.opgave import work_out
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric
from tests.supervision.rules.examples import UTRECHT, P, ending_with, half_year


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


# -- the three that are delivered, each with its table ------------------------


def delivered(code):
    """As it comes out of the database."""
    province = Province.objects.get(code=code)
    with scope(province=province):
        return policies.policy_history(province=province).in_force(P)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends", "treden"),
    [
        ([(0, 10), (5, 10), (10, 10), (12, 10), (11, 10), (10, 10), (10, 10)], [1, 2, 3, 4, 5, 6, 6]),
        ([(0, 10), (10, 10), (9, 10), (10, 10), (0, 10)], [1, 3, 2, 3, 1]),
        ([(0, 0), (1, 0), (-4, 0)], [1, 3, 1]),
    ],
)
def test_the_table_of_utrecht(ends, treden):
    policy, half_years = delivered("PV26"), ending_with(*ends)
    assert [advise(policy, half_years, period).trede for period in half_years] == treden


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends", "treden"),
    [
        pytest.param([0, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 6], id="one person is an achterstand"),
        pytest.param([0, 500, 0, 500], [1, 2, 1, 2], id="however large, one half-year is one"),
        pytest.param([0, 9, 5, 1, 0, -3, 2], [1, 2, 3, 4, 1, 1, 2], id="also one that shrinks counts"),
    ],
)
def test_the_table_of_zuid_holland(ends, treden):
    policy, half_years = delivered("PV28"), ending_with(*((end, 10) for end in ends))
    assert [advise(policy, half_years, period).trede for period in half_years] == treden


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "taakstelling", "realisation", "regime"),
    [
        (0, 100, 100, "Groen"),
        (0, 100, 130, "Groen"),
        (0, 100, 99, "Oranje"),
        (0, 100, 80, "Oranje"),
        (0, 100, 79, "Rood"),
        (0, 200, 159, "Rood"),  # 79,5%, which rounds to 80%
        (171, 204, 168, "Rood"),  # 45% in the dossier
        (-20, 20, 0, "Groen"),
        (0, 0, 0, "Groen"),
        (5, 0, 5, "Groen"),
        (5, 0, 4, "Oranje"),
    ],
)
def test_the_table_of_overijssel(start, taakstelling, realisation, regime):
    figures = {"achterstand_start": start, "taakstelling": taakstelling, "realisation": realisation}
    assert advise(delivered("PV23"), work_out([half_year(P, **figures)]), P).step.name == regime


@pytest.mark.django_db
def test_what_is_no_published_text_says_so():
    assert [delivered(code).source.startswith("Voorbeeld, te controleren") for code in ("PV26", "PV28", "PV23")] == [
        False,
        True,
        True,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["PV26", "PV28", "PV23"])
def test_each_step_has_its_texts_a_colour_of_its_own_and_measures(code):
    steps = delivered(code).steps
    assert all(step.when and step.follows and step.measures for step in steps)
    assert len({step.colour for step in steps}) == len(steps)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


@pytest.mark.django_db
def test_the_number_of_a_step_knows_how_it_looks():
    orange = delivered("PV23").step(2).number
    assert (orange, orange.colour, orange.sign) == (2, "orange", "2")
