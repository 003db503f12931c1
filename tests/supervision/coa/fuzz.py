"""Mutated workbooks, thrown at the whole of an import: `python -m tests.supervision.coa.fuzz 10000 [seed]`.

Nothing but a refusal may come out of a file that cannot be read; and of one that can be, no figure may differ from
what openpyxl finds in the same cell.
"""

from __future__ import annotations

import io
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from random import Random

import openpyxl

from supervision.coa import layout, workbook
from supervision.coa.extract import Extracted, extract
from supervision.coa.mapping import BadMapping, Mapping
from supervision.coa.meaning import MEANING_OF
from supervision.coa.numerals import number_of
from supervision.coa.refusal import Refused
from supervision.rules.opgave import Kind
from tests.supervision.coa.country import register
from tests.supervision.coa.facts import PEILDATUM, PERIOD, facts
from tests.supervision.coa.making import Made, Rows, delimited, ods, unzipped, xls, xlsx, zipped

SNIPPETS = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#x202e;", b"\x00", b"\xff\xfe", b"=", b"-", b"9" * 400, b"1e999",
    b"NaN", b"A1048576", b"XFD1", b't="s"', b't="e"', b't="str"', b't="d"', b"<f>1</f>", b"<v></v>", b'r="0"', b'r="-1"',
    b's="99999999"', b'number-columns-repeated="999999999"', b'number-rows-repeated="999999999"', b"_x0000_", b"<row>",
    b"]]>", b"<!--", b"<![CDATA[", b"2022-13-45", b"12,5", b"1.234", b"#REF!", b"Totaal", b"Utrecht", b"GM0344", b";", b'"', b"\n",
)  # fmt: skip


def table() -> Rows:
    return [
        ["Stand per 1 juli 2022"],
        ["Gemeente", "Voor-/achterstand per 1-1-2022", "Taakstelling", "Totaalopgave", "Realisatie", "Peildatum"],
        *(
            [fact.name, -fact.start, fact.taakstelling, fact.totaalopgave, fact.realisatie, PEILDATUM]
            for fact in facts()
        ),
        ["Totaal", 1, 2, 3, 4, None],
    ]


def originals() -> dict[str, bytes]:
    made = Made(table(), merged=("A1:F1",))
    return {"xlsx": xlsx(made), "ods": ods(made), "csv": delimited(made), "xls": xls(made)}


def mutated(random: Random, content: bytes) -> bytes:
    """A few bytes changed, taken away, doubled or put in."""
    told = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        if not told:
            break
        at = random.randrange(len(told))
        match random.randrange(6):
            case 0:
                told[at] = random.randrange(256)
            case 1:
                del told[at : at + random.choice((1, 3, 40, 400))]
            case 2:
                told[at:at] = told[at : at + random.choice((1, 20, 200))]
            case 3:
                told[at:at] = random.choice(SNIPPETS)
            case 4:
                told[at : at + 4] = random.randbytes(4)
            case 5:
                del told[at:]
    return bytes(told)


VALUES = (
    b"", b"0", b"-1", b"1", b"5", b"26", b"1048577", b"99999999999", b"1e5", b"0.5", b"-0.0", b"1E400", b"nan", b"true", b"s", b"e",
    b"str", b"inlineStr", b"d", b"b", b"n", b"A1", b"XFD9", b"A0", b"B3:A1", b"hidden", b"float", b"date", b"boolean", b"string",
    b"percentage", b"2022-07-01", b"1899-12-30T00:00:00", b"#REF!", b"Utrecht", b"Bergen", b"Totaal", b"1.234", b"12,5", b"(3)", b"3-",
    b"1 234", b"&#x202e;12", b"Achterstand", b"Realisatie", b"BSN", b"123456782", b"V123.456.7890", b"n.v.t.", b"0344",
)  # fmt: skip
_VALUE = re.compile(rb">([^<>]+)<|=\"([^\"]*)\"")


def mutated_values(random: Random, content: bytes) -> bytes:
    """Some texts and attributes changed for others: what is made stays well-formed."""
    for _ in range(random.choice((1, 2, 4, 12))):
        found = list(_VALUE.finditer(content))
        if not found:
            break
        match = random.choice(found)
        group = 1 if match[1] is not None else 2
        content = content[: match.start(group)] + random.choice(VALUES) + content[match.end(group) :]
    return content


def mutated_parts(random: Random, content: bytes) -> bytes:
    """One part of a package changed, and everything zipped again as it should be."""
    parts = unzipped(content)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    # Most of what can go wrong is in the sheet and its texts.
    name = random.choice([*names, *(name for name in names if "sheet" in name or "Strings" in name), "content.xml"])
    name = name if name in parts else names[0]
    if random.randrange(20) == 0:
        del parts[name]
    else:
        change = random.choice((mutated, mutated_values, mutated_values))
        parts[name] = change(random, parts[name])
    return zipped(parts)


def import_all(content: bytes, name: str) -> Extracted | str:
    """The whole way; the name of what it was refused for."""
    try:
        read = workbook.read(name, content)
        proposal = layout.propose(read, period=PERIOD, as_of=PEILDATUM, register=register())
        Mapping.from_json(proposal.mapping.to_json())
        extracted = extract(read, proposal.mapping, period=PERIOD, as_of=PEILDATUM, register=register())
    except (Refused, BadMapping) as refusal:
        return type(refusal).__name__ if str(refusal).strip() else "a refusal without a word"
    if name.endswith("xlsx"):
        compare(content, extracted, proposal.mapping)
    return extracted


def compare(content: bytes, extracted: Extracted, mapping: Mapping) -> None:
    """Every figure against the cell that it says it comes from."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception:
        # openpyxl reads less than we do: styles of other programs, for one.
        return
    for row in extracted.rows:
        for kind, figure in row.figures.items():
            if len(figure.cells) == 1 and figure.sheet in book.sheetnames:
                found = number_of(book[figure.sheet][figure.cell].value)
                sign = next(column.sign for column in mapping.of(MEANING_OF[kind])) if kind is Kind.ACHTERSTAND else 1
                assert found is None or found * sign == figure.persons, (figure, found)


def run(rounds: int, *, seed: int) -> Counter[str]:
    random = Random(seed)  # noqa: S311
    files = originals()
    outcomes: Counter[str] = Counter()
    for _ in range(rounds):
        ending = random.choices(("xlsx", "ods", "csv", "xls"), weights=(10, 10, 4, 1))[0]
        in_parts = ending in ("xlsx", "ods") and random.randrange(4)
        change: Callable[[Random, bytes], bytes] = mutated_parts if in_parts else mutated
        content = change(random, files[ending])
        began = time.process_time()
        try:
            outcome = import_all(content, f"bestand.{ending}")
        except BaseException:
            path = f"fuzzed.{ending}"
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(content)
            raise
        assert time.process_time() - began < 10, "it took too long"
        assert outcome != "a refusal without a word"
        outcomes[outcome if isinstance(outcome, str) else "read"] += 1
    return outcomes


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print(run(rounds, seed=seed))  # noqa: T201
