"""The words of the field: what the text above a column, or in front of a row, says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from types import MappingProxyType

from municipalities.names import alias_key
from supervision.coa.dates import Found, Month, days_in, half_years_in, month_in, without_dates
from supervision.coa.meaning import Meaning
from supervision.rules.period import Period

LONGEST_HEADER = 120
LONGEST_NAME = 45
LONGEST_CELL = 400
"""No pattern is tried on more of a text than this: it need not be quick on a novel."""


class Edge(Enum):
    """Where in the half-year a balance stands."""

    START = auto()
    END = auto()


class Span(Enum):
    """What a count counts."""

    MONTH = auto()
    CUMULATIVE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the words above a column tell. More than one meaning where the words allow more."""

    meanings: tuple[Meaning, ...] = ()
    periods: tuple[Period, ...] = ()
    days: tuple[Found, ...] = ()
    month: Month | None = None
    edge: Edge | None = None
    span: Span | None = None
    sign: int | None = None
    is_total: bool = False
    is_weak: bool = False
    """The words name only an amount or a moment: what stands above them says of what."""

    @property
    def says_something(self) -> bool:
        return bool(self.meanings or self.days or self.month or self.periods or self.is_total)


_TO_JOIN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[a-zà-ÿ])")
_FOOTNOTE_MARK = re.compile(r"\s*(?:\*+|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+|(?<=[^\W\d_)]) ?[0-9]\)|\((?:[0-9]|\*+)\))$")


def on_one_line(text: str) -> str:
    """As one reads it: a word that was broken over two lines is whole again."""
    return _joined(text[:LONGEST_CELL])


@lru_cache(maxsize=8192)
def _joined(text: str) -> str:
    return " ".join((_TO_JOIN.sub("", text) if "\n" in text else text).split())


def plain(text: str) -> str:
    """On one line, in small letters without accents."""
    return _plain(text[:LONGEST_HEADER])


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    folded = on_one_line(text).casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(folded.replace("–", "-").replace("−", "-").replace("_", " ").split())


def without_footnote(text: str) -> str:
    """A name without the mark that refers to a note: "Weesp 2)", "Weesp*"."""
    return _FOOTNOTE_MARK.sub("", on_one_line(text))


