"""The reference data of the project's own: from the files in data/ to the database."""

import csv
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession
from municipalities.names import alias_key

DATA = Path(__file__).parent / "data"

M = TypeVar("M", bound=models.Model)
Row = dict[str, str]
Ids = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What loading did to the rows of one table."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def load(*, directory: Path = DATA) -> dict[str, Change]:
    """Bring the database to what the files say; per table, by its Dutch name, what that changed.

    May be run at any time. Rows that the files do not have stay, users are not touched, and a post address that a
    beheerder corrected remains as corrected.
    """
    loaded = {}
    loaded["provincies"] = _synchronise(_provinces(directory), key=("code",), settings=("one_person_decides",))
    provinces = dict(Province.objects.values_list("code", "pk"))
    loaded["gemeenten"] = _synchronise(
        _municipalities(directory, provinces), key=("code",), exchanged=("tile_column", "tile_row")
    )
    ids = dict(Municipality.objects.values_list("code", "pk"))
    loaded["schrijfwijzen"] = _synchronise(_aliases(directory, ids), key=("municipality_id", "key"))
    loaded["inwonertallen"] = _synchronise(_populations(directory, ids), key=("municipality_id", "on"))
    loaded["herindelingen"] = _synchronise(
        _successions(directory, ids), key=("on", "from_municipality_id", "to_municipality_id")
    )
    loaded["postadressen"] = _synchronise(_post_addresses(directory, ids), key=("municipality_id",))
    return loaded


def _synchronise(
    rows: Sequence[M], *, key: tuple[str, ...], exchanged: tuple[str, ...] = (), settings: tuple[str, ...] = ()
) -> Change:
    """Create the rows whose key is not there and update those that differ from what is.

    `settings` are fields that people set here: what is set stays. `exchanged` are fields that rows may hand to each
    other and that must be unique all the while: they are emptied before anything gets a new value.
    """
    model = type(rows[0])
    key_of = attrgetter(*key)
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    fields = [name for name in fields if name not in (*key, *settings)]
    present = {key_of(row): row for row in model._default_manager.all()}
    created, changed = [], []
    for row in rows:
        before = present.get(key_of(row))
        if before is None:
            created.append(row)
        elif any(getattr(before, name) != getattr(row, name) for name in fields):
            row.pk = before.pk
            changed.append(row)
    if exchanged and changed:
        emptied = dict.fromkeys(exchanged)
        model._default_manager.filter(pk__in=[row.pk for row in changed]).update(**emptied)
    model._default_manager.bulk_create(created)
    if changed:
        model._default_manager.bulk_update(changed, fields)
    return Change(created=len(created), updated=len(changed), unchanged=len(rows) - len(created) - len(changed))


def _read(directory: Path, name: str) -> Iterator[Row]:
    with (directory / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _provinces(directory: Path) -> list[Province]:
    return [
        Province(
            code=row["code"],
            name=row["name"],
            other_names=row["other_names"].split("|") if row["other_names"] else [],
            tooi_uri=row["tooi_uri"],
        )
        for row in _read(directory, "provinces.csv")
    ]


def _municipalities(directory: Path, provinces: Ids) -> list[Municipality]:
    return [
        Municipality(
            code=row["code"],
            name=row["name"],
            province_id=provinces[row["province"]],
            valid_from=_date(row["valid_from"]) if row["valid_from"] else None,
            valid_to=_date(row["valid_to"]) if row["valid_to"] else None,
            tooi_uri=row["tooi_uri"],
            tile_column=int(row["tile_column"]) if row["tile_column"] else None,
            tile_row=int(row["tile_row"]) if row["tile_row"] else None,
        )
        for row in _read(directory, "municipalities.csv")
    ]


def _aliases(directory: Path, ids: Ids) -> list[MunicipalityAlias]:
    return [
        MunicipalityAlias(municipality_id=ids[row["code"]], alias=row["alias"], key=alias_key(row["alias"]))
        for row in _read(directory, "aliases.csv")
    ]


def _populations(directory: Path, ids: Ids) -> list[Population]:
    return [
        Population(municipality_id=ids[row["code"]], on=_date(row["on"]), persons=int(row["persons"]))
        for row in _read(directory, "populations.csv")
    ]


def _successions(directory: Path, ids: Ids) -> list[Succession]:
    return [
        Succession(
            on=_date(row["on"]),
            from_municipality_id=ids[row["from_code"]],
            to_municipality_id=ids[row["to_code"]],
            kind=row["kind"],
            note=row["note"],
        )
        for row in _read(directory, "successions.csv")
    ]


def _post_addresses(directory: Path, ids: Ids) -> list[PostAddress]:
    """Without those that a beheerder corrected."""
    corrected = set(PostAddress.objects.exclude(corrected_at=None).values_list("municipality_id", flat=True))
    return [
        PostAddress(municipality_id=ids[row["code"]], line=row["line"], postcode=row["postcode"], town=row["town"])
        for row in _read(directory, "post_addresses.csv")
        if ids[row["code"]] not in corrected
    ]
