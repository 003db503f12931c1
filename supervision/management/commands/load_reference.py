from typing import Any

from municipalities import reference
from supervision import policies
from supervision.management.base import TredeCommand


class Command(TredeCommand):
    help = "Laadt provincies, gemeenten en de meegeleverde beleidskaders; nog eens verandert niets."

    def handle(self, *args: Any, **options: Any) -> None:
        reference.load()
        added = policies.load_delivered()
        self.stdout.write(f"Referentiegegevens geladen; {added} beleidskader(s) toegevoegd.")
