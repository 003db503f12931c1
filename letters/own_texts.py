"""Reads: the blocks of a kind of letter as the province has them now, and those of one letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery

from letters.models import Letter, TextBlock
from letters.words.blocks import Block, Placed, place
from letters.words.case import Case
from letters.words.kinds import Kind, built_on
from municipalities.models import Province, User


def blocks_of(*, province: Province, kind: Kind) -> tuple[Block, ...]:
    """The delivered blocks with the province's own last versions over them. One query."""
    return tuple(each.block for each in versions_in_force(province=province, kind=kind) if not each.is_gone)


def _last(province: Province, kind: Kind) -> QuerySet[TextBlock]:
    newest = TextBlock.objects.filter(
        province=OuterRef("province"), kind=OuterRef("kind"), slug=OuterRef("slug")
    ).order_by("-version")
    rows = _of_kind(province, kind)
    return rows.filter(version=Subquery(newest.values("version")[:1]))


def _of_kind(province: Province, kind: Kind) -> QuerySet[TextBlock]:
    """In the order in which they were written."""
    rows = TextBlock.objects.filter(province=province, kind__in=[slug for slug in (kind.base, kind.slug) if slug])
    return rows.select_related("written_by").order_by("pk")


def placed_in(letter: Letter, *, kind: Kind, case: Case, blocks: Iterable[Block] | None = None) -> tuple[Placed, ...]:
    """The blocks of one letter: two queries, or one where the blocks of its kind are given."""
    standard = blocks_of(province=letter.province, kind=kind) if blocks is None else blocks
    departures = [row.as_departure() for row in letter.departures.all()]
    return place(standard, case=case, departures=departures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a block: the delivered words, or what somebody of the province made of them.

    `kind` is the slug of the kind for which the words were written: that asked for, or its base. `written_by` and
    `written_at` are those of the province's own; the delivered words have neither. `is_gone`: the province does not use
    it. `follows_base`: from here on the kind has its base's words again.
    """

    block: Block
    kind: str
    written_by: User | None = None
    written_at: datetime | None = None
    is_gone: bool = False
    follows_base: bool = False

    @property
    def is_delivered(self) -> bool:
        return self.written_at is None


def versions_in_force(*, province: Province, kind: Kind) -> tuple[Version, ...]:
    """Of every block of a kind the version that holds, those that are not used too, in their order. One query."""
    rows: dict[str, list[TextBlock]] = {block.slug: [] for block in kind.blocks}
    for row in _last(province, kind):
        rows.setdefault(row.slug, []).append(row)
    found = [held[-1] for slug, own in rows.items() if (held := _held(own, kind, slug))]
    return tuple(sorted(found, key=lambda each: (each.block.position, each.block.slug)))


def history_of(*, province: Province, kind: Kind, slug: str) -> tuple[Version, ...]:
    """Every version of one block that held, the one that holds first; none where the kind has no such block. One query."""
    return tuple(reversed(_held(_of_kind(province, kind).filter(slug=slug), kind, slug)))


def newest_version(*, province: Province, kind: Kind, slug: str) -> int:
    """Of the block in this kind, its base and the kinds built on it; 0 where nobody wrote one. One query.

    Counted over all of them: a letter sees from the number alone that its standard words became others.
    """
    together = [kind.slug, *(each.slug for each in built_on(kind, slug))]
    if kind.base and not kind.has_own(slug):
        together.append(kind.base)
    rows = TextBlock.objects.filter(province=province, kind__in=together, slug=slug)
    return rows.aggregate(newest=Max("version"))["newest"] or 0


def _held(rows: Iterable[TextBlock], kind: Kind, slug: str) -> list[Version]:
    """What held in the kind, one after another. `rows` are of one block, in the order in which they were written.

    What is written for the base holds in this kind as well, as long as nothing is written for the kind itself.
    """
    held = [_delivered(block, kind) for block in kind.blocks if block.slug == slug]
    of_base, follows = held[-1] if held else None, True
    for row in rows:
        version = _own(row)
        if row.kind != kind.slug:
            if kind.has_own(slug):
                continue
            of_base = version
        elif row.follows_base and of_base is not None:
            version, follows = _following(version, of_base), True
        else:
            follows = False
        if follows or row.kind == kind.slug:
            held.append(version)
    return held


def _following(version: Version, base: Version) -> Version:
    """With a number of its own: it is a change of what stood in the letters of the kind."""
    block = replace(base.block, version=version.block.version)
    return replace(version, block=block, kind=base.kind, is_gone=base.is_gone, follows_base=True)


def _delivered(block: Block, kind: Kind) -> Version:
    is_own = not kind.base or block in kind.own_blocks
    return Version(block=block, kind=kind.slug if is_own else kind.base)


def _own(row: TextBlock) -> Version:
    return Version(
        block=row.as_block(),
        kind=row.kind,
        written_by=row.written_by,
        written_at=row.written_at,
        is_gone=row.is_gone,
    )
