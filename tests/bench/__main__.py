"""`python -m tests.bench`: every measurement, on a throw-away SQLite database."""

import os
import tempfile
from io import StringIO


def main() -> None:
    from django.core.management import call_command

    from tests.bench import bad_files, letter, pages, prognosis, workbooks

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=StringIO())
    letter.main()
    pages.main()
    prognosis.main()
    workbooks.main()
    bad_files.main()


if __name__ == "__main__":
    import tests.plugins.environment  # noqa: F401  (before Django reads its settings)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "ibt.settings"

        import django

        django.setup()
        main()
