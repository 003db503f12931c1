"""What the files say, held against published counts and against itself."""

import datetime
from collections import Counter, defaultdict

import pytest
from django.db.models import Count, F, Sum

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession
from municipalities.names import alias_key, name_keys

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 7, 1)

# CBS, Gemeentelijke indeling per jaar.
MUNICIPALITIES_ON_1_JANUARY = {
    2014: 403,
    2015: 393,
    2016: 390,
    2017: 388,
    2018: 380,
    2019: 355,
    2020: 355,
    2021: 352,
    2022: 345,
    2023: 342,
    2024: 342,
    2025: 342,
    2026: 342,
}

# Per province: municipalities on 1 January 2022, on 24 March 2022 (without Weesp) and since 2023; inhabitants on
# 1 January 2022. CBS.
PROVINCES = {
    "PV20": ("Groningen", 10, 10, 10, 590_170),
    "PV21": ("Fryslân", 18, 18, 18, 654_019),
    "PV22": ("Drenthe", 12, 12, 12, 497_743),
    "PV23": ("Overijssel", 25, 25, 25, 1_171_910),
    "PV24": ("Flevoland", 6, 6, 6, 434_771),
    "PV25": ("Gelderland", 51, 51, 51, 2_110_472),
    "PV26": ("Utrecht", 26, 26, 26, 1_369_873),
    "PV27": ("Noord-Holland", 45, 44, 44, 2_909_827),
    "PV28": ("Zuid-Holland", 52, 52, 50, 3_753_944),
    "PV29": ("Zeeland", 13, 13, 13, 386_767),
    "PV30": ("Noord-Brabant", 56, 56, 56, 2_592_874),
    "PV31": ("Limburg", 31, 31, 31, 1_118_302),
}


def existing(year, month=1, day=1):
    return Municipality.objects.existing(on=datetime.date(year, month, day))


def per_province(municipalities):
    return dict(municipalities.order_by().values_list("province__code").annotate(Count("pk")))


def test_provinces_are_the_twelve():
    assert dict(Province.objects.values_list("code", "name")) == {code: row[0] for code, row in PROVINCES.items()}
    assert Province.objects.get(code="PV21").other_names == ["Friesland"]


@pytest.mark.parametrize(("year", "count"), MUNICIPALITIES_ON_1_JANUARY.items())
def test_country_has_as_many_municipalities_as_published(year, count):
    assert existing(year).count() == count


def test_provinces_have_as_many_municipalities_as_published():
    assert per_province(existing(2022)) == {code: row[1] for code, row in PROVINCES.items()}
    assert per_province(existing(2022, 3, 24)) == {code: row[2] for code, row in PROVINCES.items()}
    for year in (2023, 2024, 2025, 2026):
        assert per_province(existing(year)) == {code: row[3] for code, row in PROVINCES.items()}


def test_inhabitants_add_up_to_the_published_totals():
    on_1_january = Population.objects.filter(on=datetime.date(2022, 1, 1)).order_by()
    sums = dict(on_1_january.values_list("municipality__province__code").annotate(Sum("persons")))
    assert sums == {code: row[4] for code, row in PROVINCES.items()}
    before = Population.objects.filter(on=datetime.date(2021, 1, 1)).aggregate(total=Sum("persons"))
    assert before["total"] == 17_475_415


def test_inhabitants_of_2021_are_those_of_the_municipalities_of_2021():
    counted = Population.objects.filter(on=datetime.date(2021, 1, 1)).values("municipality")
    assert set(existing(2021)) == set(Municipality.objects.filter(pk__in=counted))


def test_inhabitants_of_2022_are_those_of_the_municipalities_of_2023():
    counted = Population.objects.filter(on=datetime.date(2022, 1, 1)).values("municipality")
    assert set(existing(2023)) == set(Municipality.objects.filter(pk__in=counted))


def test_each_municipality_that_ended_passed_into_others_that_day():
    for ended in Municipality.objects.exclude(valid_to=None):
        heirs = [succession.to_municipality for succession in ended.successions.filter(on=ended.valid_to)]
        assert heirs, ended
        assert all(heir.exists_on(ended.valid_to) for heir in heirs), ended


def test_each_municipality_that_began_came_from_others_that_day():
    for begun in Municipality.objects.exclude(valid_from=None):
        assert begun.predecessions.filter(on=begun.valid_from).exists(), begun


