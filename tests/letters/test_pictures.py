"""What may be a logo or a signature, and what is kept of it."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image, PngImagePlugin

from letters.looks.colours import ColourRefused, check_colour, contrast_with_white
from letters.looks.pictures import MOST_BYTES, PictureRefused, kept_logo, kept_png, kind_of, name_of
from tests.letters.pictures import SVG, png


def drawing(inside: str, attributes: str = 'viewBox="0 0 10 10"', before: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {attributes}>{inside}</svg>".encode()


def refusal(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        kept_logo(data)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# -- svg -------------------------------------------------------------------------------------------


def test_a_drawing_of_shapes_and_colours_is_kept() -> None:
    kept = kept_logo(SVG).decode()
    assert kept.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 90">')
    assert kept.count("<path") == kept.count("<circle") == kept.count("<polyline") == kept.count("<rect") == 1
    assert "xlink" not in kept
    assert "<?xml" not in kept


def test_what_is_kept_is_kept_again_as_it_is() -> None:
    assert kept_logo(kept_logo(SVG)) == kept_logo(SVG)


def test_comments_do_not_come_along() -> None:
    assert b"geheim" not in kept_logo(drawing("<!-- geheim --><path d='M0 0L1 1'/>"))


def test_the_size_follows_from_width_and_height_where_there_is_no_view_box() -> None:
    assert b'viewBox="0 0 24 12"' in kept_logo(drawing("<path d='M0 0L1 1'/>", 'width="24px" height="12"'))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "een script"),
        ("<g><script href='http://127.0.0.1/x.js'/></g>", "een script"),
        ("<title><script>1</script></title>", "een script"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreignObject"),
        ("<image href='http://127.0.0.1/x.png'/>", "image"),
        ("<image xlink:href='file:///etc/passwd'/>", "image"),
        ("<use href='http://127.0.0.1/x.svg#a'/>", "een verwijzing (use)"),
        ("<use xlink:href='#a'/>", "een verwijzing (use)"),
        ("<a href='https://example.org/'><path d='M0 0'/></a>", "een link (a)"),
        ("<path xlink:href='http://127.0.0.1/' d='M0 0'/>", "een verwijzing (href)"),
        ("<path onclick='alert(1)' d='M0 0'/>", "vanzelf (onclick)"),
        ("<path OnLoad='alert(1)' d='M0 0'/>", "vanzelf (OnLoad)"),
        ("<text>Provincie</text>", "zet ze om in lijnen"),
        ("<linearGradient id='a'/>", "een kleurverloop"),
        ("<animate attributeName='x'/>", "beweging"),
        ("<iframe xmlns='http://www.w3.org/1999/xhtml'/>", "‘iframe’"),
        ("<path d='M0 0' fill='url(#a)'/>", "‘fill’ met ‘url(#a)’"),
        ("<path d='M0 0' fill='url(http://127.0.0.1/x.svg#a)'/>", "‘fill’ met"),
        ("<path d='M0 0' style='fill: url(http://127.0.0.1/)'/>", "De stijl"),
        ("<path d='M0 0' style='background: red'/>", "‘background: red’"),
        ("<path d='M0 0' style='fill: r\\65 d'/>", "De stijl"),
        ("<style>@import url(http://127.0.0.1/x.css);</style>", "@import"),
        ("<style>@import 'http://127.0.0.1/x.css';</style>", "@import"),
        ("<style>.a { fill: red } @font-face { src: url(x) }</style>", "@font-face"),
        ("<style>.a { fill: url(http://127.0.0.1/) }</style>", "De stijl"),
        ("<style>.a { -moz-binding: url(x) }</style>", "De stijl"),
        ("<style>.a { fill: red } /* */</style>", "De stijl"),
        ("<path d='M0 0' opacity='.5'/>", "‘opacity’ met ‘.5’"),
        ("<path d='M0 0 javascript:'/>", "‘d’ met"),
        ("<path d='M 1e400 0'/>", "‘d’ met"),
        ("<path d='M 99999999 0'/>", "‘d’ met"),
        ("<path d='M0 0' transform='rotate(1) url(x)'/>", "‘transform’ met"),
        ("<path d='M0 0' filter='x'/>", "‘filter’ met"),
        ("<rect width='1e99' height='1'/>", "‘width’ met"),
    ],
)
def test_what_is_not_known_to_be_harmless_is_refused_by_its_name(inside: str, said: str) -> None:
    sentence = refusal(drawing(inside))
    assert said in sentence
    assert "dat kan niet" in sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leeg"),
        (b"GIF89a", "geen svg en geen png"),
        (b"%PDF-1.7", "geen svg en geen png"),
        (b"<svg", "geen leesbare svg"),
        (b"<html></html>", "geen svg"),
        (b"<svg viewBox='0 0 1 1'/>", "geen svg"),
        (drawing("", 'viewBox="0 0 0 0"'), "leeg"),
        (drawing("", 'viewBox="0 0 -1 5"'), "leeg"),
        (drawing("", 'viewBox="a b c d"'), "hoe groot"),
        (drawing("", ""), "hoe groot"),
        (drawing("", before="<!DOCTYPE svg>"), "<!DOCTYPE"),
        (drawing("", before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'), "<!DOCTYPE"),
        (
            drawing("<title>&a;</title>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "entiteiten",
        ),
        (drawing("", before='<?xml-stylesheet href="http://127.0.0.1/x.css"?>'), "stijlblad"),
        (b"<?xml version='1.0' encoding='nonsense'?>" + drawing(""), "geen leesbare svg"),
        (drawing("<g>" * 200 + "</g>" * 200), "te diepe groepen"),
        (drawing("<g/>" * 4000), "te veel vormen"),
        (drawing("<!--" + "x" * MOST_BYTES + "-->"), "hoogstens 500 kB"),
    ],
)
def test_a_file_that_is_no_drawing_is_refused(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_entities_that_grow_cost_nothing() -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = drawing("<title>&l9;</title>", before=f'<!DOCTYPE svg [<!ENTITY l0 "lol">{lol}]>')
    start = time.perf_counter()
    assert "entiteiten" in refusal(bomb)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "inside",
    [
        "<path d='" + "M 0 0 " * 70_000 + "x'/>",
        "<path d='" + "1" * 450_000 + "x'/>",
        "<path d='M0 0' transform='" + "rotate(1)," * 40_000 + "x'/>",
        "<path d='M0 0' style='fill:" + " " * 450_000 + "x y'/>",
        "<style>" + " " * 450_000 + "x</style>",
        "<style>" + ".a" * 220_000 + "</style>",
        "<path d='M0 0' class='" + "a " * 220_000 + "!'/>",
        "<path d='M0 0' fill='rgb(" + "1, " * 140_000 + "x)'/>",
    ],
)
def test_no_file_keeps_the_reader_busy(inside: str) -> None:
    start = time.perf_counter()
    refusal(drawing(inside))
    assert time.perf_counter() - start < 3


# -- png -------------------------------------------------------------------------------------------


def test_a_png_is_kept_on_white_without_whatever_else_it_told() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "A. Jansen")
    file = io.BytesIO()
    Image.new("RGBA", (30, 20)).save(file, format="PNG", pnginfo=told)
    kept = kept_png(file.getvalue())
    assert b"Jansen" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.mode == "RGB"
        assert picture.size == (30, 20)
        assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_a_png_is_kept_the_same_each_time() -> None:
    assert kept_png(kept_png(png())) == kept_png(png())
    assert kept_logo(png()) == kept_png(png())


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "I;16"])
def test_every_sort_of_png_is_read(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (8, 8)).save(file, format="PNG")
    assert kept_png(file.getvalue()).startswith(b"\x89PNG")


def of_size(width: int, height: int, *, pixels: bytes = b"\0" * 100, interlaced: int = 0) -> bytes:
    """A grey png that says that it is so large, whatever is in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, interlaced)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_png_that_comes_in_passes_is_read() -> None:
    assert kept_png(of_size(1, 1, pixels=b"\0\x80", interlaced=1)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png()[:200], "beschadigd"),
        (png()[:8], "beschadigd"),
        (png().replace(b"IDAT", b"IDAX"), "beschadigd"),
        (png()[:-20], "beschadigd"),
        (of_size(100, 100), "beschadigd"),
        (of_size(0, 0), "beschadigd"),
        (of_size(5000, 5000), "5000 bij 5000 pixels"),
        (of_size(60_000, 60_000), "pixels|beschadigd"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * MOST_BYTES, "hoogstens 500 kB"),
    ],
)
def test_a_png_that_cannot_be_drawn_is_refused(data: bytes, said: str) -> None:
    sentence = refusal(data)
    assert any(each in sentence for each in said.split("|"))


def test_a_signature_is_a_png() -> None:
    with pytest.raises(PictureRefused, match="geen png"):
        kept_png(SVG)


def test_a_picture_is_called_after_what_is_in_it() -> None:
    assert kind_of(kept_logo(SVG)) == "svg"
    assert name_of(kept_logo(SVG)) != name_of(kept_png(png()))
    assert name_of(kept_png(png())).endswith(".png")
    assert name_of(b"") == ""


# -- colours ---------------------------------------------------------------------------------------


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("colour", ["#000000", "#767676", "#1a4f7a"])
def test_a_colour_that_can_be_read_on_paper_is_taken(colour: str) -> None:
    check_colour(colour)


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ("#777777", "4,47"),
        ("#ffcc00", "1,51"),
        ("#ffffff", "1,00"),
        ("red", "een hekje en zes tekens"),
        ("#FFF", "een hekje en zes tekens"),
        ("#1a4f7a;}", "een hekje en zes tekens"),
        ("#1a4f7a\n", "een hekje en zes tekens"),
    ],
)
def test_a_colour_that_cannot_is_refused_with_what_was_measured(colour: str, said: str) -> None:
    with pytest.raises(ColourRefused) as refused:
        check_colour(colour)
    assert said in str(refused.value)
