"""What a letter says, as it is kept once it is frozen: JSON, and the same content read back from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from letters import content as contents
from letters.case import Sender
from letters.content import BijlageContent, LetterContent

VERSION = 1

_CLASSES: Mapping[str, Any] = {
    each.__name__: each
    for each in (
        contents.Span,
        contents.Paragraph,
        contents.Bullets,
        contents.SumRow,
        contents.SumTable,
        contents.TermTable,
        contents.Section,
        contents.Entry,
        contents.Closing,
        contents.Running,
        contents.LetterContent,
        contents.LadderRow,
        contents.BijlageContent,
        Sender,
    )
}


def kept(*, letter: LetterContent, bijlage: BijlageContent | None, figures: Any) -> dict[str, Any]:
    """`figures` are those for machines, as they go inside the document."""
    return {"version": VERSION, "letter": _json(letter), "bijlage": _json(bijlage), "figures": figures}


def letter_kept_in(record: Mapping[str, Any]) -> LetterContent:
    found = _content(record["letter"])
    if not isinstance(found, LetterContent):
        raise TypeError(f"{type(found).__name__} is no letter")
    return found


def _json(value: Any) -> Any:
    if is_dataclass(value):
        own = {field.name: _json(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **own}
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _content(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_content(each) for each in value)
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        made = _CLASSES[value["is"]]
        # What a later version of the content has besides, is at its default.
        names = {field.name for field in fields(made)}
        return made(**{name: _content(each) for name, each in value.items() if name in names})
    return value
