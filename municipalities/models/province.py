from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

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
