"""Whether a text says that the trede goes up or down or stays, that there is an achterstand or a voorsprong, and how it went.

Only what is told as so: "wij kunnen u dan weer afschalen" says nothing of this half-year. What is about another time, or
is denied, or depends on something, is left out, clause by clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.claims.claim import Claim, Kind
from letters.claims.plain import Plain
from letters.words.case import Direction

_BROKEN_LINE = re.compile(r"(?<!\n)\n(?![\n #>*0-9-])")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=[^\s\"'”»)]))+")
_CLAUSE = re.compile(r"[^,;:()]+")
_DEPENDS = re.compile(
    r"(?:^|[,;:(]) *(?:en +|maar +|of +)?(?:als|indien|mits|tenzij|wanneer|zodra|dan|zolang|totdat|voordat)\b"
)
_LEFT_OPEN = re.compile(
    r"\b(?:kan|kunnen|kunt|kon|konden|zou|zouden|mogelijk|mogelijke|mogelijkheid|eventueel|eventuele|verwacht|verwachten|verwachting"
    r"|hopen|hoopt|willen|wilt|niet|geen|nooit|zonder|volgend|volgende|eerder|eerdere|vorig|vorige|destijds|voorkomen|prognose"
    r"|elke|iedere)\b"
)
_BOTH = re.compile(r"\b(?:op|af)- ?(?:en|of|dan wel) ")

# Not "opschaling van de opvang".
_SCALED = re.compile(r"\b(?P<to>op|af)(?:ge| te )?scha(?:al|l)[a-z]*\b(?! van (?!(?:de |uw )?gemeente\b|trede\b))")
_APART = re.compile(
    r"\bscha(?:len|alt|al|alden|alde)\b[^,;:()]{0,120}?\b(?P<to>op|af)\b(?= *(?:$|van\b|naar\b|tot\b|en\b|omdat\b|met\b|tot\b))"
)
_HIGHER = re.compile(
    r"\b(?P<to>hogere|lagere) (?:trede|sport)\b|\btreden? (?P<there>hoger|lager|omhoog|omlaag)\b"
    r"|\b(?P<up>hoger|lager) op (?:de|onze|deze) (?:interventie)?ladder\b"
)
_STAYS = re.compile(r"\bblij(?:ft|ven)\b(?: \w{1,20}){0,2} op (?:dezelfde )?trede\b")
_FROM_TO = re.compile(r"\bvan trede (?P<before>[0-9]{1,2}) (?:weer |terug )?naar (?:trede )?(?P<now>[0-9]{1,2})\b")
_WAYS = {
    **dict.fromkeys(("op", "hogere", "hoger", "omhoog"), Direction.UP),
    **dict.fromkeys(("af", "lagere", "lager", "omlaag"), Direction.DOWN),
}
_STANDING = re.compile(
    r"\buw (?:[a-z]{1,20} )?(?P<own>achterstand|voorsprong)\b"
    r"|\b(?:een|de) (?:[a-z]{1,20} )?(?P<of>achterstand|voorsprong) van (?:uw gemeente\b|[0-9])"
)
_WENT = re.compile(
    r"(?P<which>achterstand|voorsprong)\b[^,;:()]{0,80}?\b(?:(?P<up>gegroeid|toegenomen|opgelopen|gestegen|groter geworden)"
    r"|(?P<down>gekrompen|afgenomen|ingelopen|gedaald|verkleind|kleiner geworden))\b(?! dan\b)"
)
_IS_TO_GO = re.compile(r"\b(?:moet|moeten|dient|dienen|wordt|worden|zal|zullen|om|te)\b")


def directions_in(read: Plain) -> Iterator[Claim]:
    lower = _BROKEN_LINE.sub(" ", read.lower.replace("*", " "))
    for sentence in _SENTENCE.finditer(lower):
        if _DEPENDS.search(sentence[0]):
            continue
        for clause in _CLAUSE.finditer(lower, sentence.start(), sentence.end()):
            words = clause[0]
            if not _LEFT_OPEN.search(words):
                yield from _told(read, words, clause.start())


def _told(read: Plain, words: str, at: int) -> Iterator[Claim]:
    told = [
        (found, _WAYS[next(word for word in found.groupdict().values() if word)])
        for pattern in (_SCALED, _APART, _HIGHER)
        for found in pattern.finditer(words)
    ]
    # "op- en afschalen", "opschaling of afschaling": about the ladder, not about this municipality.
    if len({way for _, way in told}) < 2 and not _BOTH.search(words):
        for found, way in told:
            yield _claim(read, Kind.DIRECTION, at, found, way)
    for found in _STAYS.finditer(words):
        yield _claim(read, Kind.DIRECTION, at, found, Direction.SAME)
    for found in _FROM_TO.finditer(words):
        before, now = int(found["before"]), int(found["now"])
        way = Direction.SAME if now == before else Direction.UP if now > before else Direction.DOWN
        yield _claim(read, Kind.DIRECTION, at, found, way)
    for found in _STANDING.finditer(words):
        yield _claim(read, Kind.STANDING, at, found, found["own"] or found["of"])
    for found in () if _IS_TO_GO.search(words) else _WENT.finditer(words):
        yield _claim(read, Kind.COURSE, at, found, f"{found['which']} {'groter' if found['up'] else 'kleiner'}")


def _claim(read: Plain, kind: Kind, at: int, found: re.Match[str], value: Direction | str) -> Claim:
    first, last = read.span(at + found.start(), at + found.end())
    return Claim(kind=kind, written=read.original[first:last], start=first, end=last, value=value)
