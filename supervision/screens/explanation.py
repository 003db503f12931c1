"""Why a municipality stands where it stands: verdict, sum with its sources, the clauses that were weighed.

Everything here works on what was read; nothing queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.urls import reverse
from django.utils.timezone import localtime

from supervision.differences import Difference
from supervision.figures import Assessment, closes
from supervision.models import CarriedOver, Delivery, Figure, Herverdeling
from supervision.rules.dutch import count, decimal, enumeration, long_date, number, persons, signed
from supervision.rules.ladder import Advice, Clause, Held
from supervision.rules.opgave import AnyKind, Kind, Opening, Opgave
from supervision.rules.period import Period, periods_between
from supervision.rules.policy import OWED, Condition, Metric, Policy, Step
from supervision.rules.tipping import Sensitivity, Tipping
from supervision.screens import charts
from supervision.screens.overview import Fact, Running, running_of
from supervision.screens.overview_table import NOTHING, SUM, has_other_reading, is_uncertain, share
from supervision.templatetags.dutch import moment

CHART_HALF_YEARS = 8

_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde")


# -- verdict ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The finding in one sentence; the remarks that go with it, and those that warn."""

    trede: int | None
    step_name: str
    finding: str
    remarks: tuple[str, ...]
    warnings: tuple[str, ...]


def decided_in_words(assessment: Assessment) -> str:
    """What was proposed or decided over the half-year, in a sentence; empty where there is nothing to decide on."""
    on = assessment.on_peildatum
    if on.decided:
        proposal, day = on.decided.proposal, long_date(localtime(on.decided.decided_at).date())
        advised = f", geadviseerd {proposal.advice}" if proposal.advice is not None else ""
        outcome = f" ({proposal.outcome})" if proposal.outcome else ""
        reason = f", omdat {proposal.reason.rstrip('.')}" if proposal.departs else ""
        revised = f" Een herziening naar trede {on.proposed.trede} is voorgesteld." if on.proposed else ""
        return f"Besloten: trede {proposal.trede}{outcome} op {day}{advised}{reason}.{revised}"
    if on.proposed:
        day = long_date(localtime(on.proposed.proposed_at).date())
        return f"Voorgesteld: trede {on.proposed.trede} op {day}, door {on.proposed.proposed_by}; nog niet vastgesteld."
    if on.returned:
        return f"Een voorstel is teruggestuurd door {on.returned.returned_by}: {on.returned.remark.rstrip('.')}."
    return "" if assessment.advice is None else "Er is nog geen besluit."


def verdict_on(assessment: Assessment, tipping: Sensitivity | None) -> Verdict:
    advice = assessment.advice
    if advice is None:
        return Verdict(
            trede=None,
            step_name="",
            finding=_why_no_advice(assessment),
            remarks=tuple(_without_advice(assessment)),
            warnings=(),
        )
    return Verdict(
        trede=advice.trede,
        step_name=advice.step.name,
        finding=f"{ground_of(advice)}: trede {advice.trede}{_compared_with_before(assessment)}.",
        remarks=tuple(_remarks(assessment, advice, tipping)),
        warnings=tuple(_warnings(assessment, advice, tipping)),
    )


def ground_of(advice: Advice) -> str:
    """What decided, short: "Achterstand 207 is hoger dan de taakstelling 203"."""
    if advice.held is Held.FROZEN:
        return f"Halfjaar {advice.period} is bevroren"
    clause = advice.deciding
    if clause is None:
        return _found_lowest(advice)
    match clause.condition.metric:
        case Metric.ACHTERSTAND:
            return _found_owed(clause, advice)
        case Metric.ACHTERSTAND_AGAINST_TAAKSTELLING:
            achterstand = f"Achterstand {number(clause.persons)}"
            if len(clause.row) < 2:
                return f"{achterstand} is {_against(clause)}"
            return f"{achterstand} is {_in_a_row(clause)} niet lager dan {_bound(clause)}"
        case Metric.SHORTFALL:
            found = f"{_housed(clause)}, {number(clause.persons)} te weinig"
        case _:
            found = f"{_housed(clause)}, minder dan {decimal(clause.condition.threshold)}%"
    return found if len(clause.row) < 2 else f"{found}, {_in_a_row(clause)}"


