"""The demo: the province of Utrecht with the published figures of its dossier, and sample figures
for the rest, made by a fixed rule and marked as such in their delivery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Q, Sum
from django_scopes import scope

from municipalities.models import Municipality, Population, Province, User
from municipalities.rights import Role
from supervision import actions, demo_decisions, demo_dossier
from supervision.models import Delivery
from supervision.rules.opgave import Kind
from supervision.rules.period import Period, periods_between
from supervision.rules.rounding import half_up

PASSWORD = "trede-demo"  # noqa: S105 (printed for whoever tries the demo)
PEOPLE = {
    Role.TOEZICHTHOUDER: ("M.", "de Boer"),
    Role.VASTSTELLER: ("F.", "Jansen"),
    Role.BEHEERDER: ("J.", "Bakker"),
    Role.LEZER: ("A.", "Visser"),
}

FIRST, LAST = Period(2019, 1), Period(2022, 1)
SAMPLE = "Voorbeeldcijfers"
TOEZICHTBRIEF = "Toezichtbrief provincie Utrecht aan gemeente Utrecht, 22 september 2022"
GESPREKSNOTITIE = "Gespreksnotitie overleg gemeente Utrecht, 8 juli 2022"
FIRST_COUNT_OF_2022_2 = date(2022, 7, 7)

# The national taakstelling that held at the end of each half-year (Kamervraag 2024Z12156).
NATIONAL = {
    Period(2019, 1): 6000,
    Period(2019, 2): 6000,
    Period(2020, 1): 5500,
    Period(2020, 2): 6500,
    Period(2021, 1): 13500,
    Period(2021, 2): 11000,
    Period(2022, 1): 10000,
    Period(2022, 2): 13500,
}

# The city of Utrecht. 2022-1 and the taakstelling of 2022-2 are published. Of 2021-1 and 2021-2 the
# percentages are (73, 92 and 55): these taakstellingen and realisaties give them. The rest is sample.
UTRECHT = "GM0344"
UTRECHT_OPENING = 46
UTRECHT_FIGURES = {
    Period(2019, 1): (122, 110),
    Period(2019, 2): (122, 139),
    Period(2020, 1): (112, 89),
    Period(2020, 2): (132, 117),
    Period(2021, 1): (274, 200),
    Period(2021, 2): (226, 208),
}

# Part of the totaalopgave that is housed, in percent, per half-year from 2019-1 on. Which course a
# municipality takes is chosen so that in 2022-1 each trede occurs.
COURSES: Mapping[str, Sequence[int]] = {
    "ahead": (130, 120, 125, 110, 118, 120, 130),
    "on time": (100, 94, 100, 97, 90, 96, 100),
    "caught up": (80, 70, 75, 70, 62, 70, 104),
    "a little behind": (92, 88, 95, 90, 82, 80, 76),
    "behind": (70, 75, 66, 72, 60, 55, 58),
    "just over": (75, 68, 62, 60, 58, 52, 34),
    "over for a year": (72, 60, 58, 55, 60, 38, 38),
    "over for a year and a half": (66, 55, 52, 50, 20, 42, 40),
    "over for two years": (58, 48, 55, 36, 24, 42, 40),
}
COURSE_OF = {
    "GM0307": "behind",  # Amersfoort
    "GM0308": "a little behind",  # Baarn
    "GM0310": "behind",  # De Bilt
    "GM0312": "a little behind",  # Bunnik
    "GM0313": "a little behind",  # Bunschoten
    "GM0317": "ahead",  # Eemnes
    "GM0321": "caught up",  # Houten
    "GM0327": "a little behind",  # Leusden
    "GM0331": "over for two years",  # Lopik
    "GM0335": "over for a year and a half",  # Montfoort
    "GM0339": "on time",  # Renswoude
    "GM0340": "behind",  # Rhenen
    "GM0342": "a little behind",  # Soest
    "GM0345": "caught up",  # Veenendaal
    "GM0351": "over for a year",  # Woudenberg
    "GM0352": "ahead",  # Wijk bij Duurstede
    "GM0353": "behind",  # IJsselstein
    "GM0355": "behind",  # Zeist
    "GM0356": "just over",  # Nieuwegein
    "GM0589": "a little behind",  # Oudewater
    "GM0632": "caught up",  # Woerden
    "GM0736": "behind",  # De Ronde Venen
    "GM1581": "behind",  # Utrechtse Heuvelrug
    "GM1904": "on time",  # Stichtse Vecht
    "GM1961": "behind",  # Vijfheerenlanden
}
CORRECTED, CORRECTED_BY = "GM0307", -2  # COA's opening of 2022-1 differs from the computed one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A figure of the demo before it is in the ledger."""

    period: Period
    kind: Kind
    persons: int
    municipality: Municipality
    as_of: date | None = None


def is_empty() -> bool:
    """No province has people or deliveries yet. Looks over all provinces, outside any scope."""
    return not Province.objects.filter(Q(delivery__isnull=False) | Q(users__isnull=False)).exists()


@transaction.atomic
def load(*, province: Province, now: datetime) -> User:
    """Fill a province that has no deliveries yet; gives the supervisor who recorded them."""
    supervisor = _make_people(province)
    municipalities = list(Municipality.objects.filter(province=province, code__in=[UTRECHT, *COURSE_OF]))
    with scope(province=province):
        _record(supervisor, province, _sample_figures(municipalities), now, SAMPLE)
        by_code = {each.code: each for each in municipalities}
        _record_dossier(supervisor, province, by_code, now)
        demo_dossier.record(by=supervisor, municipality=by_code[UTRECHT], now=now)
        decider = User.objects.get(username=Role.VASTSTELLER.value)
        demo_decisions.load(proposer=supervisor, decider=decider, province=province, now=now)
    return supervisor


