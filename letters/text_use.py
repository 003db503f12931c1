"""Reads: which concepts a standard text is used in, so that somebody knows what changing it changes."""

from __future__ import annotations

from dataclasses import dataclass

from letters.models import Letter, LetterBlock, TextBlock
from letters.words.blocks import Change
from letters.words.kinds import Kind, built_on
from municipalities.models import Province
from supervision.rules.dutch import count
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Of the letters over one half-year that still follow the standard text: how many there are, and how many of them
    have other words for this block, rest with those on a version that no longer holds, or leave it out."""

    period: Period
    concepts: int
    changed: int
    outdated: int
    left_out: int

    @property
    def sentences(self) -> tuple[str, ...]:
        if not self.concepts:
            return (f"Er zijn over {self.period} geen concepten van deze soort.",)
        concepts = count(self.concepts, "concept", "concepten")
        told = [f"Over {self.period}: {concepts} van deze soort. Een concept volgt de tekst tot het is vastgesteld."]
        if self.changed:
            told.append(
                f"{_capital(_those(self.changed))} van deze tekst af en {_keep(self.changed)} de eigen woorden."
            )
        if self.outdated:
            told.append(f"Daarvan {_rest(self.outdated)} op een oudere versie van deze tekst.")
        if self.left_out:
            leave = "laat" if self.left_out == 1 else "laten"
            told.append(f"{_capital(count(self.left_out, 'concept', 'concepten'))} {leave} dit blok weg.")
        return tuple(told)


def use_of(*, province: Province, kind: Kind, slug: str, version: int, period: Period) -> Use:
    """Three queries. `version` is the one that holds."""
    letters = Letter.objects.filter(
        province=province,
        period=period,
        kind__in=_kinds_that_follow(province, kind, slug),
        state__in=[Letter.State.CONCEPT, Letter.State.SUBMITTED],
    )
    departures = list(LetterBlock.objects.filter(letter__in=letters, slug=slug).values_list("change", "based_on"))
    changed = [based_on for change, based_on in departures if change == Change.CHANGED]
    return Use(
        period=period,
        concepts=letters.count(),
        changed=len(changed),
        outdated=sum(based_on != version for based_on in changed),
        left_out=sum(change == Change.LEFT_OUT for change, _ in departures),
    )


def _kinds_that_follow(province: Province, kind: Kind, slug: str) -> list[str]:
    """The kind, and those that have it as their base and no words of their own for this block."""
    rows = TextBlock.objects.filter(province=province, slug=slug).order_by("version")
    follows = dict(rows.values_list("kind", "follows_base"))
    return [kind.slug, *(each.slug for each in built_on(kind, slug) if follows.get(each.slug, True))]


def _those(concepts: int) -> str:
    return f"{count(concepts, 'concept', 'concepten')} {'wijkt' if concepts == 1 else 'wijken'}"


def _keep(concepts: int) -> str:
    return "houdt" if concepts == 1 else "houden"


def _rest(concepts: int) -> str:
    return f"{'berust' if concepts == 1 else 'berusten'} er {concepts}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
