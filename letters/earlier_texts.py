"""Reads: what the standard text was when a letter departed from it."""

from __future__ import annotations

from letters.models import TextBlock
from letters.words.blocks import Block, Departure
from letters.words.kinds import Kind, kinds
from letters.written import Written


def earlier_texts(found: Written) -> dict[str, Block]:
    """By slug, of the blocks whose standard text became another since. One query, and none where there is no such block."""
    departures = [each.departure for each in found.placed if each.is_outdated and each.departure]
    if not departures:
        return {}
    slugs = {each.slug for each in departures}
    rows = list(TextBlock.objects.filter(province=found.letter.province, slug__in=slugs))
    texts = {each.slug: _text(each, kinds()[each.of_kind or found.kind.slug], rows) for each in departures}
    return {slug: block for slug, block in texts.items() if block}


def _text(departure: Departure, kind: Kind, rows: list[TextBlock]) -> Block | None:
    """What is written for the kind itself goes before what its base has; version 0 is the delivered text."""
    if departure.based_on == 0:
        return next((block for block in kind.blocks if block.slug == departure.slug), None)
    own = {row.kind: row for row in rows if (row.slug, row.version) == (departure.slug, departure.based_on)}
    row = own.get(kind.slug) or own.get(kind.base)
    return row.as_block() if row else None
