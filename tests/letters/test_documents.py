"""The finished documents: what a validator says of them, and what a reader finds in them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from letters.papers import pdf
from letters.words.composing import compose
from municipalities import reference
from tests.letters import verapdf
from tests.letters.cases import DETAILS, DOCUMENTED, DRESSED, LADDER, PICTURES, SENDER, a_case, bijlage, the_dossier
from tests.letters.reading import (
    Word,
    bookmarks_of,
    fonts_of,
    insides_of,
    page_count,
    read_aloud,
    run,
    text_of,
    words_of,
)

OURS = {"Source-Sans-3", "Source-Sans-3-Semi-Bold", "Source-Sans-3-Ext", "Source-Sans-3-Ext-Semi-Bold"}

# Millimetres on the page: see letters/papers/assets/letter.css.
AXIS_A, AXIS_B, COLUMN_4, RIGHT_MARGIN = 25, 67.5, 152.5, 190
WINDOW_TOP, WINDOW_BOTTOM, WINDOW_RIGHT = 60, 85, 91
TEXT_ENDS = 275


def test_every_kind_of_document_is_pdf_a_3a_and_pdf_ua_1(documents: dict[str, Path]) -> None:
    verdicts = verapdf.judge(list(documents.values()))
    assert [verdict for verdict in verdicts if not verdict.is_compliant] == []
    assert {verdict.flavour for verdict in verdicts} == {"3a", "ua1"}


def test_the_validator_knows_a_bad_file_from_a_good_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the claim in the metadata a letter is PDF/A still, but no PDF/UA; without a language it is neither."""
    content = compose(case=a_case(), sender=SENDER, details=DETAILS)
    html = pdf.letter_html(content)
    monkeypatch.setattr(pdf, "_claim_ua", lambda document, file: None)
    (tmp_path / "no-claim.pdf").write_bytes(pdf.pdf(html))
    (tmp_path / "no-language.pdf").write_bytes(pdf.pdf(html.replace(' lang="nl"', "")))
    verdicts = {
        (verdict.file, verdict.flavour): verdict.is_compliant
        for verdict in verapdf.judge(sorted(tmp_path.glob("*.pdf")))
    }
    assert verdicts[("no-claim.pdf", "3a")] is True
    assert verdicts[("no-claim.pdf", "ua1")] is False
    assert verdicts[("no-language.pdf", "ua1")] is False


def test_a_validator_that_cannot_run_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(verapdf.NoValidator):
        verapdf.judge([tmp_path / "there-is-no-such-file.pdf"])
    monkeypatch.setattr(verapdf, "JAXB", [tmp_path / "jaxb.jar"])
    with pytest.raises(verapdf.NoValidator, match="libjaxb-java"):
        verapdf.judge([])


def test_only_our_own_fonts_are_in_a_document_and_all_are_embedded(documents: dict[str, Path]) -> None:
    for name, file in documents.items():
        fonts = fonts_of(file)
        assert set(fonts) <= OURS, name
        assert all(fonts.values()), name


def test_the_dossier_holds_every_figure_of_its_two_tables_in_order(documents: dict[str, Path]) -> None:
    """As the province published them: 171, 203, 1, 375, 168, 82%, 45%, 207; and 207, 275, 482."""
    text = text_of(documents["dossier"])
    first = text[text.index("Uw cijfers over 2022-1") : text.index("Ons oordeel over 2022-1")]
    second = text[text.index("Uw taakstelling voor 2022-2") : text.index("U ligt op schema")]
    assert counts(first) == ["171", "203", "+1", "375", "168", "82%", "45%", "207"]
    assert counts(second) == ["207", "275", "482"]
    for label in (
        "Achterstand op 1 januari 2022",
        "Taakstelling 2022-1",
        "Overgenomen van Utrechtse Heuvelrug",
        "Totaalopgave 2022-1",
    ):
        assert label in first


def counts(table: str) -> list[str]:
    """The middle column: a number after a run of spaces and before another."""
    return re.findall(r" {2,}([+−]?[\d.]+%?|n\.v\.t\.) {2,}", table)


