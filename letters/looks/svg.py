"""An svg that may stand in a letter: shapes and colours only, and nothing that acts, moves or refers.

What is not known to be harmless is refused, with what it is, and not taken out: who made the file sees what was drawn.
What is kept is written anew from what was read, so that nothing of the file comes along that was not looked at.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

NAMESPACE = "http://www.w3.org/2000/svg"
MOST_ELEMENTS = 3000
DEEPEST = 30
LARGEST_NUMBER = 1_000_000
SHAPES_ONLY = "Sla het logo op als gewone svg met alleen vormen en kleuren."

_PLAIN_ELEMENTS = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs"}
_TEXT_ELEMENTS = {"title", "desc"}

# What people's files have most, in their words.
_CALLED = {
    "script": "een script",
    "foreignObject": "een ander document (foreignObject)",
    "image": "een foto of plaatje (image)",
    "use": "een verwijzing (use)",
    "a": "een link (a)",
    "text": "letters als tekst (text); zet ze om in lijnen",
    "tspan": "letters als tekst (tspan); zet ze om in lijnen",
    "linearGradient": "een kleurverloop",
    "radialGradient": "een kleurverloop",
    "animate": "beweging (animate)",
    "set": "beweging (set)",
    "filter": "een filter",
    "mask": "een masker (mask)",
    "clipPath": "een uitsnede (clipPath)",
}

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|rgb\([\d\s,.%]{5,30}\)|[a-zA-Z]{3,24}")
_WORD = re.compile(r"[a-zA-Z][a-zA-Z\s-]{0,60}")
_NAMES = re.compile(r"[\w\s.-]{0,200}")
_TRANSFORM = re.compile(r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([^()]*\)[\s,]*)*")
_RULE = re.compile(r"([\w\s.#,>*-]+)\{([^{}]*)\}\s*")
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)")


class SvgRefused(ValueError):
    """Not an svg for a letter. Its message is a Dutch sentence for the user."""


def kept_svg(data: bytes) -> bytes:
    """The drawing as it is kept; raise SvgRefused."""
    if _INSTRUCTION.search(data):
        raise SvgRefused("Het svg-bestand verwijst naar een stijlblad of heeft een opdracht (<?…?>); dat kan niet.")
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SvgRefused(
            "Het svg-bestand heeft een doctype of entiteiten; dat kan niet. Haal de regel die met <!DOCTYPE begint weg."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise SvgRefused("Het bestand is geen leesbare svg.") from error
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise SvgRefused("Het bestand is geen svg.")
    kept = Element("svg", xmlns=NAMESPACE, viewBox=_view_box(root))
    _keep_attributes(root, kept, besides=("viewBox", "width", "height", "x", "y"))
    _keep_children(root, kept)
    return tostring(kept, encoding="utf-8", xml_declaration=False)


def _keep_children(root: Element, kept: Element) -> None:
    """Without calling itself, as a file may be deep."""
    waiting = [(child, kept, 1) for child in reversed(root)]
    elements = 0
    while waiting:
        element, parent, depth = waiting.pop()
        elements += 1
        if elements > MOST_ELEMENTS or depth > DEEPEST:
            raise SvgRefused(f"De tekening heeft te veel vormen (meer dan {MOST_ELEMENTS}) of te diepe groepen.")
        own = _keep(element, parent)
        waiting.extend((child, own, depth + 1) for child in reversed(element))


def _keep(element: Element, parent: Element) -> Element:
    name = str(element.tag).removeprefix(f"{{{NAMESPACE}}}")
    if name == "style":
        _check_sheet(element.text or "")
    elif name not in _PLAIN_ELEMENTS | _TEXT_ELEMENTS:
        found = _CALLED.get(name, f"‘{name.rpartition('}')[2]}’")
        raise SvgRefused(f"Het svg-bestand heeft {found}; dat kan niet. {SHAPES_ONLY}")
    kept = SubElement(parent, name)
    if name in _TEXT_ELEMENTS or name == "style":
        kept.text = element.text
    _keep_attributes(element, kept)
    return kept


def _keep_attributes(element: Element, kept: Element, besides: tuple[str, ...] = ()) -> None:
    for name, value in element.attrib.items():
        if name in besides:
            continue
        if name == "style":
            _check_declarations(value)
        elif name.casefold().startswith("on"):
            raise SvgRefused(f"Het svg-bestand doet iets vanzelf ({name}); dat kan niet. {SHAPES_ONLY}")
        elif name.rpartition("}")[2] == "href":
            raise SvgRefused(f"Het svg-bestand heeft een verwijzing (href); dat kan niet. {SHAPES_ONLY}")
        elif name not in _ATTRIBUTES or not _ATTRIBUTES[name](value.strip()):
            raise SvgRefused(
                f"Het svg-bestand heeft ‘{name.rpartition('}')[2]}’ met ‘{_short(value)}’; dat kan niet. {SHAPES_ONLY}"
            )
        kept.set(name, value)


def _view_box(root: Element) -> str:
    """Its own, else from its width and height."""
    written = root.get("viewBox") or f"0 0 {root.get('width', '')} {root.get('height', '')}".replace("px", "")
    numbers = written.replace(",", " ").split()
    if len(numbers) != 4 or not all(_is_number(each) for each in numbers):
        raise SvgRefused("Het svg-bestand zegt niet hoe groot het is (viewBox).")
    if not (float(numbers[2]) > 0 and float(numbers[3]) > 0):
        raise SvgRefused("De tekening in het svg-bestand is leeg.")
    return " ".join(numbers)


def _check_sheet(sheet: str) -> None:
    sheet, position = sheet.strip(), 0
    while match := _RULE.match(sheet, position):
        _check_declarations(match[2])
        position = match.end()
    if sheet[position:]:
        raise SvgRefused(f"De stijl in het svg-bestand heeft ‘{_short(sheet[position:])}’; dat kan niet. {SHAPES_ONLY}")


def _check_declarations(written: str) -> None:
    for declaration in filter(str.strip, written.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name not in _STYLES or not _STYLES[name](value):
            raise SvgRefused(f"De stijl in het svg-bestand heeft ‘{_short(declaration)}’; dat kan niet. {SHAPES_ONLY}")


def _short(written: str) -> str:
    written = " ".join(written.split())
    return written if len(written) <= 40 else f"{written[:40]}…"


def _is_number(written: str) -> bool:
    return _NUMBER.fullmatch(written) is not None and abs(float(written)) <= LARGEST_NUMBER


def _is_length(written: str) -> bool:
    return _is_number(re.sub(r"(?:px|pt|mm|cm|in|%)\Z", "", written))


def _are_numbers(written: str) -> bool:
    """Numbers with whatever stands between them that is white space or a comma."""
    return not _NUMBER.sub("", written).strip(" \t\r\n,") and _all_small(written)


def _is_path(written: str) -> bool:
    return set(_NUMBER.sub("", written)) <= set("MmLlHhVvCcSsQqTtAaZz \t\r\n,") and _all_small(written)


def _is_transform(written: str) -> bool:
    return _TRANSFORM.fullmatch(written) is not None and _all_small(written)


def _all_small(written: str) -> bool:
    return all(abs(float(number)) <= LARGEST_NUMBER for number in _NUMBER.findall(written))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda written: pattern.fullmatch(written) is not None


def _is_opaque(written: str) -> bool:
    """Paper does not let anything through, and an archive's file may not either."""
    return _is_number(written) and float(written) == 1


_Check = Callable[[str], bool]
_STYLES: dict[str, _Check] = {
    **dict.fromkeys(("fill", "stroke", "color"), _matches(_COLOUR)),
    **dict.fromkeys(("stroke-width", "stroke-miterlimit", "stroke-dashoffset"), _is_length),
    **dict.fromkeys(("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "isolation"), _matches(_WORD)),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), _is_opaque),
    "stroke-dasharray": lambda written: written == "none" or _are_numbers(written),
    "enable-background": _matches(_NAMES),
}
_ATTRIBUTES: dict[str, _Check] = {
    **_STYLES,
    **dict.fromkeys(("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"), _is_length),
    **dict.fromkeys(("id", "class", "version", "role", "aria-label", "data-name"), _matches(_NAMES)),
    "type": lambda written: written == "text/css",
    "{http://www.w3.org/XML/1998/namespace}space": _matches(_WORD),
    "preserveAspectRatio": _matches(_WORD),
    "d": _is_path,
    "points": _are_numbers,
    "transform": _is_transform,
}
