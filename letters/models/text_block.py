"""The words of a province, laid over the delivered ones: a change is a next version, and the last one holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from letters.words.blocks import Block, Fact, Role, Table, When
from letters.words.case import Direction
from municipalities.models import Province
from supervision.models.fields import PeriodField

LONGEST_HEADING = 120
LONGEST_WORDS = 10_000


def _choices(values: type[Direction] | type[Fact]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]


class TextBlock(models.Model):
    """One version of a block of a kind of letter; `is_gone`: from this version on the province does not use it.

    `kind` is the slug of a kind in `letters.words.kinds`. Blocks of a kind hold in the kinds that have it as their base too.
    `follows_base`: from this version on the kind has what its base has; the words are those of the base at that moment.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    kind = models.CharField("soort brief", max_length=40)
    slug = models.SlugField("kenmerk", max_length=60)
    version = models.PositiveIntegerField("versie")
    label = models.CharField("naam", max_length=60)
    position = models.PositiveIntegerField("plaats")
    role = models.CharField("rol", max_length=10, default=Role.BODY.value)
    heading = models.CharField("kop", max_length=LONGEST_HEADING, blank=True)
    text = models.TextField("tekst", max_length=LONGEST_WORDS, blank=True)
    table = models.CharField("tabel", max_length=10, blank=True, default=Table.NONE.value)
    period = PeriodField("halfjaar", null=True, blank=True)  # type: ignore[misc]
    trede = models.PositiveSmallIntegerField("trede", null=True, blank=True)
    trede_name = models.CharField("naam van de trede", max_length=100, blank=True)
    direction = models.CharField("richting", max_length=20, blank=True, choices=_choices(Direction))
    fact = models.CharField("feit", max_length=40, blank=True, choices=_choices(Fact))
    is_key = models.BooleanField("vet", default=False)
    is_whole = models.BooleanField("op één bladzijde", default=False)
    is_gone = models.BooleanField("niet gebruikt", default=False)
    follows_base = models.BooleanField("volgt weer de basis", default=False)
    written_at = models.DateTimeField("geschreven op")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="geschreven door"
    )

    objects: ClassVar[models.Manager[TextBlock]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "tekstblok"
        verbose_name_plural = "tekstblokken"
        ordering = ["kind", "position", "slug", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "kind", "slug", "version"],
                name="text_block_version_once",
                violation_error_message="Van dit tekstblok is er al een nieuwere versie.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="text_block_version_from_1",
                violation_error_message="Een eigen versie is minstens 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def as_block(self) -> Block:
        return Block(
            slug=self.slug,
            label=self.label,
            position=self.position,
            role=Role(self.role),
            heading=self.heading,
            text=self.text,
            table=Table(self.table),
            when=When(
                period=self.period,
                trede=self.trede,
                trede_name=self.trede_name,
                direction=Direction(self.direction) if self.direction else None,
                fact=Fact(self.fact) if self.fact else None,
            ),
            is_key=self.is_key,
            is_whole=self.is_whole,
            version=self.version,
        )
