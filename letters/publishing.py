"""The files of a letter that go to the IBT-kaart, or to whoever asks for them under the Woo."""

from __future__ import annotations

from collections.abc import Mapping

from letters import pdf
from letters.case import Case, Details
from letters.content import LetterContent
from letters.figures import attached_to, body_of
from letters.filenames import public_filename
from letters.kinds import Kind
from letters.public import Trace, dublin_core, personal_in, public_metadata, public_of, public_record
from municipalities.models import Municipality


class NotPublic(ValueError):
    """Somebody who is left out of the fields is still named. Its message is a Dutch sentence for the user."""

    def __init__(self, traces: tuple[Trace, ...]) -> None:
        self.traces = traces
        super().__init__(" ".join(trace.sentence for trace in traces))


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
    if traces := personal_in(content):
        raise NotPublic(traces)
    record = public_record(
        content,
        kind=kind.name,
        document_number=details.document_number,
        period=case.opgave.period,
        municipality=body_of(municipality),
        province=body_of(municipality.province),
    )
    attached = attached_to(municipality, case=case, details=details)
    document = pdf.letter_pdf(public_of(content), attached, pictures=pictures, metadata=dublin_core(record))
    name = public_filename(kind, municipality, case.opgave.period)
    metadata = public_metadata(record, filename=name, document=document)
    return {name: document, name.replace(".pdf", ".json"): metadata}
