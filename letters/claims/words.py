"""Dutch number words, as they are written in one word or two."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

_UNITS = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_TENS = ("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_ORDINALS = (
    *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"),
    *("elfde", "twaalfde"),
)
ORDINALS = {word: place for place, word in enumerate(_ORDINALS, start=1)}


def _below_hundred(value: int) -> tuple[str, ...]:
    if value < len(_UNITS):
        return (_UNITS[value],)
    tens, units = divmod(value, 10)
    if not units:
        return (_TENS[tens],)
    # After an e a new one needs its dots; they are often left out.
    joints = ("ën", "en") if _UNITS[units].endswith("e") else ("en",)
    return tuple(f"{_UNITS[units]}{joint}{_TENS[tens]}" for joint in joints)


def _below_thousand(value: int) -> tuple[str, ...]:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = "honderd" if hundreds == 1 else f"{_UNITS[hundreds]}honderd"
    if not rest:
        return (head,)
    joints = ("", "en") if rest <= 12 else ("",)
    return tuple(f"{head}{joint}{tail}" for joint in joints for tail in _below_hundred(rest))


def _all() -> dict[str, int]:
    words = {word: value for value in range(1000) for word in _below_thousand(value)}
    hundreds = (
        (f"{word}honderd", 100 * value) for value in range(11, 100) if value % 10 for word in _below_hundred(value)
    )
    thousands = ((f"{word}duizend", 1000 * value) for value in range(2, 1000) for word in _below_thousand(value))
    words.update(chain(hundreds, thousands))
    words["duizend"] = 1000
    # "een" is an article; only with its accents it is a number.
    del words["een"]
    words.update(dict.fromkeys(("één", "eén", "éen"), 1))
    return words


_WORDS = _all()
LONGEST = max(map(len, _WORDS))


def number_word(word: str) -> int | None:
    """The number that a word in small letters is; None for any other word."""
    return _WORDS.get(word) if len(word) <= LONGEST else None


_PARTS = {
    **{word: part for part, word in enumerate(_ORDINALS, start=1) if part > 2},
    "kwart": 4,
    "kwarten": 4,
    "honderdste": 100,
}


def part_word(word: str) -> int | None:
    """The denominator that a word is: "zesde" and "kwart", also as "zesden"."""
    return _PARTS.get(word) or _PARTS.get(word.removesuffix("n"))


SIGNS = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)} | {
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
}
