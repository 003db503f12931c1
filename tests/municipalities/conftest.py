import pytest
from django_scopes import scopes_disabled

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession
from supervision.models import LadderPolicy


@pytest.fixture
def no_reference(db):
    """A database as after the migrations, without provinces and municipalities."""
    with scopes_disabled():
        for model in (LadderPolicy, PostAddress, Succession, Population, MunicipalityAlias, Municipality, Province):
            model.objects.all().delete()
