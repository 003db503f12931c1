"""Workbooks into the ledger: what is taken, what is refused, and what is checked again at the last moment."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Province
from supervision import actions
from supervision.actions.workbooks import ChangedMeanwhile, change_mapping, confirm_workbook, set_aside
from supervision.coa.refusal import PersonalData, Unreadable
from supervision.figures import figures_in_force
from supervision.models import Delivery, Figure, LayoutProfile, WorkbookImport
from supervision.rules.opgave import Kind
from supervision.workbooks import Change, file_name, reading_of, warning_key
from tests.supervision.coa import making
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver
from tests.supervision.workbook_files import PEILDATUM, example, give, municipality, small

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


@pytest.fixture
def someone(supervisor, province):
    """Who does everything here."""
    return {"by": supervisor, "province": province}


def confirm(given, **more):
    reading = given.reading
    return confirm_workbook(
        by=given.workbook.given_by,
        workbook=given.workbook,
        now=LATER,
        **{"seen": reading.token, "confirms_all": True, **more},
    )


def refused(given, **more):
    before = (Delivery.objects.count(), Figure.objects.count(), LayoutProfile.objects.count())
    with pytest.raises(actions.Refused) as refusal:
        confirm(given, **more)
    assert (Delivery.objects.count(), Figure.objects.count(), LayoutProfile.objects.count()) == before
    assert WorkbookImport.objects.get(pk=given.workbook.pk).delivery is None
    return refusal.value


def in_force(code, kind):
    where = municipality(code)
    cells = figures_in_force(province=where.province, period=FIRST_HALF_OF_2022)
    figure = cells.get((where.pk, kind))
    return figure and figure.persons


# -- give ---------------------------------------------------------------------


def test_a_workbook_that_is_given_is_kept_and_changes_nothing(someone):
    given = give(**someone, name="simple.xlsx").workbook
    content = example("simple.xlsx")
    assert bytes(given.content) == content
    assert given.sha256 == hashlib.sha256(content).hexdigest()
    assert (given.period, given.as_of, given.name) == (FIRST_HALF_OF_2022, PEILDATUM, "simple.xlsx")
    assert not Delivery.objects.exists()


def test_the_peildatum_is_that_of_the_file_where_none_is_chosen(someone):
    assert give(**someone, name="landelijk.xlsx", as_of=None).workbook.as_of == PEILDATUM


def test_the_same_file_again_is_noticed(someone):
    first = give(**someone)
    assert first.earlier is None
    assert give(**someone, now=LATER).earlier == first.workbook


def test_a_file_that_was_put_aside_is_not_noticed_again(someone):
    first = give(**someone)
    set_aside(by=someone["by"], workbook=first.workbook, now=LATER)
    assert give(**someone).earlier is None


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Unreadable),
        (b"%PDF-1.7 x", Unreadable),
        (b"PK\x03\x04damaged", Unreadable),
        (making.xlsx([("Gemeente", "V-nummer", "Realisatie"), ("Utrecht", "2801234567", 1)]), PersonalData),
        (making.xlsx([("Gemeente", "BSN", "Realisatie"), ("Utrecht", "123456782", 1)]), PersonalData),
    ],
    ids=["empty", "pdf", "damaged", "v-number", "bsn"],
)
def test_what_may_not_be_kept_is_not_kept(someone, content, error):
    with pytest.raises(error):
        give(**someone, content=content)
    assert not WorkbookImport.objects.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\map\\stand.xlsx", "stand.xlsx"),
        ("a\x00b\u202eslx.xlsx", "a\ufffdb\ufffdslx.xlsx"),
        ("  ", "werkboek"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
    ],
)
def test_the_name_of_a_file_is_only_a_name(sent, kept):
    assert file_name(sent) == kept


# -- read otherwise, and put aside --------------------------------------------


def test_a_column_can_be_read_as_something_else(someone):
    given = give(**someone)
    changed = change_mapping(by=someone["by"], workbook=given.workbook, choices={"column:C": "negeren"})
    assert {line.kind for line in reading_of(changed).lines} == {Kind.TAAKSTELLING}


def test_another_day_of_a_file_with_several(someone):
    given = give(**someone, name="tvs.xlsx")
    changed = change_mapping(by=someone["by"], workbook=given.workbook, choices={"as_of": "2022-04-01"})
    assert changed.as_of == date(2022, 4, 1)
    utrecht = next(line for line in reading_of(changed).lines if line.municipality.code == "GM0344")
    assert utrecht.comes.persons == 89


def test_a_realisatie_outside_the_half_year_is_an_obstacle(someone):
    given = give(**someone, as_of=date(2022, 8, 1))
    assert "Kies een andere peildatum" in given.reading.obstacle
    assert "Kies een andere peildatum" in str(refused(given))


def test_what_is_put_aside_loses_its_content(someone):
    given = give(**someone).workbook
    set_aside(by=someone["by"], workbook=given, now=LATER)
    given.refresh_from_db()
    assert bytes(given.content) == b""
    assert (given.set_aside_by, given.set_aside_at) == (someone["by"], LATER)
    with pytest.raises(actions.Refused, match="weggelegd"):
        change_mapping(by=someone["by"], workbook=given, choices={})


# -- confirm ------------------------------------------------------------------


def test_a_confirmed_workbook_is_one_delivery_with_the_cells_of_its_figures(someone):
    given = give(**someone, name="landelijk.xlsx")
    delivery = confirm(given, reason="")
    assert (delivery.way, delivery.document) == (Delivery.Way.WORKBOOK, "landelijk.xlsx")
    city = {figure.kind: figure for figure in delivery.figures.filter(municipality__code="GM0344")}
    assert [(city[kind].persons, city[kind].sheet, city[kind].cell) for kind in Kind] == [
        (203, "Overzicht", "D287"),
        (171, "Overzicht", "C287"),
        (168, "Overzicht", "F287"),
    ]
    assert city[Kind.REALISATION].as_of == PEILDATUM
    assert delivery.figures.count() == 78
    given.workbook.refresh_from_db()
    assert given.workbook.delivery == delivery
    assert given.workbook.mapping["read"]["sheet"] == "Overzicht"


def test_only_what_changes_is_recorded(someone):
    confirm(give(**someone))
    deliver(by=someone["by"], municipality=municipality("GM0307"), realisatie=61, overrules=True, now=LATER)
    given = give(**someone)
    assert [(line.municipality.code, line.change) for line in given.reading.recorded] == [("GM0307", Change.OTHER)]
    assert confirm(given, reason="Correctie van COA").figures.get().persons == 60


def test_where_nothing_changes_nothing_is_recorded(someone):
    confirm(give(**someone))
    assert "er is niets vast te leggen" in str(refused(give(**someone)))


def test_undo_brings_back_what_was_there(someone):
    deliver(by=someone["by"], municipality=municipality("GM0344"), taakstelling=200)
    delivery = confirm(give(**someone))
    assert in_force("GM0344", Kind.TAAKSTELLING) == 203
    actions.withdraw_delivery(by=someone["by"], delivery=delivery, now=LATER, reason="Verkeerd bestand")
    assert in_force("GM0344", Kind.TAAKSTELLING) == 200
    assert in_force("GM0344", Kind.REALISATION) is None


def test_rows_with_an_error_are_left_out_only_when_somebody_says_so(someone):
    given = give(**someone, name="fouten.xlsx")
    assert "weggelaten" in str(refused(given))
    delivery = confirm(given, leave_out=True)
    assert delivery.figures.values("municipality").distinct().count() == 19
    assert in_force("GM0321", Kind.REALISATION) is None


def test_warnings_are_confirmed_one_by_one_or_together(someone):
    given = give(**someone, name="fouten.xlsx")
    [warning] = given.reading.warnings
    assert "waarschuwing bij cel C2" in str(refused(given, leave_out=True, confirms_all=False))
    assert confirm(given, leave_out=True, confirms_all=False, confirmed=[warning_key(warning)])


def test_a_question_must_be_answered_first(someone):
    given = give(**someone, name="tvs.xlsx", as_of=None)
    assert "Beantwoord eerst" in str(refused(given))


def test_a_figure_that_changed_meanwhile_stops_everything_and_is_named(someone):
    deliver(by=someone["by"], municipality=municipality("GM0331"), realisatie=7)
    given = give(**someone)
    deliver(by=someone["by"], municipality=municipality("GM0331"), realisatie=6, overrules=True)
    refusal = refused(given)
    assert isinstance(refusal, ChangedMeanwhile)
    [change] = refusal.changes
    assert change.startswith("Lopik: de realisatie is nu 6 (")
    assert in_force("GM0344", Kind.REALISATION) is None


def test_a_figure_that_came_where_none_was_stops_it_too(someone):
    given = give(**someone)
    deliver(by=someone["by"], municipality=municipality("GM0331"), taakstelling=9)
    assert refused(given).changes[0].startswith("Lopik: de taakstelling is nu 9 (")


def test_a_delivery_that_was_withdrawn_meanwhile_stops_it_too(someone):
    wrong = deliver(by=someone["by"], municipality=municipality("GM0331"), taakstelling=9)
    given = give(**someone)
    actions.withdraw_delivery(by=someone["by"], delivery=wrong, now=LATER)
    assert refused(given).changes == ("Lopik: er is nu geen taakstelling meer.",)


def test_a_figure_elsewhere_stops_nothing(someone):
    given = give(**someone, content=small(("Utrecht", 203, 168)))
    deliver(by=someone["by"], municipality=municipality("GM0331"), taakstelling=9)
    assert confirm(given).figures.count() == 2


def test_a_way_of_reading_that_changed_meanwhile_stops_it(someone):
    given = give(**someone)
    change_mapping(by=someone["by"], workbook=given.workbook, choices={"column:C": "negeren"})
    with pytest.raises(ChangedMeanwhile, match="anders gekozen"):
        confirm(given)


def test_a_workbook_is_confirmed_once(someone):
    given = give(**someone)
    confirm(given)
    with pytest.raises(actions.Refused, match="al vastgelegd"):
        confirm(given, seen=None)
    assert Delivery.objects.count() == 1


def test_a_closed_half_year_is_corrected_with_a_reason(someone):
    deliver(by=someone["by"], municipality=municipality("GM0344"), as_of=PEILDATUM, realisatie=166)
    given = give(**someone, content=small(("Utrecht", 203, 168)))
    assert given.reading.needs_reason
    assert "reden" in str(refused(given))
    assert confirm(given, reason="Te laat geregistreerd").reason == "Te laat geregistreerd"


def test_a_count_of_an_earlier_day_is_kept_and_does_not_come_in_force(someone):
    confirm(give(**someone, name="tvs.xlsx"))
    given = give(**someone, name="tvs.xlsx", as_of=date(2022, 4, 1))
    assert {line.change for line in given.reading.lines} == {Change.EARLIER}
    assert not given.reading.needs_reason
    assert confirm(given).figures.count() == 26
    assert in_force("GM0344", Kind.REALISATION) == 168
    assert not give(**someone, name="tvs.xlsx", as_of=date(2022, 4, 1)).reading.recorded


def test_the_number_that_was_counted_before_becomes_that_of_a_later_day(someone):
    deliver(by=someone["by"], municipality=municipality("GM0344"), as_of=date(2022, 6, 1), realisatie=168)
    given = give(**someone, content=small(("Utrecht", 203, 168)))
    assert [line.change for line in given.reading.lines if line.kind is Kind.REALISATION] == [Change.LATER]
    confirm(given)
    assert Figure.objects.filter(as_of=PEILDATUM, persons=168).exists()


# -- what is learnt -----------------------------------------------------------


def test_a_layout_that_worked_is_read_in_the_same_way_next_time(someone):
    header = ("Gemeente", "Taakstelling", "Kolom zonder woord")
    first = give(**someone, content=small(("Utrecht", 203, 168), ("Zeist", 37, 47), header=header))
    assert {line.kind for line in first.reading.lines} == {Kind.TAAKSTELLING}
    change_mapping(by=someone["by"], workbook=first.workbook, choices={"column:C": "realisatie"})
    first.workbook.refresh_from_db()
    confirm_workbook(by=someone["by"], workbook=first.workbook, now=LATER, confirms_all=True)
    assert LayoutProfile.objects.get().used_by == someone["by"]

    again = give(**someone, content=small(("Utrecht", 204, 169), ("Zeist", 37, 47), header=header))
    assert again.reading.proposal.follows_profile
    assert {line.kind for line in again.reading.lines} == {Kind.TAAKSTELLING, Kind.REALISATION}
    confirm(again, reason="Correctie")
    assert LayoutProfile.objects.count() == 1


# -- what is expected ---------------------------------------------------------


def warnings_of(someone, *rows, **more):
    given = give(**someone, content=small(*rows, **more))
    return [problem.message for problem in given.reading.warnings]


def test_a_taakstelling_far_from_the_share_of_the_inhabitants_is_doubted(someone):
    """Utrecht has 359,370 of the country's 17,475,415 inhabitants on 1 January 2021: 206 of 10,000."""
    assert warnings_of(someone, ("Utrecht", 203, 168)) == []
    [message] = warnings_of(someone, ("Utrecht", 230, 168))
    assert "wijkt meer dan 10% af" in message


