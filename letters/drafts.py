"""The PDF of a letter that is not frozen yet: as a batch makes it, and whether it still says what the letter says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from letters import pdf
from letters.figures import attached_to
from letters.machine import Attached
from letters.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What a PDF is laid out from. `bijlage` is empty where the kind of letter has none."""

    letter: str
    bijlage: str
    attached: tuple[Attached, ...]
    pictures: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """Another one whenever anything in the PDF would be another; the name of a picture follows from what is in it."""
        parts = [self.letter.encode(), self.bijlage.encode(), *(file.data for file in self.attached)]
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def sheets_of(written: Written) -> Sheets:
    return Sheets(
        letter=pdf.letter_html(written.content, is_concept=True),
        bijlage=pdf.bijlage_html(written.bijlage) if written.kind.with_bijlage else "",
        attached=attached_to(written.letter.municipality, case=written.case, details=written.details),
        pictures=written.letterhead.pictures,
    )


def laid_out(sheets: Sheets) -> bytes:
    if sheets.bijlage:
        return pdf.pdf_with(sheets.letter, sheets.bijlage, sheets.attached, pictures=sheets.pictures)
    return pdf.pdf(sheets.letter, sheets.attached, pictures=sheets.pictures)
