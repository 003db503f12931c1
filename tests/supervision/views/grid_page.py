"""The page with the grid as somebody has it before them: what stands in the fields, and what sending it gives."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

PERIOD = "2022-1"


def address(code: str = "", *, period: str = PERIOD) -> str:
    return f"/{period}/cijfers/{code}/" if code else f"/{period}/cijfers/"


def words(response: HttpResponse) -> str:
    """The text of the page without tags, with ordinary spaces."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return " ".join("".join(reader.texts).replace("\u00a0", " ").split())


REASON = "Hertelling"


class Sheet:
    """The fields of a page, to be typed in and sent any number of times, as a browser does. Where the page has a field
    for the reason of a correction, there is one."""

    def __init__(self, client: Client, response: HttpResponse, *, period: str = PERIOD) -> None:
        reader = _Reader()
        reader.feed(response.content.decode())
        self.client, self.period = client, period
        self.attributes = reader.fields
        self.fields = {name: attributes.get("value") or "" for name, attributes in reader.fields.items()}
        if "reden" in self.fields:
            self.fields["reden"] = self.fields["reden"] or REASON

    @classmethod
    def opened(cls, client: Client, *, period: str = PERIOD) -> Sheet:
        response = client.get(address(period=period))
        assert response.status_code == 200
        return cls(client, response, period=period)

    def type(self, **cells: str) -> Sheet:
        """`type(r_GM0344="168")`: only in fields that are on the page."""
        for key, text in cells.items():
            name = key.replace("_", "-")
            assert name in self.fields, name
            self.fields[name] = text
        return self

    def send(self, **more: str) -> HttpResponse:
        return self.client.post(address(period=self.period), self.fields | more)

    def send_row(self, code: str, **more: str) -> HttpResponse:
        """As htmx does when one leaves the row: the whole form goes along."""
        return self.client.post(address(code, period=self.period), self.fields | more, headers={"HX-Request": "true"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.texts: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name")
        is_unticked = attributes.get("type") == "checkbox" and "checked" not in attributes
        if tag == "input" and name and not is_unticked:
            self.fields[name] = attributes

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
