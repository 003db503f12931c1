"""From figures and advice to what a letter says: pure, and everything in it already formatted.

The judgement in words follows from the figures alone. S and E are the achterstand at the begin and
the end (negative: voorsprong), I is taakstelling + herverdeling, R the realisatie and G the
totaalopgave. As E − S = I − R, a taakstelling that was met never goes with a growing achterstand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar

from letters.texts import Filler, kept_together, ministry, pairs, placeholders, text, texts, what_follows
from supervision.rules.dutch import (
    MINUS,
    NO_BREAK_SPACE,
    day_and_month,
    enumeration,
    long_date,
    number,
    percent,
    persons,
    signed,
    standing,
    sum_of,
)
from supervision.rules.ladder import Advice, Clause, Held
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period
from supervision.rules.policy import OWED, Metric, Policy, Step
from supervision.rules.rounding import half_up

MONTHS_OF_A_HALF_YEAR = 6
DAYS_FOR_A_PLAN = 30


# -- what a letter is made of ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    line: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The province as it stands on its letterhead. An empty text falls out of the letter."""

    organisation: str
    wordmark: tuple[str, ...]
    unit: tuple[str, ...] = ()
    post_line: str = ""
    postcode_town: str = ""
    website: str = ""
    domain: str = ""
    team: str = ""
    authority: str
    signatory_name: str = ""
    signatory_function: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What belongs to this one letter and stands in no figure. None is not known yet.

    `due_plan` None is the usual term; see `default_due_plan`.
    """

    on: date
    document_number: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    due_plan: date | None = None
    term_ends: date | None = None
    required_persons: int | None = None
    legal_remedy: str = ""
    decided_on: date | None = None
    measures_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A herverdeling as this municipality sees it: persons taken over from the other, or handed over (−)."""

    other: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One municipality in one closed half-year, with the advice that rests on it, and what was decided.

    `decided` is the step on which was decided; None where the advice stands. `departure` is why it departs from the
    advice, as a clause; empty where it follows it.

    `policy_from` is the half-year from which the policy holds. `taakstelling_before` is what the
    ministry had announced before it changed the taakstelling during the half-year; None where it
    did not. `has_samples`: a figure that the letter states is a voorbeeldcijfer.
    """

    municipality: str
    address: Address | None
    opgave: Opgave
    policy: Policy
    policy_from: Period
    advice: Advice
    trede_before: int | None
    herverdelingen: tuple[Swap, ...] = ()
    taakstelling_before: int | None = None
    next_opgave: Opgave | None = None
    next_herverdelingen: tuple[Swap, ...] = ()
    has_samples: bool = False
    decided: Step | None = None
    departure: str = ""

    @property
    def step(self) -> Step:
        """The one that the letter is about."""
        return self.decided or self.advice.step


class Incomplete(ValueError):
    """The half-year cannot be judged: these figures are not there."""

    def __init__(self, missing: tuple[Kind, ...]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))


# -- what a letter consists of --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str
    is_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRow:
    """`number` is without the percent sign: that hangs outside the column of digits."""

    label: str
    number: str
    origin: str
    is_percentage: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SumTable:
    kind: ClassVar[str] = "sum"
    span: str
    count_head: str
    origin_head: str
    rows: tuple[SumRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTable:
    kind: ClassVar[str] = "terms"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


Block = Paragraph | Bullets | SumTable | TermTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its blocks; `is_whole` ones are never split over two pages."""

    heading: str
    blocks: tuple[Block, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A label with its value in the column beside the text; `mail` makes it a link."""

    label: str
    value: str
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    greeting: str
    authority: str
    on_behalf: str
    name: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the continuation pages have at their head; `aside` may have several lines."""

    sender: str
    title: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    title: str
    description: str
    author: str
    created: date
    running: Running
    sender: Sender
    sample_mark: str
    return_address: str
    address: tuple[str, ...]
    entries: tuple[Entry, ...]
    subject: str
    verdict: str
    salutation: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: Closing
    open_marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    number: str
    name: str
    when: str
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BijlageContent:
    """The same for every municipality of the province: it has nothing of one letter, not even a date."""

    title: str
    description: str
    author: str
    running: Running
    sender: Sender
    entries: tuple[Entry, ...]
    name: str
    intro: str
    ladder_heading: str
    ladder_heads: tuple[str, ...]
    ladder: tuple[LadderRow, ...]
    sections: tuple[Section, ...]


# -- the figures, known to be there ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The half-year, with every number there: S is `begin`, I `asked`, G `totaalopgave` and E `end`."""

    begin: int
    taakstelling: int
    herverdeling: int
    realisation: int

    @property
    def asked(self) -> int:
        return self.taakstelling + self.herverdeling

    @property
    def totaalopgave(self) -> int:
        return self.begin + self.asked

    @property
    def end(self) -> int:
        return self.totaalopgave - self.realisation


def figures_of(opgave: Opgave) -> Figures:
    start, taakstelling, realisation = opgave.achterstand_start, opgave.taakstelling, opgave.realisation
    if opgave.missing or start is None or taakstelling is None or realisation is None:
        raise Incomplete(opgave.missing)
    return Figures(begin=start, taakstelling=taakstelling, herverdeling=opgave.herverdeling, realisation=realisation)


def kern_case(figures: Figures) -> str:
    """Which of the 13 cases this is; the keys of the texts under "kern"."""
    begin, end = figures.begin, figures.end
    if begin > 0:
        if end < 0:
            return "weg_voorsprong"
        if end == 0:
            return "weg"
        return "kleiner" if end < begin else "gelijk" if end == begin else "groter"
    if begin == 0:
        return "geen" if end == 0 else "nieuw" if end > 0 else "voorsprong_nieuw"
    if end > 0:
        return "omgeslagen"
    if end == 0:
        return "voorsprong_op"
    return "voorsprong_groter" if end < begin else "voorsprong_gelijk" if end == begin else "voorsprong_kleiner"


def oordeel_case(figures: Figures) -> str:
    """Whether the taakstelling was met; the keys of the texts under "oordeel"."""
    if figures.asked <= 0:
        return "geen"
    if figures.realisation >= figures.asked:
        return "gehaald"
    return "niet" if figures.end > 0 else "voorsprong"


def totaal_case(figures: Figures) -> str:
    if figures.totaalopgave > 0:
        return "te_doen"
    # Without a taakstelling there is none to compare the voorsprong with.
    return "voorsprong" if figures.asked > 0 else "niemand"


def direction(case: Case) -> str:
    """First time, up, down or the same; "toch" where the figures alone point the other way, "anders" where the decision
    departs from the advice: then it does not follow from the figures."""
    figures, before, trede = figures_of(case.opgave), case.trede_before, case.step.number
    if before is None:
        return "eerste"
    if case.departure:
        return "gelijk_anders" if trede == before else "op_anders" if trede > before else "af_anders"
    if trede == before:
        return "gelijk"
    is_about_owed = case.advice.deciding is None or case.advice.deciding.condition.metric in OWED
    if trede > before:
        if figures.end > figures.begin or figures.end <= 0:
            return "op"
        if not is_about_owed:
            return "toch_op_ladder"
        return "toch_op" if 0 < compared_taakstelling(case) <= figures.end else "toch_op_achterstand"
    if figures.end <= figures.begin or figures.end <= 0:
        return "af"
    return "toch_af" if is_about_owed and figures.end < compared_taakstelling(case) else "toch_af_ladder"


def compared_taakstelling(case: Case) -> int:
    """What the policy compares the achterstand with: with or without the herverdeling."""
    figures = figures_of(case.opgave)
    return figures.asked if case.policy.counts_herverdeling else figures.taakstelling


def default_due_plan(on: date) -> date:
    """When a verbeterplan is due: the first day of the month after thirty days from the letter."""
    then = on + timedelta(days=DAYS_FOR_A_PLAN)
    return date(then.year + then.month // 12, then.month % 12 + 1, 1)


def placeholders_of(step: Step) -> set[str]:
    """What the text about this trede asks for: decides which fields the form shows."""
    blocks = what_follows(step.number, step.name) or ()
    asked = {name for block in blocks for line in _lines(block) for name in placeholders(line)}
    if _is_term_over(step):
        asked.add("besluitdatum")
    return asked


# -- the letter -----------------------------------------------------------------------------------


def compose(*, case: Case, sender: Sender, details: Details) -> LetterContent:
    """Raise Incomplete when a figure of the half-year lacks."""
    fill = Filler(_values(case, details))
    subject = fill(text("onderwerp"))
    day = long_date(details.on)
    sample_mark = text("voorbeeld") if case.has_samples else ""
    address = _address(case, fill)
    sections = (
        _figures_section(case, fill),
        _judgement_section(case, fill),
        _trede_section(case, fill),
        _next_section(case, fill),
        Section(
            heading=fill(text("koppen", "slot")),
            blocks=(Paragraph(text=fill(text("slot"))),),
            is_whole=True,
        ),
    )
    return LetterContent(
        title=fill(text("titel")),
        description=fill(text("omschrijving")),
        author=sender.authority,
        created=details.on,
        running=Running(
            sender=sender.organisation,
            title=subject,
            aside="\n".join(line for line in (day, details.document_number, sample_mark) if line),
        ),
        sender=sender,
        sample_mark=sample_mark,
        return_address=_return_address(sender, fill),
        address=address,
        entries=_entries(
            ("datum", day),
            ("documentnummer", details.document_number),
            ("contactpersoon", details.contact_name),
            ("telefoonnummer", details.phone),
            ("e_mailadres", details.email),
            ("domein", sender.domain),
            ("team", sender.team),
            ("bijlage", text("bijlage", "naam")),
        ),
        subject=subject,
        verdict=fill(text("richting", direction(case), "kop")),
        salutation=text("aanhef"),
        opening=(
            Paragraph(text=fill(text("kader"))),
            Paragraph(text=_kern(case, fill), is_key=True),
        ),
        sections=sections,
        closing=Closing(
            greeting=text("groet"),
            authority=f"{sender.authority},",
            on_behalf=text("namens"),
            name=sender.signatory_name or fill.mark("ondertekenaar"),
            function=sender.signatory_function,
        ),
        open_marks=tuple(fill.open_marks),
    )


def _values(case: Case, details: Details) -> dict[str, str | None]:
    """Every placeholder that can stand anywhere; those of one text alone are given there."""
    figures, opgave = figures_of(case.opgave), case.opgave
    period, after = opgave.period, opgave.period.next
    handed_over = figures.herverdeling != 0 or bool(_net(case.herverdelingen))
    following = case.next_opgave
    due_plan = details.due_plan or default_due_plan(details.on)
    required = figures.end if details.required_persons is None else details.required_persons
    return {
        "gemeente": case.municipality,
        "periode": str(period),
        "helft": period.words,
        "halfjaar": f"de {period.words}",
        "begindatum": long_date(period.start),
        "peildatum": long_date(period.peildatum),
        "volgende": str(after),
        "volgende_peildatum": long_date(after.peildatum),
        "begin": number(abs(figures.begin)),
        "begin_personen": persons(abs(figures.begin)),
        "eind_personen": persons(abs(figures.end)),
        "stand_begin": standing(figures.begin),
        "stand_vorig": _standing_before(figures.begin, opgave.start_expected),
        "taakstelling_personen": persons(figures.asked),
        "taakstelling_kaal": number(figures.taakstelling),
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
        "vorige": str(case.trede_before),
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


def _figures_section(case: Case, fill: Filler) -> Section:
    figures, opgave, period = figures_of(case.opgave), case.opgave, case.opgave.period
    swaps = _swap_rows(case.herverdelingen, opgave.herverdeling, fill)
    terms = (figures.begin, figures.taakstelling, *(change for change, _ in swaps))
    share = "pct_taakstelling_herverdeling" if swaps else "pct_taakstelling"
    rows = (
        _standing_row(figures.begin, period.start, _origin_of_start(opgave, fill), fill),
        _taakstelling_row(figures.taakstelling, period, fill),
        *(row for _, row in swaps),
        _total_row(figures.totaalopgave, period, terms, fill),
        SumRow(
            label=text("tabel", "realisatie"),
            number=number(figures.realisation),
            origin=fill(text("tabel", "bron_coa"), dag=day_and_month(period.peildatum)),
        ),
        _share_row(share, opgave.percentage_taakstelling, figures.realisation, figures.asked, fill),
        _share_row("pct_totaalopgave", opgave.percentage_totaalopgave, figures.realisation, figures.totaalopgave, fill),
        _standing_row(figures.end, period.peildatum, _left_of(figures), fill, is_total=True),
    )
    return Section(heading=fill(text("koppen", "cijfers")), blocks=(_sum_table(period, rows),))


def _judgement_section(case: Case, fill: Filler) -> Section:
    figures, opgave = figures_of(case.opgave), case.opgave
    met = f"{fill(text('oordeel', oordeel_case(figures)))} {_herverdeling_sentence(case, fill)}".strip()
    moved = f"{_moved(figures, fill)} {fill(text('totaal', totaal_case(figures)))}"
    paragraphs = [met, moved, fill(text("bron"))]
    if opgave.start_difference:
        paragraphs.append(fill(text("correctie", "coa" if opgave.start_carried is None else "overgenomen")))
    if case.taakstelling_before is not None and case.taakstelling_before != figures.taakstelling:
        paragraphs.append(fill(text("correctie", "gewijzigd")))
    return Section(
        heading=fill(text("koppen", "oordeel")),
        blocks=tuple(Paragraph(text=paragraph) for paragraph in paragraphs),
    )


def _herverdeling_sentence(case: Case, fill: Filler) -> str:
    net = _net(case.herverdelingen)
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


def _trede_section(case: Case, fill: Filler) -> Section:
    which = direction(case)
    found = " ".join(
        part
        for part in (
            _ground(case, fill),
            _row(case, fill),
            _belongs(case, fill),
            fill(text("afwijking")) if case.departure else "",
            fill(text("richting", which, "kort")),
        )
        if part
    )
    step = case.step
    standard = what_follows(step.number, step.name)
    # The policy's own words are no template.
    own = (Paragraph(text=kept_together(step.follows)),)
    follows = own if standard is None else tuple(_block(block, fill) for block in standard)
    return Section(
        heading=fill(text("richting", which, "kop")),
        blocks=(
            Paragraph(text=fill(text("ladder"))),
            Paragraph(text=found),
            *follows,
        ),
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
    if _is_term_over(case.advice.step) and not case.advice.held:
        which += "_termijn_voorbij"
    row = fill(
        text("rij", which),
        rangtelwoord=_ordinal(deciding.condition.half_years),
        halfjaren=_cardinal(deciding.condition.half_years),
    )
    if not deciding.passed_over:
        return row
    passed = enumeration([str(period) for period in sorted(deciding.passed_over)])
    return f"{row} {fill(text('rij', 'bevroren'), bevroren=passed)}"


def _next_section(case: Case, fill: Filler) -> Section:
    end, opgave = figures_of(case.opgave).end, case.next_opgave
    if opgave is None or opgave.taakstelling is None:
        known: tuple[Block, ...] = ()
        what = "onbekend_achterstand" if end > 0 else "onbekend_voorsprong" if end < 0 else "onbekend"
        words = fill(text("volgend", what))
    else:
        known = (_next_table(case, opgave, opgave.taakstelling, fill),)
        words = _next_words(end, opgave.taakstelling + opgave.herverdeling, fill)
    return Section(
        heading=fill(text("koppen", "volgend")),
        blocks=(*known, Paragraph(text=words)),
        is_whole=True,
    )


def _next_table(case: Case, opgave: Opgave, taakstelling: int, fill: Filler) -> SumTable:
    """Opens with this letter's own end, so that the two tables of one letter agree."""
    figures, period = figures_of(case.opgave), opgave.period
    swaps = _swap_rows(case.next_herverdelingen, opgave.herverdeling, fill)
    terms = (figures.end, taakstelling, *(change for change, _ in swaps))
    return _sum_table(
        period,
        (
            _standing_row(figures.end, period.start, _left_of(figures), fill),
            _taakstelling_row(taakstelling, period, fill),
            *(row for _, row in swaps),
            _total_row(sum(terms), period, terms, fill),
        ),
    )


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


# -- the bijlage ----------------------------------------------------------------------------------


def compose_bijlage(*, policy: Policy, valid_from: Period, period: Period, sender: Sender) -> BijlageContent:
    """The ladder as the policy's data has it; for all letters of the province over the half-year."""
    organisation = sender.organisation[:1].lower() + sender.organisation[1:]
    fill = Filler({"helft": period.words, "organisatie": organisation})
    return BijlageContent(
        title=fill(text("bijlage", "titel")),
        description=fill(text("bijlage", "omschrijving")),
        author=sender.authority,
        running=Running(
            sender=sender.organisation,
            title=text("bijlage", "naam"),
            aside="\n".join(fill(line) for line in texts("bijlage", "kop")),
        ),
        sender=sender,
        entries=_entries(
            ("hoort_bij", fill(text("bijlage", "hoort_bij"))),
            ("beleid", policy.name),
            ("geldt_vanaf", long_date(valid_from.start)),
        ),
        name=text("bijlage", "naam"),
        intro=fill(text("bijlage", "inleiding")),
        ladder_heading=fill(text("bijlage", "kop_treden"), aantal_treden=_cardinal(len(policy.steps))),
        ladder_heads=texts("bijlage", "kolommen"),
        ladder=tuple(
            LadderRow(
                number=str(step.number),
                name=step.name,
                when=kept_together(step.when),
                follows=kept_together(step.follows),
            )
            for step in policy.steps
        ),
        sections=(
            Section(
                heading=text("bijlage", "kop_toepassing"),
                blocks=(Bullets(items=tuple(_application(policy))),),
            ),
            Section(
                heading=text("bijlage", "kop_rekenen"),
                blocks=(TermTable(heads=texts("bijlage", "begrippen_kolommen"), rows=pairs("bijlage", "begrippen")),),
            ),
            Section(
                heading=text("bijlage", "kop_bronnen"),
                blocks=(
                    Bullets(
                        items=(
                            *(kept_together(source) for source in texts("bijlage", "bronnen")),
                            f"{policy.name} van de {organisation}",
                        )
                    ),
                ),
            ),
        ),
    )


def _application(policy: Policy) -> Iterable[str]:
    conditions = [step.condition for step in policy.steps if step.condition]
    compares = Metric.ACHTERSTAND_AGAINST_TAAKSTELLING
    yield text("bijlage", "toepassing", "besluit")
    if any(condition.metric is compares for condition in conditions):
        reading = "met_herverdeling" if policy.counts_herverdeling else "zonder_herverdeling"
        yield text("bijlage", "toepassing", reading)
    in_a_row = {condition.metric for condition in conditions if condition.half_years > 1}
    if compares in in_a_row:
        yield text("bijlage", "toepassing", "rij_taakstelling")
    if Metric.ACHTERSTAND in in_a_row:
        yield text("bijlage", "toepassing", "rij_achterstand")
    if any(condition.metric.is_percentage for condition in conditions):
        yield text("bijlage", "toepassing", "percentage")
    if any(metric not in OWED for metric in in_a_row):
        yield text("bijlage", "toepassing", "rij_gehuisvest")
    if policy.most_steps_up is not None:
        steps = "één trede" if policy.most_steps_up == 1 else f"{_cardinal(policy.most_steps_up)} treden"
        yield Filler({"treden": steps})(text("bijlage", "toepassing", "in_een_keer"))
    if policy.down_by_decision:
        yield text("bijlage", "toepassing", "omlaag_na_besluit")
    if policy.outcomes:
        names = " of ".join(f"‘{name}’" for name in policy.outcomes)
        yield Filler({"uitkomsten": names})(text("bijlage", "toepassing", "naast_de_ladder"))


# -- rows, lines and words ------------------------------------------------------------------------


def _sum_table(period: Period, rows: tuple[SumRow, ...]) -> SumTable:
    first = long_date(period.start)
    if period.start.year == period.peildatum.year:
        first = day_and_month(period.start)
    return SumTable(
        span=f"{first} tot {long_date(period.peildatum)}",
        count_head=text("tabel", "aantal"),
        origin_head=text("tabel", "herkomst"),
        rows=rows,
    )


def _standing_row(value: int, on: date, origin: str, fill: Filler, *, is_total: bool = False) -> SumRow:
    which = "voorsprong_op" if value < 0 else "achterstand_op"
    return SumRow(
        label=fill(text("tabel", which), dag=long_date(on)), number=number(value), origin=origin, is_total=is_total
    )


def _origin_of_start(opgave: Opgave, fill: Filler) -> str:
    if opgave.start_reported is None and opgave.start_carried is not None:
        return text("tabel", "bron_overgenomen")
    if opgave.start_reported is None:
        return fill(text("tabel", "bron_berekend"), halfjaar_code=str(opgave.period.previous))
    return fill(text("tabel", "bron_coa"), dag=day_and_month(opgave.period.start))


def _taakstelling_row(value: int, period: Period, fill: Filler) -> SumRow:
    return SumRow(
        label=fill(text("tabel", "taakstelling"), halfjaar_code=str(period)),
        number=number(value),
        origin=ministry(str(period)),
    )


def _swap_rows(swaps: tuple[Swap, ...], total: int, fill: Filler) -> list[tuple[int, SumRow]]:
    """One row per municipality, each with its change."""
    net = _net(swaps)
    if sum(swap.persons for swap in net) != total:
        raise ValueError("The herverdelingen of the case are not those of its opgave.")
    return [
        (
            swap.persons,
            SumRow(
                label=fill(text("tabel", "overgenomen" if swap.persons > 0 else "overgedragen"), andere=swap.other),
                number=signed(swap.persons),
                origin=text("tabel", "bron_herverdeling"),
            ),
        )
        for swap in net
    ]


def _net(swaps: tuple[Swap, ...]) -> list[Swap]:
    """Per municipality, in the order agreed; those that cancel out fall away."""
    per_other: dict[str, int] = {}
    for swap in swaps:
        per_other[swap.other] = per_other.get(swap.other, 0) + swap.persons
    return [Swap(other=other, persons=change) for other, change in per_other.items() if change]


def _left_of(figures: Figures) -> str:
    """The sum of the last row: "375 − 168", and "7 − 0" where nobody was housed."""
    return f"{number(figures.totaalopgave)} {MINUS} {number(figures.realisation)}"


def _total_row(value: int, period: Period, terms: tuple[int, ...], fill: Filler) -> SumRow:
    return SumRow(
        label=fill(text("tabel", "totaalopgave"), halfjaar_code=str(period)),
        number=number(value),
        origin=sum_of(terms),
        is_total=True,
    )


def _share_row(which: str, percentage: int | None, part: int, whole: int, fill: Filler) -> SumRow:
    return SumRow(
        label=text("tabel", which),
        number=percent(percentage).removesuffix("%"),
        origin=fill(text("tabel", "deel"), deel=number(part), geheel=number(whole)),
        is_percentage=percentage is not None,
    )


def _entries(*labelled: tuple[str, str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            label=text("gegevens", label),
            value=value,
            mail=value if label == "e_mailadres" else "",
        )
        for label, value in labelled
        if value
    )


def _address(case: Case, fill: Filler) -> tuple[str, ...]:
    name = fill(text("adres_gemeente"))
    if case.address is None:
        return (name, text("adres_college"), fill.mark("postadres"))
    # Two spaces and capitals: the postal service's own way of writing the last line.
    town = f"{case.address.postcode}{NO_BREAK_SPACE} {case.address.town.upper()}"
    return (name, text("adres_college"), case.address.line, town)


def _return_address(sender: Sender, fill: Filler) -> str:
    lines = [line for line in (sender.post_line, sender.postcode_town) if line]
    return fill(text("retouradres"), adres=", ".join(lines) or fill.mark("retouradres"))


def _lines(block: str | tuple[str, ...]) -> tuple[str, ...]:
    return (block,) if isinstance(block, str) else block


def _block(block: str | tuple[str, ...], fill: Filler) -> Block:
    if isinstance(block, str):
        return Paragraph(text=fill(block))
    return Bullets(items=tuple(fill(item) for item in block))


def _is_term_over(step: Step) -> bool:
    """Whether this trede carries out a decision whose term has passed: trede 6 of the standard texts."""
    return any(
        "((maatregelendatum))" in line for block in what_follows(step.number, step.name) or () for line in _lines(block)
    )


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


def _cardinal(value: int) -> str:
    return _CARDINALS[value] if value < len(_CARDINALS) else str(value)


def _ordinal(value: int) -> str:
    return _ORDINALS[value] if value < len(_ORDINALS) else f"{value}e"
