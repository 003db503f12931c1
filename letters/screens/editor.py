"""The page on which a concept is written, prepared: its blocks, what is open in each, and what it lets somebody do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from letters.checking import DETAILS, Checked, OpenPoint, words_of
from letters.claims import Finding
from letters.models import Letter, LetterBlock
from letters.screens.editing_forms import DetailsForm, WordsForm
from letters.screens.marking import with_here, with_misses
from letters.words.blocks import Block, Change, Departure, Placed, Role, Table
from letters.words.composing import compose
from letters.words.content import LetterContent
from letters.words.word_diff import Piece, word_diff
from letters.written import Written
from supervision.rules.dutch import count, long_date

NEW = "nieuw"
MOST_LEADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A block in the list. `what` is what it is. `version` is that of the letter's own words, 0 where there are none, and
    `standard_version` that of the standard text."""

    slug: str
    label: str
    what: str
    version: int
    standard_version: int
    is_own: bool = False
    is_changed: bool = False
    is_left_out: bool = False
    can_be_left_out: bool = False
    is_outdated: bool = False
    row: LetterBlock | None = None
    differences: tuple[Piece, ...] = ()
    standard_differences: tuple[Piece, ...] = ()
    marks: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A claim that matches nothing: to be changed, or vouched for. `number` tells it from the others on the page."""

    key: str
    sentence: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What somebody has open: a block, or the details, with its form. `clash` says that a colleague was first, and
    `theirs` or `differences` what the colleague made of it."""

    slug: str
    form: WordsForm | DetailsForm
    clash: str = ""
    theirs: str = ""
    differences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A link to something that is open. `anchor` is its place on the page; `where` is empty where no block has it."""

    sentence: str
    where: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Those that fit above the letter, and the others, to be opened there."""

    first: tuple[Lead, ...]
    rest: tuple[Lead, ...]

    @property
    def more(self) -> str:
        return f"Nog {len(self.rest)} andere punten"

    @property
    def rest_from(self) -> int:
        return len(self.first) + 1


def lines_of(
    found: Written, rows: Mapping[str, LetterBlock], check: Checked, earlier: Mapping[str, Block]
) -> list[Line]:
    """`rows` are the departures by slug, `earlier` the standard texts that the outdated ones were made from."""
    return [
        _line(placed, rows.get(placed.block.slug), check, earlier.get(placed.block.slug)) for placed in found.placed
    ]


def _line(placed: Placed, row: LetterBlock | None, check: Checked, was: Block | None) -> Line:
    block, standard = placed.block, placed.standard
    is_changed = standard is not None and row is not None and not placed.is_left_out
    return Line(
        slug=block.slug,
        label=block.label,
        what=what_is(placed),
        version=row.version if row else 0,
        standard_version=standard.version if standard else 0,
        is_own=standard is None,
        is_changed=is_changed,
        is_left_out=placed.is_left_out,
        can_be_left_out=block.role is Role.BODY,
        is_outdated=is_changed and placed.is_outdated,
        row=row,
        differences=word_diff(words_of(standard), words_of(block)) if is_changed and standard else (),
        standard_differences=word_diff(words_of(was), words_of(standard)) if was and standard else (),
        marks=tuple(each.sentence for each in check.points if each.slug == block.slug and not each.claim),
        checks=checks_of(check, block.slug),
    )


def checks_of(check: Checked, slug: str) -> tuple[Check, ...]:
    points = [each for each in check.points if each.slug == slug and each.claim]
    return tuple(
        Check(key=each.claim, sentence=each.sentence, number=f"{slug}-{at}") for at, each in enumerate(points, start=1)
    )


def what_is(placed: Placed) -> str:
    block, standard, when = placed.block, placed.standard, placed.block.when
    if placed.is_left_out:
        return "weggelaten"
    if standard is None:
        return "eigen tekst"
    changed = placed.departure is not None
    if block.table is not Table.NONE:
        words = "eigen tekst" if changed else "vaste tekst"
        return f"tabel en {words}" if block.text else f"tabel uit de cijfers{', kop gewijzigd' if changed else ''}"
    if changed:
        return "gewijzigd"
    told = f"trede {when.trede}" if when.trede is not None else when.direction or when.fact or ""
    return f"tekst bij {told}" if told else "vaste tekst"


