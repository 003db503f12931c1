"""The first table of a piece of HTML as rows of cells; for what is copied without its text."""

from __future__ import annotations

import re
from html import unescape

_UNSEEN = frozenset({"style", "script", "title", "template"})
_BREAKS = frozenset({"br", "p", "div", "li"})

# Python's own parser takes a time that grows with the square of what is malformed. From one < to the next everything is
# looked at once here; an attribute with a > in it ends its tag, which no cell needs.
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9:]*)(?P<attributes>[^<>]*)>|<[!?][^<>]*>|(?P<text>[^<]+|<)")
_SPAN = re.compile(r"(?P<name>rowspan|colspan)\s*=\s*[\"']?(?P<places>[0-9]{1,5})", re.IGNORECASE)

MOST_SPANNED = 100_000
"""Places under cells that span more than one, over the whole table; what is over that is taken for empty space."""


def first_table(html: str, *, most: int) -> list[list[str]]:
    """Cells that span rows or columns stand in the first of their places. No cell spans more than `most` places."""
    reader = _Reader(most)
    for token in _TOKEN.finditer(html):
        if token["text"]:
            reader.write(token["text"])
        elif token["end"]:
            reader.close(token["tag"].lower())
        elif token["tag"]:
            reader.open(token["tag"].lower(), token["attributes"])
    return [[unescape("".join(cell)) for cell in row] for row in reader.rows]


class _Reader:
    def __init__(self, most: int) -> None:
        self.rows: list[list[list[str]]] = []
        self._most = most
        self._tables = 0
        self._is_done = False
        self._unseen = ""
        self._in_cell = False
        self._taken: set[tuple[int, int]] = set()

    def open(self, tag: str, attributes: str) -> None:
        if self._is_done or self._unseen:
            return
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "table":
            self._tables += 1
        elif self._tables == 1 and tag == "tr":
            self.rows.append([])
            self._in_cell = False
        elif self._tables == 1 and tag in ("td", "th"):
            self._open_cell(attributes)
        elif tag in _BREAKS:
            self.write(" ")

    def close(self, tag: str) -> None:
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
        elif tag == "table" and self._tables:
            self._tables -= 1
            self._is_done = self._is_done or (self._tables == 0 and bool(self.rows))
        elif tag in ("td", "th") and self._tables == 1:
            self._in_cell = False

    def write(self, text: str) -> None:
        if self._in_cell and not self._unseen and not self._is_done:
            self.rows[-1][-1].append(text)

    def _open_cell(self, attributes: str) -> None:
        if not self.rows:
            self.rows.append([])
        row, at = self.rows[-1], len(self.rows) - 1
        while (at, len(row)) in self._taken:
            row.append([])
        spans = {match["name"].lower(): int(match["places"]) for match in _SPAN.finditer(attributes)}
        down, across = (max(1, min(spans.get(name, 1), self._most)) for name in ("rowspan", "colspan"))
        if down * across > 1 and len(self._taken) + down * across < MOST_SPANNED:
            self._taken |= {(at + step, len(row) + aside) for step in range(down) for aside in range(across)}
        row.append([])
        self._in_cell = True