_FIGURE_WORDS: tuple[tuple[re.Pattern[str], tuple[Meaning, ...], Edge | None], ...] = tuple(
    (re.compile(pattern), meanings, edge)
    for pattern, meanings, edge in (
        # The first that fits decides: what narrows the sense comes before the word itself.
        (r"%|\bperc|\bpct\b|procent|graad\b|\bratio\b|\bquote\b", (Meaning.PERCENTAGE,), None),
        (
            r"^(?!.*(taakst|opgave)).*(koppel|administratief|\beigen (tel|regis|cijf)|volgens (de )?gemeente|bemiddel"
            r"|voorgesteld|gepland|planning|prognose|verwacht|aangeboden|toegezegd|in behandeling|in procedure|wacht"
            r"|toegewezen|beschikbaar|contract)",
            (Meaning.OWN_COUNT,),
            None,
        ),
        (r"(taakstelling|opgave).*\b(excl|zonder|exclusief)", (Meaning.TAAKSTELLING,), None),
        (
            r"(taakstelling|opgave).*\b(incl\w*|na|met|plus)\b.*herverdel",
            (Meaning.TAAKSTELLING, Meaning.IGNORED),
            None,
        ),
        (
            r"herverdel|her-verdel|\bart(ikel|\.)? ?29|overgenomen (van|door)|overgedragen|overname|overdracht|ruil"
            r"|onderling",
            (Meaning.HERVERDELING,),
            None,
        ),
        (
            r"(opgave|taakstelling|taakst).*(\bincl\w*|\+|\bplus|\ben\b|\bmet\b|\bna\b).*(achterst|voorspr|saldo|correctie|restant)",
            (Meaning.TOTAALOPGAVE,),
            None,
        ),
        (
            r"(restant|\brest\b|openstaand|nog te).*(vorig|voorgaand|begin)|(vorig|voorgaand)\w* (half ?jaar|periode).*(rest|openstaand)",
            (Meaning.ACHTERSTAND_START,),
            Edge.START,
        ),
        (
            r"\bnog\b.*\b(te|op te)\b|resteren|\brestant|\brest\b|restopgave|te gaan\b|openstaand",
            (Meaning.REMAINING,),
            Edge.END,
        ),
        (
            r"^(?!.*(gereali|realisat|gehuisv)).*(totaal ?-?opgave|totale (netto )?(huisvestings)?-?(opgave|taakstelling)"
            r"|gecorrigeerd|\bgecorr|bruto|(opgave|taakstelling).*\btotaal\b|\btotaal\b.*(opgave|taakstelling)"
            r"|\bte (huisvesten|realiseren|plaatsen)\b)",
            (Meaning.TOTAALOPGAVE,),
            None,
        ),
        (
            r"achterst|achter-|voorspr|\bvoor-? ?/? ?acht|saldo|\bv/a\b",
            (Meaning.ACHTERSTAND_START, Meaning.REMAINING),
            None,
        ),
        (
            r"realis|gehuisv|behaald|plaatst|plaatsing|uitstroom|uitgestroomd|gevestigd|ondergebracht|afgemeld|\breal\b|huisvestingen"
            r"|huisvesting$|^huisvesting\b(?!s)",
            (Meaning.REALISATIE,),
            None,
        ),
        (r"taakstell|\btaakst|\btkst|\btst\b|\bts\b|\bnetto\b|opgelegd", (Meaning.TAAKSTELLING,), None),
        (r"balans|\bstand\b|overloop|(begin|eind|start)stand", (Meaning.ACHTERSTAND_START, Meaning.REMAINING), None),
        (r"opgave|\bquot(a|um)\b|doelstelling", (Meaning.TAAKSTELLING, Meaning.TOTAALOPGAVE), None),
    )
)

_CODE = re.compile(
    r"(cbs|gm|gem(eente)?)[ .\-]*(gem(eente)?)?[ .\-]*(code|nr|nummer|id)\.?( (gemeente|cbs|gem))?|code|cbs|gm|statcode|regiocode"
    r"|code.*gemeente|gemeente.*[ \-]code|gemeente ?code.*|nummer gemeente|gemeentenr.*|cbs.*"
)
_OTHER_WORDS: tuple[tuple[re.Pattern[str], tuple[Meaning, ...]], ...] = tuple(
    (re.compile(pattern), meanings)
    for pattern, meanings in (
        (
            r"inwoner|bevolking|\brang|volgnr|volgnummer|^nr\.?$|^#$|opmerk|toelicht|^bron\b|\bfase\b|\btrede\b|\bazc\b|locatie"
            r"|gemiddeld|\bper week\b|\bregio\b|arbeidsmarkt",
            (Meaning.IGNORED,),
        ),
        (r"\bprov(incie)?\b", (Meaning.PROVINCE,)),
        (r"gemeente|\bgem\b|municipality|statnaam|^naam$|^plaats$", (Meaning.MUNICIPALITY,)),
        (r"peildat|\bdatum\b|^stand (per|op)$|^maand$|rapportagemaand|^meetmoment$|^dag$", (Meaning.DATE,)),
        (r"^(half ?jaar|periode|taakstellingsperiode|tijdvak|hj)$", (Meaning.PERIOD, Meaning.DATE)),
        (
            r"^(indicator|soort|kengetal|onderwerp|type|categorie|omschrijving|meting|variabele|kenmerk|post|cijfer|maatstaf)\b",
            (Meaning.INDICATOR,),
        ),
    )
)
_AMOUNT = re.compile(r"waarde|aantal(len)?|personen|aantal personen|getal|value|n|abs(oluut)?\.?|aant\.?")
_TOTAL_ABOVE = re.compile(r"totaal|tot\.?|som|total")

