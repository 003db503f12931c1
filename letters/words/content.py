"""What a letter consists of: everything already formatted, frozen, and without a trace of where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import ClassVar

from letters.words.case import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One that `is_personal` speaks of who is named in the letter, and is not in the public version."""

    text: str
    is_bold: bool = False
    is_personal: bool = False


def plain(text: str) -> tuple[Span, ...]:
    return (Span(text=text),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    spans: tuple[Span, ...]
    is_key: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    items: tuple[tuple[Span, ...], ...]
    is_ordered: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple("".join(span.text for span in item) for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRow:
    """`number` is without the percent sign: that hangs outside the column of digits."""

    label: str
    number: str
    origin: str
    is_percentage: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SumTable:
    kind: ClassVar[str] = "sum"
    span: str
    count_head: str
    origin_head: str
    rows: tuple[SumRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTable:
    kind: ClassVar[str] = "terms"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


Part = Paragraph | Bullets | SumTable | TermTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its parts; `is_whole` ones are never split over two pages."""

    heading: str
    parts: tuple[Part, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What one block says by itself: a line where it is the subject or the salutation, else parts and sections."""

    line: str = ""
    opening: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A label with its value, of one or more lines, in the column beside the text; `mail` makes it a link.

    One that `is_personal` is not in the public version.
    """

    label: str
    value: str
    mail: str = ""
    is_personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    greeting: str
    authority: str
    on_behalf: str
    name: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the continuation pages have at their head; `aside` may have several lines."""

    sender: str
    title: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    title: str
    description: str
    author: str
    created: date
    running: Running
    sender: Sender
    sample_mark: str
    return_address: str
    address: tuple[str, ...]
    entries: tuple[Entry, ...]
    subject: str
    verdict: str
    salutation: str
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]
    closing: Closing
    open_marks: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The name of its picture. A letter in which something is still open is not signed."""
        return "" if self.open_marks else self.sender.signature


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    number: str
    name: str
    when: str
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BijlageContent:
    """The same for every municipality of the province: it has nothing of one letter, not even a date."""

    title: str
    description: str
    author: str
    running: Running
    sender: Sender
    entries: tuple[Entry, ...]
    name: str
    intro: str
    ladder_heading: str
    ladder_heads: tuple[str, ...]
    ladder: tuple[LadderRow, ...]
    sections: tuple[Section, ...]


def every_text(content: object) -> Iterator[str]:
    """Each text of a content, in the order of reading."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from every_text(each)
    elif is_dataclass(content):
        for field in fields(content):
            yield from every_text(getattr(content, field.name))
