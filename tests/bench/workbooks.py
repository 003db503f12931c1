"""A national workbook read, recognised, matched and compared, against openpyxl's bare read of the same file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from django_scopes import scope
from openpyxl import Workbook, load_workbook

from municipalities.models import Municipality, Province, User
from supervision.actions.workbooks import confirm_workbook, give_workbook
from supervision.models import WorkbookImport
from supervision.rules.period import Period
from supervision.workbooks import Reading, read_figures, read_workbook, reading_of
from tests.bench.world import make_province

EXAMPLE = Path(__file__).parents[1] / "supervision" / "coa" / "data" / "landelijk.xlsx"
RUNS = 15
AT_MOST = 2
PERIOD, PEILDATUM = Period(2022, 1), date(2022, 7, 1)


def main() -> None:
    """On a database with the demo."""
    content = EXAMPLE.read_bytes()
    province = Province.objects.get(code="PV26")
    print(f"National workbook of 345 rows, against openpyxl's bare read (at most {AT_MOST}):")
    with scope(province=province):
        _compare("  read, recognised, matched, compared", lambda: compared(content, province), lambda: bare(content))
        _compare("  confirmed, by who looked at it      ", _confirming(content, province), lambda: bare(content))
    _print_queries()


def compared(content: bytes, province: Province) -> None:
    book = read_workbook("landelijk.xlsx", content)
    reading = read_figures(book, provinces=[province], only=province, period=PERIOD, as_of=PEILDATUM, choices={})
    assert len(reading.lines) == 78, "three figures of 26 municipalities"


def bare(content: bytes) -> None:
    """Every cell, and nothing done with it; with the merged cells, which are needed to read a header of two rows."""
    book = load_workbook(BytesIO(content), data_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass


def _confirming(content: bytes, province: Province) -> Callable[[], None]:
    """Of a workbook that was looked at: all 78 figures differ from those in force. Undone each time."""
    user = User.objects.get(username="toezichthouder")
    given = _given(content, province, user)

    reading = reading_of(given)

    def confirm() -> None:
        with transaction.atomic():
            _confirm(given, reading)
            transaction.set_rollback(True)

    return confirm


def _given(content: bytes, province: Province, user: User, period: Period = PERIOD) -> WorkbookImport:
    given = give_workbook(
        by=user, province=province, name="landelijk.xlsx", content=content, period=period, as_of=PEILDATUM, now=now()
    )
    return given.workbook


def _confirm(given: WorkbookImport, reading: Reading) -> None:
    confirm_workbook(
        by=given.given_by, workbook=given, now=now(), seen=reading.token, confirms_all=True, reason="meting"
    )


def _compare(label: str, ours: Callable[[], None], theirs: Callable[[], None]) -> None:
    """In turns, so that a slower moment of the machine hits both."""
    mine, other = [], []
    for _ in range(RUNS):
        mine.append(_seconds(ours))
        other.append(_seconds(theirs))
    ratio = median(one / another for one, another in zip(mine, other, strict=True))
    print(f"{label} {ratio:.2f}  ({median(mine) * 1000:.0f} against {median(other) * 1000:.0f} ms)")


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _print_queries() -> None:
    """Confirming in provinces of two sizes."""
    counts = []
    for code, size in (("PV98", 20), ("PV99", 342)):
        user = make_province(code=code, municipalities=size, half_years=2)
        assert user.province is not None
        with scope(province=user.province), transaction.atomic():
            given = _given(_made(user.province), user.province, user)
            reading = reading_of(given)
            with CaptureQueriesContext(connection) as captured:
                _confirm(given, reading)
            counts.append((size, len(reading.recorded), len(captured)))
            transaction.set_rollback(True)
    told = ", ".join(f"{queries} queries for {figures} figures of {size}" for size, figures, queries in counts)
    print(f"  confirm: {told} municipalities")


def _made(province: Province) -> bytes:
    """A workbook with other figures for every municipality of the province."""
    book = Workbook()
    [sheet] = book.worksheets
    sheet.append(["Gemeentecode", "Gemeente", "Achterstand 1-1-2022", "Taakstelling", "Realisatie"])
    for index, municipality in enumerate(Municipality.objects.filter(province=province)):
        sheet.append([municipality.code, municipality.name, 50 + index % 7, 60 + index % 40, 70 + index % 30])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
