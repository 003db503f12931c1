"""Which balance stands at the start and which at the end, with what sign, and what "opgave" is: by words and by sums."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from supervision.coa import messages
from supervision.coa.asking import Check, Choice
from supervision.coa.cells import address
from supervision.coa.dates import peildatum_of
from supervision.coa.mapping import Counting
from supervision.coa.meaning import FIGURES, Meaning
from supervision.coa.numerals import percentage_of
from supervision.coa.sketch import Draft, Sketch
from supervision.coa.sums import Outcome, Terms, Vector, outcomes, strength
from supervision.coa.table import Number
from supervision.coa.words import Edge, plain, sign_told
from supervision.rules.period import Period

CLEARLY = Fraction(1, 4)
"""By so much must a reading fit better than the next one."""

MOST_OPEN = 5
MOST_SHOWN = 5

_BALANCE = frozenset({Meaning.ACHTERSTAND_START, Meaning.REMAINING})
_OPGAVE = frozenset({Meaning.TAAKSTELLING, Meaning.TOTAALOPGAVE})

_TOTAL_OR_ASIDE = (Meaning.TOTAALOPGAVE, Meaning.IGNORED)
"""A column "Totaal": the totaalopgave if the sums say so, and of no use if not."""

Assignment = dict[int, Meaning]


def place_balances(sketch: Sketch, days_of_file: Sequence[date]) -> None:
    """By their words: a day or half-year in the header says whether a balance stands at the start or at the end.

    Of one balance alone the day in the title says so.
    """
    for draft in sketch.drafts:
        if draft.meaning or not _BALANCE.intersection(draft.meanings):
            continue
        draft.sign = draft.sign or draft.reading.sign
        meaning = _placed(draft, sketch.period)
        if meaning is not None and not draft.is_chosen:
            draft.meanings = (meaning,)
    _pair_up(sketch)
    balances = _leaders([draft for draft in sketch.drafts if not draft.meaning and _BALANCE.issubset(draft.meanings)])
    if len(balances) == 1 and sketch.period and sketch.period.start in days_of_file:
        _become(balances[0], Meaning.ACHTERSTAND_START)


def _placed(draft: Draft, period: Period | None) -> Meaning | None:
    """START, END or aside; None where the words do not tell."""
    reading = draft.reading
    days = [peildatum_of(day) for found in reading.days if (day := found.within(period))]
    if period and not days and reading.periods:
        if reading.edge is None and period in reading.periods:
            return None
        days = _days_of_half_years(reading.periods, reading.edge)
    if days and period:
        if period.start in days:
            return Meaning.ACHTERSTAND_START
        return Meaning.REMAINING if any(period.start < day <= period.peildatum for day in days) else Meaning.IGNORED
    if reading.edge is Edge.START:
        return Meaning.ACHTERSTAND_START
    return Meaning.REMAINING if reading.edge is Edge.END else None


def _days_of_half_years(told: Sequence[Period], edge: Edge | None) -> list[date]:
    """The day that "achterstand 2021-2" stands for: the end of that half-year, unless it says the beginning."""
    return [half_year.start if edge is Edge.START else half_year.peildatum for half_year in told]


def _pair_up(sketch: Sketch) -> None:
    """Two columns side by side, one for who is behind and one for who is ahead, make one balance."""
    balances = [draft for draft in sketch.drafts if not draft.meaning and _BALANCE.intersection(draft.meanings)]
    for one, other in itertools.pairwise(balances):
        words = plain(one.header.rpartition("/ ")[2]), plain(other.header.rpartition("/ ")[2])
        behind = ["acht" in text and "voor" not in text for text in words]
        ahead = ["voor" in text and "acht" not in text for text in words]
        if (behind[0] and ahead[1]) or (ahead[0] and behind[1]):
            for draft, is_ahead in zip((one, other), ahead, strict=True):
                draft.sign = -1 if is_ahead and any(number and number > 0 for number in draft.numbers) else 1
            other.meanings = one.meanings = one.meanings if len(one.meanings) == 1 else other.meanings
            one.pair, other.pair = other, one


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the open columns, and how well the sums bear it out."""

    assignment: tuple[tuple[int, Meaning], ...]
    start_sign: int
    remaining_sign: int
    strength: Fraction


