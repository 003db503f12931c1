"""The writes: what a delivery records, what it refuses, and that nothing is lost."""

from datetime import date
from uuid import uuid4

import pytest

from municipalities.models import Municipality
from supervision import actions, figures
from supervision.actions import Entry, ReasonNeeded, Refused
from supervision.models import Delivery, Figure, Herverdeling
from supervision.rules.opgave import Kind, OwnCount
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON, deliver, swap

P = Period(2022, 1)


@pytest.fixture
def province(within_utrecht):
    return within_utrecht


def record(*entries, by, province, period=P, **more):
    return actions.record_figures(by=by, province=province, period=period, entries=entries, now=NOON, **more)


def in_force(province, city, kind=Kind.REALISATION, period=P):
    return figures.figures_in_force(province=province, period=period).get((city.pk, kind))


def test_a_delivery_says_who_put_what_in_when_and_from_which_document(province, city, supervisor):
    entries = [
        Entry(municipality=city, kind=Kind.ACHTERSTAND, persons=171),
        Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=203),
        Entry(municipality=city, kind=Kind.REALISATION, persons=168),
    ]
    delivery = record(*entries, by=supervisor, province=province, document="COA, stand 1 juli 2022").delivery
    assert (delivery.recorded_by, delivery.recorded_at, delivery.way) == (supervisor, NOON, Delivery.Way.TYPED)
    assert delivery.document == "COA, stand 1 juli 2022"
    recorded = {figure.kind: (figure.persons, figure.as_of) for figure in delivery.figures.all()}
    assert recorded == {
        Kind.ACHTERSTAND: (171, date(2022, 1, 1)),
        Kind.TAAKSTELLING: (203, date(2022, 1, 1)),
        Kind.REALISATION: (168, date(2022, 7, 1)),
    }


def test_a_realisatie_typed_while_the_half_year_runs_counts_to_today(province, city, supervisor):
    delivery = deliver(by=supervisor, municipality=city, period=P.next, realisatie=15)
    assert delivery.figures.get().as_of == date(2022, 9, 8)


def test_a_typed_figure_takes_the_day_of_the_one_that_it_replaces(province, city, supervisor):
    deliver(by=supervisor, municipality=city, taakstelling=150, as_of=date(2022, 3, 26))
    corrected = deliver(by=supervisor, municipality=city, taakstelling=151, overrules=True)
    assert corrected.figures.get().as_of == date(2022, 3, 26)
    assert in_force(province, city, Kind.TAAKSTELLING).persons == 151


def test_the_same_form_twice_changes_nothing(province, city, supervisor):
    entry = Entry(municipality=city, kind=Kind.REALISATION, persons=168)
    record(entry, by=supervisor, province=province)
    again = record(entry, by=supervisor, province=province)
    assert again.delivery is None
    assert again.clashes == ()
    assert Figure.objects.count() == 1


def test_of_two_supervisors_on_one_cell_the_second_is_asked(province, city, supervisor):
    colleague = make_user(province=province)
    seen = deliver(by=supervisor, municipality=city, realisatie=160).figures.get()
    mine = Entry(municipality=city, kind=Kind.REALISATION, persons=168, based_on=seen.pk)
    theirs = Entry(municipality=city, kind=Kind.REALISATION, persons=166, based_on=seen.pk)
    record(theirs, by=colleague, province=province, reason="Hertelling")

    outcome = record(mine, by=supervisor, province=province)

    assert outcome.delivery is None
    [clash] = outcome.clashes
    assert clash.theirs.persons == 166
    assert clash.theirs.delivery.recorded_by == colleague
    assert in_force(province, city).persons == 166


def test_what_does_not_clash_is_saved(province, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=160)
    outcome = record(
        Entry(municipality=city, kind=Kind.REALISATION, persons=168),
        Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=203),
        by=supervisor,
        province=province,
        reason="Nagekomen brief",
    )
    assert [clash.entry.kind for clash in outcome.clashes] == [Kind.REALISATION]
    assert in_force(province, city, Kind.TAAKSTELLING).persons == 203


def test_two_who_type_the_same_number_do_not_clash(province, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=168)
    outcome = record(
        Entry(municipality=city, kind=Kind.REALISATION, persons=168), by=make_user(province=province), province=province
    )
    assert outcome == actions.Recorded(delivery=None, clashes=())


