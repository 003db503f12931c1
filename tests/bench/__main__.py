"""`python -m tests.bench [NAME ...]`: every measurement, or those named, on throw-away databases.

On SQLite; on the PostgreSQL server in TEST_DATABASE_URL where that is given.
"""

import os
import sys
from importlib import import_module
from io import StringIO

MEASUREMENTS = ("letter", "preview", "pages", "prognosis", "workbooks", "bad_files", "batch", "years")


def main(names: list[str]) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=StringIO())
    for name in names:
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    import tests.plugins.environment  # noqa: F401  (before Django reads its settings)
    from tests.bench.databases import throw_away

    asked = sys.argv[1:] or list(MEASUREMENTS)
    if unknown := set(asked) - set(MEASUREMENTS):
        sys.exit(f"No measurement is called {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}.")
    with throw_away("demo") as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "ibt.settings"

        import django

        django.setup()
        main(asked)
