"""Writes: the PDF of a concept, kept until the letter says something else."""

from __future__ import annotations

from datetime import datetime

from letters.models import Draft
from letters.papers.drafts import laid_out, sheets_of
from letters.written import Written


def draft_of(found: Written, *, now: datetime) -> bytes:
    """Laid out only where it is another than the one that is kept."""
    sheets = sheets_of(found)
    kept = Draft.objects.filter(letter=found.letter, html_sha256=sheets.sha256).first()
    if kept is not None:
        return bytes(kept.pdf)
    document = laid_out(sheets)
    made = {"html_sha256": sheets.sha256, "pdf": document, "made_at": now}
    Draft.objects.update_or_create(letter=found.letter, defaults=made)
    return document
