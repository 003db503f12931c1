"""Cases to write a letter about: invented municipalities, and the published one of the dossier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from letters.looks.pictures import kept_logo, kept_png, name_of
from letters.papers import pdf
from letters.words.bijlage import compose_bijlage
from letters.words.case import Address, Case, Details, Sender, Swap
from letters.words.composing import compose
from letters.words.content import BijlageContent, LetterContent
from letters.words.machine import Attached, Body, attached_figures
from supervision import policies
from supervision.rules.ladder import advise
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric, Policy, Step
from tests.letters.pictures import SVG, png

PERIOD = Period(2022, 1)
Swaps = list[tuple[str, int]]


def _delivered_policy() -> Policy:
    """The ladder of the province of Utrecht, from the file that every installation loads."""
    delivered = json.loads(Path(policies.DELIVERED).read_text(encoding="utf-8"))
    [data] = [each for each in delivered if each["province"] == "PV26"]
    return Policy(
        name=data["name"],
        source=data["source"],
        counts_herverdeling=data["counts_herverdeling"],
        steps=tuple(
            Step(
                number=step["number"],
                name=step["name"],
                when=step["when"],
                follows=step["follows"],
                condition=Condition(
                    metric=Metric(step["metric"]),
                    threshold=Fraction(step["threshold"]),
                    half_years=step["half_years"],
                )
                if "metric" in step
                else None,
            )
            for step in data["steps"]
        ),
    )


LADDER = _delivered_policy()
LADDER_FROM = Period(2021, 1)

SENDER = Sender(
    organisation="Provincie Utrecht",
    wordmark=("Provincie", "Utrecht"),
    unit=("Interbestuurlijk toezicht", "Huisvesting vergunninghouders"),
    post_line="Postbus 80300",
    postcode_town="3508 TH Utrecht",
    website="www.provincie-utrecht.nl",
    domain="BDO",
    team="BEI",
    authority="Gedeputeerde Staten van Utrecht",
    signatory_name="de heer of mevrouw Voorbeeld",
    signatory_function="gedeputeerde Interbestuurlijk toezicht huisvesting vergunninghouders",
)
LOGO, SIGNATURE, STAMP = kept_logo(SVG), kept_png(png()), kept_png(png(200, 200, mode="L"))
PICTURES = {name_of(each): each for each in (LOGO, SIGNATURE, STAMP)}
# As a letterhead may look at most: a drawing or a photograph as its logo, a colour, a footer and a signature.
DRESSED = replace(
    SENDER,
    logo=name_of(LOGO),
    accent="#1a4f7a",
    footer="Voorbeeldplein 1, 1234 AB Voorbeeldstad, KvK 00000000, IBAN NL00 VRBD 0000 0000 00",
    mandate="namens dezen,",
    signature=name_of(SIGNATURE),
)
DETAILS = Details(
    on=date(2022, 9, 22),
    document_number="82508878",
    contact_name="de heer of mevrouw Voorbeeld",
    phone="030 000 00 00",
    email="toezicht@provincie.example",
)
MUNICIPALITY = Body(name="Utrecht", code="GM0344", uri="https://identifier.overheid.nl/tooi/id/gemeente/gm0344")
PROVINCE = Body(name="Utrecht", code="PV26", uri="https://identifier.overheid.nl/tooi/id/provincie/pv26")
ADDRESS = Address(line="Postbus 100", postcode="1234 AB", town="Voorbeeldstad")


def a_case(
    *,
    begin: int = 0,
    taakstelling: int = 0,
    realisation: int = 0,
    swaps: Swaps | None = None,
    before: int | None = None,
    in_a_row: int = 1,
    following: int | None = None,
    following_swaps: Swaps | None = None,
    municipality: str = "Voorbeeldstad",
    address: Address | None = ADDRESS,
    policy: Policy = LADDER,
    computed: int | None = None,
    is_reported: bool = True,
    carried: int | None = None,
    taakstelling_before: int | None = None,
) -> Case:
    """A closed 2022-1. `in_a_row` half-years, this one included, have a large achterstand if this one has."""
    swaps, following_swaps = swaps or [], following_swaps or []
    opgave = Opgave(
        period=PERIOD,
        taakstelling=taakstelling,
        herverdeling=sum(persons for _, persons in swaps),
        start_reported=begin if is_reported else None,
        start_computed=computed if is_reported else begin,
        start_carried=carried,
        has_parts=carried is not None,
        realisation=realisation,
        is_closed=True,
    )
    half_years = {PERIOD: opgave, PERIOD.back(in_a_row): _half_year(PERIOD.back(in_a_row), owed=0)}
    for earlier in range(1, in_a_row):
        half_years[PERIOD.back(earlier)] = _half_year(PERIOD.back(earlier), owed=100)
    advice = advise(policy, half_years, PERIOD)
    assert advice is not None
    return Case(
        municipality=municipality,
        address=address,
        opgave=opgave,
        policy=policy,
        policy_from=LADDER_FROM,
        advice=advice,
        trede_before=before,
        herverdelingen=tuple(Swap(other=other, persons=persons) for other, persons in swaps),
        taakstelling_before=taakstelling_before,
        next_opgave=None
        if following is None
        else Opgave(
            period=PERIOD.next,
            taakstelling=following,
            herverdeling=sum(persons for _, persons in following_swaps),
            start_reported=None,
            start_computed=opgave.achterstand_end,
            realisation=None,
            is_closed=False,
        ),
        next_herverdelingen=tuple(Swap(other=other, persons=persons) for other, persons in following_swaps),
    )


def _half_year(period: Period, *, owed: int) -> Opgave:
    return Opgave(
        period=period,
        taakstelling=1,
        herverdeling=0,
        start_reported=owed,
        start_computed=None,
        realisation=1,
        is_closed=True,
    )


def the_dossier() -> Case:
    """Utrecht, first half of 2022, as the province published it."""
    return a_case(
        municipality="Utrecht",
        address=Address(line="Postbus 16200", postcode="3500 CE", town="Utrecht"),
        begin=171,
        taakstelling=203,
        swaps=[("Utrechtse Heuvelrug", 1)],
        realisation=168,
        before=2,
        following=275,
    )


def write(case: Case, **details: object) -> LetterContent:
    return compose(case=case, sender=SENDER, details=replace(DETAILS, **details))


def attached(case: Case, details: Details = DETAILS) -> tuple[Attached, ...]:
    """The figures as they go inside the letter."""
    return attached_figures(case=case, details=details, municipality=MUNICIPALITY, province=PROVINCE)


def bijlage(policy: Policy = LADDER, sender: Sender = SENDER) -> BijlageContent:
    return compose_bijlage(policy=policy, valid_from=LADDER_FROM, period=PERIOD, sender=sender)


def in_one_file(
    letter: LetterContent,
    bijlage: BijlageContent,
    files: Sequence[Attached] = (),
    *,
    pictures: Mapping[str, bytes] = pdf.NO_PICTURES,
) -> bytes:
    """Letter and bijlage, each laid out for this file alone."""
    first, second = pdf.layout(pdf.letter_html(letter), pictures), pdf.layout(pdf.bijlage_html(bijlage), pictures)
    return pdf._bytes(first.copy(first.pages + second.pages), files)


def key_sentence(letter: LetterContent) -> str:
    [key] = [paragraph.text for paragraph in letter.opening if paragraph.is_key]
    return plain(key)


def paragraphs(letter: LetterContent, heading: str) -> list[str]:
    """The text under the heading that begins so; a list gives a line per item."""
    [section] = [each for each in letter.sections if plain(each.heading).startswith(heading)]
    lines: list[str] = []
    for block in section.parts:
        if block.kind == "paragraph":
            lines.append(plain(block.text))
        elif block.kind == "bullets":
            lines.extend(plain(item) for item in block.texts)
    return lines


def table(letter: LetterContent, heading: str) -> list[tuple[str, str, str]]:
    """The rows of the sum under the heading: label, number (with its percent sign) and origin."""
    [section] = [each for each in letter.sections if plain(each.heading).startswith(heading)]
    [block] = [each for each in section.parts if each.kind == "sum"]
    return [
        (plain(row.label), row.number + ("%" if row.is_percentage else ""), plain(row.origin)) for row in block.rows
    ]


def plain(text: str) -> str:
    """With ordinary spaces, to compare."""
    return text.replace("\u00a0", " ")


# One of every kind that is laid out and judged by the validator.
DOCUMENTED: dict[str, tuple[Case, Details]] = {
    "dossier": (the_dossier(), DETAILS),
    "voorsprong": (a_case(begin=-12, taakstelling=40, realisation=45, before=1, following=55), DETAILS),
    "afschaling": (
        a_case(
            municipality="Voorbeeld aan den Rijn en IJssel",
            begin=60,
            taakstelling=50,
            swaps=[("Nieuw-Voorbeeldwijk bij Duurstede", -4)],
            realisation=80,
            before=3,
        ),
        DETAILS,
    ),
    "trede-4": (a_case(begin=100, taakstelling=40, realisation=60, in_a_row=2, before=3, following=70), DETAILS),
    "trede-5": (
        a_case(begin=130, taakstelling=60, realisation=20, in_a_row=3, before=4, following=70),
        replace(DETAILS, term_ends=date(2022, 12, 31), legal_remedy="Tegen dit besluit kunt u bezwaar maken."),
    ),
    "trede-6": (a_case(begin=170, taakstelling=70, realisation=20, in_a_row=4, before=5, following=70), DETAILS),
    "negatieve-totaalopgave": (a_case(begin=-127, taakstelling=118, realisation=3, following=90), DETAILS),
    "geen-taakstelling": (a_case(begin=7, taakstelling=0, realisation=0, before=2, following=0), DETAILS),
    "alles": (
        a_case(
            municipality="Nuenen, Gerwen en Nederwetten",
            begin=1200,
            taakstelling=3000,
            swaps=[("Łódź", 10), ("Bergen (Noord-Holland)", -3), ("'s-Hertogenbosch", 22)],
            realisation=2500,
            before=3,
            computed=1190,
            taakstelling_before=3500,
            following=4100,
            following_swaps=[("Súdwest-Fryslân", 4)],
        ),
        DETAILS,
    ),
    "voorbeeldcijfers": (replace(the_dossier(), has_samples=True), DETAILS),
    "zonder-adres": (a_case(begin=5, taakstelling=3, realisation=5, before=2, address=None), DETAILS),
}