def test_choosing_ones_own_overrules_what_was_shown(province, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=166)
    deliver(by=supervisor, municipality=city, realisatie=168, overrules=True)
    assert in_force(province, city).persons == 168


def test_a_figure_withdrawn_meanwhile_is_no_clash(province, city, supervisor):
    seen = deliver(by=supervisor, municipality=city, realisatie=160)
    base = seen.figures.get().pk
    actions.withdraw_delivery(by=supervisor, delivery=seen, now=NOON, reason="Vergissing")
    outcome = record(
        Entry(municipality=city, kind=Kind.REALISATION, persons=168, based_on=base), by=supervisor, province=province
    )
    assert outcome.delivery is not None


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"kind": Kind.REALISATION, "persons": -3}, "De realisatie van Utrecht kan niet onder nul zijn"),
        ({"kind": Kind.TAAKSTELLING, "persons": -1}, "De taakstelling van Utrecht kan niet onder nul zijn"),
        ({"kind": Kind.ACHTERSTAND, "persons": 99_999_999_999}, "99.999.999.999 is te veel"),
        ({"kind": Kind.ACHTERSTAND, "persons": -100_000}, "−100.000 is te veel"),
        ({"kind": Kind.REALISATION, "persons": 1, "as_of": date(2022, 7, 2)}, "tot en met 1\u00a0juli 2022"),
        ({"kind": Kind.REALISATION, "persons": 1, "as_of": date(2021, 12, 31)}, "van 1\u00a0januari 2022"),
    ],
)
def test_an_impossible_figure_is_refused_in_a_sentence_and_nothing_is_written(
    province, city, supervisor, entry, sentence
):
    good = Entry(municipality=city, kind=Kind.ACHTERSTAND, persons=1)
    with pytest.raises(Refused, match=sentence):
        record(good, Entry(municipality=city, **entry), by=supervisor, province=province)
    assert not Delivery.objects.exists()


def test_a_voorsprong_is_a_negative_achterstand(province, city, supervisor):
    deliver(by=supervisor, municipality=city, achterstand=-127)
    assert in_force(province, city, Kind.ACHTERSTAND).persons == -127


@pytest.mark.parametrize(
    ("code", "period", "sentence"),
    [
        ("GM0620", P, "Vianen bestond in 2022-1 niet meer: opgeheven op 1\u00a0januari 2019"),
        ("GM1961", Period(2018, 2), "Vijfheerenlanden bestond in 2018-2 nog niet: pas sinds 1\u00a0januari 2019"),
    ],
)
def test_a_municipality_that_was_not_there_in_the_half_year_gets_no_figures(
    utrecht, supervisor, code, period, sentence
):
    municipality = Municipality.objects.get(code=code)
    entry = Entry(municipality=municipality, kind=Kind.TAAKSTELLING, persons=1)
    with pytest.raises(Refused, match=sentence):
        record(entry, by=supervisor, province=municipality.province, period=period)


def test_a_municipality_of_another_province_is_refused(province, supervisor):
    arnhem = Municipality.objects.get(name="Arnhem")
    with pytest.raises(Refused, match="Arnhem hoort niet bij de provincie Utrecht"):
        record(Entry(municipality=arnhem, kind=Kind.TAAKSTELLING, persons=1), by=supervisor, province=province)


def test_a_delivery_is_withdrawn_once_and_whole(province, city, supervisor):
    delivery = deliver(by=supervisor, municipality=city, taakstelling=203, realisatie=168)
    assert actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON, reason="Vergissing")
    assert not figures.figures_in_force(province=province, period=P)
    colleague = make_user(province=province)
    assert not actions.withdraw_delivery(by=colleague, delivery=delivery, now=NOON, reason="Nog eens")
    delivery.refresh_from_db()
    assert (delivery.withdrawn_by, delivery.withdrawn_at) == (supervisor, NOON)
    assert Figure.objects.count() == 2


