"""Content to html to PDF: every document is PDF/A-3a and PDF/UA-1 in one file.

The renderer reaches neither network nor disk: styles and fonts are read once per process and served
from memory, and any other address stops the rendering. The same content gives the same bytes.
"""

import gc
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from functools import cache, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import pydyf
from cssselect2 import ElementWrapper
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.looks import fonts
from letters.words.content import BijlageContent, LetterContent
from letters.words.machine import Attached
from letters.words.note import NoteContent

VARIANT = "pdf/a-3a"
ASSETS = Path(__file__).parent / "assets"

# WeasyPrint claims PDF/A only. PDF/UA needs its part in the same rdf:RDF, and PDF/A wants every
# namespace that is not its own described by an extension schema.
_UA_CLAIM = (ASSETS / "pdfua.xml").read_bytes()

# Pango's font maps are not made for two threads at once.
_one_at_a_time = threading.Lock()


_TYPES = {".woff2": "font/woff2", ".png": "image/png", ".svg": "image/svg+xml"}
POINTS_PER_PIXEL = 0.75
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


class RefusedAddress(RuntimeError):
    """A document asked for something that is not one of its own assets."""


class Assets(URLFetcher):
    """Serves what it was given, from memory, and refuses everything else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "asset" and name in self._files:
            return URLFetcherResponse(url, self._files[name], {"Content-Type": _TYPES[Path(name).suffix]})
        return super().fetch(url, headers)


@cache
def _fonts() -> dict[str, bytes]:
    return {name: fonts.font_file(name).read_bytes() for name in fonts.FILES}


def _assets(pictures: Mapping[str, bytes] = NO_PICTURES) -> Assets:
    return Assets({**pictures, **_fonts()}) if pictures else _fonts_alone()


@cache
def _fonts_alone() -> Assets:
    return Assets(_fonts())


@cache
def _style() -> tuple[FontConfiguration, CSS]:
    """The fonts and the stylesheet, parsed once per process: they are the same for all documents."""
    configuration = FontConfiguration()
    css = CSS(
        string=(ASSETS / "letter.css").read_text(encoding="utf-8"),
        url_fetcher=_assets(),
        font_config=configuration,
    )
    return configuration, css


def letter_html(content: LetterContent, *, is_concept: bool = False) -> str:
    """`is_concept`: every page says so, for nobody to send it."""
    return render_to_string("letters/toezichtbrief.html", {"document": content, "is_concept": is_concept})


def bijlage_html(content: BijlageContent) -> str:
    return render_to_string("letters/bijlage.html", {"document": content})


def note_html(content: NoteContent) -> str:
    return render_to_string("letters/gespreksnotitie.html", {"document": content})


def note_pdf(content: NoteContent, *, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    return pdf(note_html(content), pictures=pictures)


def letter_pdf(
    content: LetterContent,
    attached: Sequence[Attached] = (),
    *,
    pictures: Mapping[str, bytes] = NO_PICTURES,
    metadata: bytes = b"",
) -> bytes:
    return pdf(letter_html(content), attached, pictures=pictures, metadata=metadata)


def bijlage_pdf(content: BijlageContent, *, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    return pdf(bijlage_html(content), pictures=pictures)


def pdfs_apart_and_together(
    html: str, bijlage: str, attached: Sequence[Attached] = (), *, pictures: Mapping[str, bytes] = NO_PICTURES
) -> tuple[bytes, bytes, bytes]:
    """The letter, the bijlage, and both in one file that is titled as the letter, each with its own page numbers. Each is
    laid out once."""
    with _rendering():
        first, second = layout(html, pictures), _bijlage_laid_out(bijlage, tuple(pictures.items()))
        together = first.copy(first.pages + second.pages)
        return _bytes(first, attached), _bytes(second), _bytes(together, attached)


@lru_cache(maxsize=2)
def _bijlage_laid_out(html: str, pictures: tuple[tuple[str, bytes], ...]) -> Document:
    """Once for all letters of a province over a half-year: drawing does not change a page."""
    return layout(html, dict(pictures))


def pdf(
    html: str,
    attached: Sequence[Attached] = (),
    *,
    pictures: Mapping[str, bytes] = NO_PICTURES,
    metadata: bytes = b"",
) -> bytes:
    """`pictures` are those of the letterhead, by the names that its content has; `metadata` is an rdf:Description more.

    Raise RefusedAddress when the html asks for anything else but our own assets.
    """
    with _rendering():
        return _bytes(layout(html, pictures), attached, metadata)


@contextmanager
def _rendering() -> Iterator[None]:
    with _one_at_a_time, _no_collections():
        try:
            yield
        except FatalURLFetchingError as error:  # a BaseException: nothing else would catch it
            raise RefusedAddress(str(error)) from error


@contextmanager
def _no_collections() -> Iterator[None]:
    """A rendering makes many objects that stay until its end: looking for garbage among them takes a tenth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _WellFormed(HTML):
    """A document that is XML as well, as all of ours are: read so it takes a twentieth of what the parser of html needs."""

    def __init__(self, root: Element, fetcher: Assets) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def read(html: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> HTML:
    """What cannot be read as XML is read as html."""
    printed, fetcher = fonts.as_printed(html), _assets(pictures)
    try:
        return _WellFormed(fromstring(printed), fetcher)
    except (ParseError, DefusedXmlException):
        return HTML(string=printed, base_url=None, url_fetcher=fetcher)


def layout(html: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> Document:
    configuration, css = _style()
    document = read(html, pictures)
    return document.render(font_config=configuration, stylesheets=[css], pdf_variant=VARIANT)


def _bytes(document: Document, attached: Sequence[Attached] = (), metadata: bytes = b"") -> bytes:
    # A name tree is in the order of its names.
    attachments = [_attachment(file) for file in sorted(attached, key=lambda file: file.name)]
    with warnings.catch_warnings():
        # WeasyPrint leaves it to the garbage collector to close the file of its colour profile.
        warnings.filterwarnings("ignore", message=r"unclosed file .*\.icc", category=ResourceWarning)
        written: bytes = document.write_pdf(
            pdf_variant=VARIANT, finisher=partial(_finish, more=metadata), attachments=attachments
        )
    return written


def _attachment(file: Attached) -> Attachment:
    """With its days given, as the renderer would else put the clock of now in. One serves for one document."""
    day = datetime.combine(file.on, time())
    return Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        relationship="Data",
        created=day,
        modified=day,
        url_fetcher=_assets(),
    )


def _finish(document: Document, file: pydyf.PDF, *, more: bytes) -> None:
    _claim_ua(document, file)
    if more:
        _add_metadata(file, more)
    _say_scopes(file)
    _place_figures(document, file)
    if "AF" in file.catalog:
        # The renderer lists each file twice.
        file.catalog["AF"] = pydyf.Array(dict.fromkeys(file.catalog["AF"]))


def _say_scopes(file: pydyf.PDF) -> None:
    """Whether a head of a table is of its column or of its row; the renderer only tells each cell its heads."""
    for element in file.objects:
        if isinstance(element, dict) and element.get("S") == "/TH" and "A" in element:
            group = _object(file, _object(file, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _place_figures(document: Document, file: pydyf.PDF) -> None:
    """Where each picture is on its page, in points from below; the renderer has it in pixels from above."""
    heights = {reference: page.height for reference, page in zip(file.page_references, document.pages, strict=True)}
    for element in file.objects:
        if isinstance(element, dict) and element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = heights[element["Pg"]]
            element["A"]["BBox"] = pydyf.Array(
                each * POINTS_PER_PIXEL for each in (left, height - bottom, right, height - top)
            )


def _claim_ua(document: Document, file: pydyf.PDF) -> None:
    _add_metadata(file, _UA_CLAIM)


def _add_metadata(file: pydyf.PDF, description: bytes) -> None:
    metadata = _object(file, file.catalog["Metadata"])
    xmp = b"".join(metadata.stream)
    metadata.stream = [xmp.replace(b"</rdf:RDF>", description + b"</rdf:RDF>")]


def _object(file: pydyf.PDF, reference: bytes) -> Any:
    return file.objects[int(reference.split()[0])]
