"""`python -m tests.bench`: every measurement, on a throw-away SQLite database."""

import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ibt.settings"

    import tests.plugins.environment  # noqa: F401  (before Django reads its settings)

    import django

    django.setup()

    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from tests.bench import pages

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", verbosity=0, stdout=open(os.devnull, "w"))
    pages.main()
