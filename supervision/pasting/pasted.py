"""What was pasted and is not recorded yet: it goes to the browser and back, sealed so that nothing of it can be made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.core import signing

from municipalities.models import Province
from supervision.pasting.placing import Placed
from supervision.rules.period import Period

MOST_SENTENCES = 20
"""Of what has no place; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """`cells` are the names of the cells that came from the block; `outside`, `left` and `notes` as in Placed."""

    submission: UUID
    cells: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    left: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def opened(cls, sealed: str, *, province: Province, period: Period) -> Pasted | None:
        """None for what this site did not seal for this half-year of this province."""
        try:
            told = signing.loads(sealed, salt=_salt(province, period))
        except signing.BadSignature:
            return None
        return cls(
            submission=UUID(told["submission"]),
            cells=tuple(told["cells"]),
            outside=tuple(told["outside"]),
            left=told["left"],
            notes=tuple(told["notes"]),
        )

    def sealed(self, *, province: Province, period: Period) -> str:
        told = {
            "submission": str(self.submission),
            "cells": self.cells,
            "outside": self.outside,
            "left": self.left,
            "notes": self.notes,
        }
        return signing.dumps(told, salt=_salt(province, period), compress=True)

    def with_block(self, placed: Placed, cells: Iterable[str]) -> Pasted:
        """After another block: what it filled comes to what was there, and its own sentences count."""
        over = len(placed.outside) - MOST_SENTENCES
        outside = placed.outside[:MOST_SENTENCES] + ((f"En nog {over} keer zoiets.",) if over > 0 else ())
        return replace(
            self,
            cells=tuple(dict.fromkeys((*self.cells, *cells))),
            outside=outside,
            left=placed.left,
            notes=placed.notes,
        )

    def without(self, cells: Iterable[str]) -> Pasted:
        gone = set(cells)
        return replace(self, cells=tuple(cell for cell in self.cells if cell not in gone))


def _salt(province: Province, period: Period) -> str:
    return f"supervision.pasted:{province.pk}:{period}"
