"""What is known of Utrecht in the first half of 2022, as the published dossier has it, and the names of all municipalities."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path

import municipalities
from letters.claims import Facts, Finding, check
from letters.claims.collecting import facts_of
from letters.words.case import Case, Details
from letters.words.content import Bullets, LetterContent, Paragraph, SumRow
from tests.letters.cases import DETAILS, the_dossier

_DATA = Path(municipalities.__file__).parent / "data"


def _rows(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


_CODES = {row["name"]: row["code"] for row in _rows("municipalities.csv")}
EVERY_NAME = (*_CODES.items(), *((row["alias"], row["code"]) for row in _rows("aliases.csv")))
"""Each name and alias with the code of its municipality."""


@dataclass(frozen=True, kw_only=True)
class Told:
    kind: str = "versnellingsactie"
    subject: str = "Versneld huisvesten, zomer 2022"
    persons: int | None = None
    start: date | None = None
    end: date | None = None
    said_by: str
    said_on: date = date(2022, 7, 8)
    document: str = "Gespreksnotitie"
    description: str = ""


REGION = Told(persons=276, said_by="Veiligheidsregio Utrecht", description="46 per week, zes weken lang.")
OFFICIALS = Told(persons=460, said_by="Gemeente Utrecht, ambtelijk")
COLLEGE = Told(
    persons=490,
    said_by="College van B&W van Utrecht",
    said_on=date(2022, 7, 13),
    start=date(2022, 8, 1),
    end=date(2022, 9, 11),
)
MINISTER = Told(
    kind="extra verzoek",
    subject="Vooruitlopen op de taakstelling 2023-1",
    persons=133,
    said_by="Minister voor VRO en staatssecretaris van JenV",
    said_on=date(2022, 9, 7),
)
TOLD = (REGION, OFFICIALS, MINISTER)


def others_than(municipality: str) -> tuple[str, ...]:
    own = _CODES.get(municipality)
    return tuple(dict.fromkeys(name for name, code in EVERY_NAME if code != own))


def facts_about(case: Case, *told: Told, details: Details = DETAILS, province: str = "Utrecht") -> Facts:
    return facts_of(case, details, told, others=others_than(case.municipality), province=province)


def of_the_dossier(*told: Told) -> Facts:
    """With 276 and 460 for the versnellingsactie, and not 490, unless others are given."""
    return facts_about(the_dossier(), *(told or TOLD))


def missed(text: str, facts: Facts, standard: str = "") -> list[str]:
    """The sentences about what matches nothing, with ordinary spaces."""
    return [spaced(finding.sentence) for finding in check(text, facts, standard=standard) if finding.is_missed]


def found(text: str, facts: Facts, standard: str = "") -> dict[str, str]:
    """What is written, with what it agrees with; "" for nothing."""
    return {finding.claim.written: spaced(finding.found) for finding in check(text, facts, standard=standard)}


def only(text: str, facts: Facts) -> Finding:
    [finding] = check(text, facts)
    return finding


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def sentences_of(letter: LetterContent) -> Iterator[str]:
    """Every text that says something about the half-year; a percentage in a table with its sign."""
    yield from (letter.title, letter.description, letter.subject, letter.verdict, letter.salutation)
    yield from _texts((letter.opening, letter.sections))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Paragraph):
        yield part.text
    elif isinstance(part, Bullets):
        yield from part.texts
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, SumRow):
        yield from (part.label, part.origin, _number_of(part))
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def _number_of(row: SumRow) -> str:
    """With what it counts, which stands in the table outside its column."""
    counted = "trede " if row.label.startswith("Trede") else ""
    return f"{counted}{row.number}{'%' if row.is_percentage else ''}"
