"""The files of a letter that go to the IBT-kaart, or to whoever asks for them under the Woo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from letters.figures import attached_to, body_of
from letters.papers import pdf
from letters.papers.filenames import public_filename
from letters.words.case import Case, Details
from letters.words.content import LetterContent
from letters.words.kinds import Kind
from letters.words.machine import Attached
from letters.words.public import (
    PublicRecord,
    Trace,
    dublin_core,
    personal_in,
    public_metadata,
    public_of,
    public_record,
)
from municipalities.models import Municipality
from supervision.rules.period import Period


class NotPublic(ValueError):
    """Somebody who is left out of the fields is still named. Its message is a Dutch sentence for the user."""

    def __init__(self, traces: tuple[Trace, ...]) -> None:
        self.traces = traces
        super().__init__(" ".join(trace.sentence for trace in traces))


def record_of(
    content: LetterContent, *, kind: Kind, details: Details, municipality: Municipality, period: Period
) -> PublicRecord:
    return public_record(
        content,
        kind=kind.name,
        document_number=details.document_number,
        period=period,
        municipality=body_of(municipality),
        province=body_of(municipality.province),
    )


def public_pdf(
    content: LetterContent, *, record: PublicRecord, attached: Sequence[Attached], pictures: Mapping[str, bytes]
) -> bytes:
    """Raises NotPublic."""
    if traces := personal_in(content):
        raise NotPublic(traces)
    return pdf.letter_pdf(public_of(content), attached, pictures=pictures, metadata=dublin_core(record))


def public_files(
    content: LetterContent,
    *,
    kind: Kind,
    case: Case,
    details: Details,
    municipality: Municipality,
    pictures: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The public version and, beside it, what a register asks of it; by their names. Raises NotPublic."""
    period = case.opgave.period
    record = record_of(content, kind=kind, details=details, municipality=municipality, period=period)
    attached = attached_to(municipality, case=case, details=details)
    document = public_pdf(content, record=record, attached=attached, pictures=pictures)
    name = public_filename(kind, municipality, period)
    metadata = public_metadata(record, filename=name, document=document)
    return {name: document, name.replace(".pdf", ".json"): metadata}
