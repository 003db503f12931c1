"""Record a herverdeling from the command line."""

from typing import Any

from django.core.management.base import CommandParser

from supervision import actions
from supervision.management.base import STANDING_REASON, OneSentenceParser, TredeCommand
from supervision.models import Delivery
from supervision.rules.dutch import persons


class Command(TredeCommand):
    help = "Legt een herverdeling tussen twee gemeenten vast."

    def add_arguments(self, parser: CommandParser) -> None:
        subcommands = parser.add_subparsers(
            dest="subcommand", required=True, metavar="add", parser_class=OneSentenceParser
        )
        add = subcommands.add_parser("add", help="legt een herverdeling vast")
        add.add_argument("period", help="halfjaar, bijvoorbeeld 2022-1")
        add.add_argument("--from", dest="giver", required=True, metavar="GEMEENTE")
        add.add_argument("--to", dest="taker", required=True, metavar="GEMEENTE")
        add.add_argument("--persons", required=True, metavar="PERSONEN")
        add.add_argument(
            "--note",
            default="",
            metavar="TOELICHTING",
            help=f"in een gesloten halfjaar nodig; anders: {STANDING_REASON}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        period = self.period(options["period"])
        herverdeling = self.attempt_with_reason(
            actions.agree_herverdeling,
            given=options["note"],
            named="note",
            by=self.system_user(),
            period=period,
            from_municipality=self.municipality(options["giver"], period=period),
            to_municipality=self.municipality(options["taker"], period=period),
            count=self.whole_number(options["persons"]),
            now=self.now(),
            way=Delivery.Way.COMMAND,
        )
        self.stdout.write(
            f"{herverdeling.to_municipality} neemt in {period} {persons(herverdeling.persons)} over "
            f"van {herverdeling.from_municipality}."
        )
