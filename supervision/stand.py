"""The moment as of which somebody asks what was known: "stand zoals bekend op 22 september 2022"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime, make_aware

from supervision.rules.dutch import long_date
from supervision.rules.period import FIRST_YEAR
from supervision.templatetags.dutch import moment as moment_in_words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Not all that `fromisoformat` reads: it takes "20220922" for midnight, where a day means its end.
_MOMENT = re.compile(
    _DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_EXAMPLE = "Schrijf bijvoorbeeld 2022-09-22 of 2022-09-22T10:12."


class NotAMoment(ValueError):
    """A text that names no moment up to now. Its message is a Dutch sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What was recorded up to and including `moment`, and not yet withdrawn then. `asked` is how it was written."""

    moment: datetime
    asked: str
    words: str

    @property
    def day(self) -> str:
        return f"{localtime(self.moment):%Y-%m-%d}"

    @classmethod
    def parse(cls, text: str, *, now: datetime) -> Stand:
        """A day means its end, and a moment to the minute the end of that minute; a day without a time zone is ours."""
        asked = text.strip()
        shown = asked if len(asked) <= 40 else f"{asked[:40]}…"
        try:
            moment = _end_of_day(asked) if _DAY.fullmatch(asked) else _moment(asked)
        except (ValueError, OverflowError):
            raise NotAMoment(f"‘{shown}’ is geen moment. {_EXAMPLE}") from None
        # Of today nothing lies behind us but what was recorded up to now.
        if moment.year < FIRST_YEAR:
            raise NotAMoment(f"‘{shown}’ is geen moment. {_EXAMPLE}")
        begin = moment if not _DAY.fullmatch(asked) else moment - timedelta(days=1)
        if begin >= now:
            raise NotAMoment(f"‘{shown}’ moet nog komen.")
        words = long_date(localtime(moment).date()) if _DAY.fullmatch(asked) else moment_in_words(moment)
        return cls(moment=moment, asked=asked, words=words)


def _end_of_day(text: str) -> datetime:
    return make_aware(datetime.combine(date.fromisoformat(text), time.max), get_current_timezone())


def _moment(text: str) -> datetime:
    written = _MOMENT.fullmatch(text)
    if written is None:
        raise ValueError(text)
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        parsed = make_aware(parsed, get_current_timezone())
    return parsed if written["seconds"] else parsed + timedelta(seconds=59, microseconds=999_999)
