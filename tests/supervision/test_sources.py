"""Each number of the sum opens to where it came from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.figures import assess_municipality, figures_behind
from supervision.models import Delivery, Herverdeling
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.screens.explanation import Sum, SumLine, sum_of_half_year
from tests.supervision.conftest import MORNING
from tests.supervision.ledger import NOON, deliver

NOW = Period(2022, 1)

pytestmark = pytest.mark.usefixtures("within_utrecht")


def the_sum(municipality: Municipality, period: Period = NOW) -> Sum:
    assessment = assess_municipality(municipality=municipality, period=period)
    return sum_of_half_year(
        assessment,
        behind=figures_behind(municipality=municipality, period=period),
        herverdelingen=assessment.swaps,
        entry_url="/invoer/",
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def written(made: Sum) -> list[tuple[str, str, str]]:
    return [(line.op, plain(line.label), line.value) for line in made.lines]


def source(line: SumLine) -> dict[str, str]:
    return {each.term: plain(each.text) for each in line.source}


def line_of(made: Sum, label: str) -> SumLine:
    return next(line for line in made.lines if plain(line.label).startswith(label))


def municipality(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def test_the_dossiers_sum(dossier: Herverdeling, city: Municipality) -> None:
    made = the_sum(city)
    assert written(made) == [
        ("", "Taakstelling 2022-1", "203"),
        ("+", "Herverdeling van Utrechtse Heuvelrug", "1"),
        ("+", "Achterstand op 1 januari 2022", "171"),
        ("=", "Totaalopgave", "375"),
        ("−", "Realisatie", "168"),
        ("=", "Achterstand op 1 juli 2022", "207"),
    ]
    assert [(share.fraction, share.percentage) for share in made.shares] == [
        ("168 van 204", "82%"),
        ("168 van 375", "45%"),
    ]
    assert source(line_of(made, "Totaalopgave")) == {"Berekend": "203 + 1 + 171"}
    assert source(line_of(made, "Achterstand op 1 juli")) == {"Berekend": "375 − 168"}


def test_the_other_side_of_the_herverdeling(dossier: Herverdeling) -> None:
    line = line_of(the_sum(municipality("GM1581")), "Herverdeling")
    assert (line.op, line.label, line.value) == ("−", "Herverdeling naar Utrecht", "1")


def test_a_figure_says_who_recorded_it_when_and_from_what(
    utrecht: Province, city: Municipality, supervisor: User
) -> None:
    actions.record_figures(
        by=supervisor,
        province=utrecht,
        period=NOW,
        entries=[actions.Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=203)],
        now=MORNING,
        document="Circulaire 2021",
        is_sample=True,
    )
    assert source(line_of(the_sum(city), "Taakstelling")) == {
        "Stand van": "1 januari 2022",
        "Document": "Circulaire 2021",
        "Hoe": "Getypt",
        "Vastgelegd": f"{supervisor}, 4 juli 2022, 10.12 uur",
        "Let op": "Voorbeeldcijfer, niet van het COA",
    }


def test_a_replaced_figure_stays_in_sight(city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, realisatie=166, now=MORNING)
    deliver(by=supervisor, municipality=city, realisatie=168, overrules=True)
    line = line_of(the_sum(city), "Realisatie")
    assert line.value == "168"
    assert source(line)["Verving"] == (
        f"166 (stand van 1 juli 2022; vastgelegd door {supervisor}, 4 juli 2022, 10.12 uur)"
    )


def test_a_correction_of_a_closed_half_year_says_why(city: Municipality, utrecht: Province, supervisor: User) -> None:
    def correct(persons: int, reason: str) -> None:
        actions.record_figures(
            by=supervisor,
            province=utrecht,
            period=NOW,
            entries=[actions.Entry(municipality=city, kind=Kind.REALISATION, persons=persons, overrules=True)],
            now=NOON,
            reason=reason,
        )

    deliver(by=supervisor, municipality=city, realisatie=166, now=MORNING)
    correct(167, "Dubbel geteld")
    correct(168, "Toch niet dubbel geteld")
    told = source(line_of(the_sum(city), "Realisatie"))
    assert told["Correctie"] == "Toch niet dubbel geteld"
    replaced = [plain(line.text) for line in line_of(the_sum(city), "Realisatie").source if line.term == "Verving"]
    assert replaced[0].endswith("14.00 uur: Dubbel geteld)")
    assert replaced[1].endswith("10.12 uur)")


def test_the_sum_says_since_when_the_half_year_is_closed(city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, realisatie=89, as_of=date(2022, 4, 1), now=MORNING)
    assert the_sum(city).closed == ""
    deliver(by=supervisor, municipality=city, realisatie=166, now=MORNING, overrules=True)
    deliver(by=supervisor, municipality=city, realisatie=168, overrules=True)
    assert plain(the_sum(city).closed) == (
        "Gesloten op 4 juli 2022 met de stand van de peildatum: een correctie heeft een reden nodig."
    )


def test_a_figure_from_a_workbook_says_its_cell_and_leads_to_the_file(
    city: Municipality, utrecht: Province, supervisor: User
) -> None:
    def imported(name: str, cell: str, persons: int) -> str:
        recorded = actions.record_figures(
            by=supervisor,
            province=utrecht,
            period=NOW,
            entries=[
                actions.Entry(
                    municipality=city,
                    kind=Kind.TAAKSTELLING,
                    persons=persons,
                    overrules=True,
                    sheet="Overzicht",
                    cell=cell,
                )
            ],
            now=MORNING,
            way=Delivery.Way.WORKBOOK,
            document=name,
        )
        return f"/leveringen/{recorded.delivery.pk}/werkboek/"

    first, second = imported("oud.xlsx", "C9", 230), imported("nieuw.xlsx", "C10", 203)
    line = line_of(the_sum(city), "Taakstelling")
    told = source(line)
    assert (told["Werkboek"], told["Blad en cel"], told["Hoe"]) == ("nieuw.xlsx", "Overzicht, C10", "Werkboek")
    assert told["Verving"].startswith("230 (stand van 1 januari 2022, oud.xlsx, Overzicht, C9; vastgelegd door")
    assert [(each.url, each.link) for each in line.source if each.url] == [
        (second, ""),
        (first, "werkboek"),
    ]


def test_a_withdrawn_figure_is_marked_and_does_not_count(city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, realisatie=166, now=MORNING)
    wrong = deliver(by=supervisor, municipality=city, realisatie=861, overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON + timedelta(hours=1), reason="Verkeerde kolom")
    line = line_of(the_sum(city), "Realisatie")
    assert line.value == "166"
    assert source(line)["Ingetrokken"] == (
        f"861 (stand van 1 juli 2022; ingetrokken door {supervisor}, 8 september 2022, 15.00 uur: Verkeerde kolom)"
    )


def test_a_figure_that_lacks_leads_to_where_it_is_typed(city: Municipality) -> None:
    made = the_sum(city)
    assert [line.value for line in made.lines] == ["–"] * 5
    [missing] = line_of(made, "Taakstelling").source
    assert (missing.term, missing.text, missing.url) == ("Ontbreekt", "Nog niet ingevoerd", "/invoer/")
    assert source(line_of(made, "Totaalopgave"))["Berekend"].startswith("nog niet")


def test_coas_opening_stands_beside_the_computed_one(dossier: Herverdeling) -> None:
    amersfoort = line_of(the_sum(municipality("GM0307")), "Achterstand op 1 januari")
    assert amersfoort.value == "50"
    assert source(amersfoort)["Verschil"] == "119 − 67 (eind van 2021-2): 52. COA meldt 50; COA is leidend."


def test_an_opening_that_agrees_says_so(dossier: Herverdeling, city: Municipality) -> None:
    assert source(line_of(the_sum(city), "Achterstand op 1 januari"))["Klopt met"] == "379 − 208 (eind van 2021-2)"


def test_a_computed_opening_says_that_coa_gave_none(dossier: Herverdeling) -> None:
    assert source(line_of(the_sum(municipality("GM1581")), "Achterstand op 1 januari")) == {
        "Berekend": "42 − 31 (eind van 2021-2)",
        "COA": "heeft voor dit halfjaar geen eigen achterstand gemeld",
    }


def test_a_voorsprong_is_called_so(dossier: Herverdeling) -> None:
    houten = the_sum(municipality("GM0321"))
    assert written(houten)[-1] == ("=", "Voorsprong op 1 juli 2022", "−2")


def test_a_half_year_that_runs_says_up_to_when(dossier: Herverdeling, city: Municipality) -> None:
    assert written(the_sum(city, NOW.next))[-2:] == [
        ("−", "Realisatie tot 7 juli 2022", "15"),
        ("=", "Nog te huisvesten", "467"),
    ]


def test_a_withdrawn_herverdeling_is_told_below_the_sum(
    dossier: Herverdeling, city: Municipality, supervisor: User
) -> None:
    actions.withdraw_delivery(by=supervisor, delivery=dossier.delivery, now=NOON, reason="Dubbel")
    made = the_sum(city)
    assert len(made.lines) == 5
    assert [plain(sentence) for sentence in made.withdrawn] == [
        f"Herverdeling van Utrechtse Heuvelrug: 1 persoon, ingetrokken door {supervisor}, 8 september 2022, 14.00 uur: Dubbel."
    ]


def test_a_herverdeling_tells_what_was_agreed(city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=municipality("GM1581"), taakstelling=29)
    actions.agree_herverdeling(
        by=supervisor,
        period=NOW,
        from_municipality=municipality("GM1581"),
        to_municipality=city,
        count=2,
        now=NOON,
        agreed_on=MORNING.date(),
        note="Woning in Doorn",
        way=Delivery.Way.TYPED,
        document="Brief van 1 juli",
    )
    told = source(line_of(the_sum(city), "Herverdeling"))
    assert (told["Afgesproken"], told["Toelichting"], told["Document"]) == (
        "4 juli 2022",
        "Woning in Doorn",
        "Brief van 1 juli",
    )
