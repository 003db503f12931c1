"""Every sentence that the import of workbooks says: what is wrong, and what to do about it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from supervision.coa.asking import Choice
from supervision.coa.meaning import Meaning
from supervision.rules.dutch import count, long_date, number, persons
from supervision.rules.period import Period

SAVE_AS = "Open het in Excel of LibreOffice en sla het op als .xlsx."

EMPTY = "Het bestand is leeg. Kies een bestand met een tabel."
NO_CELLS = "In het bestand staat geen enkele gevulde cel. Kies een bestand met een tabel."
DAMAGED = f"Het bestand is beschadigd of onvolledig. {SAVE_AS} Lukt dat niet, vraag het dan opnieuw op."
PASSWORD = "Het bestand is met een wachtwoord beveiligd. Sla het op zonder wachtwoord en kies het opnieuw."  # noqa: S105
MACROS = "Het bestand bevat macro’s. Sla het op als .xlsx (een werkmap zonder macro’s) en kies het opnieuw."
MARKUP = f"Het bestand bevat verwijzingen die in een werkmap niet horen (een DOCTYPE). {SAVE_AS}"
BINARY_WORKBOOK = f"Dit is een binaire werkmap (.xlsb). {SAVE_AS}"
NUMBERS = "Dit is een werkmap van Apple Numbers. Exporteer hem als Excel (.xlsx) en kies dat bestand."
ARCHIVE = "Dit is een zip-bestand. Pak het uit en kies de werkmap die erin zit."
WEB_PAGE = f"Dit is een webpagina, ook al eindigt de naam anders. {SAVE_AS}"
XML_TABLE = f"Dit is een XML-bestand. {SAVE_AS}"
NOT_TEXT = "Dit bestand is geen werkmap en geen tekst. Kies een bestand van het type .xlsx, .ods, .xls of .csv."
NO_TEXT_ENCODING = "De tekens in dit bestand zijn niet te lezen. Sla het op als .xlsx, of als CSV UTF-8."
TOO_MANY_MARKS = (
    "Het bestand heeft te veel onderdelen of opmaak. Bewaar alleen de tabel met de cijfers in een nieuw bestand."
)
TOO_SLOW = "Het lezen van dit bestand duurt te lang. Sla het op als .xlsx en kies dat bestand."


def wrong_kind(kind: str) -> str:
    return f"Dit is {kind}, geen werkmap. Kies een bestand van het type .xlsx, .ods, .xls of .csv."


def too_large(megabytes: int) -> str:
    return f"Het bestand is groter dan {megabytes} MB. Bewaar alleen het blad met de cijfers in een nieuw bestand."


def unpacks_too_large(megabytes: int) -> str:
    return (
        f"Uitgepakt is het bestand groter dan {megabytes} MB. "
        "Bewaar alleen het blad met de cijfers in een nieuw bestand."
    )


def too_many(count: int, what: str, sheet: str = "") -> str:
    where = f"Blad “{shown(sheet)}” heeft" if sheet else "Het bestand heeft"
    return f"{where} meer dan {count} {what}. Bewaar alleen de tabel met de cijfers in een nieuw bestand."


def personal_data(what: str, *, sheet: str, column: str) -> str:
    return (
        f"Op blad “{shown(sheet)}” staat {what} (kolom {column}). Dat lijken persoonsgegevens: het bestand is niet "
        "ingelezen en niet bewaard. Verwijder deze kolom en kies het bestand opnieuw."
    )


LONGEST_QUOTE = 60


def shown(text: str) -> str:
    """What was found, on one line and no longer than a sentence bears."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


# Questions about the layout.

ASK_SHEET = "Welk blad wilt u inlezen?"
ASK_MUNICIPALITY = "In welke kolom staat de gemeente?"
ASK_REALISATIE = "Welke kolom is de realisatie van dit halfjaar tot de peildatum?"
ASK_COUNTING = "Hoe telt de realisatie in dit bestand?"
CUMULATIVE = "Doorlopend: elk getal is de stand tot die dag; het getal van de peildatum telt"
MONTHLY = "Per maand: elk getal is wat er in die maand bij kwam; de maanden worden opgeteld"
MONTHS_MISSING = "Niet alle maanden van het halfjaar tot de peildatum staan in het bestand."
AT_THE_START = "Stand aan het begin van het halfjaar"
AT_THE_END = "Stand aan het eind van het halfjaar (alleen ter controle)"
ASK_PERIOD = "Over welk halfjaar gaat het bestand?"
ASK_FIGURES = "In geen kolom is een taakstelling, achterstand of realisatie herkend."
NO_TABLE = (
    "In dit bestand is geen tabel gevonden met gemeenten en aantallen. Controleer of u het goede bestand koos; "
    "zet de tabel anders op het eerste blad, met één rij kopjes erboven."
)
HIDDEN_SHEET = "De tabel staat op een verborgen blad."
ASK_JANUARY = "Begint de realisatie op 1 juli opnieuw bij nul?"
FROM_JULY = "Ja, de realisatie telt vanaf 1 juli"
FROM_JANUARY = "Nee, zij telt door vanaf 1 januari: wat op 1 juli stond gaat eraf"


