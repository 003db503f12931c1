"""The numbers of a letter, each with what it agrees with: the column beside the preview. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from letters.checking import Checked
from letters.claims import Finding, Kind, check
from letters.words.content import Bullets, Paragraph, Part, SumTable
from letters.written import Written
from municipalities.models import User
from supervision.rules.dutch import count

SHOWN = (Kind.NUMBER, Kind.SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """`agrees` is what it agrees with, or where it comes from. `by` vouches for it, since `at`."""

    key: str
    written: str
    agrees: str
    is_missed: bool = False
    by: User | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    summary: str
    rows: tuple[Number, ...]


def numbers_of(found: Written, checked: Checked) -> Numbers:
    """What matches nothing comes first; then in the order of the letter, each once."""
    rows = {row.key: row for row in _own(checked)}
    for finding in check(_words(found), checked.facts):
        if finding.claim.kind in SHOWN and not finding.is_missed:
            rows.setdefault(finding.key, _found(finding))
    ordered = sorted(rows.values(), key=lambda row: not row.is_missed)
    missed, confirmed = (sum(each) for each in ([row.is_missed for row in ordered], [bool(row.by) for row in ordered]))
    told = [count(len(ordered) - missed - confirmed, "gevonden", "gevonden")]
    told += [f"{confirmed} bevestigd"] if confirmed else []
    told += [f"{missed} niet gevonden"] if missed else []
    return Numbers(summary=", ".join(told), rows=tuple(ordered))


def _own(checked: Checked) -> Iterator[Number]:
    """All that somebody claims in words of the letter's own, other than numbers too."""
    for finding in (each for findings in checked.findings.values() for each in findings):
        row = checked.confirmed.get(finding.key)
        if not finding.is_missed:
            yield _found(finding)
        elif row is None:
            yield Number(key=finding.key, written=_short(finding), agrees="niet gevonden", is_missed=True)
        else:
            agrees, by, at = row.reason, row.confirmed_by, row.confirmed_at
            yield Number(key=finding.key, written=_short(finding), agrees=agrees, by=by, at=at)


def _found(finding: Finding) -> Number:
    return Number(key=finding.key, written=_short(finding), agrees=finding.found)


def _short(finding: Finding) -> str:
    return " ".join(finding.claim.written.split())[:40]


def _words(found: Written) -> str:
    content = found.content
    parts = [*content.opening, *(part for section in content.sections for part in section.parts)]
    return "\n\n".join(text for part in parts for text in _texts(part))


def _texts(part: Part) -> Iterable[str]:
    match part:
        case Paragraph():
            return (part.text,)
        case Bullets():
            return part.texts
        case SumTable():
            return [f"{row.number}{'%' if row.is_percentage else ''}" for row in part.rows]
        case _:
            return ()
