"""How figures, days and half-years are written: over a text in small letters, as `plain` gives it.

Everything that repeats is bounded or takes what it can never give back to another part, so that reading takes time in
proportion to the text, whatever stands in it.
"""

import re

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "febr", "feb"),
            ("maart", "mrt"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("augustus", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}

# Between two words; the stars are those of bold text.
GAP = r"[ \n*]{1,6}"
JOIN = r"[ \n*]{0,6}"

_MONTH = rf"(?:{'|'.join(MONTHS)})\b(?:(?<=jan|feb|ebr|mrt|apr|jun|jul|aug|sep|ept|okt|nov|dec)\.)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_YEAR_ENDS = r"(?![0-9]|[.,][0-9])"
_NOUNS = (
    r"persoon|personen|mens(?:en)?|vergunninghouders?|statushouders?|vluchtelingen|asielzoekers|nareizigers|gezinsleden"
    r"|kinderen|inwoners"
)
_BETWEEN = r"(?:extra|nieuwe|andere|overige|meer|minder|van|deze|die|de)"
_SPANS = (
    r"(?:werk)?dag(?:en)?|week|weken|maand(?:en)?|kwarta(?:al|len)|half\s?jaar|halfjaren|jaar|jaren|uur|uren|minuten"
)


def _counted(percent: str = "?:", persons: str = "?:", span: str = "?:") -> str:
    return (
        rf"{JOIN}(?:({percent}%|(?:procent(?:punt(?:en)?)?|percent|pct)\b)"
        rf"|(?:{_BETWEEN}{GAP}){{0,3}}({persons}(?:{_NOUNS})\b)"
        rf"|(?:(?:volle|hele|opeenvolgende){GAP})?({span}(?:{_SPANS})\b))"
    )


UNIT = re.compile(_counted("?P<percent>", "?P<persons>", "?P<span>"))
"""What is counted, right behind a number."""

NUMERAL = r"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
WORD = r"[^\W\d_]+"

RANGE = re.compile(
    rf"{JOIN}(?P<link>tot en met|tot|à|of|en|t/m|-){JOIN}(?:(?P<digits>{NUMERAL})|(?P<word>{WORD}))(?![0-9])"
)
"""The other end of a range behind its first: the 6 of "4 tot 6 weken"."""

TREDE_FIRST = re.compile(rf"{JOIN}(?:(?P<digits>[0-9]{{1,2}})(?![0-9]|[.,/:][0-9])|(?P<word>{WORD}))")
TREDE_NEXT = re.compile(
    rf"{JOIN}(?:(?<=[ \n*])(?:en|of|naar|tot en met|tot|t/m)(?=[ \n*])|,|-|/){JOIN}"
    rf"(?:(?P<digits>[0-9]{{1,2}})(?![0-9]|[.,/:][0-9])|(?P<word>{WORD}))"
)

_DAY_LINK = rf"(?:{GAP}(?:en|of|tot en met|tot|t/m){GAP}|{JOIN}-{JOIN})"
_REFERENCE = (
    r"(?:artikel(?:en)?|artt?\.?|lid|leden|paragra(?:af|fen)|§§?|hoofdstuk(?:ken)?|onderdeel|bijlagen?|bladzijden?|blz\.|pagina(?:'s)?"
    r"|postbus)"
)
_REFERRED = r"[0-9]{1,6}(?:[:.][0-9]{1,4}){0,3}[a-z]?(?![0-9a-z%])"
_AND = r"(?:en|of|juncto|jo\.?|t/m|tot en met)"
_MORE_REFERRED = (
    rf"(?:(?:{GAP}{_AND}{GAP}|,{JOIN}(?={_REFERRED}(?:,|{GAP}{_AND}{GAP}[0-9])))"
    rf"{_REFERRED}(?![.,][0-9])(?!{_counted()}))*"
)

_ALTERNATIVES = (
    # What is no claim: what the system fills in, addresses, references and clock times.
    r"(?P<filled>\(\([a-z][a-z0-9_]*\)\))",
    r"(?P<mail>[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})",
    r"(?P<link>(?:https?://|www\.)[^\s<>()\"]+)",
    r"(?P<ecli>ecli:[a-z0-9:.]+)",
    rf"(?P<gazette>(?:stb|stcrt|trb)\b\.?{JOIN}{_YEAR},?{JOIN}(?:nr\.?{JOIN})?[0-9]{{1,6}})",
    rf"(?P<papers>kamerstuk(?:ken)?\b[^\n.;]{{0,60}}?\bnr\.?{JOIN}[0-9]{{1,5}})",
    rf"(?P<reference>{_REFERENCE}{JOIN}{_REFERRED}{_MORE_REFERRED})",
    # Days, months and half-years.
    rf"(?P<iso>(?P<iso_y>{_YEAR})-(?P<iso_m>[0-9]{{1,2}})-(?P<iso_d>[0-9]{{1,2}})(?![0-9]))",
    rf"(?P<iso_month>(?P<im_y>{_YEAR})-(?P<im_m>0[1-9]|1[0-2])(?![0-9]|-[0-9]))",
    r"(?P<numeric>(?P<num_d>[0-9]{1,2})(?:(?P<mark>[-/])(?P<num_m>[0-9]{1,2})(?P=mark)(?P<num_y>[0-9]{4}|[0-9]{2})"
    r"|(?P<wide> ?[-/.] ?)(?P<wide_m>[0-9]{1,2})(?P=wide)(?P<wide_y>[0-9]{4}))(?![0-9]))",
    rf"(?P<period>(?P<per_y>{_YEAR}) ?[-/] ?h?(?P<per_h>ii|i|[0-9])(?!\w|[-/.:][0-9]))",
    rf"(?P<half>(?P<half_h>eerste|tweede|1e|2e|1ste|2de){GAP}(?:helft|half ?jaar){GAP}(?:van{GAP})?(?:het{GAP}jaar{GAP})?"
    rf"(?P<half_y>{_YEAR}){_YEAR_ENDS})",
    rf"(?P<season>(?P<season_y>{_YEAR})/[0-9]{{2}}(?![0-9]))",
    rf"(?P<same_month>(?P<same_d>[0-9]{{1,2}}){_DAY_LINK}(?=[0-9]{{1,2}}{GAP}{_MONTH}))",
    rf"(?P<named>(?P<nam_d>[0-9]{{1,2}})(?:e|ste|de)?{GAP}(?P<nam_m>{_MONTH})(?:{GAP}'?(?P<nam_y>{_YEAR}){_YEAR_ENDS})?)",
    rf"(?P<month>(?P<mon_m>{_MONTH}){GAP}'?(?P<mon_y>{_YEAR}){_YEAR_ENDS})",
    # After the days, which may look like one.
    r"(?P<phone>(?:(?:\+|00)31 ?-?(?:\(0\) ?)?[1-9]|(?<![\d.,])0[1-9])(?:[ -]?[0-9]){8}(?![0-9]))",
    r"(?P<clock>[0-2]?[0-9]:[0-5][0-9](?![0-9]))",
    r"(?P<ratio>(?P<part>[0-9]{1,4})/(?P<whole>[0-9]{1,4})(?![0-9/]))",
    r"(?P<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚])",
    rf"(?P<number>{NUMERAL})",
    rf"(?P<word>{WORD})",
)

SCAN = re.compile("|".join(_ALTERNATIVES))

NAMED_DAY = re.compile(rf"[0-9]{{1,2}}{GAP}(?P<month>{_MONTH})(?:{GAP}'?(?P<year>{_YEAR}){_YEAR_ENDS})?")
PART_OF = re.compile(rf"{GAP}(?P<word>{WORD})(?={GAP}(?:van|deel|gedeelte|meer|minder)\b|{JOIN}(?:[.,;:)!?]|\Z))")
NEXT_WORD = re.compile(rf"{GAP}(?P<word>{WORD})")
A_TREDE = re.compile(rf"{GAP}trede\b")
ORDINAL_ENDING = re.compile(r"(?:e|ste|de)(?!\w)")
POSTCODE = re.compile(r" ?(?P<letters>[A-Z]{2})(?![A-Za-z])")
OPENS_A_LINE = re.compile(r"(?:^|\n)[ >#]{0,9}\Z")
LIST_ENDING = re.compile(r"[.)][ \n]")
STANDS_BEFORE = re.compile(
    rf"(?P<about>achterstand|voorsprong){GAP}(?:(?:van|is|was|bedraagt|bedroeg){GAP})(?:(?:nog|ongeveer|circa|ruim){GAP})?\Z"
)
STANDS_BEHIND = re.compile(rf"{GAP}(?P<about>achterstand|voorsprong)\b")