def test_the_letter_has_the_head_of_the_dossier(documents: dict[str, Path]) -> None:
    text = " ".join(text_of(documents["dossier"]).split())
    for label, value in {
        "Datum": "22 september 2022",
        "Documentnummer": "82508878",
        "Contactpersoon": "de heer of mevrouw Voorbeeld",
        "Telefoonnummer": "030 000 00 00",
        "E-mailadres": "toezicht@provincie.example",
        "Domein/opgave": "BDO",
        "Team": "BEI",
        "Bijlage": "Toelichting interventieladder",
        "Onderwerp": "Beoordeling huisvesting vergunninghouders,",
    }.items():
        assert label in text
        assert value in text


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("dossier", 3),
        ("voorsprong", 2),
        ("afschaling", 2),
        ("trede-5", 2),
        ("negatieve-totaalopgave", 2),
        ("bijlage", 2),
        ("gespreksnotitie", 2),
        ("gespreksnotitie-kaal", 1),
    ],
)
def test_the_number_of_pages_is_what_was_designed(name: str, pages: int, documents: dict[str, Path]) -> None:
    assert page_count(documents[name]) == pages


def test_pages_are_numbered_and_each_part_of_one_file_for_itself(documents: dict[str, Path]) -> None:
    assert re.findall(r"pagina \d van \d", text_of(documents["dossier"])) == [
        "pagina 1 van 3",
        "pagina 2 van 3",
        "pagina 3 van 3",
    ]
    assert re.findall(r"pagina \d van \d", text_of(documents["brief-met-bijlage"])) == [
        "pagina 1 van 3",
        "pagina 2 van 3",
        "pagina 3 van 3",
        "pagina 1 van 2",
        "pagina 2 van 2",
    ]


def test_continuation_pages_say_whose_letter_it_is(documents: dict[str, Path]) -> None:
    for word in ("Provincie", "Beoordeling", "82508878"):
        heads = {each.page for each in words_of(documents["dossier"]) if each.text == word and each.top < 25}
        assert {2, 3} <= heads


def test_a_letter_with_voorbeeldcijfers_says_so_on_each_page(documents: dict[str, Path]) -> None:
    *pages, _ = text_of(documents["voorbeeldcijfers"]).split("\f")
    assert len(pages) == 3
    assert all(page.count("voorbeeldcijfers") == 1 for page in pages)
    assert "voorbeeld" not in text_of(documents["dossier"])


def test_the_mark_of_voorbeeldcijfers_moves_nothing(documents: dict[str, Path]) -> None:
    def without(name: str) -> list[Word]:
        marked = {"Voorbeeld:", "met", "voorbeeldcijfers"}
        return [word for word in words_of(documents[name]) if word.text not in marked]

    assert without("voorbeeldcijfers") == without("dossier")


def test_every_heading_is_a_bookmark_in_its_place(documents: dict[str, Path]) -> None:
    letter = [
        (1, 1, "Beoordeling huisvesting vergunninghouders, eerste helft van 2022"),
        (2, 1, "Uw cijfers over 2022-1"),
        (2, 1, "Ons oordeel over 2022-1"),
        (2, 2, "Opschaling van trede 2 naar trede 3"),
        (2, 2, "Uw taakstelling voor 2022-2"),
        (2, 3, "Tot slot"),
    ]
    found = [(depth, page, text.replace("\u00a0", " ")) for depth, page, text in bookmarks_of(documents["dossier"])]
    assert found == letter
    both = [
        (depth, page, text.replace("\u00a0", " ")) for depth, page, text in bookmarks_of(documents["brief-met-bijlage"])
    ]
    assert both[: len(letter)] == letter
    assert both[len(letter)] == (1, 4, "Toelichting interventieladder")


