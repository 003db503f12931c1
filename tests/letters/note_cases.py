"""Gespreksnotities to make: the dossier of Utrecht on 8 July 2022, and one of which hardly anything is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from letters.words.case import Swap, Told
from letters.words.note import NoteContent, compose_note
from letters.words.note_case import HalfYear, NoteCase, OwnCounted, Planned, Promise, Talk
from supervision.rules.ladder import advise
from supervision.rules.opgave import HalfYear as Reported
from supervision.rules.opgave import work_out
from supervision.rules.period import Period
from supervision.rules.prognosis import foresee
from supervision.screens.prognosis import method_of
from tests.letters.cases import LADDER, SENDER

PAST, NOW = Period(2022, 1), Period(2022, 2)
ON = date(2022, 7, 8)

HALF_YEARS = work_out(
    [
        Reported(period=PAST.previous, taakstelling=226, achterstand_start=153, realisation=208, is_closed=True),
        Reported(period=PAST, taakstelling=203, herverdeling=1, achterstand_start=171, realisation=168, is_closed=True),
        Reported(period=NOW, taakstelling=275, achterstand_start=207, realisation=15, counted_to=date(2022, 7, 7)),
    ]
)


def talk(on: date, subject: str, said: str = "", *, at: time | None = None, kind: str = "ambtelijk overleg") -> Talk:
    return Talk(on=on, at=at, kind=kind, who="gemeente (2), provincie (2)", subject=subject, said=said)


def told(persons: int | None, by: str) -> Told:
    return Told(
        kind="versnellingsactie",
        kind_name="Versnellingsactie",
        subject="Versnelde uitstroom",
        persons=persons,
        by=by,
        on=date(2022, 7, 6),
        document="Tabel van 6 juli 2022",
    )


def the_dossier() -> NoteCase:
    """As published, with the contacts in short; the half-years before 2022-1 are of the dossier too."""
    prognosis = foresee(HALF_YEARS, NOW, policy=LADDER)
    assert prognosis is not None
    return NoteCase(
        municipality="Utrecht",
        past=HalfYear(
            period=PAST, opgave=HALF_YEARS[PAST], herverdelingen=(Swap(other="Utrechtse Heuvelrug", persons=1),)
        ),
        now=HalfYear(period=NOW, opgave=HALF_YEARS[NOW]),
        advice=advise(LADDER, HALF_YEARS, PAST, exists_from=PAST.previous),
        trede_before=2,
        prognosis=prognosis,
        method=tuple(method_of(prognosis)),
        own_counts=(OwnCounted(kind="gekoppeld", on=date(2022, 7, 8), persons=460),),
        appointment=talk(ON, "Versnelde uitstroom", at=time(9, 45)),
        contacts=(
            talk(date(2022, 7, 6), "Bestuurlijk overleg", "Alle woningen naar statushouders.\nNog vertrouwelijk."),
            talk(date(2022, 1, 20), "Realisatie 2021-2", "92% van de taakstelling en 55% van de totaalopgave."),
        ),
        agreements=(
            Promise(what="Lijst van gekoppelde woningen", who="gemeente", due=date(2022, 7, 1)),
            Promise(what="Raadsbrief", who="gemeente", due=date(2022, 7, 15)),
        ),
        plans=(Planned(period=PAST, state="gevraagd", due=date(2022, 11, 1)),),
        circumstances=(told(276, "Veiligheidsregio"), told(460, "Gemeente"), told(None, "Corporaties")),
    )


def bare() -> NoteCase:
    """A municipality of which nothing was reported, by a province without a ladder."""
    return NoteCase(
        municipality="Zeist",
        past=HalfYear(period=PAST, opgave=None),
        now=HalfYear(period=NOW, opgave=None),
        advice=None,
        trede_before=None,
        prognosis=None,
    )


def full() -> NoteCase:
    """More than a page can hold, with texts as long and as strange as somebody may type them."""
    long = "Dit is een lang verslag met 100% zekerheid, een euro (€) en een naam als Yıldız. " * 60
    return replace(
        the_dossier(),
        contacts=tuple(talk(date(2022, 6, day), f"Gesprek {day} <b>", long) for day in range(28, 0, -1)),
        agreements=tuple(
            Promise(
                what=f"Afspraak {n} " + "woord " * 40, who="gemeente en corporaties samen", due=date(2022, 1, 1 + n)
            )
            for n in range(25)
        ),
        circumstances=tuple(told(n, f"Bron {n} & partners") for n in range(20)),
        has_samples=True,
    )


def noted(case: NoteCase, on: date = ON) -> NoteContent:
    return compose_note(case=case, sender=SENDER, on=on, contact="de heer of mevrouw Voorbeeld", phone="030 000 00 00")
