"""Marks in the preview of a letter that its text does not have: what was not found, and where somebody is writing. Pure.

Each is a sign that no text of a letter can have (`letters.looks.fonts.validate_printable`); the template turns it into html.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from letters.words.blocks import Block

MISS, MISS_END, HERE = "\ue000", "\ue001", "\ue002"


def with_misses(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with what stands at these places marked. Of places that overlap the first is."""
    pieces, done = [], 0
    for start, end in sorted(places):
        if done <= start < end:
            pieces += [text[done:start], MISS, text[start:end], MISS_END]
            done = end
    return "".join([*pieces, text[done:]])


def with_here(block: Block) -> Block:
    """At the end of its words: before them it would keep a list from being one."""
    if block.text:
        return replace(block, text=f"{block.text}{HERE}")
    return replace(block, heading=f"{block.heading}{HERE}")