def _found_lowest(advice: Advice) -> str:
    """On the first step: the achterstand where that is what the ladder looks at, else what was housed."""
    lowest = advice.clauses[0] if advice.clauses else None
    if lowest is None:
        return "Er is één trede"
    if lowest.condition.metric not in OWED:
        return _housed(lowest)
    if lowest.persons > 0:
        return f"Achterstand {number(lowest.persons)}"
    return f"Voorsprong van {persons(-lowest.persons)}" if lowest.persons < 0 else "Geen achterstand"


def _found_owed(clause: Clause, advice: Advice) -> str:
    achterstand = f"Achterstand {number(clause.persons)}"
    if len(clause.row) > 1:
        return f"{achterstand}, {_in_a_row(clause)}"
    compares = Metric.ACHTERSTAND_AGAINST_TAAKSTELLING
    beyond = next((each for each in advice.clauses if each.condition.metric is compares), None)
    return achterstand if beyond is None else f"{achterstand} is {_against(beyond)}"


def _housed(clause: Clause) -> str:
    asked = clause.compared_with or 0
    if asked <= 0:
        return "Niemand te huisvesten"
    whole = "totaalopgave" if clause.condition.metric is Metric.PERCENTAGE_TOTAALOPGAVE else "taakstelling"
    return f"{number(clause.housed)} gehuisvest van de {whole} van {number(asked)}"


def _in_a_row(clause: Clause) -> str:
    return f"voor het {_ordinal(len(clause.row))} halfjaar op rij"


def _against(clause: Clause) -> str:
    bound = clause.condition.threshold * (clause.compared_with or 0)
    if clause.persons > bound:
        return f"hoger dan {_bound(clause)}"
    return f"{'lager dan' if clause.persons < bound else 'even hoog als'} {_bound(clause)}"


def _bound(clause: Clause) -> str:
    multiple = clause.condition.threshold
    of = f"de taakstelling {number(clause.compared_with or 0)}"
    return of if multiple == 1 else f"{decimal(multiple)} keer {of}"


def _ordinal(count: int) -> str:
    return _ORDINALS[count - 1] if count <= len(_ORDINALS) else f"{count}e"


def _compared_with_before(assessment: Assessment) -> str:
    """Of the advice, whatever was decided."""
    if assessment.trede_before is None or assessment.advice is None:
        return ""
    if assessment.is_another_ladder:
        return f", was trede {assessment.trede_before} van de ladder daarvoor"
    if assessment.advice.trede == assessment.trede_before:
        return ", net als daarvoor"
    return f", was {assessment.trede_before}"


def _remarks(assessment: Assessment, advice: Advice, tipping: Sensitivity | None) -> Iterator[str]:
    opgave, policy = assessment.opgave, assessment.policy
    compares = any(clause.condition.metric is Metric.ACHTERSTAND_AGAINST_TAAKSTELLING for clause in advice.clauses)
    if advice.passed_over:
        yield advice.passed_over_sentence
    if policy and compares and assessment.other_reading is not None and not has_other_reading(assessment):
        compared = opgave.taakstelling if policy.counts_herverdeling else opgave.taakstelling_with_herverdeling
        words = "Zonder de herverdeling" if policy.counts_herverdeling else "Met de herverdeling erbij"
        yield f"{words} ({number(compared or 0)}) is het advies hetzelfde."
    if tipping and not tipping.hangs_on_one_person:
        yield from _tippings(assessment, tipping)


