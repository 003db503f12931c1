"""Reads: what a letter claims in words of its own, and what is still open in it. While anything is, nobody can agree to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate

from letters.claims import Facts, Finding, check
from letters.claims.collecting import facts_of
from letters.models import Confirmation, LetterBlock
from letters.words.blocks import Block, Placed
from letters.words.sentences import values_of
from letters.words.texts import Filler, open_marks
from letters.written import Written
from municipalities.models import Municipality, MunicipalityAlias
from supervision.dossier import circumstances_of

DETAILS = "gegevens"
"""Stands for a block where what is open is in the details of the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """`sentence` is for the screen. `slug` is the block in which it stands, or DETAILS; empty: in none, but in the address
    or such. `claim` is the key of a claim that matches nothing, empty where it is something to fill in."""

    sentence: str
    slug: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`findings` are those of the words that are this letter's own, by block; `confirmed` what somebody vouches for."""

    points: tuple[OpenPoint, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    confirmed: Mapping[str, Confirmation]
    facts: Facts


def open_points(written: Written) -> tuple[OpenPoint, ...]:
    """In the order of the letter; what stands in no block comes last. A letter without words of its own claims nothing,
    and takes no query."""
    return checked(written).points if _has_own_words(written) else tuple(_points(written, {}))


def checked(written: Written) -> Checked:
    """In a fixed number of queries."""
    facts = facts_about(written)
    rows = Confirmation.objects.filter(letter=written.letter).select_related("confirmed_by")
    confirmed = {row.claim: row for row in rows}
    findings = dict(_findings(written, facts))
    missed = {
        slug: {each.key: each for each in found if each.is_missed and each.key not in confirmed}
        for slug, found in findings.items()
    }
    return Checked(points=tuple(_points(written, missed)), findings=findings, confirmed=confirmed, facts=facts)


def _points(written: Written, missed: Mapping[str, Mapping[str, Finding]]) -> Iterator[OpenPoint]:
    marks = dict(_marks(written))
    for slug in dict.fromkeys([*(each.block.slug for each in written.placed), DETAILS]):
        for mark in marks.get(slug, ()):
            yield OpenPoint(sentence=sentence_of(mark), slug=slug)
        for key, each in missed.get(slug, {}).items():
            yield OpenPoint(sentence=each.sentence, slug=slug, claim=key)
    known = {mark for each in marks.values() for mark in each}
    for mark in written.content.open_marks:
        if mark not in known:
            yield OpenPoint(sentence=sentence_of(mark))


def facts_about(written: Written) -> Facts:
    """Whatever the letter may speak of without anybody having to vouch for it."""
    letter, decided = written.letter, written.judged.decided
    municipality, period = letter.municipality, letter.period
    told = circumstances_of(municipality=municipality, period=period, until=period.next)
    others = Municipality.objects.exclude(pk=municipality.pk).values_list("name", flat=True)
    aliases = MunicipalityAlias.objects.exclude(municipality=municipality).values_list("alias", flat=True)
    return facts_of(
        written.case,
        written.details,
        [entry for each in told for entry in each.told],
        decided_on=localdate(decided.decided_at) if decided else None,
        others=[*others, *aliases],
        province=municipality.province.name,
    )


def findings_in(block: Block, facts: Facts, *, standard: Block | None) -> tuple[Finding, ...]:
    return check(words_of(block), facts, standard=words_of(standard) if standard else "")


def words_of(block: Block | LetterBlock) -> str:
    """Heading and text, as one text."""
    return "\n\n".join(part for part in (block.heading, block.text) if part)


def _has_own_words(written: Written) -> bool:
    return any(_speaks(placed) for placed in written.placed) or bool(written.details.legal_remedy)


def _speaks(placed: Placed) -> bool:
    return placed.departure is not None and not placed.is_left_out


def _findings(written: Written, facts: Facts) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Of what somebody wrote for this letter alone; the standard text speaks in placeholders."""
    for placed in written.placed:
        if _speaks(placed):
            yield placed.block.slug, findings_in(placed.block, facts, standard=placed.standard)
    if written.details.legal_remedy:
        yield DETAILS, check(written.details.legal_remedy, facts)


def _marks(written: Written) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each block leaves open that stands in the letter; a section that fell out leaves nothing open."""
    fill, stands = Filler(values_of(written.case, written.details)), set(written.content.open_marks)
    for placed in written.placed:
        if not placed.is_left_out:
            marks = open_marks([fill(placed.block.heading), fill(placed.block.text)])
            yield placed.block.slug, tuple(mark for mark in marks if mark in stands)


def sentence_of(mark: str) -> str:
    """`mark` as `letters.words.texts.open_marks` gives it: what is to be filled in, or what is wrong with a placeholder."""
    is_wrong = mark.startswith(("onbekende invulplek:", "invulplek zonder einde:"))
    return f"{mark[0].upper()}{mark[1:]}." if is_wrong else f"Nog in te vullen: {mark}."
