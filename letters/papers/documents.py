"""The documents of a letter: rendered once when it is frozen, and from then on given out as they were kept."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from letters.figures import body_of
from letters.models import Letter, LetterDocument
from letters.papers import pdf
from letters.papers.filenames import bijlage_filename, document_filename
from letters.papers.publishing import NotPublic, public_pdf, record_of
from letters.readiness import Ready
from letters.words.kept import letter_kept_in
from letters.words.kinds import kinds
from letters.words.public import public_metadata, public_record

log = logging.getLogger(__name__)

Role = LetterDocument.Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    role: Role
    name: str
    data: bytes


def rendered(found: Ready) -> tuple[Rendered, ...]:
    """Takes a second or so: never within a transaction. Letter, bijlage and public version are laid out once each."""
    return (*_to_send(found), *_for_everybody(found))


def _to_send(found: Ready) -> Iterator[Rendered]:
    letter, pictures = found.written.letter, found.written.letterhead.pictures
    name = document_filename(letter, Role.LETTER)
    if not found.bijlage_html:
        yield Rendered(role=Role.LETTER, name=name, data=pdf.pdf(found.letter_html, found.attached, pictures=pictures))
        return
    own, bijlage, together = pdf.pdfs_apart_and_together(
        found.letter_html, found.bijlage_html, found.attached, pictures=pictures
    )
    yield Rendered(role=Role.LETTER, name=name, data=own)
    yield Rendered(role=Role.BIJLAGE, name=bijlage_filename(letter.period), data=bijlage)
    yield Rendered(role=Role.TOGETHER, name=document_filename(letter, Role.TOGETHER), data=together)


def _for_everybody(found: Ready) -> tuple[Rendered, ...]:
    """None where somebody is still named in the text: `letters.words.public.personal_in` says who and where."""
    letter, content = found.written.letter, found.written.signed
    record = record_of(
        content,
        kind=found.written.kind,
        details=found.written.details,
        municipality=letter.municipality,
        period=letter.period,
    )
    try:
        data = public_pdf(content, record=record, attached=found.attached, pictures=found.written.letterhead.pictures)
    except NotPublic:
        return ()
    return (Rendered(role=Role.PUBLIC, name=document_filename(letter, Role.PUBLIC), data=data),)


class Damaged(Exception):
    """A document is not as it was kept."""

    def __init__(self, document: LetterDocument) -> None:
        self.document = document
        super().__init__(
            f"Het stuk ‘{document.name}’ is niet meer zoals het werd vastgesteld. Het wordt daarom niet gegeven."
        )


def checked(document: LetterDocument) -> bytes:
    """The bytes as they were kept. Raises Damaged when their sum is another by now."""
    data = bytes(document.content)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        log.error("Document %d of letter %d has another SHA-256 than was kept", document.pk, document.letter_id)
        raise Damaged(document)
    return data


def enclosed_with(letter: Letter, *, in_one_file: bool) -> list[LetterDocument]:
    """All that a sending of this letter consists of, in order: never without the bijlage of a letter that has one, and
    for an afschrift with the letter that it is of. One query, or two."""
    kind = kinds()[letter.kind]
    of_letter = {each.role: each for each in letter.documents.all()}
    own = _own(of_letter, with_bijlage=kind.with_bijlage, in_one_file=in_one_file)
    if letter.goes_with is None:
        return own
    return [*own, *enclosed_with(letter.goes_with, in_one_file=in_one_file)]


def _own(found: dict[str, LetterDocument], *, with_bijlage: bool, in_one_file: bool) -> list[LetterDocument]:
    roles: Sequence[Role] = [Role.LETTER]
    if with_bijlage:
        roles = [Role.TOGETHER] if in_one_file else [Role.LETTER, Role.BIJLAGE]
    return [found[role] for role in roles]


def files_of(documents: Iterable[LetterDocument]) -> list[tuple[str, bytes]]:
    """Names and bytes, each checked against its sum."""
    return [(each.name, checked(each)) for each in documents]


def metadata_of(letter: Letter, public: LetterDocument) -> bytes:
    """What is published beside the public version of a frozen letter. Raises Damaged."""
    record = public_record(
        letter_kept_in(letter.content or {}),
        kind=kinds()[letter.kind].name,
        document_number=letter.document_number,
        period=letter.period,
        municipality=body_of(letter.municipality),
        province=body_of(letter.municipality.province),
    )
    return public_metadata(record, filename=public.name, document=checked(public))