def _warnings(assessment: Assessment, advice: Advice, tipping: Sensitivity | None) -> Iterator[str]:
    if advice.held:
        yield advice.held_sentence
    if advice.held is Held.FROZEN:
        yield f"De reden: {assessment.policies.frozen[advice.period].rstrip('.')}."
    if has_other_reading(assessment) and assessment.policy:
        words = "niet meetelt" if assessment.policy.counts_herverdeling else "meetelt"
        yield f"Als de herverdeling {words} in de vergelijking, is het advies trede {assessment.other_reading}."
    if is_uncertain(assessment):
        missing = enumeration([str(period) for period in advice.missing])
        yield f"Van {missing} ontbreken cijfers: daarmee kan het advies trede {advice.could_be} worden."
    if tipping and tipping.hangs_on_one_person:
        yield f"Dit hangt van één persoon af. {' '.join(_tippings(assessment, tipping))}"


def _tippings(assessment: Assessment, tipping: Sensitivity) -> Iterator[str]:
    if tipping.lower:
        yield _tipping(assessment, tipping.lower, "meer")
    if tipping.higher:
        yield _tipping(assessment, tipping.higher, "minder")


def _tipping(assessment: Assessment, tipping: Tipping, more: str) -> str:
    stays = tipping.trede == assessment.trede_before and not assessment.is_another_ladder
    verb = "gebleven" if stays else "geweest"
    return f"Met {persons(tipping.persons)} {more} gehuisvest was het trede {tipping.trede} {verb}."


def _why_no_advice(assessment: Assessment) -> str:
    opgave, period = assessment.opgave, assessment.period
    if opgave.achterstand_end is not None:
        return f"{_owed_at_the_end(opgave)}, maar geen beleidskader om die aan te toetsen."
    running = running_of([opgave], period=period)
    if running and running.counted:
        return running.sentence
    return f"Nog geen advies: {_lacking(assessment.missing)}."


def _owed_at_the_end(opgave: Opgave) -> str:
    end = opgave.achterstand_end or 0
    return f"Een voorsprong van {persons(-end)}" if end < 0 else f"Een achterstand van {persons(end)}"


def _without_advice(assessment: Assessment) -> Iterator[str]:
    period, before = assessment.period, assessment.trede_before
    if assessment.opgave.achterstand_end is not None:
        yield f"Voor {period} is geen beleidskader vastgelegd; daarom is er geen trede."
    elif assessment.opgave.realisation is not None:
        yield f"De peildatum van {period} is {long_date(period.peildatum)}; tot dan is er geen advies."
    if before is not None:
        is_decided = period.previous in assessment.proceedings.treden
        yield f"{'Besloten is' if is_decided else f'Over {period.previous} is het advies'} trede {before}."


def _lacking(kinds: Sequence[Kind]) -> str:
    words = enumeration([f"de {kind.dutch}" for kind in kinds])
    return f"{words} {'ontbreekt' if len(kinds) == 1 else 'ontbreken'}"


# -- sum ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """`url` is where the text leads; with `link`, those words after it do."""

    term: str
    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    label: str
    value: str
    op: str
    source: tuple[SourceLine, ...]
    total: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    label: str
    fraction: str
    percentage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`closed` says since when the final count is there; empty while the half-year runs."""

    lines: tuple[SumLine, ...]
    shares: tuple[Share, ...]
    withdrawn: tuple[str, ...]
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the carried-over opening of the half-year is made up of; `url` is where it is carried over."""

    parts: tuple[CarriedOver, ...] = ()
    url: str = ""


NOTHING_TAKEN = Taken()


