"""Bring the database up to date: tables, the shared cache, reference data. One process, for starting Django is most of the time.

prepare.py           for a real site
prepare.py --demo    and the demo when the database is empty
prepare.py --reset   wipe a demo and load it again
"""

import os
import sys
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command

DEMO_USERS = {"lezer", "toezichthouder", "vaststeller", "beheerder"}


def usernames() -> set[str]:
    return set(get_user_model().objects.values_list("username", flat=True))


def main(arguments: list[str]) -> int:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if "--reset" in arguments:
        if strangers := usernames() - DEMO_USERS:
            print(
                f"Hier werken ook anderen dan in de demo ({', '.join(sorted(strangers))}): er wordt niets gewist.",
                file=sys.stderr,
            )
            return 1
        call_command("flush", interactive=False, verbosity=0)
    call_command("load_reference")
    if {"--demo", "--reset"} & set(arguments):
        if not usernames():
            call_command("demo")
        elif usernames() >= DEMO_USERS:
            print("Aanmelden in de demo: lezer, toezichthouder, vaststeller of beheerder; wachtwoord trede-demo")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ibt.settings")
    django.setup()
    sys.exit(main(sys.argv[1:]))