def test_a_herverdeling_moves_persons_and_is_withdrawn_as_any_delivery(province, city, supervisor):
    herverdeling = swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1, note="brief van 3 mei")
    assert figures.assess_municipality(municipality=city, period=P).opgave.herverdeling == 1
    actions.withdraw_delivery(by=supervisor, delivery=herverdeling.delivery, now=NOON)
    assert figures.assess_municipality(municipality=city, period=P).opgave.herverdeling == 0


def test_a_herverdeling_sent_twice_is_made_once(province, supervisor):
    submission = uuid4()
    first = swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1, submission=submission)
    again = swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=1, submission=submission)
    assert first == again
    assert Herverdeling.objects.count() == 1


@pytest.mark.parametrize(
    ("giver", "taker", "count", "sentence"),
    [
        ("GM0344", "GM0344", 1, "twee verschillende gemeenten"),
        ("GM0344", "GM0202", 1, "Arnhem hoort niet bij de provincie Utrecht"),
        ("GM0620", "GM0344", 1, "Vianen"),
        ("GM1581", "GM0344", 0, "van 1 tot"),
        ("GM1581", "GM0344", 100_000, "van 1 tot"),
    ],
)
def test_two_that_cannot_swap_are_refused(province, supervisor, giver, taker, count, sentence):
    with pytest.raises(Refused, match=sentence):
        swap(by=supervisor, period=P, giver=giver, taker=taker, count=count)
    assert not Delivery.objects.exists()


def test_nobody_gives_more_than_the_taakstelling(province, supervisor):
    deliver(by=supervisor, municipality=Municipality.objects.get(code="GM1581"), taakstelling=2)
    swap(by=supervisor, period=P, giver="GM1581", taker="GM0344", count=2)
    with pytest.raises(Refused, match="taakstelling van 0\u00a0personen en kan er geen 1 overdragen"):
        swap(by=supervisor, period=P, giver="GM1581", taker="GM0307", count=1)


# -- a closed half-year -------------------------------------------------------


@pytest.fixture
def closed(province, city, supervisor):
    """2022-1 of the city with its final count, and the delivery that closed it."""
    deliver(by=supervisor, municipality=city, achterstand=171, taakstelling=203)
    return deliver(by=supervisor, municipality=city, realisatie=168)


def test_what_a_closed_half_year_rests_on_is_withdrawn_only_with_a_reason(closed, city, supervisor, province):
    with pytest.raises(ReasonNeeded) as refusal:
        actions.withdraw_delivery(by=supervisor, delivery=closed, now=NOON)
    assert str(refusal.value) == "2022-1 is gesloten voor Utrecht. Geef een reden voor de correctie."
    assert (refusal.value.municipalities, refusal.value.period) == ((city,), P)
    assert in_force(province, city).persons == 168
    assert actions.withdraw_delivery(by=supervisor, delivery=closed, now=NOON, reason="Verkeerd bestand")
    closed.refresh_from_db()
    assert closed.withdrawal_reason == "Verkeerd bestand"
    assert in_force(province, city) is None


@pytest.mark.parametrize(
    ("kind", "persons"), [(Kind.REALISATION, 169), (Kind.TAAKSTELLING, 204), (Kind.ACHTERSTAND, 170)]
)
def test_a_closed_half_year_is_corrected_only_with_a_reason(closed, city, supervisor, province, kind, persons):
    entry = Entry(municipality=city, kind=kind, persons=persons, overrules=True)
    for empty in ("", "  "):
        with pytest.raises(ReasonNeeded, match="2022-1 is gesloten voor Utrecht"):
            record(entry, by=supervisor, province=province, reason=empty)
    assert Delivery.objects.latest("pk") == closed
    delivery = record(entry, by=supervisor, province=province, reason=" Hertelling ").delivery
    assert (delivery.reason, in_force(province, city, kind).persons) == ("Hertelling", persons)


def test_filling_what_lacked_in_a_closed_half_year_is_a_correction_too(city, supervisor, province):
    deliver(by=supervisor, municipality=city, realisatie=168)
    entry = Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=203)
    with pytest.raises(ReasonNeeded):
        record(entry, by=supervisor, province=province)
    assert in_force(province, city, Kind.TAAKSTELLING) is None


