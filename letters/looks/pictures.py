"""The pictures of a letterhead: a logo (svg or png) and a signature (png), as they are kept and as a letter asks for them.

They are kept in the database and go to the renderer from memory. A picture is called by what is in it, so that the
content of a letter names exactly the one that it was made with.
"""

import hashlib
import io
import struct
import zlib

from PIL import Image, UnidentifiedImageError

from letters.looks.svg import SvgRefused, kept_svg

MOST_BYTES = 500_000
MOST_PIXELS = 4_000_000
PNG = b"\x89PNG\r\n\x1a\n"


class PictureRefused(ValueError):
    """Not a picture for a letter. Its message is a Dutch sentence for the user."""


def kept_logo(data: bytes) -> bytes:
    """An svg or png as it is kept; raise PictureRefused."""
    if data.startswith(PNG):
        return kept_png(data)
    _check_size(data)
    if b"<" not in data[:1000]:
        raise PictureRefused("Het bestand is geen svg en geen png.")
    try:
        return kept_svg(data)
    except SvgRefused as refused:
        raise PictureRefused(str(refused)) from refused


def kept_png(data: bytes) -> bytes:
    """On white, as paper is, and without whatever else the file told; raise PictureRefused."""
    _check_size(data)
    if not data.startswith(PNG):
        raise PictureRefused("Het bestand is geen png.")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                size = f"{picture.width} bij {picture.height}"
                raise PictureRefused(f"Het plaatje is {size} pixels: meer dan de 4 miljoen die in een brief passen.")
            if not _is_whole(data):
                raise OSError("truncated")
            seen = picture.convert("RGBA")
    except PictureRefused:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        zlib.error,
        KeyError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureRefused("Het png-bestand is beschadigd: het is niet als plaatje te lezen.") from error
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    kept = io.BytesIO()
    paper.convert("RGB").save(kept, format="PNG", optimize=True)
    return kept.getvalue()


def kind_of(data: bytes) -> str:
    return "png" if data.startswith(PNG) else "svg"


def name_of(data: bytes) -> str:
    """What a letter calls it, after what is in it; empty where there is none."""
    return f"{hashlib.sha256(data).hexdigest()[:32]}.{kind_of(data)}" if data else ""


def _check_size(data: bytes) -> None:
    if not data:
        raise PictureRefused("Het bestand is leeg.")
    if len(data) > MOST_BYTES:
        raise PictureRefused(f"Het bestand is {len(data) // 1000} kB; hoogstens {MOST_BYTES // 1000} kB past.")


def _is_whole(data: bytes) -> bool:
    """Whether every part is there and the pixels fill the picture. The renderer has Pillow, which reads it, overlook
    that: half a signature would be drawn."""
    width, height, depth, colour, interlaced = struct.unpack_from(">IIBBxxB", data, 16)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    # An interlaced picture has more, for its lines are broken up.
    needed = ((width * depth * channels + 7) // 8 + (0 if interlaced else 1)) * height
    pixels, kind, position = [], b"", len(PNG)
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, position)
        inside = data[position + 8 : position + 8 + length]
        [checksum] = struct.unpack_from(">I", data, position + 8 + length)
        if checksum != zlib.crc32(kind + inside):
            return False
        if kind == b"IDAT":
            pixels.append(inside)
        position += length + 12
    return len(zlib.decompressobj().decompress(b"".join(pixels), needed)) == needed
