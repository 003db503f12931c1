"""The facts, to be asked whether a claim agrees with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

from letters.claims.claim import A_LEAP_YEAR, Claim, Kind
from letters.claims.facts import DateFact, Fact, Facts, Unit
from letters.claims.near import counts_the_same, first_word
from letters.claims.places import same_place
from letters.words.case import Direction
from supervision.rules.norm import MONTHS as MONTHS_OF_A_HALF_YEAR
from supervision.rules.period import Period
from supervision.rules.rounding import half_up

NORM = Fraction(1, MONTHS_OF_A_HALF_YEAR)
_OPPOSITE = {"achterstand": "voorsprong", "voorsprong": "achterstand"}


class Known:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.numbers = (*facts.numbers, *_treden(facts))
        self._by_value: dict[int | Fraction, list[Fact]] = defaultdict(list)
        for fact in self.numbers:
            self._by_value[fact.value].append(fact)
        self._by_day: dict[date, list[DateFact]] = defaultdict(list)
        for fact_of_day in facts.dates:
            self._by_day[fact_of_day.day].append(fact_of_day)

    def agreeing(self, claim: Claim) -> list[str]:
        """The labels of all that it agrees with."""
        match claim.kind, claim.value:
            case Kind.SHARE, Fraction() as share:
                return self._share(share)
            case Kind.YEAR, int(year):
                # A number of four digits without a point may be no year.
                return self._year(year) or self._number(year, claim)
            case _, (int() | Fraction()) as value:
                return self._number(value, claim)
            case Kind.DATE, date() as day:
                return [fact.label for fact in self._by_day.get(day, ())]
            case Kind.DAY, date() as day:
                return [fact.label for fact in self.facts.dates if fact.day.replace(year=A_LEAP_YEAR) == day]
            case Kind.MONTH, date() as month:
                return self._month(month)
            case Kind.PERIOD, Period() as period:
                return [f"halfjaar {period}"] if period in self.facts.periods else []
            case Kind.DIRECTION, Direction() as way:
                is_so = way is self.facts.direction and way is not Direction.FIRST
                return ["besluit op de trede"] if is_so else []
            case Kind.STANDING, str(which):
                return self._standing(which)
            case Kind.COURSE, str(course):
                return self._course(course)
            case Kind.MUNICIPALITY, str(name):
                return self._municipality(name)
            case _:
                return []

    def _number(self, value: int | Fraction, claim: Claim) -> list[str]:
        opposite = _OPPOSITE.get(claim.about)
        return [
            fact.label
            for fact in self._by_value.get(value, ())
            if counts_the_same(claim.unit, fact) and first_word(fact.label) != opposite
        ]

    def _share(self, share: Fraction) -> list[str]:
        """As a limit, or a percentage in whole percents; and the norm of a sixth a month, which every letter may name."""
        percentages = self._by_value.get(half_up(share * 100), ())
        limits = (fact.label for fact in self._by_value.get(share, ()) if fact.unit is Unit.COUNT)
        labels = [*limits, *(fact.label for fact in percentages if fact.unit is Unit.PERCENT)]
        return [*labels, "norm per maand"] if share == NORM else labels

    def _month(self, month: date) -> list[str]:
        period = Period.containing(month)
        if period in self.facts.periods:
            return [f"maand in {period}"]
        return [fact.label for fact in self.facts.dates if fact.day.replace(day=1) == month]

    def _year(self, year: int) -> list[str]:
        within = [f"jaar van {period}" for period in self.facts.periods if period.year == year]
        days = [f"jaar van {fact.label}" for fact in self.facts.dates if fact.day.year == year]
        return within[:1] or days[:1]

    def _standing(self, which: str) -> list[str]:
        sign = 1 if which == "achterstand" else -1
        return [which] if any(sign * standing > 0 for standing in self.facts.standings) else []

    def _course(self, course: str) -> list[str]:
        which, how = course.split(" ")
        begin, end = size_of(which, self.facts)
        is_so = end > begin if how == "groter" else end < begin
        return [f"verloop van de {which}"] if is_so else []

    def _municipality(self, name: str) -> list[str]:
        is_agreed = any(same_place(name, allowed) for allowed in self.facts.allowed_others)
        return [f"herverdeling met {name}"] if is_agreed else []


def size_of(which: str, facts: Facts) -> tuple[int, int]:
    """How large the achterstand or voorsprong was at the begin and at the end; 0 where there was none."""
    sign = 1 if which == "achterstand" else -1
    begin, end, *_ = facts.standings
    return max(0, sign * begin), max(0, sign * end)


def _treden(facts: Facts) -> list[Fact]:
    """The trede and the one before, where the numbers do not have them."""
    treden = ((facts.trede, "trede"), (facts.trede_before, "vorige trede"))
    stated = {fact.value for fact in facts.numbers if fact.unit is Unit.TREDE}
    return [
        Fact(value=trede, label=label, unit=Unit.TREDE)
        for trede, label in treden
        if trede is not None and trede not in stated
    ]
