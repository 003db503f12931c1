"""The municipalities of the country since 2014, and what is known of each."""

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from municipalities.models.province import Province

MUNICIPALITY_CODE = r"^GM[0-9]{4}\Z"
POSTCODE = r"^[1-9][0-9]{3} [A-Z]{2}\Z"


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def existing(self, *, on: datetime.date) -> "MunicipalityQuerySet":
        """Those that are there on this day (from 2014 on; see `Municipality.valid_from`)."""
        return self.existing_within(start=on, end=on + datetime.timedelta(days=1))

    def existing_within(self, *, start: datetime.date, end: datetime.date) -> "MunicipalityQuerySet":
        """Those that are there on at least one day from `start` up to, not including, `end`."""
        begun = Q(valid_from=None) | Q(valid_from__lt=end)
        still_there = Q(valid_to=None) | Q(valid_to__gt=start)
        return self.filter(begun & still_there)


class Municipality(models.Model):
    """A municipality under one CBS code: one that gets another code or merges becomes another.

    Its place on the tile map of the province is only there for the municipalities of today.
    """

    code = models.CharField(
        "CBS-code",
        max_length=6,
        unique=True,
        validators=[RegexValidator(MUNICIPALITY_CODE, "Een gemeentecode is GM en vier cijfers.")],
        help_text="GM en vier cijfers, bijvoorbeeld GM0344.",
        error_messages={"unique": "Er is al een gemeente met deze code."},
    )
    name = models.CharField("naam", max_length=60)
    province = models.ForeignKey(
        Province, verbose_name="provincie", on_delete=models.PROTECT, related_name="municipalities"
    )
    valid_from = models.DateField("bestaat sinds", null=True, blank=True, help_text="Leeg: al vóór 2014.")
    valid_to = models.DateField(
        "opgeheven per",
        null=True,
        blank=True,
        help_text="De eerste dag waarop de gemeente niet meer bestaat. Leeg: bestaat nog.",
    )
    tooi_uri = models.URLField("TOOI-identificatie")
    tile_column = models.PositiveSmallIntegerField("kolom op de tegelkaart", null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("rij op de tegelkaart", null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                name="municipality_code_form",
                condition=Q(code__regex=MUNICIPALITY_CODE),
                violation_error_message="Een gemeentecode is GM en vier cijfers.",
            ),
            models.CheckConstraint(
                name="municipality_from_before_to",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                violation_error_message="Een gemeente kan niet zijn opgeheven voordat zij bestond.",
            ),
            models.CheckConstraint(
                name="municipality_tile_whole",
                condition=Q(tile_column=None, tile_row=None) | Q(tile_column__isnull=False, tile_row__isnull=False),
                violation_error_message="Een plaats op de tegelkaart heeft een kolom én een rij.",
            ),
            models.UniqueConstraint(
                name="municipality_tile_unique",
                fields=["province", "tile_column", "tile_row"],
                violation_error_message="Op deze plaats van de tegelkaart staat al een gemeente.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: datetime.date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and not self.has_ended_by(day)

    def exists_within(self, *, start: datetime.date, end: datetime.date) -> bool:
        """On at least one day from `start` up to, not including, `end`."""
        begun = self.valid_from is None or self.valid_from < end
        return begun and not self.has_ended_by(start)

    def has_ended_by(self, day: datetime.date) -> bool:
        return self.valid_to is not None and self.valid_to <= day


class MunicipalityAlias(models.Model):
    """Another writing of the name, as it occurs in spreadsheets. Two municipalities may share one."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="aliases"
    )
    alias = models.CharField("schrijfwijze", max_length=80)
    key = models.CharField(
        "sleutel",
        max_length=80,
        db_index=True,
        help_text="De schrijfwijze zonder hoofdletters, accenten en leestekens.",
    )

    class Meta:
        verbose_name = "schrijfwijze"
        verbose_name_plural = "schrijfwijzen"
        ordering = ["alias"]
        constraints = [
            models.UniqueConstraint(
                name="alias_once_per_municipality",
                fields=["municipality", "key"],
                violation_error_message="Deze schrijfwijze is bij deze gemeente al bekend.",
            ),
            models.CheckConstraint(
                name="alias_key_filled",
                condition=~Q(key=""),
                violation_error_message="Een schrijfwijze heeft ten minste één letter of cijfer.",
            ),
        ]

    def __str__(self) -> str:
        return self.alias


class Population(models.Model):
    """Inhabitants on a day; the taakstelling is divided over the municipalities by it."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="populations"
    )
    on = models.DateField("op")
    persons = models.PositiveIntegerField("inwoners")

    class Meta:
        verbose_name = "inwonertal"
        verbose_name_plural = "inwonertallen"
        ordering = ["municipality", "on"]
        constraints = [
            models.UniqueConstraint(
                name="population_once_per_day",
                fields=["municipality", "on"],
                violation_error_message="Voor deze gemeente en dag is er al een inwonertal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.persons} op {self.on:%d-%m-%Y}"


class Succession(models.Model):
    """A herindeling: what became of (part of) a municipality."""

    class Kind(models.TextChoices):
        SAMENVOEGING = "samenvoeging", "samenvoeging"
        SPLITSING = "splitsing", "splitsing"
        NAAMSWIJZIGING = "naamswijziging", "naamswijziging"
        # A part moves; the municipality that it comes from stays.
        GRENSCORRECTIE = "grenscorrectie", "grenscorrectie"

    on = models.DateField("per")
    from_municipality = models.ForeignKey(
        Municipality, verbose_name="van", on_delete=models.PROTECT, related_name="successions"
    )
    to_municipality = models.ForeignKey(
        Municipality, verbose_name="naar", on_delete=models.PROTECT, related_name="predecessions"
    )
    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    note = models.CharField("toelichting", max_length=200, blank=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["on", "from_municipality", "to_municipality"]
        constraints = [
            models.UniqueConstraint(
                name="succession_once",
                fields=["on", "from_municipality", "to_municipality"],
                violation_error_message="Deze herindeling is al bekend.",
            ),
            models.CheckConstraint(
                name="succession_between_two",
                condition=~Q(from_municipality=F("to_municipality")),
                violation_error_message="Een herindeling gaat van de ene naar een andere gemeente.",
            ),
            models.CheckConstraint(
                name="succession_kind_known",
                condition=Q(kind__in=["samenvoeging", "splitsing", "naamswijziging", "grenscorrectie"]),
                violation_error_message="Kies een soort herindeling uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_municipality} → {self.to_municipality} per {self.on:%d-%m-%Y}"


class PostAddress(models.Model):
    """Where a letter to the college goes.

    An address that a beheerder corrected is theirs: loading the reference data leaves it alone.
    """

    municipality = models.OneToOneField(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="post_address"
    )
    line = models.CharField("postbus of straat", max_length=80)
    postcode = models.CharField(
        "postcode",
        max_length=7,
        validators=[RegexValidator(POSTCODE, "Schrijf de postcode als 3500 CE.")],
        help_text="Met een spatie: 3500 CE.",
    )
    town = models.CharField("plaats", max_length=40)
    corrected_at = models.DateTimeField("verbeterd op", null=True, blank=True, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="verbeterd door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "postadres"
        verbose_name_plural = "postadressen"
        ordering = ["municipality"]
        constraints = [
            models.CheckConstraint(
                name="post_address_postcode_form",
                condition=Q(postcode__regex=POSTCODE),
                violation_error_message="Schrijf de postcode als 3500 CE.",
            ),
            models.CheckConstraint(
                name="post_address_corrected_at_by",
                condition=Q(corrected_at=None, corrected_by=None)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
                violation_error_message="Bij een verbetering hoort wie haar deed, en wanneer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.postcode} {self.town}"
