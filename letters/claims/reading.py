"""Which numbers, shares, days, half-years and treden a text claims, with the directions that it tells of."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from letters.claims import patterns
from letters.claims.claim import A_LEAP_YEAR, Claim, Kind, Value
from letters.claims.directions import directions_in
from letters.claims.facts import Unit
from letters.claims.plain import Plain, plain
from letters.claims.words import ORDINALS, SIGNS, number_word, part_word
from supervision.rules.period import NotAPeriod, Period

# Which four digits are a year: those that a letter may be about. Of a law any will do.
_YEARS, _YEARS_OF_LAWS = range(2005, 2050), range(1800, 2100)
_MOST_DIGITS = 40
_FIRST_HALVES = ("1", "i", "eerste", "1e", "1ste")
_SECOND_HALVES = ("2", "ii", "tweede", "2e", "2de")
_LAWS = ("wet", "regeling", "verordening", "kader")
_TREDEN = ("trede", "treden", "tredes")
# Of days or weeks: "490 of 6 weken" is no range.
_LONGEST_RANGE = 60
_MOST_TREDEN = 12
# Two capitals behind four digits that are words and no postcode.
_NO_POSTCODE = frozenset(("EN", "IN", "OF", "IS", "OP", "DE", "TE", "AF", "ER", "UW", "WE", "ZE"))


def claims_in(text: str) -> tuple[Claim, ...]:
    """In the order of the text. Names of municipalities are not among them: which there are is not known here."""
    return claims_of(plain(text))


def claims_of(read: Plain) -> tuple[Claim, ...]:
    claims = [*_Reader(read).read(), *directions_in(read)]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind)))


class _Reader:
    """Goes through the text once. Each `_on_…` is given what was found and says where to go on."""

    def __init__(self, read: Plain) -> None:
        self.plain = read
        self.lower = read.lower
        self.claims: list[Claim] = []
        self.word = ""
        self.word_end = -1
        self.law_end = -1
        self.acts: dict[str | None, Callable[[re.Match[str]], int]] = {
            "iso": self._on_iso,
            "iso_month": self._on_iso_month,
            "numeric": self._on_numeric,
            "period": self._on_period,
            "half": self._on_half,
            "season": self._on_season,
            "same_month": self._on_same_month,
            "named": self._on_named,
            "month": self._on_month,
            "ratio": self._on_ratio,
            "sign": self._on_sign,
            "number": self._on_number,
            "word": self._on_word,
        }

    def read(self) -> list[Claim]:
        at = 0
        while found := patterns.SCAN.search(self.lower, at):
            act = self.acts.get(found.lastgroup)
            at = found.end() if act is None else act(found)
        return self.claims

    def _claim(
        self, kind: Kind, start: int, end: int, value: Value, *, unit: Unit | None = None, about: str = ""
    ) -> int:
        first, last = self.plain.span(start, end)
        written = self.plain.original[first:last]
        claim = Claim(kind=kind, written=written, start=first, end=last, value=value, unit=unit, about=about)
        self.claims.append(claim)
        return end

    # -- days and half-years -------------------------------------------------------------------------

    def _on_iso(self, found: re.Match[str]) -> int:
        return self._date(found, found["iso_y"], int(found["iso_m"]), found["iso_d"])

    def _on_numeric(self, found: re.Match[str]) -> int:
        year, month = (found["num_y"] or found["wide_y"]), (found["num_m"] or found["wide_m"])
        return self._date(found, year if len(year) == 4 else f"20{year}", int(month), found["num_d"])

    def _on_named(self, found: re.Match[str]) -> int:
        return self._date(found, found["nam_y"], _month(found["nam_m"]), found["nam_d"])

    def _on_same_month(self, found: re.Match[str]) -> int:
        """The 1 of "1 en 15 juli 2022"."""
        behind = patterns.NAMED_DAY.match(self.lower, found.end())
        if behind is None or int(found["same_d"]) > 31:
            return self._number_until(found, found.end("same_d"))
        start, end = found.span("same_d")
        self._day(start, end, behind["year"], _month(behind["month"]), found["same_d"])
        return found.end()

    def _date(self, found: re.Match[str], year: str | None, month: int, day: str) -> int:
        return self._day(found.start(), found.end(), year, month, day)

    def _day(self, start: int, end: int, year: str | None, month: int, day: str) -> int:
        value = _existing(int(year or A_LEAP_YEAR), month, int(day))
        return self._claim(Kind.DATE if year else Kind.DAY, start, end, value)

    def _on_iso_month(self, found: re.Match[str]) -> int:
        return self._claim(Kind.MONTH, *found.span(), date(int(found["im_y"]), int(found["im_m"]), 1))

    def _on_month(self, found: re.Match[str]) -> int:
        return self._claim(Kind.MONTH, *found.span(), date(int(found["mon_y"]), _month(found["mon_m"]), 1))

    def _on_period(self, found: re.Match[str]) -> int:
        return self._claim(Kind.PERIOD, *found.span(), _half_year(found["per_y"], found["per_h"]))

    def _on_half(self, found: re.Match[str]) -> int:
        return self._claim(Kind.PERIOD, *found.span(), _half_year(found["half_y"], found["half_h"]))

    def _on_season(self, found: re.Match[str]) -> int:
        return self._claim(Kind.YEAR, *found.span(), int(found["season_y"]))

    # -- shares and numbers ----------------------------------------------------------------------------

    def _on_ratio(self, found: re.Match[str]) -> int:
        whole = int(found["whole"])
        if not whole:
            return self._number_until(found, found.end("part"))
        return self._claim(Kind.SHARE, *found.span(), Fraction(int(found["part"]), whole))

    def _on_sign(self, found: re.Match[str]) -> int:
        return self._claim(Kind.SHARE, *found.span(), SIGNS[found["sign"]])

    def _on_number(self, found: re.Match[str]) -> int:
        return self._number_until(found, found.end())

    def _number_until(self, found: re.Match[str], end: int) -> int:
        start = found.start()
        if ending := patterns.ORDINAL_ENDING.match(self.lower, end):
            return ending.end()
        digits = self.lower[start:end]
        if self._is_no_figure(start, end, digits):
            return end
        value = _value(digits)
        unit, unit_end = self._unit(end, value)
        year = int(digits) if unit is None and len(digits) == 4 and digits.isdigit() else 0
        if year in _YEARS_OF_LAWS and self._names_a_law(start):
            self.law_end = end
            return end
        if year in _YEARS:
            return self._claim(Kind.YEAR, start, end, year)
        self._number(start, end, value, unit, unit_end)
        return max(end, unit_end) if unit is Unit.PERCENT else end

    def _number(self, start: int, end: int, value: int | Fraction | None, unit: Unit | None, unit_end: int) -> None:
        if unit is Unit.TIME:
            self._claim(Kind.DURATION, start, end, value, unit=unit)
            return
        before = patterns.STANDS_BEFORE.search(self.lower, max(0, start - 40), start)
        about = before or patterns.STANDS_BEHIND.match(self.lower, max(end, unit_end))
        last = unit_end if unit is Unit.PERCENT else end
        self._claim(Kind.NUMBER, start, last, value, unit=unit, about=about["about"] if about else "")

    def _is_no_figure(self, start: int, end: int, digits: str) -> bool:
        """Part of a word in capitals (A12), the number of a list item, or a postcode."""
        if start and self.plain.text[start - 1].isupper() and start == self.word_end:
            return True
        if len(digits) <= 2 and patterns.LIST_ENDING.match(self.lower, end):
            return patterns.OPENS_A_LINE.search(self.lower, max(0, start - 10), start) is not None
        postcode = patterns.POSTCODE.match(self.plain.text, end) if len(digits) == 4 else None
        return postcode is not None and postcode["letters"] not in _NO_POSTCODE

    def _names_a_law(self, start: int) -> bool:
        """The year of a "Huisvestingswet 2014", or the second of a "beleidskader 2021-2024"."""
        if start == self.law_end + 1:
            return self.lower[self.law_end] == "-"
        return start - self.word_end in (1, 2) and self.word.endswith(_LAWS)

    def _unit(
        self, end: int, value: int | Fraction | None, *, follows_tussen: bool | None = None
    ) -> tuple[Unit | None, int]:
        """What is counted, and where that ends where it stands right behind; the first of a range counts what its last does."""
        if found := patterns.UNIT.match(self.lower, end):
            return _counted(found), found.end()
        other = patterns.RANGE.match(self.lower, end)
        if other is None or value is None:
            return None, end
        if other["link"] == "en" and not (self.word == "tussen" if follows_tussen is None else follows_tussen):
            return None, end
        above = _value(other["digits"]) if other["digits"] else number_word(other["word"])
        found = patterns.UNIT.match(self.lower, other.end())
        if found is None or above is None or above <= value:
            return None, end
        unit = _counted(found)
        if unit is Unit.TIME and above > _LONGEST_RANGE:
            return None, end
        return unit, end

    # -- words -----------------------------------------------------------------------------------------

    def _on_word(self, found: re.Match[str]) -> int:
        word, before = found["word"], self.word
        self.word, self.word_end = word, found.end()
        if word in _TREDEN:
            return self._treden(found.end())
        if word in ORDINALS and (trede := patterns.A_TREDE.match(self.lower, found.end())):
            return self._claim(Kind.TREDE, found.start(), trede.end(), ORDINALS[word], unit=Unit.TREDE)
        if word == "driekwart":
            return self._claim(Kind.SHARE, *found.span(), Fraction(3, 4))
        if (share_end := self._share(found)) is not None:
            return share_end
        value = number_word(word)
        return found.end() if value is None else self._worded(found, value, follows_tussen=before == "tussen")

    def _share(self, found: re.Match[str]) -> int | None:
        """ "een zesde", "twee derde": only before what it is a part of, for "een derde gesprek" is none."""
        parts = 1 if found["word"] == "een" else number_word(found["word"])
        behind = patterns.PART_OF.match(self.lower, found.end()) if parts else None
        whole = part_word(behind["word"]) if behind else None
        if not parts or not behind or not whole or parts >= whole:
            return None
        return self._claim(Kind.SHARE, found.start(), behind.end("word"), Fraction(parts, whole))

    def _worded(self, found: re.Match[str], value: int, *, follows_tussen: bool) -> int:
        """A number in words claims something only where it says what it counts."""
        end = found.end()
        while more := patterns.NEXT_WORD.match(self.lower, end):
            room, rest = (1000 if value >= 1000 else 100), number_word(more["word"])
            if not value or value % room or rest is None or rest >= room:
                break
            value, end = value + rest, more.end()
        unit, unit_end = self._unit(end, value, follows_tussen=follows_tussen)
        if unit is not None:
            self._number(found.start(), end, value, unit, unit_end)
        return max(end, unit_end) if unit is Unit.PERCENT else end

    def _treden(self, end: int) -> int:
        """Every number of "treden 2 en 3" and "trede 2 naar 3"; behind the first only what counts nothing else."""
        pattern = patterns.TREDE_FIRST
        while found := pattern.match(self.lower, end):
            group = "digits" if found["digits"] else "word"
            value = int(found["digits"]) if found["digits"] else number_word(found["word"])
            counts_else = pattern is patterns.TREDE_NEXT and (
                patterns.UNIT.match(self.lower, found.end()) or patterns.NAMED_DAY.match(self.lower, found.start(group))
            )
            if value is None or value > _MOST_TREDEN or counts_else:
                break
            self._claim(Kind.TREDE, *found.span(group), value, unit=Unit.TREDE)
            end, pattern = found.end(), patterns.TREDE_NEXT
        return end


def _month(written: str) -> int:
    return patterns.MONTHS[written.removesuffix(".")]


def _existing(year: int, month: int, day: int) -> date | None:
    """None for a day that is on no calendar."""
    is_there = year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if is_there else None


def _half_year(year: str, half: str) -> Period | None:
    number = "1" if half in _FIRST_HALVES else "2" if half in _SECOND_HALVES else half
    try:
        return Period.parse(f"{year}-{number}")
    except NotAPeriod:
        return None


def _value(digits: str) -> int | Fraction | None:
    """ "1.234" is 1234 and "12,5" a half more than 12; None for more digits than anything here has."""
    if len(digits) > _MOST_DIGITS:
        return None
    whole, _, part = digits.partition(",")
    if not part and "." in whole and len(whole.rpartition(".")[2]) != 3:
        whole, _, part = digits.partition(".")
    whole = whole.replace(".", "")
    if not part.strip("0"):
        return int(whole)
    return Fraction(int(whole + part), 10 ** len(part))


def _counted(found: re.Match[str]) -> Unit:
    if found["span"]:
        return Unit.TIME
    return Unit.PERCENT if found["percent"] else Unit.PERSONS
