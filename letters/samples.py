"""Reads: a municipality with figures, to show with what a text says in its letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.figures import Obstacle, case_of, letterhead_of, usual_details
from letters.words.blocks import Block, When, facts_of
from letters.words.case import Case, Details
from letters.words.composing import compose_alone
from letters.words.content import Alone
from letters.words.sentences import values_of
from letters.words.texts import labels
from municipalities.models import Municipality, Province, User
from supervision.figures import Assessment, assess_province, current_period, known_periods
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A municipality that can be written to over the half-year."""

    code: str
    name: str
    trede: int | None
    trede_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the letter to one municipality would be filled with."""

    municipality: Municipality
    period: Period
    case: Case
    details: Details

    @property
    def values(self) -> Mapping[str, str | None]:
        """Of the placeholders that a block may have, and no others."""
        known = values_of(self.case, self.details)
        return {name: known[name] for name in labels()}

    def says(self, block: Block) -> Alone:
        return compose_alone(block, case=self.case, values=self.values)

    def has(self, block: Block, blocks: tuple[Block, ...]) -> bool:
        """Whether the block stands in its letter; `blocks` are all of the kind."""
        others = tuple(each for each in blocks if each.slug != block.slug)
        return block.when.holds(self.case, facts_of(self.case, (*others, block)))


def sample_period(*, province: Province, today: date) -> Period:
    return current_period(known_periods(province=province), today=today)


def choices_of(*, province: Province, period: Period) -> tuple[Choice, ...]:
    """By name. In a fixed number of queries."""
    assessed = assess_province(province=province, period=period)
    return tuple(_choice(each) for each in assessed if each.advice is not None and not each.missing)


def _choice(each: Assessment) -> Choice:
    step = each.step
    return Choice(
        code=each.municipality.code,
        name=each.municipality.name,
        trede=step.number if step else None,
        trede_name=step.name if step else "",
    )


def likely_choice(choices: tuple[Choice, ...], *, when: When) -> str:
    """The code of the first on the trede that the block is for, else of the first; empty where there is none."""
    fitting = [
        each for each in choices if when.trede in (None, each.trede) and when.trede_name in ("", each.trede_name)
    ]
    return next((each.code for each in (*fitting, *choices)), "")


def sample_of(*, province: Province, period: Period, code: str, maker: User, today: date) -> Sample | None:
    """None where there is no such municipality, or no letter to it yet."""
    rows = Municipality.objects.select_related("province", "post_address").filter(province=province)
    municipality = rows.filter(code=code).first() if code.isalnum() and code.isascii() else None
    if municipality is None:
        return None
    case = case_of(municipality=municipality, period=period)
    if isinstance(case, Obstacle):
        return None
    details = usual_details(letterhead=letterhead_of(province), maker=maker, on=today)
    return Sample(municipality=municipality, period=period, case=case, details=details)
