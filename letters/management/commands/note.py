"""The gespreksnotitie of one municipality and half-year, as a file."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django_scopes import scope

from letters.figures import letterhead_of, usual_details
from letters.management.base import DocumentCommand
from letters.notes import note_case_of
from letters.papers import pdf
from letters.papers.filenames import note_filename
from letters.words.note import compose_note


class Command(DocumentCommand):
    help = "Maakt de gespreksnotitie voor een gesprek met een gemeente, als pdf."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="gemeente, met code of naam, bijvoorbeeld GM0344")
        parser.add_argument("period", help="halfjaar, bijvoorbeeld 2022-1")
        parser.add_argument("--out", required=True, metavar="DIR", help="map waarin het bestand komt")
        parser.add_argument("--date", help="dag van de notitie, zoals 2022-07-08; anders vandaag")

    def handle(self, *args: Any, **options: Any) -> None:
        period = self.period(options["period"])
        municipality = self.municipality(options["municipality"], period=period)
        today = self.day(options["date"]) or localdate()
        directory = self.directory(options["out"])
        with scope(province=municipality.province):
            case = note_case_of(municipality=municipality, period=period, today=today)
            letterhead = letterhead_of(municipality.province)
        usual = usual_details(letterhead=letterhead, maker=None, on=today)
        content = compose_note(
            case=case, sender=letterhead.as_sender(), on=today, contact=usual.contact_name, phone=usual.phone
        )
        self.write(directory / note_filename(municipality, period), pdf.note_pdf(content, pictures=letterhead.pictures))
        if content.sample_mark:
            self.stderr.write(f"{content.sample_mark}.")