@pytest.mark.parametrize("name", [*DOCUMENTED, "bijlage", "brief-met-bijlage"])
def test_the_bookmarks_are_the_headings_that_are_read_aloud(name: str, documents: dict[str, Path]) -> None:
    headings: list[tuple[int, str]] = []
    for tag, text in read_aloud(documents[name]):
        if tag in ("H1", "H2"):
            headings.append((int(tag[1]), text))
    said = " ".join(text for _, text in headings)
    marked = " ".join(text.replace("\u00a0", " ") for _, _, text in bookmarks_of(documents[name]))
    assert said == marked
    assert {depth for depth, _, _ in bookmarks_of(documents[name])} == {1, 2}


def test_read_aloud_the_letter_makes_sense(documents: dict[str, Path]) -> None:
    """Who writes, to whom, the data of the letter, what it is about, and then its text with each table row by row."""
    said = [text for _, text in read_aloud(documents["dossier"])]
    order = [
        "Provincie",
        "Interbestuurlijk toezicht",
        "Postbus 80300",
        "Gemeente Utrecht",
        "3500 CE UTRECHT",
        "Datum",
        "22 september 2022",
        "Documentnummer",
        "82508878",
        "Onderwerp",
        "Beoordeling huisvesting vergunninghouders,",
        "Geacht college,",
        "Uw cijfers over 2022-1",
        "Ons oordeel over 2022-1",
        "Tot slot",
        "Hoogachtend,",
        "Gedeputeerde Staten van Utrecht,",
    ]
    places = [[" ".join(text.split()) for text in said].index(each) for each in order]
    assert places == sorted(places)
    row = said.index("Totaalopgave 2022-1")
    assert said[row : row + 3] == ["Totaalopgave 2022-1", "375", "171 + 203 + 1"]
    assert said[-2] == "de heer of mevrouw Voorbeeld"


def test_nothing_of_the_running_head_is_read_aloud(documents: dict[str, Path]) -> None:
    """It would come in the middle of a sentence."""
    said = [text for _, text in read_aloud(documents["dossier"])]
    assert not any("pagina" in text for text in said)
    assert said.count("82508878") == 1


def test_each_head_of_a_table_says_what_it_is_the_head_of(documents: dict[str, Path]) -> None:
    for name in ("dossier", "bijlage", "brief-met-bijlage", "gespreksnotitie"):
        insides = insides_of(documents[name])
        heads = len(re.findall(rb"/S /TH\b", insides))
        scoped = len(re.findall(rb"/Scope /(?:Column|Row)\b", insides))
        assert heads == scoped > 0, name


def test_the_address_stands_in_the_window(documents: dict[str, Path]) -> None:
    for name in ("dossier", "afschaling", "alles", "voorbeeldcijfers", "zonder-adres"):
        lines = address_lines(documents[name])
        assert 3 <= len(lines) <= 5, name
        assert lines[-1][0].bottom <= WINDOW_BOTTOM + 0.5, name


def test_every_municipality_of_the_country_fits_the_window(tmp_path: Path) -> None:
    """The widest names that the reference data knows; the rest is narrower."""
    with (reference.DATA / "municipalities.csv").open(encoding="utf-8") as file:
        names = sorted({line.split(",")[1].strip('"') for line in file}, key=len)[-3:]
    for name in [*names, "Nuenen, Gerwen en Nederwetten"]:
        file = tmp_path / "letter.pdf"
        file.write_bytes(pdf.letter_pdf(compose(case=a_case(municipality=name), sender=SENDER, details=DETAILS)))
        assert len(address_lines(file)) <= 5, name


def address_lines(file: Path) -> list[list[Word]]:
    """The lines between the return address and the subject, from axis A, within the window."""
    words = [word for word in words_of(file) if word.page == 1 and word.left < WINDOW_RIGHT and 50 < word.top < 100]
    returned = next(word for word in words if word.text == "Retouradres:")
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.top > returned.top + 2:
            lines.setdefault(round(word.top), []).append(word)
            assert word.top >= WINDOW_TOP - 0.5
            assert word.left >= AXIS_A - 0.5
            assert word.right <= WINDOW_RIGHT
    return [lines[top] for top in sorted(lines)]


