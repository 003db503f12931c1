"""What is far from what is possible: taken, but only after somebody has looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from supervision.coa import messages
from supervision.coa.table import Number
from supervision.rules.opgave import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is known of a municipality beforehand, to warn by; None is not known.

    `taakstelling_share` is its statutory share of the national taakstelling, `achterstand_start` the computed end of
    the half-year before, `totaalopgave` what the ledger has.
    """

    totaalopgave: int | None = None
    taakstelling_share: Number | None = None
    achterstand_start: int | None = None


NOTHING = Expected()

SHARE_OFF = Fraction(1, 10)
TIMES = 2

BLIND_TIMES, BLIND_MARGIN = 3, 30
"""Without the achterstand, the realisatie may well be above twice the taakstelling: a small municipality catches up."""


def doubts(figures: dict[Kind, int], *, totaalopgave: int | None, expected: Expected) -> Iterator[tuple[Kind, str]]:
    """The figures of one municipality that are far from expected, each with a sentence. `totaalopgave` is the file's."""
    taakstelling = figures.get(Kind.TAAKSTELLING)
    achterstand = figures.get(Kind.ACHTERSTAND)
    realised = figures.get(Kind.REALISATION)
    opgave = _opgave(taakstelling, achterstand, totaalopgave, expected)
    if taakstelling and _is_off_share(taakstelling, expected.taakstelling_share):
        yield Kind.TAAKSTELLING, messages.off_share(taakstelling, expected.taakstelling_share or 0)
    if achterstand is not None and expected.achterstand_start not in (None, achterstand):
        yield Kind.ACHTERSTAND, messages.other_start(achterstand, expected.achterstand_start or 0)
    if realised is None:
        return
    if opgave is not None and opgave > 0:
        if realised > TIMES * opgave:
            yield Kind.REALISATION, messages.above_opgave(realised, opgave)
    elif taakstelling is not None and realised > BLIND_TIMES * taakstelling + BLIND_MARGIN:
        yield Kind.REALISATION, messages.above_taakstelling(realised, taakstelling)


def _opgave(
    taakstelling: int | None, achterstand: int | None, totaalopgave: int | None, expected: Expected
) -> int | None:
    """What the file says or adds up to; else what is known."""
    if totaalopgave is not None:
        return totaalopgave
    if taakstelling is not None and achterstand is not None:
        return taakstelling + achterstand
    if taakstelling is not None and expected.achterstand_start is not None:
        return taakstelling + expected.achterstand_start
    return expected.totaalopgave


def _is_off_share(taakstelling: int, share: Number | None) -> bool:
    """More than a tenth off, and by more than rounding to whole persons explains."""
    if share is None or share <= 0:
        return False
    off = abs(Fraction(taakstelling) - share)
    return off > 1 and off > share * SHARE_OFF