def sum_of_half_year(
    assessment: Assessment,
    *,
    behind: Mapping[AnyKind, Sequence[Figure]],
    herverdelingen: Sequence[Herverdeling],
    entry_url: str,
    taken: Taken = NOTHING_TAKEN,
    difference: Difference | None = None,
    differences_url: str = "",
) -> Sum:
    """The sum as the dossier's table has it; each number with where it comes from."""
    opgave, period = assessment.opgave, assessment.period
    start, end = opgave.achterstand_start, opgave.remaining
    standing = [row for row in herverdelingen if not row.delivery.is_withdrawn]
    so_far = "" if opgave.is_closed or opgave.counted_to is None else f" tot {long_date(opgave.counted_to)}"
    lines = [
        SumLine(
            label=f"Taakstelling {period}",
            value=_shown(opgave.taakstelling),
            op="",
            source=_sources(behind[Kind.TAAKSTELLING], entry_url),
        ),
        *(_herverdeling_line(row, assessment) for row in standing),
        SumLine(
            label=f"{_owed_word(start)} op {long_date(period.start)}",
            value=_shown(start),
            op="+",
            source=(
                *_start_sources(assessment, behind[Kind.ACHTERSTAND], entry_url),
                *_taken_over(assessment, behind[Opening.CARRIED_OVER], taken),
                *_explained(difference, differences_url),
            ),
        ),
        SumLine(
            label="Totaalopgave",
            value=_shown(opgave.totaalopgave),
            op="=",
            total=True,
            source=_computed(opgave.totaalopgave_sum, "de taakstelling of de achterstand ontbreekt"),
        ),
        SumLine(
            label=f"Realisatie{so_far}",
            value=_shown(opgave.realisation),
            op="−",
            source=_sources(behind[Kind.REALISATION], entry_url),
        ),
        SumLine(
            label=f"{_owed_word(end)} op {long_date(period.peildatum)}" if opgave.is_closed else "Nog te huisvesten",
            value=_shown(end),
            op="=",
            total=True,
            source=_computed(opgave.remaining_sum, "een van de cijfers hierboven ontbreekt"),
        ),
    ]
    return Sum(
        lines=tuple(lines),
        shares=tuple(_shares(opgave)),
        withdrawn=tuple(_withdrawn(herverdelingen, assessment)),
        closed=_closed(behind[Kind.REALISATION]),
    )


def _closed(counts: Iterable[Figure]) -> str:
    final = [figure for figure in counts if closes(figure) and not figure.delivery.is_withdrawn]
    if not final:
        return ""
    since = min(localtime(figure.delivery.recorded_at).date() for figure in final)
    return f"Gesloten op {long_date(since)} met de stand van de peildatum: een correctie heeft een reden nodig."


def _shown(value: int | None) -> str:
    return NOTHING if value is None else number(value)


def _owed_word(value: int | None) -> str:
    return "Voorsprong" if value is not None and value < 0 else "Achterstand"


def _computed(written_out: str, lacks: str) -> tuple[SourceLine, ...]:
    return (SourceLine(term="Berekend", text=written_out or f"nog niet: {lacks}"),)


def _shares(opgave: Opgave) -> Iterator[Share]:
    pairs = [
        ("Realisatie taakstelling", opgave.taakstelling_with_herverdeling, opgave.percentage_taakstelling),
        ("Realisatie totaalopgave", opgave.totaalopgave, opgave.percentage_totaalopgave),
    ]
    for label, whole, percentage in pairs:
        fraction = f"{_shown(opgave.realisation)} van {_shown(whole)}"
        yield Share(label=label, fraction=fraction, percentage=share(opgave, whole, percentage))


def _sources(figures: Sequence[Figure], entry_url: str) -> tuple[SourceLine, ...]:
    """Of the figure in force where it comes from, then what it replaced; the figures are the latest first."""
    in_force = next((figure for figure in figures if not figure.delivery.is_withdrawn), None)
    lines: list[SourceLine] = []
    if in_force is None:
        lines.append(SourceLine(term="Ontbreekt", text="Nog niet ingevoerd", url=entry_url))
    else:
        lines.append(SourceLine(term="Stand van", text=long_date(in_force.as_of)))
        lines += _delivered(in_force.delivery)
        if in_force.cell:
            lines.insert(2, SourceLine(term="Blad en cel", text=_place(in_force)))
    for figure in figures:
        if figure is not in_force:
            lines.append(_earlier(figure))
    return tuple(lines)


def _delivered(delivery: Delivery) -> Iterator[SourceLine]:
    file_url = _file_url(delivery)
    term = "Werkboek" if file_url else "Document"
    yield SourceLine(term=term, text=delivery.document or "niet opgegeven", url=file_url)
    yield SourceLine(term="Hoe", text=delivery.get_way_display())
    yield SourceLine(term="Vastgelegd", text=f"{delivery.recorded_by}, {moment(delivery.recorded_at)}")
    if delivery.reason:
        is_carried = delivery.way == Delivery.Way.CARRIED_OVER
        yield SourceLine(term="Reden" if is_carried else "Correctie", text=delivery.reason)
    if delivery.is_sample:
        yield SourceLine(term="Let op", text="Voorbeeldcijfer, niet van het COA")


