"""The public version: nobody is in it, wherever one looks, and what is published beside it."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from letters.papers import pdf
from letters.words.composing import compose
from letters.words.content import Bullets, LetterContent, Paragraph, Part, Section, Span, every_text
from letters.words.kinds import kinds
from letters.words.machine import Body
from letters.words.public import (
    PublicRecord,
    dublin_core,
    personal_in,
    personal_values,
    public_metadata,
    public_of,
    public_record,
)
from tests.letters import verapdf
from tests.letters.cases import (
    DETAILS,
    DOCUMENTED,
    DRESSED,
    MUNICIPALITY,
    PERIOD,
    PICTURES,
    PROVINCE,
    attached,
    plain,
    the_dossier,
)
from tests.letters.reading import attachments_of, info_of, insides_of, read_aloud, text_of

NAME, PHONE, MAIL, SIGNER = (
    "Q. Zonneveld-Prikkebeen",
    "030 712 34 56",
    "q.zonneveld@provincie.example",
    "W. van Ypenburgh",
)
SENDER = replace(DRESSED, signatory_name=SIGNER, signatory_function="gedeputeerde toezicht")
NAMED = replace(DETAILS, contact_name=NAME, phone=PHONE, email=MAIL)
# The least that both standards take.
PLAIN = '<!doctype html><html lang="nl"><head><title>x</title></head><body><h1>x</h1></body></html>'
EVERYBODY = (NAME, PHONE, MAIL, SIGNER)


def letter(**changes: object) -> LetterContent:
    return replace(compose(case=the_dossier(), sender=SENDER, details=NAMED), **changes)


def with_text(written: str, *, heading: str = "Tot slot") -> LetterContent:
    more = Section(
        heading=heading, parts=(Paragraph(spans=(Span(text=written[:4]), Span(text=written[4:], is_bold=True))),)
    )
    return letter(sections=(*letter().sections, more))


def record(**changes: object) -> PublicRecord:
    made = public_record(
        letter(),
        kind="Toezichtbrief",
        document_number=NAMED.document_number,
        period=PERIOD,
        municipality=MUNICIPALITY,
        province=PROVINCE,
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The letter as it is sent, and for everybody."""
    directory = tmp_path_factory.mktemp("public")
    written = {
        "sent": pdf.letter_pdf(letter(), attached(the_dossier()), pictures=PICTURES),
        "public": pdf.letter_pdf(
            public_of(letter()), attached(the_dossier()), pictures=PICTURES, metadata=dublin_core(record())
        ),
    }
    for name, document in written.items():
        (directory / f"{name}.pdf").write_bytes(document)
    return {name: directory / f"{name}.pdf" for name in written}


@cache
def looked_at(file: Path) -> tuple[dict[str, str], bytes]:
    """What programs find in the file, without spaces; and all that is in it."""
    found = {
        "text": text_of(file),
        "read aloud": "".join(text for _, text in read_aloud(file)),
        "info": "".join(info_of(file).values()),
        "files": "".join(data.decode() for data in attachments_of(file).values()),
    }
    return {where: squeezed(text) for where, text in found.items()}, insides_of(file)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def places(file: Path, value: str) -> set[str]:
    """Where in the file the value stands, in whatever way a PDF may write it."""
    texts, insides = looked_at(file)
    found = {where for where, text in texts.items() if squeezed(value) in text}
    for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
        written = value.encode(encoding)
        if any(each in insides for each in (written, written.hex().encode(), written.hex().upper().encode())):
            found.add(encoding)
    return found


@pytest.mark.parametrize("value", EVERYBODY)
def test_nobody_is_in_the_public_version_wherever_one_looks(value: str, files: dict[str, Path]) -> None:
    assert places(files["public"], value) == set()
    assert {"text", "read aloud"} <= places(files["sent"], value)


@pytest.mark.parametrize("part", ["Zonneveld", "Prikkebeen", "Ypenburgh", "q.zonneveld", "712 34 56", "mailto:"])
def test_nor_is_a_part_of_a_name_or_an_address(part: str, files: dict[str, Path]) -> None:
    assert places(files["public"], part) == set()
    assert places(files["sent"], part)


def of_kind(slug: str) -> LetterContent:
    case, details = {
        "toezichtbrief": DOCUMENTED["dossier"],
        "vooraankondiging": DOCUMENTED["trede-4"],
        "indeplaatsstelling": DOCUMENTED["trede-5"],
        "afschrift": (the_dossier(), replace(DETAILS, letter_kind="toezichtbrief", letter_on=date(2022, 9, 22))),
    }[slug]
    named = replace(details, contact_name=NAME, phone=PHONE, email=MAIL)
    return compose(case=case, sender=SENDER, details=named, kind=kinds()[slug])


