"""What was proposed and decided: rows are added and closed, never changed.

A proposal is of one trede for one municipality and half-year, with what it rests on. It is closed exactly once: decided,
returned, withdrawn, or replaced by a newer one. A decision is a row of its own; one that is revised stays as it was, and
the new one refers to it. Who may take which step stands in `supervision.procedure`.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from municipalities.models import Municipality, Province
from supervision.models.fields import PeriodField
from supervision.models.policy import LadderPolicy

LONGEST_REASON = 1000


class Occasion(models.TextChoices):
    """When a trede is decided on: over the half-year, or within it, once the achterstand is gone."""

    PEILDATUM = "peildatum", "op de peildatum"
    INTERIM = "interim", "tussentijds"


class Proposal(models.Model):
    """A trede that somebody proposes, with the advice of that moment and all that it rests on.

    `basis` is written by `supervision.basis` and read by people: figures with the pks of their rows, sums, clauses and
    sentences. `fingerprint` is of what decides in it. `advice` is empty between peildata, when there is none yet.
    `outcome` stands beside the ladder ("verschoonbaar"); empty for what the ladder itself says.
    """

    class State(models.TextChoices):
        OPEN = "open", "voorgesteld"
        DECIDED = "decided", "vastgesteld"
        RETURNED = "returned", "teruggestuurd"
        WITHDRAWN = "withdrawn", "ingetrokken"
        REPLACED = "replaced", "vervangen"

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    occasion = models.CharField("wanneer", max_length=10, choices=Occasion, default=Occasion.PEILDATUM)
    holds_from = models.DateField("geldt vanaf")
    trede = models.PositiveSmallIntegerField("trede")
    outcome = models.CharField("uitkomst naast de ladder", max_length=60, blank=True)
    reason = models.CharField("reden", max_length=LONGEST_REASON, blank=True)
    advice = models.PositiveSmallIntegerField("geadviseerde trede", null=True, blank=True)
    policy = models.ForeignKey(LadderPolicy, models.PROTECT, verbose_name="beleidskader")
    basis = models.JSONField("grondslag")
    fingerprint = models.CharField("kenmerk van de grondslag", max_length=64)
    revises = models.ForeignKey(
        "Decision", models.PROTECT, null=True, blank=True, related_name="revisions", verbose_name="herziet"
    )
    proposed_at = models.DateTimeField("voorgesteld op")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="voorgesteld door"
    )
    state = models.CharField("stand", max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField("afgesloten op", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afgesloten door",
    )
    remark = models.CharField("opmerking bij terugsturen", max_length=LONGEST_REASON, blank=True)

    objects: ClassVar[models.Manager[Proposal]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["province", "period"], name="proposal_of_half_year"),
            models.Index(fields=["municipality", "period"], name="proposal_of_municipality"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period", "occasion"],
                condition=Q(state="open"),
                name="proposal_one_open",
                violation_error_message="Over deze gemeente en dit halfjaar ligt al een voorstel.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(advice__isnull=False, advice=F("trede"), outcome="", revises=None),
                name="proposal_departure_has_reason",
                violation_error_message="Wie afwijkt van het advies of een besluit herziet, geeft een reden.",
            ),
            models.CheckConstraint(
                condition=Q(occasion="peildatum", advice__isnull=False) | Q(occasion="interim", advice=None),
                name="proposal_advice_on_peildatum",
                violation_error_message="Een advies is er op de peildatum, en niet ervoor.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="proposal_closed_at_with_by",
                violation_error_message="Een afgesloten voorstel heeft een moment en een persoon.",
            ),
            models.CheckConstraint(
                condition=(Q(state="returned") & ~Q(remark="")) | (~Q(state="returned") & Q(remark="")),
                name="proposal_returned_with_remark",
                violation_error_message="Bij terugsturen hoort een opmerking.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "decided", "returned", "withdrawn", "replaced"]),
                name="proposal_state_known",
                violation_error_message="Deze stand van een voorstel bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(trede__gte=1),
                name="proposal_trede_at_least_1",
                violation_error_message="Een trede is minstens 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.period}: trede {self.trede}"

    @property
    def departs(self) -> bool:
        """Whether it departs from the advice; between peildata there is none to depart from."""
        return self.advice is not None and (self.trede != self.advice or bool(self.outcome))


class Decision(models.Model):
    """A proposal that was decided. What decides is copied here, so that the database can hold it to its rules.

    `alone`: decided by whoever proposed it, which the province must have allowed. `replaces` is the decision that this
    one revised; that one then has `revised_at`, and is no longer in force.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="decision", verbose_name="voorstel")
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provincie")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    period = PeriodField("halfjaar")
    occasion = models.CharField("wanneer", max_length=10, choices=Occasion)
    holds_from = models.DateField("geldt vanaf")
    trede = models.PositiveSmallIntegerField("trede")
    outcome = models.CharField("uitkomst naast de ladder", max_length=60, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="voorgesteld door"
    )
    decided_at = models.DateTimeField("vastgesteld op")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgesteld door"
    )
    alone = models.BooleanField("door één persoon", default=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="vervangt"
    )
    revised_at = models.DateTimeField("herzien op", null=True, blank=True)
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="herzien door",
    )

    objects: ClassVar[models.Manager[Decision]] = ScopedManager(province="province")

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period", "occasion"],
                condition=Q(revised_at=None),
                name="decision_one_in_force",
                violation_error_message="Over deze gemeente en dit halfjaar is al een besluit.",
            ),
            models.CheckConstraint(
                condition=Q(alone=True, decided_by=F("proposed_by"))
                | (Q(alone=False) & ~Q(decided_by=F("proposed_by"))),
                name="decision_by_another",
                violation_error_message="Wie voorstelt, besluit niet zelf, tenzij het besluit zegt dat dat zo is.",
            ),
            models.CheckConstraint(
                condition=Q(revised_at=None, revised_by=None) | Q(revised_at__isnull=False, revised_by__isnull=False),
                name="decision_revised_at_with_by",
                violation_error_message="Een herziening heeft een moment en een persoon.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="decision_replaces_another",
                violation_error_message="Een besluit vervangt niet zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.period}: trede {self.trede}"
