"""What is promised of all templates and style sheets at once."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from supervision.models import LadderStep
from supervision.rules.policy import Colour

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STYLES = Path(settings.BASE_DIR) / "static" / "trede"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = [name for name in ALL if name.startswith("components/")]
DOCUMENT = (TEMPLATES / "components/document.html").read_text()
SHEETS = sorted(path.name for path in STYLES.glob("*.css"))

# Our fonts are subsets: these have no glyph in them, and another font would show through.
WITHOUT_GLYPH = "→←≥≤▲▼✓✗"


SHEET_TEXTS = {sheet: re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(), flags=re.DOTALL) for sheet in SHEETS}


def source(name):
    text = (TEMPLATES / name).read_text()
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(name):
    get_template(name)


# Made into a PDF and never sent to a browser: the colour of the letterhead stands in it.
PRINTED = "letters/document.html"


@pytest.mark.parametrize("name", [name for name in ALL if name != PRINTED])
def test_it_has_no_style_and_no_script_of_its_own(name):
    text = source(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("name", ALL)
def test_class_names_of_the_design_system_stand_in_components_and_the_form_renderer_only(name):
    if not name.startswith(("components/", "django/forms/")):
        assert "utrecht-" not in source(name)


@pytest.mark.parametrize("name", ALL)
def test_every_sign_is_in_our_fonts(name):
    assert not set(source(name)) & set(WITHOUT_GLYPH)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_begins_by_saying_what_it_takes(name):
    text = (TEMPLATES / name).read_text().removeprefix("<!doctype html>\n")
    assert text.startswith(("{#", "{% comment %}"))


# -- style sheets -------------------------------------------------------------


def test_every_style_sheet_of_ours_is_loaded_once_after_those_it_leans_on():
    loaded = re.findall(r'static "([^"]+\.css)"', DOCUMENT)
    assert loaded[:2] == ["vendor/utrecht/index.css", "vendor/voorbeeld/theme.css"]
    assert sorted(loaded[2:]) == [f"trede/{sheet}" for sheet in SHEETS]
    assert loaded[2] == "trede/theme.css"
    assert loaded[-2:] == ["trede/narrow.css", "trede/print.css"]


def test_everything_that_a_page_loads_is_there():
    for path in re.findall(r'static "([^"]+)"', DOCUMENT):
        assert finders.find(path), path


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_style_sheet_imports_nothing_and_its_files_are_there(sheet):
    text = SHEET_TEXTS[sheet]
    assert "@import" not in text
    assert "!important" not in text
    for url in re.findall(r'url\("?([^")]+)"?\)', text):
        assert url.startswith("../vendor/"), url
        assert finders.find(url.removeprefix("../")), url


@pytest.mark.parametrize("sheet", SHEETS)
def test_its_braces_close(sheet):
    text = SHEET_TEXTS[sheet]
    assert text.count("{") == text.count("}")


def test_every_token_that_is_used_is_set():
    whole = "".join(SHEET_TEXTS.values())
    used = set(re.findall(r"var\((--[a-z0-9-]+)", whole))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", whole))


# -- colours ------------------------------------------------------------------

TOKENS = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{3,6});", (STYLES / "theme.css").read_text()))
WHITE = "#ffffff"


def luminance(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour):
    return 116 * luminance(colour) ** (1 / 3) - 16


@pytest.mark.parametrize("ground", ["--paper", "--tint", "--blue-tint", "--red-tint", "--green-tint", "--yellow-tint"])
@pytest.mark.parametrize("text", ["--ink", "--muted", "--blue", "--red", "--green", "--amber"])
def test_every_text_colour_can_be_read_on_every_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


def test_the_edge_of_a_control_can_be_seen():
    assert contrast(TOKENS["--control"], WHITE) >= 3


@pytest.mark.parametrize("trede", [1, 2, 3, 4, 5, 6])
def test_the_number_can_be_read_on_its_trede(trede):
    text = WHITE if trede >= 4 else TOKENS["--ink"]
    assert contrast(TOKENS[f"--t{trede}"], text) >= 4.5


FILLS = {
    rule[1]: (rule[2], rule[3])
    for rule in re.finditer(
        r"\.c-([a-z]+):is\(\.trede, \.tile\) \{ background: var\((--[a-z0-9-]+)\); color: (#fff|var\(--ink\));",
        SHEET_TEXTS["treden.css"],
    )
}


@pytest.mark.parametrize("colour", Colour)
def test_every_colour_that_a_policy_may_name_is_there_and_its_sign_can_be_read(colour):
    fill, text = FILLS[colour]
    assert contrast(TOKENS[fill], WHITE if text == "#fff" else TOKENS["--ink"]) >= 4.5
    assert f".step.c-{colour}" in SHEET_TEXTS["charts.css"]


def test_no_colour_is_there_that_no_policy_can_name():
    assert set(FILLS) == set(Colour)
    assert {colour for colour, _ in LadderStep.COLOURS} == set(Colour)


def test_three_regimes_also_differ_without_colour():
    green, orange, red = (lightness(TOKENS[f"--c-{colour}"]) for colour in ("green", "orange", "red"))
    assert green - orange >= 9.5
    assert orange - red >= 9.5


def test_a_higher_trede_is_darker_also_without_colour():
    scale = [lightness(TOKENS[f"--t{trede}"]) for trede in range(1, 7)]
    assert all(lighter - darker >= 9.5 for lighter, darker in pairwise(scale))
