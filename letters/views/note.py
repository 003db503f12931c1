"""The gespreksnotitie of one municipality and half-year."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import localdate

from letters.figures import letterhead_of, usual_details
from letters.notes import note_case_of
from letters.papers import pdf
from letters.papers.filenames import note_filename
from letters.views.downloads import download
from letters.words.note import compose_note
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.rules.period import Period
from supervision.views.common import municipality_of


@needs(Right.PREPARE_TALKS)
def note_pdf(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """Of any half-year, whatever lacks: what lacks is something to speak of."""
    municipality, today = municipality_of(request, code=code, period=period), localdate()
    letterhead = letterhead_of(municipality.province)
    usual = usual_details(letterhead=letterhead, maker=request.user, on=today)
    content = compose_note(
        case=note_case_of(municipality=municipality, period=period, today=today),
        sender=letterhead.as_sender(),
        on=today,
        contact=usual.contact_name,
        phone=usual.phone,
    )
    return download(pdf.note_pdf(content, pictures=letterhead.pictures), note_filename(municipality, period))
