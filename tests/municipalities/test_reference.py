"""Loading: what it does to a database. What the files say is in test_reference_data.py."""

import csv
import datetime
import shutil
import time

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession, User
from municipalities.reference import DATA, Change, load
from tests.municipalities.factories import make_municipality, make_province, make_user

TABLES = {
    "provincies": Province,
    "gemeenten": Municipality,
    "schrijfwijzen": MunicipalityAlias,
    "inwonertallen": Population,
    "herindelingen": Succession,
    "postadressen": PostAddress,
}


@pytest.fixture
def files(tmp_path):
    """A copy of the files, to be changed."""
    return shutil.copytree(DATA, tmp_path / "data")


def rewrite(directory, name, change):
    """Write the file anew with each row as `change` leaves it; a row for which that returns False is left out."""
    path = directory / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = reader.fieldnames, list(reader)
    rows = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def contents():
    return {name: list(model.objects.order_by("pk").values()) for name, model in TABLES.items()}


def writes(queries):
    return [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_first_time_creates_everything(no_reference):
    loaded = load()
    assert list(loaded) == list(TABLES)
    for name, model in TABLES.items():
        assert loaded[name] == Change(created=model.objects.count(), updated=0, unchanged=0)
        assert loaded[name].created > 0


def test_second_time_changes_nothing_and_writes_nothing(db):
    before = contents()
    with CaptureQueriesContext(connection) as queries:
        loaded = load()
    assert contents() == before
    assert all(change.created == change.updated == 0 for change in loaded.values())
    assert writes(queries) == []


def test_few_queries_and_under_a_second(no_reference):
    start = time.process_time()
    with CaptureQueriesContext(connection) as first:
        load()
    with CaptureQueriesContext(connection) as second:
        load()
    assert time.process_time() - start < 1
    # SQLite takes a limited number of values in one statement, so the large tables need a few.
    assert len(first) <= 30
    assert len(second) <= 12


def test_changed_rows_are_brought_back(db):
    before = contents()
    Province.objects.filter(code="PV21").update(name="Friesland", other_names=[])
    Municipality.objects.filter(code="GM1900").update(name="Sneek", valid_to=datetime.date(2025, 1, 1))
    MunicipalityAlias.objects.filter(alias="Den Haag").update(alias="DEN HAAG")
    Population.objects.filter(municipality__code="GM0344").update(persons=1)
    Succession.objects.filter(from_municipality__code="GM0620").update(note="", kind="splitsing")
    PostAddress.objects.filter(municipality__code="GM0344").update(line="Postbus 1")
    loaded = load()
    assert contents() == before
    assert [change.updated for change in loaded.values()] == [1, 1, 1, 2, 1, 1]


def test_missing_rows_are_added(db):
    Population.objects.filter(municipality__code="GM0344").delete()
    loaded = load()
    assert loaded["inwonertallen"].created == 2
    assert Population.objects.filter(municipality__code="GM0344").count() == 2


def test_new_files_change_names_and_add_rows(db, files):
    def rename(row):
        if row["code"] == "GM0344":
            row["name"] = "Utrecht (Ut.)"

    rewrite(files, "municipalities.csv", rename)
    with (files / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("GM0344,Utreg\n")
    loaded = load(directory=files)
    assert loaded["gemeenten"].updated == 1
    assert loaded["schrijfwijzen"].created == 1
    assert MunicipalityAlias.objects.get(municipality__name="Utrecht (Ut.)", alias="Utreg").key == "utreg"


def test_two_municipalities_may_exchange_tiles(db):
    """Each has the other's place in the database; put back one by one they would be in each other's way."""
    first, second = Municipality.objects.filter(code__in=["GM0344", "GM0310"])
    place, other = (first.tile_column, first.tile_row), (second.tile_column, second.tile_row)
    Municipality.objects.filter(pk=first.pk).update(tile_column=90, tile_row=90)
    Municipality.objects.filter(pk=second.pk).update(tile_column=place[0], tile_row=place[1])
    Municipality.objects.filter(pk=first.pk).update(tile_column=other[0], tile_row=other[1])
    load()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tile_column, first.tile_row) == place
    assert (second.tile_column, second.tile_row) == other


def test_new_municipality_takes_the_tile_of_the_one_that_ended(db, files):
    Municipality.objects.filter(code="GM1961").update(tile_column=None, tile_row=None)
    Municipality.objects.filter(code="GM0620").update(tile_column=2, tile_row=5)
    load()
    assert Municipality.objects.get(code="GM0620").tile_column is None
    assert Municipality.objects.get(code="GM1961").tile_row == 5


def test_nothing_is_deleted(db, files):
    extra = make_municipality(code="GM9998", name="Nieuw-Vechten")
    rewrite(files, "post_addresses.csv", lambda row: row["code"] != "GM0344")
    load(directory=files)
    assert Municipality.objects.filter(pk=extra.pk).exists()
    assert PostAddress.objects.filter(municipality__code="GM0344").exists()


def test_users_are_not_touched(db):
    user = make_user(province=Province.objects.get(code="PV26"))
    before = User.objects.values().get(pk=user.pk)
    load()
    assert User.objects.values().get(pk=user.pk) == before


def test_corrected_address_stays_as_corrected(db):
    user = make_user(province=make_province())
    PostAddress.objects.filter(municipality__code="GM0344").update(
        line="Postbus 2", corrected_by=user, corrected_at=datetime.datetime(2022, 9, 22, tzinfo=datetime.UTC)
    )
    loaded = load()
    assert loaded["postadressen"] == Change(created=0, updated=0, unchanged=25)
    assert PostAddress.objects.get(municipality__code="GM0344").line == "Postbus 2"


def test_files_that_contradict_the_database_leave_it_as_it_was(db, files):
    def end_before_it_began(row):
        if row["code"] == "GM1961":
            row["valid_to"] = "2018-01-01"

    before = contents()
    rewrite(files, "municipalities.csv", end_before_it_began)
    with pytest.raises(IntegrityError):
        load(directory=files)
    assert contents() == before


def test_a_setting_of_a_province_stays_as_it_was_set(db):
    Province.objects.filter(code="PV26").update(one_person_decides=True, name="Utregt")
    assert load()["provincies"].updated == 1
    utrecht = Province.objects.get(code="PV26")
    assert (utrecht.name, utrecht.one_person_decides) == ("Utrecht", True)