def _file_url(delivery: Delivery) -> str:
    """Of the workbook itself, which is kept; empty for a delivery that came in otherwise."""
    is_kept = delivery.way == Delivery.Way.WORKBOOK
    return reverse("supervision:delivery_workbook", kwargs={"pk": delivery.pk}) if is_kept else ""


def _earlier(figure: Figure) -> SourceLine:
    delivery, file_url = figure.delivery, _file_url(figure.delivery)
    link = "werkboek" if file_url else ""
    document = f", {delivery.document}" if delivery.document else ""
    place = f", {_place(figure)}" if figure.cell else ""
    text = f"{number(figure.persons)} (stand van {long_date(figure.as_of)}{document}{place}"
    if delivery.is_withdrawn:
        when = f"ingetrokken door {delivery.withdrawn_by}, {moment(delivery.withdrawn_at)}"
        text = f"{text}; {when}{_because(delivery.withdrawal_reason)})"
        return SourceLine(term="Ingetrokken", text=text, url=file_url, link=link)
    when = f"vastgelegd door {delivery.recorded_by}, {moment(delivery.recorded_at)}"
    return SourceLine(term="Verving", text=f"{text}; {when}{_because(delivery.reason)})", url=file_url, link=link)


def _place(figure: Figure) -> str:
    return f"{figure.sheet}, {figure.cell}" if figure.sheet else figure.cell


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _start_sources(assessment: Assessment, figures: Sequence[Figure], entry_url: str) -> tuple[SourceLine, ...]:
    """COA's opening, and beside it the one that was computed; one of the two where the other lacks."""
    opgave, before = assessment.opgave, assessment.half_years.get(assessment.period.previous)
    computed = f"{before.remaining_sum} (eind van {assessment.period.previous})" if before else ""
    if opgave.start_carried is not None:
        computed = "Overgenomen bij de herindeling"
    if opgave.start_reported is None and (opgave.has_parts or opgave.start_carried is not None):
        return tuple(_earlier(figure) for figure in figures)
    if opgave.start_reported is None:
        if opgave.start_computed is None:
            return _sources(figures, entry_url)
        earlier = [_earlier(figure) for figure in figures]
        remark = SourceLine(term="COA", text="heeft voor dit halfjaar geen eigen achterstand gemeld")
        return (SourceLine(term="Berekend", text=computed), remark, *earlier)
    lines = [*_sources(figures, entry_url)]
    if opgave.start_difference:
        text = (
            f"{computed}: {_shown(opgave.start_expected)}. COA meldt {_shown(opgave.start_reported)}; COA is leidend."
        )
        lines.insert(0, SourceLine(term="Verschil", text=text))
    elif opgave.start_expected is not None:
        lines.append(SourceLine(term="Klopt met", text=computed))
    return tuple(lines)


def _taken_over(assessment: Assessment, figures: Sequence[Figure], taken: Taken) -> Iterator[SourceLine]:
    """Each part with what it brought, named as then, and who carried it over; where that is still to be done, says so."""
    in_force = next((figure for figure in figures if not figure.delivery.is_withdrawn), None)
    if in_force is None and assessment.opgave.has_parts:
        yield SourceLine(term="Herindeling", text="Nog niet overgenomen van de voorgangers", url=taken.url)
    if in_force is not None and assessment.opgave.start_reported is not None:
        yield SourceLine(term="Overgenomen", text=f"{number(in_force.persons)}, naast het COA:")
    for part in taken.parts:
        yield _part_taken(part, assessment)
    if in_force is not None:
        yield from _delivered(in_force.delivery)
    yield from (_earlier(figure) for figure in figures if figure is not in_force)


