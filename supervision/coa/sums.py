"""The sums that a table allows: they tell which column is which, and with what sign.

start + taakstelling + herverdeling = totaalopgave; totaalopgave − realisatie = what remains;
realisatie / totaalopgave = the percentage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
Vector = Sequence[Number | None]

_PERCENTAGE_OFF, _PERCENTAGE_UNIT = 51, 10_000
"""A percentage may be rounded to whole ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The columns of one reading of a table, row by row; None for a column that is not there."""

    start: Vector | None = None
    taakstelling: Vector | None = None
    herverdeling: Vector | None = None
    totaalopgave: Vector | None = None
    realisatie: Vector | None = None
    remaining: Vector | None = None
    percentage: Vector | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One sum tried on every row: by how much it is off, None where a term lacks. `weighs` marks the rows that tell."""

    formula: str
    off: tuple[Number | None, ...]
    weighs: tuple[bool, ...]

    @property
    def tried(self) -> int:
        return sum(1 for difference in self.off if difference is not None)

    @property
    def holds(self) -> int:
        return sum(1 for difference in self.off if difference == 0)

    @property
    def strength(self) -> Fraction:
        """From −1/2, where it never holds, to 1/2 where it always does; 0 without a row that tells."""
        telling = [difference for difference, tells in zip(self.off, self.weighs, strict=True) if tells]
        telling = [difference for difference in telling if difference is not None]
        if not telling:
            return Fraction(0)
        return Fraction(sum(1 for difference in telling if difference == 0), len(telling)) - Fraction(1, 2)


def outcomes(terms: Terms, *, start_sign: int, remaining_sign: int) -> list[Outcome]:
    """All sums that these columns allow."""
    tried = [
        _opgave(terms, start_sign),
        _remaining(terms, start_sign, remaining_sign),
        _percentage(terms, start_sign),
    ]
    return [outcome for outcome in tried if outcome]


def strength(terms: Terms, *, start_sign: int, remaining_sign: int) -> Fraction:
    return sum(
        (outcome.strength for outcome in outcomes(terms, start_sign=start_sign, remaining_sign=remaining_sign)),
        Fraction(0),
    )


def _opgave(terms: Terms, sign: int) -> Outcome | None:
    if terms.start is None or terms.taakstelling is None or terms.totaalopgave is None:
        return None
    off = tuple(
        None if total is None or computed is None else total - computed
        for total, computed in zip(terms.totaalopgave, _computed(terms, sign), strict=True)
    )
    return Outcome(formula=_formula(terms, sign, "totaalopgave"), off=off, weighs=_nonzero(terms.start))


def _remaining(terms: Terms, start_sign: int, sign: int) -> Outcome | None:
    if terms.realisatie is None or terms.remaining is None:
        return None
    if terms.totaalopgave is not None:
        opgave: Sequence[Number | None] = terms.totaalopgave
        formula = "totaalopgave"
    elif terms.taakstelling is not None:
        opgave = list(_computed(terms, start_sign))
        formula = _formula(terms, start_sign, "")
    else:
        return None
    off = tuple(
        None if total is None or done is None or rest is None else total - done - sign * rest
        for total, done, rest in zip(opgave, terms.realisatie, terms.remaining, strict=True)
    )
    weighs = _nonzero(terms.remaining)
    if terms.totaalopgave is None and terms.start is not None:
        weighs = tuple(one or other for one, other in zip(weighs, _nonzero(terms.start), strict=True))
    end = "wat nog te realiseren is" if sign == 1 else "min de stand aan het eind"
    return Outcome(formula=f"{formula} − realisatie = {end}", off=off, weighs=weighs)


def _percentage(terms: Terms, sign: int) -> Outcome | None:
    """The percentage of the totaalopgave, or of the taakstelling alone: whichever it is."""
    if terms.realisatie is None or terms.percentage is None:
        return None
    start, taakstelling = terms.start, terms.taakstelling
    wholes: list[tuple[str, Sequence[Number | None], bool]] = []
    if terms.totaalopgave is not None:
        wholes.append(("totaalopgave", terms.totaalopgave, False))
    elif start is not None and taakstelling is not None:
        wholes.append((f"({_formula(terms, sign, '')})", list(_computed(terms, sign)), True))
    if taakstelling is not None:
        alone = Terms(taakstelling=taakstelling, herverdeling=terms.herverdeling)
        wholes.append(("taakstelling", list(_computed(alone, 1)), False))
    tried = [_share(terms, name, whole, tells=tells) for name, whole, tells in wholes]
    return max(tried, key=lambda outcome: outcome.holds, default=None)


def _share(terms: Terms, name: str, whole: Sequence[Number | None], *, tells: bool) -> Outcome:
    """Realisatie as a part of a whole. It tells of the sign only where the start is in the whole."""
    off = tuple(
        _percentage_off(total, done, told)
        for total, done, told in zip(whole, terms.realisatie or (), terms.percentage or (), strict=True)
    )
    weighs = _nonzero(terms.start) if tells and terms.start is not None else tuple(True for _ in off)
    return Outcome(formula=f"realisatie / {name} = percentage", off=off, weighs=weighs)


def _percentage_off(total: Number | None, done: Number | None, told: Number | None) -> Number | None:
    """0 where the percentage is right but for its rounding; else 1. In whole numbers, for there are many."""
    if not isinstance(total, int) or not isinstance(done, int) or told is None or total <= 0:
        return None
    numerator, denominator = told.numerator, told.denominator
    off = abs(done * denominator - numerator * total) * _PERCENTAGE_UNIT
    return 0 if off <= _PERCENTAGE_OFF * total * denominator else 1


def _computed(terms: Terms, sign: int) -> Iterator[Number | None]:
    """Start + taakstelling + herverdeling per row; a column that is not there adds nothing."""
    taakstelling = terms.taakstelling or ()
    for row, asked in enumerate(taakstelling):
        start = terms.start[row] if terms.start is not None else 0
        moved = terms.herverdeling[row] if terms.herverdeling is not None else 0
        yield None if asked is None or start is None else asked + sign * start + (moved or 0)


def _nonzero(vector: Vector) -> tuple[bool, ...]:
    return tuple(bool(value) for value in vector)


def _formula(terms: Terms, sign: int, result: str) -> str:
    parts = ["taakstelling"]
    if terms.start is not None:
        parts.append("+ voor-/achterstand" if sign == 1 else "− voor-/achterstand")
    if terms.herverdeling is not None:
        parts.append("+ herverdeling")
    return " ".join(parts) + (f" = {result}" if result else "")
