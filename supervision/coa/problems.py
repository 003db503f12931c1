"""What is wrong with a row or a cell, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"

    @property
    def dutch(self) -> str:
        return "fout" if self is Level.ERROR else "waarschuwing"


class ProblemKind(StrEnum):
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    AMBIGUOUS_MUNICIPALITY = "ambiguous_municipality"
    DUPLICATE_MUNICIPALITY = "duplicate_municipality"
    CODE_AND_NAME_DIFFER = "code_and_name_differ"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    ERROR_VALUE = "error_value"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_UNKNOWN = "too_many_unknown"
    TOO_MANY_PROBLEMS = "too_many_problems"
    NO_ROWS = "no_rows"
    IMPLAUSIBLE = "implausible"
    MUNICIPALITY_ENDED = "municipality_ended"
    SUM_DIFFERS = "sum_differs"

    @property
    def expected(self) -> str:
        """What should have stood in the cell, in Dutch."""
        return _EXPECTED.get(self, "een geheel aantal personen, 0 of meer")


_ONE_MUNICIPALITY = "de naam of code van één gemeente"
_EXPECTED = {
    ProblemKind.UNKNOWN_MUNICIPALITY: _ONE_MUNICIPALITY,
    ProblemKind.AMBIGUOUS_MUNICIPALITY: _ONE_MUNICIPALITY,
    ProblemKind.TOO_MANY_UNKNOWN: _ONE_MUNICIPALITY,
    ProblemKind.DUPLICATE_MUNICIPALITY: "elke gemeente één keer",
    ProblemKind.CODE_AND_NAME_DIFFER: "een code en een naam van dezelfde gemeente",
    ProblemKind.MUNICIPALITY_ENDED: "een gemeente die op de peildatum bestaat",
    ProblemKind.NOT_A_DATE: "een peildatum",
    ProblemKind.NO_ROWS: "rijen met gemeenten",
    ProblemKind.TOO_MANY_PROBLEMS: "minder fouten",
    ProblemKind.SUM_DIFFERS: "een getal dat volgt uit de andere kolommen",
    ProblemKind.IMPLAUSIBLE: "een getal dat in de lijn ligt van wat bekend is",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`message` is a Dutch sentence: what was expected, what was found. `code` is the municipality's, where known."""

    kind: ProblemKind
    level: Level
    sheet: str
    cell: str
    row: int
    column: int
    message: str
    code: str | None = None


class Reason(StrEnum):
    """Why a row that is no fault is left out."""

    TOTAL = "total"
    PROVINCE = "province"
    HEADING = "heading"
    NOTE = "note"
    OTHER_PROVINCE = "other_province"
    OTHER_DATE = "other_date"
    OTHER_PERIOD = "other_period"
    OTHER_KIND = "other_kind"

    @property
    def dutch(self) -> str:
        return _REASONS[self]


_REASONS = {
    Reason.TOTAL: "totaalregel",
    Reason.PROVINCE: "regel van een provincie",
    Reason.HEADING: "kop",
    Reason.NOTE: "noot",
    Reason.OTHER_PROVINCE: "gemeente in een andere provincie",
    Reason.OTHER_DATE: "andere peildatum",
    Reason.OTHER_PERIOD: "ander halfjaar",
    Reason.OTHER_KIND: "ander soort cijfer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    reason: Reason
    sheet: str
    row: int
    """As in the file: the first row is 1."""

    text: str