def _part_taken(part: CarriedOver, assessment: Assessment) -> SourceLine:
    giver, heir, last = part.from_municipality, assessment.municipality, assessment.period.previous
    term = f"{giver.name} zelf" if giver.pk == heir.pk else giver.name
    if part.end is None:
        return SourceLine(term=term, text=f"{number(part.persons)}, volgens {part.document}")
    of = "" if part.end == part.persons else f" van de {number(part.end)}"
    address = {"period": last, "code": giver.code}
    is_ours = giver.province_id == heir.province_id
    return SourceLine(
        term=term,
        text=f"{number(part.persons)}{of} (eind van {last})",
        url=f"{reverse('supervision:municipality', kwargs=address)}#{SUM}" if is_ours else "",
    )


def _explained(difference: Difference | None, url: str) -> Iterator[SourceLine]:
    if difference is None:
        return
    explanation = difference.explanation
    if explanation is None:
        yield SourceLine(term="Verklaring", text="Nog niet verklaard", url=url)
        return
    note = f": {explanation.note}" if explanation.note else ""
    whose = f"{explanation.explained_by}, {moment(explanation.explained_at)}"
    of = f"Verklaard was een verschil van {signed(explanation.persons)}: " if difference.is_outdated else ""
    text = f"{of}{explanation.get_cause_display()}{note} ({whose})"
    yield SourceLine(term="Verklaring", text=text, url=url, link="Bekijk" if url else "")


def _herverdeling_line(row: Herverdeling, assessment: Assessment) -> SumLine:
    is_taken = row.to_municipality_id == assessment.municipality.pk
    details = [SourceLine(term="Afgesproken", text=long_date(row.agreed_on))] if row.agreed_on else []
    if row.note:
        details.append(SourceLine(term="Toelichting", text=row.note))
    return SumLine(
        label=_herverdeling_label(row, assessment),
        value=number(row.persons),
        op="+" if is_taken else "−",
        source=(*details, *_delivered(row.delivery)),
    )


def _herverdeling_label(row: Herverdeling, assessment: Assessment) -> str:
    is_taken = row.to_municipality_id == assessment.municipality.pk
    other = row.from_municipality.name if is_taken else row.to_municipality.name
    return f"Herverdeling {'van' if is_taken else 'naar'} {other}"


def _withdrawn(herverdelingen: Iterable[Herverdeling], assessment: Assessment) -> Iterator[str]:
    for row in herverdelingen:
        delivery = row.delivery
        if delivery.is_withdrawn:
            label = _herverdeling_label(row, assessment)
            when = (
                f"door {delivery.withdrawn_by}, {moment(delivery.withdrawn_at)}{_because(delivery.withdrawal_reason)}"
            )
            yield f"{label}: {persons(row.persons)}, ingetrokken {when.removesuffix('.')}."


# -- why ----------------------------------------------------------------------


def condition_in_words(step: Step, policy: Policy) -> str:
    """What is computed, from the data: not the text of the bijlage, which explains it."""
    condition = step.condition
    if condition is None:
        return "als de voorwaarde van geen hogere trede geldt"
    words = _measured_in_words(condition, policy)
    return words if condition.half_years == 1 else f"{words}, {condition.half_years} halfjaren op rij"


def _measured_in_words(condition: Condition, policy: Policy) -> str:
    threshold = condition.threshold
    match condition.metric:
        case Metric.ACHTERSTAND:
            return f"een achterstand van minstens {persons(ceil(threshold))}"
        case Metric.ACHTERSTAND_AGAINST_TAAKSTELLING:
            multiple = "" if threshold == 1 else f"{decimal(threshold)} keer "
            reading = "inclusief herverdeling" if policy.counts_herverdeling else "zonder herverdeling"
            return f"een achterstand die minstens zo groot is als {multiple}de taakstelling {reading}"
        case Metric.SHORTFALL:
            if threshold <= 1:
                return "minder gehuisvest dan de taakstelling inclusief herverdeling"
            return f"minstens {persons(ceil(threshold))} minder gehuisvest dan de taakstelling inclusief herverdeling"
        case Metric.PERCENTAGE_TAAKSTELLING:
            return f"minder dan {decimal(threshold)}% van de taakstelling inclusief herverdeling gehuisvest"
        case Metric.PERCENTAGE_TOTAALOPGAVE:
            return f"minder dan {decimal(threshold)}% van de totaalopgave gehuisvest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One step of the ladder held against the figures; `is_advised` is where it came out."""

    trede: int
    name: str
    condition: str
    found: str
    outcome: str
    is_advised: bool