def test_an_achterstand_other_than_the_computed_one_is_doubted(someone):
    before = FIRST_HALF_OF_2022.previous
    deliver(
        by=someone["by"],
        municipality=municipality("GM0307"),
        period=before,
        taakstelling=99,
        achterstand=20,
        realisatie=67,
    )
    header = ("Gemeente", "Achterstand 1-1-2022")
    assert warnings_of(someone, ("Amersfoort", 52), header=header) == []
    [message] = warnings_of(someone, ("Amersfoort", 50), header=header)
    assert "uit het vorige halfjaar volgt 52" in message


# -- queries ------------------------------------------------------------------


def queries_of(act):
    with CaptureQueriesContext(connection) as captured:
        result = act()
    return len(captured), result


def test_as_many_queries_for_few_rows_as_for_many(someone):
    names = list(
        Municipality.objects.filter(province=someone["province"], valid_to=None).values_list("name", flat=True)
    )
    few = small(*((name, 10, 8) for name in names[:3]))
    many = small(*((name, 11, 9) for name in names), header=("Gemeente", "Taakstelling", "Realisatie"))
    confirm(give(**someone, content=small(("Utrecht", 203, 168))), reason="x")
    taken_few, given_few = queries_of(lambda: give(**someone, content=few))
    confirmed_few, _ = queries_of(lambda: confirm(given_few, reason="x"))
    taken_many, given_many = queries_of(lambda: give(**someone, content=many))
    confirmed_many, _ = queries_of(lambda: confirm(given_many, reason="x"))
    assert (taken_many, confirmed_many) == (taken_few, confirmed_few)


