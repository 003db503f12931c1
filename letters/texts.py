"""The standard texts of the letters, and how their placeholders are filled.

The texts are data (`data/texts.json`). A placeholder is written ((naam)). What is filled in is never
looked at again, so a name or a sentence that a user typed is never a template.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "texts.json"
NO_BREAK_SPACE = "\u00a0"

_PLACEHOLDER = re.compile(r"\(\(([a-z_]+)\)\)")
# Begins with the space itself, so that nothing but spaces is looked at.
_WITHIN_A_NUMBER = re.compile(
    r" (?:(?=\d)(?:(?<=\b[Tt]rede )|(?<=\bartikel ))"
    r"|(?<=\d )(?=(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|persoon|personen|halfjaren)\b))"
)


class UnknownPlaceholder(LookupError):
    """A standard text asks for something that no letter has."""


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


def what_follows(trede: int, name: str) -> tuple[str | tuple[str, ...], ...] | None:
    """Paragraphs and lists of what follows from a trede; None where the texts have no such trede.

    Number and name have to agree: trede 3 of another province's ladder is another thing.
    """
    standard = _at(["volgt"]).get(str(trede))
    if standard is None or standard["naam"].casefold() != name.casefold():
        return None
    return tuple(block if isinstance(block, str) else tuple(block) for block in standard["tekst"])


def ministry(half_year: str) -> str:
    """Who announced the taakstelling of this half-year ("2022-1"); the names change with cabinets."""
    names = [each["naam"] for each in _at(["ministeries"]) if each["vanaf"] <= half_year]
    return str(names[-1] if names else _at(["ministeries"])[0]["naam"])


def placeholders(template: str) -> set[str]:
    return set(_PLACEHOLDER.findall(template))


def every_text() -> Iterator[tuple[str, str]]:
    """Each standard text with its path, for tests."""

    def walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield path, value
        else:
            for key, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(f"{path}.{key}" if path else str(key), each)

    return walk("", _all())


def open_mark(name: str) -> str:
    """What stands in the letter for a value that is not known yet."""
    return f"[nog in te vullen: {text('open', name)}]"


def kept_together(written: str) -> str:
    """With no-break spaces where a line must not end: trede 3, artikel 28, 1 juli, 7 personen."""
    return _WITHIN_A_NUMBER.sub(NO_BREAK_SPACE, written)


@dataclass(slots=True)
class Filler:
    """Fills placeholders from one set of values and remembers what was still open.

    None is a value that a letter has but that nobody has given yet: an open mark. A name that is
    not there at all is an error.
    """

    values: Mapping[str, str | None]
    open_marks: list[str] = field(default_factory=list)

    def __call__(self, template: str, **more: str | None) -> str:
        values = {**self.values, **more}

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name not in values:
                raise UnknownPlaceholder(name)
            known = values[name]
            return self.mark(name) if known is None else known

        return kept_together(_PLACEHOLDER.sub(value, template)).strip()

    def mark(self, name: str) -> str:
        """The open mark of this name, remembered once."""
        label = text("open", name)
        if label not in self.open_marks:
            self.open_marks.append(label)
        return open_mark(name)
