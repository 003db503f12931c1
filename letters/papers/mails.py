"""The e-mail that goes with a letter, as a draft for who sends it."""

from __future__ import annotations

from letters.figures import letterhead_of
from letters.models import Dispatch, Letter
from letters.papers.documents import enclosed_with, files_of
from letters.papers.mail import Draft, text_of
from letters.words.kept import letter_kept_in
from letters.words.kinds import kinds
from supervision.rules.dutch import enumeration, long_date

GREETINGS = {
    Dispatch.To.COLLEGE: "Geacht college,",
    Dispatch.To.RAAD: "Geachte griffier,",
    Dispatch.To.SECRETARIAAT: "Geachte heer of mevrouw,",
}


def draft_of(letter: Letter, *, to: Dispatch.To, address: str) -> Draft:
    """Of a frozen letter, with all that belongs to it. Raises Damaged where a document is not as it was kept."""
    letterhead = letterhead_of(letter.municipality.province)
    documents = enclosed_with(letter, in_one_file=letterhead.bijlage_in_one_file)
    content = letter_kept_in(letter.content or {})
    return Draft(
        to=address,
        subject=f"{content.subject} ({letter.document_number})",
        text=text_of(_lines(letter, to, content.sender.organisation)),
        attachments=tuple(files_of(documents)),
    )


def _lines(letter: Letter, to: Dispatch.To, organisation: str) -> list[str]:
    kind = kinds()[letter.kind]
    which = ", ".join([kind.name.lower(), *([long_date(letter.on)] if letter.on else [])])
    of = kinds()[letter.goes_with.kind].in_words if letter.goes_with else ""
    enclosed = enumeration([each.lower() for each in kind.enclosed_with(of)])
    with_it = f", met de {enclosed}" if enclosed else ""
    about = f"de huisvesting van vergunninghouders in de gemeente {letter.municipality.name}"
    lines = [
        GREETINGS[to],
        f"Hierbij ontvangt u van ons een brief over {about} ({which}, kenmerk {letter.document_number}){with_it}.",
    ]
    if kind.asks_receipt:
        lines.append("Wilt u de ontvangst bevestigen door op deze e-mail te antwoorden?")
    return [*lines, "Met vriendelijke groet,", organisation]
