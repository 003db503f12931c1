"""The dossier of the demo: what the province published about its talks with the city of Utrecht in 2022, in other words.

No names. Two days are not in the papers and are chosen: by when the municipality's letter was due, and the end of the
six weeks that began on 1 August.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from uuid import uuid4

from municipalities.models import Municipality, User
from supervision.actions.dossier import AgreementFacts, CircumstanceFacts, ContactFacts, Facts, record_entry
from supervision.models import Circumstance, Contact, DossierEntry

JANUARY = ContactFacts(
    kind=Contact.Kind.AMBTELIJK,
    on=date(2022, 1, 20),
    subject="Realisatie 2021-2 en de achterstand",
    participants="gemeente Utrecht (2), toezichthouder",
    said=(
        "De taakstelling van 2021-2 is voor 92% gehaald, de totaalopgave voor 55%. De gemeente noemt als oorzaken de "
        "krapte op de woningmarkt, minder nareizigers dan verwacht, corona, de verduurzaming van gezinswoningen en een "
        "tekort aan uitvoerders.\n\n"
        "Zij wil de achterstand langs twee lijnen inhalen: een programma waarin de huisvesting van bijzondere "
        "doelgroepen bij elkaar komt, en een taskforce die sneller woningen wil voor alle woningzoekenden. De verdeling "
        "30/70 blijft.\n\n"
        "Op een tijdelijke locatie komen 200 tot 225 woningen voor een gemengde groep; de gemeente hoopt eind 2022. "
        "Tijdelijke contracten van vijf jaar geleden lopen af: die bewoners moeten doorstromen. Het azc wordt verbouwd."
    ),
)
MARCH = ContactFacts(
    kind=Contact.Kind.E_MAIL,
    on=date(2022, 3, 29),
    subject="Bestuurlijk overleg gepland op 12 april",
    participants="toezichthouder aan gemeente Utrecht",
    said=(
        "De bestuurssecretariaten hebben een bestuurlijk overleg over actief toezicht gepland: 12 april, van 17.00 tot "
        "18.00 uur."
    ),
)
JUNE = ContactFacts(
    kind=Contact.Kind.E_MAIL,
    on=date(2022, 6, 16),
    subject="Zorg over de oplopende achterstand",
    participants="gedeputeerde aan twee wethouders",
    said=(
        "De achterstand van de stad is opgelopen tot ongeveer 250 personen, meer dan de helft van die in de hele "
        "provincie. Trede 3 komt in zicht. De gedeputeerde vraagt dringend om op korte termijn tot afspraken te komen en "
        "hoort graag hoe het gaat."
    ),
)
SIXTH_OF_JULY = ContactFacts(
    kind=Contact.Kind.BESTUURLIJK,
    on=date(2022, 7, 6),
    subject="Samenwerking van gemeente, Rijk en corporaties",
    participants="burgemeester van Utrecht, Rijk, corporaties, gedeputeerde",
    said=(
        "De burgemeester zit het overleg eenmalig voor, vanuit de crisisaanpak van de veiligheidsregio; daarna gaat het "
        "verder bij wonen. Gemeente, Rijk en corporaties willen een bestuursakkoord. Over de omvang van tijdelijke "
        "locaties denken de landelijke taskforce en de corporaties verschillend. Het Rijk wil mensen en middelen inzetten "
        "om locaties te versnellen, en werkt aan een garantieregeling voor verplaatsbare woningen.\n\n"
        "De rol van de provincie was klein; genoemd zijn de regietafel en onderzoek naar locaties voor flexwonen."
    ),
)
EIGHTH_OF_JULY = ContactFacts(
    kind=Contact.Kind.AMBTELIJK,
    on=date(2022, 7, 8),
    time=time(9, 45),
    subject="Versnelde uitstroom",
    participants="gemeente Utrecht (2), provincie Utrecht (2), via Teams",
    said=(
        "De gemeente stelt voor om zes weken lang bijna alle vrijkomende sociale huurwoningen aan vergunninghouders toe te "
        "wijzen. Niet de 276 uit de tabel van de veiligheidsregio, maar 460: de hele taakstelling met de achterstand. Er "
        "is bestuurlijk akkoord; COA, corporaties, VluchtelingenWerk en BZK doen mee. Doorgerekend is het nog niet, en "
        "het valt in de zomer.\n\n"
        "De provincie waardeert het initiatief. De toezichtbrief gaat over 2022-1; daarvoor telt deze actie niet meer "
        "mee, maar de context wordt genoemd."
    ),
)

CONTACTS = (JANUARY, MARCH, JUNE, SIXTH_OF_JULY, EIGHTH_OF_JULY)

AGREEMENTS = (
    (
        JANUARY,
        AgreementFacts(
            what="Tijdelijke locatie opgeleverd, 200 tot 225 woningen", party="gemeente", due=date(2022, 12, 31)
        ),
    ),
    (
        EIGHTH_OF_JULY,
        AgreementFacts(
            what="Brief met informatie over de versnellingsactie",
            party="gemeente",
            due=date(2022, 7, 15),
            done_on=date(2022, 7, 13),
        ),
    ),
    (
        EIGHTH_OF_JULY,
        AgreementFacts(
            what="Contact houden over de toezichtbrief en het besluit",
            party="toezichthouder",
            due=date(2022, 9, 22),
            done_on=date(2022, 9, 22),
        ),
    ),
)

ACTION = "Versneld huisvesten, zomer 2022"
NOTE = "Gespreksnotitie"

CIRCUMSTANCES = (
    CircumstanceFacts(
        kind=Circumstance.Kind.VERSNELLINGSACTIE,
        subject=ACTION,
        persons=276,
        said_by="Veiligheidsregio Utrecht",
        said_on=date(2022, 7, 8),
        document=NOTE,
        description="46 per week, zes weken lang.",
    ),
    CircumstanceFacts(
        kind=Circumstance.Kind.VERSNELLINGSACTIE,
        subject=ACTION,
        persons=460,
        said_by="Gemeente Utrecht, ambtelijk",
        said_on=date(2022, 7, 8),
        document=NOTE,
        description="De hele taakstelling met de achterstand.",
    ),
    CircumstanceFacts(
        kind=Circumstance.Kind.VERSNELLINGSACTIE,
        subject=ACTION,
        persons=490,
        said_by="College van B&W van Utrecht",
        said_on=date(2022, 7, 13),
        document="Bericht van de gemeente Utrecht",
        start=date(2022, 8, 1),
        end=date(2022, 9, 11),
        description="In zes weken vanaf 1 augustus, op verzoek van het Rijk.",
    ),
    CircumstanceFacts(
        kind=Circumstance.Kind.EXTRA_VERZOEK,
        subject="Vooruitlopen op de taakstelling 2023-1",
        persons=133,
        said_by="Minister voor VRO en staatssecretaris van JenV",
        said_on=date(2022, 9, 7),
        document="Brief aan alle gemeenten, aangehaald in de toezichtbrief van 22 september 2022",
        description="Extra te huisvesten in 2022, naast de taakstelling.",
    ),
    CircumstanceFacts(
        kind=Circumstance.Kind.OPVANG,
        subject="Verbouwing van het azc",
        said_by="Gemeente Utrecht, ambtelijk",
        said_on=date(2022, 1, 20),
        document=NOTE,
        description="Tijdens de verbouwing is er minder plaats voor asielzoekers.",
    ),
)


def record(*, by: User, municipality: Municipality, now: datetime) -> None:
    """The contacts with the agreements that were made at them, and what was told."""

    def keep(facts: Facts) -> DossierEntry:
        return record_entry(by=by, municipality=municipality, facts=facts, entry=uuid4(), now=now).version

    contacts = {facts: keep(facts) for facts in CONTACTS}
    for at, facts in AGREEMENTS:
        contact = contacts[at]
        keep(replace(facts, contact=contact if isinstance(contact, Contact) else None))
    for told in CIRCUMSTANCES:
        keep(told)
