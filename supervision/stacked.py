"""Rows of several tables in one query, each with columns of its own: what a page shows of many kinds at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""By the slug of their stack; of one without rows an empty sequence. In no order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """`columns` are fields or expressions by the name under which they are read."""

    slug: str
    rows: QuerySet[Any]
    columns: Mapping[str, str | Combinable]


def read_stacked(stacks: Sequence[Stack]) -> Rows:
    """One query. A day, a half-year and a UUID come as text, as in JSON."""
    read: dict[str, list[Row]] = {stack.slug: [] for stack in stacks}
    if len(read) < len(stacks):
        raise ValueError("Two stacks with one slug.")
    first, *others = [
        stack.rows.order_by().values_list(Value(stack.slug, output_field=CharField()), JSONObject(**stack.columns))
        for stack in stacks
    ]
    for slug, row in first.union(*others, all=True) if others else first:
        read[slug].append(row)
    return read
