"""The dossier in the ledger, for what reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from municipalities.models import Municipality, Province, User
from supervision.models import Herverdeling
from supervision.rules.period import Period
from tests.supervision.ledger import deliver, swap

MORNING = datetime(2022, 7, 4, 8, 12, tzinfo=UTC)
"""4 July 2022, 10.12 uur in Utrecht."""


@pytest.fixture
def dossier(utrecht: Province, city: Municipality, supervisor: User) -> Herverdeling:
    """2022-1 of four municipalities, with the half-year before and the beginning of the one after.

    Utrecht as published: 203 + 1 + 171 = 375, 168 housed, 207 left, from trede 2 to 3; then 275 + 207 = 482 with 15
    housed on 7 July. Made up: Utrechtse Heuvelrug, Amersfoort (of which COA reports 50 where 52 was computed) and
    Houten, which goes from trede 2 to 1.
    """
    before, now, after = Period(2021, 2), Period(2022, 1), Period(2022, 2)

    def record(municipality: Municipality, period: Period, as_of: date | None = None, **figures: int) -> None:
        deliver(by=supervisor, municipality=municipality, period=period, as_of=as_of, now=MORNING, **figures)

    heuvelrug, amersfoort, houten = (Municipality.objects.get(code=code) for code in ("GM1581", "GM0307", "GM0321"))
    record(city, before, taakstelling=226, achterstand=153, realisatie=208)
    record(city, now, taakstelling=203, achterstand=171, realisatie=168)
    record(heuvelrug, before, taakstelling=32, achterstand=10, realisatie=31)
    record(heuvelrug, now, taakstelling=29, realisatie=19)
    record(amersfoort, before, taakstelling=99, achterstand=20, realisatie=67)
    record(amersfoort, now, taakstelling=90, achterstand=50, realisatie=60)
    record(houten, before, taakstelling=31, achterstand=10, realisatie=28)
    record(houten, now, taakstelling=29, realisatie=44)
    record(city, after, taakstelling=275, achterstand=207)
    record(city, after, as_of=date(2022, 7, 7), realisatie=15)
    return swap(by=supervisor, period=now, giver="GM1581", taker="GM0344", count=1)
