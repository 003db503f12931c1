"""Many letters read at once say what each says when it is read alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.actions.making import make_concept
from letters.figures import Judged, Obstacle
from letters.models import Letter
from letters.papers.drafts import sheets_of
from letters.together import AT_ONCE, common_of, letters_by
from letters.written import Written, written
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import make_letterhead, record_a_row, record_the_dossier
from tests.letters.test_letters import departure, text_block
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.dossier_entries import make_circumstance
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver

TODAY = date(2022, 9, 22)


def of(code: str) -> Municipality:
    return Municipality.objects.select_related("province").get(code=code)


def concept(by: User, code: str, **fields: object) -> Letter:
    letter = make_concept(by=by, municipality=of(code), period=FIRST_HALF_OF_2022, now=NOON, today=TODAY)
    Letter.objects.filter(pk=letter.pk).update(**fields)
    return letter


@pytest.fixture
def letters(within_utrecht: Province, supervisor: User) -> list[Letter]:
    """As different as they come: a herverdeling, own words, a row of half-years, figures that changed after the decision,
    what sources told, a voorbeeldcijfer, a voorsprong."""
    make_letterhead(within_utrecht)
    decider = make_user(role=Role.VASTSTELLER, province=within_utrecht)
    record_the_dossier(by=supervisor, city=of("GM0344"))
    record_a_row(by=supervisor, municipality=of("GM0307"), half_years=2)
    record_a_row(by=supervisor, municipality=of("GM0321"), half_years=9)
    deliver(by=supervisor, municipality=of("GM0331"), achterstand=-4, taakstelling=20, realisatie=18)
    deliver(by=supervisor, municipality=of("GM0335"), achterstand=2, taakstelling=20, realisatie=18)
    decided(supervisor, decider, of("GM0335"))
    later = NOON + timedelta(hours=1)
    deliver(by=supervisor, municipality=of("GM0335"), realisatie=11, overrules=True, now=later)
    make_circumstance(by=supervisor, municipality=of("GM0331"))
    text_block(within_utrecht, supervisor, text="Ons kader.")
    found = [concept(supervisor, code) for code in ("GM0344", "GM0307", "GM0321", "GM0331", "GM0335")]
    departure(found[0], supervisor, slug="slot", change="gewijzigd", heading="Tot slot", text="Ons slot.")
    departure(found[1], supervisor, slug="kader", change="weggelaten")
    Letter.objects.filter(pk=found[2].pk).update(on=TODAY, document_number="82508878", term_ends=TODAY)
    return found


def alone(letter: Letter) -> Written:
    related = ("province", "municipality__province", "municipality__post_address", "goes_with", "corrects")
    found = written(Letter.objects.select_related(*related).get(pk=letter.pk), today=TODAY)
    assert isinstance(found, Written)
    return found


def together(letters: list[Letter], province: Province) -> list[Written]:
    common = common_of(province=province, period=FIRST_HALF_OF_2022)
    found = [common.written(each, today=TODAY) for each in letters_by([each.pk for each in letters])]
    assert not [each for each in found if isinstance(each, Obstacle)]
    return [each for each in found if isinstance(each, Written)]


def test_each_letter_says_what_it_says_alone(letters: list[Letter], utrecht: Province) -> None:
    for letter, found in zip(letters, together(letters, utrecht), strict=True):
        same = alone(letter)
        assert found.content == same.content, letter
        assert (found.placed, found.details, found.kind, found.bijlage) == (
            same.placed,
            same.details,
            same.kind,
            same.bijlage,
        )
        assert _same_case(found.judged) == _same_case(same.judged)
        assert sheets_of(found) == sheets_of(same)


def _same_case(judged: Judged) -> object:
    return judged.case, judged.is_as_decided, judged.changed_since


def test_what_is_told_here_differs_between_them(letters: list[Letter], utrecht: Province) -> None:
    """Else the test above would hold of letters that are all alike."""
    found = together(letters, utrecht)
    assert len({each.content for each in found}) == len(letters)
    assert [each.kind.slug for each in found[:3]] == ["toezichtbrief", "vooraankondiging", "toezichtbrief"]
    assert [bool(each.case.herverdelingen) for each in found] == [True, False, False, False, False]
    assert [bool(each.case.circumstances) for each in found] == [False, False, False, True, False]
    assert [bool(each.judged.changed_since) for each in found] == [False, False, False, False, True]


def test_no_letter_takes_a_query_of_its_own(letters: list[Letter], utrecht: Province) -> None:
    """But where the figures changed since the decision: then those are read that it rests on."""
    counts = []
    together(letters, utrecht)
    for asked in (letters[:1], letters[:4]):
        with CaptureQueriesContext(connection) as queries:
            together(asked, utrecht)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_they_come_in_the_order_that_was_asked_and_without_those_that_are_gone(letters: list[Letter]) -> None:
    pks = [each.pk for each in reversed(letters)]
    assert [each.pk for each in letters_by([pks[0], 0, *pks[1:]])] == pks


def test_fifty_are_read_at_once(within_utrecht: Province) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(letters_by(list(range(10**9, 10**9 + 2 * AT_ONCE + 1)))) == []
    assert len(queries) == 3


def test_without_figures_there_is_no_letter(letters: list[Letter], utrecht: Province) -> None:
    common = common_of(province=utrecht, period=FIRST_HALF_OF_2022.back(30))
    [letter] = letters_by([letters[0].pk])
    assert isinstance(common.written(letter, today=TODAY), Obstacle)


def test_a_municipality_that_was_no_more_in_the_half_year_is_read_alone(
    letters: list[Letter], utrecht: Province
) -> None:
    common = replace(common_of(province=utrecht, period=FIRST_HALF_OF_2022), assessed={})
    [letter] = letters_by([letters[0].pk])
    found = common.written(letter, today=TODAY)
    assert isinstance(found, Written)
    assert found.content == alone(letters[0]).content
