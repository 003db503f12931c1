"""The four workbooks of COA's examples, with exactly what their README promises."""

from datetime import date
from pathlib import Path

import pytest

from supervision.coa.problems import Level, ProblemKind, Reason
from supervision.rules.opgave import Kind
from tests.supervision.coa.facts import figures_of, take

DATA = Path(__file__).parent / "data"
PEILDATUM = date(2022, 7, 1)
UTRECHT, AMERSFOORT, HEUVELRUG = "GM0344", "GM0307", "GM1581"


def imported(name, as_of=PEILDATUM, **options):
    return take((DATA / name).read_bytes(), name, as_of=as_of, **options)


def cells(problems):
    return {problem.cell: (problem.kind, problem.level) for problem in problems}


def told(extracted, code):
    figures = figures_of(extracted)[code]
    return tuple(figures.get(kind) for kind in (Kind.TAAKSTELLING, Kind.ACHTERSTAND, Kind.REALISATION))


def test_simple():
    proposal, extracted = imported("simple.xlsx")
    assert proposal.asked == ()
    assert proposal.remarks == ()
    assert len(extracted.rows) == 26
    assert extracted.totals == {Kind.TAAKSTELLING: 777, Kind.REALISATION: 724}
    assert told(extracted, UTRECHT) == (203, None, 168)
    assert told(extracted, AMERSFOORT) == (90, None, 60)
    assert told(extracted, HEUVELRUG) == (29, None, 19)
    assert extracted.problems == ()
    assert extracted.left_out == ()


def test_landelijk():
    proposal, extracted = imported("landelijk.xlsx")
    assert proposal.asked == ()
    assert proposal.remarks == ()
    assert len(extracted.rows) == 345
    assert extracted.totals == {Kind.TAAKSTELLING: 9978, Kind.ACHTERSTAND: 3601, Kind.REALISATION: 10177}
    assert told(extracted, UTRECHT) == (203, 171, 168)
    assert told(extracted, "GM0014") == (133, 95, 96)
    assert told(extracted, "GM0202") == (93, -127, 5)
    assert cells(extracted.problems) == {"B237": (ProblemKind.MUNICIPALITY_ENDED, Level.WARNING)}
    assert extracted.left_out_counts == {Reason.TOTAL: 13, Reason.NOTE: 2}


def test_landelijk_shows_herverdelingen_without_refusing_them():
    proposal, extracted = imported("landelijk.xlsx")
    shown = {(difference.code, difference.cell): difference.persons for difference in extracted.differences}
    assert shown == {(UTRECHT, "E287"): 1, (HEUVELRUG, "E288"): -1}
    assert [(check.holds, check.tried) for check in proposal.checks] == [(343, 345), (345, 345), (340, 340)]


def test_landelijk_says_itself_which_half_year_and_day_it_is_about():
    proposal, _ = imported("landelijk.xlsx", as_of=None)
    assert proposal.as_of == PEILDATUM
    proposal, _ = imported("landelijk.xlsx", as_of=None, period=None)
    assert str(proposal.period) == "2022-1"
    assert proposal.asked == ()


def test_landelijk_for_one_province():
    _, extracted = imported("landelijk.xlsx", province="PV26")
    assert len(extracted.rows) == 26
    assert extracted.left_out_counts == {Reason.TOTAL: 13, Reason.NOTE: 2, Reason.OTHER_PROVINCE: 319}
    assert extracted.problems == ()


def test_every_figure_knows_its_cell():
    _, extracted = imported("landelijk.xlsx")
    utrecht = next(row for row in extracted.rows if row.code == UTRECHT)
    assert {kind: (figure.sheet, figure.cell) for kind, figure in utrecht.figures.items()} == {
        Kind.TAAKSTELLING: ("Overzicht", "D287"),
        Kind.ACHTERSTAND: ("Overzicht", "C287"),
        Kind.REALISATION: ("Overzicht", "F287"),
    }