def _make_people(province: Province) -> User:
    for role, (first_name, last_name) in PEOPLE.items():
        User.objects.create_user(
            username=role.value,
            password=PASSWORD,
            province=province,
            role=role,
            first_name=first_name,
            last_name=last_name,
            email=f"{role.value}@provincie.example",
            phone="030 000 00 00",
            is_staff=role is Role.BEHEERDER,
        )
    return User.objects.get(username=Role.TOEZICHTHOUDER.value)


def _record_dossier(by: User, province: Province, municipalities: Mapping[str, Municipality], now: datetime) -> None:
    """What the province published about the city of Utrecht."""
    utrecht, period = municipalities[UTRECHT], LAST

    def published(period: Period, kind: Kind, persons: int, as_of: date | None = None) -> Reported:
        return Reported(period=period, kind=kind, persons=persons, municipality=utrecht, as_of=as_of)

    actions.agree_herverdeling(
        by=by,
        period=period,
        from_municipality=municipalities["GM1581"],
        to_municipality=utrecht,
        count=1,
        now=now,
        note="Achteraf overgenomen uit de toezichtbrief.",
        way=Delivery.Way.COMMAND,
        document=TOEZICHTBRIEF,
    )
    letter = [
        published(period, Kind.ACHTERSTAND, 171),
        published(period, Kind.TAAKSTELLING, 203),
        published(period, Kind.REALISATION, 168),
        published(period.next, Kind.ACHTERSTAND, 207),
        published(period.next, Kind.TAAKSTELLING, 275),
    ]
    _record(by, province, letter, now, TOEZICHTBRIEF)
    note = [published(period.next, Kind.REALISATION, 15, FIRST_COUNT_OF_2022_2)]
    _record(by, province, note, now, GESPREKSNOTITIE)


def _record(by: User, province: Province, reported: Sequence[Reported], now: datetime, document: str) -> None:
    for period in sorted({each.period for each in reported}):
        actions.record_figures(
            by=by,
            province=province,
            period=period,
            entries=[
                actions.Entry(
                    municipality=each.municipality,
                    kind=each.kind,
                    persons=each.persons,
                    as_of=each.as_of,
                )
                for each in reported
                if each.period == period
            ],
            now=now,
            way=Delivery.Way.COMMAND,
            document=document,
            is_sample=document == SAMPLE,
        )


def _sample_figures(municipalities: Sequence[Municipality]) -> list[Reported]:
    inhabitants = _inhabitants(municipalities)
    return [
        figure
        for municipality in municipalities
        for figure in (
            _sample_utrecht(municipality)
            if municipality.code == UTRECHT
            else _sample(municipality, inhabitants[municipality.pk])
        )
    ]


def _inhabitants(municipalities: Sequence[Municipality]) -> dict[int, Fraction]:
    """The part of the country's inhabitants that lives in each municipality."""
    on = date(2021, 1, 1)
    country = Population.objects.filter(on=on).aggregate(persons=Sum("persons"))["persons"]
    rows = Population.objects.filter(on=on, municipality__in=municipalities)
    return {row.municipality_id: Fraction(row.persons, country) for row in rows}


def _sample_utrecht(municipality: Municipality) -> Iterator[Reported]:
    yield Reported(municipality=municipality, period=FIRST, kind=Kind.ACHTERSTAND, persons=UTRECHT_OPENING)
    for period, (taakstelling, realisation) in UTRECHT_FIGURES.items():
        yield Reported(municipality=municipality, period=period, kind=Kind.TAAKSTELLING, persons=taakstelling)
        yield Reported(municipality=municipality, period=period, kind=Kind.REALISATION, persons=realisation)


def _sample(municipality: Municipality, share: Fraction) -> Iterator[Reported]:
    """Taakstelling: the statutory share. Realisatie: the course's part of the totaalopgave."""

    def figure(period: Period, kind: Kind, persons: int, as_of: date | None = None) -> Reported:
        return Reported(municipality=municipality, period=period, kind=kind, persons=persons, as_of=as_of)

    def taakstelling(period: Period) -> int:
        return half_up(NATIONAL[period] * share)

    opening = half_up(Fraction(taakstelling(FIRST), 4))
    yield figure(FIRST, Kind.ACHTERSTAND, opening)
    for period, part in zip(periods_between(FIRST, LAST), COURSES[COURSE_OF[municipality.code]], strict=True):
        if period == LAST and municipality.code == CORRECTED:
            opening += CORRECTED_BY
            yield figure(period, Kind.ACHTERSTAND, opening)
        totaalopgave = opening + taakstelling(period)
        realisation = max(0, half_up(Fraction(totaalopgave * part, 100)))
        yield figure(period, Kind.TAAKSTELLING, taakstelling(period))
        yield figure(period, Kind.REALISATION, realisation)
        opening = totaalopgave - realisation
    after = LAST.next
    first_count = max(0, half_up(Fraction(opening + taakstelling(after), 30)))
    yield figure(after, Kind.TAAKSTELLING, taakstelling(after))
    yield figure(after, Kind.REALISATION, first_count, FIRST_COUNT_OF_2022_2)