_START = re.compile(r"begin|\bstart|vorig|voorgaand|openings|meegenomen|overloop|doorgeschoven|voorafgaand|\boude?\b")
_END = re.compile(
    r"\beind|ultimo|\bslot|\bnieuwe?\b|resultaat|\bna (af|realisatie|huisvesting)|afsluit|actue|huidig|\bthans\b"
)
_CUMULATIVE = re.compile(
    r"\bcum|t/m|tot en met|\btem\b|t\.?e\.?m\b|sinds|vanaf|\bytd\b|\bstand\b|\btot\b|\bper\b(?! maand)|\bop\b"
)
_MONTHLY = re.compile(
    r"per maand|maandelijks|maandreal|(deze|afgelopen|vorige|in de) maand|\bin\b(?! %)|\bgedurende\b|deze week|mutatie"
)

_NEGATIVE_OWED = re.compile(
    r"negatie\w*[^.;,]{0,40}achterst|achterst\w*[^.;,/]{0,12}negatie|(?:^|[\s(])-\s?(?:=|is)\s?(?:een )?achterst"
    r"|achterst\w*\s?(?:=|is)?\s?\(?-\s?(?:\)|$)|positie\w*[^.;,]{0,40}voorspr|voorspr\w*[^.;,/]{0,12}positie"
    r"|\+\s?(?:=|is)\s?(?:een )?voorspr|voorspr\w*\s?(?:=|is)?\s?\(?\+"
)
_POSITIVE_OWED = re.compile(
    r"positie\w*[^.;,]{0,40}achterst|achterst\w*[^.;,/]{0,12}positie|\+\s?(?:=|is)\s?(?:een )?achterst|achterst\w*\s?(?:=|is)?\s?\(?\+"
    r"|negatie\w*[^.;,]{0,40}voorspr|voorspr\w*[^.;,/]{0,12}negatie|(?:^|[\s(])-\s?(?:=|is)\s?(?:een )?voorspr"
    r"|voorspr\w*\s?(?:=|is)?\s?\(?-\s?(?:\)|$)"
)


def sign_told(text: str) -> int | None:
    """1 where the text says that a positive number is an achterstand, −1 where a negative one is; None for neither."""
    text = plain(text)
    negative, positive = bool(_NEGATIVE_OWED.search(text)), bool(_POSITIVE_OWED.search(text))
    return None if negative == positive else -1 if negative else 1


@lru_cache(maxsize=4096)
def read_header(parts: tuple[str, ...]) -> Reading:
    """The texts above a column, from top to bottom. The lowest says what it is; those above it only where it does not."""
    texts = [plain(part) for part in parts if part.strip()]
    if not texts:
        return Reading()
    own = _read(texts[-1])
    if len(texts) == 1:
        return own
    whole = _read(" ".join(texts))
    above = _read(" ".join(texts[:-1]))
    is_own = bool(own.meanings) and not own.is_weak
    return Reading(
        meanings=own.meanings if is_own else (whole.meanings or own.meanings),
        periods=own.periods or above.periods,
        days=own.days or above.days,
        month=own.month or above.month,
        edge=own.edge or (None if is_own else whole.edge),
        span=own.span or above.span,
        sign=own.sign or above.sign,
        is_total=own.is_total,
        is_weak=own.is_weak and not above.meanings,
    )


def _read(text: str) -> Reading:
    bare = without_dates(text)
    core = without_footnote(re.sub(r"^\(?[a-z0-9]\)\s+|[:.]+$", "", bare)).strip()
    meanings, edge, is_weak = _meanings(core)
    is_balance = Meaning.REMAINING in meanings
    days = tuple(days_in(text))
    month = None if days else month_in(text)
    return Reading(
        meanings=meanings,
        periods=tuple(half_years_in(text)),
        days=days,
        month=month,
        edge=edge or (_edge(core) if is_balance else None),
        span=Span.CUMULATIVE if month and month.is_range else _span(bare),
        sign=sign_told(text) or (_sign_of_words(core) if is_balance else None),
        is_total=bool(_TOTAL_ABOVE.fullmatch(core)),
        is_weak=is_weak,
    )


