from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from municipalities.models.municipality import Succession

PROVINCE_CODE = r"^PV[0-9]{2}\Z"


class Province(models.Model):
    """The supervisor, and the tenant: figures, letters and staff belong to one province."""

    code = models.CharField(
        "code",
        max_length=4,
        unique=True,
        validators=[RegexValidator(PROVINCE_CODE, "Een provinciecode is PV en twee cijfers.")],
        help_text="Zoals in TOOI, bijvoorbeeld PV26.",
        error_messages={"unique": "Er is al een provincie met deze code."},
    )
    name = models.CharField(
        "naam", max_length=40, unique=True, error_messages={"unique": "Er is al een provincie met deze naam."}
    )
    other_names = models.JSONField("andere namen", default=list, blank=True, help_text="Zoals Friesland voor Fryslân.")
    tooi_uri = models.URLField("TOOI-identificatie")
    one_person_decides = models.BooleanField(
        "één persoon mag besluiten",
        default=False,
        help_text="Wie een trede voorstelt, mag dan ook zelf besluiten; bij het besluit staat dat het zo is gegaan.",
    )

    class Meta:
        verbose_name = "provincie"
        verbose_name_plural = "provincies"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="province_code_form",
                condition=Q(code__regex=PROVINCE_CODE),
                violation_error_message="Een provinciecode is PV en twee cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def successions(self) -> tuple[Succession, ...]:
        """The herindelingen that its municipalities took part in, with whatever else came of the same parts; oldest first.

        Read once for each object of the province, so once for a page that asks for it in several places.
        """
        rows = apps.get_model("municipalities", "Succession").objects.all()
        came_here = rows.filter(to_municipality__province=self).order_by()
        rows = rows.filter(
            Q(from_municipality__province=self) | Q(from_municipality__in=came_here.values("from_municipality"))
        )
        return tuple(rows.select_related("from_municipality__province", "to_municipality").order_by("on", "pk"))
