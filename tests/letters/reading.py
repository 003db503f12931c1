"""A finished PDF as a reader's programs see it: poppler's tools."""

import re
import subprocess
import tempfile
import zlib
from dataclasses import dataclass
from html import unescape
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


def attachments_of(pdf: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as directory:
        run("pdfdetach", "-saveall", "-o", directory, pdf)
        return {file.name: file.read_bytes() for file in sorted(Path(directory).iterdir())}


def bookmarks_of(pdf: Path) -> list[tuple[int, int, str]]:
    """Depth, page and text of each."""
    depth, found = 0, []
    for line in run("pdftohtml", "-xml", "-stdout", "-i", pdf).splitlines():
        depth += (line == "<outline>") - (line == "</outline>")
        item = re.fullmatch(r'<item page="(\d+)">(.*)</item>', line)
        if item:
            found.append((depth, int(item[1]), unescape(item[2])))
    return found


def read_aloud(pdf: Path) -> list[tuple[str, str]]:
    """What a screen reader says, in its order: each piece of text with the tag that it stands in."""
    tags: list[str] = []
    said: list[tuple[str, str]] = []
    for line in run("pdfinfo", "-struct-text", pdf).splitlines():
        depth, word = (len(line) - len(line.lstrip())) // 2, line.strip()
        if word.startswith('"'):
            block = next(tag for tag in reversed(tags[:depth]) if tag not in ("Span", "NonStruct", "Link"))
            said.append((block, word.strip('"').replace("\u00a0", " ")))
        elif word:
            tags[depth:] = [word.split()[0].rstrip(":")]
    return [(tag, text) for tag, text in said if text.strip()]


def insides_of(pdf: Path) -> bytes:
    """Everything in the file, with its streams decompressed: objects, metadata, fonts, attachments."""
    raw = pdf.read_bytes()
    pieces = [raw]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL):
        try:
            pieces.append(zlib.decompress(stream[1]))
        except zlib.error:
            pieces.append(stream[1])
    return b"\n".join(pieces)
