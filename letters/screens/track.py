"""How far a letter is with all that belongs to it: letter, bijlage and afschrift as lines of one track."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from letters.models import Dispatch, Letter, LetterDocument, LetterEvent, Letterhead
from letters.procedure import DONE, Step, steps_for
from letters.screens.standing import next_of, standing_of
from letters.words.kinds import Addressee, Kind, kinds
from municipalities.models import User
from municipalities.rights import Right
from supervision.rules.dutch import NO_BREAK_SPACE, count, long_date, number, short_date
from supervision.screens.dossier_page import late_by

State = Letter.State
Role = LetterDocument.Role
HEADS = ("Concept", "Ter akkoord", "Vastgesteld", "Verzonden", "Ontvangen")
_ORDER = (State.CONCEPT, State.SUBMITTED, State.AGREED, State.SENT)
_TO = {Addressee.COLLEGE: "aan het college", Addressee.RAAD: "aan de raad, via de griffie"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A step of a line. `how` has of each: "done", "now", "to-come", "last" (nothing comes after it), "with" (goes along)."""

    text: str = ""
    how: str = ""
    span: int = 1
    late: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.how

    @property
    def is_now(self) -> bool:
        return "now" in self.parts

    @property
    def parts(self) -> list[str]:
        return self.how.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`url` leads to the letter; empty for the one in sight."""

    label: str
    meta: str
    cells: tuple[Cell, ...]
    url: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """`standing` says in a sentence how far the letter in sight is; `next_letter` is the afschrift that waits for it."""

    heads: tuple[tuple[str, bool], ...]
    lines: tuple[Line, ...]
    standing: str
    next_letter: Letter | None


def track_of(letter: Letter, *, letterhead: Letterhead, today: date) -> Track:
    """Of a letter to the college with its afschrift, from wherever it is looked at. Three queries."""
    main = letter.goes_with or letter
    family = [main, *main.followers.select_related("agreed_by", "submitted_to", "made_by").order_by("pk")]
    shown = [each for each in family if each.state != State.WITHDRAWN or each.pk == letter.pk]
    sent: dict[int, list[Dispatch]] = {each.pk: [] for each in family}
    for dispatch in Dispatch.objects.filter(letter__in=[each.pk for each in family]).order_by("sent_on", "pk"):
        sent[dispatch.letter_id].append(dispatch)
    lines: list[Line] = []
    for each in shown:
        own = each if each.pk != letter.pk else letter
        lines.append(_line(own, sent[each.pk], in_sight=each.pk == letter.pk, today=today))
        if each.pk == main.pk and kinds()[main.kind].with_bijlage:
            lines.append(_bijlage(sent[main.pk]))
    kind = kinds()[main.kind]
    if kind.followed_by and len(shown) == 1 and main.state != State.WITHDRAWN:
        lines.append(_to_come(kinds()[kind.followed_by], letterhead, is_sent=main.state == State.SENT))
    at = _at(letter, sent.get(letter.pk, []))
    followers = family[1:] if letter.pk == main.pk else []
    return Track(
        heads=tuple((head, index == at) for index, head in enumerate(HEADS)),
        lines=tuple(lines),
        standing=standing_of(letter, sent.get(letter.pk, []), followers),
        next_letter=next_of(followers) if letter.state == State.SENT else None,
    )


def _at(letter: Letter, sent: Sequence[Dispatch]) -> int | None:
    if letter.state == State.WITHDRAWN:
        return None
    if letter.state == State.SENT and any(each.received_on for each in sent):
        return len(HEADS) - 1
    return _ORDER.index(State(letter.state))


def _line(letter: Letter, sent: Sequence[Dispatch], *, in_sight: bool, today: date) -> Line:
    kind = kinds()[letter.kind]
    name = f"{kind.name} (verbeterd)" if letter.corrects_id else kind.name
    url = "" if in_sight else reverse("letters:page", kwargs={"pk": letter.pk})
    if letter.state == State.WITHDRAWN:
        cells: tuple[Cell, ...] = (Cell(text="ingetrokken", how="with", span=5),)
        return Line(label=name, meta=_TO[kind.to], cells=cells, url=url, is_withdrawn=True)
    return Line(label=name, meta=_TO[kind.to], cells=tuple(_cells(letter, kind, sent, today)), url=url)


def _cells(letter: Letter, kind: Kind, sent: Sequence[Dispatch], today: date) -> Iterator[Cell]:
    at = _ORDER.index(State(letter.state))
    asked = next((each for each in sent if each.receipt_due), None)
    received = next((each for each in sent if each.received_on), None)
    texts = [
        f"nu, {letter.made_by}" if at == 0 else short_date(localdate(letter.made_at)),
        f"bij {letter.submitted_to}" if letter.submitted_to else "",
        f"{letter.agreed_by}, {short_date(localdate(letter.agreed_at))}" if letter.agreed_at else "",
        short_date(sent[0].sent_on) if sent else _due(letter),
    ]
    has_receipt = kind.asks_receipt or received is not None
    for index, text in enumerate(texts):
        is_last = index == len(texts) - 1 and not has_receipt
        is_done = index < at or received is not None
        how = "done" if is_done else "now" if index == at else "last" if is_last else ""
        late = late_by(letter.due, today) if index == 3 and letter.due and not sent else ""
        yield Cell(text=text, how=f"{how} last" if is_last and how == "now" else how or "to-come", late=late)
    if received is not None and received.received_on is not None:
        yield Cell(text=short_date(received.received_on), how="now last")
    elif has_receipt:
        text = f"uiterlijk {short_date(asked.receipt_due)}" if asked and asked.receipt_due else "wordt bevestigd"
        late = late_by(asked.receipt_due, today) if asked and asked.receipt_due else ""
        yield Cell(text=text, how="last", late=late)
    else:
        yield Cell()


def _due(letter: Letter) -> str:
    return f"uiterlijk {short_date(letter.due)}" if letter.due else "daarna"


def _bijlage(sent: Sequence[Dispatch]) -> Line:
    went = Cell(text=short_date(sent[0].sent_on), how="done last") if sent else Cell(text="met de brief", how="last")
    told = "ging mee met de brief" if sent else "gaat altijd mee met de brief"
    return Line(label="Bijlage", meta="interventieladder", cells=(Cell(text=told, how="with", span=3), went, Cell()))


def _to_come(kind: Kind, letterhead: Letterhead, *, is_sent: bool) -> Line:
    """An afschrift that is not there yet; of a letter that was sent it lacks."""
    waits = "ontbreekt: maak het opnieuw" if is_sent else "wacht op verzending van de brief"
    later = f"{count(letterhead.afschrift_days, 'dag', 'dagen')} later"
    last = Cell(text="griffie bevestigt", how="last") if kind.asks_receipt else Cell()
    return Line(
        label=kind.name,
        meta=_TO[kind.to],
        cells=(
            Cell(text=waits, how="with", span=3),
            Cell(text=later, how="to-come" if kind.asks_receipt else "last"),
            last,
        ),
    )


# -- what can be done ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A way to a step: its page, where it is confirmed."""

    label: str
    url: str
    is_primary: bool = False


