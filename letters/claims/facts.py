"""What is known of the municipality that a letter goes to: plain values, each with a Dutch label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from letters.words.case import Direction
from supervision.rules.period import Period


class Unit(StrEnum):
    """What a number counts. A number without a unit in the text may count persons or things. No fact is in TIME: a
    duration is not looked up."""

    PERSONS = "persons"
    PERCENT = "percent"
    TREDE = "trede"
    COUNT = "count"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`value` is without its sign: an achterstand of −9 is labelled a voorsprong of 9."""

    value: int | Fraction
    label: str
    unit: Unit = Unit.PERSONS


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact:
    day: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`periods` are the half-years that the letter may speak of, the one that it is about first.

    `others` are the names and aliases of all other municipalities, `allowed_others` those with which there is a
    herverdeling. `province` is the name of the own province, for it may be that of another municipality too.
    `standings` are the achterstanden that the letter tells of, at the begin and the end first; negative: a voorsprong.
    """

    municipality: str
    numbers: tuple[Fact, ...] = ()
    dates: tuple[DateFact, ...] = ()
    periods: tuple[Period, ...] = ()
    others: tuple[str, ...] = ()
    allowed_others: tuple[str, ...] = ()
    province: str = ""
    trede: int | None = None
    trede_before: int | None = None
    direction: Direction = Direction.FIRST
    standings: tuple[int, ...] = ()
