"""What the documents are called as files."""

from django.utils.text import slugify

from letters.models import Letter, LetterDocument
from letters.words.kinds import Kind
from municipalities.models import Municipality
from supervision.rules.period import Period


def note_filename(municipality: Municipality, period: Period) -> str:
    return f"gespreksnotitie-{municipality.code}-{period}.pdf"


def letter_filename(municipality: Municipality, period: Period) -> str:
    return f"toezichtbrief-{municipality.code}-{period}.pdf"


def public_filename(kind: Kind, municipality: Municipality, period: Period) -> str:
    return f"{kind.slug}-{municipality.code}-{period}-openbaar.pdf"


def bijlage_filename(period: Period) -> str:
    return f"bijlage-interventieladder-{period}.pdf"


def document_filename(letter: Letter, role: LetterDocument.Role) -> str:
    """Of a frozen letter; a correction is told apart from what it corrects by its documentnummer."""
    beside = {LetterDocument.Role.TOGETHER: "-met-bijlage", LetterDocument.Role.PUBLIC: "-openbaar"}.get(role, "")
    number = f"-{slugify(letter.document_number)}" if letter.corrects_id else ""
    return f"{letter.kind}{beside}-{letter.municipality.code}-{letter.period}{number}.pdf"


def archive_filename(period: Period) -> str:
    return f"brieven-{period}.zip"


def concept_filename(letter: Letter) -> str:
    return f"concept-{letter.kind}-{letter.municipality.code}-{letter.period}.pdf"