@pytest.fixture(scope="module")
def of_each_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    directory = tmp_path_factory.mktemp("kinds")
    for slug in kinds():
        (directory / f"{slug}.pdf").write_bytes(pdf.letter_pdf(public_of(of_kind(slug)), pictures=PICTURES))
    return {slug: directory / f"{slug}.pdf" for slug in kinds()}


@pytest.mark.parametrize("value", [*EVERYBODY, "contactpersoon", "eerste bladzijde", "Hebt u vragen"])
@pytest.mark.parametrize("slug", list(kinds()))
def test_nobody_is_in_the_public_version_of_any_kind_nor_where_to_find_them(
    slug: str, value: str, of_each_kind: dict[str, Path]
) -> None:
    assert places(of_each_kind[slug], value) == set()


@pytest.mark.parametrize("slug", [slug for slug, kind in kinds().items() if kind.with_bijlage])
def test_who_gets_the_letter_is_told_where_our_contact_stands(slug: str) -> None:
    said = [text for text in every_text(of_kind(slug).sections) if "contactpersoon" in text]
    assert said == ["Hebt u vragen? De gegevens van onze contactpersoon staan op de eerste bladzijde."]


def test_without_a_contact_nobody_is_referred_to() -> None:
    empty = replace(DETAILS, contact_name="", phone="", email="")
    content = compose(case=the_dossier(), sender=SENDER, details=empty)
    assert "contactpersoon" not in str(content.sections)
    assert public_of(content).sections == content.sections


PERSONAL = Span(text="Bel onze contactpersoon.", is_personal=True)


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ((Paragraph(spans=(Span(text="Dank. "), PERSONAL)),), (Paragraph(spans=(Span(text="Dank."),)),)),
        (
            (Paragraph(spans=(Span(text="Dank. "), PERSONAL, Span(text=" Tot ziens."))),),
            (Paragraph(spans=(Span(text="Dank. "), Span(text="Tot ziens."))),),
        ),
        (
            (Bullets(items=((Span(text="een"),), (PERSONAL,)), is_ordered=True),),
            (Bullets(items=((Span(text="een"),),), is_ordered=True),),
        ),
        ((Bullets(items=((PERSONAL,),)), Paragraph(spans=(PERSONAL,))), ()),
    ],
)
def test_what_speaks_of_somebody_leaves_nothing_behind(parts: tuple[Part, ...], left: tuple[Part, ...]) -> None:
    content = letter(opening=parts, sections=(Section(heading="Tot slot", parts=parts),))
    assert public_of(content).opening == left
    assert [section.parts for section in public_of(content).sections] == ([left] if left else [])


def test_the_signature_is_not_in_it(files: dict[str, Path]) -> None:
    """No picture under anything: the logo is a drawing."""
    sent, public = insides_of(files["sent"]), insides_of(files["public"])
    assert b"/Subtype /Image" in sent
    assert b"/Subtype /Image" not in public
    assert b"Handtekening" in sent
    assert b"Handtekening" not in public


def test_the_rest_stands_as_it_was_sent(files: dict[str, Path]) -> None:
    text = " ".join(text_of(files["public"]).split())
    for found in (
        "82508878",
        "22 september 2022",
        "171 + 203 + 1",
        "Gedeputeerde Staten",
        "gedeputeerde toezicht",
        "BEI",
    ):
        assert found in text
    assert "Contactpersoon" not in text
    assert attachments_of(files["public"]) == attachments_of(files["sent"])
    assert "Over ons toezicht op andere terreinen ontvangt u aparte brieven." in text
    assert public_of(letter()).sections[:-1] == letter().sections[:-1]
    assert public_of(public_of(letter())) == public_of(letter())


def test_it_keeps_to_both_standards(files: dict[str, Path]) -> None:
    assert [each for each in verapdf.judge(list(files.values())) if not each.is_compliant] == []


def test_what_is_left_out_is_what_the_fields_say() -> None:
    assert personal_values(letter()) == EVERYBODY
    assert personal_values(compose(case=the_dossier(), sender=replace(SENDER, signatory_name=""), details=NAMED)) == (
        NAME,
        PHONE,
        MAIL,
    )
    assert personal_in(letter()) == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Neem contact op met Q. Zonneveld-Prikkebeen.", NAME),
        ("Neem contact op met q.\u00a0zonneveld\u2011prikkebeen.", NAME),
        ("Vraag het mevrouw Zonneveld-Prikkebeen.", NAME),
        ("Bel 030 712 34 56.", PHONE),
        ("Bel 030-7123456.", PHONE),
        ("Bel (030) 712 3456.", PHONE),
        ("Bel +31 30 712 34 56.", PHONE),
        ("Bel +31 (0)30 712 34 56.", PHONE),
        ("Mail naar Q.Zonneveld@provincie.example.", MAIL),
        ("Namens hen tekent W. van Ypenburgh.", SIGNER),
        ("Gedeputeerde Van Ypenburgh sprak u daarover.", SIGNER),
    ],
)
def test_who_is_still_named_in_the_text_is_found_and_where(written: str, value: str) -> None:
    [trace] = personal_in(with_text(written, heading="Over ons gesprek"))
    assert trace.value == value
    assert trace.where == "‘Over ons gesprek’"
    assert trace.sentence == (
        f"‘{value}’ staat nog in ‘Over ons gesprek’. Haal dat daar weg; anders kan er geen openbare versie zijn."
    )


