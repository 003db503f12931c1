"""Writing a letter: the preview of a changed paragraph, and the PDF of a concept against the bare render of its html."""

from __future__ import annotations

from datetime import date
from statistics import median
from time import perf_counter

from django.test import Client
from django.utils.timezone import now
from django_scopes import scope

import ibt.wsgi  # noqa: F401  (the process is set up as gunicorn's workers are)
from letters.actions.drafting import draft_of
from letters.actions.making import make_concept
from letters.figures import Obstacle
from letters.models import Draft, Letter
from letters.papers.drafts import sheets_of
from letters.readiness import letter_of
from letters.written import Written, written
from municipalities.models import Municipality, User
from municipalities.rights import Role
from supervision.rules.period import Period
from tests.bench.letter import bare_render

RUNS, PDF_RUNS = 40, 10
AT_MOST_MS, AT_MOST = 100, 2.0
PERIOD = Period(2022, 1)
TYPED = "In vier tot zes weken wil uw gemeente {} vergunninghouders huisvesten. Van de ((totaalopgave)) is dat veel."


def main() -> None:
    """On a database with the demo."""
    city = Municipality.objects.select_related("province", "post_address").get(code="GM0344")
    maker = User.objects.filter(role=Role.TOEZICHTHOUDER, province=city.province).earliest("pk")
    with scope(province=city.province):
        letter = make_concept(by=maker, municipality=city, period=PERIOD, now=now(), today=date(2022, 9, 22))
        taken = _previews(maker, letter)
        print(f"Preview of a changed paragraph, the whole request (at most {AT_MOST_MS} ms at the median):")
        print(f"  {median(taken) * 1000:.0f} ms  (median of {RUNS})")
        ours, bare = _pdfs(letter)
    ratio = median(mine / other for mine, other in zip(ours, bare, strict=True))
    print(f"Concept as PDF, from the database, against the bare render of its html (at most {AT_MOST:.0f}):")
    print(
        f"  {ratio:.2f}  (median of {PDF_RUNS} pairs; {median(ours) * 1000:.0f} against {median(bare) * 1000:.0f} ms)"
    )


def _previews(maker: User, letter: Letter) -> list[float]:
    client, taken = Client(), []
    client.force_login(maker)
    body = {"slug": "slot", "kop": "Tot slot", "gezien": "0", "standaard": "0"}
    for at in range(RUNS + 1):
        start = perf_counter()
        answer = client.post(f"/brieven/{letter.pk}/voorbeeld/", {**body, "tekst": TYPED.format(500 + at)})
        taken.append(perf_counter() - start)
        assert f"{500 + at}" in answer.content.decode(), answer.status_code
    return taken[1:]


def _pdfs(letter: Letter) -> tuple[list[float], list[float]]:
    """In turns, so that a slower moment of the machine hits both."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(PDF_RUNS):
        Draft.objects.all().delete()
        start = perf_counter()
        draft_of(_read(letter), now=now())
        ours.append(perf_counter() - start)
        sheets = sheets_of(_read(letter))
        start = perf_counter()
        bare_render(sheets.letter)
        bare.append(perf_counter() - start)
    return ours, bare


def _read(letter: Letter) -> Written:
    row = letter_of(province=letter.province, pk=letter.pk)
    assert row is not None
    found = written(row, today=date(2022, 9, 22))
    assert not isinstance(found, Obstacle)
    return found
