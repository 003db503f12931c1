"""Several people at one policy in the same moment: one of them is first, and the others are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django_scopes import scope

from municipalities.models import Province
from municipalities.rights import Role
from supervision.actions.policies import Draft, start_concept
from supervision.models import FrozenHalfYear, LadderPolicy
from supervision.policies import as_rules, beginning_for
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON
from tests.supervision.test_concurrency import at_once, logged_in
from tests.supervision.views.policy_page import Concept

LIST = "/beheer/beleidskader/"


@pytest.fixture
def province(emptied_db: None) -> Iterator[Province]:
    province = Province.objects.get(code="PV26")
    with scope(province=province):
        yield province


def concepts(province: Province, count: int) -> list[int]:
    """From one half-year on, all of them."""
    maker = make_user(role=Role.BEHEERDER, province=province)
    _, rules = beginning_for(province=province, today=NOON.date())
    draft = Draft(valid_from=Period(2025, 1), rules=replace(rules, name="Beleidskader 2025"))
    return [start_concept(by=maker, province=province, draft=draft, now=NOON).pk for _ in range(count)]


def deciders(province: Province, count: int):
    return [logged_in(make_user(role=Role.VASTSTELLER, province=province)) for _ in range(count)]


def test_of_two_who_publish_one_concept_one_does(province):
    [pk] = concepts(province, 1)
    acts = [
        (lambda client=client: client.post(f"{LIST}{pk}/vaststellen/", {"versie": "1"}))
        for client in deciders(province, 2)
    ]
    statuses = sorted(response.status_code for response in at_once(acts))
    assert statuses in ([302, 404], [302, 409])
    assert LadderPolicy.objects.filter(is_concept=False, published_by__isnull=False).count() == 1


def test_of_two_concepts_for_one_half_year_one_is_published(province):
    pks = concepts(province, 2)
    acts = [
        (lambda client=client, pk=pk: client.post(f"{LIST}{pk}/vaststellen/", {"versie": "1"}))
        for client, pk in zip(deciders(province, 2), pks, strict=True)
    ]
    assert sorted(response.status_code for response in at_once(acts)) == [302, 409]
    assert LadderPolicy.objects.filter(valid_from=Period(2025, 1), is_concept=False).count() == 1


def test_a_change_and_a_publication_in_one_moment_never_mix(province):
    """Either it is published as it was seen, or it is changed and still a concept."""
    [pk] = concepts(province, 1)
    editor = Concept(logged_in(make_user(role=Role.BEHEERDER, province=province)), pk).types(naam="Gewijzigd")
    [decider] = deciders(province, 1)
    at_once(
        [
            lambda: editor.presses("opslaan"),
            lambda: decider.post(f"{LIST}{pk}/vaststellen/", {"versie": "1"}),
        ]
    )
    row = LadderPolicy.objects.get(pk=pk)
    assert (row.is_concept, row.name) in [(True, "Gewijzigd"), (False, "Beleidskader 2025")]
    assert len(as_rules(row, row.steps.all()).steps) == 6


def test_of_several_who_freeze_a_half_year_one_does(province):
    acts = [
        (lambda client=client: client.post(f"{LIST}bevriezen/", {"halfjaar": "2020-1", "reden": "Corona"}))
        for client in deciders(province, 3)
    ]
    assert sorted(response.status_code for response in at_once(acts)) == [302, 422, 422]
    assert FrozenHalfYear.objects.filter(lifted_at=None).count() == 1
