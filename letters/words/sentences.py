"""What follows from the figures and the advice, in words: the values of the placeholders.

The words are data (`data/texts.json`); which of them are said is decided here and nowhere else.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from letters.words.case import (
    Case,
    Details,
    Figures,
    compared_taakstelling,
    default_due_plan,
    direction,
    figures_of,
    kern_case,
    oordeel_case,
    totaal_case,
)
from letters.words.tables import net_of
from letters.words.texts import Filler, text
from supervision.rules.dutch import enumeration, long_date, number, percent, persons, signed, standing
from supervision.rules.ladder import Clause, Held
from supervision.rules.policy import OWED, Metric, Step
from supervision.rules.rounding import half_up

MONTHS_OF_A_HALF_YEAR = 6


def values_of(case: Case, details: Details) -> dict[str, str | None]:
    """What every placeholder stands for in this letter; None where it is not known, or not given, yet.

    The sentences among them follow from the figures and the advice alone.
    """
    values = _plain_values(case, details)
    fill = Filler(values)
    return values | {
        "kernzin": _kern(case, fill),
        "oordeelzin": _met(case, fill),
        "verloopzin": _moved(figures_of(case.opgave), fill),
        "totaalzin": fill(text("totaal", totaal_case(figures_of(case.opgave)))),
        "correctiezin": _corrected(case, fill),
        "bevinding": _finding(case, fill),
        "tredezin": fill(text("richting", direction(case), "kort")),
        "verdict": fill(text("richting", direction(case), "kop")),
        # The policy's own words are no template.
        "vervolg": case.step.follows,
        "volgendzin": _next(case, fill),
        "contactzin": text("contact") if details.contact_name or details.phone or details.email else "",
    }


def _plain_values(case: Case, details: Details) -> dict[str, str | None]:
    figures, opgave = figures_of(case.opgave), case.opgave
    period, after = opgave.period, opgave.period.next
    handed_over = figures.herverdeling != 0 or bool(net_of(case.herverdelingen))
    following = case.next_opgave
    announced = (
        None if following is None or following.taakstelling is None else following.taakstelling + following.herverdeling
    )
    due_plan = details.due_plan or default_due_plan(details.on)
    required = figures.end if details.required_persons is None else details.required_persons
    return {
        "gemeente": case.municipality,
        "datum": long_date(details.on),
        "documentnummer": details.document_number or None,
        "briefsoort": details.letter_kind or None,
        "briefdatum": _day(details.letter_on),
        "briefnummer": details.letter_number or None,
        "vervangen_datum": _day(details.corrected_on),
        "vervangen_nummer": details.corrected_number or None,
        "periode": str(period),
        "helft": period.words,
        "halfjaar": f"de {period.words}",
        "begindatum": long_date(period.start),
        "peildatum": long_date(period.peildatum),
        "volgende": str(after),
        "volgende_peildatum": long_date(after.peildatum),
        "taakstelling": number(figures.taakstelling),
        "herverdeling": signed(figures.herverdeling),
        "totaalopgave": number(figures.totaalopgave),
        "realisatie": number(figures.realisation),
        "achterstand_begin": number(figures.begin),
        "achterstand_eind": number(figures.end),
        "stand_eind": standing(figures.end),
        "taakstelling_volgend": None if announced is None else number(announced),
        "totaalopgave_volgend": None if announced is None else number(figures.end + announced),
        "versnellingsacties": _told(case, "versnellingsactie"),
        "extra_verzoeken": _told(case, "extra verzoek"),
        "opvang": _told(case, "opvang"),
        "begin": number(abs(figures.begin)),
        "begin_personen": persons(abs(figures.begin)),
        "eind_personen": persons(abs(figures.end)),
        "stand_begin": standing(figures.begin),
        "stand_vorig": _standing_before(figures.begin, opgave.start_expected),
        "taakstelling_personen": persons(figures.asked),
        "taakstelling_oud": number(case.taakstelling_before or 0),
        "vergeleken_personen": persons(compared_taakstelling(case)),
        "wel_geen_herverdeling": (
            "" if not handed_over else f", {'met' if case.policy.counts_herverdeling else 'zonder'} herverdeling"
        ),
        "met_herverdeling": "met de herverdeling " if handed_over else "",
        "na_herverdeling": " na de herverdeling" if handed_over else "",
        "na_herverdeling_volgend": " na de herverdeling" if following and following.herverdeling else "",
        "realisatie_personen": persons(figures.realisation) if figures.realisation else "niemand",
        "totaalopgave_personen": persons(figures.totaalopgave),
        "pct_taakstelling": percent(opgave.percentage_taakstelling),
        "pct_totaalopgave": percent(opgave.percentage_totaalopgave),
        "vorige": None if case.trede_before is None else str(case.trede_before),
        "trede": str(case.step.number),
        "tredenaam": case.step.name,
        "reden": case.departure,
        "plandatum": long_date(due_plan),
        "termijn": _day(details.term_ends),
        "vereist_personen": persons(required),
        "rechtsmiddel": details.legal_remedy or None,
        "besluitdatum": _day(details.decided_on),
        "maatregelendatum": _day(details.measures_by),
    }


def _kern(case: Case, fill: Filler) -> str:
    figures = figures_of(case.opgave)
    which = kern_case(figures)
    moved = fill(text("kern", which, "kern"))
    if figures.asked <= 0:
        moved = f"{fill(text('kern_geen_taakstelling'))} {_moved(figures, fill)}"
    return f"{moved} {fill(text('richting', direction(case), 'kern'))}"


def _moved(figures: Figures, fill: Filler) -> str:
    """How the achterstand or voorsprong went: the sentence of the case under "Ons oordeel"."""
    return fill(text("kern", kern_case(figures), "oordeel"))


def _met(case: Case, fill: Filler) -> str:
    met = fill(text("oordeel", oordeel_case(figures_of(case.opgave))))
    return f"{met} {_herverdeling_sentence(case, fill)}".strip()


def _finding(case: Case, fill: Filler) -> str:
    """Everything that leads to the trede; in sentences that follow from each other."""
    departs = fill(text("afwijking")) if case.departure else ""
    return " ".join(part for part in (_ground(case, fill), _row(case, fill), _belongs(case, fill), departs) if part)


def _corrected(case: Case, fill: Filler) -> str:
    """That COA's opening is another than what the province said before; empty where it is not."""
    if not case.opgave.start_difference:
        return ""
    return fill(text("correctie", "coa" if case.opgave.start_carried is None else "overgenomen"))


