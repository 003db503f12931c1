"""`manage.py letter`: two files, or one Dutch sentence and exit status 2."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.models import Letterhead
from letters.papers import pdf
from municipalities.models import Municipality, PostAddress, Province, User
from supervision.models import Delivery
from tests.letters.factories import make_letterhead, record_a_row, record_the_dossier
from tests.letters.reading import text_of
from tests.supervision.ledger import deliver

LETTER, BIJLAGE = "toezichtbrief-GM0344-2022-1.pdf", "bijlage-interventieladder-2022-1.pdf"
SIGNED = {"date": "2022-09-22", "document_number": "82508878"}


@pytest.fixture(autouse=True)
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


def letter(*arguments: str, out: Path | str, **options: str) -> tuple[str, str]:
    """What it says on stdout and stderr."""
    stdout, stderr = io.StringIO(), io.StringIO()
    call_command("letter", *arguments, out=str(out), stdout=stdout, stderr=stderr, **options)
    return stdout.getvalue(), stderr.getvalue()


def refusal(*arguments: str, out: Path | str, **options: str) -> str:
    with pytest.raises(CommandError) as refused:
        letter(*arguments, out=out, **options)
    assert refused.value.returncode == 2
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_it_writes_the_letter_and_the_bijlage_and_says_where(tmp_path: Path) -> None:
    said, warned = letter("GM0344", "2022-1", out=tmp_path, **SIGNED)
    assert said.splitlines() == [str(tmp_path / LETTER), str(tmp_path / BIJLAGE)]
    assert warned == ""
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([LETTER, BIJLAGE])
    text = " ".join(text_of(tmp_path / LETTER).split())
    for found in ("82508878", "22 september 2022", "171 + 203 + 1", "207 + 275", "trede 2 naar trede 3"):
        assert found in text
    assert "toezichtbrieven over de" in text_of(tmp_path / BIJLAGE)


def test_again_it_writes_the_same_bytes_over_them(tmp_path: Path) -> None:
    letter("GM0344", "2022-1", out=tmp_path, **SIGNED)
    first = (tmp_path / LETTER).read_bytes()
    (tmp_path / LETTER).write_bytes(b"older")
    letter("Utrecht", "2022-I", out=tmp_path, **SIGNED)
    assert (tmp_path / LETTER).read_bytes() == first


def test_a_bijlage_of_one_municipality_may_stand_for_that_of_another(tmp_path: Path, supervisor: User) -> None:
    """Its name says only the half-year: whoever writes over it writes the same."""
    zeist = Municipality.objects.get(code="GM0355")
    deliver(by=supervisor, municipality=zeist, achterstand=0, taakstelling=37, realisatie=40)
    letter("GM0344", "2022-1", out=tmp_path, **SIGNED)
    first = (tmp_path / BIJLAGE).read_bytes()
    letter("GM0355", "2022-1", out=tmp_path, date="2022-10-03")
    assert (tmp_path / BIJLAGE).read_bytes() == first


def test_what_is_still_open_is_a_warning(tmp_path: Path, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    _, warned = letter("GM0344", "2022-1", out=tmp_path)
    assert warned == "Nog in te vullen: postadres van de gemeente.\n"


def test_voorbeeldcijfers_are_a_warning(tmp_path: Path) -> None:
    Delivery.objects.update(is_sample=True)
    _, warned = letter("GM0344", "2022-1", out=tmp_path)
    assert warned == "Voorbeeld: met voorbeeldcijfers.\n"


def test_the_details_go_into_the_letter(tmp_path: Path) -> None:
    letter(
        "GM0344", "2022-1", out=tmp_path, date="2022-10-01", contact="A. Jansen", phone="030 1", due_plan="2022-12-24"
    )
    text = " ".join(text_of(tmp_path / LETTER).split())
    for found in ("1 oktober 2022", "A. Jansen", "030 1", "uiterlijk 24 december 2022"):
        assert found in text


def test_a_directory_of_which_only_the_last_part_lacks_is_made(tmp_path: Path) -> None:
    letter("GM0344", "2022-1", out=tmp_path / "new", **SIGNED)
    assert (tmp_path / "new" / LETTER).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("GM9999", "2022-1"), "GM9999"),
        (("Niemandsdorp", "2022-1"), "Niemandsdorp"),
        (("Bergen", "2022-1"), "kan Bergen"),
        (("GM0344", "2022-3"), "‘2022-3’ is geen halfjaar"),
        (("GM0344", "ooit"), "‘ooit’ is geen halfjaar"),
        (("GM0344", "2022-2"), "de realisatie tot de peildatum 1 januari 2023 ontbreekt"),
        (("GM0355", "2022-1"), "de taakstelling, de achterstand op 1 januari 2022 en de realisatie tot de peildatum"),
        (("GM0344", "2018-1"), "ontbreken"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    arguments: tuple[str, str], said: str, tmp_path: Path
) -> None:
    assert said in refusal(*arguments, out=tmp_path).replace("\u00a0", " ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"date": "gisteren"}, "Datum: Vul een datum in, zoals 22-09-2022."),
        ({"date": "2022-02-30"}, "Datum: Vul een datum in, zoals 22-09-2022."),
        ({"date": "2022-06-30"}, "Datum: Een brief over 2022-1 kan niet van vóór 1 juli 2022 zijn."),
        ({"date": "9999-12-31"}, "Datum: Deze datum ligt te ver weg."),
        ({"email": "geen adres"}, "E-mailadres: Voer een geldig e-mailadres in."),
        ({"contact": "→"}, "Contactpersoon: Het teken ‘→’ kan niet in een brief staan."),
        ({"date": "2022-09-22", "due_plan": "2022-09-22"}, "na de datum van de brief liggen"),
        ({"term_ends": "2023-01-01"}, "--term-ends hoort niet bij de brief op trede 3."),
    ],
)
def test_a_wrong_detail_is_refused_as_on_the_page(options: dict[str, str], said: str, tmp_path: Path) -> None:
    assert said in refusal("GM0344", "2022-1", out=tmp_path, **options).replace("\u00a0", " ")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert refusal("GM0344", "2022-1", out=file).endswith("is geen map.")
    assert "kan niet worden gemaakt" in refusal("GM0344", "2022-1", out=tmp_path / "a" / "b")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert "kan niet worden geschreven" in refusal("GM0344", "2022-1", out=tmp_path)


def test_a_disk_that_fills_up_leaves_the_older_letter_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / LETTER).write_bytes(b"older")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        # The first letter of a process writes its fonts elsewhere.
        if tmp_path not in path.parents:
            return write(path, data)
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert "kan niet worden geschreven (No space left on device)" in refusal("GM0344", "2022-1", out=tmp_path)
    assert (tmp_path / LETTER).read_bytes() == b"older"
    assert [file.name for file in tmp_path.iterdir()] == [LETTER]


def test_a_bijlage_that_cannot_be_made_leaves_no_letter_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(content: object, **more: object) -> bytes:
        raise pdf.RefusedAddress("no")

    monkeypatch.setattr(pdf, "bijlage_pdf", broken)
    with pytest.raises(pdf.RefusedAddress):
        letter("GM0344", "2022-1", out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_trede_5_takes_its_dates_from_the_options(tmp_path: Path, supervisor: User) -> None:
    record_a_row(by=supervisor, municipality=Municipality.objects.get(code="GM0342"), half_years=3)
    _, warned = letter("GM0342", "2022-1", out=tmp_path, date="2022-09-22")
    assert warned.splitlines() == [
        "Nog in te vullen: laatste dag van de termijn in het besluit.",
        "Nog in te vullen: rechtsmiddel tegen het besluit.",
    ]
    remedy = "Tegen dit besluit kunt u bezwaar maken."
    _, warned = letter(
        "GM0342", "2022-1", out=tmp_path, date="2022-09-22", term_ends="2022-12-31", required="7", legal_remedy=remedy
    )
    assert warned == ""
    text = " ".join(text_of(tmp_path / "toezichtbrief-GM0342-2022-1.pdf").split())
    assert f"uiterlijk 31 december 2022 alsnog 7 personen heeft gehuisvest. {remedy}" in text


def test_trede_6_takes_its_dates_from_the_options(tmp_path: Path, supervisor: User) -> None:
    record_a_row(by=supervisor, municipality=Municipality.objects.get(code="GM0342"), half_years=4)
    _, warned = letter("GM0342", "2022-1", out=tmp_path, date="2022-09-22")
    assert warned.splitlines() == [
        "Nog in te vullen: datum van het besluit tot indeplaatsstelling.",
        "Nog in te vullen: datum van het overzicht van maatregelen.",
    ]
    _, warned = letter(
        "GM0342", "2022-1", out=tmp_path, date="2022-09-22", decided_on="2022-03-22", measures_by="2022-11-01"
    )
    assert warned == ""
    text = " ".join(text_of(tmp_path / "toezichtbrief-GM0342-2022-1.pdf").split())
    assert "de termijn uit ons besluit van 22 maart 2022 is voorbij." in text
    assert "Uiterlijk 1 november 2022 ontvangt u een overzicht" in text


# -- the public version ----------------------------------------------------------------------------

PUBLIC = "toezichtbrief-GM0344-2022-1-openbaar.pdf"
NAMED = {**SIGNED, "contact": "Q. Zonneveld", "phone": "030 712 34 56", "email": "q.zonneveld@provincie.example"}


def test_the_public_version_comes_with_its_metadata(tmp_path: Path) -> None:
    said, _ = letter("GM0344", "2022-1", out=tmp_path, public=True, **NAMED)
    metadata = PUBLIC.replace(".pdf", ".json")
    assert said.splitlines() == [str(tmp_path / name) for name in (LETTER, BIJLAGE, PUBLIC, metadata)]
    text = text_of(tmp_path / PUBLIC)
    assert "82508878" in text
    assert not any(value in text for value in ("Zonneveld", "712 34 56", "zonneveld@", "Voorbeeld"))
    written = json.loads((tmp_path / metadata).read_text(encoding="utf-8"))
    assert written["dcterms:type"] == "Toezichtbrief"
    assert written["dcterms:spatial"]["@id"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"
    assert written["schema:sha256"] == hashlib.sha256((tmp_path / PUBLIC).read_bytes()).hexdigest()


def test_without_being_asked_for_there_is_no_public_version(tmp_path: Path) -> None:
    letter("GM0344", "2022-1", out=tmp_path, **NAMED)
    assert not (tmp_path / PUBLIC).exists()


def test_whoever_is_named_in_the_letter_itself_is_not_published(tmp_path: Path, within_utrecht: Province) -> None:
    Letterhead.objects.update(footer="Vragen aan Q. Zonneveld")
    sentence = refusal("GM0344", "2022-1", out=tmp_path, public=True, **NAMED)
    assert "‘Q. Zonneveld’ staat nog in het briefhoofd" in sentence
    assert list(tmp_path.iterdir()) == []