def removed_of(found: Written, rows: Iterable[LetterBlock]) -> list[LetterBlock]:
    """Paragraphs that were taken out of the letter and in no list of blocks; what they said is kept."""
    placed = {each.block.slug for each in found.placed}
    return [
        row for row in rows if row.change == Change.LEFT_OUT and row.slug not in placed and (row.heading or row.text)
    ]


def finding_of(letter: Letter, points: Sequence[OpenPoint]) -> str:
    if letter.state != Letter.State.CONCEPT:
        return f"Deze brief is {letter.get_state_display()}."
    if not points:
        return "Er staat niets meer open in de tekst."
    return f"Nog {count(len(points), 'punt', 'punten')} open."


def leads_of(points: Sequence[OpenPoint], lines: Sequence[Line]) -> Leads:
    """Each to the check, the block or the details where the point stands; `elders-1` and on for what stands in none."""
    labels = {line.slug: f"‘{line.label}’" for line in lines} | {DETAILS: "de gegevens"}
    counted: Counter[str] = Counter()
    leads = []
    for point in points:
        anchor = point.slug if point.slug == DETAILS else f"tekst-{point.slug}"
        if point.claim or not point.slug:
            counted[point.slug] += 1
            anchor = f"{point.slug or 'elders'}-{counted[point.slug]}"
        leads.append(Lead(sentence=point.sentence, where=labels.get(point.slug, ""), anchor=anchor))
    fit = MOST_LEADS if len(leads) > MOST_LEADS + 1 else len(leads)
    return Leads(first=tuple(leads[:fit]), rest=tuple(leads[fit:]))


def details_in_short(found: Written) -> str:
    letter = found.letter
    told = [
        long_date(letter.on) if letter.on else "datum bij vaststellen",
        letter.document_number or "nog geen documentnummer",
        letter.contact_name,
    ]
    return " · ".join(part for part in told if part)


def with_words(found: Written, *, slug: str, heading: str, text: str, after: str = "") -> tuple[Placed, ...]:
    """The blocks as they would be with these words; a block that is in no letter yet comes after another."""
    known = {each.block.slug for each in found.placed}
    words = Departure(slug=slug, change=Change.CHANGED, heading=heading, text=text)
    if slug in known:
        return tuple(_worded(each, words) if each.block.slug == slug else each for each in found.placed)
    new = Placed(block=Block(slug=slug, label=slug, position=0, heading=heading, text=text), departure=words)
    at = next((i for i, each in enumerate(found.placed) if each.block.slug == after), len(found.placed) - 1)
    return (*found.placed[: at + 1], new, *found.placed[at + 1 :])


def _worded(placed: Placed, words: Departure) -> Placed:
    return replace(placed, block=replace(placed.block, heading=words.heading, text=words.text), departure=words)


def content_with(found: Written, placed: Sequence[Placed], check: Checked, *, here: str = "") -> LetterContent:
    """What the letter would say with these blocks, with what was not found marked; `here` is where somebody writes."""
    shown = []
    for each in placed:
        block = _with_misses(each.block, check.findings.get(each.block.slug, ()), check)
        shown.append(replace(each, block=with_here(block) if block.slug == here else block))
    return compose(case=found.case, sender=found.content.sender, details=found.details, kind=found.kind, placed=shown)


def _with_misses(block: Block, findings: Iterable[Finding], check: Checked) -> Block:
    """Findings tell their places in heading and text together, as `words_of` joins them."""
    places = [
        (each.claim.start, each.claim.end) for each in findings if each.is_missed and each.key not in check.confirmed
    ]
    begin = len(words_of(block)) - len(block.text)
    return replace(
        block,
        heading=with_misses(block.heading, [place for place in places if place[1] <= len(block.heading)]),
        text=with_misses(block.text, [(start - begin, end - begin) for start, end in places if start >= begin]),
    )
