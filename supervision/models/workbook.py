"""Workbooks on their way into the ledger, and what was learnt about their layouts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from municipalities.models import Province
from supervision.models.fields import PeriodField
from supervision.models.ledger import Delivery

SHA256 = r"^[0-9a-f]{64}\Z"


class WorkbookImport(models.Model):
    """A workbook that somebody gave: to be looked at, and then confirmed or put aside.

    It waits as long as they like. Confirmed, it stays with its delivery as the source of each
    figure; put aside, its content goes. `mapping` says how the sheet is read; None: as proposed.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    name = models.CharField("bestandsnaam", max_length=200)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    given_at = models.DateTimeField("aangeleverd op")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="aangeleverd door"
    )
    period = PeriodField("halfjaar")
    as_of = models.DateField("stand van")
    mapping = models.JSONField("indeling", null=True, blank=True)
    delivery = models.OneToOneField(
        Delivery, models.PROTECT, null=True, blank=True, related_name="workbook", verbose_name="levering"
    )
    set_aside_at = models.DateTimeField("weggelegd op", null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="weggelegd door",
    )

    objects: ClassVar[models.Manager[WorkbookImport]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "ingelezen werkboek"
        verbose_name_plural = "ingelezen werkboeken"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="workbook_import_sha256_form",
                violation_error_message="Een SHA-256 heeft 64 hexadecimale tekens.",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by=None)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False),
                name="workbook_import_set_aside_at_with_by",
                violation_error_message="Wegleggen heeft een moment en een persoon.",
            ),
            models.CheckConstraint(
                condition=Q(delivery=None) | Q(set_aside_at=None),
                name="workbook_import_confirmed_or_set_aside",
                violation_error_message="Een bevestigd werkboek kan niet zijn weggelegd.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.delivery_id is None and self.set_aside_at is None


class LayoutProfile(models.Model):
    """How workbooks with these headers were read the last time that it worked."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    fingerprint = models.CharField("kenmerk van de koppen", max_length=64)
    name = models.CharField("naam", max_length=200, help_text="Het bestand waarmee de indeling het laatst werkte.")
    mapping = models.JSONField("indeling")
    used_at = models.DateTimeField("laatst gebruikt op")
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="laatst gebruikt door"
    )

    objects: ClassVar[models.Manager[LayoutProfile]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "indeling van werkboeken"
        verbose_name_plural = "indelingen van werkboeken"
        ordering = ["-used_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "fingerprint"],
                name="layout_profile_once_a_province",
                violation_error_message="Deze indeling is al bekend.",
            )
        ]

    def __str__(self) -> str:
        return self.name
