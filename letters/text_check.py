"""What is wrong with a block of text before it is saved: it would hold up every letter. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from django.core.exceptions import ValidationError

from letters.looks.fonts import validate_printable
from letters.words.blocks import Block, Role, Table
from letters.words.content import every_text
from letters.words.texts import MARK, Filler, labels
from letters.words.wording import Heading, read
from supervision.rules.dutch import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`part` is the attribute of the block that it is about, `sentence` what the user reads."""

    part: str
    sentence: str


def problems_of(block: Block) -> tuple[Problem, ...]:
    """Why it cannot be saved; empty where it can."""
    found = [
        *_marks("heading", block.heading, [Filler(FILLED)(block.heading)]),
        *_marks("text", block.text, list(every_text(tuple(_filled(block))))),
        *(problem for part in ("label", "heading", "text") for problem in _unprintable(part, getattr(block, part))),
    ]
    if block.role is not Role.BODY and not block.text.strip():
        found.append(Problem(part="text", sentence=f"Een brief heeft altijd een {block.role}. Vul de tekst in."))
    elif not (block.text.strip() or block.heading or block.table):
        found.append(Problem(part="text", sentence="Vul een tekst in, of kies een tabel."))
    return tuple(dict.fromkeys(found))


def warnings_of(block: Block, *, delivered: Block | None = None) -> tuple[str, ...]:
    """What is probably not meant, and may be saved."""
    found = []
    if block.role is Role.BODY and block.heading and not block.text.strip() and block.table is Table.NONE:
        found.append(
            "Onder de kop staat geen tekst en geen tabel. Dan komt zij alleen in de brief als het volgende blok geen eigen "
            "kop heeft."
        )
    if delivered is not None and delivered.heading and not block.heading:
        found.append("De meegeleverde tekst heeft een kop. Zonder kop loopt dit blok door onder de kop ervoor.")
    written = f"{block.heading}\n{block.text}"
    if _LOOSE_END.search(_CLOSED.sub("", written)):
        found.append("Er staat ‘))’ zonder ‘((’ ervoor. Dat komt zo in de brief.")
    if code := _CODE.search(written):
        found.append(f"‘{code[0][:20]}’ komt letterlijk in de brief.")
    return tuple(found)


def nearest(name: str) -> str:
    """The placeholder that was probably meant; empty where none is like it."""
    return next(iter(get_close_matches(name.strip().lower(), labels(), n=1, cutoff=0.6)), "")


def _filled(block: Block) -> Iterator[str | object]:
    """The text as a letter reads it: a placeholder that is half bold is none there."""
    fill = Filler(FILLED)
    if block.role is not Role.BODY:
        yield fill(block.text)
        return
    for part in read(block.text, fill):
        yield part.text if isinstance(part, Heading) else part


def _marks(part: str, written: str, filled: list[str]) -> Iterator[Problem]:
    found = {match[0]: match for each in filled for match in MARK.finditer(each)}
    for match in islice(found.values(), MOST_TOLD):
        kind, what = match[1], match[2]
        if match[0] in written:
            sentence = f"‘{match[0][:40]}’ staat letterlijk in de tekst. Dat houdt elke brief tegen: haal het weg."
        elif kind == "onbekende invulplek":
            close = nearest(what)
            meant = f"Bedoelt u (({close}))?" if close else "Kies er een uit de lijst."
            sentence = f"De invulplek (({what})) bestaat niet. {meant}"
        else:
            sentence = (
                f"Bij ‘(({what}’ ontbreekt ‘))’. Een invulplek staat tussen twee haakjes aan elke kant: ((gemeente))."
            )
        yield Problem(part=part, sentence=sentence)
    if len(found) > MOST_TOLD:
        yield Problem(
            part=part, sentence=f"Zo zijn er {number(len(found))} invulplekken. U ziet de eerste {MOST_TOLD}."
        )


def _unprintable(part: str, written: str) -> Iterator[Problem]:
    try:
        validate_printable(written)
    except ValidationError as problem:
        yield Problem(part=part, sentence=str(problem.message))


MOST_TOLD = 5

# A value for every placeholder: what is open in one letter is no fault of the text.
FILLED = dict.fromkeys(labels(), "x")

_CLOSED = re.compile(r"\(\([^()\[\]\n]{1,60}\)\)")
_LOOSE_END = re.compile(r"\)\)")
_CODE = re.compile(r"</?[A-Za-z][^<>\n]{0,40}>|\{\{[^{}\n]{0,40}\}\}|\{%[^{}\n]{0,40}%\}")
