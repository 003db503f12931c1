"""The file of a municipality: contacts, agreements, circumstances and verbeterplannen.

An entry is never changed: a change is a new version of it, and the old one stays, as replaced. What is withdrawn stays
too, with the reason. None of it is in a sum.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from municipalities.models import Municipality, Province
from supervision.models.fields import PeriodField
from supervision.models.ledger import MOST_PERSONS
from supervision.models.workbook import SHA256
from supervision.rules.verbeterplan import State

LONGEST_LINE = 300
LONGEST_TEXT = 10_000


class DossierEntry(models.Model):
    """One version of an entry. Versions of the same entry share `entry`; at most one of them is not replaced."""

    entry = models.UUIDField("kenmerk", default=uuid4, editable=False)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    replaced_at = models.DateTimeField("gewijzigd op", null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gewijzigd door"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    withdrawal_reason = models.CharField("reden van intrekken", max_length=LONGEST_LINE, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(replaced_at=None),
                name="%(class)s_one_version_stands",
                violation_error_message="Van deze aantekening is er al een andere versie.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None, replaced_by=None)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="%(class)s_replaced_at_with_by",
                violation_error_message="Een wijziging heeft een moment en een persoon.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason=""),
                name="%(class)s_withdrawn_with_by_and_reason",
                violation_error_message="Een intrekking heeft een moment, een persoon en een reden.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(withdrawn_at=None),
                name="%(class)s_replaced_or_withdrawn",
                violation_error_message="Een oude versie wordt niet ingetrokken.",
            ),
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Contact(DossierEntry):
    """A contactmoment; one on a day to come is an appointment.

    `participants` has roles. `names` is personal data: it is never logged, goes into no document, and is kept only as
    long as the version stands.
    """

    class Kind(models.TextChoices):
        AMBTELIJK = "ambtelijk", "Ambtelijk overleg"
        BESTUURLIJK = "bestuurlijk", "Bestuurlijk overleg"
        E_MAIL = "e-mail", "E-mail"
        BRIEF = "brief", "Brief"
        TELEFOON = "telefoon", "Telefoongesprek"

    kind = models.CharField("soort", max_length=12, choices=Kind)
    on = models.DateField("datum")
    time = models.TimeField("tijd", null=True, blank=True)
    subject = models.CharField("onderwerp", max_length=120)
    participants = models.CharField("deelnemers", max_length=LONGEST_LINE, blank=True)
    names = models.CharField("namen", max_length=LONGEST_LINE, blank=True)
    said = models.TextField("besproken", max_length=LONGEST_TEXT, blank=True)

    objects: ClassVar[models.Manager[Contact]] = ScopedManager(province="province")

    class Meta(DossierEntry.Meta):
        abstract = False
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["municipality", "on"], name="contact_of")]
        constraints = [
            *DossierEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(names="") | Q(replaced_at=None, withdrawn_at=None),
                name="contact_names_only_while_it_stands",
                violation_error_message="Namen worden niet bewaard bij wat is gewijzigd of ingetrokken.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class Attachment(models.Model):
    """A file with a contact. Withdrawn, its content goes: it should not have been there. That it was, stays."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word-document"
        XLSX = "xlsx", "Excel-werkboek"
        ODT = "odt", "tekstdocument"
        ODS = "ods", "rekenblad"
        PNG = "png", "afbeelding (PNG)"
        JPEG = "jpeg", "afbeelding (JPEG)"
        TEXT = "txt", "platte tekst"
        EML = "eml", "e-mailbericht"

    # The version with which it came; it stays with every later version of the contact.
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="attachments", verbose_name="contact")
    kind = models.CharField("soort", max_length=4, choices=Kind)
    name = models.CharField("bestandsnaam", max_length=200)
    content = models.BinaryField("inhoud")
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    given_at = models.DateTimeField("toegevoegd op")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    withdrawal_reason = models.CharField("reden van intrekken", max_length=LONGEST_LINE, blank=True)

    objects: ClassVar[models.Manager[Attachment]] = ScopedManager(province="contact__province")

    class Meta:
        verbose_name = "bijlage bij een contact"
        verbose_name_plural = "bijlagen bij contacten"
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="attachment_sha256_form",
                violation_error_message="Een SHA-256 heeft 64 hexadecimale tekens.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason=""),
                name="attachment_withdrawn_with_by_and_reason",
                violation_error_message="Een intrekking heeft een moment, een persoon en een reden.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Verbeterplan(models.Model):
    """A plan that the province asked for over a half-year. Its state is that of its last step."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    submission = models.UUIDField(
        "inzending",
        unique=True,
        default=uuid4,
        editable=False,
        help_text="Kenmerk van het ingestuurde formulier: twee keer insturen telt één keer.",
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    withdrawal_reason = models.CharField("reden van intrekken", max_length=LONGEST_LINE, blank=True)

    objects: ClassVar[models.Manager[Verbeterplan]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "verbeterplan"
        verbose_name_plural = "verbeterplannen"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period"],
                condition=Q(withdrawn_at=None),
                name="verbeterplan_once_a_half_year",
                violation_error_message="Over dit halfjaar is er al een verbeterplan.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason=""),
                name="verbeterplan_withdrawn_with_by_and_reason",
                violation_error_message="Een intrekking heeft een moment, een persoon en een reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verbeterplan {self.period}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class VerbeterplanStep(models.Model):
    """A state that a verbeterplan came into; `due` is by when the next one is expected."""

    plan = models.ForeignKey(Verbeterplan, models.PROTECT, related_name="steps", verbose_name="verbeterplan")
    position = models.PositiveSmallIntegerField("volgorde")
    state = models.CharField("stand", max_length=10, choices=[(state.value, state.value) for state in State])
    on = models.DateField("op")
    due = models.DateField("volgende stap uiterlijk", null=True, blank=True)
    note = models.CharField("toelichting", max_length=LONGEST_LINE, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )

    objects: ClassVar[models.Manager[VerbeterplanStep]] = ScopedManager(province="plan__province")

    class Meta:
        verbose_name = "stap van een verbeterplan"
        verbose_name_plural = "stappen van verbeterplannen"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="verbeterplan_step_once",
                violation_error_message="Een collega heeft deze stap intussen gezet.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="verbeterplan_step_state_known",
                violation_error_message="Deze stand bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on:%d-%m-%Y}"


class Agreement(DossierEntry):
    """An afspraak: who does what by when; `done_on` None: still to be done.

    `contact` is the version of the contact at which it was made. Where it began as a measure that follows from a trede,
    `trede`, `measure` and `period` say of which, and over which half-year.
    """

    what = models.CharField("afspraak", max_length=LONGEST_LINE)
    party = models.CharField("wie", max_length=80)
    due = models.DateField("uiterlijk")
    done_on = models.DateField("gedaan op", null=True, blank=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="gemaakt bij"
    )
    trede = models.PositiveSmallIntegerField("volgt uit trede", null=True, blank=True)
    measure = models.CharField("maatregel", max_length=LONGEST_LINE, blank=True)
    period = PeriodField("over halfjaar", null=True, blank=True)  # type: ignore[misc]
    plan = models.ForeignKey(
        Verbeterplan, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="verbeterplan"
    )

    objects: ClassVar[models.Manager[Agreement]] = ScopedManager(province="province")

    class Meta(DossierEntry.Meta):
        abstract = False
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["due", "pk"]
        indexes = [
            models.Index(fields=["municipality", "due"], name="agreement_of"),
            models.Index(
                fields=["province", "due"],
                condition=Q(done_on=None, replaced_at=None, withdrawn_at=None),
                name="agreement_open",
            ),
        ]
        constraints = [
            *DossierEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(trede=None, measure="", period=None)
                | Q(trede__isnull=False, period__isnull=False) & ~Q(measure=""),
                name="agreement_measure_of_trede_and_period",
                violation_error_message="Een maatregel volgt uit een trede over een halfjaar.",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Circumstance(DossierEntry):
    """What somebody said of an omstandigheid, on a day, in a document. Others say other numbers of the same one: each is
    an entry, and `subject` holds them together. It may be quoted in a letter and is in no sum."""

    class Kind(models.TextChoices):
        VERSNELLINGSACTIE = "versnellingsactie", "Versnellingsactie"
        EXTRA_VERZOEK = "extra verzoek", "Extra verzoek van de minister"
        OPVANG = "opvang", "Opvang"
        ANDERS = "anders", "Anders"

    kind = models.CharField("soort", max_length=20, choices=Kind)
    subject = models.CharField("onderwerp", max_length=120)
    persons = models.IntegerField("personen", null=True, blank=True)
    start = models.DateField("van", null=True, blank=True)
    end = models.DateField("tot en met", null=True, blank=True)
    said_by = models.CharField("wie zei het", max_length=120)
    said_on = models.DateField("gezegd op")
    document = models.CharField("document", max_length=200)
    description = models.TextField("toelichting", max_length=2_000, blank=True)

    objects: ClassVar[models.Manager[Circumstance]] = ScopedManager(province="province")

    class Meta(DossierEntry.Meta):
        abstract = False
        verbose_name = "omstandigheid"
        verbose_name_plural = "omstandigheden"
        ordering = ["kind", "subject", "said_on", "pk"]
        indexes = [models.Index(fields=["municipality", "said_on"], name="circumstance_of")]
        constraints = [
            *DossierEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(persons=None) | Q(persons__gte=0, persons__lte=MOST_PERSONS),
                name="circumstance_persons_in_range",
                violation_error_message=f"Een aantal is van 0 tot en met {MOST_PERSONS}.",
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")),
                name="circumstance_start_before_end",
                violation_error_message="Het begin ligt na het einde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"
