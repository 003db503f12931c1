"""On the real index of municipalities, as the site uses it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from municipalities.lookup import AmbiguousMunicipality, MunicipalityIndex
from supervision.coa import layout, workbook
from supervision.coa.extract import extract
from supervision.coa.problems import ProblemKind
from supervision.coa.register import Register
from supervision.rules.period import Period

DATA = Path(__file__).parent / "data"
PERIOD, PEILDATUM = Period(2022, 1), date(2022, 7, 1)


@dataclass(frozen=True)
class Found:
    code: str
    name: str
    province_code: str
    valid_to: date | None


@pytest.fixture
def register(db):
    index = MunicipalityIndex.load()

    def find(text, *, on):
        municipality = index.find(text, on=on)
        return Found(municipality.code, municipality.name, municipality.province.code, municipality.valid_to)

    return Register(find=find, ambiguous=AmbiguousMunicipality)


def imported(name, register):
    read = workbook.read(name, (DATA / name).read_bytes())
    proposal = layout.propose(read, period=PERIOD, as_of=PEILDATUM, register=register)
    return extract(read, proposal.mapping, period=PERIOD, as_of=PEILDATUM, register=register)


@pytest.mark.parametrize(
    ("name", "rows", "problems"),
    [("simple.xlsx", 26, 0), ("landelijk.xlsx", 345, 1), ("tvs.xlsx", 31, 0), ("fouten.xlsx", 19, 10)],
)
def test_the_examples_on_the_real_index(name, rows, problems, register):
    extracted = imported(name, register)
    assert (len(extracted.rows), len(extracted.problems)) == (rows, problems)


def test_what_the_index_says_is_what_the_user_reads(register):
    messages = {problem.kind: problem.message for problem in imported("fouten.xlsx", register).problems}
    assert messages[ProblemKind.UNKNOWN_MUNICIPALITY] == "“Nieuw-Vechten” is geen bekende gemeente."
    assert messages[ProblemKind.AMBIGUOUS_MUNICIPALITY].startswith(
        "“Bergen” kan Bergen (L.) in Limburg of Bergen (NH.) in Noord-Holland zijn."
    )


def test_a_national_workbook_asks_the_database_once_what_became_of_weesp(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        imported("landelijk.xlsx", register)
