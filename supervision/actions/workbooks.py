"""Writes of workbooks: taken in, read otherwise, put aside, and confirmed into the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django_scopes import scope

from municipalities.models import Province, User
from supervision.actions.ledger import Clash, Entry, Refused, record_figures
from supervision.coa.problems import Problem
from supervision.models import Delivery, Figure, LayoutProfile, WorkbookImport
from supervision.rules.dutch import count, long_date, number
from supervision.rules.period import Period
from supervision.templatetags.dutch import moment
from supervision.workbooks import (
    Line,
    Reading,
    book_of,
    choices_of,
    earlier_of,
    file_name,
    read_layout,
    read_workbook,
    reading_of,
    warning_key,
)

LONGEST_SHEET = 100


class ChangedMeanwhile(Refused):
    """What stands in the ledger is no longer what was seen. `changes` are sentences, one per figure."""

    def __init__(self, message: str, changes: Collection[str] = ()) -> None:
        super().__init__(message)
        self.changes = tuple(changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`earlier` is the last time that the same file was given."""

    workbook: WorkbookImport
    earlier: WorkbookImport | None


def give_workbook(
    *,
    by: User,
    province: Province,
    name: str,
    content: bytes,
    period: Period,
    now: datetime,
    as_of: date | None = None,
    sheet: str = "",
) -> Given:
    """Keep a workbook to be looked at. Half-year and peildatum are those of the file, where none is given and it has them.

    Raises Unreadable and PersonalData, and keeps nothing then.
    """
    name = file_name(name)
    choices = {"sheet": sheet} if sheet else {}
    if as_of:
        choices["as_of"] = as_of.isoformat()
    # What its figures are is worked out for who looks at it.
    layout = read_layout(read_workbook(name, content), only=province, period=period, choices=choices)
    with scope(province=province):
        given = WorkbookImport.objects.create(
            province=province,
            name=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            given_at=now,
            given_by=by,
            period=layout.period,
            as_of=layout.as_of,
            mapping={"choices": choices} if choices else None,
        )
        return Given(workbook=given, earlier=earlier_of(given))


@transaction.atomic
def change_mapping(*, by: User, workbook: WorkbookImport, choices: Mapping[str, str]) -> WorkbookImport:
    """Read it otherwise from now on. Raises Refused once it was confirmed or put aside, and PersonalData."""
    with scope(province=workbook.province):
        given = _open(workbook)
        layout = read_layout(book_of(given), only=given.province, period=given.period, choices=choices)
        given.mapping = {"choices": dict(choices)} if choices else None
        given.period, given.as_of = layout.period, layout.as_of
        given.save(update_fields=["mapping", "period", "as_of"])
    return given


@transaction.atomic
def set_aside(*, by: User, workbook: WorkbookImport, now: datetime) -> None:
    """Take it off the list; the file itself goes. Raises Refused when it was confirmed meanwhile."""
    with scope(province=workbook.province):
        given = _open(workbook)
        given.content, given.mapping = b"", None
        given.set_aside_at, given.set_aside_by = now, by
        given.save(update_fields=["content", "mapping", "set_aside_at", "set_aside_by"])


def confirm_workbook(
    *,
    by: User,
    workbook: WorkbookImport,
    now: datetime,
    seen: str | None = None,
    leave_out: bool = False,
    confirmed: Collection[str] = (),
    confirms_all: bool = False,
    reason: str = "",
    taakstelling_from: date | None = None,
) -> Delivery:
    """Put the figures into the ledger as one delivery, with the cells that they stood in.

    `seen` is the token of what somebody looked at, None for a command that looks at nothing; `confirmed` has the keys
    of the warnings that were confirmed; rows with an error are left out only with `leave_out`. A taakstelling that differs
    from the one in force is another version, from `taakstelling_from` on; None: a correction of what was told.
    Raises Refused, and writes nothing, when something else is still to be done or has changed meanwhile.
    """
    with scope(province=workbook.province):
        reading = reading_of(workbook)
        _check(reading, seen, leave_out=leave_out, confirmed=None if confirms_all else confirmed, reason=reason)
        _check_version(reading, taakstelling_from)
    with transaction.atomic(), scope(province=workbook.province):
        _lock(workbook.province)
        given = _open(workbook)
        if choices_of(given) != choices_of(workbook) or given.period != workbook.period:
            raise ChangedMeanwhile("Een collega heeft intussen anders gekozen hoe het bestand wordt gelezen.")
        recorded = record_figures(
            by=by,
            province=given.province,
            period=reading.period,
            entries=[_entry(line, taakstelling_from) for line in reading.lines if line.is_recorded or line.is_in_force],
            now=now,
            way=Delivery.Way.WORKBOOK,
            document=given.name,
            reason=reason,
        )
        if recorded.clashes:
            raise ChangedMeanwhile(*_clashed(recorded.clashes))
        if recorded.delivery is None:
            raise Refused("Alle cijfers uit dit bestand golden al; er is niets vast te leggen.")
        given.delivery = recorded.delivery
        given.mapping = {"choices": choices_of(given), "read": reading.proposal.mapping.to_json()}
        given.period, given.as_of = reading.period, reading.as_of
        given.save(update_fields=["delivery", "mapping", "period", "as_of"])
        _keep_profile(given, reading, by=by, now=now)
    return recorded.delivery


