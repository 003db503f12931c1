"""Who may do what: one table, asked through `User.may`."""

import enum

from django.db import models


class Role(models.TextChoices):
    """What a member of staff is within the province."""

    LEZER = "lezer", "lezer"
    TOEZICHTHOUDER = "toezichthouder", "toezichthouder"
    VASTSTELLER = "vaststeller", "vaststeller"
    BEHEERDER = "beheerder", "beheerder"


class Right(enum.StrEnum):
    """What can be asked of a user."""

    LOOK = "look"
    ENTER_FIGURES = "enter figures"
    MAKE_LETTERS = "make letters"
    AGREE_LETTERS = "agree letters"
    PREPARE_TALKS = "prepare talks"
    KEEP_DOSSIER = "keep the dossier"
    PROPOSE = "propose"
    DECIDE = "decide"
    SET_POLICY = "set the policy"
    ADMINISTER = "administer"


# A vaststeller decides on what others prepared and therefore enters no figures, makes no letters and keeps no
# dossier; but a bestuurlijk overleg is theirs, with a note at hand. A vaststeller may propose a trede too, and then leaves
# the decision to another (supervision.procedure).
_PREPARES = frozenset(
    {Right.LOOK, Right.ENTER_FIGURES, Right.MAKE_LETTERS, Right.PREPARE_TALKS, Right.KEEP_DOSSIER, Right.PROPOSE}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEZER: frozenset({Right.LOOK}),
    Role.TOEZICHTHOUDER: _PREPARES,
    Role.VASTSTELLER: frozenset(
        {Right.LOOK, Right.AGREE_LETTERS, Right.PREPARE_TALKS, Right.PROPOSE, Right.DECIDE, Right.SET_POLICY}
    ),
    Role.BEHEERDER: _PREPARES | {Right.SET_POLICY, Right.ADMINISTER},
}

# The right as the start of a sentence to the user.
IN_DUTCH: dict[Right, str] = {
    Right.LOOK: "De gegevens bekijken",
    Right.ENTER_FIGURES: "Cijfers invoeren",
    Right.MAKE_LETTERS: "Brieven maken",
    Right.AGREE_LETTERS: "Brieven vaststellen",
    Right.PREPARE_TALKS: "Gespreksnotities maken",
    Right.KEEP_DOSSIER: "Het dossier bijhouden",
    Right.PROPOSE: "Een trede voorstellen",
    Right.DECIDE: "Besluiten",
    Right.SET_POLICY: "Beleid vaststellen",
    Right.ADMINISTER: "Beheren",
}


def roles_with(right: Right) -> list[Role]:
    return [role for role in Role if right in RIGHTS[role]]


def refusal(*, right: Right, role: str) -> str:
    """The sentence for a user whose role lacks the right: what it is, who may, and what the user is."""
    *others, last = (role.label for role in roles_with(right))
    who = f"{', '.join(others)} of {last}" if others else last
    you = f"u bent {Role(role).label}" if role else "u hebt geen rol"
    return f"{IN_DUTCH[right]} mag alleen een {who}; {you}."