def test_only_a_border_correction_leaves_the_municipality():
    lasting = Succession.objects.exclude(on=F("from_municipality__valid_to"))
    assert {succession.kind for succession in lasting} == {Succession.Kind.GRENSCORRECTIE}
    assert Succession.objects.filter(kind=Succession.Kind.GRENSCORRECTIE).count() == len(lasting)


def test_a_split_has_several_heirs_and_a_change_of_name_has_one():
    heirs = defaultdict(Counter)
    for succession in Succession.objects.exclude(kind=Succession.Kind.GRENSCORRECTIE):
        heirs[succession.from_municipality_id][succession.kind] += 1
    for kinds in heirs.values():
        assert len(kinds) == 1
        assert (kinds["splitsing"] > 1) != (kinds["samenvoeging"] + kinds["naamswijziging"] == 1)


def test_vijfheerenlanden_came_from_two_provinces():
    successions = Succession.objects.filter(to_municipality__code="GM1961").select_related(
        "from_municipality__province"
    )
    assert {(row.from_municipality.name, row.from_municipality.province.name) for row in successions} == {
        ("Leerdam", "Zuid-Holland"),
        ("Vianen", "Utrecht"),
        ("Zederik", "Zuid-Holland"),
    }


def test_tile_map_holds_the_municipalities_of_today_and_no_others():
    assert set(Municipality.objects.exclude(tile_column=None)) == set(Municipality.objects.existing(on=TODAY))


def test_tile_maps_start_at_the_edge():
    for province in Province.objects.all():
        tiles = list(province.municipalities.exclude(tile_column=None).values_list("tile_column", "tile_row"))
        assert min(column for column, _ in tiles) == min(row for _, row in tiles) == 0


def test_tile_map_of_utrecht():
    """As checked against the map: read it with north up."""
    names = {
        (row.tile_column, row.tile_row): row.name
        for row in Municipality.objects.filter(province__code="PV26").exclude(tile_column=None)
    }
    drawn = [[names.get((column, row), "·") for column in range(6)] for row in range(6)]
    assert drawn == [
        ["·", "·", "·", "Eemnes", "Bunschoten", "·"],
        ["·", "·", "·", "Baarn", "Amersfoort", "·"],
        ["De Ronde Venen", "Stichtse Vecht", "·", "Soest", "Leusden", "·"],
        ["Woerden", "Utrecht", "De Bilt", "Zeist", "Woudenberg", "Renswoude"],
        ["Montfoort", "IJsselstein", "Nieuwegein", "Bunnik", "Utrechtse Heuvelrug", "Veenendaal"],
        ["Oudewater", "Lopik", "Vijfheerenlanden", "Houten", "Wijk bij Duurstede", "Rhenen"],
    ]


def test_each_municipality_of_utrecht_has_a_post_address():
    addressed = {address.municipality for address in PostAddress.objects.select_related("municipality")}
    assert addressed == set(Municipality.objects.existing(on=TODAY).filter(province__code="PV26"))
    assert len(addressed) == 26


def test_post_addresses_can_be_printed():
    for address in PostAddress.objects.all():
        address.full_clean()
        assert not address.town.endswith(" UT")
    assert str(PostAddress.objects.get(municipality__code="GM0344")) == "Postbus 16200, 3500 CE Utrecht"


def test_identification_holds_the_code():
    for row in [*Municipality.objects.all(), *Province.objects.all()]:
        assert row.tooi_uri.rsplit("/", 1)[1].upper() == row.code


def test_no_name_is_shared_at_any_time():
    names = Counter(alias_key(name) for name in Municipality.objects.values_list("name", flat=True))
    assert names.most_common(1)[0][1] == 1


def test_aliases_add_something_to_the_name():
    for alias in MunicipalityAlias.objects.select_related("municipality"):
        assert alias_key(alias.municipality.name) not in name_keys(alias.alias), alias
        assert alias.key == alias_key(alias.alias)


def test_shared_writings_are_known():
    """Bergen is two municipalities; De Friese Meren became De Fryske Marren, so that the day decides."""
    holders = defaultdict(set)
    for municipality in Municipality.objects.all():
        holders[alias_key(municipality.name)].add(municipality.code)
    for alias in MunicipalityAlias.objects.select_related("municipality"):
        holders[alias.key].add(alias.municipality.code)
    assert {key: codes for key, codes in holders.items() if len(codes) > 1} == {
        "bergen": {"GM0373", "GM0893"},
        "defriesemeren": {"GM1921", "GM1940"},
    }
