"""Each claim of a text held against the facts: what it agrees with, or what it comes nearest to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from letters.claims.claim import Claim, Kind
from letters.claims.facts import Facts
from letters.claims.known import Known
from letters.claims.near import NearNumbers, Surroundings
from letters.claims.places import places_in
from letters.claims.plain import Plain, plain
from letters.claims.reading import claims_of
from letters.claims.wording import Nearest, found_sentence, missed_sentence, nearest_to

STANDARD = "standaardtekst"
_STANDINGS_NEEDED = {Kind.STANDING: 1, Kind.COURSE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`found` has the labels of what the claim agrees with; empty: nothing, and `nearest` is what comes nearest, if
    anything does. `sentence` is the whole of it for the screen."""

    claim: Claim
    found: str
    nearest: str
    sentence: str

    @property
    def key(self) -> str:
        """What a confirmation is kept under."""
        return self.claim.key

    @property
    def is_missed(self) -> bool:
        return not self.found


def check(text: str, facts: Facts, *, standard: str = "") -> tuple[Finding, ...]:
    """In the order of the text. What stands in `standard` too, the text that was departed from, is accounted for.

    A duration is a claim of which no fact is asked: it has no finding.
    """
    read = plain(text)
    usual = {claim.key for claim in _claims(plain(standard), facts)} if standard else set()
    checker = _Checker(facts, Surroundings(read), usual)
    return tuple(checker.finding(claim) for claim in _claims(read, facts))


def unanswered(findings: Iterable[Finding], *, confirmed: Collection[str]) -> tuple[Finding, ...]:
    """Those that match nothing and that nobody confirmed; `confirmed` has keys."""
    return tuple(finding for finding in findings if finding.is_missed and finding.key not in confirmed)


def _claims(read: Plain, facts: Facts) -> Iterator[Claim]:
    claims = [*claims_of(read), *places_in(read, facts)]
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind)):
        if claim.kind is not Kind.DURATION and len(facts.standings) >= _STANDINGS_NEEDED.get(claim.kind, 0):
            yield claim


class _Checker:
    def __init__(self, facts: Facts, surroundings: Surroundings, usual: Collection[str]) -> None:
        self.known, self.surroundings, self.usual = Known(facts), surroundings, usual
        self.near = NearNumbers(self.known.numbers)
        # In a long text the same number comes again and again.
        self._nearest: dict[tuple[object, ...], Nearest] = {}

    def finding(self, claim: Claim) -> Finding:
        agreeing = self.known.agreeing(claim) or ([STANDARD] if self.usual and claim.key in self.usual else [])
        if agreeing:
            found = " of ".join(dict.fromkeys(agreeing))
            return Finding(claim=claim, found=found, nearest="", sentence=found_sentence(claim, found))
        nearest = self._nearest_to(claim)
        sentence = missed_sentence(claim, self.known.facts, nearest)
        return Finding(claim=claim, found="", nearest=" ".join(nearest), sentence=sentence)

    def _nearest_to(self, claim: Claim) -> Nearest:
        spoken = self.surroundings.of(claim)
        asked = (claim.kind, claim.value, claim.unit, spoken)
        if asked not in self._nearest:
            self._nearest[asked] = nearest_to(claim, self.known.facts, self.near, spoken)
        return self._nearest[asked]
