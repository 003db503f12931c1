"""Who works on something keeps others from it, and a killed worker keeps nobody."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection

from letters.actions.holding import held
from letters.models import BatchItem, Letter


def elsewhere(ask: Callable[[], None]) -> None:
    """On a connection of its own."""

    def run() -> None:
        try:
            ask()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()


def is_free(pk: int, *, model: type = BatchItem) -> bool:
    found: list[bool] = []

    def ask() -> None:
        with held(model, pk) as is_ours:
            found.append(is_ours)

    elsewhere(ask)
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_one_holds_it_and_the_others_pass_it_by_until_it_is_free() -> None:
    """SQLite holds nothing: there one writes at a time."""
    holds = connection.vendor == "postgresql"
    with held(BatchItem, 1) as is_ours:
        assert is_ours
        assert is_free(1) is not holds
        assert is_free(2)
        assert is_free(1, model=Letter)
    assert is_free(1)


@pytest.mark.django_db(transaction=True)
def test_an_error_gives_it_free() -> None:
    with pytest.raises(ZeroDivisionError), held(BatchItem, 1):
        _ = 1 / 0
    assert is_free(1)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_goes_away_gives_it_free() -> None:
    def die() -> None:
        holding = held(BatchItem, 1)
        holding.__enter__()
        connection.close()

    elsewhere(die)
    assert is_free(1)
