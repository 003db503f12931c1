"""What differs between two versions of a text, word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Fate(StrEnum):
    """What became of a piece of text; the value names it for who hears it."""

    SAME = ""
    GONE = "weggehaald"
    NEW = "toegevoegd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    text: str
    fate: Fate = Fate.SAME

    @property
    def is_gone(self) -> bool:
        return self.fate is Fate.GONE

    @property
    def is_new(self) -> bool:
        return self.fate is Fate.NEW


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """In the order of reading, what went before what came. Without what is gone it reads as `after`, without what is new
    as `before`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > MOST_PAIRS)
    pieces: list[Piece] = []
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        went, came = "".join(old[start:end]), "".join(new[new_start:new_end])
        if went == came:
            pieces.append(Piece(text=came))
            continue
        pieces += [Piece(text=went, fate=Fate.GONE)] if went else []
        pieces += [Piece(text=came, fate=Fate.NEW)] if came else []
    return tuple(pieces)


# A placeholder is one word, and so is every sign by itself.
_TOKEN = re.compile(r"\(\([^()\s]+\)\)|\s+|\w+|[^\w\s]")

# Above this many pairs of words common words are no longer sought: a text that repeats itself would take seconds.
MOST_PAIRS = 1_000_000
