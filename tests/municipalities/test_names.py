import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.names import alias_key, listed, municipality_code, name_keys

DUTCH = st.text(alphabet="abcijyzABCIJYZ àéêëïñóöúûüÉÖ ĳĲ '’`-.,()&/ 019", max_size=40)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Utrecht", "utrecht"),
        ("Súdwest-Fryslân", "sudwestfryslan"),
        ("'s-Gravenhage", "sgravenhage"),
        ("’s Gravenhage", "sgravenhage"),
        ("IJsselstein", "ijsselstein"),
        ("Ĳsselstein", "ijsselstein"),
        ("Bergen (NH.)", "bergennh"),
        ("Nuenen, Gerwen en Nederwetten", "nuenengerwenennederwetten"),
        ("  De\u00a0Bilt ", "debilt"),
        ("–?–", ""),
        ("", ""),
    ],
)
def test_key_of_a_name(text, key):
    assert alias_key(text) == key


@given(DUTCH)
def test_key_of_a_key_is_itself(text):
    assert alias_key(alias_key(text)) == alias_key(text)


@given(DUTCH)
def test_case_does_not_count(text):
    assert alias_key(text.upper()) == alias_key(text.lower()) == alias_key(text)


@given(DUTCH, st.sampled_from(["'", "’", "-", " ", ".", "\u00a0", "(", ")"]))
def test_punctuation_does_not_count(text, mark):
    assert alias_key(mark.join(text)) == alias_key(text)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Utrecht", ["utrecht"]),
        ("Gemeente Utrecht", ["gemeenteutrecht", "utrecht"]),
        ("gem. Utrecht", ["gemutrecht", "utrecht"]),
        ("Utrecht (gemeente)", ["utrechtgemeente", "utrecht"]),
        ("Bilt, De", ["biltde", "debilt"]),
        ("Gemeente Bilt, de", ["gemeentebiltde", "biltde", "debilt"]),
        ("Hertogenbosch, 's", ["hertogenboschs", "shertogenbosch"]),
        ("Nuenen, Gerwen en Nederwetten", ["nuenengerwenennederwetten"]),
        ("Gemeenteraad", ["gemeenteraad"]),
        ("!", []),
    ],
)
def test_keys_to_look_a_name_up_by(text, keys):
    assert list(name_keys(text)) == keys


@pytest.mark.parametrize(
    "text", ["344", "0344", "GM0344", "gm0344", "Gm 0344", "344.0", "344,00", " 344 ", "\u00a0344"]
)
def test_writings_of_a_code(text):
    assert municipality_code(text) == "GM0344"


@pytest.mark.parametrize(
    "text", ["", "Utrecht", "GM", "12345", "-344", "344.5", "PV26", "GM0344 Utrecht", "３４４x", "3 44"]
)
def test_not_a_code(text):
    assert municipality_code(text) is None


@given(st.integers(min_value=0, max_value=9999))
def test_every_writing_of_a_number_is_the_same_code(number):
    writings = [str(number), f"{number:04}", f"GM{number:04}", f"gm{number}", f"{number}.0"]
    assert {municipality_code(writing) for writing in writings} == {f"GM{number:04}"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["Vianen"], "Vianen"), (["Leerdam", "Vianen"], "Leerdam en Vianen"), (["A", "B", "C"], "A, B en C")],
)
def test_words_as_an_enumeration(words, sentence):
    assert listed(words, conjunction="en") == sentence
