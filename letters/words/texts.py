"""The standard texts of the letters, and how their placeholders are filled.

The texts are data (`data/texts.json`). A placeholder is written ((naam)). What is filled in is never
looked at again, so a name or a sentence that a user typed is never a template.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "texts.json"
NO_BREAK_SPACE = "\u00a0"

_PLACEHOLDER = re.compile(r"\(\(([a-z_]+)\)\)")
# What somebody meant as one, whatever is in it.
_ASKED = re.compile(r"\(\(([^()\[\]\n]{1,60})\)\)")
_OPENED = re.compile(r"\(\(([^()\[\]\n]{0,30})")
# Begins with the space itself, so that nothing but spaces is looked at.
_WITHIN_A_NUMBER = re.compile(
    r" (?:(?=\d)(?:(?<=\b[Tt]rede )|(?<=\bartikel ))"
    r"|(?<=\d )(?=(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|persoon|personen|halfjaren)\b))"
)


@cache
def _all() -> dict[str, Any]:
    texts: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return texts


def _at(path: Sequence[str]) -> Any:
    found: Any = _all()
    for key in path:
        found = found[key]
    return found


def text(*path: str) -> str:
    """One standard text: text("kern", "groter", "kern")."""
    found = _at(path)
    if not isinstance(found, str):
        raise LookupError(f"{'.'.join(path)} is not one text")
    return found


def texts(*path: str) -> tuple[str, ...]:
    return tuple(_at(path))


def pairs(*path: str) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in _at(path))


def ministry(half_year: str) -> str:
    """Who announced the taakstelling of this half-year ("2022-1"); the names change with cabinets."""
    names = [each["naam"] for each in _at(["ministeries"]) if each["vanaf"] <= half_year]
    return str(names[-1] if names else _at(["ministeries"])[0]["naam"])


def placeholders(template: str) -> set[str]:
    return set(_PLACEHOLDER.findall(template))


def labels() -> Mapping[str, str]:
    """The placeholders that a block may have, each with what it stands for."""
    found: dict[str, str] = _at(["invulplekken"])
    return found


def every_text() -> Iterator[tuple[str, str]]:
    """Each standard text with its path, for tests."""

    def walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield path, value
        else:
            for key, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(f"{path}.{key}" if path else str(key), each)

    return walk("", _all())


def kept_together(written: str) -> str:
    """With no-break spaces where a line must not end: trede 3, artikel 28, 1 juli, 7 personen."""
    return _WITHIN_A_NUMBER.sub(NO_BREAK_SPACE, written)


def mark_of(name: str) -> str:
    """What stands in a letter for a value that is not known yet."""
    return f"[nog in te vullen: {text('open', name)}]"


def open_marks(written: Iterable[str]) -> tuple[str, ...]:
    """What is still to be filled in or put right in these texts, each once, in words for who does it."""
    found = (match for each in written for match in MARK.finditer(each))
    return tuple(dict.fromkeys(match[2] if match[1] == "nog in te vullen" else match[0][1:-1] for match in found))


MARK = re.compile(r"\[(nog in te vullen|onbekende invulplek|invulplek zonder einde): ([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills placeholders from one set of values. None is a value that a letter has but that nobody has given yet.

    That, a name that no letter has, and brackets that are not closed each leave a mark where they stand: `open_marks`
    finds them.
    """

    values: Mapping[str, str | None]

    def __call__(self, written: str, **more: str | None) -> str:
        values = {**self.values, **more} if more else self.values
        pieces, end = [], 0
        for match in _ASKED.finditer(written):
            pieces += [_unclosed(written[end : match.start()]), _value(match[1], values)]
            end = match.end()
        pieces.append(_unclosed(written[end:]))
        return kept_together("".join(pieces))


def _value(asked: str, values: Mapping[str, str | None]) -> str:
    name = asked.strip().lower()
    if name not in values:
        return f"[onbekende invulplek: {asked.strip()}]"
    known = values[name]
    return mark_of(name) if known is None else known


def _unclosed(written: str) -> str:
    return _OPENED.sub(lambda match: f"[invulplek zonder einde: {match[1].strip()}]", written)
