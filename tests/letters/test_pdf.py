"""From content to a PDF: what the renderer may not reach, and that the same content gives the same bytes."""

import gc
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from weasyprint import HTML

from letters.looks import fonts
from letters.papers import pdf
from letters.words.case import Address
from letters.words.composing import compose
from tests.letters import note_cases
from tests.letters.cases import (
    DETAILS,
    DOCUMENTED,
    DRESSED,
    PICTURES,
    SENDER,
    a_case,
    bijlage,
    in_one_file,
    the_dossier,
)
from tests.letters.reading import fonts_of, info_of, text_of

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "<b>vet</b> & <i>schuin</i>",
    '"><link rel=stylesheet href=http://127.0.0.1/x.css>',
    "{{ settings.SECRET_KEY }} {% include 'base.html' %}",
    "((trede)) ((onbekend))",
    "&lt;&amp;&nbsp;",
]


def test_the_same_content_gives_the_same_bytes() -> None:
    letter = compose(case=the_dossier(), sender=SENDER, details=DETAILS)
    assert pdf.letter_pdf(letter) == pdf.letter_pdf(letter)
    assert in_one_file(letter, bijlage()) == in_one_file(letter, bijlage())


def test_another_day_is_another_document() -> None:
    letter = compose(case=the_dossier(), sender=SENDER, details=DETAILS)
    later = compose(case=the_dossier(), sender=SENDER, details=replace(DETAILS, on=DETAILS.on.replace(day=23)))
    assert pdf.letter_pdf(letter) != pdf.letter_pdf(later)


@pytest.mark.parametrize(
    "asked",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="https://example.org/x.png" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x">',
        '<img src="ftp://example.org/x.png" alt="x">',
        '<img src="asset:../../.env" alt="x">',
        '<img src="asset:letter.css" alt="x">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        "<style>@font-face { font-family: x; src: url(file:///etc/hostname) } p { font-family: x }</style><p>x</p>",
        '<object data="file:///etc/hostname"></object>',
        '<embed src="file:///etc/hostname">',
    ],
)
def test_the_renderer_reaches_neither_network_nor_disk(asked: str) -> None:
    with pytest.raises(pdf.RefusedAddress):
        pdf.pdf(f"<!doctype html><html lang=nl><title>x</title><body>{asked}")


def test_an_image_within_an_svg_is_not_drawn(caplog: pytest.LogCaptureFixture) -> None:
    """WeasyPrint catches the refusal there itself, and says so."""
    image = '<image href="file:///etc/hostname" width="9" height="9"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{image}</svg>'
    pdf.pdf(f"<!doctype html><html lang=nl><title>x</title><body>{svg}")
    assert "Failed to render SVG image" in caplog.text


def test_a_relative_address_has_nothing_to_be_relative_to(caplog: pytest.LogCaptureFixture) -> None:
    document = pdf.pdf('<!doctype html><html lang=nl><title>x</title><body><img src="../manage.py" alt="x">')
    assert document.startswith(b"%PDF")
    assert "without a base URI" in caplog.text


def test_after_a_refusal_the_next_letter_is_made() -> None:
    """The lock is given back."""
    with pytest.raises(pdf.RefusedAddress):
        pdf.pdf('<img src="file:///etc/hostname" alt="x">')
    assert pdf.letter_pdf(compose(case=the_dossier(), sender=SENDER, details=DETAILS)).startswith(b"%PDF")


def test_garbage_is_looked_for_as_before_once_a_letter_is_made_or_refused() -> None:
    pdf.bijlage_pdf(bijlage())
    assert gc.isenabled()
    with pytest.raises(pdf.RefusedAddress):
        pdf.pdf('<img src="file:///etc/hostname" alt="x">')
    assert gc.isenabled()
    gc.disable()
    try:
        pdf.bijlage_pdf(bijlage())
        assert not gc.isenabled()
    finally:
        gc.enable()


NOTES = {"dossier": note_cases.the_dossier, "kaal": note_cases.bare, "vol": note_cases.full}


def htmls() -> dict[str, str]:
    """Every kind of document, and every case of a letter."""
    letters = {
        name: pdf.letter_html(compose(case=case, sender=DRESSED, details=details), is_concept=True)
        for name, (case, details) in DOCUMENTED.items()
    }
    notes = {f"notitie {name}": pdf.note_html(note_cases.noted(case())) for name, case in NOTES.items()}
    return letters | notes | {"bijlage": pdf.bijlage_html(bijlage(sender=DRESSED))}


def elements_of(document: HTML) -> list[tuple[str, dict[str, str], str, str]]:
    def plain(text: str | None) -> str:
        return " ".join((text or "").split())

    found = document.etree_element.iter()
    return [(each.tag, dict(each.attrib), plain(each.text), plain(each.tail)) for each in found]


@pytest.mark.parametrize("name", htmls())
def test_every_document_is_well_formed_and_read_as_the_parser_of_html_does(name: str) -> None:
    html = htmls()[name]
    read = pdf.read(html, PICTURES)
    assert type(read) is not HTML, "its html is no XML: a tag that is not closed, or a sign that XML does not allow"
    assert elements_of(read) == elements_of(HTML(string=fonts.as_printed(html)))


@pytest.mark.parametrize("name", ["dossier", "bijlage", "notitie vol"])
def test_however_it_is_read_it_is_laid_out_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    html = htmls()[name]
    as_xml = pdf.pdf(html, pictures=PICTURES)
    monkeypatch.setattr(pdf, "fromstring", lambda _: fromstring("<not well formed>"))
    assert pdf.pdf(html, pictures=PICTURES) == as_xml