def test_text_stands_on_its_axis_and_within_its_margins(documents: dict[str, Path]) -> None:
    for name, file in documents.items():
        for word in words_of(file):
            assert word.left >= AXIS_A - 0.5, (name, word)
            assert word.right <= RIGHT_MARGIN + 3, (
                name,
                word,
            )  # the percent sign hangs out of its column, not of the page
            at_foot = {"pagina", "van", *DRESSED.footer.split()}
            assert word.bottom <= TEXT_ENDS + 1 or word.text in at_foot or word.text.isdigit(), (name, word)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_figures_of_the_half_year_stand_on_page_1(name: str, documents: dict[str, Path]) -> None:
    words = words_of(documents[name])
    [heading] = [
        word for word in words if word.text == "cijfers" and word.left < AXIS_B + 10 and word.bottom - word.top > 3
    ]
    assert heading.page == 1


@pytest.mark.parametrize("name", [*DOCUMENTED, "bijlage"])
def test_no_heading_stands_alone_at_the_foot_of_a_page(name: str, documents: dict[str, Path]) -> None:
    """Under the last line of a heading at least two lines of what it heads stand on the same page."""
    words = [word for word in words_of(documents[name]) if word.left >= AXIS_B - 0.5 and word.top > 30]
    headings = (
        *("Uw cijfers", "Ons oordeel", "Opschaling van", "Afschaling van", "Uw gemeente blijft", "Uw taakstelling"),
        *("Tot slot", "Hoe wij", "Waar dit"),
    )
    for page in {word.page for word in words}:
        lines = lines_of(word for word in words if word.page == page)
        for index, line in enumerate(lines):
            if line.startswith(headings) and len(line) < 45:
                assert len(lines) - index > 2, (page, line)


def lines_of(words: object) -> list[str]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(round(word.bottom), []).append(word)
    return [" ".join(word.text for word in sorted(lines[y], key=lambda each: each.left)) for y in sorted(lines)]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_signature_never_stands_without_the_closing(name: str, documents: dict[str, Path]) -> None:
    words = words_of(documents[name])
    page = {word.text: word.page for word in words if word.text in {"Hoogachtend,", "slot"}}
    assert page["Hoogachtend,"] == page["slot"]
    assert max(word.page for word in words) == page["slot"]


@pytest.mark.parametrize("name", [name for name, (case, _) in DOCUMENTED.items() if case.next_opgave])
def test_the_next_half_year_is_whole_on_one_page(name: str, documents: dict[str, Path]) -> None:
    text = text_of(documents[name])
    [page] = [page for page in text.split("\f") if "Uw taakstelling voor 2022-2" in page]
    assert "Totaalopgave 2022-2" in page
    assert re.search(r"U ligt op schema|geldt voor uw gemeente", page)


def test_the_data_of_the_bijlage_have_room_whatever_the_policy_is_called(tmp_path: Path) -> None:
    """As long a name as the database takes, in the column beside the title and above the text."""
    file = tmp_path / "bijlage.pdf"
    file.write_bytes(pdf.bijlage_pdf(bijlage(replace(LADDER, name="Beleidskader " * 7 + "Voorbeeld"))))
    first = [word for word in words_of(file) if word.page == 1]
    beside = [word for word in first if word.left >= COLUMN_4 - 0.5 and word.top < 60]
    assert " ".join(word.text for word in beside).endswith("Beleidskader Voorbeeld Geldt vanaf 1 januari 2021")
    title = next(word for word in first if word.text == "interventieladder")
    text = next(word for word in first if word.text == "Elke")
    assert title.right < COLUMN_4
    assert max(word.bottom for word in beside) < text.top


# -- the letterhead --------------------------------------------------------------------------------


def test_pictures_say_in_words_what_they_are(documents: dict[str, Path]) -> None:
    for name, logos in {"briefhoofd": 2, "briefhoofd-png": 1}.items():
        insides = insides_of(documents[name])
        assert insides.count(b"/Alt (Provincie Utrecht)") == logos, name
        assert insides.count(b"/Alt (Handtekening)") == 1, name
        assert insides.count(b"/S /Figure") == logos + 1, name


