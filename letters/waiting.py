"""What waits in the letters: for the overview, the agenda, the tijdlijn and the page of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from letters.kinds import kinds
from letters.models import Dispatch, Letter
from municipalities.models import Province
from supervision.added import Listed
from supervision.agenda import Due
from supervision.dossier_page import Line, Place, late_by
from supervision.overview import MOST_NAMES, Task
from supervision.rules.dutch import enumeration, number, short_date
from supervision.rules.period import Period

State = Letter.State
NOT_SENT = (State.CONCEPT, State.SUBMITTED, State.AGREED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A letter that was not sent yet or lacks its afschrift, or (`is_receipt`) a sending whose receipt is asked for."""

    is_receipt: bool
    letter: int
    kind: str
    state: State
    period: Period
    due: date | None
    municipality: str

    @property
    def url(self) -> str:
        return reverse("letters:page", kwargs={"pk": self.letter})

    @property
    def name(self) -> str:
        return kinds()[self.kind].name


def waiting_in(*, province: Province, letters: Q, receipts: Q) -> list[Waiting]:
    """One query; the one that waits longest first."""
    columns = ("kind", "state", "period", "due", "municipality__name")
    rows = _standing(province).filter(letters).order_by().values_list(_sort("letter"), "pk", *columns)
    of_letter = tuple(f"letter__{each}" for each in ("kind", "state", "period"))
    asked = Dispatch.objects.filter(receipts, letter__province=province, letter__state=State.SENT, received_on=None)
    asked = asked.exclude(receipt_due=None).order_by()
    asked = asked.values_list(
        _sort("receipt"), "letter_id", *of_letter, F("receipt_due"), F("letter__municipality__name")
    )
    found = [_waiting(row) for row in rows.union(asked, all=True)]
    return sorted(found, key=lambda each: (each.due or date.max, each.municipality, each.letter))


def _sort(name: str) -> Value:
    return Value(name, output_field=CharField())


def _waiting(row: Sequence[Any]) -> Waiting:
    sort, letter, kind, state, period, due, municipality = row
    return Waiting(
        is_receipt=sort == "receipt",
        letter=letter,
        kind=kind,
        state=State(state),
        period=period,
        due=due,
        municipality=municipality,
    )


