"""Columns about persons stop the import. The refusal names the column and never what is in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from supervision.coa import messages
from supervision.coa.cells import Value, column_letters
from supervision.coa.refusal import PersonalData
from supervision.coa.sheet import Sheet, Workbook
from supervision.coa.words import plain

_PERSON = r"(vergunninghouder|statushouder|bewoner|client|persoon|asielzoeker|gezinslid|hoofdpersoon)s?"
_HEADERS = re.compile(
    r"v[- .]?(nummer|nr\.?)( coa| ind)?|vnr\.?|vreemdelingen ?(nummer|nr\.?)|ind[- ]?(nummer|nr\.?)|coa[- ]?(nummer|nr\.?)"
    rf"|({_PERSON}|persoons)[- ]?(nummer|nr\.?|id)|a-nummer"
    r"|bsn([- ]?(nummer|nr\.?))?|burger ?service ?(nummer|nr\.?)|sofi[- ]?(nummer|nr\.?)"
    r"|geb(oorte)?[-. ]*(datum|dat\.?|dd\.?|jaar|plaats|land)|geboren( op)?"
    r"|(achter|voor|roep|familie|meisjes)[- ]?na(am|men)|voorletters?|initialen|tussenvoegsels?|geslachtsnaam"
    rf"|na(am|men)( van)?( de| het)? {_PERSON}|{_PERSON}[- ]?na(am|men)|volledige naam|naam en adres|naw([- ]?gegevens)?"
)
_V_NUMBER = re.compile(r"v(?:[- ]?(?:nr|nummer))?[- .:]*[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{4}(?![0-9])", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{4}")
_NINE_DIGITS = re.compile(r"[0-9]{4}\.?[0-9]{2}\.?[0-9]{3}|[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}")
_E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)

LONGEST = 1_000

_LIKE_TEXT = frozenset({str, int})
_SHORTEST = 9
"""The digits of a burgerservicenummer."""

FEWEST = 2
"""One nine-digit number may be anything; this many in a column, most of which pass the test, are not by chance."""


def refuse(workbook: Workbook) -> None:
    """Raise PersonalData when a column of any sheet, hidden ones too, looks like it is about persons."""
    for sheet in workbook.sheets:
        for column in range(sheet.width):
            reason = _reason(sheet, column)
            if reason:
                where = column_letters(column)
                raise PersonalData(messages.personal_data(reason, sheet=sheet.name, column=where))


def _reason(sheet: Sheet, column: int) -> str | None:
    values = [cells[column] for cells in sheet.rows if column < len(cells) and cells[column] is not None]
    return _by_header(values) or _by_contents(values)


def _by_header(values: list[Value]) -> str | None:
    """A header with something under it; a word in a last cell is no column."""
    for text in dict.fromkeys(value for value in values[:-1] if isinstance(value, str) and len(value) <= 40):
        if is_personal_header(text):
            return f"een kolom “{messages.shown(text)}”"
    return None


_HINT = re.compile("n[ur]|na[am]m|bsn|geb|voorl|init|tussen|naw|sofi|id", re.IGNORECASE)
"""What every header about persons has somewhere; most texts have not, and need no closer look."""


def is_personal_header(text: str) -> bool:
    return bool(_HINT.search(text)) and bool(_HEADERS.fullmatch(plain(text).strip(" :*")))


def _by_contents(values: list[Value]) -> str | None:
    long: Counter[str] = Counter()
    # By type, for a bool is an int.
    for value, times in Counter(value for value in values if type(value) in _LIKE_TEXT).items():
        text = str(value)
        if len(text) >= _SHORTEST:
            long[text[:LONGEST].strip()] += times
    if any(_V_NUMBER.search(text) for text in long):
        return "een kolom met V-nummers"
    if sum(times for text, times in long.items() if _E_MAIL.fullmatch(text)) > FEWEST:
        return "een kolom met e-mailadressen"
    return _mostly(long, _TEN_DIGITS, _looks_like_v_number, "V-nummers") or _mostly(
        long, _NINE_DIGITS, passes_eleven_test, "burgerservicenummers"
    )


def _mostly(texts: Counter[str], form: re.Pattern[str], test: Callable[[str], bool], what: str) -> str | None:
    formed = {text: times for text, times in texts.items() if form.fullmatch(text)}
    passing = sum(times for text, times in formed.items() if test(re.sub(r"\D", "", text)))
    return f"een kolom met {what}" if passing >= FEWEST and passing * 4 >= sum(formed.values()) * 3 else None


def _looks_like_v_number(digits: str) -> bool:
    """Ten digits that begin as the numbers of the IND do, and not as a telephone number."""
    return digits[0] in "123456789" and not digits.startswith("00")


_STANDS_ALONE = re.compile(rf"(?<![0-9.,-])(?:{_NINE_DIGITS.pattern})(?![0-9,-]|[.][0-9])")


def personal_number_in(text: str) -> str:
    """What kind of number of one person stands in a text that somebody typed: "een V-nummer"; empty when there is none."""
    if _V_NUMBER.search(text):
        return "een V-nummer"
    digits = (re.sub(r"\D", "", found[0]) for found in _STANDS_ALONE.finditer(text))
    return "een burgerservicenummer" if any(passes_eleven_test(number) for number in digits) else ""


def passes_eleven_test(digits: str) -> bool:
    """The elfproef of a burgerservicenummer: 9·a + 8·b + … + 2·h − i is a multiple of 11."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and any(digit != "0" for digit in digits)