def column_header(header: str) -> str:
    return f"een kolom “{shown(header)}”"


def no_codes(column: str) -> str:
    return f"In {column} staan geen gemeentecodes; de naam van de gemeente beslist."


def column_unknown(column: str) -> str:
    return f"{column[:1].upper()}{column[1:]} is niet herkend en wordt niet overgenomen."


def column_empty(column: str) -> str:
    return f"In {column} is geen enkele cel gevuld; die kolom wordt niet overgenomen."


def ask_edge(column: str) -> str:
    return f"Is {column} de voor- of achterstand aan het begin van het halfjaar, of aan het eind?"


def ask_opgave(column: str) -> str:
    return f"Is {column} de netto taakstelling van dit halfjaar, of de totaalopgave (met de achterstand erin)?"


def ask_with_herverdeling(column: str) -> str:
    return (
        f"In {column} zijn herverdelingen verwerkt; die legt u hier apart vast. Wilt u de getallen toch als "
        "taakstelling overnemen?"
    )


def ask_sign(column: str) -> str:
    return f"Hoe staat een achterstand in {column}?"


def ask_meaning(column: str) -> str:
    return f"Wat staat er in {column}?"


def sign_differs(column: str) -> str:
    return (
        f"Volgens de tekst zou het teken in {column} andersom zijn, maar alleen zoals het nu is gekozen "
        "kloppen de sommen in de tabel."
    )


def check_fails(formula: str, holds: int, tried: int) -> str:
    return f"Controle: {formula} klopt maar in {holds} van de {tried} rijen. Kijk na of de kolommen goed zijn herkend."


SIGNS = (
    Choice(value="positief", label="Als positief getal: 171 is een achterstand van 171"),
    Choice(value="negatief", label="Als negatief getal: −171 is een achterstand van 171"),
)

ASK_ONE_OF = {
    Meaning.TAAKSTELLING: "Welke kolom is de netto taakstelling van dit halfjaar?",
    Meaning.ACHTERSTAND_START: "Welke kolom is de voor- of achterstand aan het begin van het halfjaar?",
}


def ask_which_day(chosen: date | None, days: int) -> str:
    if not days:
        return "De datums in het bestand vallen buiten dit halfjaar."
    if chosen is None:
        return "Het bestand heeft cijfers van meer dan één dag. Van welke peildatum wilt u ze overnemen?"
    return f"Het bestand heeft geen cijfers van {long_date(chosen)}. Van welke peildatum wilt u ze overnemen?"


def ask_other_day(chosen: date | None, last: date) -> str:
    asked = f"Het bestand heeft geen realisatie tot {long_date(chosen)}. " if chosen else ""
    return f"{asked}De laatste gevulde kolom telt tot {long_date(last)}. Welke peildatum wilt u?"


def ask_told_day(told: date, where: str, chosen: date) -> str:
    return (
        f"Volgens {where} is dit de stand van {long_date(told)}; u koos {long_date(chosen)}. "
        "Van welke peildatum zijn de cijfers?"
    )


def told_later(told: date, where: str, chosen: date) -> str:
    return f"Volgens {where} is dit de stand van {long_date(told)}, later dan de gekozen peildatum {long_date(chosen)}."


def ask_told_period(told: str, where: str, chosen: Period) -> str:
    return f"Volgens {where} gaat het bestand over {told}; u koos {chosen}. Voor welk halfjaar zijn de cijfers?"


def hidden_rows(count: int) -> str:
    return f"{count} rijen zijn in het blad verborgen (door een filter bijvoorbeeld) en worden wel ingelezen."


# Problems of rows and cells. `what` is "de realisatie".

NO_KEY = "Kies in welke kolom de gemeente of haar code staat."
NO_COLUMN_OF_DAY = (
    "Geen kolom is de realisatie tot de gekozen peildatum. Kies een andere peildatum, of de kolom die telt."
)
TWO_TAAKSTELLINGEN = "Kies één kolom als taakstelling."
TWO_BALANCES = (
    "Kies één kolom als voor- of achterstand aan het begin, of twee: één voor achterstand en één voor voorsprong."
)
NO_NAME = "Hier hoort een gemeente te staan; de cel is leeg en de rij heeft wel cijfers."
NO_ROWS = "Onder de kop is geen enkele gemeente gevonden. Kies een andere rij als kop of een andere kolom als gemeente."


