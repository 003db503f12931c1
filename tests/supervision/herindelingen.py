"""Worlds with a herindeling: Vijfheerenlanden as it was, and one in which a municipality is split, in the same province."""

from __future__ import annotations

from datetime import date

from municipalities.models import Municipality, Province, Succession, User
from supervision import actions
from supervision.actions import Recorded, Share
from supervision.carry_over import CarryOver, carry_overs_of
from supervision.rules.period import Period
from tests.municipalities.factories import make_municipality
from tests.supervision.ledger import NOON, deliver

VIJFHEERENLANDEN, VIANEN, LEERDAM, ZEDERIK = "GM1961", "GM0620", "GM0545", "GM0707"
FIRST = Period(2019, 1)
ON = date(2019, 1, 1)
LETTER = "Brief van de provincie Zuid-Holland"


def municipality(code: str) -> Municipality:
    return Municipality.objects.select_related("province").get(code=code)


def close(code: str, *, by: User, period: Period = FIRST.previous, end: int = 0) -> None:
    """A half-year that ends with this achterstand, or voorsprong."""
    deliver(by=by, municipality=municipality(code), period=period, taakstelling=20, achterstand=end, realisatie=20)


def waiting(code: str = VIJFHEERENLANDEN, *, period: Period = FIRST) -> CarryOver:
    found = {
        each.municipality.code: each for each in carry_overs_of(province=municipality(code).province, period=period)
    }
    return found[code]


def carry(
    code: str, *, by: User, period: Period = FIRST, documents: str = LETTER, reason: str = "", **persons: int
) -> Recorded:
    """Carries over as somebody does who sees what there is now; persons by the code of the part."""
    now = waiting(code, period=period)
    shares = [
        Share(
            part=part.municipality,
            persons=persons[part.municipality.code],
            seen=part.end,
            document="" if part.end is not None else documents,
        )
        for part in now.parts
    ]
    return actions.carry_over(
        by=by,
        municipality=municipality(code),
        period=period,
        shares=shares,
        based_on=now.figure.pk if now.figure else None,
        now=NOON,
        reason=reason,
    )


def make_split(province: Province) -> tuple[str, str, str]:
    """Haaren (made up: GM9001) is split on 1 January 2021 over two that were there: GM0344 and GM0307."""
    haaren = make_municipality(code="GM9001", name="Haaren", province=province, valid_to=date(2021, 1, 1))
    for heir in ("GM0344", "GM0307"):
        Succession.objects.create(
            on=date(2021, 1, 1),
            from_municipality=haaren,
            to_municipality=municipality(heir),
            kind=Succession.Kind.SPLITSING,
        )
    return haaren.code, "GM0344", "GM0307"
