"""The form of a block as somebody finds it on the page, fills it in and sends it."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse
from django.test import Client

START = '<form class="text text--edit"'


def fields_of(response: HttpResponse) -> dict[str, str]:
    """Every field of the form, with what stands in it; a box that is not ticked is not sent."""
    page = response.content.decode()
    form = page[page.index(START) : page.index("</form>", page.index(START))]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_left = attributes.get("type") == "checkbox" and " checked" not in tag
        if "name" in attributes and attributes["name"] != "csrfmiddlewaretoken" and not is_left:
            fields[attributes["name"]] = html.unescape(
                attributes.get("value", "on" if attributes.get("type") == "checkbox" else "")
            )
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, flags=re.DOTALL):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        fields[name] = html.unescape(chosen[1]) if chosen else ""
    return fields


class OpenBlock:
    """A block opened in a browser; `fields` is what was typed so far."""

    def __init__(self, client: Client, path: str) -> None:
        self.client, self.url = client, f"/beheer/teksten/{path}/"
        self.fields = fields_of(client.get(self.url))

    def types(self, **typed: str) -> OpenBlock:
        self.fields |= typed
        return self

    def presses(self, button: str) -> HttpResponse:
        """A browser ends lines its own way."""
        sent = {**self.fields, "text": self.fields["text"].replace("\n", "\r\n"), "doe": button}
        response = self.client.post(self.url, sent)
        if response.status_code in (200, 409, 422):
            self.fields = fields_of(response)
        return response

    def previews(self, **typed: str) -> HttpResponse:
        """As htmx sends it while somebody types."""
        return self.client.post("/beheer/teksten/voorbeeld/", {**self.fields, **typed}, headers={"HX-Request": "true"})
