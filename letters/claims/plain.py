"""A text as it is read: one sort of space, dash and digit, and nothing that cannot be seen; with the way back.

What people paste has no-break spaces, soft hyphens, marks of writing direction and digits of other scripts. They must
neither hide a number nor move the place where it was found.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_LINE_ENDS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me"})
_RAISED = ("<super>", "<sub>")
HIDDEN = "\x00"
"""Stands for what is not read: it parts words and is no space."""


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` keeps capitals, `lower` has none; both have a character for each of `at`, its offset in the original."""

    original: str
    text: str
    lower: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the characters from start up to end stand."""
        return self.at[start], self.at[end - 1] + 1

    def written(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.original[first:last]


def plain(original: str) -> Plain:
    text: list[str] = []
    lower: list[str] = []
    at = array("L")
    for offset, character in enumerate(original):
        read, small = _read(character)
        if read:
            text.append(read)
            lower.append(small)
            at.append(offset)
        elif text and unicodedata.combining(character):
            whole = unicodedata.normalize("NFC", text[-1] + character)
            if len(whole) == 1:
                text[-1], lower[-1] = whole, _small(whole)
    return Plain(original, "".join(text), "".join(lower), at)


@lru_cache(maxsize=4096)
def _read(character: str) -> tuple[str, str]:
    """The one character that it is read as, and that one small; empty where nothing is read."""
    read = _seen(character)
    return read, _small(read)


def _seen(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\r":
        return " "
    if category in _INVISIBLE or category in _MARKS:
        return ""
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.decomposition(character).startswith(_RAISED):
        return HIDDEN
    if character in "\u2044\u2215":
        return "/"
    if character in "\u2018\u2019\u02bc\u00b4`":
        return "'"
    usual = unicodedata.normalize("NFKC", character)
    return usual if len(usual) == 1 else character


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character
