from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q, QuerySet

from municipalities.models.province import Province
from municipalities.rights import RIGHTS, Right, Role


class StaffManager(UserManager["User"]):
    """Each request needs the province of its user: fetched with the user, in one query."""

    use_in_migrations = False

    def get_queryset(self) -> QuerySet["User"]:
        return super().get_queryset().select_related("province")


class User(AbstractUser):
    """A member of a province's staff with one role, or a technical administrator with neither."""

    province = models.ForeignKey(
        Province,
        verbose_name="provincie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        help_text="Leeg alleen voor de technisch beheerder van de site.",
    )
    role = models.CharField("rol", max_length=20, choices=Role.choices, blank=True)
    phone = models.CharField("telefoonnummer", max_length=20, blank=True, help_text="Komt in de brief.")

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.CheckConstraint(
                name="user_role_known",
                condition=Q(role__in=["", "lezer", "toezichthouder", "vaststeller", "beheerder"]),
                violation_error_message="Kies een rol uit de lijst.",
            ),
            models.CheckConstraint(
                name="user_province_with_role",
                condition=Q(province=None, role="") | (Q(province__isnull=False) & ~Q(role="")),
                violation_error_message="Een medewerker heeft een provincie én een rol, of geen van beide.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def may(self, right: Right) -> bool:
        """Whether the role gives this right, within the own province. A superuser without a role has none."""
        return bool(self.role) and right in RIGHTS[Role(self.role)]