_LABELS = {
    Step.SUBMIT: ("Ter akkoord voorleggen", "letters:submit", True),
    Step.AGREE: ("Vaststellen", "letters:agree", True),
    Step.SEND_BACK: ("Terugsturen", "letters:send_back", False),
    Step.TAKE_BACK: ("Terugnemen", "letters:take_back", False),
    Step.SEND: ("Verzending vastleggen", "letters:send", True),
    Step.FOLLOW: ("Afschrift maken", "letters:follow", True),
    Step.CORRECT: ("Verbeterde brief maken", "letters:correct", False),
    Step.WITHDRAW: ("Intrekken", "letters:withdraw", False),
}


def acts_of(letter: Letter, user: User, *, lacks_follower: bool, next_letter: Letter | None) -> list[Act]:
    """What this user may do from here; the page of the step says whether it is possible."""
    acts = []
    if next_letter is not None and user.may(Right.MAKE_LETTERS):
        label = f"Naar het {kinds()[next_letter.kind].name.lower()}"
        acts.append(Act(label=label, url=reverse("letters:page", kwargs={"pk": next_letter.pk}), is_primary=True))
    for step in steps_for(user, letter.state):
        if step not in _LABELS or (step is Step.FOLLOW and not lacks_follower):
            continue
        label, name, is_primary = _LABELS[step]
        if step is Step.SEND and letter.state == State.SENT:
            label, is_primary = "Nog een verzending vastleggen", False
        acts.append(Act(label=label, url=reverse(name, kwargs={"pk": letter.pk}), is_primary=is_primary))
        if step is Step.SEND:
            acts.append(Act(label="E-mail klaarzetten", url=reverse("letters:mail", kwargs={"pk": letter.pk})))
    return sorted(acts, key=lambda act: not act.is_primary)


