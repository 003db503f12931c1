"""Reads: what is still open in a letter. While anything is, nobody can agree to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from letters.sentences import values_of
from letters.texts import Filler, open_marks
from letters.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """`sentence` is for the screen. `slug` is the block in which it stands; empty: in none, but in the address or such."""

    sentence: str
    slug: str = ""


def open_points(written: Written) -> tuple[OpenPoint, ...]:
    """In the order of the letter; what stands in no block comes last."""
    in_blocks = dict(_marks(written))
    known = {mark for marks in in_blocks.values() for mark in marks}
    elsewhere = [mark for mark in written.content.open_marks if mark not in known]
    return (
        *(OpenPoint(sentence=sentence_of(mark), slug=slug) for slug, marks in in_blocks.items() for mark in marks),
        *(OpenPoint(sentence=sentence_of(mark)) for mark in elsewhere),
    )


def _marks(written: Written) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each block leaves open that stands in the letter; a section that fell out leaves nothing open."""
    fill, stands = Filler(values_of(written.case, written.details)), set(written.content.open_marks)
    for placed in written.placed:
        if not placed.is_left_out:
            marks = open_marks([fill(placed.block.heading), fill(placed.block.text)])
            yield placed.block.slug, tuple(mark for mark in marks if mark in stands)


def sentence_of(mark: str) -> str:
    """`mark` as `letters.texts.open_marks` gives it: what is to be filled in, or what is wrong with a placeholder."""
    is_wrong = mark.startswith(("onbekende invulplek:", "invulplek zonder einde:"))
    return f"{mark[0].upper()}{mark[1:]}." if is_wrong else f"Nog in te vullen: {mark}."
