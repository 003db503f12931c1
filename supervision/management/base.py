"""What the commands share: one Dutch sentence and exit status 2 for a request that cannot be met."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django_scopes import scopes_disabled

from municipalities.lookup import AmbiguousMunicipality, UnknownMunicipality, find
from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.models import Delivery
from supervision.rules.period import NotAPeriod, Period
from supervision.screens.forms import LONGEST_REASON
from supervision.stand import NotAMoment, Stand

Result = TypeVar("Result")

SYSTEM_USERNAME = "opdrachtregel"
STANDING_REASON = "opdracht op de server"


class OneSentenceParser(CommandParser):
    """Says in one sentence what is wrong with the arguments; `--help` shows how it should be."""

    def error(self, message: str) -> NoReturn:
        sentence = f"Ongeldige opdracht ({message}); --help toont hoe het moet."
        if self.called_from_command_line:
            self.exit(2, f"{sentence}\n")
        raise CommandError(sentence, returncode=2)


class TredeCommand(BaseCommand):
    """A command of Trede: reads its arguments into the field's values, or refuses."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneSentenceParser
        return parser

    def refuse(self, sentence: str) -> NoReturn:
        raise CommandError(sentence, returncode=2)

    def period(self, text: str) -> Period:
        try:
            return Period.parse(text)
        except NotAPeriod as error:
            self.refuse(str(error))

    def municipality(self, text: str, *, period: Period) -> Municipality:
        """By code or name, as of the first day of the half-year."""
        try:
            return find(text, on=period.start)
        except (AmbiguousMunicipality, UnknownMunicipality) as error:
            self.refuse(str(error))

    def province(self, code: str | None) -> Province:
        """The province with this code; without one, the only province that has people or figures here."""
        if code:
            province = Province.objects.filter(code=code.upper()).first()
            if province is None:
                self.refuse(f"‘{code}’ is geen provincie. Schrijf bijvoorbeeld PV26.")
            return province
        with scopes_disabled():
            deliveries = Delivery.objects.filter(province=OuterRef("pk"))
            people = User.objects.filter(province=OuterRef("pk"))
            at_work = list(Province.objects.filter(Exists(deliveries) | Exists(people))[:2])
        if len(at_work) != 1:
            self.refuse("Zeg met --province om welke provincie het gaat, bijvoorbeeld PV26.")
        return at_work[0]

    def day(self, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(f"‘{text}’ is geen datum. Schrijf bijvoorbeeld 2022-07-01.")

    def past_moment(self, text: str | None) -> datetime | None:
        if text is None:
            return None
        try:
            return Stand.parse(text, now=self.now()).moment
        except NotAMoment as error:
            self.refuse(str(error))

    def whole_number(self, text: str) -> int:
        """A number of persons in ASCII digits, with or without a minus."""
        if not re.fullmatch(r"-?[0-9]{1,12}", text):
            self.refuse(f"‘{text}’ is geen heel getal.")
        return int(text)

    def attempt(self, action: Callable[..., Result], **arguments: Any) -> Result:
        """Do it, or refuse with the action's own sentence."""
        try:
            return action(**arguments)
        except actions.Refused as error:
            self.refuse(str(error))

    def attempt_with_reason(
        self, action: Callable[..., Result], *, given: str, named: str = "reason", **arguments: Any
    ) -> Result:
        """As `attempt`. Where a closed half-year asks for a reason and none was given, the standing one is recorded:
        a job that runs each month has nobody to ask."""
        if len(given) > LONGEST_REASON:
            self.refuse(f"De reden is te lang: hoogstens {LONGEST_REASON} tekens.")
        try:
            return action(**arguments, **{named: given})
        except actions.ReasonNeeded:
            return self.attempt(action, **arguments, **{named: STANDING_REASON})
        except actions.Refused as error:
            self.refuse(str(error))

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
