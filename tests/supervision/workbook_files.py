"""The example workbooks, and what their README says that an import must give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from municipalities.models import Municipality, Province, User
from supervision.actions.workbooks import give_workbook
from supervision.models import WorkbookImport
from supervision.rules.period import Period
from supervision.workbooks import Reading, reading_of
from tests.supervision.coa import making
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON

DATA = Path(__file__).parent / "coa" / "data"
PEILDATUM = date(2022, 7, 1)


def example(name: str) -> bytes:
    return (DATA / name).read_bytes()


@dataclass(frozen=True)
class Example:
    """What an import of a file for 2022-1 gives: municipalities, totals, some rows, and the cells with a problem."""

    name: str
    as_of: date
    municipalities: int
    totals: dict[str, int]
    rows: dict[str, dict[str, int]]
    errors: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return f"{self.name} {self.as_of}"


EXAMPLES = (
    Example(
        "simple.xlsx",
        PEILDATUM,
        26,
        {"taakstelling": 777, "realisatie": 724},
        {
            "GM0344": {"taakstelling": 203, "realisatie": 168},
            "GM0307": {"taakstelling": 90, "realisatie": 60},
            "GM1581": {"taakstelling": 29, "realisatie": 19},
        },
    ),
    Example(
        "landelijk.xlsx",
        PEILDATUM,
        345,
        {"taakstelling": 9978, "achterstand_start": 3601, "realisatie": 10177},
        {
            "GM0344": {"taakstelling": 203, "achterstand_start": 171, "realisatie": 168},
            "GM0014": {"taakstelling": 133, "achterstand_start": 95, "realisatie": 96},
            "GM0202": {"taakstelling": 93, "achterstand_start": -127, "realisatie": 5},
        },
        warnings=(("B237", "municipality_ended"),),
    ),
    Example(
        "tvs.xlsx",
        date(2022, 2, 1),
        31,
        {"realisatie": 186},
        {"GM0344": {"realisatie": 30}, "GM0307": {"realisatie": 5}, "GM1581": {"realisatie": 4}},
    ),
    Example(
        "tvs.xlsx",
        date(2022, 4, 1),
        31,
        {"realisatie": 569},
        {"GM0344": {"realisatie": 89}, "GM0307": {"realisatie": 32}, "GM1581": {"realisatie": 10}},
    ),
    Example(
        "tvs.xlsx",
        PEILDATUM,
        31,
        {"realisatie": 1088},
        {"GM0344": {"realisatie": 168}, "GM0307": {"realisatie": 60}, "GM1581": {"realisatie": 19}},
    ),
    Example(
        "fouten.xlsx",
        PEILDATUM,
        19,
        {"taakstelling": 672, "realisatie": 1142},
        {
            "GM0344": {"taakstelling": 203, "realisatie": 168},
            "GM0307": {"taakstelling": 90, "realisatie": 600},
            "GM1581": {"taakstelling": 29, "realisatie": 19},
        },
        errors=(
            ("A28", "unknown_municipality"),
            ("A29", "duplicate_municipality"),
            ("A30", "ambiguous_municipality"),
            ("B12", "error_value"),
            ("C15", "empty"),
            ("C17", "formula_without_value"),
            ("C26", "not_a_number"),
            ("C8", "negative"),
            ("C9", "not_whole"),
        ),
        warnings=(("C2", "implausible"),),
    ),
)


def small(*rows: tuple[object, ...], header: tuple[str, ...] = ("Gemeente", "Taakstelling", "Realisatie")) -> bytes:
    """A workbook with these rows."""
    return making.xlsx([header, *rows])


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A workbook that was given, and looked at."""

    workbook: WorkbookImport
    reading: Reading
    earlier: WorkbookImport | None


def give(
    *,
    by: User,
    province: Province,
    name: str = "simple.xlsx",
    content: bytes | None = None,
    period: Period = FIRST_HALF_OF_2022,
    as_of: date | None = PEILDATUM,
    now: object = NOON,
) -> Seen:
    given = give_workbook(
        by=by,
        province=province,
        name=name,
        content=example(name) if content is None else content,
        period=period,
        as_of=as_of,
        now=now,
    )
    return Seen(workbook=given.workbook, reading=reading_of(given.workbook), earlier=given.earlier)


def municipality(code: str) -> Municipality:
    return Municipality.objects.get(code=code)
