from typing import Any

from django.db import transaction
from django_scopes import scope

from letters.models import Letterhead, Signatory
from municipalities import reference
from municipalities.models import Province
from supervision import demo, policies
from supervision.management.base import TredeCommand


class Command(TredeCommand):
    help = "Vult een lege database met de provincie Utrecht: gepubliceerde cijfers en voorbeeldcijfers."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not demo.is_empty():
            self.refuse("De database heeft al cijfers of mensen; de demo is voor een lege. Zie make demo-reset.")
        reference.load()
        policies.load_delivered()
        province = Province.objects.get(code="PV26")
        demo.load(province=province, now=self.now())
        _make_letterhead(province)
        self.stdout.write(f"De demo staat klaar. Inloggen kan met het wachtwoord {demo.PASSWORD} als:")
        for role in demo.PEOPLE:
            self.stdout.write(f"  {role.value}")


def _make_letterhead(province: Province) -> None:
    """The addresses are the province's published ones; the people are invented."""
    with scope(province=province):
        letterhead = Letterhead.objects.create(
            province=province,
            organisation="Provincie Utrecht",
            wordmark="Provincie\nUtrecht",
            unit="Interbestuurlijk toezicht\nHuisvesting vergunninghouders",
            post_line="Postbus 80300",
            postcode_town="3508 TH Utrecht",
            website="www.provincie-utrecht.nl",
            domain="BDO",
            team="BEI",
            contact_name="de heer of mevrouw Voorbeeld",
            phone="030 000 00 00",
            email="toezicht@provincie.example",
            authority="Gedeputeerde Staten van Utrecht",
        )
        Signatory.objects.create(
            letterhead=letterhead,
            role="gedeputeerde",
            name="de heer of mevrouw Voorbeeld",
            function="gedeputeerde Interbestuurlijk toezicht huisvesting vergunninghouders",
        )