def test_another_province_does_not_see_it(someone):
    given = give(**someone)
    elsewhere = Province.objects.get(code="PV25")
    assert not WorkbookImport.objects.filter(province=elsewhere, pk=given.workbook.pk).exists()


def test_a_delivery_of_a_thousand_figures_is_one_insert(someone):
    """On SQLite too, where Django would write a hundred at a time."""
    where = municipality("GM0344")
    delivery = deliver(by=someone["by"], municipality=where, taakstelling=1)
    days = [FIRST_HALF_OF_2022.start - timedelta(days=day) for day in range(1, 1001)]
    with CaptureQueriesContext(connection) as captured:
        Figure.objects.bulk_create(
            Figure(
                delivery=delivery,
                municipality=where,
                period=FIRST_HALF_OF_2022,
                kind=Kind.TAAKSTELLING,
                as_of=day,
                persons=1,
            )
            for day in days
        )
    assert sum("INSERT" in query["sql"] for query in captured) == 1


# -- another version of the taakstelling --------------------------------------


def test_a_lowered_taakstelling_is_another_version_from_the_day_that_was_chosen(someone):
    deliver(by=someone["by"], municipality=municipality("GM0344"), taakstelling=270)
    given = give(**someone, content=small(("Utrecht", 203, 168)))
    confirm(given, taakstelling_from=date(2022, 3, 26))
    told = Figure.objects.filter(kind=Kind.TAAKSTELLING).order_by("as_of").values_list("as_of", "persons")
    assert list(told) == [(FIRST_HALF_OF_2022.start, 270), (date(2022, 3, 26), 203)]
    assert in_force("GM0344", Kind.TAAKSTELLING) == 203