@pytest.mark.parametrize(
    "written",
    [
        "Er zijn 30 712 34 personen.",
        "De zonneveldweg ligt in Ypenburg.",
        "De kosten zijn 7123.",
        "Van de gemeente en van ons.",
        "",
    ],
)
def test_another_word_or_number_is_nobody(written: str) -> None:
    assert personal_in(with_text(written)) == ()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"subject": f"Vraag van {NAME}"}, "het onderwerp"),
        ({"salutation": f"Geachte {NAME},"}, "de aanhef"),
        ({"opening": (Paragraph(spans=(Span(text=f"Dank aan {NAME}."),)),)}, "de inleiding"),
        ({"title": f"Brief van {NAME}"}, "het briefhoofd of de gegevens van de brief"),
        ({"address": ("Gemeente Utrecht", NAME)}, "het briefhoofd of de gegevens van de brief"),
        ({"sender": replace(SENDER, footer=f"Vragen: {NAME}")}, "het briefhoofd of de gegevens van de brief"),
    ],
)
def test_wherever_somebody_is_named_it_is_seen(changes: dict[str, object], where: str) -> None:
    assert where in {trace.where for trace in personal_in(letter(**changes)) if trace.value == NAME}


def test_a_name_that_is_the_municipalitys_too_stands_in_no_way() -> None:
    named = replace(NAMED, contact_name="J. Utrecht")
    assert personal_in(compose(case=the_dossier(), sender=SENDER, details=named)) == ()


def test_a_letter_without_anybody_has_nothing_to_leave_out() -> None:
    empty = replace(DETAILS, contact_name="", phone="", email="")
    content = compose(case=the_dossier(), sender=replace(SENDER, signatory_name="", signature=""), details=empty)
    assert personal_values(content) == ()
    assert public_of(content).entries == content.entries


# -- what is published beside it -------------------------------------------------------------------


def test_the_metadata_say_what_it_is_of_whom_and_about_whom() -> None:
    document = b"%PDF-1.7"
    written = json.loads(public_metadata(record(), filename="brief.pdf", document=document))
    assert written == {
        "@context": {"dcterms": "http://purl.org/dc/terms/", "schema": "https://schema.org/"},
        "dcterms:title": plain(letter().title),
        "dcterms:description": letter().description,
        "dcterms:type": "Toezichtbrief",
        "dcterms:created": "2022-09-22",
        "dcterms:identifier": "82508878",
        "dcterms:language": "nl",
        "dcterms:format": "application/pdf",
        "dcterms:publisher": {
            "@id": "https://identifier.overheid.nl/tooi/id/provincie/pv26",
            "dcterms:title": "Provincie Utrecht",
            "dcterms:identifier": "PV26",
        },
        "dcterms:spatial": {
            "@id": "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
            "dcterms:title": "Gemeente Utrecht",
            "dcterms:identifier": "GM0344",
        },
        "dcterms:temporal": "2022-01-01/2022-06-30",
        "schema:name": "brief.pdf",
        "schema:sha256": hashlib.sha256(document).hexdigest(),
    }
    assert public_metadata(record(), filename="brief.pdf", document=document) == public_metadata(
        record(), filename="brief.pdf", document=document
    )
    assert not any(value in json.dumps(written) for value in EVERYBODY)


def test_the_same_stands_inside_the_file(files: dict[str, Path]) -> None:
    insides = insides_of(files["public"]).decode("utf-8", "ignore")
    assert f"<dc:publisher><rdf:Bag><rdf:li>{PROVINCE.uri}</rdf:li></rdf:Bag></dc:publisher>" in insides
    assert f"<dc:relation><rdf:Bag><rdf:li>{MUNICIPALITY.uri}</rdf:li></rdf:Bag></dc:relation>" in insides
    assert "<dc:identifier>82508878</dc:identifier>" in insides
    assert "<dc:type><rdf:Bag><rdf:li>Toezichtbrief</rdf:li></rdf:Bag></dc:type>" in insides


def test_what_people_typed_cannot_break_the_metadata_of_a_file(tmp_path: Path) -> None:
    files = []
    for typed in ("<a>&</a>", "]]>", "\"'", "</rdf:RDF>"):
        broken = record(document_number=typed, kind=typed, province=Body(name="x", code="x", uri=typed))
        files.append(tmp_path / f"{len(files)}.pdf")
        document = pdf.pdf(PLAIN, metadata=dublin_core(broken))
        files[-1].write_bytes(document)
    assert [each for each in verapdf.judge(files) if not each.is_compliant] == []
