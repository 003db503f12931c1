import datetime

import pytest

from municipalities.lookup import AmbiguousMunicipality, MunicipalityIndex, UnknownMunicipality, find
from municipalities.models import Municipality

BEFORE = datetime.date(2018, 12, 31)
AFTER = datetime.date(2019, 1, 1)
TODAY = datetime.date(2026, 7, 1)


@pytest.fixture
def index(db):
    return MunicipalityIndex.load()


@pytest.mark.parametrize("on", [BEFORE, AFTER])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("344", "GM0344"),
        ("0344", "GM0344"),
        ("GM0344", "GM0344"),
        ("gm0344", "GM0344"),
        ("344.0", "GM0344"),
        ("Utrecht", "GM0344"),
        ("UTRECHT", "GM0344"),
        (" utrecht\u00a0", "GM0344"),
        ("Gemeente Utrecht", "GM0344"),
        ("gemeente  utrecht", "GM0344"),
        ("Utrecht (gemeente)", "GM0344"),
        ("Utrecht (Ut.)", "GM0344"),
        ("Bergen NH", "GM0373"),
        ("Bergen (NH)", "GM0373"),
        ("Bergen (NH.)", "GM0373"),
        ("Bergen N.H.", "GM0373"),
        ("Gemeente Bergen (NH)", "GM0373"),
        ("Bergen (Noord-Holland)", "GM0373"),
        ("Bergen (L)", "GM0893"),
        ("Bergen (L.)", "GM0893"),
        ("Bergen Limburg", "GM0893"),
        ("Bergen op Zoom", "GM0748"),
        ("'s-Gravenhage", "GM0518"),
        ("'s Gravenhage", "GM0518"),
        ("’s-Gravenhage", "GM0518"),
        ("s-Gravenhage", "GM0518"),
        ("Gravenhage, 's", "GM0518"),
        ("Den Haag", "GM0518"),
        ("Haag, Den", "GM0518"),
        ("Gemeente Den Haag", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("Gemeente 's-Hertogenbosch", "GM0796"),
        ("Hengelo", "GM0164"),
        ("Hengelo OV", "GM0164"),
        ("Hengelo (O)", "GM0164"),
        ("Sudwest Fryslan", "GM1900"),
        ("Súdwest-Fryslân", "GM1900"),
        ("Bilt, De", "GM0310"),
        ("de bilt", "GM0310"),
        ("Ronde Venen, De", "GM0736"),
        ("Ijsselstein", "GM0353"),
        ("ĳsselstein", "GM0353"),
        ("Ysselstein", "GM0353"),
        ("Alphen a/d Rijn", "GM0484"),
        ("Alphen a.d. Rijn", "GM0484"),
        ("Nuenen c.a.", "GM0820"),
        ("Nuenen ca", "GM0820"),
        ("St. Michielsgestel", "GM0845"),
        ("De Friese Meren", "GM1940"),
        ("Wijk Bij Duurstede", "GM0352"),
    ],
)
def test_every_writing_finds_the_municipality(index, text, code, on):
    assert index.find(text, on=on).code == code


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("Vianen", BEFORE, "GM0620"),
        ("GM0620", BEFORE, "GM0620"),
        ("Vijfheerenlanden", AFTER, "GM1961"),
        ("Vijfherenlanden", AFTER, "GM1961"),
        ("1961", AFTER, "GM1961"),
        ("Haarlemmerliede", BEFORE, "GM0393"),
        # Until 1 July 2015 this was the name of a municipality; since then it is another writing of its successor's.
        ("De Friese Meren", datetime.date(2015, 6, 30), "GM1921"),
        ("De Friese Meren", datetime.date(2015, 7, 1), "GM1940"),
    ],
)
def test_name_belongs_to_who_had_it_that_day(index, text, on, code):
    assert index.find(text, on=on).code == code


@pytest.mark.parametrize("text", ["Bergen", "bergen", "Gemeente Bergen", "BERGEN "])
def test_bergen_is_refused_with_both_names(index, text):
    with pytest.raises(AmbiguousMunicipality) as refusal:
        index.find(text, on=TODAY)
    assert str(refusal.value) == f"“{text.strip()}” kan Bergen (L.) in Limburg of Bergen (NH.) in Noord-Holland zijn."