def decide_balances(sketch: Sketch) -> None:
    """Decide what is open by the sums; where they do not tell, by the order of the columns, or by asking."""
    _doubt_words(sketch)
    readings = sorted(_readings(sketch), key=lambda reading: reading.strength, reverse=True)
    if readings and readings[0].strength > 0:
        _follow(sketch, readings)
    _place_by_order(sketch)
    _ask_opgave(sketch)
    for draft in sketch.drafts:
        if draft.meaning is None and draft.meanings == _TOTAL_OR_ASIDE:
            draft.decide(Meaning.IGNORED)
    for meaning in (*messages.ASK_ONE_OF, Meaning.TOTAALOPGAVE, Meaning.HERVERDELING, Meaning.REMAINING):
        _keep_one(sketch, meaning)
    _decide_sign(sketch, readings)


def _doubt_words(sketch: Sketch) -> None:
    """Words that may mean something else beside others."""
    if not sketch.open(Meaning.TOTAALOPGAVE) and sketch.open(Meaning.ACHTERSTAND_START):
        for draft in sketch.drafts:
            if draft.reading.is_total and not draft.meaning and not draft.meanings and draft.has_numbers:
                draft.meanings = _TOTAL_OR_ASIDE
    taakstellingen = [draft for draft in sketch.open(Meaning.TAAKSTELLING) if draft.meanings == (Meaning.TAAKSTELLING,)]
    netto = [draft for draft in taakstellingen if "netto" in plain(draft.header)]
    if len(netto) == 1 and len(taakstellingen) > 1:
        # Beside a netto taakstelling a bare one may be the corrected one, which COA too calls taakstelling.
        for draft in taakstellingen:
            if draft is not netto[0] and not draft.is_chosen and not draft.reading.periods:
                draft.meanings = (Meaning.TOTAALOPGAVE, Meaning.TAAKSTELLING)


def _open(sketch: Sketch) -> list[Draft]:
    kinds = _BALANCE | _OPGAVE
    return [
        draft
        for draft in sketch.drafts
        if draft.meaning is None
        and len(draft.meanings) > 1
        and (kinds.issuperset(draft.meanings) or draft.meanings == _TOTAL_OR_ASIDE)
        and draft.has_numbers
    ][:MOST_OPEN]


def _readings(sketch: Sketch) -> Iterator[_Reading]:
    """Every way to read the open columns in which no two are the same thing, with both signs."""
    undecided = _leaders(_open(sketch))
    for meanings in itertools.product(*(draft.meanings for draft in undecided)):
        assignment = tuple((draft.index, meaning) for draft, meaning in zip(undecided, meanings, strict=True))
        if not _is_possible(sketch, undecided, meanings):
            continue
        terms = terms_of(sketch, dict(assignment))
        signs = (1, -1) if terms.start is not None else (1,)
        ends = (1, -1) if terms.remaining is not None else (1,)
        for start_sign, remaining_sign in itertools.product(signs, ends):
            rated = strength(terms, start_sign=start_sign, remaining_sign=remaining_sign)
            yield _Reading(assignment, start_sign, remaining_sign, rated)


def _leaders(drafts: list[Draft]) -> list[Draft]:
    """Of a pair the first: the other goes along."""
    return [draft for draft in drafts if draft.pair is None or draft.pair.index > draft.index]


def _is_possible(sketch: Sketch, undecided: list[Draft], meanings: Sequence[Meaning]) -> bool:
    taken = [
        meaning
        for meaning in (*_BALANCE, *_OPGAVE)
        for draft in _leaders(sketch.open(meaning))
        if draft not in undecided and (draft.meaning or len(draft.meanings) == 1)
    ]
    return all(taken.count(meaning) + meanings.count(meaning) <= 1 for meaning in {*meanings} - {Meaning.IGNORED})


TELLING_ROWS = 60
"""So many rows are enough to tell one reading from another."""


