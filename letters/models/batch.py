"""Concepts made for many municipalities at once, by workers in the background.

There is no state "busy": who works on an item holds its row (on PostgreSQL) and writes what came of it. A worker that is
killed leaves the item as it was, to be done.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from municipalities.models import Municipality, Province
from supervision.models.fields import PeriodField


class Batch(models.Model):
    """One press of the button. Of a province and half-year at most one is at work."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    period = PeriodField("halfjaar")
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    objects: ClassVar[models.Manager[Batch]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "period"],
                condition=Q(finished_at=None),
                name="batch_one_at_work",
                violation_error_message="Voor dit halfjaar worden al concepten gemaakt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.asked_at}"


class BatchItem(models.Model):
    """One municipality of a batch. `reason` is a Dutch sentence: why it failed, or was left alone.

    `added_by` is who asked for it while the batch was at work already, NULL for who asked for the batch. `attempts` is how
    often somebody began on it: more than once where a worker was killed.
    """

    class State(models.TextChoices):
        TO_DO = "todo", "wacht"
        DONE = "done", "klaar"
        LEFT_ALONE = "left", "overgeslagen"
        FAILED = "failed", "mislukt"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", verbose_name="opdracht")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="toegevoegd door",
    )
    state = models.CharField("stand", max_length=6, choices=State, default=State.TO_DO)
    reason = models.CharField("reden", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    ended_at = models.DateTimeField("klaar op", null=True, blank=True)

    objects: ClassVar[models.Manager[BatchItem]] = ScopedManager(province="batch__province")

    class Meta:
        verbose_name = "deel van een opdracht"
        verbose_name_plural = "delen van opdrachten"
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "municipality"],
                name="batch_item_once",
                violation_error_message="Deze gemeente staat al in de opdracht.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["todo", "done", "left", "failed"]),
                name="batch_item_state_known",
                violation_error_message="Deze stand bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.state}"
