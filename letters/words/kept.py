"""What a letter says, as it is kept once it is frozen: JSON, and the same content read back from it. Pure."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from letters.words import case, content
from letters.words.content import BijlageContent, LetterContent

VERSION = 1

_CLASSES: Mapping[str, Any] = {
    name: each for module in (case, content) for name, each in vars(module).items() if is_dataclass(each)
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
    if isinstance(value, bytes):
        return {"base64": b64encode(value).decode()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _content(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_content(each) for each in value)
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        if "base64" in value:
            return b64decode(value["base64"])
        made = _CLASSES[value["is"]]
        # What a later version of the content has besides, is at its default.
        names = {field.name for field in fields(made)}
        return made(**{name: _content(each) for name, each in value.items() if name in names})
    return value
