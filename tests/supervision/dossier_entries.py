"""Entries of the dossier, as tests want them: in one line, at a fixed moment."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from municipalities.models import Municipality, User
from supervision.actions.attachments import add_attachment
from supervision.actions.dossier import AgreementFacts, CircumstanceFacts, ContactFacts, record_entry
from supervision.actions.verbeterplan import request_plan
from supervision.models import Agreement, Attachment, Circumstance, Contact, Verbeterplan
from supervision.rules.period import Period
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON

TALK = ContactFacts(
    kind=Contact.Kind.AMBTELIJK,
    on=date(2022, 7, 8),
    subject="Versnelde uitstroom",
    participants="gemeente (2), provincie (2)",
    said="De gemeente legt het plan uit.",
)
PROMISE = AgreementFacts(what="De gemeente stuurt de raadsbrief", party="gemeente", due=date(2022, 7, 15))
ACTION = CircumstanceFacts(
    kind=Circumstance.Kind.VERSNELLINGSACTIE,
    subject="Versnellingsactie zomer 2022",
    said_by="Veiligheidsregio Utrecht",
    said_on=date(2022, 7, 8),
    document="Gespreksnotitie van 8 juli 2022",
    persons=276,
    start=date(2022, 8, 1),
    end=date(2022, 9, 11),
)


def _entry(facts: object, by: User, municipality: Municipality, now: datetime):
    kept = record_entry(by=by, municipality=municipality, facts=facts, entry=uuid4(), now=now)  # type: ignore[arg-type]
    return kept.version


def make_contact(*, by: User, municipality: Municipality, facts: ContactFacts = TALK, now: datetime = NOON) -> Contact:
    return _entry(facts, by, municipality, now)


def make_agreement(
    *, by: User, municipality: Municipality, facts: AgreementFacts = PROMISE, now: datetime = NOON
) -> Agreement:
    return _entry(facts, by, municipality, now)


def make_circumstance(
    *, by: User, municipality: Municipality, facts: CircumstanceFacts = ACTION, now: datetime = NOON
) -> Circumstance:
    return _entry(facts, by, municipality, now)


def make_attachment(
    *, by: User, contact: Contact, name: str = "notitie.txt", content: bytes = b"Besproken: de cijfers."
) -> Attachment:
    added, _ = add_attachment(by=by, contact=contact, name=name, content=content, now=NOON)
    return added


def make_plan(
    *,
    by: User,
    municipality: Municipality,
    period: Period = FIRST_HALF_OF_2022,
    on: date = date(2022, 7, 20),
    due: date | None = date(2022, 11, 1),
) -> Verbeterplan:
    return request_plan(by=by, municipality=municipality, period=period, on=on, due=due, now=NOON, submission=uuid4())
