"""The ledger: figures are added and withdrawn, never changed.

The figure in force is the one with the latest `as_of`, and of those the last recorded, of the
deliveries that are not withdrawn. So undo, history, corrections and "who says so" are one thing.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from municipalities.models import Municipality, Province
from supervision.models.fields import PeriodField
from supervision.rules.opgave import KINDS, Kind, Opening

MOST_PERSONS = 99_999
"""Above every national taakstelling that there ever was; more is a typing error."""


class Delivery(models.Model):
    """One act of putting figures in, by one person at one moment, from one document."""

    class Way(models.TextChoices):
        TYPED = "typed", "Getypt"
        PASTED = "pasted", "Geplakt"
        WORKBOOK = "workbook", "Werkboek"
        COMMAND = "command", "Opdracht op de server"
        CARRIED_OVER = "carried", "Overgenomen bij herindeling"

    # Without an index: SQLite would begin with all deliveries of the province, and go through the millions of figures in
    # them, where the few that are asked for can be found at once.
    province = models.ForeignKey(Province, models.PROTECT, db_index=False, verbose_name="provincie")
    way = models.CharField("hoe", max_length=10, choices=Way)
    document = models.CharField(
        "document",
        max_length=200,
        blank=True,
        help_text="In welk document de cijfers staan; leeg als dat niet is opgegeven.",
    )
    reason = models.CharField(
        "reden",
        max_length=300,
        blank=True,
        help_text="Waarom een gesloten halfjaar is gecorrigeerd, of anders is overgenomen dan was berekend.",
    )
    is_sample = models.BooleanField("voorbeeldcijfers", default=False)
    submission = models.UUIDField(
        "inzending",
        null=True,
        unique=True,
        editable=False,
        help_text="Kenmerk van het ingestuurde formulier: twee keer insturen telt één keer.",
    )
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
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

    withdrawal_reason = models.CharField("reden van intrekken", max_length=300, blank=True)

    objects: ClassVar[models.Manager[Delivery]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["recorded_at"], name="delivery_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="delivery_withdrawn_at_with_by",
                violation_error_message="Een intrekking heeft een moment en een persoon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.recorded_at:%Y-%m-%d %H:%M}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Figure(models.Model):
    """A number of persons that somebody reported.

    `as_of` is, for a taakstelling, the day that it holds from; for an achterstand, reported or carried
    over, the peildatum that it stood on; for a realisatie, the day that was counted to.
    """

    KINDS = [(kind.value, kind.dutch) for kind in KINDS]

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="figures", verbose_name="levering")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    kind = models.CharField("soort", max_length=30, choices=KINDS)
    as_of = models.DateField("stand van")
    persons = models.IntegerField("personen", help_text="Een voorsprong is een negatieve achterstand.")
    sheet = models.CharField("blad", max_length=100, blank=True, help_text="Leeg: niet uit een werkboek.")
    cell = models.CharField("cel", max_length=20, blank=True, help_text="Van meer cellen de eerste en de laatste.")

    objects: ClassVar[models.Manager[Figure]] = ScopedManager(province="delivery__province")

    class Meta:
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"
        # So that a screen finds what it shows among millions of daily counts: of one municipality, of a half-year, and
        # whether a delivery has anything of that. What is asked of a figure is in the index itself, as the figures of a
        # half-year lie far apart.
        indexes = [
            models.Index(fields=["municipality", "kind", "period", "as_of", "delivery"], name="figure_of_municipality"),
            models.Index(
                fields=["period", "kind", "as_of", "municipality", "delivery", "persons"], name="figure_of_half_year"
            ),
            models.Index(fields=["delivery", "period"], name="figure_of_delivery"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "municipality", "period", "kind", "as_of"],
                name="figure_once_a_delivery",
                violation_error_message="Dit cijfer staat al in deze levering.",
            ),
            models.CheckConstraint(
                condition=Q(persons__range=(-MOST_PERSONS, MOST_PERSONS)),
                name="figure_persons_in_range",
                violation_error_message=f"Een cijfer is hoogstens {MOST_PERSONS} personen.",
            ),
            models.CheckConstraint(
                condition=Q(persons__gte=0) | Q(kind__in=[Kind.ACHTERSTAND.value, Opening.CARRIED_OVER.value]),
                name="figure_only_achterstand_below_zero",
                violation_error_message="Alleen een achterstand kan onder nul zijn (voorsprong).",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in KINDS]),
                name="figure_kind_known",
                violation_error_message="Deze soort cijfer bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.municipality_id} {self.period}: {self.persons}"


class Herverdeling(models.Model):
    """Persons whom one municipality takes over from another (art. 29 lid 2 Huisvestingswet 2014).

    One row has both sides, so that over a province the sum is 0.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="herverdelingen", verbose_name="levering")
    period = PeriodField("halfjaar", db_index=True)
    from_municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="van gemeente")
    to_municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="naar gemeente")
    persons = models.PositiveIntegerField("personen")
    agreed_on = models.DateField("afgesproken op", null=True, blank=True)
    note = models.CharField("toelichting", max_length=200, blank=True)

    objects: ClassVar[models.Manager[Herverdeling]] = ScopedManager(province="delivery__province")

    class Meta:
        verbose_name = "herverdeling"
        verbose_name_plural = "herverdelingen"
        ordering = ["period", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__range=(1, MOST_PERSONS)),
                name="herverdeling_persons_in_range",
                violation_error_message="Een herverdeling is van minstens 1 persoon.",
            ),
            models.CheckConstraint(
                condition=~Q(from_municipality=F("to_municipality")),
                name="herverdeling_between_two",
                violation_error_message="Een herverdeling is tussen twee verschillende gemeenten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.persons} van {self.from_municipality_id} naar {self.to_municipality_id}"