@pytest.mark.parametrize(
    ("text", "on", "sentence"),
    [
        ("Vianen", AFTER, "Vianen bestaat niet meer sinds 1 januari 2019; nu Vijfheerenlanden."),
        ("gm0620", AFTER, "Vianen bestaat niet meer sinds 1 januari 2019; nu Vijfheerenlanden."),
        ("Weesp", TODAY, "Weesp bestaat niet meer sinds 24 maart 2022; nu Amsterdam."),
        ("Haaren", TODAY, "Haaren bestaat niet meer sinds 1 januari 2021; nu Boxtel, Oisterwijk, Tilburg en Vught."),
        # What followed has itself been followed.
        ("Ubbergen", datetime.date(2015, 7, 1), "Ubbergen bestaat niet meer sinds 1 januari 2015; nu Groesbeek."),
        ("Ubbergen", TODAY, "Ubbergen bestaat niet meer sinds 1 januari 2015; nu Berg en Dal."),
        # A border correction the year before is not what became of it.
        ("Slochteren", TODAY, "Slochteren bestaat niet meer sinds 1 januari 2018; nu Midden-Groningen."),
        (
            "Vijfheerenlanden",
            BEFORE,
            "Vijfheerenlanden bestaat pas sinds 1 januari 2019; daarvoor Leerdam, Vianen en Zederik.",
        ),
        ("1961", BEFORE, "Vijfheerenlanden bestaat pas sinds 1 januari 2019; daarvoor Leerdam, Vianen en Zederik."),
        (
            "Berg en Dal",
            datetime.date(2015, 12, 31),
            "Berg en Dal bestaat pas sinds 1 januari 2016; daarvoor Groesbeek.",
        ),
        (
            "De Fryske Marren",
            datetime.date(2013, 12, 31),
            "De Fryske Marren bestaat pas sinds 1 juli 2015; daarvoor "
            "Boarnsterhim, Gaasterlân-Sleat, Lemsterland en Skarsterlân.",
        ),
        ("Utrect", TODAY, "“Utrect” is geen bekende gemeente. Bedoelt u Utrecht?"),
        ("Vianne", BEFORE, "“Vianne” is geen bekende gemeente. Bedoelt u Vianen?"),
        ("Bergeen", TODAY, "“Bergeen” is geen bekende gemeente. Bedoelt u Bergen (L.) of Bergen (NH.)?"),
        ("Nieuw-Vechten", TODAY, "“Nieuw-Vechten” is geen bekende gemeente."),
        ("Totaal Utrecht", TODAY, "“Totaal Utrecht” is geen bekende gemeente."),
        ("#REF!", TODAY, "“#REF!” is geen bekende gemeente."),
        ("...", TODAY, "“...” is geen bekende gemeente."),
        ("9999", TODAY, "“9999” is geen bekende gemeentecode."),
        ("GM9999", TODAY, "“GM9999” is geen bekende gemeentecode."),
        ("", TODAY, "Er is geen gemeente ingevuld."),
        (" \u00a0", TODAY, "Er is geen gemeente ingevuld."),
    ],
)
def test_unknown_says_why(index, text, on, sentence):
    with pytest.raises(UnknownMunicipality) as refusal:
        index.find(text, on=on)
    assert str(refusal.value) == sentence


def test_a_long_text_is_quoted_in_part(index):
    with pytest.raises(UnknownMunicipality) as refusal:
        index.find("x" * 100_000, on=TODAY)
    assert str(refusal.value) == f"“{'x' * 60}…” is geen bekende gemeente."


def test_every_municipality_is_found_by_its_own_name_and_code(index):
    for municipality in Municipality.objects.all():
        last_day = municipality.valid_to - datetime.timedelta(days=1) if municipality.valid_to else TODAY
        assert index.find(municipality.name, on=last_day) == municipality
        assert index.find(municipality.code, on=last_day) == municipality


def test_one_lookup_is_the_same_path(db):
    assert find("Bilt, De", on=TODAY).code == "GM0310"
    with pytest.raises(AmbiguousMunicipality):
        find("Bergen", on=TODAY)


def test_two_queries_for_any_number_of_lookups(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        index = MunicipalityIndex.load()
        found = [index.find(text, on=TODAY) for text in ("Utrecht", "344", "Den Haag", "Bilt, De")]
        assert [municipality.province.name for municipality in found] == [
            "Utrecht",
            "Utrecht",
            "Zuid-Holland",
            "Utrecht",
        ]


def test_one_more_query_for_any_number_of_explanations(index, django_assert_num_queries):
    with django_assert_num_queries(1):
        for text in ("Vianen", "Ubbergen", "Haaren"):
            with pytest.raises(UnknownMunicipality):
                index.find(text, on=TODAY)


@pytest.mark.parametrize(
    ("text", "is_known"), [("Zeist", True), ("vianen", True), ("344", True), ("Zeisd", False), ("", False)]
)
def test_whether_any_municipality_was_ever_called_so(index, text, is_known):
    assert index.knows(text) is is_known
