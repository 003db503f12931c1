"""The form of a concept as somebody finds it on the page, fills it in and sends it."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse
from django.test import Client


def fields_of(response: HttpResponse) -> dict[str, str]:
    """Every field of the form of the policy, with what stands in it; a box that is not ticked is not sent."""
    page = response.content.decode()
    form = page[page.index('<form class="policy"') : page.index("</form>", page.index('<form class="policy"'))]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_left = attributes.get("type") == "checkbox" and " checked" not in tag
        if "name" in attributes and attributes["name"] != "csrfmiddlewaretoken" and not is_left:
            fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s?(.*?)</textarea>', form, flags=re.DOTALL):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


class Concept:
    """A concept opened in a browser; `fields` is what was typed so far."""

    def __init__(self, client: Client, pk: int) -> None:
        self.client, self.url = client, f"/beheer/beleidskader/{pk}/"
        self.fields = fields_of(client.get(self.url))

    def types(self, **typed: str) -> Concept:
        """Names as in the form, with `_` for `-`."""
        self.fields |= {name.replace("_", "-"): text for name, text in typed.items()}
        return self

    def presses(self, button: str) -> HttpResponse:
        response = self.client.post(self.url, {**self.fields, "doe": button})
        if response.status_code in (200, 409, 422) and b'<form class="policy"' in response.content:
            self.fields = fields_of(response)
        return response

    def changes(self, **typed: str) -> HttpResponse:
        """As htmx sends it when a field is left."""
        return self.client.post(self.types(**typed).url, self.fields, headers={"HX-Request": "true"})
