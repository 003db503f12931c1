"""What a municipality that ended hands on: all that it owed, to the one or to the several that it went into."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.rules.dutch import number


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """Persons of one part. `end` is what it owed (negative: its voorsprong), None where that is not known.

    `elsewhere` went to others already; `is_last` says that none of them still waits.
    """

    name: str
    end: int | None
    persons: int
    elsewhere: int = 0
    is_last: bool = True

    @property
    def together(self) -> int:
        return self.persons + self.elsewhere

    @property
    def adds_up(self) -> bool:
        """Nothing is lost and nothing made up: all of the end once the last has its share, and never more than that."""
        if self.end is None:
            return True
        if self.is_last:
            return self.together == self.end
        return min(0, self.end) <= self.together <= max(0, self.end)

    @property
    def departure(self) -> str:
        """As a sentence, where it does not add up."""
        if self.adds_up or self.end is None:
            return ""
        owed = f"een voorsprong van {number(-self.end)}" if self.end < 0 else f"een achterstand van {number(self.end)}"
        return f"{self.name} sloot af met {owed}, en samen gaat er {number(self.together)} over."
