"""Reads: the blocks of a kind of letter as the province has them now, and those of one letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from letters.blocks import Block, Placed, laid_over, place
from letters.case import Case
from letters.kinds import Kind
from letters.models import Letter, TextBlock
from municipalities.models import Province, User


def blocks_of(*, province: Province, kind: Kind) -> tuple[Block, ...]:
    """The delivered blocks with the province's own last versions over them. One query."""
    rows = _in_force(_last(province, kind), kind)
    own = [row.as_block() for row in rows.values()]
    return laid_over(kind.blocks, own, gone=frozenset(slug for slug, row in rows.items() if row.is_gone))


def _in_force(rows: Iterable[TextBlock], kind: Kind) -> dict[str, TextBlock]:
    """Of each block the one that holds. What is written for the base holds in this kind as well; what is written for the
    kind itself goes before it."""
    ordered = sorted(rows, key=lambda row: row.kind == kind.slug)
    return {row.slug: row for row in ordered if _goes_before(row, kind)}


def _goes_before(row: TextBlock, kind: Kind) -> bool:
    """Whether the row is laid over what the kind has: a block that a kind delivers itself is not its base's."""
    return row.kind == kind.slug or row.slug not in {block.slug for block in kind.own_blocks}


def _last(province: Province, kind: Kind) -> QuerySet[TextBlock]:
    newest = TextBlock.objects.filter(
        province=OuterRef("province"), kind=OuterRef("kind"), slug=OuterRef("slug")
    ).order_by("-version")
    rows = _of_kind(province, kind)
    return rows.filter(version=Subquery(newest.values("version")[:1])).order_by("position", "slug")


def _of_kind(province: Province, kind: Kind) -> QuerySet[TextBlock]:
    return TextBlock.objects.filter(province=province, kind__in=[slug for slug in (kind.base, kind.slug) if slug])


def placed_in(letter: Letter, *, kind: Kind, case: Case, blocks: Iterable[Block] | None = None) -> tuple[Placed, ...]:
    """The blocks of one letter: two queries, or one where the blocks of its kind are given."""
    standard = blocks_of(province=letter.province, kind=kind) if blocks is None else blocks
    departures = [row.as_departure() for row in letter.departures.all()]
    return place(standard, case=case, departures=departures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a block: the delivered words, or what somebody of the province made of them.

    `kind` is the slug of the kind for which it was written: that asked for, or its base. `written_by` and `written_at`
    are those of the province's own; the delivered words have neither. `is_gone`: the province does not use it.
    """

    block: Block
    kind: str
    written_by: User | None = None
    written_at: datetime | None = None
    is_gone: bool = False

    @property
    def is_delivered(self) -> bool:
        return self.written_at is None


def versions_in_force(*, province: Province, kind: Kind) -> tuple[Version, ...]:
    """Of every block of a kind the version that holds, those that are not used too, in their order. One query."""
    delivered = {block.slug: _delivered(block, kind) for block in kind.blocks}
    rows = _in_force(_last(province, kind).select_related("written_by"), kind)
    found = delivered | {slug: _own(row) for slug, row in rows.items()}
    return tuple(sorted(found.values(), key=lambda each: (each.block.position, each.block.slug)))


def history_of(*, province: Province, kind: Kind, slug: str) -> tuple[Version, ...]:
    """Every version of one block, the one that holds first; none where the kind has no such block. One query."""
    rows = [
        row
        for row in _of_kind(province, kind).filter(slug=slug).select_related("written_by").order_by("-version")
        if _goes_before(row, kind)
    ]
    rows.sort(key=lambda row: row.kind != kind.slug)
    delivered = [_delivered(block, kind) for block in kind.blocks if block.slug == slug]
    return (*map(_own, rows), *delivered)


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