def _lock(province: Province) -> None:
    Province.objects.select_for_update(no_key=True).get(pk=province.pk)


def _open(workbook: WorkbookImport) -> WorkbookImport:
    """The import as it is now, locked. Raises Refused when it is no longer open."""
    given = WorkbookImport.objects.select_for_update().get(pk=workbook.pk)
    given.province = workbook.province
    if given.delivery_id:
        raise Refused(f"{given.name} is intussen al vastgelegd.")
    if given.set_aside_at:
        raise Refused(f"{given.name} is intussen weggelegd. Kies het bestand opnieuw.")
    return given


def _check(
    reading: Reading, seen: str | None, *, leave_out: bool, confirmed: Collection[str] | None, reason: str
) -> None:
    """Everything that somebody must have done first. `confirmed` None: every warning."""
    if reading.obstacle:
        raise Refused(reading.obstacle)
    if reading.proposal.asked:
        raise Refused("Beantwoord eerst de vragen over het bestand.")
    if seen is not None and seen != reading.token:
        raise ChangedMeanwhile(*_unseen(reading, seen))
    if reading.errors and not leave_out:
        raise Refused("Zeg eerst of de rijen met een fout moeten worden weggelaten.")
    open_warnings = [each for each in reading.warnings if confirmed is not None and warning_key(each) not in confirmed]
    if open_warnings:
        raise Refused(f"Bevestig eerst {_warnings(open_warnings)}.")
    if reading.needs_reason and not reason.strip():
        raise Refused(f"Het halfjaar {reading.period} is gesloten: geef een reden voor de correctie.")


def _warnings(problems: list[Problem]) -> str:
    if len(problems) == 1:
        return f"de waarschuwing bij cel {problems[0].cell}"
    return f"de {number(len(problems))} waarschuwingen"


def _check_version(reading: Reading, day: date | None) -> None:
    if day is None:
        return
    period = reading.period
    if not period.previous.start <= day < period.peildatum:
        last = long_date(period.peildatum - timedelta(days=1))
        raise Refused(f"Een taakstelling van {period} geldt vanaf een dag tot en met {last}.")
    later = [line.was for line in reading.recorded if line.is_new_version and line.was and line.was.as_of > day]
    if later:
        raise Refused(
            f"Er is al een taakstelling van {long_date(max(figure.as_of for figure in later))}: kies die dag of een latere."
        )


def _entry(line: Line, taakstelling_from: date | None) -> Entry:
    return Entry(
        municipality=line.municipality,
        kind=line.kind,
        persons=line.comes.persons,
        as_of=taakstelling_from if line.is_new_version else line.as_of,
        based_on=line.was.pk if line.was else None,
        sheet=line.comes.sheet[:LONGEST_SHEET],
        cell=line.comes.cell,
    )


def _keep_profile(given: WorkbookImport, reading: Reading, *, by: User, now: datetime) -> None:
    """This layout was read well: the next file of it is read in the same way."""
    mapping = reading.proposal.mapping
    if not mapping.fingerprint:
        return
    profile = LayoutProfile(
        province=given.province,
        fingerprint=mapping.fingerprint,
        name=given.name,
        mapping=mapping.to_json(),
        used_at=now,
        used_by=by,
    )
    LayoutProfile.objects.bulk_create(
        [profile],
        update_conflicts=True,
        unique_fields=["province", "fingerprint"],
        update_fields=["name", "mapping", "used_at", "used_by"],
    )


def _unseen(reading: Reading, seen: str) -> tuple[str, list[str]]:
    """What differs from what was seen: the figures in force, or else the file or its warnings."""
    told = "Er is niets vastgelegd: intussen is iets veranderd. Kijk het verschil opnieuw na."
    now, before = reading.token.split("."), seen.split(".")
    if len(now) != len(before) or now[0] != before[0]:
        return told, []
    return told, [
        _changed(line.municipality.name, line.kind.dutch, line.was)
        for line, pk in zip(reading.lines, before[1:], strict=True)
        if str(line.was.pk if line.was else 0) != pk
    ]


def _changed(name: str, what: str, figure: Figure | None) -> str:
    if figure is None:
        return f"{name}: er is nu geen {what} meer."
    delivery = figure.delivery
    return f"{name}: de {what} is nu {number(figure.persons)} ({delivery.recorded_by}, {moment(delivery.recorded_at)})."


def _clashed(clashes: Collection[Clash]) -> tuple[str, list[str]]:
    return (
        f"Er is niets vastgelegd: {count(len(clashes), 'cijfer is', 'cijfers zijn')} intussen door een collega gewijzigd.",
        [_changed(clash.entry.municipality.name, clash.entry.kind.dutch, clash.theirs) for clash in clashes],
    )