@pytest.mark.parametrize(
    ("as_of", "total", "of_three"),
    [
        (date(2022, 2, 1), 186, (30, 5, 4)),
        (date(2022, 4, 1), 569, (89, 32, 10)),
        (date(2022, 7, 1), 1088, (168, 60, 19)),
    ],
)
def test_tvs(as_of, total, of_three):
    proposal, extracted = imported("tvs.xlsx", as_of)
    assert proposal.asked == ()
    assert len(extracted.rows) == 31
    assert extracted.totals == {Kind.REALISATION: total}
    assert tuple(told(extracted, code)[2] for code in (UTRECHT, AMERSFOORT, HEUVELRUG)) == of_three
    assert extracted.problems == ()
    assert extracted.left_out_counts == {Reason.OTHER_DATE: 62}


def test_tvs_asks_for_the_day_when_none_is_given():
    proposal, _ = imported("tvs.xlsx", None)
    (question,) = proposal.asked
    assert question.key == "as_of"
    assert [choice.value for choice in question.choices] == ["2022-02-01", "2022-04-01", "2022-07-01"]
    assert question.proposed == "2022-07-01"


def test_tvs_asks_for_another_day_than_one_that_is_not_there():
    proposal, _ = imported("tvs.xlsx", date(2022, 3, 1))
    (question,) = proposal.asked
    assert question.text.startswith("Het bestand heeft geen cijfers van 1\u00a0maart 2022.")


def test_fouten():
    _, extracted = imported("fouten.xlsx")
    assert len(extracted.rows) == 19
    assert extracted.totals == {Kind.TAAKSTELLING: 672, Kind.REALISATION: 1142}
    assert told(extracted, UTRECHT) == (203, None, 168)
    assert told(extracted, AMERSFOORT) == (90, None, 600)
    assert told(extracted, HEUVELRUG) == (29, None, 19)
    assert cells(extracted.problems) == {
        "A28": (ProblemKind.UNKNOWN_MUNICIPALITY, Level.ERROR),
        "A29": (ProblemKind.DUPLICATE_MUNICIPALITY, Level.ERROR),
        "A30": (ProblemKind.AMBIGUOUS_MUNICIPALITY, Level.ERROR),
        "C26": (ProblemKind.NOT_A_NUMBER, Level.ERROR),
        "B12": (ProblemKind.ERROR_VALUE, Level.ERROR),
        "C17": (ProblemKind.FORMULA_WITHOUT_VALUE, Level.ERROR),
        "C9": (ProblemKind.NOT_WHOLE, Level.ERROR),
        "C8": (ProblemKind.NEGATIVE, Level.ERROR),
        "C15": (ProblemKind.EMPTY, Level.ERROR),
        "C2": (ProblemKind.IMPLAUSIBLE, Level.WARNING),
    }


def test_fouten_are_told_in_the_order_of_the_sheet():
    _, extracted = imported("fouten.xlsx")
    told = [problem.cell for problem in extracted.problems]
    assert told == ["C2", "C8", "C9", "B12", "C15", "C17", "C26", "A28", "A29", "A30"]


def test_fouten_say_what_was_expected_and_what_was_found():
    _, extracted = imported("fouten.xlsx")
    messages = {problem.cell: problem.message for problem in extracted.problems}
    assert messages["C8"] == "Hier hoort de realisatie te staan, 0 of meer; gevonden is −3."
    assert messages["C9"] == "Hier hoort de realisatie in hele personen te staan; gevonden is 12,5."
    assert messages["B12"] == "Hier hoort de taakstelling te staan; de formule geeft de fout #REF!."
    assert messages["C26"] == "Hier hoort de realisatie als getal te staan; gevonden is “n.n.b.”."
    assert messages["A29"].startswith("Zeist staat ook in A27.")
    assert messages["A30"].startswith("“Bergen” kan Bergen (L.) of Bergen (NH.) zijn.")