def weighed(advice: Advice, policy: Policy) -> list[Weighed]:
    """Every step, highest first."""
    clauses = {clause.step.number: clause for clause in advice.clauses}
    return [
        Weighed(
            trede=step.number,
            name=step.name,
            condition=condition_in_words(step, policy),
            found=_found_for(clauses[step.number], advice) if step.number in clauses else "",
            outcome=_outcome(clauses.get(step.number), advice, step),
            is_advised=step == advice.step,
        )
        for step in reversed(policy.steps)
    ]


def _found_for(clause: Clause, advice: Advice) -> str:
    """The comparison itself is told once; a step that asks for more half-years tells which there were."""
    condition = clause.condition
    told_elsewhere = any(
        other.condition == replace(condition, half_years=1) for other in advice.clauses if other is not clause
    )
    if condition.half_years < 2 or not told_elsewhere:
        return clause.sentence
    counted = count(len(clause.row), "halfjaar op rij", "halfjaren op rij")
    which = f" ({enumeration([str(period) for period in clause.row])})" if clause.row else ""
    missing = f"; de cijfers van {clause.missing} ontbreken" if clause.missing else ""
    return f"{counted}{which}, nodig zijn er {condition.half_years}{missing}."


def _outcome(clause: Clause | None, advice: Advice, step: Step) -> str:
    if advice.held is Held.FROZEN:
        return "blijft" if step == advice.step else "bevroren"
    if step == advice.step:
        return "blijft" if advice.held is Held.DOWN_BY_DECISION else "advies" if advice.held else "geldt"
    if clause is None or clause.holds:
        above = step.number > advice.step.number
        return "geldt, maar te ver omhoog" if above else "geldt" if step == advice.reached else "hogere trede geldt"
    return "niet bekend" if clause.missing else "geldt niet"


# -- history ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The last half-years that have an end, oldest first, and what they show."""

    heading: str
    half_years: tuple[charts.HalfYear, ...]
    wide: charts.HistoryChart
    narrow: charts.HistoryChart
    is_axis: bool


def history_of(assessment: Assessment) -> History | None:
    """None when no half-year has an end yet."""
    ended = [period for period, opgave in assessment.half_years.items() if opgave.achterstand_end is not None]
    ended = [period for period in ended if period <= assessment.period]
    if not ended:
        return None
    last = max(ended)
    first = max(min(ended), last.back(CHART_HALF_YEARS - 1))
    half_years = [_half_year(assessment, period) for period in periods_between(first, last)]
    return History(
        heading=_course(assessment, last),
        half_years=tuple(half_years),
        wide=charts.wide_history(half_years),
        narrow=charts.narrow_history(half_years),
        is_axis=charts.fits_axis(half_years),
    )


def _half_year(assessment: Assessment, period: Period) -> charts.HalfYear:
    opgave = assessment.half_years.get(period)
    return charts.HalfYear(
        label=str(period),
        achterstand_end=opgave.achterstand_end if opgave else None,
        taakstelling=opgave.taakstelling if opgave else None,
        trede=assessment.trede_in(period),
    )


def _course(assessment: Assessment, last: Period) -> str:
    """As a heading: since when the achterstand grows or shrinks, and whether it passed the taakstelling."""
    opgave = assessment.half_years[last]
    now = opgave.achterstand_end or 0
    passed = ""
    if opgave.taakstelling is not None and now > 0 and now >= opgave.taakstelling:
        compared = "hoger dan" if now > opgave.taakstelling else "even hoog als"
        passed = f"; nu is zij {compared} de taakstelling"
    since, then = _turning_point(assessment, last)
    if since == last:
        return f"{_owed_word(now)} en taakstelling per halfjaar"
    return f"{_moved(since, then, now)}{passed}"


