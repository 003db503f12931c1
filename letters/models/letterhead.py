from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from letters.case import Sender
from letters.fonts import validate_printable
from municipalities.models import Province

LONGEST_LINE = 60


class Letterhead(models.Model):
    """How the letters of a province look at their head and foot. A deployment fills it in; nothing here is a house style."""

    province = models.OneToOneField(
        Province, verbose_name="provincie", on_delete=models.PROTECT, related_name="letterhead"
    )
    organisation = models.CharField(
        "organisatie", max_length=40, validators=[validate_printable], help_text="Zoals Provincie Utrecht."
    )
    wordmark = models.TextField(
        "woordmerk",
        max_length=80,
        validators=[validate_printable],
        help_text="De naam linksboven op de brief: hoogstens drie regels, zoals Provincie en daaronder Utrecht.",
    )
    unit = models.TextField(
        "onderdeel",
        max_length=160,
        blank=True,
        validators=[validate_printable],
        help_text="Naast het woordmerk, hoogstens drie regels.",
    )
    post_line = models.CharField(
        "postbus of straat",
        max_length=30,
        blank=True,
        validators=[validate_printable],
        help_text="Zoals Postbus 80300.",
    )
    postcode_town = models.CharField(
        "postcode en plaats",
        max_length=30,
        blank=True,
        validators=[validate_printable],
        help_text="Zoals 3508 TH Utrecht.",
    )
    website = models.CharField(
        "website",
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(r"^[a-z0-9-]+(\.[a-z0-9-]+)+\Z", "Schrijf alleen de naam, zoals www.provincie.example.")
        ],
        help_text="Alleen de naam, zoals www.provincie.example.",
    )
    domain = models.CharField("domein of opgave", max_length=40, blank=True, validators=[validate_printable])
    team = models.CharField("team", max_length=40, blank=True, validators=[validate_printable])
    contact_name = models.CharField(
        "contactpersoon",
        max_length=LONGEST_LINE,
        blank=True,
        validators=[validate_printable],
        help_text="Voor wie een brief maakt en zelf geen naam, telefoonnummer of e-mailadres heeft opgegeven.",
    )
    phone = models.CharField("telefoonnummer", max_length=20, blank=True, validators=[validate_printable])
    email = models.EmailField("e-mailadres", max_length=LONGEST_LINE, blank=True, validators=[validate_printable])
    authority = models.CharField(
        "bestuursorgaan",
        max_length=LONGEST_LINE,
        validators=[validate_printable],
        help_text="Namens wie de brief gaat, zoals Gedeputeerde Staten van Utrecht.",
    )
    signatory_name = models.CharField(
        "naam van de ondertekenaar", max_length=LONGEST_LINE, blank=True, validators=[validate_printable]
    )
    signatory_function = models.CharField(
        "functie van de ondertekenaar", max_length=120, blank=True, validators=[validate_printable]
    )

    objects = ScopedManager(province="province")

    class Meta:
        verbose_name = "briefhoofd"
        verbose_name_plural = "briefhoofden"
        ordering = ["province"]
        constraints = [
            models.CheckConstraint(
                name="letterhead_says_who_writes",
                condition=~Q(organisation="") & ~Q(wordmark="") & ~Q(authority=""),
                violation_error_message="Een briefhoofd noemt de organisatie, het woordmerk en het bestuursorgaan.",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation

    def as_sender(self) -> Sender:
        return Sender(
            organisation=self.organisation,
            wordmark=_lines(self.wordmark),
            unit=_lines(self.unit),
            post_line=self.post_line,
            postcode_town=self.postcode_town,
            website=self.website,
            domain=self.domain,
            team=self.team,
            authority=self.authority,
            signatory_name=self.signatory_name,
            signatory_function=self.signatory_function,
        )


def plain_letterhead(province: Province) -> Letterhead:
    """What a province without a letterhead has until a beheerder fills it in; not saved."""
    return Letterhead(
        province=province,
        organisation=f"Provincie {province.name}",
        wordmark=f"Provincie\n{province.name}",
        unit="Interbestuurlijk toezicht\nHuisvesting vergunninghouders",
        authority=f"Gedeputeerde Staten van {province.name}",
    )


def _lines(written: str) -> tuple[str, ...]:
    """At most three: there is no room for more."""
    return tuple(line.strip() for line in written.splitlines() if line.strip())[:3]
