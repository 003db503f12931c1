"""How a block of text is told about: when it stands in a letter, which table it shows, what changed. Pure."""

from __future__ import annotations

from letters.words.blocks import Block, Fact, Table, When
from letters.words.case import Direction

FACT_WORDS = {
    Fact.HERVERDELING.value: "als er een herverdeling is",
    Fact.VOORSPRONG.value: "als er een voorsprong is",
    Fact.NOT_MET.value: "als de taakstelling niet is gehaald",
    Fact.EXTRA_VERZOEK.value: "als er een extra verzoek is",
    Fact.VERSNELLINGSACTIE.value: "als er een versnellingsactie is",
    Fact.OPVANG.value: "als er opvang is",
    Fact.START_DIFFERS.value: "als het COA een andere beginstand meldt",
    Fact.TAAKSTELLING_CHANGED.value: "als de taakstelling in het halfjaar is gewijzigd",
    Fact.OWN_LADDER.value: "als er voor de trede geen eigen tekst is",
}
DIRECTION_WORDS = {
    Direction.FIRST.value: "de eerste keer op de ladder",
    Direction.UP.value: "bij opschaling",
    Direction.DOWN.value: "bij afschaling",
    Direction.SAME.value: "als de trede gelijk blijft",
}
TABLE_WORDS = {
    Table.NONE.value: "geen tabel",
    Table.FIGURES.value: "de cijfers van het halfjaar",
    Table.NEXT.value: "de opgave van het volgende halfjaar",
    Table.OUTCOME.value: "de uitkomst in het kort",
}


def trede_in_words(number: int, name: str) -> str:
    return f"op trede {number} ({name})" if name else f"op trede {number}"


def when_in_words(when: When) -> str:
    """ "altijd", or all that has to hold: "op trede 3 (Actief toezicht), bij opschaling, alleen in 2022-1"."""
    told = [
        "" if when.trede is None else trede_in_words(when.trede, when.trede_name),
        DIRECTION_WORDS[when.direction.value] if when.direction else "",
        FACT_WORDS[when.fact.value] if when.fact else "",
        f"alleen in {when.period}" if when.period else "",
    ]
    return ", ".join(part for part in told if part) or "altijd"


def other_changes(before: Block, after: Block) -> tuple[str, ...]:
    """What changed beside the words, a sentence each."""
    yes = {True: "ja", False: "nee"}
    told = [
        ("Naam", before.label, after.label),
        ("Wanneer", when_in_words(before.when), when_in_words(after.when)),
        ("Tabel", TABLE_WORDS[before.table.value], TABLE_WORDS[after.table.value]),
        ("Bij elkaar op één bladzijde", yes[before.is_whole], yes[after.is_whole]),
        ("Hele tekst vet", yes[before.is_key], yes[after.is_key]),
    ]
    found = [f"{name}: was ‘{was}’, is ‘{now}’." for name, was, now in told if was != now]
    if before.position != after.position:
        found.append("Het blok staat op een andere plaats.")
    return tuple(found)
