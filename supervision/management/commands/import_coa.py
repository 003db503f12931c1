"""Read a workbook of COA, the ministry or TVS, and put its figures in the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django_scopes import scope

from municipalities.models import Province
from supervision.actions import Refused
from supervision.actions.workbooks import Given, confirm_workbook, give_workbook
from supervision.coa.problems import Problem
from supervision.coa.refusal import Refused as RefusedFile
from supervision.coa.sheet import Workbook
from supervision.management.base import TredeCommand
from supervision.rules.dutch import count, enumeration, long_date, number
from supervision.rules.opgave import Kind
from supervision.screens.forms import LONGEST_REASON
from supervision.workbooks import Reading, read_figures, read_workbook

KEYS = {Kind.TAAKSTELLING: "taakstelling", Kind.ACHTERSTAND: "achterstand_start", Kind.REALISATION: "realisatie"}


Told = dict[str, Any]


class Command(TredeCommand):
    help = (
        "Leest een werkboek in: welke cijfers erin staan, wat er niet klopt, en zonder --dry-run legt het ze vast. "
        "Status 0: vastgelegd, of met --dry-run zonder fouten gelezen; 1: niet in orde, niets vastgelegd; 2: verkeerde opdracht."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="het werkboek: .xlsx, .ods, .xls of .csv", metavar="BESTAND")
        parser.add_argument("--period", required=True, help="halfjaar, bijvoorbeeld 2022-1")
        parser.add_argument("--as-of", metavar="DATUM", help="peildatum, bijvoorbeeld 2022-07-01")
        parser.add_argument("--province", metavar="CODE", help="alleen deze provincie, bijvoorbeeld PV26")
        parser.add_argument("--sheet", metavar="NAAM", help="het blad met de cijfers")
        parser.add_argument("--dry-run", action="store_true", help="leest alleen en legt niets vast")
        parser.add_argument("--yes", action="store_true", help="bevestigt alle waarschuwingen")
        parser.add_argument(
            "--reason", default="", metavar="REDEN", help="waarom een gesloten halfjaar wordt gecorrigeerd"
        )
        parser.add_argument(
            "--taakstelling-from",
            metavar="DATUM",
            help="vanaf deze dag geldt een taakstelling die anders is dan de bekende; zonder is het een correctie",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        self.options = options
        self.half_year = self.period(options["period"])
        self.as_of = self.day(options["as_of"])
        self.taakstelling_from = self.day(options["taakstelling_from"])
        self.only = self.province(options["province"]) if options["province"] else None
        path = Path(options["file"])
        content = self._content(path)
        try:
            book = read_workbook(path.name, content)
            reading = self._reading(book)
        except RefusedFile as refusal:
            self._answer({"rows": {}, "errors": [_refused(refusal)], "warnings": [], "left_out": {}, "asked": []})
            raise CommandError(str(refusal), returncode=1) from refusal
        self._answer(_told(reading), reading)
        problems = self._problems(reading)
        if options["dry_run"]:
            if reading.errors or reading.obstacle:
                raise CommandError(problems, returncode=1)
        elif problems:
            raise CommandError(f"{problems} Er is niets vastgelegd.", returncode=1)
        else:
            self._record(path.name, content, reading)

    def _content(self, path: Path) -> bytes:
        """Not more than is taken anyway is read of it."""
        most: int = settings.WORKBOOK_LIMITS["upload_bytes"]
        try:
            with path.open("rb") as file:
                return file.read(most + 1)
        except (OSError, ValueError):
            self.refuse(f"Het bestand ‘{path.name}’ is er niet, of mag niet worden gelezen.")

    def _reading(self, book: Workbook) -> Reading:
        sheet = self.options["sheet"]
        if sheet is not None and book.sheet(sheet) is None:
            names = enumeration([f"‘{each.name}’" for each in book.sheets])
            self.refuse(f"Het bestand heeft geen blad ‘{sheet}’, wel {names}.")
        return read_figures(
            book,
            provinces=[self.only] if self.only else list(Province.objects.order_by("code")),
            only=self.only,
            period=self.half_year,
            as_of=self.as_of,
            choices={"sheet": sheet} if sheet is not None else {},
        )

    def _problems(self, reading: Reading) -> str:
        """What is in the way of recording, in sentences; empty when nothing is."""
        told = []
        if reading.obstacle:
            told.append(reading.obstacle)
        if reading.proposal.asked:
            told.append(" ".join(question.text for question in reading.proposal.asked))
        if reading.errors:
            told.append(f"{count(len(reading.errors), 'fout', 'fouten')} in het bestand.")
        if reading.warnings and not self.options["yes"]:
            told.append(f"{count(len(reading.warnings), 'waarschuwing', 'waarschuwingen')}; --yes bevestigt ze.")
        if reading.needs_reason and not self._reason:
            told.append(f"{reading.period} is gesloten; geef met --reason de reden van de correctie.")
        if not reading.lines and not told:
            told.append("In het bestand zijn geen cijfers gevonden.")
        return " ".join(told)

    @property
    def _reason(self) -> str:
        """A job that confirms everything says at least that it did."""
        reason: str = " ".join(self.options["reason"].split())[:LONGEST_REASON]
        return reason or ("Bevestigd met import_coa --yes." if self.options["yes"] else "")

    # -- writing ----------------------------------------------------------------

    def _record(self, name: str, content: bytes, reading: Reading) -> None:
        """One delivery per province, all or none; of a province where nothing changes, none."""
        provinces = {line.municipality.province for line in reading.recorded}
        if not provinces:
            self._say("Alle cijfers uit dit bestand golden al; er is niets vastgelegd.")
            return
        moment = self.now()
        with transaction.atomic():
            for province in sorted(provinces, key=lambda province: province.code):
                self._record_in(province, name=name, content=content, reading=reading, moment=moment)

    def _record_in(self, province: Province, *, name: str, content: bytes, reading: Reading, moment: Any) -> None:
        user = self.system_user()
        try:
            given = give_workbook(
                by=user,
                province=province,
                name=name,
                content=content,
                period=self.half_year,
                as_of=reading.as_of,
                sheet=reading.proposal.mapping.sheet,
                now=moment,
            )
            delivery = confirm_workbook(
                by=user,
                workbook=given.workbook,
                now=moment,
                confirms_all=True,
                taakstelling_from=self.taakstelling_from,
                reason=self._reason if reading.needs_reason else "",
            )
        except Refused as refusal:
            raise CommandError(f"{province.name}: {refusal} Er is niets vastgelegd.", returncode=1) from refusal
        self._say_before(given)
        with scope(province=province):
            figures = count(delivery.figures.count(), "cijfer", "cijfers")
        self._say(f"{province.name} {reading.period}: {figures} vastgelegd.")

    def _say_before(self, given: Given) -> None:
        if given.earlier:
            self.stderr.write(f"{given.workbook.name} is al eerder ingelezen, door {given.earlier.given_by}.")

    # -- saying -----------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        """Beside the json, which is all that comes out in that format."""
        (self.stderr if self.options["format"] == "json" else self.stdout).write(sentence)

    def _answer(self, told: Told, reading: Reading | None = None) -> None:
        if self.options["format"] == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        elif reading:
            for line in _lines(told, reading):
                self.stdout.write(line)


def _told(reading: Reading) -> Told:
    """The keys are an interface: other programs read them."""
    rows = reading.extracted.rows if reading.extracted else ()
    left_out = reading.extracted.left_out_counts if reading.extracted else {}
    return {
        "period": str(reading.period),
        "as_of": reading.as_of.isoformat(),
        "sheet": reading.proposal.mapping.sheet,
        "rows": {row.code: {KEYS[kind]: figure.persons for kind, figure in row.figures.items()} for row in rows},
        "errors": [*_obstacle(reading), *map(_problem, reading.errors)],
        "warnings": [_problem(problem) for problem in reading.warnings],
        "left_out": {reason.value: amount for reason, amount in left_out.items()},
        "asked": [
            {
                "key": question.key,
                "text": question.text,
                "choices": [{"value": choice.value, "label": choice.label} for choice in question.choices],
                "proposed": question.proposed,
            }
            for question in reading.proposal.asked
        ],
        "remarks": list(reading.proposal.remarks),
    }


def _problem(problem: Problem) -> Told:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "kind": problem.kind.value,
        "code": problem.code,
        "message": problem.message,
    }


def _obstacle(reading: Reading) -> Sequence[Told]:
    if not reading.obstacle:
        return ()
    sheet = reading.proposal.mapping.sheet
    return ({"sheet": sheet, "cell": "", "kind": "no_figures", "code": None, "message": reading.obstacle},)


def _refused(refusal: RefusedFile) -> Told:
    kind = "personal_data" if type(refusal).__name__ == "PersonalData" else "unreadable"
    return {"sheet": "", "cell": "", "kind": kind, "code": None, "message": str(refusal)}


def _lines(told: Told, reading: Reading) -> list[str]:
    totals = reading.extracted.totals if reading.extracted else {}
    sums = [f"{KEYS[kind]} {number(totals[kind])}" for kind in KEYS if kind in totals]
    found = f"{count(len(told['rows']), 'gemeente', 'gemeenten')}: {enumeration(sums)}" if sums else "Geen cijfers"
    lines = [
        f"{reading.period}, stand van {long_date(reading.as_of)}, blad ‘{told['sheet']}’.",
        f"{found}. {count(len(reading.recorded), 'cijfer verandert', 'cijfers veranderen')}.",
    ]
    lines += [f"Niet overgenomen: {amount} × {reason}." for reason, amount in told["left_out"].items()]
    for level, label in (("errors", "Fout"), ("warnings", "Waarschuwing")):
        lines += [f"{label} {problem['cell']} ({problem['kind']}): {problem['message']}" for problem in told[level]]
    lines += [f"Vraag: {question['text']}" for question in told["asked"]]
    lines += told["remarks"]
    return lines