def _standing(province: Province) -> QuerySet[Letter]:
    """Not withdrawn, and of an agreed one: not replaced by one that corrects it."""
    corrected = Letter.objects.filter(corrects=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    rows = Letter.objects.filter(province=province).exclude(state=State.WITHDRAWN)
    return rows.exclude(Q(state=State.AGREED) & Exists(corrected))


def _lacks_follower() -> Q:
    """Sent, and of its afschrift nothing is there any more."""
    followed = [kind.slug for kind in kinds().values() if kind.followed_by]
    live = Letter.objects.filter(goes_with=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    later = Letter.objects.filter(corrects=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    return Q(state=State.SENT, kind__in=followed) & ~Exists(live) & ~Exists(later)


# -- the overview -------------------------------------------------------------

Holds = Callable[[Waiting, Period, date], bool]


def _is_late(each: Waiting, today: date) -> bool:
    return each.due is not None and each.due < today


def _late_receipt(each: Waiting, period: Period, today: date) -> bool:
    return each.is_receipt and _is_late(each, today)


def _receipt(each: Waiting, period: Period, today: date) -> bool:
    return each.is_receipt and not _is_late(each, today) and each.period == period


def _late_letter(each: Waiting, period: Period, today: date) -> bool:
    return not each.is_receipt and _is_late(each, today) and each.state != State.SENT


def _lacking(each: Waiting, period: Period, today: date) -> bool:
    return not each.is_receipt and each.state == State.SENT


def _follower(each: Waiting, period: Period, today: date) -> bool:
    is_open = not each.is_receipt and each.due is not None and not _is_late(each, today) and each.period == period
    return is_open and each.state in (State.CONCEPT, State.AGREED)


def _submitted(each: Waiting, period: Period, today: date) -> bool:
    return not each.is_receipt and each.state == State.SUBMITTED and each.period == period


def _agreed(each: Waiting, period: Period, today: date) -> bool:
    return not each.is_receipt and each.state == State.AGREED and each.due is None and each.period == period


# In the order in which they are told, each with where several are listed; empty: in the agenda. What is late comes
# first, of whatever half-year.
_TASKS: tuple[tuple[Holds, str, str, str], ...] = (
    (_late_letter, "afschrift te laat", "afschriften te laat", ""),
    (_lacking, "afschrift ontbreekt", "afschriften ontbreken", "verzonden"),
    (_late_receipt, "ontvangstbevestiging te laat", "ontvangstbevestigingen te laat", ""),
    (_submitted, "brief ter akkoord", "brieven ter akkoord", "ter-akkoord"),
    (_agreed, "vastgestelde brief te verzenden", "vastgestelde brieven te verzenden", "vastgesteld"),
    (_follower, "afschrift te verzenden", "afschriften te verzenden", "afschrift"),
    (_receipt, "ontvangstbevestiging verwacht", "ontvangstbevestigingen verwacht", ""),
)


def tasks_of(province: Province, period: Period, today: date) -> Iterator[Task]:
    """One query."""
    here, late = Q(period=period, state__in=NOT_SENT), Q(due__lt=today, state__in=NOT_SENT)
    found = waiting_in(
        province=province,
        letters=here | late | _lacks_follower(),
        receipts=Q(letter__period=period) | Q(receipt_due__lt=today),
    )
    for holds, singular, plural, show in _TASKS:
        these = [each for each in found if holds(each, period, today)]
        if these:
            url = these[0].url if len(these) == 1 else _list_url(these[0], show, period, today)
            yield _task(these, singular if len(these) == 1 else plural, url, today)


def _list_url(first: Waiting, show: str, period: Period, today: date) -> str:
    if show:
        return f"{reverse('letters:letters', kwargs={'period': period})}?{urlencode({'toon': show})}"
    agenda = reverse("supervision:agenda", kwargs={"period": period})
    return f"{agenda}#te-laat" if _is_late(first, today) else agenda


def _task(these: Sequence[Waiting], label: str, url: str, today: date) -> Task:
    names = list(dict.fromkeys(each.municipality for each in these))
    told = enumeration(names)
    if len(names) > MOST_NAMES:
        told = f"{', '.join(names[:MOST_NAMES])} en {number(len(names) - MOST_NAMES)} andere"
    days = [each.due for each in these if each.due is not None]
    when = f" Uiterlijk {short_date(min(days))}." if days and min(days) >= today else ""
    return Task(count=number(len(these)), label=label, url=url, detail=f"{told}.{when}")


# -- the agenda ---------------------------------------------------------------


def dues_of(province: Province, within: tuple[date, date], today: date) -> Iterator[Due]:
    """Afschriften and receipts with a day in these, and those that are late. One query."""
    found = waiting_in(
        province=province,
        letters=Q(state__in=NOT_SENT) & (Q(due__range=within) | Q(due__lt=today)),
        receipts=Q(receipt_due__range=within) | Q(receipt_due__lt=today),
    )
    for each in found:
        if each.due is not None:
            yield _due(each, each.due, today)


def _due(each: Waiting, day: date, today: date) -> Due:
    what = each.name.lower()
    line = Line(
        day=short_date(day),
        label=f"{'Ontvangstbevestiging' if each.is_receipt else each.name} {each.municipality}",
        url=each.url,
        detail=f"van de {what} over {each.period}, verwacht" if each.is_receipt else _to_do(each),
        late=late_by(day, today),
    )
    words = ("ontvangstbevestiging", "ontvangstbevestigingen") if each.is_receipt else ("afschrift", "afschriften")
    return Due(day=day, line=line, singular=words[0], plural=words[1])


def _to_do(each: Waiting) -> str:
    return f"over {each.period}, nu {each.state.label}; te verzenden"


# -- the page of a municipality -----------------------------------------------


def listed_of(place: Place, today: date) -> Listed:
    """The letters about this half-year, the main one first. One query."""
    rows = Letter.objects.filter(municipality=place.municipality, period=place.period).order_by("goes_with", "pk")
    lines = tuple(_line(row, today) for row in sorted(rows, key=lambda row: (row.goes_with_id is not None, row.pk)))
    return Listed(heading="Brieven", lines=lines, empty="Nog geen brief over dit halfjaar.")


def _line(row: Letter, today: date) -> Line:
    name = f"{kinds()[row.kind].name}{' (verbeterd)' if row.corrects_id else ''}"
    waits = row.due is not None and row.state in NOT_SENT
    due = f"; verzenden uiterlijk {short_date(row.due)}" if waits and row.due else ""
    return Line(
        day=short_date(row.on) if row.on else "",
        label=name,
        url=reverse("letters:page", kwargs={"pk": row.pk}),
        text=f": {row.get_state_display()}",
        detail=f"{row.document_number}{due}".removeprefix("; "),
        late=late_by(row.due, today) if waits and row.due else "",
    )
