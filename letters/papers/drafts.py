"""The PDF of a letter that is not frozen yet: as a batch makes it, and whether it still says what the letter says.

Without the bijlage, which is the same for every letter of the province over the half-year: that is a document of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from letters.figures import attached_to
from letters.papers import pdf
from letters.words.machine import Attached
from letters.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What a PDF is laid out from."""

    letter: str
    attached: tuple[Attached, ...]
    pictures: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """Another one whenever anything in the PDF would be another; the name of a picture follows from what is in it."""
        parts = [self.letter.encode(), *(file.data for file in self.attached)]
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def sheets_of(written: Written) -> Sheets:
    return Sheets(
        letter=pdf.letter_html(written.content, is_concept=True),
        attached=attached_to(written.letter.municipality, case=written.case, details=written.details),
        pictures=written.letterhead.pictures,
    )


def laid_out(sheets: Sheets) -> bytes:
    return pdf.pdf(sheets.letter, sheets.attached, pictures=sheets.pictures)


def bijlage_beside(written: Written) -> bytes:
    """The bijlage that goes with a concept, and with all others of its province and half-year."""
    return pdf.bijlage_pdf(written.bijlage, pictures=written.letterhead.pictures)
