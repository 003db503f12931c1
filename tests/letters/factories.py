"""Rows for the tests of letters."""

from __future__ import annotations

from typing import Any

from letters.models import Letterhead, Signatory
from municipalities.models import Municipality, Province, User
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver, swap


def make_letterhead(province: Province, **fields: Any) -> Letterhead:
    """A filled-in letterhead of the province; the people on it are invented."""
    letterhead = Letterhead(
        province=province,
        **{
            "organisation": "Provincie Utrecht",
            "wordmark": "Provincie\nUtrecht",
            "unit": "Interbestuurlijk toezicht\nHuisvesting vergunninghouders",
            "post_line": "Postbus 80300",
            "postcode_town": "3508 TH Utrecht",
            "website": "www.provincie-utrecht.nl",
            "domain": "BDO",
            "team": "BEI",
            "contact_name": "de heer of mevrouw Voorbeeld",
            "phone": "030 000 00 00",
            "email": "toezicht@provincie.example",
            "authority": "Gedeputeerde Staten van Utrecht",
            **fields,
        },
    )
    letterhead.full_clean()
    letterhead.save()
    make_signatory(letterhead)
    return letterhead


def make_signatory(letterhead: Letterhead, **fields: Any) -> Signatory:
    """Somebody invented, who may sign whatever the day."""
    signatory = Signatory(
        letterhead=letterhead,
        **{"role": "gedeputeerde", "name": "de heer of mevrouw Voorbeeld", "function": "gedeputeerde", **fields},
    )
    signatory.full_clean()
    signatory.save()
    return signatory


def record_the_dossier(*, by: User, city: Municipality) -> None:
    """Utrecht, first half of 2022, as published; before it a half-year that ended on trede 2."""
    before = FIRST_HALF_OF_2022.previous
    deliver(by=by, municipality=city, period=before, achterstand=153, taakstelling=226, realisatie=208)
    deliver(by=by, municipality=city, achterstand=171, taakstelling=203, realisatie=168)
    deliver(by=by, municipality=city, period=FIRST_HALF_OF_2022.next, taakstelling=275)
    swap(by=by, period=FIRST_HALF_OF_2022, giver="GM1581", taker="GM0344", count=1)


def record_a_row(*, by: User, municipality: Municipality, half_years: int) -> None:
    """An achterstand above the taakstelling for so many half-years up to and including 2022-1, and none before."""
    before = FIRST_HALF_OF_2022.back(half_years)
    deliver(by=by, municipality=municipality, period=before, achterstand=0, taakstelling=9, realisatie=9)
    for back in range(half_years):
        period = FIRST_HALF_OF_2022.back(back)
        deliver(by=by, municipality=municipality, period=period, achterstand=20, taakstelling=9, realisatie=9)
