"""Which other municipalities a text names.

Names are Dutch words too (Best, Leek, Huizen), parts of other names (Utrechtse Heuvelrug, Bergen op Zoom) and names of
provinces, regions and people: those are not taken for a municipality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from letters.claims.claim import Claim, Kind
from letters.claims.facts import Facts
from letters.claims.plain import Plain
from municipalities.names import alias_key

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_BETWEEN = re.compile(r"[ \n*'.,/&()-]{0,4}\Z")
_LONGEST_WORD = 40

# Names that are also words, surnames or, as Den Haag, another word for the Rijk: they count only where a text says that
# it means the municipality.
_WORDS_TOO = frozenset(
    (
        *(
            "assen",
            "beek",
            "bergen",
            "best",
            "buren",
            "denhaag",
            "duiven",
            "grave",
            "haren",
            "hogeland",
            "hoorn",
            "houten",
        ),
        *("huizen", "hulst", "kampen", "kapelle", "leek", "leiden", "losser", "putten", "schermer", "sluis", "swf"),
        *("waterland", "wierden"),
    )
)
_SAYS_SO = re.compile(
    r"\b(?:gemeenten?|college van (?:b&w|burgemeester en wethouders) van|(?:gemeente)?raad van)[ \n*'‘\"]{1,6}\Z"
)
_MEANS_ANOTHER = re.compile(
    r"\b(?:provincies?|(?:veiligheids|arbeidsmarkt|woon|metropool)?regio|universiteit|rechtbank|(?:provinciale|gedeputeerde) staten van"
    r"|arrondissement|station|(?:de heer|mevrouw)(?: van(?: de[nr]?)?)?|wethouders?|burgemeester|gedeputeerde|minister"
    r"|staatssecretaris)[ \n*-]{1,6}\Z"
)
_GOES_ON = re.compile(r"(?:,| en| of)[ \n*]{1,6}\Z")
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class _Named:
    """`is_other`: it is neither this municipality nor one that it has a herverdeling with."""

    name: str
    is_own: bool
    needs_saying: bool


_Names = dict[str, dict[tuple[str, ...], _Named]]


def places_in(read: Plain, facts: Facts) -> Iterator[Claim]:
    """Claims about other municipalities, those of the herverdelingen among them."""
    names = _names_of(facts.municipality, facts.others, facts.allowed_others, facts.province)
    words = _Words(read)
    at, last_end, said_so, means_another = 0, -1, False, False
    while at < len(words):
        named, after = words.longest(at, names)
        if named is None:
            at += 1
            continue
        start, end = words.spans[at][0], words.spans[after - 1][1]
        before = read.lower[max(0, start - _LOOK_BACK) : start]
        # What is said before the first of several names is said of all of them.
        goes_on = last_end >= 0 and _GOES_ON.fullmatch(read.lower, last_end, start) is not None
        said_so = _SAYS_SO.search(before) is not None or (goes_on and said_so)
        means_another = _MEANS_ANOTHER.search(before) is not None or (goes_on and means_another)
        at, last_end = after, end
        if not named.is_own and not means_another and (said_so or not named.needs_saying):
            first, last = read.span(start, end)
            written = read.original[first:last]
            yield Claim(kind=Kind.MUNICIPALITY, written=written, start=first, end=last, value=named.name)


class _Words:
    def __init__(self, read: Plain) -> None:
        self.text = read.text
        self.spans = [found.span() for found in _WORD.finditer(read.text)]
        self.keys = [_key(read.text[start:end]) for start, end in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def longest(self, at: int, names: _Names) -> tuple[_Named | None, int]:
        """The longest name that begins with this word, and the word after it."""
        for name, named in names.get(self.keys[at], {}).items():
            end = at + len(name)
            if tuple(self.keys[at:end]) == name and self._is_written_as_one(at, end):
                return named, end
        return None, at + 1

    def _is_written_as_one(self, at: int, end: int) -> bool:
        """With a capital somewhere, and nothing but spaces, hyphens and the like between its words."""
        has_capital = any(self.text[start].isupper() for start, _ in self.spans[at:end])
        gaps = zip(self.spans[at : end - 1], self.spans[at + 1 : end], strict=True)
        return has_capital and all(_BETWEEN.match(self.text, left[1], right[0]) for left, right in gaps)


@lru_cache(maxsize=8)
def _names_of(own: str, others: tuple[str, ...], allowed: tuple[str, ...], province: str) -> _Names:
    """By their first word, longest first. A name that fits this municipality too is taken for it."""
    named: dict[tuple[str, ...], _Named] = {}
    for name in (*others, *allowed, own):
        for written in {name, _BRACKETS.sub("", name)}:
            key = _words(written)
            if key:
                joined = "".join(key)
                needs_saying = joined in _WORDS_TOO or joined == alias_key(province)
                named[key] = _Named(name, name == own, needs_saying)
    names: _Names = {}
    for key in sorted(named, key=len, reverse=True):
        names.setdefault(key[0], {})[key] = named[key]
    return names


def same_place(one: str, other: str) -> bool:
    return _words(one) == _words(other)


@lru_cache(maxsize=2048)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_key(found[0]) for found in _WORD.finditer(name))


def _key(word: str) -> str:
    return alias_key(word[:_LONGEST_WORD])
