"""From blocks, figures and advice to what a letter says: pure, and everything in it already formatted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from letters.words.blocks import Block, Placed, Role, place
from letters.words.case import Case, Details, Sender
from letters.words.content import (
    Alone,
    Closing,
    Entry,
    LetterContent,
    Paragraph,
    Part,
    Running,
    Section,
    every_text,
)
from letters.words.kinds import Kind, usual_kind
from letters.words.sentences import is_term_over, values_of
from letters.words.tables import table_of
from letters.words.texts import NO_BREAK_SPACE, Filler, mark_of, open_marks, placeholders, text
from letters.words.wording import Heading, read, spans_of
from supervision.rules.dutch import long_date

# Whose public version is without them: see `letters.words.public`.
PERSONAL = ("contactpersoon", "telefoonnummer", "e_mailadres")


def compose(
    *,
    case: Case,
    sender: Sender,
    details: Details,
    kind: Kind | None = None,
    placed: Sequence[Placed] | None = None,
) -> LetterContent:
    """The letter of this kind (None: the usual one for the trede) with these blocks (None: the delivered ones).

    Raises Incomplete when a figure of the half-year lacks.
    """
    kind = kind or usual_kind(case.step)
    placed = place(kind.blocks, case=case) if placed is None else placed
    blocks = [each.block for each in placed if not each.is_left_out]
    values = values_of(case, details)
    fill = Filler(values)
    subject = _line(blocks, Role.SUBJECT, fill)
    opening, sections = _body([block for block in blocks if block.role is Role.BODY], case, fill)
    day = long_date(details.on)
    sample_mark = text("voorbeeld") if case.has_samples else ""
    content = LetterContent(
        title=fill(kind.title),
        description=fill(kind.description),
        author=sender.authority,
        created=details.on,
        running=Running(
            sender=sender.organisation,
            title=subject,
            aside="\n".join(line for line in (day, details.document_number, sample_mark) if line),
        ),
        sender=sender,
        sample_mark=sample_mark,
        return_address=_return_address(sender, fill),
        address=_address(case, kind, fill),
        entries=entries(
            ("datum", day),
            ("documentnummer", details.document_number),
            ("contactpersoon", details.contact_name),
            ("telefoonnummer", details.phone),
            ("e_mailadres", details.email),
            ("domein", sender.domain),
            ("team", sender.team),
            ("bijlage", "\n".join(kind.enclosed_with(details.letter_kind))),
        ),
        subject=subject,
        verdict=values["verdict"] or "",
        salutation=_line(blocks, Role.SALUTATION, fill),
        opening=opening,
        sections=sections,
        closing=Closing(
            greeting=text("groet"),
            authority=f"{sender.authority},",
            on_behalf=sender.mandate or text("namens"),
            name=sender.signatory_name or mark_of("ondertekenaar"),
            function=sender.signatory_function,
        ),
        open_marks=(),
    )
    return replace(content, open_marks=open_marks(every_text(content)))


def compose_alone(block: Block, *, case: Case, values: Mapping[str, str | None]) -> Alone:
    """One block as it stands in a letter, filled with these values."""
    fill = Filler(values)
    if block.role is not Role.BODY:
        return Alone(line=_line([block], block.role, fill))
    opening, sections = _body([block], case, fill)
    return Alone(opening=opening, sections=sections)


def asked_by(placed: Sequence[Placed], case: Case) -> set[str]:
    """The placeholders in the words of a letter: decides which fields its form shows."""
    blocks = [each.block for each in placed if not each.is_left_out]
    asked = {name for block in blocks for name in placeholders(f"{block.heading} {block.text}")}
    if "bevinding" in asked and is_term_over(case.step):
        asked.add("besluitdatum")
    return asked


def _line(blocks: Sequence[Block], role: Role, fill: Filler) -> str:
    """What the blocks of a role say, as one line."""
    words = " ".join(block.text for block in blocks if block.role is role)
    return "".join(span.text for span in spans_of([(words, False)], fill))


def _body(blocks: Sequence[Block], case: Case, fill: Filler) -> tuple[tuple[Part, ...], tuple[Section, ...]]:
    """What stands before the first heading, and the sections after it. A section of which nothing remains falls out."""
    opening: list[Part] = []
    sections: list[tuple[str, list[Part], bool]] = []
    for block in blocks:
        heading, parts = fill(block.heading).strip(), opening if not sections else sections[-1][1]
        if heading:
            parts = []
            sections.append((heading, parts, block.is_whole))
        if (table := table_of(block.table, case, fill)) is not None:
            parts.append(table)
        for part in read(block.text, fill):
            if isinstance(part, Heading):
                parts = []
                sections.append((part.text, parts, block.is_whole))
            else:
                parts.append(replace(part, is_key=True) if block.is_key and isinstance(part, Paragraph) else part)
    return tuple(opening), tuple(
        Section(heading=heading, parts=tuple(parts), is_whole=is_whole)
        for heading, parts, is_whole in sections
        if parts
    )


def entries(*labelled: tuple[str, str]) -> tuple[Entry, ...]:
    """Those that have a value."""
    return tuple(
        Entry(
            label=_label(label, value),
            value=value,
            mail=value if label == "e_mailadres" else "",
            is_personal=label in PERSONAL,
        )
        for label, value in labelled
        if value
    )


def _label(label: str, value: str) -> str:
    several = value.count("\n") + 1
    if label == "bijlage" and several > 1:
        return Filler({"aantal": str(several)})(text("gegevens", "bijlagen"))
    return text("gegevens", label)


def _address(case: Case, kind: Kind, fill: Filler) -> tuple[str, ...]:
    name, to = fill(text("adres_gemeente")), text("adres", kind.to)
    if case.address is None:
        return (name, to, mark_of("postadres"))
    # Two spaces and capitals: the postal service's own way of writing the last line.
    town = f"{case.address.postcode}{NO_BREAK_SPACE} {case.address.town.upper()}"
    return (name, to, case.address.line, town)


def _return_address(sender: Sender, fill: Filler) -> str:
    lines = [line for line in (sender.post_line, sender.postcode_town) if line]
    return fill(text("retouradres"), adres=", ".join(lines) or mark_of("retouradres"))