def _meanings(core: str) -> tuple[tuple[Meaning, ...], Edge | None, bool]:
    """Meanings, the edge that the words give, and whether the words are too poor to stand alone."""
    if not core or _TOTAL_ABOVE.fullmatch(core):
        return (), None, False
    if _AMOUNT.fullmatch(core):
        return (Meaning.VALUE,), None, True
    if core in ("stand", "stand per", "per"):
        return (Meaning.ACHTERSTAND_START, Meaning.REMAINING), None, True
    if _CODE.fullmatch(core):
        return (Meaning.CODE,), None, False
    for pattern, meanings, edge in _FIGURE_WORDS:
        if pattern.search(core):
            return meanings, edge, False
    for pattern, meanings in _OTHER_WORDS:
        if pattern.search(core):
            return meanings, None, False
    return (), None, False


def _edge(core: str) -> Edge | None:
    starts, ends = bool(_START.search(core)), bool(_END.search(core))
    return None if starts == ends else Edge.START if starts else Edge.END


def _span(bare: str) -> Span | None:
    if re.search(r"\bcum", bare):
        return Span.CUMULATIVE
    if _MONTHLY.search(bare):
        return Span.MONTH
    return Span.CUMULATIVE if _CUMULATIVE.search(bare) else None


def _sign_of_words(core: str) -> int | None:
    """A column that speaks of a voorsprong alone counts it as positive."""
    return -1 if "voorspr" in core and "acht" not in core else None


TOTAL = re.compile(
    r"\b(?:sub|eind|deel|land|rijks|provincie)?-?tota(?:al|len|le)\b|^tot\.?$|^som\b|^sum\b|^gemiddeld|^nederland$|^heel nederland$"
    r"|^landelijk\b|^het rijk$|^rijk$|^alle gemeenten$|^grand total|^total\b|\(totaal\)"
)

PROVINCES = MappingProxyType(
    {
        "groningen": "PV20",
        "fryslan": "PV21",
        "friesland": "PV21",
        "drenthe": "PV22",
        "overijssel": "PV23",
        "flevoland": "PV24",
        "gelderland": "PV25",
        "utrecht": "PV26",
        "noordholland": "PV27",
        "zuidholland": "PV28",
        "zeeland": "PV29",
        "noordbrabant": "PV30",
        "limburg": "PV31",
    }
)
"""By the key of `municipalities.names.alias_key`. These twelve have been there since 1986."""

_SAYS_PROVINCE = re.compile(r"^prov(?:incie|\.)? | ?\(? ?prov(?:incie|\.)? ?\)?$", re.IGNORECASE)


_PROVINCE_CODE = re.compile(r"pv[0-9]{2}")


def province_code(text: str) -> str | None:
    """The code of the province that the text names, with or without the word: "Provincie Utrecht", "PV26"."""
    key = alias_key(_SAYS_PROVINCE.sub("", _short(text)))
    return key.upper() if _PROVINCE_CODE.fullmatch(key) else PROVINCES.get(key)


def says_province(text: str) -> bool:
    """Does it say so in a word, so that Utrecht cannot be the city?"""
    return bool(_SAYS_PROVINCE.search(_short(text))) and province_code(text) is not None


def _short(text: str) -> str:
    """As long as a name may be; what is longer is cut off, and no name any more."""
    return on_one_line(text)[: 2 * LONGEST_NAME]


def says_total(text: str) -> bool:
    return _says_total(text[:LONGEST_HEADER])


@lru_cache(maxsize=8192)
def _says_total(text: str) -> bool:
    return bool(TOTAL.search(plain(text)))


_NOTE_START = re.compile(
    r"^\s*(?:\(?[0-9*†]{1,3}[).:]|\*+|[¹²³⁴-⁹]|bron\b|noot\b|toelichting\b|opmerking|let op|n\.?b\.?\s|peildatum\b|stand (per|op)\b|\()",
    re.IGNORECASE,
)


def reads_as_note(text: str) -> bool:
    """Does a text in the first column read as a remark under the table?"""
    return len(text) > LONGEST_NAME or bool(_NOTE_START.match(text))
