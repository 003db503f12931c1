"""A policy from concept to published, never changed after; and half-years that are frozen."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from municipalities.rights import Role
from supervision.actions import Refused
from supervision.actions import policies as actions
from supervision.actions.policies import ConceptChanged, Draft
from supervision.models import FrozenHalfYear, LadderPolicy
from supervision.policies import as_rules, beginning_for, policy_history
from supervision.rules.period import Period
from supervision.rules.policy import Addressee, Colour, Condition, Measure, Metric
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON

LATER = NOON + timedelta(hours=1)
FROM = Period(2025, 1)


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


@pytest.fixture
def maker(utrecht):
    return make_user(role=Role.BEHEERDER, province=utrecht)


@pytest.fixture
def other(utrecht):
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def draft(province):
    _, rules = beginning_for(province=province, today=NOON.date())
    return Draft(valid_from=FROM, rules=replace(rules, name="Beleidskader 2025"))


@pytest.fixture
def concept(maker, province, draft):
    return actions.start_concept(by=maker, province=province, draft=draft, now=NOON)


def rules_of(policy):
    return as_rules(policy, policy.steps.all())


def test_a_concept_says_all_of_its_draft_and_holds_nowhere(concept, draft, province):
    assert rules_of(concept) == draft.rules
    assert (concept.is_concept, concept.version, concept.valid_from) == (True, 1, FROM)
    assert policy_history(province=province).in_force(FROM).name.endswith("2021–2024")


def test_everything_that_a_step_can_have_comes_back(concept, maker, draft):
    steps = list(draft.rules.steps[:2])
    steps[1] = replace(
        steps[1],
        condition=Condition(metric=Metric.PERCENTAGE_TAAKSTELLING, threshold=Fraction("82.5"), half_years=3),
        measures=(
            Measure(name="plan", addressee=Addressee.COLLEGE, days=42),
            Measure(name="bericht", addressee=Addressee.RAAD, by_next_peildatum=True),
            Measure(name="volgen"),
        ),
        colour=Colour.RED,
        symbol="R",
    )
    rules = replace(
        draft.rules,
        steps=tuple(steps),
        most_steps_up=1,
        down_by_decision=True,
        counts_herverdeling=True,
        outcomes=("verschoonbaar",),
    )
    saved = actions.save_concept(by=maker, policy=concept, seen=1, draft=replace(draft, rules=rules), now=LATER)
    assert rules_of(LadderPolicy.objects.get(pk=saved.pk)) == rules
    assert (saved.version, saved.edited_at) == (2, LATER)


def test_of_two_who_edit_the_second_is_told_and_nothing_is_lost(concept, maker, draft, utrecht):
    colleague = make_user(role=Role.BEHEERDER, province=utrecht)
    first = replace(draft, rules=replace(draft.rules, name="Van de een"))
    actions.save_concept(by=colleague, policy=concept, seen=1, draft=first, now=LATER)
    with pytest.raises(ConceptChanged, match=f"{colleague} heeft dit concept gewijzigd sinds u het opende"):
        actions.save_concept(by=maker, policy=concept, seen=1, draft=draft, now=LATER)
    assert LadderPolicy.objects.get(pk=concept.pk).name == "Van de een"


def test_a_ladder_that_is_not_sound_is_not_saved(concept, maker, draft):
    first, second, *_ = draft.rules.steps
    twice = replace(draft.rules, steps=(first, second, replace(second, number=3, name="Nog eens", colour=Colour.RED)))
    with pytest.raises(Refused, match="dezelfde voorwaarde"):
        actions.save_concept(by=maker, policy=concept, seen=1, draft=replace(draft, rules=twice), now=LATER)
    assert concept.steps.count() == 6


def test_another_publishes_it_and_from_its_half_year_on_it_holds(concept, other, province):
    published = actions.publish(by=other, policy=concept, seen=1, now=LATER)
    assert (published.is_concept, published.published_at, published.published_by) == (False, LATER, other)
    history = policy_history(province=province)
    assert history.in_force(FROM).name == "Beleidskader 2025"
    assert history.in_force(FROM.previous).name.endswith("2021–2024")
    assert policy_history(province=province, known_at=NOON).in_force(FROM).name.endswith("2021–2024")


def test_who_changed_it_last_does_not_publish_it(concept, maker):
    with pytest.raises(Refused, match="zelf het laatst gewijzigd"):
        actions.publish(by=maker, policy=concept, seen=1, now=LATER)
    assert LadderPolicy.objects.get(pk=concept.pk).is_concept


def test_what_is_published_is_what_was_seen(concept, maker, other, draft):
    actions.save_concept(by=maker, policy=concept, seen=1, draft=draft, now=LATER)
    with pytest.raises(ConceptChanged):
        actions.publish(by=other, policy=concept, seen=1, now=LATER)


@pytest.mark.parametrize("valid_from", [Period(2021, 1), Period(2020, 2)])
def test_it_holds_later_than_what_was_published(maker, other, province, draft, valid_from):
    early = replace(draft, valid_from=valid_from)
    concept = actions.start_concept(by=maker, province=province, draft=early, now=NOON)
    with pytest.raises(
        Refused, match=r"geldt al vanaf 2021-1\. Laat het nieuwe beleidskader later beginnen: vanaf 2021-2"
    ):
        actions.publish(by=other, policy=concept, seen=1, now=LATER)


def test_a_concept_can_be_thrown_away_and_then_is_gone(concept, other):
    actions.discard_concept(policy=concept, seen=1)
    with pytest.raises(ConceptChanged, match="weggegooid"):
        actions.publish(by=other, policy=concept, seen=1, now=LATER)


def acts_on_a_policy():
    """Every action of the module that is given a policy."""
    functions = [each for _, each in inspect.getmembers(actions, inspect.isfunction)]
    ours = [each for each in functions if each.__module__ == actions.__name__ and not each.__name__.startswith("_")]
    return [each for each in ours if "policy" in inspect.signature(each).parameters]


@pytest.mark.parametrize("act", acts_on_a_policy(), ids=lambda act: act.__name__)
def test_no_action_changes_what_is_published(act, concept, other, maker, draft):
    """Walks every action that takes a policy, so that a new one is asked too."""
    actions.publish(by=other, policy=concept, seen=1, now=LATER)
    before = rules_of(LadderPolicy.objects.get(pk=concept.pk))
    known = {"by": maker, "policy": concept, "seen": 1, "draft": draft, "now": LATER}
    with pytest.raises(ConceptChanged, match="vastgesteld en verandert niet meer"):
        act(**{name: known[name] for name in inspect.signature(act).parameters})
    assert rules_of(LadderPolicy.objects.get(pk=concept.pk)) == before


def test_there_are_actions_to_walk():
    assert {act.__name__ for act in acts_on_a_policy()} == {"save_concept", "publish", "discard_concept"}


# -- frozen half-years --------------------------------------------------------


def test_a_half_year_is_frozen_with_a_reason_and_can_be_lifted(maker, province):
    row = actions.freeze(by=maker, province=province, period=Period(2020, 1), reason=" Corona ", now=NOON)
    assert policy_history(province=province).frozen == {Period(2020, 1): "Corona"}
    assert actions.lift(by=maker, frozen=row, now=LATER)
    assert policy_history(province=province).frozen == {}
    assert not actions.lift(by=maker, frozen=row, now=LATER + timedelta(hours=1))
    assert FrozenHalfYear.objects.get().lifted_at == LATER


def test_without_a_reason_or_twice_it_is_refused(maker, province):
    with pytest.raises(Refused, match="waarom"):
        actions.freeze(by=maker, province=province, period=Period(2020, 1), reason="  ", now=NOON)
    actions.freeze(by=maker, province=province, period=Period(2020, 1), reason="Corona", now=NOON)
    with pytest.raises(Refused, match="Halfjaar 2020-1 is al bevroren"):
        actions.freeze(by=maker, province=province, period=Period(2020, 1), reason="Corona", now=NOON)


def test_what_was_lifted_can_be_frozen_again(maker, province):
    row = actions.freeze(by=maker, province=province, period=Period(2020, 1), reason="Corona", now=NOON)
    actions.lift(by=maker, frozen=row, now=LATER)
    actions.freeze(by=maker, province=province, period=Period(2020, 1), reason="Toch", now=LATER)
    assert policy_history(province=province).frozen == {Period(2020, 1): "Toch"}


def test_a_new_version_begins_as_the_last_one_from_the_half_year_that_comes(province):
    valid_from, rules = beginning_for(province=province, today=NOON.date())
    assert (valid_from, rules.name) == (Period(2023, 1), "Beleidskader Interbestuurlijk Toezicht 2021–2024")
    LadderPolicy.objects.update(valid_from=Period(2030, 2))
    assert beginning_for(province=province, today=NOON.date())[0] == Period(2031, 1)
    LadderPolicy.objects.all().delete()
    assert [step.name for step in beginning_for(province=province, today=NOON.date())[1].steps] == [
        "Geen achterstand",
        "Achterstand",
    ]
