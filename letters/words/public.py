"""The version of a letter for everybody: without names, phone numbers, e-mail addresses and signature. Pure.

They are left out of the content, so that they are never drawn: nothing is painted over. What somebody typed into the text
is theirs to change: where a name still stands there, there is no public version.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from xml.sax.saxutils import escape

from letters.words.content import Bullets, LetterContent, Paragraph, Part, Span, every_text
from letters.words.machine import Body
from letters.words.texts import mark_of
from letters.words.wording import trimmed
from supervision.rules.period import Period

# Shorter words of a name, such as van and der, are words of any text.
SHORTEST_NAME = 3
# Shorter ones are not of a telephone.
SHORTEST_NUMBER = 6


def public_of(content: LetterContent) -> LetterContent:
    """The function of who signed stays."""
    return replace(
        content,
        opening=_impersonal(content.opening),
        sections=tuple(
            replace(section, parts=parts) for section in content.sections if (parts := _impersonal(section.parts))
        ),
        entries=tuple(entry for entry in content.entries if not entry.is_personal),
        sender=replace(content.sender, signatory_name="", signature=""),
        closing=replace(content.closing, name=""),
    )


def _impersonal(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without what speaks of who is left out, and without a part of which nothing remains then."""
    return tuple(kept for part in parts if (kept := _without_personal(part)) is not None)


def _without_personal(part: Part) -> Part | None:
    if isinstance(part, Paragraph):
        spans = _others(part.spans)
        return replace(part, spans=spans) if spans else None
    if isinstance(part, Bullets):
        items = tuple(spans for item in part.items if (spans := _others(item)))
        return replace(part, items=items) if items else None
    return part


def _others(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if not any(span.is_personal for span in spans):
        return spans
    return trimmed(span for span in spans if not span.is_personal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A value of a field that is left out, and where it still stands."""

    value: str
    where: str

    @property
    def sentence(self) -> str:
        return f"‘{self.value}’ staat nog in {self.where}. Haal dat daar weg; anders kan er geen openbare versie zijn."


def personal_in(content: LetterContent) -> tuple[Trace, ...]:
    """Whose field is left out and who is still named: the whole value anywhere, and in the text a part of a name too."""
    rest = public_of(content)
    known = set(_words_of(f"{content.title} {content.running.sender}"))
    found: dict[tuple[str, str], Trace] = {}
    for value in personal_values(content):
        parts = [] if "@" in value else [word for word in _words_of(value) if _is_name(word) and word not in known]
        for where, text, is_typed in _texts(rest):
            if _holds(text, value) or (is_typed and set(parts) & set(_words_of(text))):
                found[(value, where)] = Trace(value=value, where=where)
    return tuple(found.values())


def personal_values(content: LetterContent) -> tuple[str, ...]:
    """What the fields that are left out say."""
    values = [entry.value for entry in content.entries if entry.is_personal]
    if content.closing.name != mark_of("ondertekenaar"):
        values.append(content.closing.name)
    return tuple(dict.fromkeys(value for value in values if value.strip()))


def _texts(content: LetterContent) -> Iterator[tuple[str, str, bool]]:
    """Where, what, and whether it is text that somebody typed."""
    yield "het onderwerp", content.subject, True
    yield "de aanhef", content.salutation, True
    yield from (("de inleiding", text, True) for text in _runs(content.opening))
    for section in content.sections:
        where = f"‘{section.heading}’"
        yield where, section.heading, True
        yield from ((where, text, True) for text in _runs(section.parts))
    running = replace(content.running, title="")
    others = replace(content, subject="", salutation="", opening=(), sections=(), running=running)
    yield from (("het briefhoofd of de gegevens van de brief", text, False) for text in every_text(others))


def _runs(parts: tuple[Part, ...]) -> Iterator[str]:
    """A run of text at a time, whatever is bold in it."""
    for part in parts:
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Bullets):
            yield from part.texts
        else:
            yield from every_text(part)


def _holds(text: str, value: str) -> bool:
    """However it is spaced, written with capitals or hyphenated; a phone number however its digits are grouped."""
    digits = "" if "@" in value else re.sub(r"\D", "", value)
    if len(digits) >= SHORTEST_NUMBER:
        # Within the country or from outside it.
        number = re.sub(r"^(?:0031|31(?=\d{9}$)|0)", "", digits)
        return number in re.sub(r"(?<=\d)[\s().\u2010-\u2014-]+(?=\d)", "", text)
    return re.search(rf"(?<!\w){re.escape(_plain(value))}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\u2010\u2011]", "-", text).casefold().split())


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’-]*", text)


def _is_name(word: str) -> bool:
    return word[0].isupper() and len(word) >= SHORTEST_NAME


# -- what is published beside it -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """What a register of published documents asks for. `kind` is what the letter is called, such as Toezichtbrief."""

    title: str
    description: str
    kind: str
    on: date
    document_number: str
    period: Period
    municipality: Body
    province: Body


def public_record(
    content: LetterContent, *, kind: str, document_number: str, period: Period, municipality: Body, province: Body
) -> PublicRecord:
    return PublicRecord(
        title=content.title,
        description=content.description,
        kind=kind,
        on=content.created,
        document_number=document_number,
        period=period,
        municipality=municipality,
        province=province,
    )


def public_metadata(record: PublicRecord, *, filename: str, document: bytes) -> bytes:
    """As JSON-LD in the terms of Dublin Core, with TOOI's identifiers of who publishes and whom it is about."""
    last_day = record.period.peildatum - timedelta(days=1)
    written = {
        "@context": {"dcterms": "http://purl.org/dc/terms/", "schema": "https://schema.org/"},
        "dcterms:title": record.title,
        "dcterms:description": record.description,
        "dcterms:type": record.kind,
        "dcterms:created": record.on.isoformat(),
        "dcterms:identifier": record.document_number,
        "dcterms:language": "nl",
        "dcterms:format": "application/pdf",
        "dcterms:publisher": _agent(record.province, "Provincie"),
        "dcterms:spatial": _agent(record.municipality, "Gemeente"),
        "dcterms:temporal": f"{record.period.start.isoformat()}/{last_day.isoformat()}",
        "schema:name": filename,
        "schema:sha256": hashlib.sha256(document).hexdigest(),
    }
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _agent(body: Body, sort: str) -> dict[str, str]:
    return {"@id": body.uri, "dcterms:title": f"{sort} {body.name}", "dcterms:identifier": body.code}


def dublin_core(record: PublicRecord) -> bytes:
    """The same for the metadata inside the file; title, description and creator the renderer writes itself."""
    bags = {
        "publisher": ("Bag", record.province.uri),
        "type": ("Bag", record.kind),
        "language": ("Bag", "nl"),
        "date": ("Seq", record.on.isoformat()),
        "relation": ("Bag", record.municipality.uri),
    }
    inside = "".join(
        f"<dc:{name}><rdf:{sort}><rdf:li>{escape(value)}</rdf:li></rdf:{sort}></dc:{name}>"
        for name, (sort, value) in bags.items()
    )
    if record.document_number:
        inside += f"<dc:identifier>{escape(record.document_number)}</dc:identifier>"
    return (
        '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about="">{inside}</rdf:Description>'
    ).encode()