def terms_of(sketch: Sketch, assignment: Assignment, *, rows: int | None = TELLING_ROWS) -> Terms:
    """The columns as terms of the sums, under one reading of what is open; of the first rows, or of all."""

    def column(meaning: Meaning) -> Draft | None:
        for draft in sketch.drafts:
            known = draft.meaning or assignment.get(draft.index)
            if known is None and len(draft.meanings) == 1:
                known = draft.meanings[0]
            if known is meaning and (draft.has_numbers or meaning is Meaning.PERCENTAGE):
                return draft
        return None

    def vector(meaning: Meaning) -> Vector | None:
        draft = column(meaning)
        return _balance(draft)[:rows] if draft else None

    taakstelling, herverdeling = vector(Meaning.TAAKSTELLING), vector(Meaning.HERVERDELING)
    if taakstelling is None:
        whole = next((draft for draft in sketch.drafts if draft.includes_herverdeling), None)
        taakstelling, herverdeling = (whole.numbers[:rows] if whole else None), None
    percentage = column(Meaning.PERCENTAGE)
    realised = _realised(sketch)
    return Terms(
        start=vector(Meaning.ACHTERSTAND_START),
        taakstelling=taakstelling,
        herverdeling=herverdeling,
        totaalopgave=vector(Meaning.TOTAALOPGAVE),
        realisatie=realised[:rows] if realised is not None else None,
        remaining=vector(Meaning.REMAINING),
        percentage=[percentage_of(value) for value in percentage.values[:rows]] if percentage else None,
    )


def _balance(draft: Draft) -> Vector:
    """The numbers of a column; of a pair, those of the one less those of the other."""
    if draft.pair is None:
        return draft.numbers
    both = zip(draft.numbers, draft.pair.numbers, strict=True)
    return [
        None
        if one is None and other is None
        else (one or 0) * (draft.sign or 1) + (other or 0) * (draft.pair.sign or 1)
        for one, other in both
    ]


def _realised(sketch: Sketch) -> Vector | None:
    """The realisatie per row, of however many columns."""
    drafts = [draft for draft in sketch.decided(Meaning.REALISATIE) if draft.has_numbers]
    if not drafts or sketch.decided(Meaning.INDICATOR):
        return None
    if sketch.counting is Counting.MONTHLY and not sketch.decided(Meaning.DATE):
        used = [draft for draft in drafts if not draft.moment or not sketch.as_of or draft.moment <= sketch.as_of]
        return [_sum(numbers) for numbers in zip(*(draft.numbers for draft in used), strict=True)]
    if sketch.counting is Counting.CUMULATIVE and len(drafts) > 1:
        return next((draft.numbers for draft in drafts if draft.moment == sketch.as_of), None)
    return drafts[0].numbers


