"""Writes: that somebody vouches for a claim in a concept that matches nothing known, and that they no longer do."""

from __future__ import annotations

from datetime import datetime

from letters.actions.editing import changing, touch
from letters.checking import checked
from letters.models import Confirmation, Letter
from municipalities.models import User
from supervision.actions.ledger import Refused

LONGEST_SOURCE = 300


def confirm(*, by: User, letter: Letter, claim: str, source: str, now: datetime) -> bool:
    """`claim` is the key of a finding, `source` says where it comes from. False: somebody vouched for it already."""
    source = " ".join(source.split())
    if not source:
        raise Refused(f"Vul in waar {claim} vandaan komt, zoals ‘bericht van de gemeente, 13 juli 2022’.")
    if len(source) > LONGEST_SOURCE:
        raise Refused(f"Een bron is hoogstens {LONGEST_SOURCE} tekens.")
    with changing(letter, by) as found:
        there = Confirmation.objects.filter(letter=found.letter, claim=claim).select_related("confirmed_by").first()
        if there is not None:
            if there.reason == source:
                return False
            raise Refused(f"{there.confirmed_by} heeft {claim} al bevestigd: {there.reason}.")
        if claim not in {point.claim for point in checked(found).points if point.claim}:
            raise Refused("Dit staat niet meer in de tekst, of het klopt intussen met de cijfers.")
        Confirmation.objects.create(letter=found.letter, claim=claim, reason=source, confirmed_at=now, confirmed_by=by)
        touch(found.letter, by, now)
        return True


def take_back(*, by: User, letter: Letter, claim: str, now: datetime) -> bool:
    """Nobody vouches for the claim any more. False: nobody did."""
    with changing(letter, by) as found:
        gone, _ = Confirmation.objects.filter(letter=found.letter, claim=claim).delete()
        if gone:
            touch(found.letter, by, now)
        return bool(gone)
