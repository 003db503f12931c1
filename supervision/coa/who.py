"""Which columns say whose figures a row has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from municipalities.names import municipality_code
from supervision.coa import messages
from supervision.coa.cells import Value
from supervision.coa.meaning import KEYS, NUMBERS, Meaning
from supervision.coa.refusal import PersonalData
from supervision.coa.register import Register
from supervision.coa.sketch import Draft, Sketch
from supervision.coa.words import plain, province_code, without_footnote

PROBES = 12
"""So many different values of a column are looked up to see whether they are municipalities."""


def decide_keys(sketch: Sketch) -> None:
    """Name, code and province; asks where no column, or more than one, can be the municipality."""
    for draft in sketch.open(*KEYS):
        if not draft.is_chosen:
            draft.meanings = (_name_or_code(draft),)
    _judge_bare_names(sketch)
    _judge_codes(sketch)
    if not sketch.open(*KEYS):
        _find_by_contents(sketch)
    _keep_one(sketch, Meaning.CODE)
    _keep_one(sketch, Meaning.MUNICIPALITY)
    _decide_province(sketch)


def is_code(value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    code = municipality_code(str(value))
    return code is not None and code != "GM0000"


def _name_or_code(draft: Draft) -> Meaning:
    """By what is in it: a column "Gemeente" with numbers holds codes."""
    filled = [value for value in draft.values if value is not None]
    if not filled:
        return draft.meanings[0] if draft.meanings else Meaning.MUNICIPALITY
    codes = sum(1 for value in filled if is_code(value))
    if not codes and draft.meanings[:1] == (Meaning.CODE,):
        return Meaning.CODE
    return Meaning.CODE if codes * 2 > len(filled) else Meaning.MUNICIPALITY


def _judge_bare_names(sketch: Sketch) -> None:
    """A column "Naam" beside one "Gemeente", or with no municipality in it, may be one of people."""
    bare = [
        draft for draft in sketch.open(Meaning.MUNICIPALITY) if plain(draft.header) == "naam" and not draft.is_chosen
    ]
    for draft in bare:
        has_other = any(other is not draft for other in sketch.open(Meaning.MUNICIPALITY))
        is_found = share_found(draft.texts, sketch.register, _day(sketch)) if sketch.register else None
        is_people = has_other if is_found is None else is_found < 0.5
        if is_people and draft.texts:
            what = messages.column_header(draft.header)
            raise PersonalData(messages.personal_data(what, sheet=sketch.table.sheet.name, column=draft.letters))


def _judge_codes(sketch: Sketch) -> None:
    """A column "Code" whose numbers are no municipalities numbers something else, where there are names as well."""
    if not sketch.open(Meaning.MUNICIPALITY):
        return
    for draft in sketch.open(Meaning.CODE):
        values = [str(value) for value in draft.values if value is not None]
        is_other = not any(is_code(value) for value in draft.values)
        if sketch.register and values and not is_other:
            is_other = share_found(values, sketch.register, _day(sketch)) < 0.5
        if is_other and values and not draft.is_chosen:
            draft.decide(Meaning.IGNORED)
            sketch.remarks.append(messages.no_codes(draft.name))


def _find_by_contents(sketch: Sketch) -> None:
    """Without a word in the header: the column that is full of codes, or of names of municipalities."""
    open_drafts = [draft for draft in sketch.drafts if not draft.meanings and not draft.is_chosen]
    for draft in open_drafts:
        filled = [value for value in draft.values if value is not None]
        if filled and all(
            isinstance(value, str) and value.strip().lower().startswith("gm") and is_code(value) for value in filled
        ):
            draft.meanings = (Meaning.CODE,)
            return
    if sketch.register:
        rated = [
            (share_found(draft.texts, sketch.register, _day(sketch)), draft) for draft in open_drafts if draft.texts
        ]
        best = max(rated, key=lambda pair: pair[0], default=None)
        if best and best[0] >= 0.5:
            best[1].meanings = (Meaning.MUNICIPALITY,)
            return
        for draft in open_drafts:
            if _are_codes(draft, sketch):
                draft.meanings = (Meaning.CODE,)
                return
    _ask_for_key(sketch)


def _are_codes(draft: Draft, sketch: Sketch) -> bool:
    """Numbers that are all different and all codes of municipalities: no column of figures is."""
    filled = [value for value in draft.values if value is not None]
    if len(filled) < 3 or len(set(filled)) < len(filled) or not all(is_code(value) for value in filled):
        return False
    return share_found([str(value) for value in filled], sketch.register, _day(sketch)) == 1


def share_found(texts: Iterable[str], register: Register | None, day: date) -> float:
    """The part of the first different texts that are municipalities, or a name that several have."""
    first = list(dict.fromkeys(texts))[:PROBES]
    return sum(1 for text in first if is_known(text, register, day)) / len(first) if first else 0.0


def is_known(text: str, register: Register | None, day: date) -> bool:
    if register is None:
        return False
    try:
        register.find(without_footnote(text), on=day)
    except register.ambiguous:
        return True
    except LookupError:
        return False
    return True


def _day(sketch: Sketch) -> date:
    """A day within the half-year; names change seldom enough for another to do."""
    return sketch.period.start if sketch.period else sketch.as_of or date(2022, 1, 1)


def _ask_for_key(sketch: Sketch) -> None:
    candidates = [draft for draft in sketch.drafts if draft.texts and not NUMBERS.intersection(draft.meanings)]
    candidates = candidates or sketch.drafts
    chosen = sketch.ask_column(
        "gemeente", messages.ASK_MUNICIPALITY, candidates, proposed=candidates[0] if candidates else None
    )
    if chosen:
        chosen.meanings = (_name_or_code(chosen),)


def _keep_one(sketch: Sketch, meaning: Meaning) -> None:
    candidates = sketch.open(meaning)
    chosen = [draft for draft in candidates if draft.is_chosen]
    candidates = chosen or candidates
    if len(candidates) > 1:
        kept = _plainest(candidates)
        if kept is None:
            kept = sketch.ask_column("gemeente", messages.ASK_MUNICIPALITY, candidates, proposed=candidates[0])
    else:
        kept = candidates[0] if candidates else None
    for draft in sketch.open(meaning):
        draft.decide(meaning if draft is kept else Meaning.IGNORED)


_PLAINEST = (
    "gemeente",
    "gemeentenaam",
    "gemeente naam",
    "naam gemeente",
    "gemeentecode",
    "code",
    "cbs code",
    "cbs-code",
)


def _plainest(drafts: list[Draft]) -> Draft | None:
    """The one whose header is the bare word, or the only one that is filled."""
    filled = [draft for draft in drafts if draft.is_filled]
    if len(filled) == 1:
        return filled[0]
    plainest = [draft for draft in filled if plain(draft.header) in _PLAINEST]
    return plainest[0] if len(plainest) == 1 else None


def _decide_province(sketch: Sketch) -> None:
    """The column that names provinces, whether its header says so or not."""
    for draft in sketch.drafts:
        if draft.meaning or draft.is_chosen:
            if draft.is_chosen and draft.meanings == (Meaning.PROVINCE,):
                draft.decide(Meaning.PROVINCE)
            continue
        named = sum(times for text, times in Counter(draft.texts).items() if province_code(text))
        says_so = Meaning.PROVINCE in draft.meanings
        if (says_so and (named or not draft.texts)) or (
            not draft.meanings and draft.texts and named == len(draft.texts)
        ):
            draft.decide(Meaning.PROVINCE if not sketch.decided(Meaning.PROVINCE) else Meaning.IGNORED)
        elif says_so:
            draft.decide(Meaning.IGNORED)
