from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from letters.looks.colours import ColourRefused, check_colour
from letters.looks.fonts import validate_printable
from letters.looks.pictures import name_of
from letters.words.case import Sender
from municipalities.models import Province
from supervision.rules.dutch import long_date

LONGEST_LINE = 60
LONGEST_FOOTER = 90
MOST_DAYS = 365


def validate_colour(colour: str) -> None:
    try:
        check_colour(colour)
    except ColourRefused as refused:
        raise ValidationError(str(refused), code="colour") from refused


def _days(label: str, days: int, told: str) -> "models.PositiveSmallIntegerField[int, int]":
    """Days after a dispatch; at least one, for nothing is due on the day that it is asked."""
    validators = [
        MinValueValidator(1, "Vul ten minste 1 dag in."),
        MaxValueValidator(MOST_DAYS, f"Vul hoogstens {MOST_DAYS} dagen in."),
    ]
    return models.PositiveSmallIntegerField(label, default=days, validators=validators, help_text=told)


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
    # As `letters.looks.pictures` keeps it; empty where the wordmark stands.
    logo = models.BinaryField("logo", default=bytes, blank=True)
    accent = models.CharField(
        "kleur",
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text="Van het woordmerk, de lijn erboven en de koppen, zoals #1a4f7a. Leeg: zwart.",
    )
    footer = models.CharField(
        "voetregel",
        max_length=LONGEST_FOOTER,
        blank=True,
        validators=[validate_printable],
        help_text="Eén regel onder aan elke bladzijde, naast het nummer.",
    )
    bijlage_in_one_file = models.BooleanField(
        "bijlage in hetzelfde bestand",
        default=True,
        help_text="Uit: de brief en de bijlage gaan als twee bestanden, altijd samen.",
    )
    afschrift_days = _days(
        "dagen tot het afschrift", 10, "Na de verzending van de brief gaat het afschrift naar de raad."
    )
    receipt_days = _days("dagen tot de ontvangstbevestiging", 14, "Na een verzending waarbij daarom is gevraagd.")

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
            models.CheckConstraint(
                name="letterhead_accent_form",
                condition=Q(accent="") | Q(accent__regex=r"^#[0-9A-Fa-f]{6}\Z"),
                violation_error_message="Schrijf een kleur als #1a4f7a.",
            ),
            models.CheckConstraint(
                name="letterhead_days_within_a_year",
                condition=Q(afschrift_days__range=(1, MOST_DAYS), receipt_days__range=(1, MOST_DAYS)),
                violation_error_message=f"Een termijn is ten minste 1 en hoogstens {MOST_DAYS} dagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation

    def as_sender(self, *, on: date | None = None, signatory: int | None = None) -> Sender:
        """As it stands on a letter of this day, signed by the one with this key or else by the usual one; without a day
        it is of a document that nobody signs. Nobody is named who may not sign that day."""
        signs = self.who_signs(on=on, signatory=signatory) if on else None
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
            logo=name_of(bytes(self.logo)),
            accent=self.accent,
            footer=self.footer,
            signatory_name=signs.name if signs else "",
            signatory_function=signs.function if signs else "",
            mandate=signs.mandate if signs else "",
            signature=name_of(bytes(signs.signature)) if signs else "",
        )

    @property
    def all_signatories(self) -> "tuple[Signatory, ...]":
        """In their order; one that is not saved has none."""
        return tuple(self.signatories.all()) if self.pk else ()

    def who_signs(self, *, on: date, signatory: int | None = None) -> "Signatory | None":
        """Of those who may sign a letter of this day: the one asked for, or else the first."""
        may_sign = [each for each in self.all_signatories if not each.why_not(on=on)]
        return next((each for each in may_sign if signatory in (None, each.pk)), None)

    @property
    def pictures(self) -> dict[str, bytes]:
        """Every picture that a document on this letterhead may ask for, by its name."""
        kept = [self.logo, *(each.signature for each in self.all_signatories)]
        return {name_of(bytes(picture)): bytes(picture) for picture in kept if picture}


class Signatory(models.Model):
    """Who signs for the province, in which role and from when until when. Who left stays: old letters have the name."""

    letterhead = models.ForeignKey(
        Letterhead, verbose_name="briefhoofd", on_delete=models.PROTECT, related_name="signatories"
    )
    position = models.PositiveSmallIntegerField(
        "volgorde",
        default=1,
        help_text="Wie het laagste getal heeft en op de datum van de brief mag ondertekenen, ondertekent.",
    )
    role = models.CharField(
        "rol", max_length=40, blank=True, validators=[validate_printable], help_text="Zoals gedeputeerde of teamleider."
    )
    name = models.CharField(
        "naam",
        max_length=LONGEST_LINE,
        blank=True,
        validators=[validate_printable],
        help_text="Leeg zolang de naam niet bekend is: de brief vraagt er dan om.",
    )
    function = models.CharField(
        "functie",
        max_length=120,
        blank=True,
        validators=[validate_printable],
        help_text="Zoals zij onder de naam staat.",
    )
    mandate = models.CharField(
        "mandaat",
        max_length=LONGEST_LINE,
        blank=True,
        validators=[validate_printable],
        help_text="De regel onder het bestuursorgaan. Leeg: namens hen,",
    )
    starts_on = models.DateField("vanaf", null=True, blank=True, help_text="Leeg: altijd al.")
    ends_on = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: tot nader order.")
    signature = models.BinaryField("handtekening", default=bytes, blank=True)

    objects = ScopedManager(province="letterhead__province")

    class Meta:
        verbose_name = "ondertekenaar"
        verbose_name_plural = "ondertekenaars"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="signatory_has_name_or_function",
                condition=~Q(name="", function=""),
                violation_error_message="Een ondertekenaar heeft een naam of een functie.",
            ),
            models.CheckConstraint(
                name="signatory_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De laatste dag ligt vóór de eerste.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.role or self.function) if part)

    def why_not(self, *, on: date) -> str:
        """One Dutch sentence: why this one cannot sign a letter of this day; empty where they can."""
        if self.ends_on and on > self.ends_on:
            until = long_date(self.ends_on)
            return f"{self} ondertekende tot en met {until} en kan een brief van {long_date(on)} niet ondertekenen."
        if self.starts_on and on < self.starts_on:
            first = long_date(self.starts_on)
            return f"{self} ondertekent vanaf {first} en kan een brief van {long_date(on)} niet ondertekenen."
        return ""


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
