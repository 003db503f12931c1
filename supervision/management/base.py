"""What the commands share: one Dutch sentence and exit status 2 for a request that cannot be met."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from municipalities.lookup import AmbiguousMunicipality, UnknownMunicipality, find
from municipalities.models import Municipality, Province, User
from supervision.rules.period import NotAPeriod, Period

SYSTEM_USERNAME = "opdrachtregel"


class _Parser(CommandParser):
    """Says in one sentence what is wrong with the arguments; `--help` shows how it should be."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"Ongeldige opdracht: {message}. Zie --help.", returncode=2)


class TredeCommand(BaseCommand):
    """A command of Trede: reads its arguments into the field's values, or refuses."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = _Parser
        return parser

    def refuse(self, sentence: str) -> NoReturn:
        raise CommandError(sentence, returncode=2)

    def period(self, text: str) -> Period:
        try:
            return Period.parse(text)
        except NotAPeriod as error:
            self.refuse(str(error))

    def municipality(self, text: str, *, period: Period) -> Municipality:
        """By code or name, as of the last day of the half-year, else as of its first."""
        try:
            return find(text, on=period.start)
        except AmbiguousMunicipality as error:
            self.refuse(str(error))
        except UnknownMunicipality as error:
            self.refuse(str(error))

    def province(self, code: str | None) -> Province:
        """The province with this code; without one, the only province that has a ladder policy."""
        if code:
            province = Province.objects.filter(code=code.upper()).first()
            if province is None:
                self.refuse(f"‘{code}’ is geen provincie. Schrijf bijvoorbeeld PV26.")
            return province
        with_policy = list(Province.objects.filter(ladderpolicy__isnull=False).distinct()[:2])
        if len(with_policy) != 1:
            self.refuse("Zeg met --province om welke provincie het gaat, bijvoorbeeld PV26.")
        return with_policy[0]

    def day(self, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(f"‘{text}’ is geen datum. Schrijf bijvoorbeeld 2022-07-01.")

    def system_user(self) -> User:
        """Who records what comes in from the command line: a user that cannot log in."""
        user, is_new = User.objects.get_or_create(
            username=SYSTEM_USERNAME, defaults={"is_active": False, "first_name": "Opdrachtregel"}
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user

    now = staticmethod(now)
