"""How a name of a municipality is compared: pure text, no database."""

import re
import unicodedata

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def alias_key(text: str) -> str:
    """The form in which two writings of one name are equal.

    Case, diacritics, spaces, hyphens, apostrophes of any shape, brackets and dots do not count, and the
    ligature ĳ is i and j: "Súdwest-Fryslân" is "sudwestfryslan", "’s Gravenhage" is "sgravenhage".
    What is left of a text without letters or digits is empty, and equals nothing.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return _NOT_ALPHANUMERIC.sub("", decomposed.casefold())
