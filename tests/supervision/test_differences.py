"""COA's opening against the computed end: what differs, what explains it, and when that no longer covers it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from municipalities.models import Municipality, Province, User
from supervision.actions import Refused, explain_differences
from supervision.differences import Difference, difference_of, differences_of, explanations_of, together
from supervision.figures import assess_province
from supervision.models import DifferenceExplained, Herverdeling
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.assessed import BEFORE, NOW, assessed, closed, ending
from tests.supervision.ledger import NOON, deliver

LATE, CORRECTION, OTHER = (DifferenceExplained.Cause(cause) for cause in ("late", "correction", "other"))


@pytest.fixture
def amersfoort(dossier: Herverdeling, within_utrecht: Province) -> Municipality:
    """COA reports 50 where 52 was computed."""
    return Municipality.objects.get(code="GM0307")


def explain(by: User, municipality: Municipality, persons: int = -2, cause=LATE, note="", now=NOON):
    return explain_differences(
        by=by,
        province=municipality.province,
        period=NOW,
        seen={municipality: persons},
        cause=cause,
        note=note,
        now=now,
    )


def difference(municipality: Municipality, period: Period = NOW) -> Difference | None:
    province = municipality.province
    found = differences_of(
        assess_province(province=province, period=period), explanations_of(province=province, period=period)
    )
    return next((each for each in found if each.municipality == municipality), None)


def test_what_differs_is_reported_minus_computed(amersfoort: Municipality) -> None:
    found = difference(amersfoort)
    assert (found.computed, found.reported, found.persons) == (52, 50, -2)
    assert not found.is_explained
    assert not found.is_outdated


def test_an_opening_that_agrees_or_is_only_known_once_is_no_difference() -> None:
    agrees = assessed("A", {BEFORE: closed(99, 0, 47), NOW: closed(90, 52, 60)})
    for each in (agrees, ending("B", 3), ending("C", 3, before=None)):
        assert difference_of(each, {}) is None


def test_the_province_is_the_sum_of_those_of_which_both_are_known() -> None:
    """Nationally 2021-2: computed 3.799, reported 3.728."""
    rows = [
        assessed("A", {BEFORE: closed(3000, 0, 0), NOW: closed(10, 2950, 10)}),
        assessed("B", {BEFORE: closed(799, 0, 0), NOW: closed(10, 778, 10)}),
        assessed("C", {BEFORE: closed(10, 0, 0), NOW: closed(10, None, 10)}),
        assessed("D", {NOW: closed(10, 5, 10)}),
    ]
    whole = together(rows)
    assert (whole.municipalities, whole.computed, whole.reported, whole.persons) == (2, 3799, 3728, -71)


def test_an_explanation_is_by_somebody_of_one_difference(amersfoort: Municipality, supervisor: User) -> None:
    [explained] = explain(supervisor, amersfoort, cause=CORRECTION, note="Bevestigd door het COA")
    found = difference(amersfoort)
    assert found.is_explained
    assert found.explanation == explained
    assert (explained.persons, explained.explained_by, explained.explained_at) == (-2, supervisor, NOON)


def test_another_difference_is_not_covered_by_it(amersfoort: Municipality, supervisor: User) -> None:
    explain(supervisor, amersfoort)
    deliver(by=supervisor, municipality=amersfoort, period=NOW, achterstand=49, overrules=True)
    found = difference(amersfoort)
    assert (found.persons, found.is_explained, found.is_outdated) == (-3, False, True)
    explain(supervisor, amersfoort, persons=-3)
    assert difference(amersfoort).is_explained
    deliver(by=supervisor, municipality=amersfoort, period=NOW, achterstand=52, overrules=True)
    assert difference(amersfoort) is None


def test_the_last_explanation_counts_and_the_first_is_kept(amersfoort: Municipality, supervisor: User) -> None:
    explain(supervisor, amersfoort)
    explain(supervisor, amersfoort, cause=CORRECTION)
    assert difference(amersfoort).explanation.cause == CORRECTION
    assert DifferenceExplained.objects.count() == 2


def test_the_same_explanation_twice_is_one(amersfoort: Municipality, supervisor: User) -> None:
    assert explain(supervisor, amersfoort)
    assert explain(supervisor, amersfoort) == []
    assert DifferenceExplained.objects.count() == 1


@pytest.mark.parametrize(("persons", "now_is"), [(-3, "−2"), (2, "−2")])
def test_a_difference_that_changed_meanwhile_is_not_explained(
    amersfoort: Municipality, supervisor: User, persons: int, now_is: str
) -> None:
    with pytest.raises(Refused, match=f"Het verschil van Amersfoort is intussen {now_is}"):
        explain(supervisor, amersfoort, persons=persons)
    assert not DifferenceExplained.objects.exists()


def test_of_several_all_or_none_are_explained(amersfoort: Municipality, city: Municipality, supervisor: User) -> None:
    with pytest.raises(Refused, match="Het verschil van Utrecht is er niet meer"):
        explain_differences(
            by=supervisor,
            province=city.province,
            period=NOW,
            seen={amersfoort: -2, city: 1},
            cause=LATE,
            now=NOON,
        )
    assert not DifferenceExplained.objects.exists()


def test_something_else_says_what(amersfoort: Municipality, supervisor: User) -> None:
    with pytest.raises(Refused, match="Bij ‘iets anders’ hoort een toelichting"):
        explain(supervisor, amersfoort, cause=OTHER)
    with pytest.raises(IntegrityError), transaction.atomic():
        DifferenceExplained.objects.create(
            province=amersfoort.province,
            municipality=amersfoort,
            period=NOW,
            persons=-2,
            cause=OTHER,
            explained_at=NOON,
            explained_by=supervisor,
        )
    assert explain(supervisor, amersfoort, cause=OTHER, note="Verhuisd voor de peildatum")


def test_another_province_knows_nothing_of_it(amersfoort: Municipality, supervisor: User) -> None:
    explain(supervisor, amersfoort)
    gelderland = Province.objects.get(code="PV25")
    assert explanations_of(province=gelderland, period=NOW) == {}
    with pytest.raises(Refused, match="er niet meer"):
        explain_differences(
            by=make_user(province=gelderland),
            province=gelderland,
            period=NOW,
            seen={amersfoort: -2},
            cause=LATE,
            now=NOON,
        )
