"""The blocks of text that a letter is built from, and when each of them stands in it. Pure.

A block has plain words with placeholders ((naam)); `letters.words.wording` reads them. Which blocks a kind of letter has is
data: the delivered ones in `letters.words.kinds`, over which a province lays its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from letters.words.case import Case, Direction, course_of, figures_of
from supervision.rules.period import Period


class Role(StrEnum):
    """Where the words of a block come in the letter."""

    SUBJECT = "onderwerp"
    SALUTATION = "aanhef"
    BODY = "tekst"


class Table(StrEnum):
    """The table that a block shows above its words, made from the figures."""

    NONE = ""
    FIGURES = "cijfers"
    NEXT = "volgend"
    OUTCOME = "uitkomst"


class Fact(StrEnum):
    """What can be the case with a municipality; the value names it on a screen."""

    HERVERDELING = "herverdeling"
    VOORSPRONG = "voorsprong"
    NOT_MET = "taakstelling niet gehaald"
    EXTRA_VERZOEK = "extra verzoek"
    VERSNELLINGSACTIE = "versnellingsactie"
    OPVANG = "opvang"
    START_DIFFERS = "beginstand verschilt"
    TAAKSTELLING_CHANGED = "taakstelling gewijzigd"
    OWN_LADDER = "trede zonder standaardtekst"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """In which letters a block stands: in those for which all that is given here holds. Nothing given: in all.

    `trede_name` has to agree as well where it is given: trede 3 of another ladder is another thing.
    """

    period: Period | None = None
    trede: int | None = None
    trede_name: str = ""
    direction: Direction | None = None
    fact: Fact | None = None

    def holds(self, case: Case, facts: frozenset[Fact]) -> bool:
        step = case.step
        return (
            self.period in (None, case.opgave.period)
            and self.trede in (None, step.number)
            and self.trede_name.casefold() in ("", step.name.casefold())
            and self.direction in (None, course_of(case))
            and (self.fact is None or self.fact in facts)
        )


ALWAYS = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of text. A heading begins a section; without one it goes on in the section before it.

    Positions are a hundred apart or more, for others to come between. `version` is 0 for the delivered words and counts
    the province's own from 1. `is_key` puts the words in bold, `is_whole` keeps the section on one page.
    """

    slug: str
    label: str
    position: int
    role: Role = Role.BODY
    heading: str = ""
    text: str = ""
    table: Table = Table.NONE
    when: When = ALWAYS
    is_key: bool = False
    is_whole: bool = False
    version: int = 0


class Change(StrEnum):
    """What a letter does with a block of the standard text; the value names it on a screen."""

    CHANGED = "gewijzigd"
    LEFT_OUT = "weggelaten"
    ADDED = "toegevoegd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where one letter departs from the standard text. `based_on` is the version of the block that was changed, `of_kind`
    the kind of which it was one; empty: that of the letter."""

    slug: str
    change: Change
    heading: str = ""
    text: str = ""
    position: int = 0
    based_on: int = 0
    of_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block as one letter has it, with the standard one (None for one that was added) and the departure from it."""

    block: Block
    standard: Block | None = None
    departure: Departure | None = None

    @property
    def is_left_out(self) -> bool:
        return self.departure is not None and self.departure.change is Change.LEFT_OUT

    @property
    def is_outdated(self) -> bool:
        """Whether the standard words became others after this letter departed from them."""
        departure = self.departure
        if self.standard is None or departure is None:
            return False
        return bool(departure.of_kind) or departure.based_on != self.standard.version


def _standard(block: Block, departure: Departure | None) -> Placed:
    if departure is None or departure.change is Change.LEFT_OUT:
        return Placed(block=block, standard=block, departure=departure)
    words = replace(block, heading=departure.heading, text=departure.text)
    return Placed(block=words, standard=block, departure=departure)


def _added(departure: Departure) -> Placed:
    block = Block(
        slug=departure.slug,
        label=departure.heading or "Eigen alinea",
        position=departure.position,
        heading=departure.heading,
        text=departure.text,
    )
    return Placed(block=block, departure=departure)


def facts_of(case: Case, blocks: Iterable[Block]) -> frozenset[Fact]:
    """`blocks` are all of the kind: from these follows whether the trede has words of its own."""
    figures, opgave, step = figures_of(case.opgave), case.opgave, case.step
    kinds = {told.kind for told in case.circumstances}
    has_own_words = any(
        block.when.trede == step.number and block.when.trede_name.casefold() == step.name.casefold() for block in blocks
    )
    before = case.taakstelling_before
    held = {
        Fact.HERVERDELING: bool(case.herverdelingen),
        Fact.VOORSPRONG: figures.end < 0,
        Fact.NOT_MET: figures.asked > 0 and figures.realisation < figures.asked,
        Fact.START_DIFFERS: bool(opgave.start_difference),
        Fact.TAAKSTELLING_CHANGED: before is not None and before != figures.taakstelling,
        Fact.OWN_LADDER: not has_own_words,
    }
    quoted = {fact for fact in Fact if fact.value in kinds}
    return frozenset(quoted | {fact for fact, holds in held.items() if holds})


def place(blocks: Iterable[Block], *, case: Case, departures: Iterable[Departure] = ()) -> tuple[Placed, ...]:
    """The blocks of one letter in their order, with those that are left out.

    A departure from a block that no longer applies is kept as words that were added: nobody's text is lost.
    """
    known = tuple(blocks)
    facts = facts_of(case, known)
    of_letter = {each.slug: each for each in departures}
    standing = [_standard(block, of_letter.pop(block.slug, None)) for block in known if block.when.holds(case, facts)]
    own = [_added(each) for each in of_letter.values() if each.change is not Change.LEFT_OUT]
    return tuple(sorted([*standing, *own], key=lambda each: (each.block.position, each.block.slug)))


def laid_over(
    delivered: Iterable[Block], own: Iterable[Block], *, gone: frozenset[str] = frozenset()
) -> tuple[Block, ...]:
    """The delivered blocks with the province's own last versions over them; without those that it does not use."""
    blocks = {block.slug: block for block in delivered} | {block.slug: block for block in own}
    return tuple(
        sorted(
            (block for slug, block in blocks.items() if slug not in gone),
            key=lambda block: (block.position, block.slug),
        )
    )


def position_after(blocks: Iterable[Block], slug: str) -> int | None:
    """Halfway from this block to what stands on the next position; None where there is no room between them."""
    positions = {block.slug: block.position for block in blocks}
    here = positions[slug]
    following = min((each for each in positions.values() if each > here), default=here + 2 * ROOM)
    between = (here + following) // 2
    return between if between > here else None


ROOM = 100
"""From one block to the next where nothing stands between them yet."""
