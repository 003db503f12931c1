"""The list of the letters of a half-year, prepared for its screen. Nothing here queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from letters.half_year import Letters
from letters.models import Letter
from letters.words.another_kind import with_article
from letters.words.kinds import kinds, usual_kind
from municipalities.models import Municipality
from supervision.figures import Assessment
from supervision.proposing import why_nothing
from supervision.rules.dutch import count, number, short_date
from supervision.screens.overview_table import Tab

SHOW_ALL = "alle"
NO_LETTER = "nog geen brief"

State = Letter.State


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """One municipality.

    `kind` is the one that a letter would have where there is none yet. `why_not`: why none can be made. `open_points` None
    is not known. `afschrift` is empty where there is none, and `afschrift_waits` until it was sent.
    """

    municipality: Municipality
    url: str
    trede: int | None
    is_decided: bool
    kind: str
    why_not: str
    state: str
    said: str
    remark: str
    open_points: int | None
    document_number: str
    on: str
    by: str
    afschrift: str
    afschrift_waits: bool
    afschrift_late: bool

    @property
    def has_letter(self) -> bool:
        return bool(self.state)

    @property
    def can_be_made(self) -> bool:
        """Or made again, as long as it is no frozen letter."""
        return not self.why_not if not self.has_letter else self.state in (State.CONCEPT, State.SUBMITTED)

    @property
    def may_tick(self) -> bool:
        return self.has_letter or self.can_be_made


def rows_of(
    assessments: Sequence[Assessment], letters: Mapping[int, Letters], *, municipalities_url: str, today: date
) -> list[LetterRow]:
    return [
        _row(each, letters.get(each.municipality.pk), municipalities_url=municipalities_url, today=today)
        for each in assessments
    ]


def _row(assessment: Assessment, found: Letters | None, *, municipalities_url: str, today: date) -> LetterRow:
    letter, afschrift = (found.letter, found.afschrift) if found else (None, None)
    waits = afschrift is not None and afschrift.state != State.SENT
    return LetterRow(
        municipality=assessment.municipality,
        url=f"{municipalities_url}{assessment.municipality.code}/brief/",
        trede=assessment.trede,
        is_decided=assessment.decided is not None,
        kind=_kind(assessment, letter),
        why_not="" if letter else why_nothing(assessment),
        state=letter.state if letter else "",
        said=_said(letter, found.sent_on if found else None),
        remark=_remark(assessment, letter),
        open_points=letter.open_points if letter and not letter.is_frozen else None,
        document_number=letter.document_number if letter else "",
        on=short_date(letter.on) if letter and letter.on else "",
        by=str(letter.changed_by) if letter else "",
        afschrift=_afschrift(afschrift),
        afschrift_waits=waits,
        afschrift_late=waits and afschrift is not None and afschrift.due is not None and afschrift.due < today,
    )


def _kind(assessment: Assessment, letter: Letter | None) -> str:
    if letter is not None:
        return kinds()[letter.kind].name
    return usual_kind(assessment.step).name if assessment.step else ""


def _said(letter: Letter | None, sent_on: date | None) -> str:
    if letter is None:
        return NO_LETTER
    if letter.state == State.SENT and sent_on is not None:
        return f"{letter.get_state_display()} {short_date(sent_on)}"
    return letter.get_state_display()


def _remark(assessment: Assessment, letter: Letter | None) -> str:
    if letter is None:
        return ""
    asked = usual_kind(assessment.step) if assessment.step else kinds()[letter.kind]
    said = [
        f"de trede vraagt {with_article(asked)}" if asked.slug != letter.kind and not letter.is_frozen else "",
        "vervangt een eerdere brief" if letter.corrects_id else "",
        "bewerkt" if letter.worked_on and letter.state == State.CONCEPT else "",
    ]
    return ", ".join(each for each in said if each)


def _afschrift(afschrift: Letter | None) -> str:
    if afschrift is None:
        return ""
    if afschrift.state == State.SENT or afschrift.due is None:
        return afschrift.get_state_display()
    return f"{afschrift.get_state_display()}, uiterlijk {short_date(afschrift.due)}"


# -- what the address asks ----------------------------------------------------

FILTERS: Mapping[str, tuple[str, Callable[[LetterRow], bool]]] = {
    SHOW_ALL: ("Alle", lambda row: True),
    "te-maken": ("Te maken", lambda row: not row.has_letter and not row.why_not),
    "concept": ("Concept", lambda row: row.state == State.CONCEPT),
    "open": ("Open punten", lambda row: bool(row.open_points)),
    "ter-akkoord": ("Ter akkoord", lambda row: row.state == State.SUBMITTED),
    "vastgesteld": ("Vastgesteld", lambda row: row.state == State.AGREED),
    "verzonden": ("Verzonden", lambda row: row.state == State.SENT),
    "afschrift": ("Afschrift wacht", lambda row: row.afschrift_waits),
    "kan-niet": ("Cijfers ontbreken", lambda row: bool(row.why_not)),
}
ALWAYS_SHOWN = (SHOW_ALL, "te-maken", "concept", "ter-akkoord", "verzonden")


def url_of(show: str) -> str:
    return f"?{urlencode({'toon': show})}" if show != SHOW_ALL else "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterList:
    """All that the page shows. `rows` are those in sight, the counts are of the half-year."""

    rows: tuple[LetterRow, ...]
    tabs: tuple[Tab, ...]
    municipalities: int
    made: int
    sent: int
    afschriften_waiting: int
    afschriften_late: int
    impossible: int

    @property
    def makeable(self) -> tuple[LetterRow, ...]:
        """What "all" makes: those in sight."""
        return tuple(row for row in self.rows if row.can_be_made)

    @property
    def to_make(self) -> int:
        """Of those the ones that are not there yet; of the rest only the PDF is made again."""
        return sum(not row.has_letter for row in self.makeable)

    @property
    def has_letters(self) -> bool:
        return any(row.has_letter for row in self.rows)

    @property
    def finding(self) -> str:
        """How far the half-year is, in one sentence."""
        whole = number(self.municipalities)
        if self.impossible == self.municipalities:
            return "Er kan nog geen brief worden gemaakt: van geen gemeente is er een advies."
        return f"{'; '.join([self._letters(whole), *self._more()])}."

    def _letters(self, whole: str) -> str:
        if not self.made:
            return f"Van de {whole} brieven is er nog geen gemaakt"
        if self.sent == self.municipalities:
            return f"Alle {whole} brieven zijn verzonden"
        if not self.sent and self.made == self.municipalities:
            return f"Alle {whole} brieven zijn gemaakt, nog geen is verzonden"
        if not self.sent:
            return f"{number(self.made)} van de {whole} brieven {_is(self.made)} gemaakt, nog geen is verzonden"
        return f"{number(self.sent)} van de {whole} brieven {_is(self.sent)} verzonden"

    def _more(self) -> list[str]:
        more = []
        if self.afschriften_waiting:
            waits = "wacht" if self.afschriften_waiting == 1 else "wachten"
            more.append(f"{count(self.afschriften_waiting, 'afschrift', 'afschriften')} {waits}{self._late}")
        if self.impossible:
            more.append(f"van {number(self.impossible)} ontbreken cijfers")
        return more

    @property
    def _late(self) -> str:
        if self.afschriften_late == self.afschriften_waiting:
            return f" en {_is(self.afschriften_late)} te laat"
        return f", waarvan {number(self.afschriften_late)} te laat" if self.afschriften_late else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "zijn"


def list_of(rows: Sequence[LetterRow], *, show: str) -> LetterList:
    tabs = []
    for key, (label, holds) in FILTERS.items():
        found = sum(holds(row) for row in rows)
        if found or key in ALWAYS_SHOWN or key == show:
            tabs.append(Tab(label=label, count=number(found), url=url_of(key), current=key == show))
    return LetterList(
        rows=tuple(row for row in rows if FILTERS[show][1](row)),
        tabs=tuple(tabs),
        municipalities=len(rows),
        made=sum(row.has_letter for row in rows),
        sent=sum(row.state == State.SENT for row in rows),
        afschriften_waiting=sum(row.afschrift_waits for row in rows),
        afschriften_late=sum(row.afschrift_late for row in rows),
        impossible=sum(bool(row.why_not) for row in rows),
    )
