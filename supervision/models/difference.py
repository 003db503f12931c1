"""Why COA's opening differs from the end that was computed before."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from municipalities.models import Municipality, Province
from supervision.models.fields import PeriodField


class DifferenceExplained(models.Model):
    """A supervisor's explanation of one difference. It is never changed: the last one counts.

    `persons` is the difference that was explained, reported minus computed. When the figures
    change and the difference with them, the explanation no longer covers it.
    """

    class Cause(models.TextChoices):
        LATE = "late", "Te laat geregistreerd"
        MERGER = "merger", "Herindeling"
        CORRECTION = "correction", "Correctie van het COA"
        OTHER = "other", "Iets anders"

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    persons = models.IntegerField("verschil in personen")
    cause = models.CharField("oorzaak", max_length=10, choices=Cause)
    note = models.CharField("toelichting", max_length=300, blank=True)
    explained_at = models.DateTimeField("verklaard op")
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="verklaard door"
    )

    objects: ClassVar[models.Manager[DifferenceExplained]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "verklaard verschil"
        verbose_name_plural = "verklaarde verschillen"
        ordering = ["-explained_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "period"], name="difference_explained_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cause="other", note=""),
                name="difference_explained_other_has_note",
                violation_error_message="Bij ‘iets anders’ hoort een toelichting.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.period}: {self.get_cause_display()}"
