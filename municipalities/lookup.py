"""From what somebody wrote to the one municipality that it was on a day, or a sentence that says why not."""

import datetime
import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, Self

from django.utils.formats import date_format

from municipalities.models import Municipality, MunicipalityAlias, Province, Succession
from municipalities.names import alias_key, listed, municipality_code, name_keys

LONGEST_QUOTE = 60
NO_PROVINCES: Mapping[int, Province] = MappingProxyType({})


class MunicipalityError(LookupError):
    """The text fits no single municipality; the message is for the user, in Dutch."""


class UnknownMunicipality(MunicipalityError):
    """No municipality of that day is called so."""


class AmbiguousMunicipality(MunicipalityError):
    """Several municipalities of that day are called so: the `candidates`."""

    def __init__(self, message: str, candidates: Sequence[Municipality] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class Writing(Protocol):
    """An alias, or as much of its row as is needed."""

    @property
    def key(self) -> str: ...

    @property
    def municipality_id(self) -> int: ...


def find(text: str, *, on: datetime.date) -> Municipality:
    """The municipality that is called so, or has that code, on the day. For many texts, keep a `MunicipalityIndex`."""
    return MunicipalityIndex.load().find(text, on=on)


class MunicipalityIndex:
    """All municipalities by code and by each writing of their name.

    Two queries to build; one more, once, when it must be told what became of a municipality.
    """

    def __init__(
        self,
        *,
        municipalities: Iterable[Municipality],
        aliases: Iterable[Writing],
        provinces: Mapping[int, Province] = NO_PROVINCES,
    ) -> None:
        """`provinces` by primary key, where the municipalities come without theirs."""
        self._provinces = provinces
        self._by_pk = {municipality.pk: municipality for municipality in municipalities}
        self._by_code = {municipality.code: municipality for municipality in self._by_pk.values()}
        self._by_key: dict[str, set[int]] = defaultdict(set)
        for municipality in self._by_pk.values():
            self._by_key[alias_key(municipality.name)].add(municipality.pk)
        for alias in aliases:
            self._by_key[alias.key].add(alias.municipality_id)

    @classmethod
    def load(cls) -> Self:
        return cls(
            municipalities=Municipality.objects.select_related("province"),
            aliases=MunicipalityAlias.objects.all(),
        )

    def find(self, text: str, *, on: datetime.date) -> Municipality:
        """As the function `find`. Raises `UnknownMunicipality` or `AmbiguousMunicipality`."""
        candidates = self._candidates(text)
        existing = [municipality for municipality in candidates if municipality.exists_on(on)]
        if len(existing) == 1:
            return existing[0]
        if existing:
            names = listed([self._with_province(municipality) for municipality in existing], conjunction="of")
            raise AmbiguousMunicipality(f"{_quoted(text)} kan {names} zijn.", existing)
        if candidates:
            raise UnknownMunicipality(" ".join(self._absence(municipality, on=on) for municipality in candidates))
        raise UnknownMunicipality(self._ignorance(text, on=on))

    def knows(self, text: str) -> bool:
        """Is any municipality of any time called so?"""
        return bool(self._candidates(text))

    def _candidates(self, text: str) -> list[Municipality]:
        """The municipalities of any time that the text may mean, by name."""
        code = municipality_code(text)
        if code:
            return [self._by_code[code]] if code in self._by_code else []
        fitting = next((self._by_key[key] for key in name_keys(text) if key in self._by_key), set())
        if len(fitting) == 1:
            return [self._by_pk[pk] for pk in fitting]
        return _by_name(self._by_pk[pk] for pk in fitting)

    def _with_province(self, municipality: Municipality) -> str:
        """Bergen (L.) in Limburg."""
        province = self._provinces.get(municipality.province_id) or municipality.province
        return f"{municipality.name} in {province.name}"

    def _absence(self, municipality: Municipality, *, on: datetime.date) -> str:
        """Why a known municipality is not there on the day, and which is or was in its place."""
        if municipality.has_ended_by(on):
            sentence, since, instead = "bestaat niet meer sinds", municipality.valid_to, "nu"
            others = _by_name(self._successors(municipality, on=on))
        else:
            sentence, since, instead = "bestaat pas sinds", municipality.valid_from, "daarvoor"
            others = _by_name(self._predecessors(municipality, on=on))
        # Not there on the day, so one of the two dates is.
        sentence = f"{municipality.name} {sentence} {date_format(since, 'j F Y')}"  # type: ignore[arg-type]
        if others:
            sentence += f"; {instead} {listed([other.name for other in others], conjunction='en')}"
        return f"{sentence}."

    def _ignorance(self, text: str, *, on: datetime.date) -> str:
        """That nothing is known by this text, and what it resembles."""
        if not text.strip():
            return "Er is geen gemeente ingevuld."
        if municipality_code(text):
            return f"{_quoted(text)} is geen bekende gemeentecode."
        sentence = f"{_quoted(text)} is geen bekende gemeente."
        existing = defaultdict(list)
        for key, pks in self._by_key.items():
            for municipality in _by_name(self._by_pk[pk] for pk in pks):
                if municipality.exists_on(on):
                    existing[key].append(municipality.name)
        resembling = difflib.get_close_matches(alias_key(text[:LONGEST_QUOTE]), existing, n=1, cutoff=0.8)
        return f"{sentence} Bedoelt u {listed(existing[resembling[0]], conjunction='of')}?" if resembling else sentence

    # A municipality that ends passes into those of that very day, which end later if at all: both walks come to an end.

    def _successors(self, municipality: Municipality, *, on: datetime.date) -> Iterator[Municipality]:
        for succession in self._successions:
            if succession.from_municipality_id == municipality.pk and succession.on == municipality.valid_to:
                heir = self._by_pk[succession.to_municipality_id]
                if heir.exists_on(on):
                    yield heir
                else:
                    yield from self._successors(heir, on=on)

    def _predecessors(self, municipality: Municipality, *, on: datetime.date) -> Iterator[Municipality]:
        for succession in self._successions:
            if succession.to_municipality_id == municipality.pk and succession.on == municipality.valid_from:
                source = self._by_pk[succession.from_municipality_id]
                if source.exists_on(on):
                    yield source
                else:
                    yield from self._predecessors(source, on=on)

    @cached_property
    def _successions(self) -> list[Succession]:
        return list(Succession.objects.all())


def _by_name(municipalities: Iterable[Municipality]) -> list[Municipality]:
    return sorted(set(municipalities), key=lambda municipality: municipality.name.casefold())


def _quoted(text: str) -> str:
    text = text.strip()
    return f"“{text}”" if len(text) <= LONGEST_QUOTE else f"“{text[:LONGEST_QUOTE]}…”"