def _told(case: Case, kind: str) -> str | None:
    """What each source said, a sentence each; None where nobody said anything."""
    sentences = [
        Filler(
            {
                "door": told.by,
                "dag": long_date(told.on),
                "onderwerp": told.subject,
                "personen": persons(told.persons or 0),
            }
        )(text("omstandigheid", "zonder_aantal" if told.persons is None else "met_aantal"))
        for told in case.circumstances
        if told.kind == kind
    ]
    return " ".join(sentences) or None


def _herverdeling_sentence(case: Case, fill: Filler) -> str:
    net = net_of(case.herverdelingen)
    if not net:
        return ""
    if len(net) == 1:
        [swap] = net
        which = "over" if swap.persons > 0 else "af"
        return fill(text("herverdeling", which), herverdeling_personen=persons(abs(swap.persons)), andere=swap.other)
    balance = sum(swap.persons for swap in net)
    more_or_less = "" if balance == 0 else " meer" if balance > 0 else " minder"
    return fill(
        text("herverdeling", "meer"),
        andere=enumeration([swap.other for swap in net]),
        saldo=f"{persons(abs(balance))}{more_or_less}",
    )


def _belongs(case: Case, fill: Filler) -> str:
    """Which trede the figures bring, and what kept the advice from it."""
    advice = case.advice
    if advice.held is Held.FROZEN:
        return ""
    brought = fill(text("hoort"), trede=str(advice.reached.number), tredenaam=advice.reached.name)
    return brought if advice.held is None else f"{brought} {fill(text('grens', advice.held))}"


