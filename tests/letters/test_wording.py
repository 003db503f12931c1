"""Plain words become paragraphs, headings, lists and bold; nothing else of them is markup, and nothing of what is filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.words.content import Bullets, Paragraph, Span
from letters.words.texts import Filler
from letters.words.wording import Heading, read

FILL = Filler({"gemeente": "**Utrecht** <b>", "leeg": "", "trede": "3"})


def test_paragraphs_headings_lists_and_bold() -> None:
    assert read("Een **vet** woord.\n\n## Kop\n\n- een\n- **twee**\n\n1. eerst\n2. dan", FILL) == (
        Paragraph(spans=(Span(text="Een "), Span(text="vet", is_bold=True), Span(text=" woord."))),
        Heading(text="Kop"),
        Bullets(items=((Span(text="een"),), (Span(text="twee", is_bold=True),))),
        Bullets(items=((Span(text="eerst"),), (Span(text="dan"),)), is_ordered=True),
    )


def test_what_is_filled_in_is_no_markup() -> None:
    assert read("In ((gemeente)).", FILL) == (Paragraph(spans=(Span(text="In **Utrecht** <b>."),)),)


def test_what_is_said_of_a_person_is_told_apart() -> None:
    fill = Filler({"contactzin": "Bel ons."})
    told = Span(text="Bel ons.", is_personal=True)
    assert read("Dank. ((contactzin)) Dag.", fill) == (
        Paragraph(spans=(Span(text="Dank. "), told, Span(text=" Dag."))),
    )
    assert read("(( Contactzin ))", fill) == (Paragraph(spans=(told,)),)
    assert read("Dank. ((contactzin))", Filler({"contactzin": ""})) == (Paragraph(spans=(Span(text="Dank."),)),)


def test_an_empty_sentence_leaves_no_space_and_an_empty_paragraph_falls_out() -> None:
    assert read("Een ((leeg)) zin. ((leeg))\n\n((leeg))", FILL) == (Paragraph(spans=(Span(text="Een zin."),)),)


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "{{ trede }} {% load x %}",
        "[link](http://voorbeeld.nl)",
        "![beeld](x.png)",
        "`code`",
        "> citaat",
        "a | b",
        "2 * 3 * 4 en _zo_",
        "*schuin*",
        "&lt;",
    ],
)
def test_everything_else_stays_as_it_was_typed(written: str) -> None:
    [paragraph] = read(written, FILL)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == written


def test_lines_of_one_paragraph_are_joined() -> None:
    [paragraph] = read("een\ntwee", FILL)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "een twee"


@given(st.text(max_size=300))
def test_any_text_can_be_read(written: str) -> None:
    read(written, FILL)


@given(st.text(alphabet="abc de", min_size=1).filter(str.strip))
def test_no_word_is_lost(written: str) -> None:
    words = written.split()
    [paragraph] = read(" ".join(words), FILL)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.split() == words


def test_deep_lists_are_read_as_one() -> None:
    [bullets] = read("- a\n  - b\n    - c", FILL)
    assert isinstance(bullets, Bullets)
    assert bullets.texts == ("a", "b", "c")