def _sum(numbers: Sequence[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _follow(sketch: Sketch, readings: list[_Reading]) -> None:
    """Take over what the best reading says of the open columns, where another one fits clearly less."""
    best = readings[0]
    for index, meaning in best.assignment:
        others = [reading.strength for reading in readings if dict(reading.assignment)[index] is not meaning]
        if not others or best.strength - max(others) >= CLEARLY:
            draft = next(draft for draft in sketch.drafts if draft.index == index)
            draft.meanings = (meaning,)
            if draft.pair:
                draft.pair.meanings = (meaning,)


def _place_by_order(sketch: Sketch) -> None:
    """A balance before the realisatie is the one that the half-year began with; after it, what is it must be asked."""
    realisatie = min((draft.index for draft in sketch.decided(Meaning.REALISATIE)), default=None)
    undecided = _leaders([draft for draft in _open(sketch) if _BALANCE.issuperset(draft.meanings)])
    if len(undecided) == 2 and realisatie is not None and undecided[0].index < realisatie < undecided[1].index:
        _become(undecided[0], Meaning.ACHTERSTAND_START)
        _become(undecided[1], Meaning.REMAINING)
        return
    has_start = any(draft.meanings == (Meaning.ACHTERSTAND_START,) for draft in sketch.open(Meaning.ACHTERSTAND_START))
    for draft in undecided:
        is_before = realisatie is not None and draft.index < realisatie
        if has_start:
            _become(draft, Meaning.REMAINING if not is_before else Meaning.IGNORED)
        elif is_before and len(undecided) == 1:
            _become(draft, Meaning.ACHTERSTAND_START)
        else:
            _become(draft, _ask_edge(sketch, draft))
        has_start = has_start or draft.meanings == (Meaning.ACHTERSTAND_START,)


def _become(draft: Draft, meaning: Meaning) -> None:
    draft.meanings = (meaning,)
    if draft.pair:
        draft.pair.meanings = (meaning,)


def _ask_edge(sketch: Sketch, draft: Draft) -> Meaning:
    choices = [
        Choice(value=Meaning.ACHTERSTAND_START.value, label=messages.AT_THE_START),
        Choice(value=Meaning.REMAINING.value, label=messages.AT_THE_END),
    ]
    answer = sketch.ask(f"column:{draft.letters}", messages.ask_edge(draft.name), choices, proposed=None)
    return Meaning(answer) if answer else Meaning.IGNORED


def _ask_opgave(sketch: Sketch) -> None:
    """A bare "opgave" is the netto taakstelling where there is no other column for it to be, and then it is asked."""
    for draft in [draft for draft in _open(sketch) if _OPGAVE.issuperset(draft.meanings)]:
        others = {
            other.meanings[0]
            for other in sketch.drafts
            if other is not draft and len(other.meanings) == 1 and not _is_aside(other)
        }
        free = [meaning for meaning in draft.meanings if meaning not in others]
        if len(free) == 1:
            draft.meanings = (free[0],)
            continue
        choices = [Choice(value=meaning.value, label=meaning.dutch) for meaning in (*_ordered(draft), Meaning.IGNORED)]
        answer = sketch.ask(f"column:{draft.letters}", messages.ask_opgave(draft.name), choices, proposed=None)
        draft.meanings = (Meaning(answer) if answer else Meaning.IGNORED,)


def _ordered(draft: Draft) -> list[Meaning]:
    return sorted(draft.meanings, key=lambda meaning: meaning is Meaning.TOTAALOPGAVE)


def _is_aside(draft: Draft) -> bool:
    return draft.meaning is Meaning.IGNORED


def _keep_one(sketch: Sketch, meaning: Meaning) -> None:
    candidates = [draft for draft in _leaders(sketch.open(meaning)) if draft.meaning is None]
    if meaning is Meaning.TAAKSTELLING and any(Meaning.IGNORED in draft.meanings for draft in candidates):
        candidates = _ask_with_herverdeling(sketch, candidates)
    filled = [draft for draft in candidates if draft.has_numbers] or candidates
    chosen = [draft for draft in filled if draft.is_chosen]
    candidates = chosen or filled
    kept = candidates[0] if len(candidates) == 1 else None
    if len(candidates) > 1 and meaning not in FIGURES:
        # Only to check by: one of them is enough.
        kept = next((draft for draft in candidates if not _BALANCE.issubset(draft.reading.meanings)), candidates[0])
    elif len(candidates) > 1:
        kept = sketch.ask_column(
            meaning.value, messages.ASK_ONE_OF[meaning], candidates, proposed=_preferred(candidates)
        )
    for draft in sketch.open(meaning):
        if draft.meaning is None:
            is_kept = kept is not None and (draft is kept or draft is kept.pair)
            draft.decide(meaning if is_kept else Meaning.IGNORED)


_LATER_VERSION = ("bijgesteld", "herzien", "definitief", "verlaagd", "nieuw", "aangepast")


def _preferred(candidates: list[Draft]) -> Draft | None:
    """Of several versions the later one, by its words."""
    later = [draft for draft in candidates if any(word in plain(draft.header) for word in _LATER_VERSION)]
    return later[0] if len(later) == 1 else None


def _ask_with_herverdeling(sketch: Sketch, candidates: list[Draft]) -> list[Draft]:
    """A taakstelling with herverdeling in it is not ours; it is taken only when somebody says so."""
    kept = [draft for draft in candidates if Meaning.IGNORED not in draft.meanings]
    for draft in candidates:
        if draft in kept:
            continue
        draft.includes_herverdeling = True
        if kept:
            draft.decide(Meaning.IGNORED)
            continue
        choices = [
            Choice(value=meaning.value, label=meaning.dutch) for meaning in (Meaning.TAAKSTELLING, Meaning.IGNORED)
        ]
        answer = sketch.ask(f"column:{draft.letters}", messages.ask_with_herverdeling(draft.name), choices)
        draft.meanings = (Meaning(answer) if answer else Meaning.IGNORED,)
        kept = [draft] if answer == Meaning.TAAKSTELLING else []
        if not kept:
            draft.decide(Meaning.IGNORED)
    return kept


# The sign of what the half-year began with.


def _decide_sign(sketch: Sketch, readings: list[_Reading]) -> None:
    """By the sums; else by what headers and notes say; else it is asked. The sums win, and say so."""
    start = next(iter(sketch.decided(Meaning.ACHTERSTAND_START)), None)
    if start is None or start.pair is not None:
        return
    told = start.sign or sign_in_notes(sketch)
    by_sums = _sign_by_sums(sketch)
    chosen = {"positief": 1, "negatief": -1}.get(sketch.choices.get("achterstand_sign", ""))
    if chosen is not None:
        start.sign = chosen
    elif by_sums is not None:
        if told not in (None, by_sums):
            sketch.remarks.append(messages.sign_differs(start.name))
        start.sign = by_sums
    elif told is not None:
        start.sign = told
    elif is_plainly_owed(start.header, start.numbers):
        start.sign = 1
    else:
        answer = sketch.ask("achterstand_sign", messages.ask_sign(start.name), messages.SIGNS)
        start.sign = {"positief": 1, "negatief": -1}.get(answer or "", 1)


def _sign_by_sums(sketch: Sketch) -> int | None:
    terms = terms_of(sketch, {})
    if terms.start is None:
        return None
    ends = (1, -1) if terms.remaining is not None else (1,)
    rated = {sign: max(strength(terms, start_sign=sign, remaining_sign=end) for end in ends) for sign in (1, -1)}
    best = max(rated, key=lambda sign: rated[sign])
    return best if rated[best] > 0 and rated[best] - rated[-best] >= CLEARLY else None


def is_plainly_owed(text: str, numbers: Vector) -> bool:
    """Called achterstand and mostly positive: then it is owed, and a negative one is a voorsprong."""
    words = plain(text)
    told = [number for number in numbers if number]
    return "acht" in words and "voor" not in words and 2 * sum(1 for number in told if number > 0) > len(told)


def sign_in_notes(sketch: Sketch) -> int | None:
    """What a title or a note under the table says of the sign; None when two say different things."""
    table = sketch.table
    body = set(table.body)
    told = set()
    for row, cells in enumerate(table.sheet.rows):
        if row in body or table.header_first <= row <= table.header_last:
            continue
        for value in cells:
            if isinstance(value, str) and ("acht" in value.casefold() or "voor" in value.casefold()):
                sign = sign_told(value)
                told |= {sign} if sign else set()
    return told.pop() if len(told) == 1 else None


# What the sums say in the end.


def checks_of(sketch: Sketch) -> list[Check]:
    """The sums over the final reading; what fails is said in a remark as well."""
    terms = terms_of(sketch, {}, rows=None)
    start = next(iter(sketch.decided(Meaning.ACHTERSTAND_START)), None)
    start_sign = (start.sign or 1) if start is not None and start.pair is None else 1
    signs = (1, -1) if terms.remaining is not None else (1,)
    first = terms_of(sketch, {})
    best = max(signs, key=lambda sign: strength(first, start_sign=start_sign, remaining_sign=sign))
    checks = [
        Check(
            formula=outcome.formula,
            holds=outcome.holds,
            tried=outcome.tried,
            exceptions=_exceptions(sketch, outcome),
        )
        for outcome in outcomes(terms, start_sign=start_sign, remaining_sign=best)
        if outcome.tried
    ]
    sketch.remarks.extend(
        messages.check_fails(check.formula, check.holds, check.tried) for check in checks if not check.is_good
    )
    for draft in sketch.decided(Meaning.REMAINING):
        draft.sign = best
    return checks


def _exceptions(sketch: Sketch, outcome: Outcome) -> tuple[str, ...]:
    rows = [row for row, off in zip(sketch.table.body, outcome.off, strict=True) if off]
    column = next(iter(sketch.decided(Meaning.MUNICIPALITY) or sketch.decided(Meaning.CODE)), None)
    return tuple(address(row, column.index if column else 0) for row in rows[:MOST_SHOWN])
