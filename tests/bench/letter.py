"""The letter: our whole path (query, content, html, PDF) against WeasyPrint's bare render of the same html."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

from django_scopes import scope
from weasyprint import HTML

from letters.figures import Obstacle, case_of, letterhead_of, sender_of, usual_details
from letters.papers import pdf
from letters.words.composing import compose
from letters.words.content import LetterContent
from municipalities.models import Municipality
from supervision.rules.period import Period

RUNS = 25
AT_MOST = 1.10
CODE, PERIOD, ON = "GM0344", Period(2022, 1), date(2022, 9, 22)


def main() -> None:
    """On a database with the demo. In turns, so that a slower moment of the machine hits both."""
    html = pdf.letter_html(_content())
    assert whole_path() == pdf.pdf(html), "both make the same letter"
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(RUNS):
        ours.append(_seconds(whole_path))
        bare.append(_seconds(lambda: bare_render(html)))
    ratios = sorted(mine / other for mine, other in zip(ours, bare, strict=True))
    print(f"Letter: query, content, html and PDF against the bare render of the same html (at most {AT_MOST:.2f}):")
    print(
        f"  {median(ratios):.3f}  (median of {RUNS} pairs; {median(ours) * 1000:.0f} against {median(bare) * 1000:.0f} ms)"
    )


def whole_path() -> bytes:
    return pdf.letter_pdf(_content())


def bare_render(html: str) -> bytes:
    """What WeasyPrint needs for these pages and no more; fonts and style are parsed once here too."""
    fonts, css = pdf._style()
    document = HTML(string=html, url_fetcher=pdf._assets())
    written: bytes = document.write_pdf(font_config=fonts, stylesheets=[css], pdf_variant=pdf.VARIANT)
    return written


def _content() -> LetterContent:
    municipality = Municipality.objects.select_related("province", "post_address").get(code=CODE)
    with scope(province=municipality.province):
        case = case_of(municipality=municipality, period=PERIOD)
        letterhead = letterhead_of(municipality.province)
    assert not isinstance(case, Obstacle)
    details = usual_details(letterhead=letterhead, maker=None, on=ON)
    return compose(case=case, sender=sender_of(letterhead, details), details=details)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
