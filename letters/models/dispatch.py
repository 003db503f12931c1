"""The register of what was sent: to whom, how, when, by whom, and whether it was received."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from letters.models.letter import Letter


class Dispatch(models.Model):
    """One sending of a frozen letter with all its documents. `receipt_due`: a confirmation was asked for, by that day."""

    class To(models.TextChoices):
        COLLEGE = "college", "college van burgemeester en wethouders"
        RAAD = "raad", "gemeenteraad, via de griffie"
        SECRETARIAAT = "secretariaat", "secretariaat van de burgemeester"

    class Way(models.TextChoices):
        POST = "post", "post"
        E_MAIL = "e-mail", "e-mail"
        PORTAL = "portaal", "portaal of berichtenbox"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="dispatches", verbose_name="brief")
    to = models.CharField("aan", max_length=20, choices=To)
    way = models.CharField("hoe", max_length=10, choices=Way)
    address = models.CharField("adres", max_length=200, blank=True)
    sent_on = models.DateField("verzonden op")
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="verzonden door"
    )
    receipt_due = models.DateField("ontvangstbevestiging uiterlijk", null=True, blank=True)
    received_on = models.DateField("ontvangen op", null=True, blank=True)
    received_note = models.CharField("bevestigd door", max_length=200, blank=True)
    receipt_recorded_at = models.DateTimeField("ontvangst vastgelegd op", null=True, blank=True)
    receipt_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ontvangst vastgelegd door",
    )

    objects: ClassVar[models.Manager[Dispatch]] = ScopedManager(province="letter__province")

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "to", "sent_on"],
                name="dispatch_once_a_day",
                violation_error_message="Deze verzending staat al in het register.",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None, receipt_recorded_at=None, receipt_recorded_by=None)
                | Q(received_on__isnull=False, receipt_recorded_at__isnull=False, receipt_recorded_by__isnull=False),
                name="dispatch_receipt_recorded_by_somebody",
                violation_error_message="Een ontvangst is door iemand vastgelegd.",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("sent_on")),
                name="dispatch_received_after_sent",
                violation_error_message="Een brief wordt niet ontvangen voor zij is verzonden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} aan {self.to}"