@pytest.mark.parametrize("day", [date(2022, 7, 1), date(2021, 6, 30)])
def test_a_version_from_outside_the_half_year_is_refused(someone, day):
    deliver(by=someone["by"], municipality=municipality("GM0344"), taakstelling=270)
    assert "geldt vanaf" in str(refused(give(**someone, content=small(("Utrecht", 203, 168))), taakstelling_from=day))


def test_a_version_from_before_the_one_in_force_is_refused(someone):
    deliver(by=someone["by"], municipality=municipality("GM0344"), as_of=date(2022, 4, 1), taakstelling=270)
    given = give(**someone, content=small(("Utrecht", 203, 168)))
    assert "kies die dag of een latere" in str(refused(given, taakstelling_from=date(2022, 3, 1)))


def test_a_figure_of_many_cells_keeps_the_first_and_the_last(someone):
    """Far to the right and below, where a range is as long as it gets."""
    months = ["jan 2022", "feb 2022", "mrt 2022", "apr 2022", "mei 2022", "jun 2022"]
    lead, above = [None] * 26, [[]] * 998
    rows = [[*lead, "Gemeente", *months], [*lead, "Utrecht", 9, 8, 7, 9, 8, 7], [*lead, "Zeist", 5, 6, 5, 6, 5, 6]]
    given = give(**someone, content=making.xlsx([*rows[:1], *above, *rows[1:]]))
    assert given.reading.proposal.asked == ()
    confirm(given)
    assert Figure.objects.get(municipality__code="GM0344").cell == "AB1000:AG1000"
