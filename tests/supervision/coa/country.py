"""The country's municipalities as a register, from the reference data and without a database."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import municipalities
from municipalities.names import alias_key, municipality_code, name_keys
from supervision.coa.register import Register

DATA = Path(municipalities.__file__).parent / "data"


class Unknown(LookupError):
    pass


class Ambiguous(LookupError):
    pass


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    province_code: str
    valid_from: date | None
    valid_to: date | None

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Country:
    """As MunicipalityIndex finds; it also counts how often it is asked."""

    def __init__(self) -> None:
        self.places = {place.code: place for place in _places()}
        self.by_key: dict[str, set[str]] = defaultdict(set)
        for place in self.places.values():
            self.by_key[alias_key(place.name)].add(place.code)
        for row in _rows("aliases.csv"):
            self.by_key[alias_key(row["alias"])].add(row["code"])

    def find(self, text: str, *, on: date) -> Place:
        codes = self.codes_of(text)
        existing = [self.places[code] for code in codes if self.places[code].exists_on(on)]
        if len(existing) == 1:
            return existing[0]
        if existing:
            names = sorted(place.name for place in existing)
            raise Ambiguous(f"“{text}” kan {' of '.join(names)} zijn.")
        raise Unknown(f"“{text}” is geen bekende gemeente.")

    def codes_of(self, text: str) -> set[str]:
        code = municipality_code(text)
        if code:
            return {code} & self.places.keys()
        return next((self.by_key[key] for key in name_keys(text) if key in self.by_key), set())

    def existing(self, on: date, *, province: str | None = None) -> list[Place]:
        places = (place for place in self.places.values() if place.exists_on(on))
        return sorted((p for p in places if province in (None, p.province_code)), key=lambda place: place.name)


@cache
def country() -> Country:
    return Country()


@cache
def register() -> Register:
    return Register(find=country().find, ambiguous=Ambiguous)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _places() -> Iterator[Place]:
    for row in _rows("municipalities.csv"):
        begin, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to"))
        yield Place(row["code"], row["name"], row["province"], begin, end)
