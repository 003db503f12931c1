"""What the documents are called as files."""

from municipalities.models import Municipality
from supervision.rules.period import Period


def note_filename(municipality: Municipality, period: Period) -> str:
    return f"gespreksnotitie-{municipality.code}-{period}.pdf"


def letter_filename(municipality: Municipality, period: Period) -> str:
    return f"toezichtbrief-{municipality.code}-{period}.pdf"


def bijlage_filename(period: Period) -> str:
    return f"bijlage-interventieladder-{period}.pdf"
