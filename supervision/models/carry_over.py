"""What the opening of a municipality after a herindeling was made up of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from municipalities.models import Municipality
from supervision.models.ledger import MOST_PERSONS, Figure


class CarriedOver(models.Model):
    """What one municipality brought to the opening of another that it went into.

    `figure` is that opening: the persons of its parts add up to it. Where the municipality itself went on, its own
    share is a part as well. `end` is the achterstand at the end of the part's last half-year as it was known then;
    NULL where it was not, and then `document` says who told.
    """

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="parts", verbose_name="beginstand")
    from_municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="van gemeente")
    persons = models.IntegerField("overgenomen personen", help_text="Een voorsprong is negatief.")
    end = models.IntegerField("achterstand aan het eind", null=True, blank=True, help_text="Leeg: toen niet bekend.")
    document = models.CharField("document", max_length=200, blank=True)

    objects: ClassVar[models.Manager[CarriedOver]] = ScopedManager(province="figure__delivery__province")

    class Meta:
        verbose_name = "overgenomen achterstand"
        verbose_name_plural = "overgenomen achterstanden"
        ordering = ["figure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "from_municipality"],
                name="carried_over_once",
                violation_error_message="Deze gemeente staat al in deze beginstand.",
            ),
            models.CheckConstraint(
                condition=Q(persons__range=(-MOST_PERSONS, MOST_PERSONS)),
                name="carried_over_persons_in_range",
                violation_error_message=f"Een cijfer is hoogstens {MOST_PERSONS} personen.",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=False) | ~Q(document=""),
                name="carried_over_end_or_document",
                violation_error_message="Waar het eind niet bekend is, hoort een document bij.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_municipality_id}: {self.persons} (cijfer {self.figure_id})"
