from dataclasses import replace
from pathlib import Path

import pytest

from letters.looks.pictures import name_of
from letters.papers import pdf
from letters.words.composing import compose
from tests.letters.cases import DOCUMENTED, DRESSED, PICTURES, SENDER, STAMP, attached, bijlage, in_one_file
from tests.letters.note_cases import bare, full, noted, the_dossier


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of every kind of document, as files to look at, made once."""
    directory = tmp_path_factory.mktemp("documents")
    files: dict[str, Path] = {}
    for name, (case, details) in DOCUMENTED.items():
        files[name] = directory / f"{name}.pdf"
        files[name].write_bytes(pdf.letter_pdf(compose(case=case, sender=SENDER, details=details), attached(case)))
    case, details = DOCUMENTED["dossier"]
    letter = compose(case=case, sender=SENDER, details=details)
    files["bijlage"] = directory / "bijlage.pdf"
    files["bijlage"].write_bytes(pdf.bijlage_pdf(bijlage()))
    files["brief-met-bijlage"] = directory / "brief-met-bijlage.pdf"
    files["brief-met-bijlage"].write_bytes(in_one_file(letter, bijlage(), attached(case)))
    dressed = compose(case=case, sender=DRESSED, details=details)
    files["briefhoofd"] = directory / "briefhoofd.pdf"
    files["briefhoofd"].write_bytes(in_one_file(dressed, bijlage(sender=DRESSED), attached(case), pictures=PICTURES))
    stamped = compose(case=case, sender=replace(DRESSED, logo=name_of(STAMP)), details=details)
    files["briefhoofd-png"] = directory / "briefhoofd-png.pdf"
    files["briefhoofd-png"].write_bytes(pdf.letter_pdf(stamped, pictures=PICTURES))
    for name, noted_case in {"": the_dossier(), "-kaal": bare(), "-vol": full()}.items():
        files[f"gespreksnotitie{name}"] = directory / f"gespreksnotitie{name}.pdf"
        files[f"gespreksnotitie{name}"].write_bytes(pdf.note_pdf(noted(noted_case)))
    return files
