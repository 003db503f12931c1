from municipalities.models.municipality import (
    Municipality,
    MunicipalityAlias,
    Population,
    PostAddress,
    Succession,
)
from municipalities.models.province import Province
from municipalities.models.user import User

__all__ = [
    "Municipality",
    "MunicipalityAlias",
    "Population",
    "PostAddress",
    "Province",
    "Succession",
    "User",
]
