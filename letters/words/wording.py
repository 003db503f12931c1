"""From the plain words of a block to parts of a letter: paragraphs, headings, lists and bold, with placeholders filled.

The words are read first and filled then. So what is filled in is never read as markup or as a placeholder, and what
somebody typed is never a template. Whatever is no paragraph, heading, list or bold stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from letters.words.content import Bullets, Paragraph, Span
from letters.words.texts import Filler


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    text: str


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("zero", {"maxNesting": 10}).enable(["heading", "list", "emphasis", "newline", "escape"])


def read(words: str, fill: Filler) -> tuple[Heading | Paragraph | Bullets, ...]:
    """A paragraph of which nothing remains once it is filled falls out."""
    return tuple(_parts(_reader().parse(words), fill))


def _parts(tokens: Sequence[Token], fill: Filler) -> Iterator[Heading | Paragraph | Bullets]:
    items: list[tuple[Span, ...]] = []
    depth, is_ordered, is_heading = 0, False, False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            is_ordered = is_ordered or (depth == 0 and token.type == "ordered_list_open")
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0:
                if items:
                    yield Bullets(items=tuple(items), is_ordered=is_ordered)
                items, is_ordered = [], False
        elif token.type == "heading_open":
            is_heading = True
        elif token.type == "inline":
            spans = spans_of(_runs(token.children or ()), fill)
            if is_heading:
                is_heading = False
                if spans:
                    yield Heading(text="".join(span.text for span in spans))
            elif spans and depth:
                items.append(spans)
            elif spans:
                yield Paragraph(spans=spans)


def _runs(tokens: Iterable[Token]) -> Iterator[tuple[str, bool]]:
    """The words with whether they are bold. A single * or _ is no markup of ours and stays."""
    bold = 0
    for token in tokens:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type in ("softbreak", "hardbreak"):
            yield " ", bold > 0
        else:
            yield token.content or token.markup, bold > 0


def spans_of(runs: Iterable[tuple[str, bool]], fill: Filler) -> tuple[Span, ...]:
    """Filled, runs of the same weight joined, and without the spaces that an empty sentence leaves behind."""
    joined: list[tuple[str, bool]] = []
    for written, is_bold in runs:
        if joined and joined[-1][1] == is_bold:
            joined[-1] = (joined[-1][0] + written, is_bold)
        else:
            joined.append((written, is_bold))
    spans: list[Span] = []
    for written, is_bold, is_personal in _apart(joined):
        if filled := _SPACES.sub(" ", fill(written)):
            spans.append(Span(text=filled, is_bold=is_bold, is_personal=is_personal))
    return trimmed(spans)


def trimmed(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Without a space at the begin and the end, and with no more than one where two spans meet."""
    kept: list[Span] = []
    for span in spans:
        text = span.text.lstrip(" ") if not kept or kept[-1].text.endswith(" ") else span.text
        if text:
            kept.append(replace(span, text=text))
    if kept:
        last = kept.pop()
        if rest := last.text.rstrip(" "):
            kept.append(replace(last, text=rest))
    return tuple(kept)


def _apart(runs: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool, bool]]:
    """With what is said of a person as a run of its own."""
    for written, is_bold in runs:
        for at, piece in enumerate(_PERSONAL.split(written)):
            if piece:
                yield piece, is_bold, at % 2 == 1


_PERSONAL = re.compile(r"(\(\(\s*contactzin\s*\)\))", re.IGNORECASE)

# Without the no-break space, which is meant.
_SPACES = re.compile(r"[ \t\r\n]+")
