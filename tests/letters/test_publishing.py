"""The public version is kept with the letter when it is frozen, unless somebody is still named in its text."""

from pathlib import Path

from django_scopes import scope

from letters.papers.documents import Role, rendered
from letters.readiness import Ready, ready
from letters.words.public import personal_in
from municipalities.models import Municipality, User
from tests.letters.factories import record_the_dossier
from tests.letters.reading import text_of
from tests.letters.sending import TODAY, a_concept


def found(supervisor: User, city: Municipality, contact: str) -> Ready:
    with scope(province=city.province):
        record_the_dossier(by=supervisor, city=city)
        letter = a_concept(supervisor, city, contact_name=contact, phone="030 712 34 56")
        now = ready(letter, today=TODAY)
    assert isinstance(now, Ready)
    return now


def test_it_is_made_with_the_letter_and_names_nobody(supervisor: User, city: Municipality, tmp_path: Path) -> None:
    [public] = [file for file in rendered(found(supervisor, city, "Q. Zonneveld")) if file.role is Role.PUBLIC]
    assert public.name == "toezichtbrief-openbaar-GM0344-2022-1.pdf"
    (tmp_path / public.name).write_bytes(public.data)
    text = text_of(tmp_path / public.name)
    assert "82508878" in text
    assert "Zonneveld" not in text
    assert "712 34 56" not in text


def test_where_somebody_is_named_in_the_text_there_is_none(supervisor: User, city: Municipality) -> None:
    """The name of the trede is the name of this one too."""
    now = found(supervisor, city, "J. Actief")
    assert [file.role for file in rendered(now)] == [Role.LETTER, Role.BIJLAGE, Role.TOGETHER]
    assert {trace.value for trace in personal_in(now.written.signed)} == {"J. Actief"}
