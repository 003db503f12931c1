"""The letters of a half-year as one file: what is frozen as it was kept, concepts as they were last laid out.

The files are read and given out one at a time, so that no more than one is in memory. What the letters say is worked out
from figures and texts that are read once, when the reading begins: a concept that was laid out from others is not given.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import RawIOBase

from django.utils.timezone import localdate, localtime
from django_scopes import scope

from letters.figures import Obstacle
from letters.half_year import letters_of
from letters.models import Draft, Letter, LetterDocument
from letters.obstacles import why_not
from letters.papers.documents import Damaged, checked
from letters.papers.drafts import bijlage_beside, sheets_of
from letters.papers.filenames import bijlage_filename, document_filename
from letters.together import Common, common_of, letters_by
from letters.written import Written
from municipalities.models import Province
from supervision.rules.dutch import count, long_date
from supervision.rules.period import Period

NOTE = "LEESMIJ.txt"
OUTDATED = "verouderd: maak opnieuw"
NOT_MADE = "nog geen PDF: kies ‘Concepten maken’"
SPOILED = (
    "het bewaarde stuk klopt niet met zijn controlegetal (SHA-256) en is niet meegenomen; meld dit aan de beheerder"
)

Role = LetterDocument.Role
ROLES = (Role.TOGETHER, Role.LETTER)
"""The document that is given, the first that there is: with the bijlage where the letter has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file of the archive; or, without a name, why there is none. `beside`: what says which bijlage goes with it."""

    municipality: str
    name: str = ""
    content: bytes = b""
    why_none: str = ""
    is_concept: bool = False
    beside: Written | None = None


def as_zip(*, province: Province, period: Period, letters: Sequence[int], now: datetime) -> Iterator[bytes]:
    """Whoever reads it is outside the scope of the request by then, so it opens its own."""
    out, told, beside = _Out(), [], None
    with scope(province=province), zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        common = common_of(province=province, period=period)
        for letter in letters_by(letters):
            piece = _kept(letter) if letter.is_frozen else _drafted(letter, common)
            told.append(replace(piece, content=b"", beside=None))
            if piece.name:
                archive.writestr(_entry(piece.name, now), piece.content)
                yield out.taken()
            beside = beside or piece.beside
        if beside:
            archive.writestr(_entry(bijlage_filename(period), now), bijlage_beside(beside))
            yield out.taken()
        archive.writestr(_entry(NOTE, now), _note(period, told, now, has_bijlage=beside is not None).encode())
    yield out.taken()


def letters_in(*, province: Province, period: Period, codes: frozenset[str] | None) -> list[int]:
    """The pks of the letters, each followed by its afschrift once that is frozen; None is of all municipalities."""
    found: list[int] = []
    letters = letters_of(province=province, period=period).values()
    for each in sorted(letters, key=lambda each: each.letter.municipality.name):
        if codes is None or each.letter.municipality.code in codes:
            found.append(each.letter.pk)
            if each.afschrift is not None and each.afschrift.is_frozen:
                found.append(each.afschrift.pk)
    return found


def _kept(letter: Letter) -> Piece:
    found = {document.role: document for document in letter.documents.filter(role__in=ROLES)}
    document = next(found[role] for role in ROLES if role in found)
    try:
        content = checked(document)
    except Damaged as damaged:
        return Piece(municipality=letter.municipality.name, why_none=str(damaged))
    return Piece(municipality=letter.municipality.name, name=document_filename(letter, Role.LETTER), content=content)


def _drafted(letter: Letter, common: Common) -> Piece:
    name = letter.municipality.name
    draft = Draft.objects.filter(letter=letter).first()
    if draft is None:
        return Piece(municipality=name, why_none=NOT_MADE)
    # A letter without a date has that of the day on which it is laid out: that alone does not make it outdated.
    found = common.written(letter, today=localdate(draft.made_at))
    if isinstance(found, Obstacle):
        return Piece(municipality=name, why_none=why_not(found, letter.period))
    if sheets_of(found).sha256 != draft.html_sha256:
        return Piece(municipality=name, why_none=OUTDATED)
    return Piece(
        municipality=name,
        name=document_filename(letter, Role.LETTER),
        content=bytes(draft.pdf),
        is_concept=True,
        beside=found if found.kind.with_bijlage else None,
    )


def _note(period: Period, pieces: list[Piece], now: datetime, *, has_bijlage: bool) -> str:
    files = [piece for piece in pieces if piece.name]
    concepts = sum(piece.is_concept for piece in files)
    lines = [
        f"Brieven over {period}, opgehaald op {long_date(localdate(now))}.",
        f"{count(len(files), 'brief', 'brieven')}, waarvan {count(concepts, 'concept', 'concepten')}.",
    ]
    if has_bijlage:
        lines.append("De bijlage bij de concepten is voor alle gemeenten dezelfde en zit er één keer bij.")
    lacking = [piece for piece in pieces if piece.why_none]
    if lacking:
        lines += ["", "Niet in dit bestand:", *(f"- {piece.municipality}: {piece.why_none}" for piece in lacking)]
    return "\r\n".join([*lines, ""])


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, date_time=localtime(now).timetuple()[:6])


class _Out(RawIOBase):
    """Where the archive is written, a piece at a time; it cannot be gone back in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken
