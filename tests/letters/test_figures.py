"""What a letter reads from the database, and in how many queries."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from letters.figures import Obstacle, case_of, letterhead_of, usual_details
from letters.words.case import Address, Case, Swap
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Role
from supervision import actions
from supervision.models import Delivery, LadderPolicy
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver, swap

PERIOD = FIRST_HALF_OF_2022


@pytest.fixture
def case(within_utrecht: Province, city: Municipality, supervisor: User) -> Case:
    record_the_dossier(by=supervisor, city=city)
    return case_for(city)


def case_for(municipality: Municipality) -> Case:
    case = case_of(municipality=municipality, period=PERIOD)
    assert isinstance(case, Case)
    return case


def test_the_case_of_the_dossier(case: Case) -> None:
    assert case.municipality == "Utrecht"
    assert case.address == Address(line="Postbus 16200", postcode="3500 CE", town="Utrecht")
    assert (case.opgave.totaalopgave, case.opgave.achterstand_end) == (375, 207)
    assert (case.trede_before, case.advice.trede) == (2, 3)
    assert case.herverdelingen == (Swap(other="Utrechtse Heuvelrug", persons=1),)
    assert case.next_opgave is not None
    assert case.next_opgave.totaalopgave == 482
    assert case.taakstelling_before is None


def test_the_other_side_of_a_herverdeling_sees_it_negative(case: Case, supervisor: User) -> None:
    heuvelrug = Municipality.objects.get(code="GM1581")
    deliver(by=supervisor, municipality=heuvelrug, achterstand=5, taakstelling=29, realisatie=30)
    assert case_for(heuvelrug).herverdelingen == (Swap(other="Utrecht", persons=-1),)


def test_a_herverdeling_of_the_next_half_year_is_read_from_both_sides(
    case: Case, city: Municipality, supervisor: User
) -> None:
    swap(by=supervisor, period=PERIOD.next, giver="GM0344", taker="GM0355", count=4)
    swap(by=supervisor, period=PERIOD.next, giver="GM0342", taker="GM0344", count=3)
    again = case_for(city)
    assert again.next_herverdelingen == (Swap(other="Zeist", persons=-4), Swap(other="Soest", persons=3))
    assert again.next_opgave is not None
    assert again.next_opgave.herverdeling == -1


def test_a_taakstelling_that_was_lowered_while_the_half_year_ran_is_known(
    case: Case, city: Municipality, supervisor: User
) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=150, as_of=date(2022, 4, 1), overrules=True)
    again = case_for(city)
    assert (again.taakstelling_before, again.opgave.taakstelling) == (203, 150)


def test_a_typing_error_put_right_is_no_change_of_the_ministry(
    case: Case, city: Municipality, supervisor: User
) -> None:
    deliver(by=supervisor, municipality=city, taakstelling=230, overrules=True)
    deliver(by=supervisor, municipality=city, taakstelling=203, overrules=True)
    assert case_for(city).taakstelling_before is None


def test_a_withdrawn_change_is_no_change(case: Case, city: Municipality, supervisor: User) -> None:
    delivery = deliver(by=supervisor, municipality=city, taakstelling=150, as_of=date(2022, 4, 1), overrules=True)
    actions.withdraw_delivery(by=supervisor, delivery=delivery, now=NOON, reason="Vergissing")
    assert case_for(city).taakstelling_before is None


# -- voorbeeldcijfers ---------------------------------------------------------------------------------------------------


def sampled(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(is_sample=True)


def test_a_half_year_before_that_only_gives_its_trede_may_be_a_sample(case: Case, city: Municipality) -> None:
    Delivery.objects.filter(figures__period=PERIOD.previous).update(is_sample=True)
    assert case_for(city).trede_before == 2
    assert not case_for(city).has_samples


@pytest.mark.parametrize(
    ("period", "figures"),
    [
        (PERIOD, {"achterstand": 171, "taakstelling": 204}),
        (PERIOD, {"achterstand": 172}),
        (PERIOD, {"realisatie": 169}),
        (PERIOD.next, {"taakstelling": 276}),
    ],
)
def test_each_figure_that_the_letter_states_may_be_the_sample(
    period: Period, figures: dict[str, int], case: Case, city: Municipality, supervisor: User
) -> None:
    delivery = deliver(by=supervisor, municipality=city, period=period, overrules=True, **figures)
    assert not case_for(city).has_samples
    sampled(delivery)
    assert case_for(city).has_samples


def test_what_the_letter_does_not_state_of_the_next_half_year_may_be_a_sample(
    case: Case, city: Municipality, supervisor: User
) -> None:
    sampled(deliver(by=supervisor, municipality=city, period=PERIOD.next, achterstand=208, realisatie=15))
    assert not case_for(city).has_samples


@pytest.mark.parametrize("period", [PERIOD, PERIOD.next])
def test_a_herverdeling_may_be_the_sample(period: Period, case: Case, city: Municipality, supervisor: User) -> None:
    herverdeling = swap(by=supervisor, period=period, giver="GM0344", taker="GM0355", count=2)
    assert not case_for(city).has_samples
    sampled(herverdeling.delivery)
    assert case_for(city).has_samples


def test_a_sample_that_is_no_longer_in_force_does_not_count(case: Case, city: Municipality, supervisor: User) -> None:
    sampled(deliver(by=supervisor, municipality=city, taakstelling=204, overrules=True))
    deliver(by=supervisor, municipality=city, taakstelling=203, overrules=True)
    wrong = deliver(by=supervisor, municipality=city, realisatie=160, overrules=True)
    sampled(wrong)
    actions.withdraw_delivery(by=supervisor, delivery=wrong, now=NOON, reason="Vergissing")
    assert not case_for(city).has_samples


def test_an_opening_that_was_computed_from_a_sample_is_one(within_utrecht: Province, supervisor: User) -> None:
    """As far back as the last opening that COA reported, and no further."""
    soest = Municipality.objects.get(code="GM0342")

    def record(back: int, **figures: int) -> Delivery:
        return deliver(by=supervisor, municipality=soest, period=PERIOD.back(back), **figures)

    oldest = record(3, achterstand=1, taakstelling=9, realisatie=9)
    reported = record(2, achterstand=2, taakstelling=9, realisatie=9)
    record(1, taakstelling=9, realisatie=9)
    record(0, taakstelling=9, realisatie=9)
    sampled(oldest)
    assert not case_for(soest).has_samples
    sampled(reported)
    assert case_for(soest).has_samples


def test_an_opening_that_coa_corrected_is_stated_beside_the_one_from_a_sample(
    case: Case, city: Municipality, supervisor: User
) -> None:
    Delivery.objects.filter(figures__period=PERIOD.previous).update(is_sample=True)
    deliver(by=supervisor, municipality=city, achterstand=172, overrules=True)
    assert case_for(city).opgave.start_difference == 1
    assert case_for(city).has_samples


def test_a_taakstelling_that_the_ministry_changed_may_have_been_a_sample(
    case: Case, city: Municipality, supervisor: User
) -> None:
    sampled(deliver(by=supervisor, municipality=city, taakstelling=204, overrules=True))
    deliver(by=supervisor, municipality=city, taakstelling=150, as_of=date(2022, 4, 1), overrules=True)
    assert case_for(city).taakstelling_before == 204
    assert case_for(city).has_samples


def test_of_the_demo_only_the_city_of_utrecht_has_published_figures(utrecht: Province) -> None:
    call_command("demo", stdout=StringIO())
    with scope(province=utrecht):
        municipalities = Municipality.objects.filter(province=utrecht, valid_to=None).select_related("province")
        unmarked = {each.name for each in municipalities if not case_for(each).has_samples}
    assert unmarked == {"Utrecht"}


def test_a_municipality_without_an_address_still_has_a_case(case: Case, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    assert case_for(Municipality.objects.get(pk=city.pk)).address is None


def test_without_figures_there_is_an_obstacle_that_names_them(within_utrecht: Province, city: Municipality) -> None:
    assert case_of(municipality=city, period=PERIOD) == Obstacle(missing=tuple(Kind))


def test_a_running_half_year_lacks_its_final_realisatie(case: Case, city: Municipality, supervisor: User) -> None:
    deliver(by=supervisor, municipality=city, period=PERIOD.next, realisatie=15, as_of=date(2022, 7, 7))
    assert case_of(municipality=city, period=PERIOD.next) == Obstacle(missing=(Kind.REALISATION,))


def test_without_a_policy_there_is_an_obstacle_though_every_figure_is_there(case: Case, city: Municipality) -> None:
    LadderPolicy.objects.all().delete()
    assert case_of(municipality=city, period=PERIOD) == Obstacle(missing=())


def test_after_a_ladder_of_other_steps_the_letter_speaks_of_no_step_up(case: Case, city: Municipality) -> None:
    """Trede 2 of two regimes is not the same as trede 2 of six."""
    assert case.trede_before == 2
    new = LadderPolicy.objects.create(province=city.province, name="Twee", source="", valid_from=PERIOD)
    new.steps.create(number=1, name="Groen", when="Anders.", follows="Niets.")
    new.steps.create(number=2, name="Rood", when="Zo.", follows="Praten.", metric="achterstand", threshold=1)
    case = case_for(city)
    assert (case.trede_before, case.advice.trede) == (None, 2)


def test_a_letter_takes_a_fixed_number_of_queries(case: Case, city: Municipality, supervisor: User) -> None:
    def queries() -> int:
        municipality = Municipality.objects.select_related("province", "post_address").get(pk=city.pk)
        with CaptureQueriesContext(connection) as captured:
            case_for(municipality)
            letterhead_of(municipality.province)
        return len(captured)

    few = queries()
    for code in ("GM0355", "GM0342", "GM0632"):
        swap(by=supervisor, period=PERIOD, giver=code, taker="GM0344", count=1)
        swap(by=supervisor, period=PERIOD.next, giver=code, taker="GM0344", count=1)
    assert queries() == few == 7


# -- who writes ---------------------------------------------------------------------------------------------------------


def test_a_province_without_a_letterhead_has_a_plain_one(within_utrecht: Province) -> None:
    letterhead = letterhead_of(within_utrecht)
    sender = letterhead.as_sender()
    assert letterhead.pk is None
    assert sender.organisation == "Provincie Utrecht"
    assert sender.wordmark == ("Provincie", "Utrecht")
    assert sender.authority == "Gedeputeerde Staten van Utrecht"
    assert sender.signatory_name == ""


def test_the_letterhead_is_that_of_the_own_province(within_utrecht: Province) -> None:
    make_letterhead(within_utrecht, unit="Een\n\n Twee \nDrie\nVier")
    assert letterhead_of(within_utrecht).as_sender().unit == ("Een", "Twee", "Drie")


def test_who_makes_letters_is_the_contact(within_utrecht: Province) -> None:
    letterhead = make_letterhead(within_utrecht)
    maker = make_user(role=Role.TOEZICHTHOUDER, province=within_utrecht)
    maker.first_name, maker.last_name, maker.phone = "M.", "de Boer", "030 1"
    details = usual_details(letterhead=letterhead, maker=maker, on=date(2022, 9, 22))
    assert (details.contact_name, details.phone, details.email) == ("M. de Boer", "030 1", letterhead.email)


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_none_is_not_the_contact(role: Role, within_utrecht: Province) -> None:
    letterhead = make_letterhead(within_utrecht)
    looker = make_user(role=role, province=within_utrecht)
    looker.phone = "030 2"
    details = usual_details(letterhead=letterhead, maker=looker, on=date(2022, 9, 22))
    assert (details.contact_name, details.phone) == (letterhead.contact_name, letterhead.phone)