def no_such_sheet(name: str) -> str:
    return f"Het bestand heeft geen blad “{shown(name)}”. Kies een ander blad."


def no_rows_of_day(day: date) -> str:
    return f"Geen enkele rij heeft de peildatum {long_date(day)}. Kies een andere peildatum."


def too_many_unknown(unknown: int) -> str:
    return f"Al {unknown} namen of codes zijn geen gemeente. Waarschijnlijk staat de gemeente in een andere kolom."


def too_many_problems(problems: int) -> str:
    return (
        f"Er zijn {number(problems)} fouten of meer; er wordt niets overgenomen. Waarschijnlijk is een kolom verkeerd gekozen, "
        "of is dit een ander bestand."
    )


def code_unknown(message: str, name: str) -> str:
    return f"{message} Volgens de naam is het {name}." if name else message


def code_and_name_differ(code: str, of_code: str, name: str, its_code: str) -> str:
    return (
        f"Code en naam spreken elkaar tegen: {shown(code)} is {of_code}, maar er staat “{shown(name)}” ({its_code}). "
        "Verbeter een van beide."
    )


def ambiguous(message: str) -> str:
    return f"{message} Schrijf erbij welke het is, of gebruik de gemeentecode."


def duplicate(name: str, first: str) -> str:
    return f"{name} staat ook in {first}. Eén rij per gemeente is verwacht; geen van beide wordt overgenomen."


def ended(name: str, day: date) -> str:
    return f"{name} is op {long_date(day)} opgeheven, binnen dit halfjaar. De cijfers worden wel overgenomen."


def empty(what: str) -> str:
    return f"Hier hoort {what} te staan; de cel is leeg. Leeg is niet hetzelfde als 0."


def uncalculated(what: str) -> str:
    return (
        f"Hier hoort {what} te staan; er staat een formule waarvan de uitkomst niet is bewaard. "
        "Open het bestand in Excel, sla het op en kies het opnieuw."
    )


def error_value(what: str, found: str) -> str:
    return f"Hier hoort {what} te staan; de formule geeft de fout {shown(found)}."


def not_a_number(what: str, found: str) -> str:
    return f"Hier hoort {what} als getal te staan; gevonden is “{found}”."


def not_whole(what: str, found: str) -> str:
    return f"Hier hoort {what} in hele personen te staan; gevonden is {found}."


def too_large_number(what: str, most: int) -> str:
    return f"Hier hoort {what} te staan, hoogstens {number(most)}; dit getal is groter."


def negative(what: str, found: int) -> str:
    return f"Hier hoort {what} te staan, 0 of meer; gevonden is {number(found)}."


def negative_month(found: int) -> str:
    return f"In deze maand staat {number(found)}: een correctie? De maanden samen worden wel overgenomen."


def not_a_date(found: str) -> str:
    return (
        f"Hier hoort een peildatum te staan; gevonden is “{found}”." if found else "Hier hoort een peildatum te staan."
    )


def off_share(found: int, share: int | Fraction) -> str:
    return (
        f"De taakstelling van {number(found)} wijkt meer dan 10% af van wat naar inwonertal te verwachten is "
        f"({number(round(share))})."
    )


def other_start(found: int, computed: int) -> str:
    return (
        f"COA meldt een achterstand van {number(found)} aan het begin; uit het vorige halfjaar volgt {number(computed)}. "
        "COA is leidend; leg het verschil uit."
    )


def above_opgave(found: int, opgave: int) -> str:
    return f"De realisatie van {number(found)} is meer dan tweemaal de totaalopgave van {number(opgave)}."


def above_taakstelling(found: int, taakstelling: int) -> str:
    return f"De realisatie van {number(found)} is vele malen de taakstelling van {number(taakstelling)}. Een tikfout?"


def opgave_differs(off: int) -> str:
    return (
        f"De totaalopgave is {persons(abs(off))} {'hoger' if off > 0 else 'lager'} dan taakstelling en achterstand samen. "
        "Een herverdeling zou over de provincie op 0 uitkomen; dat doet dit verschil niet."
    )


def rest_differs(off: int) -> str:
    return (
        f"Totaalopgave min realisatie verschilt {persons(abs(off))} van wat volgens het bestand nog te realiseren is."
    )


def sum_fails(differing: int, of: int) -> str:
    return (
        f"In {count(differing, 'rij', 'rijen')} van de {of} klopt de som van de kolommen niet. "
        "Kijk na of de kolommen en het teken van de achterstand goed zijn gekozen."
    )
