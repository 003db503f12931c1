"""What the database itself refuses, whoever writes to it."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django_scopes.exceptions import ScopeError

from municipalities.models import Municipality
from supervision.models import (
    Delivery,
    DifferenceExplained,
    Figure,
    FrozenHalfYear,
    Herverdeling,
    LadderPolicy,
    LadderStep,
    WorkbookImport,
)
from supervision.rules.opgave import Kind, OwnCount
from supervision.rules.period import Period
from tests.supervision.ledger import NOON

P = Period(2022, 1)


@pytest.fixture
def delivery(within_utrecht, supervisor):
    return Delivery.objects.create(
        province=within_utrecht, way=Delivery.Way.TYPED, recorded_at=NOON, recorded_by=supervisor
    )


def figure(delivery, city, **changed):
    values = {"period": P, "kind": Kind.REALISATION, "as_of": date(2022, 7, 1), "persons": 168}
    return Figure(delivery=delivery, municipality=city, **{**values, **changed})


def refused_by_the_database(row, constraint):
    with transaction.atomic(), pytest.raises(IntegrityError) as refusal:
        row.save()
    return connection.vendor == "sqlite" or constraint in str(refusal.value)


@pytest.mark.parametrize(
    ("changed", "constraint", "sentence"),
    [
        ({"persons": -1}, "figure_only_achterstand_below_zero", "Alleen een achterstand kan onder nul zijn"),
        ({"persons": 100_000}, "figure_persons_in_range", "Een cijfer is hoogstens 99999 personen"),
        ({"kind": "anders"}, "figure_kind_known", "Deze soort cijfer bestaat niet"),
    ],
)
def test_impossible_figures(delivery, city, changed, constraint, sentence):
    row = figure(delivery, city, **changed)
    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    assert refused_by_the_database(row, constraint)


def test_a_figure_is_in_a_delivery_once(delivery, city):
    figure(delivery, city).save()
    assert refused_by_the_database(figure(delivery, city, persons=1), "figure_once_a_delivery")


def test_a_withdrawal_has_a_moment_and_a_person(delivery):
    delivery.withdrawn_at = NOON
    with pytest.raises(ValidationError, match="een moment en een persoon"):
        delivery.validate_constraints()
    assert refused_by_the_database(delivery, "delivery_withdrawn_at_with_by")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [({"persons": 0}, "herverdeling_persons_in_range"), ({"taker": "GM1581"}, "herverdeling_between_two")],
)
def test_impossible_herverdelingen(delivery, changed, constraint):
    values = {"giver": "GM1581", "taker": "GM0344", "persons": 1, **changed}
    row = Herverdeling(
        delivery=delivery,
        period=P,
        from_municipality=Municipality.objects.get(code=values["giver"]),
        to_municipality=Municipality.objects.get(code=values["taker"]),
        persons=values["persons"],
    )
    assert refused_by_the_database(row, constraint)


def test_from_one_half_year_one_policy_holds(within_utrecht):
    utrecht = LadderPolicy.objects.get()
    twin = LadderPolicy(province=within_utrecht, name="Een ander", source="", valid_from=utrecht.valid_from)
    assert refused_by_the_database(twin, "ladder_policy_one_from_a_period")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"edited_at": NOON}, "ladder_policy_edited_at_with_by"),
        ({"published_at": NOON}, "ladder_policy_published_at_with_by"),
        ({"published_at": NOON, "published_by": True, "is_concept": True}, "ladder_policy_published_at_with_by"),
        (
            {"published_at": NOON, "published_by": True, "edited_at": NOON, "edited_by": True},
            "ladder_policy_published_by_another",
        ),
        ({"most_steps_up": 0}, "ladder_policy_steps_up_at_least_one"),
    ],
)
def test_impossible_policies(within_utrecht, supervisor, changed, constraint):
    people = {name: supervisor for name, value in changed.items() if name.endswith("_by") and value}
    row = LadderPolicy(
        province=within_utrecht, name="X", source="", valid_from=Period(2030, 1), **{**changed, **people}
    )
    assert refused_by_the_database(row, constraint)


def test_of_concepts_there_may_be_several_from_one_half_year(within_utrecht):
    start = LadderPolicy.objects.get().valid_from
    for name in ("Een", "Twee"):
        LadderPolicy.objects.create(province=within_utrecht, name=name, source="", valid_from=start, is_concept=True)
    assert LadderPolicy.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"reason": ""}, "frozen_half_year_has_reason"),
        ({"lifted_at": NOON}, "frozen_half_year_lifted_at_with_by"),
        ({}, "frozen_half_year_once"),
    ],
)
def test_impossible_frozen_half_years(within_utrecht, supervisor, changed, constraint):
    values = {"period": P, "reason": "Corona", "frozen_at": NOON, "frozen_by": supervisor}
    FrozenHalfYear.objects.create(province=within_utrecht, **values)
    row = FrozenHalfYear(province=within_utrecht, **{**values, **changed})
    assert refused_by_the_database(row, constraint)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"metric": "achterstand"}, "ladder_step_metric_with_threshold"),
        ({"threshold": 1}, "ladder_step_metric_with_threshold"),
        ({"metric": "achterstand", "threshold": 0}, "ladder_step_metric_with_threshold"),
        ({"half_years": 0}, "ladder_step_half_years_at_least_one"),
        ({"number": 1}, "ladder_step_number_once"),
    ],
)
def test_impossible_steps(within_utrecht, changed, constraint):
    step = LadderStep(policy=LadderPolicy.objects.get(), **{"number": 7, "name": "Zeven", **changed})
    assert refused_by_the_database(step, constraint)


def test_a_half_year_comes_back_as_a_half_year(delivery, city):
    figure(delivery, city).save()
    assert Figure.objects.get().period == P
    assert Figure.objects.filter(period__gt=Period(2021, 2), period__lte="2022-I").exists()
    assert list(Figure.objects.values_list("period", flat=True)) == [P]


def test_a_text_that_is_no_half_year_is_refused_by_the_column(delivery, city):
    with pytest.raises(ValidationError, match="geen halfjaar"):
        figure(delivery, city, period="2022-3").full_clean()


OURS = [
    model for label in ("municipalities", "supervision", "letters") for model in apps.get_app_config(label).get_models()
]
PUBLIC = {
    "Province", "Municipality", "MunicipalityAlias", "Population", "Succession", "PostAddress",  # public facts
    "User",  # logs in before there is a scope
    "LadderStep",  # reached through its policy only
}  # fmt: skip


@pytest.mark.parametrize("model", [model for model in OURS if model.__name__ not in PUBLIC])
def test_what_belongs_to_a_province_fails_without_its_scope(model):
    with pytest.raises(ScopeError):
        model.objects.all()


# What comes of a step by itself: who took that step stands with the batch, or in the events of the letter.
BY_ITSELF = {("Batch", "finished_at"), ("BatchItem", "ended_at"), ("Draft", "made_at"), ("LetterDocument", "made_at")}


@pytest.mark.parametrize("model", OURS)
def test_every_moment_has_its_person(model):
    """A convention: what happened at a moment was done by somebody."""
    names = {field.name for field in model._meta.fields}
    moments = {name for name in names if name.endswith("_at") and (model.__name__, name) not in BY_ITSELF}
    assert {f"{name.removesuffix('_at')}_by" for name in moments} <= names


def workbook(province, supervisor, **changed):
    values = {"name": "COA.xlsx", "content": b"PK", "sha256": "0" * 64, "period": P, "as_of": P.peildatum}
    return WorkbookImport(province=province, given_at=NOON, given_by=supervisor, **{**values, **changed})


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"sha256": "geen"}, "workbook_import_sha256_form"),
        ({"set_aside_at": NOON}, "workbook_import_set_aside_at_with_by"),
    ],
)
def test_impossible_workbooks(within_utrecht, supervisor, changed, constraint):
    assert refused_by_the_database(workbook(within_utrecht, supervisor, **changed), constraint)


def test_a_workbook_is_confirmed_or_set_aside_never_both(delivery, within_utrecht, supervisor):
    row = workbook(within_utrecht, supervisor, delivery=delivery, set_aside_at=NOON, set_aside_by=supervisor)
    assert refused_by_the_database(row, "workbook_import_confirmed_or_set_aside")
    row = workbook(within_utrecht, supervisor)
    assert row.is_open
    row.delivery = delivery
    assert not row.is_open


def test_another_cause_of_a_difference_is_explained_in_words(within_utrecht, city, supervisor):
    row = DifferenceExplained(
        province=within_utrecht,
        municipality=city,
        period=P,
        persons=-2,
        cause=DifferenceExplained.Cause.OTHER,
        explained_at=NOON,
        explained_by=supervisor,
    )
    assert refused_by_the_database(row, "difference_explained_other_has_note")


def test_a_municipality_counts_beside_coa(delivery, city):
    figure(delivery, city, kind=OwnCount.LINKED, persons=460).save()
    assert refused_by_the_database(figure(delivery, city, kind=OwnCount.LINKED, persons=-1), "figure_only")