def _ground(case: Case, fill: Filler) -> str:
    """What the trede rests on, in the terms of the condition that decided."""
    figures, deciding = figures_of(case.opgave), case.advice.deciding
    compared = compared_taakstelling(case)
    if case.advice.held is Held.FROZEN:
        return fill(text("grens", "frozen"))
    measured = deciding or next(iter(case.advice.clauses), None)
    if measured is not None and measured.condition.metric not in OWED:
        return _ground_of_housed(measured, fill)
    if figures.end <= 0:
        return fill(text("grond", "geen"))
    if deciding is None or (deciding.condition.metric is Metric.ACHTERSTAND and figures.end >= compared):
        return fill(text("grond", "achterstand"))
    if deciding.condition.metric is Metric.ACHTERSTAND:
        return fill(text("grond", "kleiner"))
    if compared <= 0:
        return fill(text("grond", "zonder_taakstelling"))
    if deciding.condition.threshold != 1:
        return fill(text("grond", "veelvoud"), veelvoud=_multiple(deciding.condition.threshold))
    return fill(text("grond", "groter" if figures.end > compared else "even_groot"))


def _ground_of_housed(clause: Clause, fill: Filler) -> str:
    """For a ladder that looks at what was housed of what was asked."""
    condition = clause.condition
    if (clause.compared_with or 0) <= 0:
        return fill(text("grond", "niets_gevraagd"))
    is_below = clause.surplus is not None and clause.surplus >= 0
    which = f"{condition.metric}{'' if is_below else '_genoeg'}"
    return fill(text("grond", which), grens=_multiple(condition.threshold))


def _row(case: Case, fill: Filler) -> str:
    """For how many half-years in a row: only where the trede took more than one."""
    deciding = case.advice.deciding
    if deciding is None or deciding.condition.half_years < 2:
        return ""
    # The row is counted no further than the step asks: on the same trede as before it is longer.
    which = "minstens" if case.advice.held else "langer" if case.trede_before == case.advice.trede else "nu"
    if is_term_over(case.advice.step) and not case.advice.held:
        which += "_termijn_voorbij"
    row = fill(
        text("rij", which),
        rangtelwoord=_ordinal(deciding.condition.half_years),
        halfjaren=cardinal(deciding.condition.half_years),
    )
    if not deciding.passed_over:
        return row
    passed = enumeration([str(period) for period in sorted(deciding.passed_over)])
    return f"{row} {fill(text('rij', 'bevroren'), bevroren=passed)}"


def _next(case: Case, fill: Filler) -> str:
    end, opgave = figures_of(case.opgave).end, case.next_opgave
    if opgave is None or opgave.taakstelling is None:
        which = "onbekend_achterstand" if end > 0 else "onbekend_voorsprong" if end < 0 else "onbekend"
        return fill(text("volgend", which))
    return _next_words(end, opgave.taakstelling + opgave.herverdeling, fill)


def _next_words(end: int, taakstelling: int, fill: Filler) -> str:
    total = end + taakstelling
    if taakstelling <= 0:
        return fill(text("volgend", "geen_achterstand" if end > 0 else "geen"))
    if total <= 0:
        return fill(text("volgend", "negatief"))
    if total < MONTHS_OF_A_HALF_YEAR:
        return fill(text("volgend", "klein"), totaalopgave_volgend_personen=persons(total))
    per_month = half_up(Fraction(total, MONTHS_OF_A_HALF_YEAR))
    return fill(text("volgend", "schema"), per_maand_personen=persons(per_month))


def is_term_over(step: Step) -> bool:
    """Whether this trede carries out a decision whose term has passed."""
    return step.name.casefold() == text("rij", "na_de_termijn").casefold()


def _day(day: date | None) -> str | None:
    return None if day is None else long_date(day)


def _standing_before(value: int, before: int | None) -> str:
    """The figure alone where it is of the same sort as the one it is held against."""
    if before is None:
        return ""
    same_sort = value * before > 0
    return number(abs(before)) if same_sort else standing(before)


def _multiple(ratio: Fraction) -> str:
    """3/2 → "1,5"; one that no two decimals can write stays a fraction: "4/3"."""
    if 100 % ratio.denominator:
        return f"{ratio.numerator}/{ratio.denominator}"
    whole, hundredths = divmod(ratio.numerator * (100 // ratio.denominator), 100)
    return f"{whole},{hundredths:02}".rstrip("0").rstrip(",")


_CARDINALS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ORDINALS = (
    "nulde",
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
)


def cardinal(value: int) -> str:
    return _CARDINALS[value] if value < len(_CARDINALS) else str(value)


def _ordinal(value: int) -> str:
    return _ORDINALS[value] if value < len(_ORDINALS) else f"{value}e"
