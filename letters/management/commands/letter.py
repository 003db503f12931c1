"""The toezichtbrief of one municipality and half-year, and its bijlage, as files."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django_scopes import scope

from letters.figures import Obstacle, attached_to, case_of, letterhead_of, sender_of, usual_details
from letters.management.base import DocumentCommand
from letters.models import Letterhead
from letters.obstacles import why_not
from letters.papers import pdf
from letters.papers.filenames import bijlage_filename, letter_filename
from letters.papers.publishing import NotPublic, public_files
from letters.screens.forms import LetterForm
from letters.words.bijlage import compose_bijlage
from letters.words.case import Case, Details
from letters.words.composing import compose
from letters.words.content import LetterContent
from letters.words.kinds import usual_kind
from municipalities.models import Municipality

# Options of the command and the field of the form that they fill.
OPTIONS = {
    "date": ("datum", "datum van de brief, zoals 2022-09-22; anders vandaag"),
    "document_number": ("documentnummer", "documentnummer"),
    "contact": ("contactpersoon", "naam van de contactpersoon"),
    "phone": ("telefoonnummer", "telefoonnummer van de contactpersoon"),
    "email": ("e_mailadres", "e-mailadres van de contactpersoon"),
    "due_plan": ("plandatum", "dag waarop een verbeterplan er moet zijn (trede 3 en 4)"),
    "term_ends": ("termijn", "laatste dag van de termijn (trede 5)"),
    "required": ("vereist", "personen die binnen de termijn gehuisvest moeten zijn (trede 5)"),
    "legal_remedy": ("rechtsmiddel", "zin over het rechtsmiddel (trede 5)"),
    "decided_on": ("besluitdatum", "datum van het besluit tot indeplaatsstelling (trede 6)"),
    "measures_by": ("maatregelendatum", "dag waarop het overzicht van maatregelen er is (trede 6)"),
}


class Command(DocumentCommand):
    help = "Maakt de toezichtbrief van een gemeente over een halfjaar, met de bijlage, als pdf."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="gemeente, met code of naam, bijvoorbeeld GM0344")
        parser.add_argument("period", help="halfjaar, bijvoorbeeld 2022-1")
        parser.add_argument("--out", required=True, metavar="DIR", help="map waarin de bestanden komen")
        parser.add_argument("--public", action="store_true", help="ook de openbare versie, met haar metagegevens")
        for option, (_, described) in OPTIONS.items():
            parser.add_argument(f"--{option.replace('_', '-')}", help=described)

    def handle(self, *args: Any, **options: Any) -> None:
        period = self.period(options["period"])
        municipality = self.municipality(options["municipality"], period=period)
        directory = self.directory(options["out"])
        with scope(province=municipality.province):
            case = case_of(municipality=municipality, period=period)
            letterhead = letterhead_of(municipality.province)
        if isinstance(case, Obstacle):
            self.refuse(why_not(case, period))
        details = self._details(case, letterhead, options)
        sender, pictures = letterhead.as_sender(), letterhead.pictures
        letter = compose(case=case, sender=sender_of(letterhead, details), details=details)
        bijlage = compose_bijlage(policy=case.policy, valid_from=case.policy_from, period=period, sender=sender)
        documents = {
            letter_filename(municipality, period): pdf.letter_pdf(
                letter, attached_to(municipality, case=case, details=details), pictures=pictures
            ),
            bijlage_filename(period): pdf.bijlage_pdf(bijlage, pictures=pictures),
        }
        if options["public"]:
            documents |= self._public(letter, case, details, municipality, letterhead)
        for name, document in documents.items():
            self.write(directory / name, document)
        if letter.sample_mark:
            self.stderr.write(f"{letter.sample_mark}.")
        for mark in letter.open_marks:
            self.stderr.write(f"Nog in te vullen: {mark}.")

    def _public(
        self, letter: LetterContent, case: Case, details: Details, municipality: Municipality, letterhead: Letterhead
    ) -> dict[str, bytes]:
        try:
            return public_files(
                letter,
                kind=usual_kind(case.step),
                case=case,
                details=details,
                municipality=municipality,
                pictures=letterhead.pictures,
            )
        except NotPublic as refused:
            self.refuse(str(refused))

    def _details(self, case: Case, letterhead: Letterhead, options: dict[str, Any]) -> Details:
        """Checked by the same form as on the page, so that both refuse the same."""
        usual = usual_details(letterhead=letterhead, maker=None, on=localdate())
        given = {field: options[option] for option, (field, _) in OPTIONS.items() if options[option] is not None}
        blank = LetterForm(case=case, usual=usual)
        foreign = [
            f"--{option.replace('_', '-')}"
            for option, (field, _) in OPTIONS.items()
            if field in given and field not in blank.fields
        ]
        if foreign:
            self.refuse(f"{foreign[0]} hoort niet bij de brief op trede {case.step.number}.")
        form = LetterForm({**blank.usual_data, **given}, case=case, usual=usual)
        if not form.is_valid():
            name, errors = next(iter(form.errors.items()))
            self.refuse(f"{form.fields[name].label}: {errors[0]}")
        return form.details
