"""The page of a policy: works; a lezer; another province; nobody; bad input."""

from __future__ import annotations

import pytest
from django.test import Client
from django_scopes import scope

from municipalities.models import Province
from supervision.models import LadderPolicy, LadderStep
from supervision.rules.period import Period
from tests.supervision.views.page import links, title, words


@pytest.fixture
def policy(utrecht: Province) -> LadderPolicy:
    """Utrecht 2021–2024, as it was delivered."""
    with scope(province=utrecht):
        return LadderPolicy.objects.get()


def address(policy: LadderPolicy) -> str:
    return f"/beleidskader/{policy.pk}/"


def test_the_page_shows_the_ladder_from_its_data(policy: LadderPolicy, staff: Client) -> None:
    response = staff.get(address(policy))
    text = words(response)
    assert title(response) == "Beleidskader Interbestuurlijk Toezicht 2021–2024 – Trede"
    assert "Geldt vanaf 2021-1" in text
    assert (
        "Herverdeling telt niet mee: de achterstand wordt vergeleken met de taakstelling zonder herverdeling." in text
    )
    assert "Bron Provincie Utrecht, Beleidskader Interbestuurlijk Toezicht 2021–2024" in text
    assert (
        "trede 4 Vooraankondiging juridische interventie De achterstand is voor het tweede halfjaar op rij zo groot. "
        "Berekend als: een achterstand die minstens zo groot is als de taakstelling zonder herverdeling, 2 halfjaren op rij."
    ) in text
    assert "Nieuw verbeterplan, vooraankondiging aan de raad, openbaarmaking." in text


def test_a_later_policy_ends_it_and_is_one_step_away(policy: LadderPolicy, utrecht: Province, staff: Client) -> None:
    with scope(province=utrecht):
        later = LadderPolicy.objects.create(
            province=utrecht, name="Kader 2025", source="Proef", valid_from=Period(2025, 1), counts_herverdeling=True
        )
        LadderStep.objects.create(policy=later, number=1, name="Volgen", when="Altijd.", follows="Niets.")
    response = staff.get(address(policy))
    assert "vanaf 2021-1 tot en met 2024-2" in words(response)
    assert address(later) in links(response)
    assert "telt mee: de achterstand wordt vergeleken met de taakstelling inclusief herverdeling." in words(
        staff.get(address(later))
    )


def test_a_lezer_may_look(policy: LadderPolicy, reader: Client) -> None:
    assert reader.get(address(policy)).status_code == 200


def test_a_stranger_finds_nothing(policy: LadderPolicy, stranger: Client) -> None:
    response = stranger.get(address(policy))
    assert response.status_code == 404
    assert "Uw provincie heeft geen beleidskader op dit adres." in words(response)


def test_nobody_is_sent_to_the_login(policy: LadderPolicy, nobody: Client) -> None:
    assert nobody.get(address(policy)).headers["Location"] == f"/account/login/?next={address(policy)}"


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_what_is_not_there_is_not_found(staff: Client, pk: str) -> None:
    assert staff.get(f"/beleidskader/{pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["-1", "abc", "1.5"])
def test_what_is_no_number_is_not_found(staff: Client, pk: str) -> None:
    assert staff.get(f"/beleidskader/{pk}/").status_code == 404


def test_as_many_queries_for_more_steps(policy: LadderPolicy, staff: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(7):
        staff.get(address(policy))
