"""The kinds of letter: each is data (`data/kinds.json`) and a layout, and all are composed in the same way. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from letters.words.blocks import Block, Fact, Role, Table, When, laid_over
from letters.words.case import Direction
from supervision.rules.policy import Step

FILE = Path(__file__).parent / "data" / "kinds.json"


class Addressee(StrEnum):
    COLLEGE = "college"
    RAAD = "raad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of letter with its delivered blocks.

    `trede` with `trede_name`: the letter to the college on that step is of this kind. `followed_by` is the kind that goes
    out after it, and `goes_with_letter` says that this is such a one. `encloses` names what goes along, in order. A kind
    with a `base` has all that the base has, but for what it says itself; `own_blocks` are without those of the base.
    """

    slug: str
    name: str
    to: Addressee
    layout: str
    title: str
    description: str
    blocks: tuple[Block, ...]
    own_blocks: tuple[Block, ...]
    encloses: tuple[str, ...] = ()
    base: str = ""
    trede: int | None = None
    trede_name: str = ""
    with_bijlage: bool = False
    followed_by: str = ""
    goes_with_letter: bool = False
    asks_receipt: bool = False

    def has_own(self, slug: str) -> bool:
        """Whether it delivers the block itself: then its base's is another one."""
        return slug in {block.slug for block in self.own_blocks}

    @property
    def in_words(self) -> str:
        """As it is called within a sentence."""
        return f"{self.name[:1].lower()}{self.name[1:]}"

    def enclosed_with(self, letter_kind: str) -> tuple[str, ...]:
        """What goes along, as it is listed; `letter_kind` is that of the letter that this one goes with, in words."""
        filled = (each.replace("((briefsoort))", letter_kind) for each in self.encloses)
        return tuple(f"{each[:1].upper()}{each[1:]}" for each in filled if each)


@cache
def kinds() -> Mapping[str, Kind]:
    """Each under its slug, in the order of the file."""
    found: dict[str, Kind] = {}
    for each in json.loads(FILE.read_text(encoding="utf-8")):
        found[each["slug"]] = kind_from(each, found)
    return found


def usual_kind(step: Step) -> Kind:
    """Of the one letter to the college over a half-year: what the trede asks for, else a toezichtbrief."""
    for kind in kinds().values():
        if kind.trede == step.number and kind.trede_name.casefold() == step.name.casefold():
            return kind
    return kinds()["toezichtbrief"]


def built_on(kind: Kind, slug: str) -> tuple[Kind, ...]:
    """The kinds that have this block from the kind, as long as a province writes no words of their own for it."""
    variants = (each for each in kinds().values() if each.base == kind.slug)
    return tuple(each for each in variants if not each.has_own(slug))


def kind_from(data: Mapping[str, Any], earlier: Mapping[str, Kind]) -> Kind:
    """A kind as the file has it; its base is one of the earlier ones."""
    own = tuple(_block(each) for each in data["blocks"])
    trede = data.get("trede", {})
    given = {
        "slug": data["slug"],
        "name": data["name"],
        "title": data["title"],
        "own_blocks": own,
        "trede": trede.get("number"),
        "trede_name": trede.get("name", ""),
    }
    given |= {name: data[name] for name in _PLAIN if name in data}
    if "to" in data:
        given["to"] = Addressee(data["to"])
    if "encloses" in data:
        given["encloses"] = tuple(data["encloses"])
    if "base" not in data:
        return Kind(blocks=laid_over(own, ()), **given)
    base = earlier[data["base"]]
    return replace(base, blocks=laid_over(base.blocks, own), base=base.slug, **given)


_PLAIN = ("description", "layout", "with_bijlage", "followed_by", "goes_with_letter", "asks_receipt")


def _block(data: Mapping[str, Any]) -> Block:
    return Block(
        slug=data["slug"],
        label=data["label"],
        position=data["position"],
        role=Role(data.get("role", Role.BODY)),
        heading=data.get("heading", ""),
        text=data.get("text", ""),
        table=Table(data.get("table", Table.NONE)),
        when=_when(data.get("when", {})),
        is_key=data.get("key", False),
        is_whole=data.get("whole", False),
    )


def _when(data: Mapping[str, Any]) -> When:
    return When(
        trede=data.get("trede"),
        trede_name=data.get("trede_name", ""),
        direction=Direction(data["direction"]) if "direction" in data else None,
        fact=Fact(data["fact"]) if "fact" in data else None,
    )
