import pytest

from municipalities.models import User
from municipalities.rights import IN_DUTCH, RIGHTS, Right, Role, refusal

MAY = {
    (Role.LEZER, Right.LOOK),
    (Role.TOEZICHTHOUDER, Right.LOOK),
    (Role.TOEZICHTHOUDER, Right.ENTER_FIGURES),
    (Role.TOEZICHTHOUDER, Right.MAKE_LETTERS),
    (Role.TOEZICHTHOUDER, Right.PREPARE_TALKS),
    (Role.TOEZICHTHOUDER, Right.KEEP_DOSSIER),
    (Role.TOEZICHTHOUDER, Right.PROPOSE),
    (Role.VASTSTELLER, Right.LOOK),
    (Role.VASTSTELLER, Right.AGREE_LETTERS),
    (Role.VASTSTELLER, Right.PREPARE_TALKS),
    (Role.VASTSTELLER, Right.PROPOSE),
    (Role.VASTSTELLER, Right.DECIDE),
    (Role.VASTSTELLER, Right.SET_POLICY),
    (Role.BEHEERDER, Right.LOOK),
    (Role.BEHEERDER, Right.ENTER_FIGURES),
    (Role.BEHEERDER, Right.MAKE_LETTERS),
    (Role.BEHEERDER, Right.PREPARE_TALKS),
    (Role.BEHEERDER, Right.KEEP_DOSSIER),
    (Role.BEHEERDER, Right.SET_POLICY),
    (Role.BEHEERDER, Right.PROPOSE),
    (Role.BEHEERDER, Right.ADMINISTER),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_table_of_rights(role, right):
    assert User(role=role).may(right) == ((role, right) in MAY)


@pytest.mark.parametrize("right", Right)
def test_without_a_role_nobody_may_anything(right):
    assert not User(role="").may(right)
    assert not User(role="", is_superuser=True, is_staff=True).may(right)


def test_every_role_has_a_row_and_may_look():
    assert set(RIGHTS) == set(Role)
    assert all(Right.LOOK in rights for rights in RIGHTS.values())


def test_every_right_has_a_role_and_words():
    assert set.union(*map(set, RIGHTS.values())) == set(Right) == set(IN_DUTCH)


def test_who_decides_enters_no_figures_and_makes_no_letters():
    """Four eyes: what is decided on was made by somebody else. That nobody decides on an own proposal is for the
    procedure to see to."""
    for rights in RIGHTS.values():
        assert not (Right.DECIDE in rights and rights & {Right.ENTER_FIGURES, Right.MAKE_LETTERS, Right.KEEP_DOSSIER})
        assert not (Right.AGREE_LETTERS in rights and Right.MAKE_LETTERS in rights)


@pytest.mark.parametrize(
    ("right", "role", "sentence"),
    [
        (Right.ENTER_FIGURES, "lezer", "Cijfers invoeren mag alleen een toezichthouder of beheerder; u bent lezer."),
        (
            Right.MAKE_LETTERS,
            "vaststeller",
            "Brieven maken mag alleen een toezichthouder of beheerder; u bent vaststeller.",
        ),
        (
            Right.KEEP_DOSSIER,
            "vaststeller",
            "Het dossier bijhouden mag alleen een toezichthouder of beheerder; u bent vaststeller.",
        ),
        (
            Right.PROPOSE,
            "lezer",
            "Een trede voorstellen mag alleen een toezichthouder, vaststeller of beheerder; u bent lezer.",
        ),
        (
            Right.AGREE_LETTERS,
            "toezichthouder",
            "Brieven vaststellen mag alleen een vaststeller; u bent toezichthouder.",
        ),
        (Right.DECIDE, "toezichthouder", "Besluiten mag alleen een vaststeller; u bent toezichthouder."),
        (Right.ADMINISTER, "lezer", "Beheren mag alleen een beheerder; u bent lezer."),
        (
            Right.LOOK,
            "",
            "De gegevens bekijken mag alleen een lezer, toezichthouder, vaststeller of beheerder; u hebt geen rol.",
        ),
    ],
)
def test_refusal_says_what_and_who_may(right, role, sentence):
    assert refusal(right=right, role=role) == sentence
