"""What the screens of the text blocks show, from versions that were read. Nothing here queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.urls import reverse

from letters.own_texts import Version
from letters.samples import Choice, Sample
from letters.text_check import warnings_of
from letters.words.blocks import Block
from letters.words.content import Alone
from letters.words.kinds import Kind, kinds
from letters.words.text_words import other_changes, when_in_words
from letters.words.word_diff import Piece, word_diff
from supervision.screens.workbook_page import Control, Option

LONGEST_GLIMPSE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose words they are. `base` is the name of the kind that they come from, empty for the kind itself."""

    version: int
    by: str
    at: datetime | None
    base: str
    is_gone: bool
    follows_base: bool = False

    @property
    def is_delivered(self) -> bool:
        return self.at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: str
    url: str
    when: str
    glimpse: str
    source: Source


def tabs_of(kind: Kind, *, count: int) -> tuple[Tab, ...]:
    """One for each kind of letter; of the others the count is of the delivered blocks."""
    return tuple(
        Tab(
            label=each.name,
            count=count if each.slug == kind.slug else len(each.blocks),
            url=reverse("texts:kind", kwargs={"kind": each.slug}),
            current=each.slug == kind.slug,
        )
        for each in kinds().values()
    )


def rows_of(versions: Sequence[Version], kind: Kind) -> tuple[Row, ...]:
    return tuple(
        Row(
            label=each.block.label,
            url=url_of(kind, each.block.slug),
            when=when_in_words(each.block.when),
            glimpse=_glimpse(each.block),
            source=source_of(each, kind),
        )
        for each in versions
    )


def source_of(version: Version, kind: Kind) -> Source:
    return Source(
        version=version.block.version,
        by=str(version.written_by or ""),
        at=version.written_at,
        base="" if version.kind == kind.slug else kinds()[version.kind].name.lower(),
        is_gone=version.is_gone,
        follows_base=version.follows_base,
    )


def url_of(kind: Kind, slug: str) -> str:
    return reverse("texts:block", kwargs={"kind": kind.slug, "slug": slug})


def _glimpse(block: Block) -> str:
    """The beginning of what it says."""
    written = " ".join((block.heading or block.text).split())
    return written if len(written) <= LONGEST_GLIMPSE else f"{written[:LONGEST_GLIMPSE].rstrip()}…"


# -- the versions of one block ------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version with what it changed; the first one has nothing before it, and shows itself whole."""

    source: Source
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    others: tuple[str, ...]

    @property
    def says_the_same(self) -> bool:
        return not self.heading and not self.text and not self.others


def versions_of(history: Sequence[Version], kind: Kind) -> tuple[Earlier, ...]:
    """The one that holds first, each beside the one before it."""
    changed = [_beside(after, before, kind) for after, before in pairwise(history)]
    first = history[-1]
    whole = Earlier(
        source=source_of(first, kind),
        heading=_pieces(first.block.heading),
        text=_pieces(first.block.text),
        others=(),
    )
    return (*changed, whole)


def _beside(after: Version, before: Version, kind: Kind) -> Earlier:
    others = list(other_changes(before.block, after.block))
    if after.is_gone != before.is_gone:
        others.append("Het blok wordt niet meer gebruikt." if after.is_gone else "Het blok wordt weer gebruikt.")
    if after.follows_base:
        others.append(f"Het blok volgt weer de tekst van de {kinds()[after.kind].name.lower()}.")
    return Earlier(
        source=source_of(after, kind),
        heading=difference(before.block.heading, after.block.heading),
        text=difference(before.block.text, after.block.text),
        others=tuple(others),
    )


def _pieces(written: str) -> tuple[Piece, ...]:
    return (Piece(text=written),) if written else ()


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Empty where there is none."""
    return () if before == after else word_diff(before, after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A colleague's version that came between, beside what is in the form now."""

    sentence: str
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    others: tuple[str, ...]


def clash_of(sentence: str, *, theirs: Block, ours: Block) -> Clash:
    return Clash(
        sentence=sentence,
        heading=difference(theirs.heading, ours.heading),
        text=difference(theirs.text, ours.text),
        others=other_changes(theirs, ours),
    )


# -- the preview --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`said` is None where there are no figures to fill it with; `absent` says why the letter would not have the block."""

    municipality: str
    period: str
    said: Alone | None
    absent: str
    warnings: tuple[str, ...]


def preview_of(block: Block, *, sample: Sample | None, blocks: Sequence[Block], delivered: Block | None) -> Preview:
    """`blocks` are all of the kind, `delivered` the delivered words of this one."""
    warnings = warnings_of(block, delivered=delivered)
    if sample is None:
        return Preview(municipality="", period="", said=None, absent="", warnings=warnings)
    name = sample.municipality.name
    stands = sample.has(block, tuple(blocks))
    absent = f"Dit blok staat niet in de brief aan {name}: het staat er {when_in_words(block.when)}."
    return Preview(
        municipality=name,
        period=str(sample.period),
        said=sample.says(block),
        absent="" if stands else absent,
        warnings=warnings,
    )


def picker_of(choices: Sequence[Choice], *, chosen: str) -> Control:
    return Control(
        name="gemeente",
        label="Met de cijfers van",
        value=chosen,
        options=tuple(Option(value=each.code, label=each.name) for each in choices),
    )
