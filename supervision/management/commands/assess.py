"""The assessment of a half-year per municipality, for people, spreadsheets and programs."""

import csv
import json
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser
from django_scopes import scope

from supervision import figures
from supervision.management.base import TredeCommand

Row = dict[str, str | int | None]


class Command(TredeCommand):
    help = "Toont per gemeente de cijfers, percentages en de geadviseerde trede van een halfjaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="halfjaar, bijvoorbeeld 2022-1")
        parser.add_argument("--province", help="code van de provincie, bijvoorbeeld PV26")
        parser.add_argument(
            "--as-known-on",
            metavar="MOMENT",
            help="zoals bekend aan het eind van een dag (2022-09-22), of op een moment (2022-09-22T10:12)",
        )
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        period = self.period(options["period"])
        known_at = self.past_moment(options["as_known_on"])
        province = self.province(options["province"])
        with scope(province=province):
            assessments = figures.assess_province(province=province, period=period, known_at=known_at)
        rows = [_row(assessment) for assessment in assessments]
        write = {"table": self._table, "csv": self._csv, "json": self._json}
        write[options["format"]](rows)

    def _json(self, rows: Sequence[Row]) -> None:
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))

    def _csv(self, rows: Sequence[Row]) -> None:
        writer = csv.DictWriter(self.stdout, fieldnames=list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)

    def _table(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        lines = [list(rows[0]), *([_shown(value) for value in row.values()] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = [
                cell.ljust(width) if index < 2 else cell.rjust(width)
                for index, (cell, width) in enumerate(zip(line, widths, strict=True))
            ]
            self.stdout.write("  ".join(cells).rstrip())


def _shown(value: str | int | None) -> str:
    return "-" if value is None else str(value)


def _row(assessment: figures.Assessment) -> Row:
    """The keys are an interface: other programs read them."""
    opgave = assessment.opgave
    return {
        "code": assessment.municipality.code,
        "name": assessment.municipality.name,
        "taakstelling": opgave.taakstelling,
        "herverdeling": opgave.herverdeling,
        "achterstand_start": opgave.achterstand_start,
        "totaalopgave": opgave.totaalopgave,
        "realisatie": opgave.realisation,
        "percentage_taakstelling": opgave.percentage_taakstelling,
        "percentage_totaalopgave": opgave.percentage_totaalopgave,
        "achterstand_end": opgave.achterstand_end,
        "trede_before": assessment.trede_before,
        "trede_advice": assessment.advice.trede if assessment.advice else None,
    }
