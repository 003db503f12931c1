"""Rows of several tables in one query."""

from __future__ import annotations

from datetime import date

import pytest

from municipalities.models import Municipality, PostAddress, Province, Succession
from supervision.stacked import Stack, read_stacked

VIJFHEERENLANDEN = "GM1961"


@pytest.fixture
def stacks(utrecht: Province) -> tuple[Stack, ...]:
    here = Municipality.objects.filter(code=VIJFHEERENLANDEN)
    went = Succession.objects.filter(to_municipality__code=VIJFHEERENLANDEN)
    return (
        Stack(slug="nothing", rows=PostAddress.objects.none(), columns={"line": "line"}),
        Stack(slug="here", rows=here, columns={"name": "name", "from": "valid_from", "to": "valid_to"}),
        Stack(slug="went", rows=went, columns={"who": "from_municipality__name", "day": "on"}),
    )


def test_each_table_gives_columns_of_its_own(stacks: tuple[Stack, ...]) -> None:
    read = read_stacked(stacks)
    assert read["nothing"] == []
    assert read["here"] == [{"name": "Vijfheerenlanden", "from": "2019-01-01", "to": None}]
    assert {row["who"] for row in read["went"]} >= {"Leerdam", "Vianen", "Zederik"}
    assert {date.fromisoformat(row["day"]) for row in read["went"]} == {date(2019, 1, 1)}


def test_it_is_one_query_and_one_stack_may_stand_alone(stacks: tuple[Stack, ...], django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        read_stacked(stacks)
    with django_assert_num_queries(1):
        assert len(read_stacked(stacks[1:2])["here"]) == 1


def test_rows_come_as_often_as_they_are_there(utrecht: Province) -> None:
    same = Municipality.objects.filter(province=utrecht)
    stack = Stack(slug="same", rows=same, columns={"province": "province__name"})
    assert len(read_stacked([stack])["same"]) == same.count()


def test_two_stacks_with_one_slug_are_refused(stacks: tuple[Stack, ...]) -> None:
    with pytest.raises(ValueError, match="one slug"):
        read_stacked([*stacks, stacks[1]])
