"""Put figures of one municipality in the ledger from the command line."""

from typing import Any

from django.core.management.base import CommandParser

from supervision import actions
from supervision.management.base import STANDING_REASON, OneSentenceParser, TredeCommand
from supervision.models import Delivery
from supervision.rules.opgave import Kind

OPTIONS = {
    Kind.TAAKSTELLING: "taakstelling",
    Kind.ACHTERSTAND: "achterstand",
    Kind.REALISATION: "realisatie",
}


class Command(TredeCommand):
    help = "Legt cijfers van een gemeente vast."

    def add_arguments(self, parser: CommandParser) -> None:
        subcommands = parser.add_subparsers(
            dest="subcommand", required=True, metavar="set", parser_class=OneSentenceParser
        )
        to_set = subcommands.add_parser("set", help="legt cijfers van een gemeente vast")
        to_set.add_argument("municipality", help="code of naam, bijvoorbeeld GM0344")
        to_set.add_argument("period", help="halfjaar, bijvoorbeeld 2022-1")
        for option in OPTIONS.values():
            to_set.add_argument(f"--{option}", metavar="PERSONEN")
        to_set.add_argument("--as-of", metavar="DATUM", help="stand van, bijvoorbeeld 2022-07-01")
        to_set.add_argument(
            "--reason",
            default="",
            metavar="REDEN",
            help=f"waarom een gesloten halfjaar wordt gecorrigeerd; anders: {STANDING_REASON}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        period = self.period(options["period"])
        municipality = self.municipality(options["municipality"], period=period)
        as_of = self.day(options["as_of"])
        entries = [
            actions.Entry(
                municipality=municipality,
                kind=kind,
                persons=self.whole_number(options[option]),
                as_of=as_of,
                overrules=True,
            )
            for kind, option in OPTIONS.items()
            if options[option] is not None
        ]
        if not entries:
            self.refuse("Geef minstens één cijfer: --taakstelling, --achterstand of --realisatie.")
        recorded = self.attempt_with_reason(
            actions.record_figures,
            given=options["reason"],
            by=self.system_user(),
            province=municipality.province,
            period=period,
            entries=entries,
            now=self.now(),
            way=Delivery.Way.COMMAND,
        )
        if recorded.delivery is None:
            self.stdout.write(f"{municipality.name} {period}: deze cijfers golden al.")
        else:
            self.stdout.write(f"{municipality.name} {period}: vastgelegd.")
