"""Which municipality a row is about: by code, by name, by both, on the days of a half-year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from municipalities.names import municipality_code
from supervision.coa import messages
from supervision.coa.problems import ProblemKind
from supervision.coa.register import Found, Register
from supervision.coa.words import without_footnote
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True)
class Identity:
    """`ended` is set when the municipality was there at the start of the half-year and is no more on the peildatum."""

    found: Found
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Stranger:
    """What is written is no single municipality; `is_code` says that the fault is in the code, not in the name."""

    kind: ProblemKind
    message: str
    is_code: bool = False


_CODE_THEN_NAME = re.compile(r"((?:GM ?)?[0-9]{3,4})(?: ?[-–:,] ?| )(\D.+)", re.IGNORECASE)
_NAME_THEN_CODE = re.compile(r"(\D.+?)[-–, ]{0,3}\(?(GM ?[0-9]{3,4}|(?<=\()[0-9]{3,4})\)?", re.IGNORECASE)
LONGEST = 100
"""No name, with or without a code, is longer."""


@dataclass
class Identifier:
    """Looks each writing up once."""

    register: Register
    period: Period
    as_of: date
    known: dict[str, Identity | Stranger] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the half-year on which the municipalities are looked up: the peildatum itself is the next one's."""
        return max(self.period.start, min(self.as_of, self.period.peildatum - timedelta(days=1)))

    def identify(self, *, code: str, name: str, province: str) -> Identity | Stranger:
        """`province` is the name of the province that the row stands under, if any: it tells one Bergen from the other."""
        if not code:
            return self.by_name(name, province)
        by_code = self.look_up(code)
        by_name = self.by_name(name, province) if name else None
        if isinstance(by_code, Stranger):
            told = by_name.found.name if isinstance(by_name, Identity) else ""
            return Stranger(by_code.kind, messages.code_unknown(by_code.message, told), is_code=True)
        if isinstance(by_name, Identity) and by_name.found.code != by_code.found.code:
            message = messages.code_and_name_differ(code, by_code.found.name, name, by_name.found.code)
            return Stranger(ProblemKind.CODE_AND_NAME_DIFFER, message, is_code=True)
        return by_code

    def by_name(self, name: str, province: str) -> Identity | Stranger:
        identity = self.look_up(name)
        if isinstance(identity, Identity) or not province or identity.kind is not ProblemKind.AMBIGUOUS_MUNICIPALITY:
            return identity
        closer = self.look_up(f"{without_footnote(name)} ({province})")
        return closer if isinstance(closer, Identity) else identity

    def look_up(self, text: str) -> Identity | Stranger:
        if text not in self.known:
            self.known[text] = self._look_up(text)
        return self.known[text]

    def _look_up(self, text: str) -> Identity | Stranger:
        identity = self._in_half_year(text)
        if isinstance(identity, Identity) or identity.kind is ProblemKind.AMBIGUOUS_MUNICIPALITY:
            return identity
        if len(text) > LONGEST:
            return identity
        bare = without_footnote(text)
        if bare and bare != text:
            return self.look_up(bare)
        match = _CODE_THEN_NAME.fullmatch(text)
        code, name = match.groups() if match else ("", "")
        if not match and (match := _NAME_THEN_CODE.fullmatch(text)):
            name, code = match.groups()
        if match and municipality_code(code):
            both = self.identify(code=code, name=name, province="")
            return both if isinstance(both, Identity) or both.kind is ProblemKind.CODE_AND_NAME_DIFFER else identity
        return identity

    def _in_half_year(self, text: str) -> Identity | Stranger:
        """On the day itself; else at the start of the half-year."""
        try:
            return Identity(self.register.find(text, on=self.day))
        except self.register.ambiguous as error:
            return _ambiguous(error)
        except LookupError as error:
            message = str(error)
        try:
            found = self.register.find(text, on=self.period.start)
        except self.register.ambiguous as error:
            return _ambiguous(error)
        except LookupError:
            return Stranger(ProblemKind.UNKNOWN_MUNICIPALITY, message)
        return Identity(found, ended=found.valid_to)


def _ambiguous(error: LookupError) -> Stranger:
    return Stranger(ProblemKind.AMBIGUOUS_MUNICIPALITY, messages.ambiguous(str(error)))
