"""A letter that becomes one of another kind: why, and what becomes of the words that are its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from letters.words.blocks import Block, Change, Departure
from letters.words.kinds import Kind
from supervision.rules.policy import Step


def why_another(step: Step, *, is_now: Kind, asked: Kind) -> str:
    return f"Bij trede {step.number} ({step.name}) hoort {with_article(asked)}; deze brief is {with_article(is_now)}."


def with_article(kind: Kind) -> str:
    return f"een {kind.in_words}"


def carried(
    departures: Iterable[Departure], *, is_now: Kind, asked: Kind, old: Iterable[Block], new: Iterable[Block]
) -> list[Departure]:
    """The departures as they are once the letter is of the asked kind, in the same order. `old` and `new` are the blocks
    of both kinds. All words stay: where the standard text is another, the departure says of which kind it was made."""
    before, after = {block.slug: block for block in old}, {block.slug: block for block in new}
    return [_carried(each, before, after, is_now=is_now, asked=asked) for each in departures]


def _carried(
    departure: Departure, old: Mapping[str, Block], new: Mapping[str, Block], *, is_now: Kind, asked: Kind
) -> Departure:
    was, comes = old.get(departure.slug), new.get(departure.slug)
    if departure.of_kind == asked.slug:
        return replace(departure, of_kind="")
    if departure.of_kind or was is None:
        return departure
    if comes is None:
        return replace(departure, of_kind=is_now.slug)
    if was == comes:
        return departure
    if _words(was) == _words(comes) and departure.based_on == was.version:
        return replace(departure, based_on=comes.version)
    return replace(departure, of_kind=is_now.slug)


def _words(block: Block) -> tuple[str, str]:
    return block.heading, block.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """By the labels of the blocks. `become_own` are changed texts that the asked kind does not have: they stay as paragraphs
    of the letter. `differ` are changed texts of which the asked kind has other standard words."""

    become_own: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


def consequences_of(
    departures: Iterable[Departure], *, is_now: Kind, asked: Kind, old: Iterable[Block], new: Iterable[Block]
) -> Consequences:
    given = [each for each in departures if each.change is not Change.LEFT_OUT]
    before, after = {block.slug: block for block in old}, {block.slug: block for block in new}
    own, differ = [], []
    for each in given:
        comes = _carried(each, before, after, is_now=is_now, asked=asked)
        if each.slug in before and each.slug not in after:
            own.append(before[each.slug].label)
        elif each.slug in after and comes.of_kind:
            differ.append(after[each.slug].label)
    return Consequences(become_own=tuple(own), differ=tuple(differ))
