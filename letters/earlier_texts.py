"""Reads: what the standard text was when a letter departed from it."""

from __future__ import annotations

from letters.blocks import Block
from letters.models import TextBlock
from letters.written import Written


def earlier_texts(found: Written) -> dict[str, Block]:
    """By slug, of the blocks whose standard text became another since. One query, and none where there is no such block."""
    based_on = {
        each.block.slug: each.departure.based_on for each in found.placed if each.is_outdated and each.departure
    }
    if not based_on:
        return {}
    kinds = [slug for slug in (found.kind.base, found.kind.slug) if slug]
    rows = TextBlock.objects.filter(province=found.letter.province, kind__in=kinds, slug__in=based_on)
    own = [row for row in rows if row.version == based_on[row.slug]]
    own.sort(key=lambda row: row.kind == found.kind.slug)
    delivered = {block.slug: block for block in found.kind.blocks if based_on.get(block.slug) == 0}
    return delivered | {row.slug: row.as_block() for row in own}
