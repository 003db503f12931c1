"""What a piece of free Dutch text claims, and whether it agrees with what is known of one municipality.

Pure: no Django, no clock, no database. `facts_of`, which collects the facts of a letter, is in `letters.claims.collecting`.
"""

from letters.claims.checking import Finding, check, unanswered
from letters.claims.claim import Claim, Kind
from letters.claims.facts import DateFact, Fact, Facts, Unit
from letters.claims.reading import claims_in
from letters.words.case import Direction

__all__ = [
    "Claim",
    "DateFact",
    "Direction",
    "Fact",
    "Facts",
    "Finding",
    "Kind",
    "Unit",
    "check",
    "claims_in",
    "unanswered",
]