def test_of_several_only_those_that_are_closed_are_named_and_nothing_is_written(closed, city, supervisor, province):
    houten = Municipality.objects.get(code="GM0321")
    entries = [
        Entry(municipality=houten, kind=Kind.TAAKSTELLING, persons=29),
        Entry(municipality=city, kind=Kind.TAAKSTELLING, persons=204, overrules=True),
    ]
    with pytest.raises(ReasonNeeded) as refusal:
        record(*entries, by=supervisor, province=province)
    assert refusal.value.municipalities == (city,)
    assert in_force(province, houten, Kind.TAAKSTELLING) is None


def test_where_nothing_is_corrected_no_reason_is_kept(city, supervisor, province):
    entry = Entry(municipality=city, kind=Kind.REALISATION, persons=168)
    assert record(entry, by=supervisor, province=province, reason="Hertelling").delivery.reason == ""


def test_the_same_figures_again_need_no_reason(closed, city, supervisor, province):
    entry = Entry(municipality=city, kind=Kind.REALISATION, persons=168)
    assert record(entry, by=supervisor, province=province).delivery is None


def test_made_up_figures_close_nothing(city, supervisor, province):
    sample = Entry(municipality=city, kind=Kind.REALISATION, persons=150)
    record(sample, by=supervisor, province=province, is_sample=True)
    assert figures.closing_of(figures.assess_province(province=province, period=P)) is None
    entry = Entry(municipality=city, kind=Kind.REALISATION, persons=168, overrules=True)
    first = record(entry, by=supervisor, province=province).delivery
    assert figures.closing_of(figures.assess_province(province=province, period=P)).municipalities == 1
    with pytest.raises(ReasonNeeded):
        actions.withdraw_delivery(by=supervisor, delivery=first, now=NOON)


def test_a_count_of_an_earlier_day_corrects_nothing(closed, city, supervisor, province):
    entry = Entry(municipality=city, kind=Kind.REALISATION, persons=90, as_of=date(2022, 4, 1), overrules=True)
    assert record(entry, by=supervisor, province=province).delivery.reason == ""
    assert in_force(province, city).persons == 168


def test_what_a_municipality_counts_itself_corrects_nothing(closed, city, supervisor, province):
    entry = Entry(municipality=city, kind=OwnCount.LINKED, persons=15, as_of=date(2022, 6, 30))
    assert record(entry, by=supervisor, province=province).delivery is not None


def test_a_half_year_that_runs_asks_for_no_reason(province, city, supervisor):
    running = deliver(by=supervisor, municipality=city, realisatie=89, as_of=date(2022, 4, 1))
    assert actions.withdraw_delivery(by=supervisor, delivery=running, now=NOON)


def test_withdrawing_what_was_replaced_already_changes_nothing_and_needs_no_reason(closed, city, supervisor):
    deliver(by=supervisor, municipality=city, realisatie=169, overrules=True)
    assert actions.withdraw_delivery(by=supervisor, delivery=closed, now=NOON)


def test_a_herverdeling_in_a_closed_half_year_has_a_note(closed, city, supervisor):
    heuvelrug = Municipality.objects.get(code="GM1581")
    deliver(by=supervisor, municipality=heuvelrug, taakstelling=29)
    what = {"by": supervisor, "period": P, "from_municipality": heuvelrug, "to_municipality": city, "now": NOON}
    with pytest.raises(ReasonNeeded, match="2022-1 is gesloten voor Utrecht"):
        actions.agree_herverdeling(**what, count=1)
    agreed = actions.agree_herverdeling(**what, count=1, note="Brief 12-AB")
    with pytest.raises(ReasonNeeded):
        actions.withdraw_delivery(by=supervisor, delivery=agreed.delivery, now=NOON)
    actions.withdraw_delivery(by=supervisor, delivery=agreed.delivery, now=NOON, reason="Ging niet door")


def test_many_closed_municipalities_are_counted(province):
    municipalities = [Municipality(pk=number, name=f"Gemeente {number}") for number in range(1, 8)]
    assert str(ReasonNeeded([*municipalities, municipalities[0]], period=P)) == (
        "2022-1 is gesloten voor Gemeente 1, Gemeente 2, Gemeente 3, Gemeente 4 en 3 andere. "
        "Geef een reden voor de correctie."
    )
