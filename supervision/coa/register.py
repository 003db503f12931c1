"""How coa asks which municipality is meant. What answers is given by the caller, who has a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Found(Protocol):
    """A municipality. `valid_to` is the first day on which it was there no more; None while it is."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def province_code(self) -> str: ...

    @property
    def valid_to(self) -> date | None: ...


class Find(Protocol):
    """Name, code or number, and a day: the municipality that it was. Raises LookupError, with a Dutch sentence."""

    def __call__(self, text: str, *, on: date) -> Found: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`ambiguous` is the LookupError that `find` raises for a name that fits several; any other says that none fits."""

    find: Find
    ambiguous: type[LookupError]
