"""What a beheerder types of a block of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import QueryDict

from letters.models.text_block import LONGEST_HEADING, LONGEST_WORDS
from letters.text_check import problems_of
from letters.words.blocks import Block, Fact, Role, Table, When
from letters.words.case import Direction
from letters.words.text_words import DIRECTION_WORDS, FACT_WORDS, TABLE_WORDS, trede_in_words
from supervision.rules.dutch import number
from supervision.rules.policy import Step
from supervision.screens.dossier_forms import TextField
from supervision.screens.policy_forms import HalfYearField

LONGEST_LABEL = 60
NEW = Block(slug="", label="", position=0)


ANY = "-"


class AnyOrOne(forms.ChoiceField):
    """A choice that has one for "whichever": an empty value would be told to be not required."""

    def prepare_value(self, value: Any) -> Any:
        return ANY if value == "" else value

    def clean(self, value: Any) -> str:
        chosen = str(super().clean(value))
        return "" if chosen == ANY else chosen


class BlockForm(forms.Form):
    """One block. `seen` is the version that stood in the form; `after` the block to put it behind, empty to leave it."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    label = forms.CharField(
        label="Naam",
        max_length=LONGEST_LABEL,
        help_text="Staat in de lijst en in het bewerkscherm van een brief, niet in de brief.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Geef het blok een naam."},
    )
    heading = forms.CharField(
        label="Kop",
        required=False,
        max_length=LONGEST_HEADING,
        help_text="Zonder kop loopt de tekst door onder de kop ervoor.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Een kop is hoogstens {LONGEST_HEADING} tekens."},
    )
    text = TextField(
        label="Tekst",
        required=False,
        max_length=LONGEST_WORDS,
        help_text=(
            "Een lege regel begint een nieuwe alinea. Een regel met - ervoor is een punt van een lijst, een regel met ## "
            "ervoor een kop, en tussen twee sterretjes is **vet**. Een invulplek schrijft u als ((gemeente))."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "data-words": ""}),
        error_messages={"max_length": f"Een tekst is hoogstens {number(LONGEST_WORDS)} tekens; dit zijn er meer."},
    )
    table = AnyOrOne(
        label="Tabel boven de tekst", choices=[(name or ANY, words) for name, words in TABLE_WORDS.items()]
    )
    period = HalfYearField(
        label="Alleen in halfjaar",
        required=False,
        max_length=40,
        help_text="Zoals 2022-1. Leeg: in elk halfjaar.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    trede = AnyOrOne(label="Trede")
    direction = AnyOrOne(label="Richting", choices=[(ANY, "elke richting"), *DIRECTION_WORDS.items()])
    fact = AnyOrOne(label="Feit", choices=[(ANY, "wat er ook is"), *FACT_WORDS.items()])
    after = AnyOrOne(label="Plaats")
    is_whole = forms.BooleanField(label="Bij elkaar houden op één bladzijde", required=False)
    is_key = forms.BooleanField(label="Hele tekst vet", required=False)

    def __init__(
        self, data: QueryDict | None, *, block: Block | None, known: Sequence[Block], steps: Sequence[Step]
    ) -> None:
        """`block` is the one that holds, None for a new one; `known` are all of the kind in their order, `steps` those
        of the ladder in force. `read` is what was typed, also where a placeholder in it is wrong."""
        self.block = block or NEW
        self.read: Block | None = None
        super().__init__(data, initial=_typed(self.block))
        self.steps = {_trede_key(step.number, step.name): step for step in steps}
        self.fields["trede"].choices = self._treden()  # type: ignore[attr-defined]
        self.fields["after"].choices = _places(block, known)  # type: ignore[attr-defined]
        if block is None:
            self.initial["after"] = _usual_place(known)
        if self.block.role is not Role.BODY:
            for name in ("heading", "table", "period", "trede", "direction", "fact", "after", "is_whole", "is_key"):
                del self.fields[name]

    def _treden(self) -> list[tuple[str, str]]:
        found = {key: trede_in_words(step.number, step.name) for key, step in self.steps.items()}
        when = self.block.when
        if when.trede is not None and (key := _trede_key(when.trede, when.trede_name)) not in found:
            found[key] = f"{trede_in_words(when.trede, when.trede_name)}, niet op de ladder van nu"
        return [(ANY, "elke trede"), *found.items()]

    def clean(self) -> None:
        if "seen" in self.errors:
            raise forms.ValidationError("Laad de pagina opnieuw.")
        if not self.errors:
            self.read = self._read()
            for problem in problems_of(self.read):
                self.add_error(problem.part if problem.part in self.fields else None, problem.sentence)

    def sees(self, version: int) -> None:
        """From now on it stands beside this version."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(version)
        self.data = data

    @property
    def typed(self) -> Block:
        """As it would be saved; its position is for the action to find. Of a form that could be read."""
        if self.read is None:
            raise ValueError("the form is not valid")
        return self.read

    def _read(self) -> Block:
        typed = self.cleaned_data
        block = replace(self.block, label=typed["label"], text=typed["text"].strip("\n"))
        if block.role is not Role.BODY:
            return block
        number, _, name = typed["trede"].partition(" ")
        when = When(
            period=typed["period"] or None,
            trede=int(number) if number else None,
            trede_name=name,
            direction=Direction(typed["direction"]) if typed["direction"] else None,
            fact=Fact(typed["fact"]) if typed["fact"] else None,
        )
        return replace(
            block,
            heading=typed["heading"],
            table=Table(typed["table"]),
            when=when,
            is_whole=typed["is_whole"],
            is_key=typed["is_key"],
        )


def _trede_key(number: int, name: str) -> str:
    return f"{number} {name}"


def _typed(block: Block) -> dict[str, Any]:
    when = block.when
    return {
        "after": ANY,
        "seen": block.version,
        "label": block.label,
        "heading": block.heading,
        "text": block.text,
        "table": block.table.value,
        "period": str(when.period) if when.period else "",
        "trede": "" if when.trede is None else _trede_key(when.trede, when.trede_name),
        "direction": when.direction.value if when.direction else "",
        "fact": when.fact.value if when.fact else "",
        "is_whole": block.is_whole,
        "is_key": block.is_key,
    }


def _places(block: Block | None, known: Sequence[Block]) -> list[tuple[str, str]]:
    """After which it can stand: the salutation and everything behind it."""
    own = block.slug if block else ""
    others = [(each.slug, f"na ‘{each.label}’") for each in known if each.slug != own and each.role is not Role.SUBJECT]
    if block is None:
        return others
    here = [each.slug for each in known].index(own)
    return [(ANY, f"blijft na ‘{known[here - 1].label}’" if here else "blijft waar het staat"), *others]


def _usual_place(known: Sequence[Block]) -> str:
    """Before the last one, which is how a letter ends."""
    body = [each.slug for each in known if each.role is not Role.SUBJECT]
    return body[-2] if len(body) > 1 else body[-1]