def test_the_look_of_a_letterhead_moves_nothing(documents: dict[str, Path]) -> None:
    """Beside the wordmark and the footer every word stands where it stood."""

    def without(name: str) -> list[Word]:
        wordmark = {"Provincie", "Utrecht"}
        return [
            word
            for word in words_of(documents[name])
            if not (word.page == 1 and word.top < 32 and word.text in wordmark)
            and not (word.top > TEXT_ENDS and word.left >= AXIS_B - 0.5)
            and word.text not in {"hen,", "dezen,"}
        ]

    assert without("briefhoofd-png") == without("dossier")


def test_the_footer_stands_on_every_page_and_is_read_aloud_once(documents: dict[str, Path]) -> None:
    feet = {word.page: word for word in words_of(documents["briefhoofd"]) if word.text == "Voorbeeldplein"}
    assert set(feet) == {1, 2, 3, 4, 5}
    assert len({round(word.top, 1) for word in feet.values()}) == 1
    assert all(abs(word.left - AXIS_B) < 0.5 for word in feet.values())
    numbers = {word.page: word for word in words_of(documents["briefhoofd"]) if word.text == "pagina"}
    assert abs(numbers[1].top - feet[1].top) < 0.2
    said = [text for _, text in read_aloud(documents["briefhoofd-png"])]
    assert said.count(DRESSED.footer) == 1


def test_the_longest_footer_fits_beside_the_number(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    sender = replace(SENDER, footer=("Voorbeeldplein 10, 1234 AB Voorbeeldstad, " * 3)[:90])
    file.write_bytes(pdf.letter_pdf(compose(case=the_dossier(), sender=sender, details=DETAILS)))
    for page in (1, 2):
        feet = [
            word for word in words_of(file) if word.page == page and word.top > TEXT_ENDS and word.left > AXIS_B - 1
        ]
        assert len({round(word.top, 1) for word in feet}) == 1
        assert max(word.right for word in feet) <= RIGHT_MARGIN


def test_the_colour_is_in_the_document_and_black_where_there_is_none(documents: dict[str, Path]) -> None:
    blue = b"0.101961 0.309804 0.478431"
    assert blue in insides_of(documents["briefhoofd"])
    assert blue not in insides_of(documents["dossier"])


def test_the_signature_stands_above_the_name(documents: dict[str, Path], tmp_path: Path) -> None:
    """Where on other letters the room for it is."""
    [(_, page)] = [(word, word.page) for word in words_of(documents["briefhoofd-png"]) if word.text == "Hoogachtend,"]
    picture = tmp_path / "page"
    run(
        "pdftoppm",
        "-r",
        "50",
        "-png",
        "-singlefile",
        "-f",
        str(page),
        "-l",
        str(page),
        documents["briefhoofd-png"],
        picture,
    )
    with Image.open(picture.with_suffix(".png")) as drawn:
        [name] = [word for word in words_of(documents["briefhoofd-png"]) if word.page == page and word.text == "heer"]
        millimetre = drawn.width / 210
        above = drawn.convert("L").crop(
            tuple(int(each * millimetre) for each in (AXIS_B, name.top - 19, AXIS_B + 70, name.top - 1))
        )
    assert above.getextrema()[0] < 200


def test_a_letter_in_which_something_is_open_is_not_signed() -> None:
    letter = compose(case=replace(the_dossier(), address=None), sender=DRESSED, details=DETAILS)
    assert letter.open_marks
    assert letter.signature == ""
    assert "Handtekening" not in pdf.letter_html(letter)


def test_a_picture_that_the_renderer_was_not_given_stops_it() -> None:
    letter = compose(case=the_dossier(), sender=DRESSED, details=DETAILS)
    with pytest.raises(pdf.RefusedAddress):
        pdf.letter_pdf(letter)
    assert pdf.letter_pdf(letter, pictures=PICTURES) == pdf.letter_pdf(letter, pictures=PICTURES)
