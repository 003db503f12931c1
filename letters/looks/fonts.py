"""The fonts of a letter: where their files lie, and which characters they have.

A character that none of them has would bring in a font of the machine, or leave a hole: either way
the file is no PDF/A any more. So what people type is checked before it gets into a letter.
"""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from fontTools.ttLib import TTFont

FILES = tuple(
    f"source-sans-3-{subset}-{weight}-normal.woff2" for subset in ("latin", "latin-ext") for weight in (400, 600)
)

# Written the way that the fonts have it: two kinds of hyphen, and the narrow space.
_SUBSTITUTES = {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0"}


class MissingFont(RuntimeError):
    """A font file that a document needs is not installed."""


def font_file(name: str) -> Path:
    """Where a font of the site's static files lies: in its package, or collected for production."""
    found = finders.find(f"vendor/fonts/{name}")
    candidates = [Path(found)] if isinstance(found, str) else []
    if settings.STATIC_ROOT:
        candidates.append(Path(settings.STATIC_ROOT) / "vendor" / "fonts" / name)
    for path in candidates:
        if path.is_file():
            return path
    raise MissingFont(f"vendor/fonts/{name} is not among the static files; run make setup.")


def as_printed(written: str) -> str:
    """The same text in characters that the fonts have, where there is another way to write it."""
    written = unicodedata.normalize("NFC", written)
    for character, other in _SUBSTITUTES.items():  # str.translate would look up every character
        written = written.replace(character, other)
    return written


# Lines and tabs are laid out, not printed. Every other sign of control would be a hole, and some turn the text round.
_LAID_OUT = "\n\r\t"


@cache
def _characters() -> frozenset[int]:
    """Those of the regular weight; the semibold has the same (a test holds them together)."""
    in_fonts: set[int] = set()
    for name in FILES:
        if "-400-" in name:
            with TTFont(font_file(name), lazy=True) as font:
                in_fonts.update(font.getBestCmap())
    return frozenset(in_fonts)


def validate_printable(written: str) -> None:
    """Raise ValidationError on the first character that no font of a letter has."""
    for character in as_printed(written):
        if ord(character) not in _characters() and character not in _LAID_OUT:
            shown = f"‘{character}’" if character.isprintable() else f"U+{ord(character):04X}"
            raise ValidationError(f"Het teken {shown} kan niet in een brief staan.", code="unprintable")
