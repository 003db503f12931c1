"""What waits in the letters: for the overview, the agenda, the tijdlijn and the page of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from letters.models import Dispatch, Letter
from letters.words.kinds import kinds
from municipalities.models import Province
from supervision.rules.dutch import enumeration, number, short_date
from supervision.rules.period import Period
from supervision.screens.added import Listed
from supervision.screens.agenda import Due
from supervision.screens.dossier_page import Line, Place, late_by
from supervision.screens.overview import MOST_NAMES, Task
from supervision.stacked import Row, Rows, Stack, read_stacked

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


def waiting_stacks(province: Province, *, letters: Q, receipts: Q) -> tuple[Stack, ...]:
    names = ("kind", "state", "period")
    asked = Dispatch.objects.filter(receipts, letter__province=province, letter__state=State.SENT, received_on=None)
    return (
        Stack(
            slug="waiting",
            rows=_standing(province).filter(letters),
            columns={
                **{name: name for name in names},
                "letter": "pk",
                "due": "due",
                "municipality": "municipality__name",
            },
        ),
        Stack(
            slug="receipt",
            rows=asked.exclude(receipt_due=None),
            columns={
                **{name: f"letter__{name}" for name in names},
                "letter": "letter_id",
                "due": "receipt_due",
                "municipality": "letter__municipality__name",
            },
        ),
    )


def waiting_in(rows: Rows) -> list[Waiting]:
    """The one that waits longest first."""
    found = [_waiting(row, is_receipt=slug == "receipt") for slug in ("waiting", "receipt") for row in rows[slug]]
    return sorted(found, key=lambda each: (each.due or date.max, each.municipality, each.letter))


def _waiting(row: Row, *, is_receipt: bool) -> Waiting:
    due = date.fromisoformat(row["due"]) if row["due"] else None
    told = {**row, "state": State(row["state"]), "period": Period.parse(row["period"]), "due": due}
    return Waiting(is_receipt=is_receipt, **told)


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


def work_of(province: Province, period: Period, today: date) -> tuple[Stack, ...]:
    here, late = Q(period=period, state__in=NOT_SENT), Q(due__lt=today, state__in=NOT_SENT)
    return waiting_stacks(
        province,
        letters=here | late | _lacks_follower(),
        receipts=Q(letter__period=period) | Q(receipt_due__lt=today),
    )


def tasks_of(rows: Rows, period: Period, today: date) -> Iterator[Task]:
    found = waiting_in(rows)
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
    stacks = waiting_stacks(
        province,
        letters=Q(state__in=NOT_SENT) & (Q(due__range=within) | Q(due__lt=today)),
        receipts=Q(receipt_due__range=within) | Q(receipt_due__lt=today),
    )
    for each in waiting_in(read_stacked(stacks)):
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


def lines_of(place: Place) -> tuple[Stack, ...]:
    names = ("pk", "kind", "state", "due", "on", "document_number", "corrects_id", "goes_with_id")
    rows = Letter.objects.filter(municipality=place.municipality, period=place.period)
    return (Stack(slug="letter", rows=rows, columns={name: name for name in names}),)


def listed_of(rows: Rows, today: date) -> Listed:
    """The letters about this half-year, the main one first."""
    in_order = sorted(rows["letter"], key=lambda row: (row["goes_with_id"] is not None, row["pk"]))
    lines = tuple(_line(row, today) for row in in_order)
    return Listed(heading="Brieven", lines=lines, empty="Nog geen brief over dit halfjaar.")


def _line(row: Row, today: date) -> Line:
    name = f"{kinds()[row['kind']].name}{' (verbeterd)' if row['corrects_id'] else ''}"
    state = State(row["state"])
    due = date.fromisoformat(row["due"]) if row["due"] and state in NOT_SENT else None
    until = f"; verzenden uiterlijk {short_date(due)}" if due else ""
    return Line(
        day=short_date(date.fromisoformat(row["on"])) if row["on"] else "",
        label=name,
        url=reverse("letters:page", kwargs={"pk": row["pk"]}),
        text=f": {state.label}",
        detail=f"{row['document_number']}{until}".removeprefix("; "),
        late=late_by(due, today) if due else "",
    )
