"""What a finding says, in Dutch."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from letters.claims.claim import Claim, Kind, in_digits
from letters.claims.facts import DateFact, Fact, Facts, Unit
from letters.claims.known import size_of
from letters.claims.near import NearNumbers, Spoken, nearest_day, nearest_day_of_year
from letters.words.case import Direction
from supervision.rules.dutch import enumeration, long_date, number

Nearest = tuple[str, str] | tuple[()]
"""A label with its value, written: ("totaalopgave 2022-2", "482")."""

_LONGEST_SHOWN = 60
_WENT = {Direction.UP: "omhoog", Direction.DOWN: "omlaag"}


def found_sentence(claim: Claim, found: str) -> str:
    return f"{_shown(claim)}: {found}."


def missed_sentence(claim: Claim, facts: Facts, nearest: Nearest) -> str:
    return f"{_shown(claim)}: {_what_is_wrong(claim, facts, nearest)}."


def nearest_to(claim: Claim, facts: Facts, numbers: NearNumbers, spoken: Spoken) -> Nearest:
    match claim.kind, claim.value:
        case Kind.PERIOD, _:
            return ("halfjaar", str(facts.periods[0])) if facts.periods else ()
        case Kind.MUNICIPALITY, _:
            return ("gemeente", facts.municipality)
        case Kind.YEAR, int(year):
            return _day(nearest_day(date(year, 7, 1), facts.dates))
        case Kind.DAY, date() as day:
            return _day(nearest_day_of_year(day, facts.dates))
        case _, date() as day:
            return _day(nearest_day(day, facts.dates))
        case Kind.SHARE, Fraction() as share:
            return _number(numbers.nearest(share * 100, Unit.PERCENT, spoken))
        case _, (int() | Fraction()) as value:
            return _number(numbers.nearest(value, claim.unit, spoken))
        case _:
            return ()


def _number(fact: Fact | None) -> Nearest:
    if fact is None:
        return ()
    return fact.label, f"{in_digits(fact.value)}{'%' if fact.unit is Unit.PERCENT else ''}"


def _day(fact: DateFact | None) -> Nearest:
    return (fact.label, long_date(fact.day)) if fact else ()


def _shown(claim: Claim) -> str:
    if claim.kind is Kind.TREDE:
        return claim.key
    written = " ".join(claim.written.split())
    return written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"


def _what_is_wrong(claim: Claim, facts: Facts, nearest: Nearest) -> str:
    match claim.kind:
        case Kind.MUNICIPALITY:
            return f"een andere gemeente; deze brief gaat over {facts.municipality}"
        case Kind.DIRECTION:
            return _how_it_went(facts)
        case Kind.STANDING:
            return f"in deze brief is er geen {claim.value}"
        case Kind.COURSE:
            which = str(claim.value).split(" ")[0]
            begin, end = map(number, size_of(which, facts))
            return f"de {which} ging van {begin} naar {end}"
        case Kind.PERIOD if claim.value is None:
            return "dit halfjaar bestaat niet"
        case Kind.PERIOD:
            about = (
                f"; deze brief gaat over {enumeration([str(each) for each in facts.periods])}" if facts.periods else ""
            )
            return f"een ander halfjaar{about}"
        case Kind.DATE | Kind.DAY if claim.value is None:
            return "deze datum bestaat niet"
        case _:
            as_told = f" als {claim.about}" if claim.about else ""
            near = f"; het dichtst bij ligt {', '.join(nearest)}" if nearest else ""
            return f"niet gevonden{as_told}{near}"


def _how_it_went(facts: Facts) -> str:
    before, now = facts.trede_before, facts.trede
    match facts.direction:
        case Direction.SAME:
            return "de trede bleef gelijk" if now is None else f"de trede bleef {now}"
        case Direction.UP | Direction.DOWN as way:
            treden = f", van {before} naar {now}" if before is not None and now is not None else ""
            return f"de trede ging {_WENT[way]}{treden}"
        case _:
            return "er is geen trede van het halfjaar ervoor om mee te vergelijken"
