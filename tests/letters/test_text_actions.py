"""The province's own words: a next version each time, never over a colleague's, and never what holds up every letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from letters.actions.texts import (
    LabelTaken,
    NoRoom,
    TextChanged,
    Whose,
    add_text,
    follow_base,
    restore_delivered,
    save_text,
    set_use,
)
from letters.models import TextBlock
from letters.own_texts import blocks_of, history_of, versions_in_force
from letters.words.blocks import Block, Fact, Table, When
from letters.words.kinds import kinds
from municipalities.models import Province, User
from municipalities.rights import Role
from supervision.actions import Refused
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON

OWN = Block(slug="", label="Versnelling", position=0, heading="Versnelling", text="Wij zien uw ((versnellingsacties)).")


@pytest.fixture
def admin(within_utrecht: Province) -> User:
    return make_user(role=Role.BEHEERDER, province=within_utrecht)


@pytest.fixture
def whose(within_utrecht: Province) -> Whose:
    return Whose(province=within_utrecht, kind=kinds()["toezichtbrief"])


@pytest.fixture
def variant(within_utrecht: Province) -> Whose:
    return Whose(province=within_utrecht, kind=kinds()["vooraankondiging"])


def holds(whose: Whose, slug: str) -> Block:
    return next(block for block in blocks_of(province=whose.province, kind=whose.kind) if block.slug == slug)


def save(admin: User, whose: Whose, slug: str, *, seen: int, after: str = "", **words: object) -> TextBlock | None:
    block = replace(history_of(province=whose.province, kind=whose.kind, slug=slug)[0].block, **words)
    return save_text(by=admin, whose=whose, block=block, after=after, seen=seen, now=NOON)


def add(admin: User, whose: Whose, block: Block = OWN, after: str = "volgend", now: datetime = NOON) -> TextBlock:
    return add_text(by=admin, whose=whose, block=block, after=after, now=now)


def labels(whose: Whose) -> list[str]:
    return [block.label for block in blocks_of(province=whose.province, kind=whose.kind)]


# -- saving ----------------------------------------------------------------------------------------------


def test_what_is_saved_holds_and_what_held_is_kept(admin: User, whose: Whose) -> None:
    save(admin, whose, "kader", seen=0, text="Eerste.")
    save(admin, whose, "kader", seen=1, text="Tweede.", when=When(fact=Fact.HERVERDELING))
    assert (holds(whose, "kader").text, holds(whose, "kader").version) == ("Tweede.", 2)
    history = history_of(province=whose.province, kind=whose.kind, slug="kader")
    assert [each.block.text for each in history[:2]] == ["Tweede.", "Eerste."]
    assert [each.block.version for each in history] == [2, 1, 0]
    assert [each.is_delivered for each in history] == [False, False, True]
    assert history[0].written_by == admin


def test_nothing_changed_is_no_version(admin: User, whose: Whose) -> None:
    assert save(admin, whose, "kader", seen=0) is None
    assert not TextBlock.objects.exists()


def test_sent_twice_it_is_one_version(admin: User, whose: Whose) -> None:
    assert save(admin, whose, "kader", seen=0, text="Zo.") is not None
    assert save(admin, whose, "kader", seen=0, text="Zo.") is None
    assert TextBlock.objects.count() == 1


def test_over_a_version_that_was_not_seen_nothing_is_saved(admin: User, whose: Whose) -> None:
    save(admin, whose, "kader", seen=0, text="Van een collega.")
    with pytest.raises(TextChanged, match="versie 1") as changed:
        save(admin, whose, "kader", seen=0, text="Van mij.")
    assert changed.value.theirs.block.text == "Van een collega."
    assert holds(whose, "kader").text == "Van een collega."
    save(admin, whose, "kader", seen=1, text="Van mij.")
    assert holds(whose, "kader").text == "Van mij."


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_only_who_administers_writes(role: Role, whose: Whose, admin: User) -> None:
    other = make_user(role=role, province=whose.province)
    for act in (
        lambda: save(other, whose, "kader", seen=0, text="x"),
        lambda: add(other, whose),
        lambda: set_use(by=other, whose=whose, slug="kader", is_gone=True, seen=0, now=NOON),
        lambda: restore_delivered(by=other, whose=whose, slug="kader", seen=0, now=NOON),
        lambda: follow_base(by=other, whose=whose, slug="kader", seen=0, now=NOON),
    ):
        with pytest.raises(Refused, match="Beheren mag alleen een beheerder"):
            act()
    assert not TextBlock.objects.exists()


def test_another_province_is_not_written_for(whose: Whose) -> None:
    stranger = make_user(role=Role.BEHEERDER, province=Province.objects.get(code="PV25"))
    with pytest.raises(Refused):
        save(stranger, whose, "kader", seen=0, text="x")


@pytest.mark.parametrize("text", ["((gemeentee))", "((open", "", "\u202e", "[nog in te vullen: x]"])
def test_words_that_would_hold_up_every_letter_are_refused(admin: User, whose: Whose, text: str) -> None:
    with pytest.raises(Refused):
        save(admin, whose, "kader", seen=0, text=text)
    with pytest.raises(Refused):
        add(admin, whose, replace(OWN, heading="", text=text))
    assert not TextBlock.objects.exists()


def test_a_block_that_is_not_there_cannot_be_saved(admin: User, whose: Whose) -> None:
    with pytest.raises(Refused, match="geen tekst op dit adres"):
        save_text(by=admin, whose=whose, block=replace(OWN, slug="weg"), seen=0, now=NOON)


# -- where it stands ------------------------------------------------------------------------------------------


def test_a_block_is_put_behind_another(admin: User, whose: Whose) -> None:
    save(admin, whose, "slot", seen=0, after="kader")
    order = labels(whose)
    assert order.index("Slot") == order.index("Kader") + 1
    assert save(admin, whose, "slot", seen=1, after="kader") is None


def test_where_no_place_is_left_the_user_is_told(admin: User, whose: Whose) -> None:
    def fill() -> None:
        for number in range(30):
            add(admin, whose, replace(OWN, label=f"Blok {number}"), after="kader")

    with pytest.raises(NoRoom, match="Direct na ‘Kader’ is geen plaats meer"):
        fill()
    assert TextBlock.objects.count() >= 8


def test_behind_a_block_that_is_gone_from_the_list_nothing_is_put(admin: User, whose: Whose) -> None:
    with pytest.raises(NoRoom, match="is er niet meer"):
        save(admin, whose, "slot", seen=0, after="bestaat-niet")


# -- blocks of one's own -----------------------------------------------------------------------------------------


def test_an_own_block_gets_an_address_from_its_name(admin: User, whose: Whose) -> None:
    added = add(admin, whose, replace(OWN, label="Één verbeterplan, s.v.p.", table=Table.OUTCOME))
    assert (added.slug, added.version, added.table) == ("een-verbeterplan-svp", 1, "uitkomst")
    assert labels(whose)[-2:] == ["Één verbeterplan, s.v.p.", "Slot"]


@pytest.mark.parametrize(
    ("label", "slug"), [("Trede 4", "trede-4-2"), ("Nieuw", "nieuw-2"), ("!?", "blok"), ("Slot nu", "slot-nu")]
)
def test_an_address_that_another_kind_has_is_not_given_again(admin: User, whose: Whose, label: str, slug: str) -> None:
    """A block of the base stands in the kinds that have it as their base: theirs would hide it."""
    assert add(admin, whose, replace(OWN, label=label)).slug == slug


def test_two_blocks_have_two_names(admin: User, whose: Whose) -> None:
    with pytest.raises(LabelTaken, match="Er is al een blok met de naam ‘Slot’"):
        add(admin, whose, replace(OWN, label="SLOT"))
    with pytest.raises(LabelTaken):
        save(admin, whose, "kader", seen=0, label="Slot")


def test_an_own_block_that_is_sent_twice_is_added_once(admin: User, whose: Whose) -> None:
    assert add(admin, whose) == add(admin, whose)
    with pytest.raises(LabelTaken):
        add(admin, whose, replace(OWN, text="Andere woorden."))
    assert TextBlock.objects.count() == 1


def test_an_own_block_of_the_base_stands_in_the_kinds_built_on_it(admin: User, whose: Whose, variant: Whose) -> None:
    add(admin, whose)
    assert "Versnelling" in labels(variant)
    assert "Versnelling" not in labels(Whose(province=whose.province, kind=kinds()["afschrift"]))


# -- not used, used again, delivered -------------------------------------------------------------------------------


def test_a_block_that_is_not_used_can_be_used_again(admin: User, whose: Whose) -> None:
    assert set_use(by=admin, whose=whose, slug="extra-verzoek", is_gone=True, seen=0, now=NOON)
    assert "Extra verzoek" not in labels(whose)
    assert not set_use(by=admin, whose=whose, slug="extra-verzoek", is_gone=True, seen=1, now=NOON)
    assert [
        each.block.slug for each in versions_in_force(province=whose.province, kind=whose.kind) if each.is_gone
    ] == ["extra-verzoek"]
    assert set_use(by=admin, whose=whose, slug="extra-verzoek", is_gone=False, seen=1, now=NOON)
    assert "Extra verzoek" in labels(whose)
    assert holds(whose, "extra-verzoek").version == 2


@pytest.mark.parametrize("slug", ["onderwerp", "aanhef"])
def test_a_letter_keeps_its_subject_and_salutation(admin: User, whose: Whose, slug: str) -> None:
    with pytest.raises(Refused, match="Een brief heeft altijd een"):
        set_use(by=admin, whose=whose, slug=slug, is_gone=True, seen=0, now=NOON)


def test_what_somebody_changed_meanwhile_is_not_put_out_of_use(admin: User, whose: Whose) -> None:
    save(admin, whose, "kader", seen=0, text="Nieuw.")
    with pytest.raises(TextChanged):
        set_use(by=admin, whose=whose, slug="kader", is_gone=True, seen=0, now=NOON)
    with pytest.raises(TextChanged):
        restore_delivered(by=admin, whose=whose, slug="kader", seen=0, now=NOON)


def test_the_delivered_words_come_back_as_a_next_version(admin: User, whose: Whose) -> None:
    delivered = holds(whose, "kader")
    save(admin, whose, "kader", seen=0, text="Anders.", label="Anders", after="slot")
    set_use(by=admin, whose=whose, slug="kader", is_gone=True, seen=1, now=NOON)
    assert restore_delivered(by=admin, whose=whose, slug="kader", seen=2, now=NOON)
    assert holds(whose, "kader") == replace(delivered, version=3)
    assert not restore_delivered(by=admin, whose=whose, slug="kader", seen=3, now=NOON)


def test_an_own_block_has_no_delivered_words(admin: User, whose: Whose) -> None:
    slug = add(admin, whose).slug
    with pytest.raises(Refused, match="het is van uw provincie"):
        restore_delivered(by=admin, whose=whose, slug=slug, seen=1, now=NOON)


# -- a kind that is built on another --------------------------------------------------------------------------------


def test_words_for_one_kind_leave_its_base_alone(admin: User, whose: Whose, variant: Whose) -> None:
    save(admin, whose, "kader", seen=0, text="Voor alle brieven.")
    assert holds(variant, "kader").text == "Voor alle brieven."
    save(admin, variant, "kader", seen=1, text="Voor de vooraankondiging.")
    assert holds(whose, "kader").text == "Voor alle brieven."
    assert (holds(variant, "kader").text, holds(variant, "kader").version) == ("Voor de vooraankondiging.", 2)
    save(admin, whose, "kader", seen=1, text="Weer anders.")
    assert holds(variant, "kader").text == "Voor de vooraankondiging."
    history = history_of(province=variant.province, kind=variant.kind, slug="kader")
    assert [each.kind for each in history] == ["vooraankondiging", "toezichtbrief", "toezichtbrief"]
    assert [each.block.text for each in history[:2]] == ["Voor de vooraankondiging.", "Voor alle brieven."]


def follow(admin: User, variant: Whose, slug: str = "kader", *, seen: int) -> bool:
    return follow_base(by=admin, whose=variant, slug=slug, seen=seen, now=NOON)


def test_a_kind_follows_its_base_again(admin: User, whose: Whose, variant: Whose) -> None:
    delivered = holds(variant, "kader")
    save(admin, variant, "kader", seen=0, text="Voor de vooraankondiging.")
    assert follow(admin, variant, seen=1)
    assert holds(variant, "kader") == replace(delivered, version=2)
    save(admin, whose, "kader", seen=0, text="Voor alle brieven.")
    assert holds(variant, "kader") == holds(whose, "kader")
    set_use(by=admin, whose=whose, slug="kader", is_gone=True, seen=3, now=NOON)
    assert "Kader" not in labels(variant)


def test_what_the_base_says_by_then_is_followed(admin: User, whose: Whose, variant: Whose) -> None:
    save(admin, variant, "kader", seen=0, text="Voor de vooraankondiging.")
    save(admin, whose, "kader", seen=0, text="Voor alle brieven.")
    assert follow(admin, variant, seen=1)
    history = history_of(province=variant.province, kind=variant.kind, slug="kader")
    assert [each.block.text for each in history[:2]] == ["Voor alle brieven.", "Voor de vooraankondiging."]
    assert [(each.block.version, each.kind, each.follows_base) for each in history] == [
        (3, "toezichtbrief", True),
        (1, "vooraankondiging", False),
        (0, "toezichtbrief", False),
    ]
    assert history[0] in versions_in_force(province=variant.province, kind=variant.kind)


def test_own_words_can_be_written_again_after_following(admin: User, variant: Whose) -> None:
    save(admin, variant, "kader", seen=0, text="Eerst.")
    follow(admin, variant, seen=1)
    save(admin, variant, "kader", seen=2, text="Daarna.")
    assert (holds(variant, "kader").text, holds(variant, "kader").version) == ("Daarna.", 3)
    assert TextBlock.objects.count() == 3


@pytest.mark.parametrize("acts", range(1, 7))
def test_one_number_is_one_text_in_a_letter(admin: User, whose: Whose, variant: Whose, acts: int) -> None:
    """A letter that departed from version 2 must see that other words hold, whoever wrote them."""
    steps = [
        lambda: save(admin, whose, "kader", seen=0, text="Basis 1."),
        lambda: save(admin, variant, "kader", seen=1, text="Eigen 1."),
        lambda: save(admin, whose, "kader", seen=1, text="Basis 2."),
        lambda: follow(admin, variant, seen=2),
        lambda: save(admin, whose, "kader", seen=3, text="Basis 3."),
        lambda: save(admin, variant, "kader", seen=5, text="Eigen 2."),
    ]
    for step in steps[:acts]:
        assert step()
    history = history_of(province=variant.province, kind=variant.kind, slug="kader")
    versions = [each.block.version for each in history]
    assert versions == sorted(set(versions), reverse=True)
    assert holds(variant, "kader").version == versions[0]


def test_what_follows_its_base_already_is_left_alone(admin: User, variant: Whose) -> None:
    assert not follow(admin, variant, seen=0)
    save(admin, variant, "kader", seen=0, text="Anders.")
    assert follow(admin, variant, seen=1)
    assert not follow(admin, variant, seen=1)
    assert TextBlock.objects.count() == 2


def test_over_words_that_were_not_seen_no_base_is_followed(admin: User, variant: Whose) -> None:
    save(admin, variant, "kader", seen=0, text="Van een collega.")
    with pytest.raises(TextChanged, match="versie 1"):
        follow(admin, variant, seen=0)
    assert holds(variant, "kader").text == "Van een collega."


@pytest.mark.parametrize("slug", ["onderwerp", "trede-4"])
def test_a_block_of_the_kind_itself_has_nothing_to_follow(admin: User, variant: Whose, slug: str) -> None:
    with pytest.raises(Refused, match="Dit blok is van de vooraankondiging zelf"):
        follow(admin, variant, slug, seen=0)


def test_a_kind_without_a_base_follows_nothing(admin: User, whose: Whose) -> None:
    with pytest.raises(Refused, match="Dit blok is van de toezichtbrief zelf"):
        follow(admin, whose, seen=0)


def test_a_base_of_which_the_name_is_taken_is_not_followed(admin: User, whose: Whose, variant: Whose) -> None:
    save(admin, variant, "kader", seen=0, label="Ons kader")
    save(admin, variant, "slot", seen=0, label="Kader")
    with pytest.raises(LabelTaken, match="Er is al een blok met de naam ‘Kader’"):
        follow(admin, variant, seen=1)


def test_a_block_that_a_kind_delivers_itself_is_not_its_bases(admin: User, whose: Whose, variant: Whose) -> None:
    save(admin, whose, "onderwerp", seen=0, text="Ons onderwerp")
    assert holds(variant, "onderwerp").text.startswith("Vooraankondiging")
    assert len(history_of(province=variant.province, kind=variant.kind, slug="onderwerp")) == 1
