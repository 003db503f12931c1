"""What is proposed, what it rests on, and what a person must choose."""

from __future__ import annotations

from collections.abc import Mapping as Choices
from dataclasses import dataclass
from datetime import date

from supervision.coa.mapping import Mapping
from supervision.rules.period import Period

__all__ = ["Check", "Choice", "Choices", "Proposal", "Question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the file does not tell. `propose(choices={key: value})` takes the answer; `proposed` is only a suggestion."""

    key: str
    text: str
    choices: tuple[Choice, ...]
    proposed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A sum that the columns allow, over all rows: in how many it holds, of how many it could be tried on."""

    formula: str
    holds: int
    tried: int
    exceptions: tuple[str, ...]
    """The cells of the first rows where it does not."""

    @property
    def is_good(self) -> bool:
        """Herverdelingen and late corrections break it in some rows; in most it must hold."""
        return self.holds * 10 >= self.tried * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The mapping, with what is proposed for each thing asked already filled in.

    `period` and `as_of` are those given, or else what the file says; None when it says nothing.
    """

    mapping: Mapping
    period: Period | None
    as_of: date | None
    asked: tuple[Question, ...]
    checks: tuple[Check, ...]
    remarks: tuple[str, ...]
    """Sentences to show beside the proposal: a check that fails, columns left aside, a hidden sheet."""
    sheets: tuple[str, ...]
    """The sheets that could be chosen."""
    follows_profile: bool = False

    @property
    def fingerprint(self) -> str:
        return self.mapping.fingerprint