@pytest.mark.parametrize("name", DOCUMENTED)
def test_no_document_makes_the_renderer_warn(name: str, caplog: pytest.LogCaptureFixture) -> None:
    case, details = DOCUMENTED[name]
    with caplog.at_level(logging.WARNING):
        pdf.layout(pdf.letter_html(compose(case=case, sender=SENDER, details=details)))
        pdf.layout(pdf.bijlage_html(bijlage()))
    assert caplog.records == []


@pytest.mark.parametrize("name", DOCUMENTED)
def test_no_placeholder_and_no_empty_value_is_left(name: str) -> None:
    case, details = DOCUMENTED[name]
    html = pdf.letter_html(compose(case=case, sender=SENDER, details=details))
    html += pdf.bijlage_html(bijlage())
    assert "((" not in html
    assert "None" not in html


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_stays_text(typed: str, tmp_path: Path) -> None:
    """Wherever a text of a person or of the database can stand."""
    case = a_case(
        begin=5,
        taakstelling=9,
        swaps=[(typed, 2)],
        realisation=3,
        before=2,
        following=7,
        following_swaps=[(typed, -1)],
        municipality=typed,
        address=Address(line=typed, postcode="1234 AB", town=typed),
    )
    policy = replace(
        case.policy,
        name=typed,
        steps=tuple(replace(s, name=typed, when=typed, follows=typed) for s in case.policy.steps),
    )
    step = policy.step(case.advice.trede)
    case = replace(case, policy=policy, advice=replace(case.advice, step=step))
    words = dict.fromkeys(("organisation", "post_line", "postcode_town", "website", "domain", "team"), typed)
    sender = replace(
        SENDER,
        wordmark=(typed,),
        unit=(typed,),
        authority=typed,
        signatory_name=typed,
        signatory_function=typed,
        **words,
    )
    details = replace(DETAILS, document_number=typed, contact_name=typed, phone=typed, email=typed)
    letter = compose(case=case, sender=sender, details=details)
    file = tmp_path / "hostile.pdf"
    file.write_bytes(in_one_file(letter, bijlage(policy, sender)))
    assert letter.open_marks == ()
    squeezed = "".join(text_of(file).split())
    assert squeezed.count("".join(typed.replace("&nbsp;", "&nbsp;").split())) >= 5


def test_names_with_letters_beyond_latin_1_are_in_our_own_fonts(tmp_path: Path) -> None:
    case = a_case(begin=5, taakstelling=9, swaps=[("Łódź", 2)], realisation=3)
    details = replace(DETAILS, contact_name="Şahin Yıldız-Ğğőű")
    file = tmp_path / "names.pdf"
    file.write_bytes(pdf.letter_pdf(compose(case=case, sender=SENDER, details=details)))
    assert set(fonts_of(file)) == {
        "Source-Sans-3",
        "Source-Sans-3-Semi-Bold",
        "Source-Sans-3-Ext",
        "Source-Sans-3-Ext-Semi-Bold",
    }
    assert "Łódź" in text_of(file)


def test_hyphens_and_spaces_that_the_fonts_lack_are_written_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "hyphens.pdf"
    details = replace(DETAILS, phone="06\u201112\u202f34", contact_name="Bene\u0301 Smit\u2010Jansen")
    file.write_bytes(pdf.letter_pdf(compose(case=the_dossier(), sender=SENDER, details=details)))
    assert "06-12 34" in text_of(file)
    assert "Bené Smit-Jansen" in text_of(file)
    assert set(fonts_of(file)) == {"Source-Sans-3", "Source-Sans-3-Semi-Bold"}


@pytest.mark.parametrize("typed", ["→", "日本", "\u0007", "😀", "≥"])
def test_a_character_that_no_font_has_is_refused(typed: str) -> None:
    with pytest.raises(fonts.ValidationError, match="kan niet in een brief staan"):
        fonts.validate_printable(f"naam {typed}")


def test_both_weights_have_the_same_characters() -> None:
    """So that a name that may be typed may also be set in semibold."""
    for subset in ("latin", "latin-ext"):
        with (
            fonts.TTFont(fonts.font_file(f"source-sans-3-{subset}-400-normal.woff2")) as regular,
            fonts.TTFont(fonts.font_file(f"source-sans-3-{subset}-600-normal.woff2")) as semibold,
        ):
            assert set(regular.getBestCmap()) == set(semibold.getBestCmap())


def test_a_font_that_is_not_there_is_said_so() -> None:
    with pytest.raises(fonts.MissingFont, match="make setup"):
        fonts.font_file("comic-sans.woff2")


def test_the_collected_fonts_of_production_are_found_too(tmp_path: Path, settings: object) -> None:
    collected = tmp_path / "vendor" / "fonts"
    collected.mkdir(parents=True)
    (collected / "another.woff2").write_bytes(b"")
    settings.STATIC_ROOT = tmp_path
    assert fonts.font_file("another.woff2") == collected / "another.woff2"


def test_the_file_says_what_it_is(documents: dict[str, Path]) -> None:
    info = info_of(documents["dossier"])
    assert (
        info["Title"]
        == "Toezichtbrief gemeente Utrecht: beoordeling huisvesting vergunninghouders, eerste helft van 2022"
    )
    assert info["Author"] == "Gedeputeerde Staten van Utrecht"
    assert (
        info["Subject"]
        == "Beoordeling van de huisvesting van vergunninghouders door de gemeente Utrecht in het halfjaar 2022-1"
    )
    assert "Sep 22" in info["CreationDate"]
    assert info["Tagged"] == "yes"
    assert info["JavaScript"] == "no"
    of_bijlage = info_of(documents["bijlage"])
    assert (
        of_bijlage["Title"]
        == "Bijlage bij de toezichtbrieven over de eerste helft van 2022: toelichting interventieladder"
    )
    assert "CreationDate" not in of_bijlage
