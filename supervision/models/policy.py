"""The ladder of a province as dated data."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from municipalities.models import Province
from supervision.models.fields import PeriodField
from supervision.rules.policy import Colour, Metric


class LadderPolicy(models.Model):
    """A beleidskader: it holds from a half-year on, until the next one of the province.

    A concept holds nowhere. Once published it is never changed: what is to be otherwise is a new version. One without a
    moment of publishing was there from the start.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    name = models.CharField("naam", max_length=100)
    source = models.CharField("bron", max_length=300)
    valid_from = PeriodField("geldt vanaf")
    counts_herverdeling = models.BooleanField(
        "herverdeling telt mee",
        default=False,
        help_text="Vergelijk de achterstand met de taakstelling inclusief herverdeling.",
    )
    most_steps_up = models.PositiveSmallIntegerField(
        "hoogstens omhoog",
        null=True,
        blank=True,
        help_text="Hoeveel treden het advies in één keer hoger kan worden; leeg: geen grens.",
    )
    down_by_decision = models.BooleanField(
        "afschaling alleen na een besluit",
        default=False,
        help_text="Het advies wordt niet vanzelf een lagere trede dan daarvoor.",
    )
    outcomes = models.JSONField(
        "uitkomsten naast de ladder",
        default=list,
        blank=True,
        help_text="Namen die een besluit kan geven, zoals ‘verschoonbaar’.",
    )

    is_concept = models.BooleanField("concept", default=False)
    version = models.PositiveIntegerField(
        "versie", default=1, editable=False, help_text="Gaat omhoog bij elke wijziging van het concept."
    )
    edited_at = models.DateTimeField("gewijzigd op", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gewijzigd door"
    )
    published_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )

    objects: ClassVar[models.Manager[LadderPolicy]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "beleidskader"
        verbose_name_plural = "beleidskaders"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "valid_from"],
                condition=Q(is_concept=False),
                name="ladder_policy_one_from_a_period",
                violation_error_message="Vanaf dit halfjaar geldt al een beleidskader.",
            ),
            models.CheckConstraint(
                condition=Q(most_steps_up=None) | Q(most_steps_up__gte=1),
                name="ladder_policy_steps_up_at_least_one",
                violation_error_message="Het advies moet minstens één trede omhoog kunnen.",
            ),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None) | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="ladder_policy_edited_at_with_by",
                violation_error_message="Een wijziging heeft een moment en een persoon.",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, is_concept=False),
                name="ladder_policy_published_at_with_by",
                violation_error_message="Wat is vastgesteld, heeft een moment en een persoon, en is geen concept meer.",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("edited_by")),
                name="ladder_policy_published_by_another",
                violation_error_message="Wie het concept het laatst wijzigde, stelt het niet zelf vast.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LadderStep(models.Model):
    """A trede of a policy with its condition; the first step has none."""

    METRICS = [
        (Metric.ACHTERSTAND.value, "achterstand van minstens … personen"),
        (Metric.ACHTERSTAND_AGAINST_TAAKSTELLING.value, "achterstand van minstens … keer de taakstelling"),
        (Metric.SHORTFALL.value, "halfjaar niet gehaald: minstens … personen te weinig gehuisvest"),
        (Metric.PERCENTAGE_TAAKSTELLING.value, "realisatie lager dan … procent van de taakstelling"),
        (Metric.PERCENTAGE_TOTAALOPGAVE.value, "realisatie lager dan … procent van de totaalopgave"),
    ]
    COLOURS = [
        (Colour.WHITE.value, "wit"),
        (Colour.SAND.value, "zand"),
        (Colour.AMBER.value, "amber"),
        (Colour.RUST.value, "roest"),
        (Colour.BRICK.value, "baksteen"),
        (Colour.WINE.value, "wijnrood"),
        (Colour.GREEN.value, "groen"),
        (Colour.ORANGE.value, "oranje"),
        (Colour.RED.value, "rood"),
        (Colour.BLUE.value, "blauw"),
    ]

    policy = models.ForeignKey(LadderPolicy, models.CASCADE, related_name="steps", verbose_name="beleidskader")
    number = models.PositiveSmallIntegerField("trede")
    name = models.CharField("naam", max_length=100)
    colour = models.CharField("kleur", max_length=10, choices=COLOURS, default=Colour.WHITE.value)
    symbol = models.CharField(
        "teken", max_length=2, blank=True, help_text="Staat in het gekleurde vakje; leeg: het nummer van de trede."
    )
    when = models.TextField("wanneer", help_text="Staat in de bijlage.")
    follows = models.TextField("wat volgt", help_text="Staat in de bijlage.")
    measures = models.JSONField("maatregelen", default=list, blank=True)
    metric = models.CharField("meet", max_length=40, choices=METRICS, blank=True)
    threshold = models.DecimalField(
        "drempel",
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Personen, een veelvoud van de taakstelling, of procenten.",
    )
    half_years = models.PositiveSmallIntegerField("halfjaren op rij", default=1)

    class Meta:
        verbose_name = "trede"
        verbose_name_plural = "treden"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "number"],
                name="ladder_step_number_once",
                violation_error_message="Deze trede staat al in het beleidskader.",
            ),
            models.CheckConstraint(
                condition=Q(metric="", threshold=None) | (~Q(metric="") & Q(threshold__isnull=False, threshold__gt=0)),
                name="ladder_step_metric_with_threshold",
                violation_error_message="Een voorwaarde heeft een maat en een drempel boven nul.",
            ),
            models.CheckConstraint(
                condition=Q(half_years__gte=1),
                name="ladder_step_half_years_at_least_one",
                violation_error_message="Een voorwaarde geldt voor minstens één halfjaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class FrozenHalfYear(models.Model):
    """A half-year in which the ladder of the province stands still: it neither adds to a row nor breaks one."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    period = PeriodField("halfjaar")
    reason = models.CharField("reden", max_length=300)
    frozen_at = models.DateTimeField("bevroren op")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="bevroren door"
    )
    lifted_at = models.DateTimeField("opgeheven op", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="opgeheven door"
    )

    objects: ClassVar[models.Manager[FrozenHalfYear]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "bevroren halfjaar"
        verbose_name_plural = "bevroren halfjaren"
        ordering = ["-period", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "period"],
                condition=Q(lifted_at=None),
                name="frozen_half_year_once",
                violation_error_message="Dit halfjaar is al bevroren.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="frozen_half_year_has_reason",
                violation_error_message="Een halfjaar bevriezen heeft een reden nodig.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="frozen_half_year_lifted_at_with_by",
                violation_error_message="Een opheffing heeft een moment en een persoon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.reason}"
