from typing import Any

from municipalities import reference
from municipalities.models import Province
from supervision import demo, policies
from supervision.management.base import TredeCommand


class Command(TredeCommand):
    help = "Vult een lege database met de provincie Utrecht: gepubliceerde cijfers en voorbeeldcijfers."

    def handle(self, *args: Any, **options: Any) -> None:
        if not demo.is_empty():
            self.refuse("De database heeft al leveringen. `make demo-reset` begint opnieuw.")
        reference.load()
        policies.load_delivered()
        demo.load(province=Province.objects.get(code="PV26"), now=self.now())
        self.stdout.write("Demo geladen. Inloggen kan als (wachtwoord voor allen: trede-demo):")
        for role in demo.PEOPLE:
            self.stdout.write(f"  {role.value}")
