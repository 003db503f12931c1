"""A letter brought as far as a test wants it, on the dossier's own case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from django_scopes import scope

from letters.actions import agreeing, making, sending
from letters.models import Dispatch, Letter
from letters.papers.documents import Rendered, Role
from letters.readiness import Ready, letter_of, ready
from municipalities.models import Municipality, User
from tests.supervision.deciding import decided
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON

TODAY = date(2022, 9, 22)
ON = date(2022, 9, 22)
NUMBER = "82508878"


def a_concept(by: User, city: Municipality, **fields: Any) -> Letter:
    """The letter to the college over 2022-1, dated and numbered as in the dossier."""
    letter = making.make_concept(by=by, municipality=city, period=FIRST_HALF_OF_2022, now=NOON, today=TODAY)
    return filled(letter, **{"on": ON, "document_number": NUMBER, **fields})


def filled(letter: Letter, **fields: Any) -> Letter:
    """With these details, as the editor would save them."""
    with scope(province=letter.province):
        Letter.objects.filter(pk=letter.pk).update(**fields)
        return again(letter)


def again(letter: Letter) -> Letter:
    with scope(province=letter.province):
        found = letter_of(province=letter.province, pk=letter.pk)
        assert found is not None
        return found


def submitted(by: User, to: User, city: Municipality, **fields: Any) -> Letter:
    letter = a_concept(by, city, **fields)
    return agreeing.submit(by=by, letter=letter.pk, to=to, now=NOON, today=TODAY)


def mark_of(letter: Letter, today: date = TODAY) -> str:
    with scope(province=letter.province):
        found = ready(again(letter), today=today)
        assert isinstance(found, Ready)
        return found.mark


def agree(by: User, letter: Letter, *, seen: str | None = None, today: date = TODAY) -> Letter:
    return agreeing.agree(by=by, letter=letter.pk, seen=seen or mark_of(letter, today), now=NOON, today=today)


def no_pdf(found: Ready) -> tuple[Rendered, ...]:
    """In place of rendering, where a test is not about what is in the documents."""
    roles = [Role.LETTER, Role.BIJLAGE, Role.TOGETHER] if found.bijlage else [Role.LETTER]
    kind = found.written.kind.slug
    return tuple(Rendered(role=role, name=f"{kind}-{role}.pdf", data=f"%PDF {kind} {role}".encode()) for role in roles)


def without_rendering() -> Any:
    return patch("letters.actions.agreeing.rendered", no_pdf)


def agreed(by: User, decider: User, city: Municipality, **fields: Any) -> Letter:
    decided(by, decider, city)
    letter = submitted(by, decider, city, **fields)
    with without_rendering():
        return agree(decider, letter)


def send(by: User, letter: Letter, *, sent_on: date = ON, today: date = TODAY, **what: Any) -> Dispatch:
    sent = {"to": sending.addressee_of(letter), "way": Dispatch.Way.POST, "sent_on": sent_on, **what}
    return sending.send(by=by, letter=letter.pk, sending=sending.Sending(**sent), now=NOON, today=today)


def sent(by: User, decider: User, city: Municipality) -> tuple[Letter, Letter]:
    """The letter, sent on 22 September, and its afschrift as a concept."""
    letter = agreed(by, decider, city)
    send(by, letter)
    with scope(province=letter.province):
        return again(letter), Letter.objects.get(goes_with=letter)


def sent_afschrift(by: User, decider: User, afschrift: Letter) -> Dispatch:
    """That of the dossier: 3 October 2022."""
    day = date(2022, 10, 3)
    filled(afschrift, on=day, document_number="82509999")
    agreeing.submit(by=by, letter=afschrift.pk, to=decider, now=NOON, today=day)
    with without_rendering():
        letter = agree(decider, afschrift, today=day)
    return send(by, letter, sent_on=day, today=day + timedelta(days=1))
