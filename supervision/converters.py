"""What stands in a URL: a half-year, and a kind of entry in the dossier."""

from __future__ import annotations

from django.http import Http404

from supervision.rules.period import NotAPeriod, Period


class PeriodConverter:
    """Takes every first part of a path that begins with a digit, to say clearly what is wrong
    with one that is no half-year. "2022-I" is read too."""

    regex = "[0-9][^/]*"

    def to_python(self, value: str) -> Period:
        try:
            return Period.parse(value)
        except NotAPeriod as error:
            raise Http404(str(error)) from error

    def to_url(self, value: Period | str) -> str:
        return str(value)


class DossierSubjectConverter:
    """The kinds of entry that a dossier has; anything else is no address."""

    regex = "contacten|afspraken|omstandigheden"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