def lacks_follower(letter: Letter) -> bool:
    """A sent letter whose afschrift was withdrawn. One query."""
    slug = kinds()[letter.kind].followed_by
    if letter.state != State.SENT or not slug:
        return False
    return not letter.followers.filter(kind=slug).exclude(state=State.WITHDRAWN).exists()


# -- what there is of it ------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    name: str
    what: str
    url: str
    size: str
    sha256: str


def documents_of(letter: Letter) -> list[Document]:
    """Without their bytes. One query."""
    return [_document(row) for row in letter.documents.defer("content")]


def enclosed_of(letter: Letter, *, in_one_file: bool) -> list[Document]:
    """The documents of the letter that an afschrift is of: they go with it. One query, or none."""
    if letter.goes_with is None:
        return []
    roles = (
        [Role.TOGETHER] if in_one_file and kinds()[letter.goes_with.kind].with_bijlage else [Role.LETTER, Role.BIJLAGE]
    )
    return [_document(row) for row in letter.goes_with.documents.filter(role__in=roles).defer("content")]


def _document(row: LetterDocument) -> Document:
    return Document(
        name=row.name,
        what=row.get_role_display().capitalize(),
        url=reverse("letters:document", kwargs={"pk": row.letter_id, "document": row.pk}),
        size=f"{number(-(-row.size // 1024))}{NO_BREAK_SPACE}kB",
        sha256=row.sha256,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A line of the register. `receive_url` where its receipt can still be registered, `mail_url` where it went by e-mail."""

    day: str
    to: str
    way: str
    by: str
    receipt: str
    late: str
    receive_url: str
    mail_url: str


def register_of(letter: Letter, *, today: date, may_register: bool) -> list[Registered]:
    """One query."""
    rows = letter.dispatches.select_related("recorded_by")
    return [_registered(letter, row, today, may_register=may_register) for row in rows]


def _registered(letter: Letter, row: Dispatch, today: date, *, may_register: bool) -> Registered:
    address = {"pk": letter.pk, "dispatch": row.pk}
    waits = row.received_on is None
    can_receive = may_register and waits and letter.state == State.SENT
    is_mail = may_register and row.way == Dispatch.Way.E_MAIL
    return Registered(
        day=short_date(row.sent_on),
        to=row.get_to_display().capitalize(),
        way=f"{row.get_way_display()}{f', {row.address}' if row.address else ''}",
        by=str(row.recorded_by),
        receipt=receipt_in_words(row),
        late=late_by(row.receipt_due, today) if waits and row.receipt_due else "",
        receive_url=reverse("letters:receive", kwargs=address) if can_receive else "",
        mail_url=reverse("letters:dispatch_mail", kwargs=address) if is_mail else "",
    )


def receipt_in_words(dispatch: Dispatch) -> str:
    if dispatch.received_on:
        note = f", {dispatch.received_note}" if dispatch.received_note else ""
        return f"ontvangen op {long_date(dispatch.received_on)}{note}"
    return f"bevestiging uiterlijk {long_date(dispatch.receipt_due)}" if dispatch.receipt_due else ""


# -- what happened ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    at: datetime
    who: str
    what: str
    remark: str
    step: str = ""


def happened_with(letter: Letter) -> list[Happened]:
    """The last step first, and at the end that it was made. One query."""
    rows = letter.events.select_related("by", "to").order_by("-at", "-pk")
    steps = [Happened(at=row.at, who=str(row.by), what=done_of(row), remark=row.remark, step=row.step) for row in rows]
    return [*steps, Happened(at=letter.made_at, who=str(letter.made_by), what="concept gemaakt", remark="")]


def sent_back_by(letter: Letter, happened: Sequence[Happened]) -> Happened | None:
    """That a concept was sent back, until it is submitted once more."""
    to_and_fro = (each for each in happened if each.step in (Step.SUBMIT, Step.SEND_BACK, Step.TAKE_BACK))
    last = next(to_and_fro, None)
    return last if last and last.step == Step.SEND_BACK and letter.state == State.CONCEPT else None


def done_of(event: LetterEvent) -> str:
    """ "voorgelegd aan F. Jansen"."""
    done = DONE[Step(event.step)] if event.step in set(Step) else event.step
    return f"{done} aan {event.to}" if event.to else done
