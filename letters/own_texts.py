"""Reads: the blocks of a kind of letter as the province has them now, and those of one letter."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from letters.blocks import Block, Placed, laid_over, place
from letters.case import Case
from letters.kinds import Kind
from letters.models import Letter, TextBlock
from municipalities.models import Province


def blocks_of(*, province: Province, kind: Kind) -> tuple[Block, ...]:
    """The delivered blocks with the province's own last versions over them. One query."""
    rows = list(_last(province, (kind.base, kind.slug)))
    # What is written for the base holds in this kind as well; what is written for the kind itself goes before it.
    rows.sort(key=lambda row: row.kind == kind.slug)
    own = [row.as_block() for row in rows if _goes_before(row, kind)]
    gone = {row.slug: row.is_gone for row in rows if _goes_before(row, kind)}
    return laid_over(kind.blocks, own, gone=frozenset(slug for slug, is_gone in gone.items() if is_gone))


def _goes_before(row: TextBlock, kind: Kind) -> bool:
    """Whether the row is laid over what the kind has: a block that a kind delivers itself is not its base's."""
    return row.kind == kind.slug or row.slug not in {block.slug for block in kind.own_blocks}


def _last(province: Province, kinds: Iterable[str]) -> Iterable[TextBlock]:
    newest = TextBlock.objects.filter(
        province=OuterRef("province"), kind=OuterRef("kind"), slug=OuterRef("slug")
    ).order_by("-version")
    rows = TextBlock.objects.filter(province=province, kind__in=[kind for kind in kinds if kind])
    return rows.filter(version=Subquery(newest.values("version")[:1])).order_by("position", "slug")


def placed_in(letter: Letter, *, kind: Kind, case: Case, blocks: Iterable[Block] | None = None) -> tuple[Placed, ...]:
    """The blocks of one letter: two queries, or one where the blocks of its kind are given."""
    standard = blocks_of(province=letter.province, kind=kind) if blocks is None else blocks
    departures = [row.as_departure() for row in letter.departures.all()]
    return place(standard, case=case, departures=departures)
