"""The gespreksnotitie: what somebody should have at hand for a talk with a municipality, on two pages. Pure.

It is internal. It has roles and no names: those stand in the dossier, and go into no document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from letters.words.case import Sender, Told
from letters.words.content import Entry, Running, SumRow, SumTable
from letters.words.note_case import HalfYear, NoteCase, Promise, Talk
from letters.words.note_points import points_of
from letters.words.sentences import MONTHS_OF_A_HALF_YEAR
from letters.words.texts import kept_together, text
from supervision.rules.dutch import (
    count,
    day_and_month,
    long_date,
    number,
    percent,
    persons,
    signed,
    standing,
)
from supervision.rules.opgave import Opgave
from supervision.rules.prognosis import Ending, Prognosis
from supervision.rules.rounding import half_up

MOST_CONTACTS = 6
LONGEST_SAID = 450
# Of a line that is cut off, fewer characters say nothing.
LITTLE_ROOM = 60
LINES_TO_WRITE_ON = 4
NOTHING = "–"
INTERNAL = "Intern"


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfCell:
    number: str
    origin: str
    is_percentage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfRow:
    label: str
    past: HalfCell
    now: HalfCell
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRow:
    label: str
    realisation: str
    achterstand: str
    trede: str
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    day: str
    what: str
    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    what: str
    who: str
    due: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    title: str
    description: str
    author: str
    created: date
    running: Running
    sender: Sender
    sample_mark: str
    entries: tuple[Entry, ...]
    name: str
    key: str
    past: str
    now: str
    figures: tuple[HalfRow, ...]
    tempo_heading: str
    tempo: SumTable | None
    ends_heading: str
    ends: tuple[EndRow, ...]
    method: tuple[str, ...]
    points: tuple[str, ...]
    circumstances: SumTable | None
    contacts: tuple[LogRow, ...]
    more_contacts: str
    agreements: tuple[PromiseRow, ...]
    lines: range


def compose_note(*, case: NoteCase, sender: Sender, on: date, contact: str = "", phone: str = "") -> NoteContent:
    """`contact` and `phone` are of who made it; they fall out when empty."""
    name = f"Gemeente {case.municipality}"
    short = f"Gespreksnotitie gemeente {case.municipality}"
    sample_mark = text("voorbeeld") if case.has_samples else ""
    return NoteContent(
        title=f"{short}, {long_date(on)}",
        description=f"Cijfers, prognose, afspraken en eerdere contacten voor een gesprek met de gemeente "
        f"{case.municipality} over de huisvesting van vergunninghouders",
        author=sender.organisation,
        created=on,
        running=Running(
            sender=sender.organisation,
            title=short,
            aside="\n".join(line for line in (long_date(on), INTERNAL, sample_mark) if line),
        ),
        sender=sender,
        sample_mark=sample_mark,
        entries=tuple(_entries(case, sender, on, contact, phone)),
        name=name,
        key=" ".join(_key(case)),
        past=str(case.past.period),
        now=str(case.now.period),
        figures=tuple(_figures(case)),
        tempo_heading=f"Tempo in {case.now.period}",
        tempo=_tempo(case.prognosis),
        ends_heading=f"Prognose voor {long_date(case.now.period.peildatum)}",
        ends=tuple(_ends(case.prognosis)),
        method=case.method,
        points=tuple(kept_together(point) for point in points_of(case, on)),
        circumstances=_circumstances(case.circumstances),
        contacts=tuple(_log_row(each) for each in case.contacts[:MOST_CONTACTS]),
        more_contacts=_more(len(case.contacts) - MOST_CONTACTS),
        agreements=tuple(_promise(each, on) for each in case.agreements),
        lines=range(LINES_TO_WRITE_ON),
    )


def _entries(case: NoteCase, sender: Sender, on: date, contact: str, phone: str) -> Iterator[Entry]:
    talk, prognosis = case.appointment, case.prognosis
    pairs = (
        ("Gesprek", _when(talk) if talk else ""),
        ("Vorm", talk.kind if talk else ""),
        ("Deelnemers", talk.who if talk else ""),
        ("Van", contact),
        ("Telefoonnummer", phone),
        ("Team", sender.team),
        ("Cijfers", f"COA, stand {long_date(prognosis.counted_to)}" if prognosis and prognosis.is_counted else ""),
        ("Gemaakt op", long_date(on)),
        ("Status", INTERNAL.lower()),
    )
    for label, value in pairs:
        if value:
            yield Entry(label=label, value=value)


def _when(talk: Talk) -> str:
    at = "" if talk.at is None else f", {talk.at.hour}.{talk.at.minute:02} uur"
    return f"{long_date(talk.on)}{at}"


# -- the sentence at the top ----------------------------------------------------------------------


def _key(case: NoteCase) -> Iterator[str]:
    advice, step = case.advice, case.step
    if step is None:
        yield f"Over {case.past.period} is er geen advies."
    else:
        before = "" if case.trede_before is None else f", was {_trede(case.trede_before)}"
        departs = f" (advies: {_trede(advice.trede)})" if advice and advice.trede != step.number else ""
        said = "Besluit" if case.decided else "Advies"
        why = f" {advice.sentence}" if advice else ""
        yield f"{said} over {case.past.period}: {_trede(step.number)}{before}{departs}.{why}"
    opgave, prognosis = case.now.opgave, case.prognosis
    if opgave is None or opgave.totaalopgave is None:
        yield f"Van {case.now.period} is de totaalopgave nog niet bekend."
    elif opgave.totaalopgave <= 0:
        yield f"In {case.now.period} hoeft de gemeente niemand te huisvesten om bij te blijven."
    else:
        verb = "moet" if opgave.totaalopgave == 1 else "moeten"
        so_far = ""
        if prognosis and prognosis.is_counted:
            verb_so_far = "was dat er" if prognosis.counted == 1 else "waren dat er"
            so_far = f"; op {day_and_month(prognosis.counted_to)} {verb_so_far} {number(prognosis.counted)}"
        yield f"In {case.now.period} {verb} {persons(opgave.totaalopgave)} worden gehuisvest{so_far}."
    if prognosis and prognosis.expected:
        yield f"Prognose: {_expected(prognosis, prognosis.expected)}."


def _expected(prognosis: Prognosis, expected: Ending) -> str:
    owed = standing(expected.achterstand)
    if expected.trede is None:
        return owed
    between = _between(prognosis)
    return f"{_trede(expected.trede)}{f' ({between})' if between else ''}, met {owed}"


def _between(prognosis: Prognosis) -> str:
    """ "tussen 2 en 4"; empty where every end comes to the same trede."""
    low, high = _tredes(prognosis)
    return "" if low == high else f"tussen {low} en {high}"


def _tredes(prognosis: Prognosis) -> tuple[int, int]:
    ends = (prognosis.fewest, prognosis.expected, prognosis.most)
    found = [end.trede for end in ends if end and end.trede is not None]
    return (min(found), max(found)) if found else (0, 0)


def _trede(trede: int) -> str:
    return kept_together(f"trede {trede}")


# -- the two half-years ---------------------------------------------------------------------------


def _figures(case: NoteCase) -> Iterator[HalfRow]:
    halves = (case.past, case.now)

    def row(label: str, cells: list[HalfCell], *, is_total: bool = False) -> HalfRow:
        past, now = cells
        return HalfRow(label=label, past=past, now=now, is_total=is_total)

    yield row("Achterstand aan het begin", [_start(each) for each in halves])
    yield row("Taakstelling", [_taakstelling(each) for each in halves])
    yield row("Herverdeling", [_herverdeling(each) for each in halves])
    yield row("Totaalopgave", [_totaalopgave(each) for each in halves], is_total=True)
    yield row("Gehuisvest (realisatie)", [_realisation(each) for each in halves])
    yield row("Realisatie taakstelling", [_share_of_taakstelling(each) for each in halves])
    yield row("Realisatie totaalopgave", [_share_of_totaalopgave(each) for each in halves])
    yield row("Nog te huisvesten", [_remaining(each) for each in halves], is_total=True)
    yield row("Trede", [_advised(case), _foreseen(case)], is_total=True)


def _cell(value: int | None, origin: str) -> HalfCell:
    return HalfCell(number=NOTHING, origin="") if value is None else HalfCell(number=number(value), origin=origin)


def _start(half: HalfYear) -> HalfCell:
    opgave, day = half.opgave, day_and_month(half.period.start)
    if opgave is None:
        return _cell(None, "")
    expected = "berekend" if opgave.start_carried is None else "overgenomen"
    return _cell(opgave.achterstand_start, f"{expected if opgave.start_reported is None else 'COA'}, {day}")


def _taakstelling(half: HalfYear) -> HalfCell:
    return _cell(half.opgave.taakstelling if half.opgave else None, "ministerie")


def _herverdeling(half: HalfYear) -> HalfCell:
    balance = half.opgave.herverdeling if half.opgave else 0
    others = sorted({each.other for each in half.herverdelingen})
    origin = "geen" if not others else others[0] if len(others) == 1 else f"met {count(len(others), '', 'gemeenten')}"
    return HalfCell(number=signed(balance), origin=origin)


def _totaalopgave(half: HalfYear) -> HalfCell:
    opgave = half.opgave
    return _cell(opgave.totaalopgave, opgave.totaalopgave_sum) if opgave else _cell(None, "")


def _realisation(half: HalfYear) -> HalfCell:
    opgave = half.opgave
    if opgave is None or opgave.realisation is None:
        return _cell(None, "")
    day = opgave.counted_to or half.period.peildatum
    return _cell(opgave.realisation, f"COA, {day_and_month(day)}")


def _share_of_taakstelling(half: HalfYear) -> HalfCell:
    opgave = half.opgave
    return _share(opgave, opgave.taakstelling_with_herverdeling, opgave.percentage_taakstelling) if opgave else _NONE


def _share_of_totaalopgave(half: HalfYear) -> HalfCell:
    opgave = half.opgave
    return _share(opgave, opgave.totaalopgave, opgave.percentage_totaalopgave) if opgave else _NONE


_NONE = HalfCell(number=NOTHING, origin="")


def _share(opgave: Opgave, whole: int | None, percentage: int | None) -> HalfCell:
    if opgave.realisation is None or whole is None:
        return _NONE
    return HalfCell(
        number=percent(percentage).removesuffix("%"),
        origin=f"{number(opgave.realisation)} van {number(whole)}",
        is_percentage=percentage is not None,
    )


def _remaining(half: HalfYear) -> HalfCell:
    opgave = half.opgave
    return _cell(opgave.remaining, opgave.remaining_sum) if opgave else _NONE


def _advised(case: NoteCase) -> HalfCell:
    if case.step is None:
        return _NONE
    before = "" if case.trede_before is None else f", was {case.trede_before}"
    return HalfCell(number=str(case.step.number), origin=f"{'besluit' if case.decided else 'advies'}{before}")


def _foreseen(case: NoteCase) -> HalfCell:
    prognosis = case.prognosis
    if prognosis is None or prognosis.expected is None or prognosis.expected.trede is None:
        return _NONE
    low, high = _tredes(prognosis)
    origin = "prognose" if low == high else f"prognose, {low} tot {high}"
    return HalfCell(number=str(prognosis.expected.trede), origin=origin)


# -- tempo and prognosis --------------------------------------------------------------------------


def _tempo(prognosis: Prognosis | None) -> SumTable | None:
    if prognosis is None:
        return None
    return SumTable(
        span=f"{long_date(prognosis.counted_to)} tot {long_date(prognosis.period.peildatum)}",
        count_head="Personen",
        origin_head="Berekening",
        rows=tuple(_tempo_rows(prognosis)),
    )


def _tempo_rows(prognosis: Prognosis) -> Iterator[SumRow]:
    if prognosis.totaalopgave > 0:
        per_month = half_up(Fraction(prognosis.totaalopgave, MONTHS_OF_A_HALF_YEAR))
        yield SumRow(
            label="Norm per maand",
            number=number(per_month),
            origin=f"{number(prognosis.totaalopgave)} gedeeld door {MONTHS_OF_A_HALF_YEAR}",
        )
    yield SumRow(
        label="Nodig per week om alles te halen", number=number(prognosis.needed_per_week), origin=prognosis.needed_sum
    )
    if prognosis.pace is not None:
        yield SumRow(label="Gehuisvest per week tot nu toe", number=prognosis.pace_in_words, origin=prognosis.pace_sum)


def _ends(prognosis: Prognosis | None) -> Iterator[EndRow]:
    if prognosis is None or prognosis.expected is None:
        return
    if prognosis.fewest:
        yield _end("Als het traag gaat", prognosis.fewest)
    yield _end("Verwachting", prognosis.expected, is_total=True)
    if prognosis.most:
        yield _end("Als het snel gaat", prognosis.most)


def _end(label: str, ending: Ending, *, is_total: bool = False) -> EndRow:
    return EndRow(
        label=label,
        realisation=number(ending.realisation),
        achterstand=number(ending.achterstand),
        trede=NOTHING if ending.trede is None else f"{ending.trede}{' of hoger' if ending.is_uncertain else ''}",
        is_total=is_total,
    )


# -- the dossier ----------------------------------------------------------------------------------


def _circumstances(told: tuple[Told, ...]) -> SumTable | None:
    if not told:
        return None
    return SumTable(
        span="Volgens wie erover sprak; in geen cijfer meegeteld",
        count_head="Personen",
        origin_head="Wie, wanneer",
        rows=tuple(
            SumRow(
                label=f"{each.kind_name}: {each.subject}",
                number=NOTHING if each.persons is None else number(each.persons),
                origin=f"{each.by}, {long_date(each.on)}; {each.document}",
            )
            for each in told
        ),
    )


def _log_row(talk: Talk) -> LogRow:
    who = f", {talk.who}" if talk.who else ""
    return LogRow(
        day=long_date(talk.on),
        what=f"{talk.kind}{who}",
        subject=talk.subject,
        lines=tuple(_shortened(talk.said)),
    )


def _shortened(said: str) -> Iterator[str]:
    """The lines of what was said, up to the most that a note has room for; the rest is in the dossier."""
    room = LONGEST_SAID
    for line in filter(None, (" ".join(each.split()) for each in said.splitlines())):
        if len(line) > room:
            yield f"{_cut(line, room)}… (meer in het dossier)"
            return
        room -= len(line)
        yield line


def _cut(line: str, room: int) -> str:
    """Up to the end of a sentence where one is near, else of a word; nothing where no more than a word or two would fit."""
    begin = line[:room]
    sentence = max(begin.rfind(sign) for sign in (". ", "? ", "! ")) + 1
    if sentence > room // 2:
        return f"{begin[:sentence]} "
    if sentence or room >= LITTLE_ROOM:
        return f"{begin.rpartition(' ')[0] or begin} "
    return ""


def _more(contacts: int) -> str:
    if contacts <= 0:
        return ""
    return f"En nog {count(contacts, 'eerder contact', 'eerdere contacten')}: zie het dossier."


def _promise(promise: Promise, on: date) -> PromiseRow:
    return PromiseRow(what=promise.what, who=promise.who, due=long_date(promise.due), is_late=promise.due < on)
