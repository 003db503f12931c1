"""A finished PDF as a reader's programs see it: poppler's tools."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page; millimetres from the upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def text_of(pdf: Path) -> str:
    """In reading order of the page, with ordinary spaces."""
    return run("pdftotext", "-layout", pdf, "-").replace("\u00a0", " ")


def words_of(pdf: Path) -> list[Word]:
    words: list[Word] = []
    page = 0
    for line in run("pdftotext", "-bbox", pdf, "-").splitlines():
        page += "<page " in line
        found = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if found:
            left, top, right, bottom = (float(each) * MM_PER_POINT for each in found.groups()[:4])
            words.append(Word(page=page, text=found[5], left=left, top=top, right=right, bottom=bottom))
    return words


def page_count(pdf: Path) -> int:
    return int(info_of(pdf)["Pages"])


def info_of(pdf: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in run("pdfinfo", pdf).splitlines())
    return {key.strip(): value.strip() for key, _, value in lines}


def fonts_of(pdf: Path) -> dict[str, bool]:
    """Each font without its subset's prefix, and whether it is embedded."""
    rows = run("pdffonts", pdf).splitlines()[2:]
    return {row.split()[0].partition("+")[2].rstrip(","): row.split()[-5] == "yes" for row in rows}