def _turning_point(assessment: Assessment, last: Period) -> tuple[Period, int]:
    """The half-year from which the achterstand moved in one direction only, and its end."""

    def end_of(period: Period) -> int | None:
        opgave = assessment.half_years.get(period)
        return opgave.achterstand_end if opgave else None

    period, end = last, end_of(last) or 0
    direction = 0
    while (before := end_of(period.previous)) is not None:
        step = (end > before) - (end < before)
        if period != last and step != direction:
            break
        period, end, direction = period.previous, before, step
    return period, end


def _moved(since: Period, then: int, now: int) -> str:
    """From `then` at the end of `since` to `now`; below 0 is a voorsprong."""
    start = f"Sinds {since}"
    a, b = number(abs(then)), number(abs(now))
    match ((then > 0) - (then < 0), (now > 0) - (now < 0)):
        case (1, 1) | (-1, -1) if now == then:
            return f"{start} is de {_owed_word(now).lower()} gelijk gebleven: {b}"
        case (1, 1) | (-1, -1):
            verb = "groeide" if abs(now) > abs(then) else "daalde"
            return f"{start} {verb} de {_owed_word(now).lower()} van {a} naar {b}"
        case (1, 0):
            return f"{start} is de achterstand van {a} helemaal ingelopen"
        case (1, -1):
            return f"{start} werd een achterstand van {a} een voorsprong van {b}"
        case (-1, 0):
            return f"{start} is de voorsprong van {a} opgebruikt"
        case (-1, 1):
            return f"{start} werd een voorsprong van {a} een achterstand van {b}"
        case (0, 1):
            return f"{start} ontstond een achterstand van {b}"
        case (0, -1):
            return f"{start} ontstond een voorsprong van {b}"
        case _:
            return f"{start} is er geen achterstand"


# -- the half-year after this one ---------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    period: Period
    heading: str
    facts: tuple[Fact, ...]


def following_of(assessment: Assessment) -> Following | None:
    """The next half-year as far as it is known, until its final count is in."""
    opgave, period = assessment.next_opgave, assessment.period.next
    running = running_of([opgave], period=period)
    if opgave is None or running is None:
        return None
    return Following(
        period=period,
        heading=_following_heading(opgave, running),
        facts=tuple(_following_facts(opgave, running)),
    )


def _following_heading(opgave: Opgave, running: Running) -> str:
    if running.counted and running.against_norm:
        housed = f"{number(running.housed)} van de {number(running.totaalopgave)} gehuisvest"
        return f"Lopend halfjaar {running.period}: {housed}, {running.against_norm}"
    if opgave.totaalopgave is not None:
        return f"Volgend halfjaar {running.period}: totaalopgave {number(opgave.totaalopgave)}"
    return f"Volgend halfjaar {running.period}"


def _following_facts(opgave: Opgave, running: Running) -> Iterator[Fact]:
    period, start = running.period, opgave.achterstand_start
    reported = "volgens COA" if opgave.start_reported is not None else "berekend"
    if opgave.start_reported is None and opgave.start_carried is not None:
        reported = "overgenomen bij de herindeling"
    yield Fact(term="Taakstelling", value=_shown(opgave.taakstelling))
    if opgave.herverdeling:
        yield Fact(term="Herverdeling", value=number(opgave.herverdeling))
    yield Fact(term=f"{_owed_word(start)} op {long_date(period.start)}", detail=reported, value=_shown(start))
    yield Fact(term="Totaalopgave", detail=opgave.totaalopgave_sum, value=_shown(opgave.totaalopgave))
    if opgave.realisation is not None and opgave.counted_to is not None:
        norm = "" if running.norm is None else f"norm {number(running.norm)}: een zesde van de totaalopgave per maand"
        yield Fact(term=f"Gehuisvest op {long_date(opgave.counted_to)}", detail=norm, value=number(opgave.realisation))
    if opgave.remaining is not None:
        yield Fact(term="Nog te huisvesten", detail=opgave.remaining_sum, value=number(opgave.remaining))
