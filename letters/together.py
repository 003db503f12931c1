"""Reads: many letters of a half-year at once. What is of the province is read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from letters.figures import Judged, Obstacle, judged_from, judged_of, letterhead_of
from letters.models import Letter, Letterhead
from letters.own_texts import blocks_of
from letters.words.blocks import Block
from letters.words.kinds import kinds
from letters.written import Written, written_from
from municipalities.models import Municipality, Province
from supervision.dossier import Told, circumstances_of_all
from supervision.figures import Assessment, assess_province
from supervision.rules.period import Period

AT_ONCE = 50
"""So many letters are in memory together, with the words that are their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """All that the letters of a province over a half-year have in common, and the figures of its municipalities, as they
    were at one moment."""

    period: Period
    letterhead: Letterhead
    blocks: Mapping[str, Sequence[Block]]
    assessed: Mapping[int, Assessment]
    circumstances: Mapping[int, Sequence[Told]]

    def judged(self, municipality: Municipality) -> Judged | Obstacle:
        """No queries, but where the figures changed since the decision, or the municipality was no more in that half-year."""
        current = self.assessed.get(municipality.pk)
        if current is None:
            return judged_of(municipality=municipality, period=self.period)
        return judged_from(current, self.circumstances.get(municipality.pk, ()), municipality=municipality)

    def written(self, letter: Letter, *, today: date, judged: Judged | Obstacle | None = None) -> Written | Obstacle:
        """As `letters.written.written`. No queries for a letter of `letters_by`, but those of `judged`."""
        judged = judged or self.judged(letter.municipality)
        if isinstance(judged, Obstacle):
            return judged
        blocks = self.blocks[letter.kind]
        return written_from(letter, judged, letterhead=self.letterhead, blocks=blocks, today=today)


def common_of(*, province: Province, period: Period) -> Common:
    """In a fixed number of queries, whatever the number of municipalities."""
    return Common(
        period=period,
        letterhead=letterhead_of(province),
        blocks={slug: blocks_of(province=province, kind=kind) for slug, kind in kinds().items()},
        assessed={each.municipality.pk: each for each in assess_province(province=province, period=period)},
        circumstances=circumstances_of_all(province=province, period=period, until=period.next),
    )


def letters_by(pks: Sequence[int]) -> Iterator[Letter]:
    """In this order, each with its own words: two queries for every fifty. One that is not there any more is passed over."""
    rows = Letter.objects.select_related(
        "province", "municipality__province", "municipality__post_address", "goes_with", "corrects"
    ).prefetch_related("departures")
    for start in range(0, len(pks), AT_ONCE):
        asked = pks[start : start + AT_ONCE]
        found = {row.pk: row for row in rows.filter(pk__in=asked)}
        yield from (found[pk] for pk in asked if pk in found)
