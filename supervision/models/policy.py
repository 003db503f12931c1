"""The ladder of a province as dated data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from municipalities.models import Province
from supervision.models.fields import PeriodField
from supervision.rules.ladder import Metric


class LadderPolicy(models.Model):
    """A beleidskader: it holds from a half-year on, until the next one of the province."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    name = models.CharField("naam", max_length=100)
    source = models.CharField("bron", max_length=300)
    valid_from = PeriodField("geldt vanaf")
    counts_herverdeling = models.BooleanField(
        "herverdeling telt mee",
        default=False,
        help_text="Vergelijk de achterstand met de taakstelling inclusief herverdeling.",
    )

    objects: ClassVar[models.Manager[LadderPolicy]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "beleidskader"
        verbose_name_plural = "beleidskaders"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "valid_from"],
                name="ladder_policy_one_from_a_period",
                violation_error_message="Vanaf dit halfjaar geldt al een beleidskader.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LadderStep(models.Model):
    """A trede of a policy with its condition; the first step has none."""

    METRICS = [
        (Metric.ACHTERSTAND.value, "achterstand in personen"),
        (Metric.ACHTERSTAND_AGAINST_TAAKSTELLING.value, "achterstand tegenover taakstelling"),
    ]

    policy = models.ForeignKey(LadderPolicy, models.CASCADE, related_name="steps", verbose_name="beleidskader")
    number = models.PositiveSmallIntegerField("trede")
    name = models.CharField("naam", max_length=100)
    when = models.TextField("wanneer", help_text="Staat in de bijlage.")
    follows = models.TextField("wat volgt", help_text="Staat in de bijlage.")
    measures = models.JSONField("maatregelen", default=list, blank=True)
    metric = models.CharField("meet", max_length=40, choices=METRICS, blank=True)
    at_least = models.DecimalField(
        "minstens",
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Personen, of een veelvoud van de taakstelling.",
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
                condition=Q(metric="", at_least=None) | (~Q(metric="") & Q(at_least__isnull=False, at_least__gt=0)),
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
