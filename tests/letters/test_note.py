"""What a gespreksnotitie says: the two half-years, tempo and prognosis, what to speak of, and the dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.words.case import Swap
from letters.words.note import LONGEST_SAID, MOST_CONTACTS, NoteContent
from letters.words.note_case import HalfYear, Planned, Promise
from supervision.rules.ladder import advise
from supervision.rules.opgave import HalfYear as Reported
from supervision.rules.opgave import work_out
from supervision.rules.prognosis import foresee
from tests.letters.cases import LADDER
from tests.letters.note_cases import HALF_YEARS, NOW, ON, PAST, bare, full, noted, talk, the_dossier, told


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def points(content: NoteContent) -> list[str]:
    return [plain(point) for point in content.points]


# -- the top ------------------------------------------------------------------


def test_the_sentence_at_the_top_says_where_it_stands_and_where_it_goes():
    assert plain(noted(the_dossier()).key) == (
        "Advies over 2022-1: trede 3, was trede 2. De achterstand (207) is hoger dan de taakstelling (203). "
        "In 2022-2 moeten 482 personen worden gehuisvest; op 7 juli waren dat er 15. "
        "Prognose: trede 2 (tussen 2 en 4), met een achterstand van 228 personen."
    )


def test_of_what_is_not_known_the_top_says_so():
    assert plain(noted(bare()).key) == ("Over 2022-1 is er geen advies. Van 2022-2 is de totaalopgave nog niet bekend.")


@pytest.mark.parametrize(
    ("start", "counted", "sentence"),
    [
        (-400, 15, "In 2022-2 hoeft de gemeente niemand te huisvesten om bij te blijven."),
        (-274, 1, "In 2022-2 moet 1 persoon worden gehuisvest; op 7 juli was dat er 1."),
        (-273, None, "In 2022-2 moeten 2 personen worden gehuisvest."),
    ],
)
def test_the_running_half_year_in_words(start, counted, sentence):
    runs = Reported(
        period=NOW,
        taakstelling=275,
        achterstand_start=start,
        realisation=counted,
        counted_to=None if counted is None else date(2022, 7, 7),
    )
    half_years = {**HALF_YEARS, **work_out([runs])}
    case = replace(
        the_dossier(),
        now=HalfYear(period=NOW, opgave=half_years[NOW]),
        prognosis=foresee(half_years, NOW, policy=LADDER),
    )
    assert sentence in plain(noted(case).key)


def test_beside_the_text_stands_what_the_talk_is_and_that_it_is_internal():
    content = noted(the_dossier())
    assert [(entry.label, plain(entry.value)) for entry in content.entries] == [
        ("Gesprek", "8 juli 2022, 9.45 uur"),
        ("Vorm", "ambtelijk overleg"),
        ("Deelnemers", "gemeente (2), provincie (2)"),
        ("Van", "de heer of mevrouw Voorbeeld"),
        ("Telefoonnummer", "030 000 00 00"),
        ("Team", "BEI"),
        ("Cijfers", "COA, stand 7 juli 2022"),
        ("Gemaakt op", "8 juli 2022"),
        ("Status", "intern"),
    ]
    assert plain(content.running.aside) == "8 juli 2022\nIntern"
    assert plain(noted(full()).running.aside).endswith("Intern\nVoorbeeld: met voorbeeldcijfers")


def test_without_an_appointment_its_data_fall_out():
    labels = [entry.label for entry in noted(replace(the_dossier(), appointment=None)).entries]
    assert labels[:2] == ["Van", "Telefoonnummer"]
    assert [entry.label for entry in noted(bare()).entries][-2:] == ["Gemaakt op", "Status"]


# -- the two tables -----------------------------------------------------------


def test_the_two_half_years_of_the_dossier_stand_side_by_side():
    rows = [
        (row.label, row.past.number, plain(row.past.origin), row.now.number, plain(row.now.origin))
        for row in noted(the_dossier()).figures
    ]
    assert rows == [
        ("Achterstand aan het begin", "171", "COA, 1 januari", "207", "COA, 1 juli"),
        ("Taakstelling", "203", "ministerie", "275", "ministerie"),
        ("Herverdeling", "+1", "Utrechtse Heuvelrug", "0", "geen"),
        ("Totaalopgave", "375", "203 + 1 + 171", "482", "275 + 207"),
        ("Gehuisvest (realisatie)", "168", "COA, 1 juli", "15", "COA, 7 juli"),
        ("Realisatie taakstelling", "82", "168 van 204", "5", "15 van 275"),
        ("Realisatie totaalopgave", "45", "168 van 375", "3", "15 van 482"),
        ("Nog te huisvesten", "207", "375 − 168", "467", "482 − 15"),
        ("Trede", "3", "advies, was 2", "2", "prognose, 2 tot 4"),
    ]
    assert [row.label for row in noted(the_dossier()).figures if row.is_total] == [
        "Totaalopgave",
        "Nog te huisvesten",
        "Trede",
    ]


def test_figures_that_lack_are_a_dash_and_never_0():
    for row in noted(bare()).figures:
        if row.label != "Herverdeling":
            assert (row.past.number, row.past.origin, row.now.number, row.now.origin) == ("–", "", "–", "")


def test_an_opening_that_was_computed_says_so():
    half_years = work_out(
        [
            Reported(period=PAST, taakstelling=203, achterstand_start=171, realisation=168, is_closed=True),
            Reported(period=NOW, taakstelling=275),
        ]
    )
    case = replace(the_dossier(), now=HalfYear(period=NOW, opgave=half_years[NOW]))
    assert plain(noted(case).figures[0].now.origin) == "berekend, 1 juli"


def test_an_opening_after_a_herindeling_says_so():
    half_years = work_out([Reported(period=NOW, taakstelling=275, carried_over=207, has_parts=True)])
    case = replace(the_dossier(), now=HalfYear(period=NOW, opgave=half_years[NOW]))
    opening = noted(case).figures[0].now
    assert (opening.number, plain(opening.origin)) == ("207", "overgenomen, 1 juli")


def test_several_herverdelingen_are_counted_and_not_named():
    swaps = tuple(Swap(other=name, persons=1) for name in ("Zeist", "Soest", "Zeist"))
    case = replace(the_dossier(), past=replace(the_dossier().past, herverdelingen=swaps))
    assert plain(noted(case).figures[2].past.origin) == "met 2 gemeenten"


def test_a_percentage_of_nothing_is_nvt():
    half_years = work_out([Reported(period=PAST, taakstelling=0, achterstand_start=-3, realisation=2, is_closed=True)])
    case = replace(the_dossier(), past=HalfYear(period=PAST, opgave=half_years[PAST]))
    shares = noted(case).figures[5:7]
    assert [(row.past.number, row.past.is_percentage) for row in shares] == [("n.v.t.", False)] * 2


def test_the_tempo_of_the_half_year_that_runs():
    tempo = noted(the_dossier()).tempo
    assert plain(tempo.span) == "7 juli 2022 tot 1 januari 2023"
    assert [(row.label, row.number, plain(row.origin)) for row in tempo.rows] == [
        ("Norm per maand", "80", "482 gedeeld door 6"),
        ("Nodig per week om alles te halen", "19", "467 in 25 weken en 3 dagen"),
        ("Gehuisvest per week tot nu toe", "17,5", "15 in 6 dagen"),
    ]
    assert noted(bare()).tempo is None


def test_the_prognosis_has_its_ends_and_its_method():
    content = noted(the_dossier())
    assert plain(content.ends_heading) == "Prognose voor 1 januari 2023"
    assert [(row.label, row.realisation, row.achterstand, row.trede) for row in content.ends] == [
        ("Als het traag gaat", "161", "321", "4"),
        ("Verwachting", "254", "228", "2"),
        ("Als het snel gaat", "460", "22", "2"),
    ]
    assert len(content.method) == 2
    assert noted(bare()).ends == ()


def test_a_prognosis_that_may_be_higher_says_so():
    only = work_out(
        [Reported(period=NOW, taakstelling=10, achterstand_start=20, realisation=1, counted_to=date(2022, 8, 1))]
    )
    case = replace(bare(), now=HalfYear(period=NOW, opgave=only[NOW]), prognosis=foresee(only, NOW, policy=LADDER))
    [row] = noted(case).ends
    assert row.trede == "3 of hoger"


# -- what to speak of ---------------------------------------------------------


def test_what_to_speak_of_follows_from_figures_and_dossier():
    assert points(noted(the_dossier())) == [
        "Wat een opschaling naar trede 3 (Actief toezicht) voor de gemeente betekent.",
        "De gemeente telt zelf 460 personen gekoppeld op 8 juli 2022. Dat is nog niet gehuisvest: wanneer komen zij in de "
        "cijfers van het COA?",
        "Te laat: Lijst van gekoppelde woningen (gemeente, uiterlijk 1 juli 2022).",
        "Het verbeterplan over 2022-1: gevraagd, volgende stap uiterlijk 1 november 2022.",
        "Versnelde uitstroom: er worden 276 en 460 personen genoemd. Welk aantal geldt?",
        "Wat de gemeente verwacht op de peildatum 1 januari 2023.",
    ]


def test_what_lacks_is_something_to_speak_of():
    assert points(noted(bare())) == [
        "Van 2022-1 ontbreken de taakstelling, de achterstand aan het begin en de eindstand van de realisatie.",
        "De taakstelling van 2022-2 is nog niet bekend.",
        "Wat de gemeente verwacht op de peildatum 1 januari 2023.",
    ]


def test_a_difference_that_nobody_explained_is_something_to_speak_of():
    case = replace(the_dossier(), unexplained=(50, 52), late="De laatste stand is 5 weken oud.")
    found = points(noted(case))
    assert "COA meldt op 1 januari 2022 een achterstand van 50, berekend was 52. Dat is nog niet verklaard." in found
    assert "De laatste stand is 5 weken oud." in found


def test_a_prognosis_that_goes_up_is_something_to_speak_of():
    half_years = dict(HALF_YEARS)
    half_years[NOW] = replace(half_years[NOW], start_reported=500)
    case = replace(the_dossier(), prognosis=foresee(half_years, NOW, policy=LADDER))
    assert "De prognose voor 2022-2 komt op trede 4: wat de gemeente doet om dat te voorkomen." in points(noted(case))


def test_a_step_down_is_named_as_such():
    half_years = dict(HALF_YEARS)
    half_years[PAST] = replace(half_years[PAST], realisation=375)
    case = replace(the_dossier(), advice=advise(LADDER, half_years, PAST), trede_before=3)
    assert points(noted(case))[0].startswith("Wat een afschaling naar trede 1 (Signaleren)")


def test_a_plan_that_is_late_says_so():
    case = replace(the_dossier(), plans=(Planned(period=PAST, state="gevraagd", due=date(2022, 7, 7)),))
    assert "Het verbeterplan over 2022-1: gevraagd, volgende stap uiterlijk 7 juli 2022 (te laat)." in points(
        noted(case)
    )


def test_sources_that_agree_are_nothing_to_speak_of():
    case = replace(the_dossier(), circumstances=(told(276, "Een"), told(276, "Ander"), told(None, "Derde")))
    assert not any("Welk aantal" in point for point in points(noted(case)))


def test_many_agreements_that_are_late_are_counted():
    found = points(noted(full()))
    assert "Te laat: 25 afspraken, zie onderaan." in found
    assert sum(point.startswith("Te laat") for point in found) == 1
    assert found[-1] == "Wat de gemeente verwacht op de peildatum 1 januari 2023."


# -- the dossier --------------------------------------------------------------


def test_an_agreement_of_today_is_not_late():
    case = replace(the_dossier(), agreements=(Promise(what="Iets", who="gemeente", due=ON),))
    [row] = noted(case).agreements
    assert not row.is_late
    [row] = noted(case, on=date(2022, 7, 9)).agreements
    assert row.is_late


def test_circumstances_say_who_said_so_and_count_nowhere():
    table = noted(the_dossier()).circumstances
    assert table.span == "Volgens wie erover sprak; in geen cijfer meegeteld"
    assert [(row.label, row.number) for row in table.rows] == [
        ("Versnellingsactie: Versnelde uitstroom", "276"),
        ("Versnellingsactie: Versnelde uitstroom", "460"),
        ("Versnellingsactie: Versnelde uitstroom", "–"),
    ]
    assert plain(table.rows[0].origin) == "Veiligheidsregio, 6 juli 2022; Tabel van 6 juli 2022"
    assert noted(bare()).circumstances is None


def test_contacts_have_their_lines_and_the_rest_is_counted():
    first, second = noted(the_dossier()).contacts
    assert (plain(first.day), first.what) == ("6 juli 2022", "ambtelijk overleg, gemeente (2), provincie (2)")
    assert first.lines == ("Alle woningen naar statushouders.", "Nog vertrouwelijk.")
    assert second.subject == "Realisatie 2021-2"
    content = noted(full())
    assert len(content.contacts) == MOST_CONTACTS
    assert plain(content.more_contacts) == "En nog 22 eerdere contacten: zie het dossier."


@given(st.text(max_size=1500))
def test_what_was_said_is_cut_at_a_word_and_says_so(said):
    [row] = noted(replace(bare(), contacts=(talk(ON, "Iets", said),))).contacts
    words = " ".join(" ".join(said.split()).split())
    shown = " ".join(row.lines)
    if shown.endswith(" … (meer in het dossier)"):
        shown = shown.removesuffix(" … (meer in het dossier)")
        assert len(shown) <= LONGEST_SAID + len(row.lines)
    assert words.replace(" ", "").startswith(shown.replace(" ", ""))


def test_the_same_case_gives_the_same_note():
    assert noted(the_dossier()) == noted(the_dossier())


def test_the_note_names_the_decision_and_the_advice_that_it_departs_from():
    decided = replace(the_dossier(), decided=LADDER.step(2))
    note = noted(decided)
    assert plain(note.key).startswith(
        "Besluit over 2022-1: trede 2, was trede 2 (advies: trede 3). De achterstand (207)"
    )
    assert not any("opschaling" in point for point in points(note))
    followed = noted(replace(the_dossier(), decided=LADDER.step(3)))
    assert plain(followed.key).startswith("Besluit over 2022-1: trede 3, was trede 2. De achterstand (207)")
