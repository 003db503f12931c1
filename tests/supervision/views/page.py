"""A page as somebody reads it."""

from __future__ import annotations

import re

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The text of the page without tags; ordinary spaces, no soft hyphens."""
    text = re.sub(r"<title>.*?</title>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    text = text.replace("\u00a0", " ").replace("\u00ad", "").replace("&amp;", "&").replace("&#x27;", "'")
    return re.sub(r" ([.,;:])", r"\1", " ".join(text.split()))


def title(response: HttpResponse) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), flags=re.DOTALL)
    assert found
    return " ".join(found[1].split())


def links(response: HttpResponse) -> list[str]:
    return re.findall(r'href="([^"]*)"', response.content.decode().replace("&amp;", "&"))
