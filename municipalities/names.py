"""How municipalities are written by people and programs: pure text, no database."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"(?:gm)?\s*0*([0-9]{1,4})(?:[.,]0+)?", re.IGNORECASE)
_BEFORE = re.compile(r"^\s*gem(?:eente|\.)\s+", re.IGNORECASE)
_AFTER = re.compile(r"\s*\(gemeente\)\s*$", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"^\s*(?P<name>.+?)\s*,\s*(?P<article>de|den|het|['’]?s)\s*$", re.IGNORECASE)


def alias_key(text: str) -> str:
    """The form in which two writings of one name are equal.

    Case, diacritics, spaces, hyphens, apostrophes of any shape, brackets and dots do not count, and the
    ligature ĳ is i and j: "Súdwest-Fryslân" is "sudwestfryslan", "’s Gravenhage" is "sgravenhage".
    What is left of a text without letters or digits is empty, and equals nothing.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return _NOT_ALPHANUMERIC.sub("", decomposed.casefold())


def name_keys(text: str) -> Iterator[str]:
    """The keys to look a written name up by, the most literal first.

    Besides the text as it stands: without "gemeente" around it, and with the article of a register in front again
    ("Bilt, De").
    """
    seen = {""}
    for key in _keys(text):
        if key not in seen:
            seen.add(key)
            yield key


def _keys(text: str) -> Iterator[str]:
    yield alias_key(text)
    bare = _AFTER.sub("", _BEFORE.sub("", text))
    yield alias_key(bare)
    yield alias_key(_ARTICLE_BEHIND.sub(r"\g<article> \g<name>", bare))


@lru_cache(maxsize=4096)
def municipality_code(text: str) -> str | None:
    """The CBS code that this is a writing of: GM0344 for 344, "0344", "gm0344" and a spreadsheet's "344.0"."""
    match = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"GM{int(match[1]):04}" if match else None


def listed(words: Sequence[str], *, conjunction: str) -> str:
    """Words as a Dutch enumeration: "Leerdam, Vianen en Zederik"."""
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last
