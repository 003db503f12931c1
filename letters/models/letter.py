"""A letter from concept to sent, with all that is its own.

A concept has no words but its departures from the standard text: the rest follows figures and standard texts until it is
frozen. Who may take which step stands in `letters.procedure`.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from letters.looks.fonts import validate_printable
from letters.models.letterhead import Signatory
from letters.models.text_block import LONGEST_HEADING, LONGEST_WORDS
from letters.words.blocks import Change, Departure
from municipalities.models import Municipality, Province
from supervision.models import MOST_PERSONS, Decision
from supervision.models.fields import PeriodField
from supervision.models.workbook import SHA256

LONGEST_REMARK = 1000
LONGEST_REMEDY = 500


class Letter(models.Model):
    """One letter of a kind about one municipality and half-year.

    `version` counts the changes of a concept: who saves says which one they saw. `worked_on`: somebody changed it since
    it was made, so that a batch leaves it alone. `decision` is the one that it rests on once it is frozen, `content` what
    it then says (letters.words.content.LetterContent). `goes_with` is the letter of which this is the afschrift; `corrects` the
    one that this replaces. `due` is the day before which it should be sent.
    """

    class State(models.TextChoices):
        CONCEPT = "concept", "concept"
        SUBMITTED = "submitted", "ter akkoord"
        AGREED = "agreed", "vastgesteld"
        SENT = "sent", "verzonden"
        WITHDRAWN = "withdrawn", "ingetrokken"

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    kind = models.CharField("soort", max_length=40)
    state = models.CharField("stand", max_length=10, choices=State, default=State.CONCEPT)
    version = models.PositiveIntegerField("versie", default=1)
    worked_on = models.BooleanField("bewerkt", default=False)
    open_points = models.PositiveIntegerField("open punten", null=True, blank=True)
    due = models.DateField("verzenden uiterlijk", null=True, blank=True)

    on = models.DateField("datum", null=True, blank=True)
    document_number = models.CharField("documentnummer", max_length=30, blank=True, validators=[validate_printable])
    contact_name = models.CharField("contactpersoon", max_length=60, blank=True, validators=[validate_printable])
    phone = models.CharField("telefoonnummer", max_length=20, blank=True, validators=[validate_printable])
    email = models.EmailField("e-mailadres", max_length=60, blank=True, validators=[validate_printable])
    due_plan = models.DateField("verbeterplan uiterlijk", null=True, blank=True)
    term_ends = models.DateField("laatste dag van de termijn", null=True, blank=True)
    required_persons = models.PositiveIntegerField("binnen de termijn te huisvesten", null=True, blank=True)
    legal_remedy = models.CharField("rechtsmiddel", max_length=LONGEST_REMEDY, blank=True)
    decided_on = models.DateField("datum van het besluit tot indeplaatsstelling", null=True, blank=True)
    measures_by = models.DateField("overzicht van maatregelen uiterlijk", null=True, blank=True)
    signatory = models.ForeignKey(
        Signatory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ondertekenaar",
        help_text="Leeg: de gebruikelijke op de datum van de brief.",
    )

    goes_with = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="hoort bij"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="vervangt"
    )
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, verbose_name="besluit")
    content = models.JSONField("inhoud", null=True, blank=True)

    made_at = models.DateTimeField("gemaakt op")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door")
    changed_at = models.DateTimeField("gewijzigd op")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gewijzigd door"
    )
    submitted_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voorgelegd aan",
    )
    agreed_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )

    objects: ClassVar[models.Manager[Letter]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ["-period", "municipality", "pk"]
        indexes = [models.Index(fields=["province", "period"], name="letter_of_half_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period"],
                condition=Q(goes_with=None, corrects=None) & ~Q(state="withdrawn"),
                name="letter_one_to_the_college",
                violation_error_message="Over dit halfjaar is er voor deze gemeente al een brief aan het college.",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state="withdrawn"),
                name="letter_one_correction",
                violation_error_message="Er is al een brief die deze vervangt.",
            ),
            models.UniqueConstraint(
                fields=["goes_with", "kind"],
                condition=Q(goes_with__isnull=False, corrects=None) & ~Q(state="withdrawn"),
                name="letter_one_follower_of_a_kind",
                violation_error_message="Bij deze brief is er al een afschrift.",
            ),
            models.UniqueConstraint(
                fields=["province", "document_number"],
                condition=~Q(document_number=""),
                name="letter_document_number_once",
                violation_error_message="Er is al een brief met dit documentnummer.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "submitted", "agreed", "sent", "withdrawn"]),
                name="letter_state_known",
                violation_error_message="Deze stand van een brief bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "sent"])
                | Q(
                    ~Q(document_number=""),
                    content__isnull=False,
                    on__isnull=False,
                    decision__isnull=False,
                    agreed_at__isnull=False,
                    agreed_by__isnull=False,
                ),
                name="letter_agreed_is_frozen",
                violation_error_message="Een vastgestelde brief heeft een inhoud, een datum, een nummer en een besluit.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("changed_by")),
                name="letter_agreed_by_another",
                violation_error_message="Een brief wordt vastgesteld door een ander dan wie haar schreef.",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_to__isnull=False) | ~Q(state="submitted"),
                name="letter_submitted_to_somebody",
                violation_error_message="Een brief wordt aan iemand voorgelegd.",
            ),
            models.CheckConstraint(
                condition=Q(required_persons=None) | Q(required_persons__lte=MOST_PERSONS),
                name="letter_required_in_range",
                violation_error_message=f"Een aantal is hoogstens {MOST_PERSONS}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.municipality_id} {self.period}"

    @property
    def is_frozen(self) -> bool:
        return self.agreed_at is not None

    @property
    def can_be_changed(self) -> bool:
        return self.state == self.State.CONCEPT


class LetterBlock(models.Model):
    """Where a letter departs from the standard text. `version` is that of the letter when it became so: it never comes back,
    so that two editors see each other. `based_on` is a version of the standard text of the kind `of_kind`, where that is
    not the kind of the letter any more."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="departures", verbose_name="brief")
    slug = models.SlugField("kenmerk", max_length=60)
    change = models.CharField("wijziging", max_length=12)
    heading = models.CharField("kop", max_length=LONGEST_HEADING, blank=True)
    text = models.TextField("tekst", max_length=LONGEST_WORDS, blank=True)
    position = models.PositiveIntegerField("plaats", default=0)
    based_on = models.PositiveIntegerField("versie van de standaardtekst", default=0)
    of_kind = models.CharField("soort van de standaardtekst", max_length=40, blank=True)
    version = models.PositiveIntegerField("versie", default=1)
    changed_at = models.DateTimeField("gewijzigd op")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gewijzigd door"
    )

    objects: ClassVar[models.Manager[LetterBlock]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "eigen tekst van een brief"
        verbose_name_plural = "eigen teksten van brieven"
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "slug"],
                name="letter_block_once",
                violation_error_message="Deze tekst is intussen door een ander gewijzigd.",
            ),
            models.CheckConstraint(
                condition=Q(change__in=["gewijzigd", "weggelaten", "toegevoegd"]),
                name="letter_block_change_known",
                violation_error_message="Deze wijziging bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def as_departure(self) -> Departure:
        return Departure(
            slug=self.slug,
            change=Change(self.change),
            heading=self.heading,
            text=self.text,
            position=self.position,
            based_on=self.based_on,
            of_kind=self.of_kind,
        )


class Confirmation(models.Model):
    """That somebody vouches for a claim in the text that matches nothing known: which, and why."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="confirmations", verbose_name="brief")
    claim = models.CharField("bewering", max_length=200)
    reason = models.CharField("bron", max_length=300)
    confirmed_at = models.DateTimeField("bevestigd op")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="bevestigd door"
    )

    objects: ClassVar[models.Manager[Confirmation]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "claim"],
                name="confirmation_once",
                violation_error_message="Dit is al bevestigd.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="confirmation_has_reason",
                violation_error_message="Zeg waarom dit klopt.",
            ),
        ]

    def __str__(self) -> str:
        return self.claim


class Draft(models.Model):
    """The PDF of a concept as it last was: made again whenever its html is another one."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="draft", verbose_name="brief")
    html_sha256 = models.CharField("SHA-256 van de html", max_length=64)
    pdf = models.BinaryField("pdf")
    made_at = models.DateTimeField("gemaakt op")

    objects: ClassVar[models.Manager[Draft]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "concept als pdf"
        verbose_name_plural = "concepten als pdf"
        constraints = [
            models.CheckConstraint(
                condition=Q(html_sha256__regex=SHA256),
                name="draft_sha256_form",
                violation_error_message="Een SHA-256 heeft 64 hexadecimale tekens.",
            ),
        ]

    def __str__(self) -> str:
        return f"concept van {self.letter_id}"


class LetterDocument(models.Model):
    """A file of a frozen letter, never made again. Its sum is checked whenever it is given out."""

    class Role(models.TextChoices):
        LETTER = "letter", "brief"
        BIJLAGE = "bijlage", "bijlage"
        TOGETHER = "together", "brief met bijlage"
        PUBLIC = "public", "openbare versie"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="documents", verbose_name="brief")
    role = models.CharField("soort", max_length=10, choices=Role)
    name = models.CharField("bestandsnaam", max_length=120)
    content = models.BinaryField("inhoud")
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("gemaakt op")

    objects: ClassVar[models.Manager[LetterDocument]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        ordering = ["letter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "role"],
                name="letter_document_one_of_a_role",
                violation_error_message="Dit stuk is er al.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="letter_document_sha256_form",
                violation_error_message="Een SHA-256 heeft 64 hexadecimale tekens.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LetterEvent(models.Model):
    """A step that somebody took with a letter; `step` is one of `letters.procedure`, or that another wrote on. Rows are only added."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="events", verbose_name="brief")
    step = models.CharField("stap", max_length=20)
    at = models.DateTimeField("op")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aan"
    )
    remark = models.CharField("opmerking", max_length=LONGEST_REMARK, blank=True)

    objects: ClassVar[models.Manager[LetterEvent]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "stap van een brief"
        verbose_name_plural = "stappen van brieven"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.step
