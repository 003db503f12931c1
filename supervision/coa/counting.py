"""One number out of a cell, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from supervision.coa import messages
from supervision.coa.cells import ErrorValue, Uncalculated, Value
from supervision.coa.numerals import ERROR_TEXTS, number_of
from supervision.coa.problems import ProblemKind

MOST_PERSONS = 99_999
"""Above every national taakstelling that there ever was; the ledger takes no more."""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: ProblemKind
    message: str


def count_of(value: Value, *, what: str, may_be_negative: bool) -> int | Fault:
    """Whole persons. `what` names the figure in the sentence: "de realisatie"."""
    number = number_of(value)
    if type(number) is int:
        return _sized(number, what, may_be_negative=may_be_negative)
    if value is None or (isinstance(value, str) and not value.strip()):
        return Fault(ProblemKind.EMPTY, messages.empty(what))
    if isinstance(value, Uncalculated):
        return Fault(ProblemKind.FORMULA_WITHOUT_VALUE, messages.uncalculated(what))
    if isinstance(value, ErrorValue) or (isinstance(value, str) and ERROR_TEXTS.fullmatch(value.strip())):
        shown = value.text if isinstance(value, ErrorValue) else value
        return Fault(ProblemKind.ERROR_VALUE, messages.error_value(what, shown))
    if number is None:
        return Fault(ProblemKind.NOT_A_NUMBER, messages.not_a_number(what, shown_value(value)))
    return Fault(ProblemKind.NOT_WHOLE, messages.not_whole(what, shown_value(value)))


def _sized(number: int, what: str, *, may_be_negative: bool) -> int | Fault:
    if abs(number) > MOST_PERSONS:
        return Fault(ProblemKind.TOO_LARGE, messages.too_large_number(what, MOST_PERSONS))
    if number < 0 and not may_be_negative:
        return Fault(ProblemKind.NEGATIVE, messages.negative(what, number))
    return number


def shown_value(value: Value) -> str:
    """What was found, for in a sentence."""
    match value:
        case bool():
            return "waar" if value else "onwaar"
        case Fraction():
            return f"{float(value):.10g}".replace(".", ",")
        case date():
            return f"{value.day}-{value.month}-{value.year}"
        case ErrorValue():
            return messages.shown(value.text)
    return messages.shown(str(value))
