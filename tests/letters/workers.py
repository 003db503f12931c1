"""Workers of their own, as processes that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.conf import settings

from tests.supervision.test_workbooks_at_once import database_url

PROGRAM = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from letters.actions import batch_items

def lay_out(sheets):
    name = sheets.letter.partition("<title>")[2].partition("</title>")[0]
    print(name, flush=True)
    if sys.argv[1] and sys.argv[1] in name:
        time.sleep(60)
    time.sleep(float(sys.argv[2]))
    return b"%PDF of a test"

batch_items.laid_out = lay_out
call_command("worker", batch=True, interval=0.1, startup_delay=False, reload=False, verbosity=0)
"""


def worker(*, hangs_at: str = "", seconds_a_letter: float = 0) -> AbstractContextManager[subprocess.Popen[str]]:
    """Prints the title of each letter instead of laying it out; ends when there is nothing left to do."""
    return _process("-c", PROGRAM, hangs_at, str(seconds_a_letter))


def a_real_worker() -> AbstractContextManager[subprocess.Popen[str]]:
    """As on a server, but that it ends when there is nothing left to do."""
    options = ("--batch", "--interval=0.2", "--no-startup-delay", "--no-reload", "--verbosity=0")
    return _process("manage.py", "worker", *options)


@contextmanager
def _process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Killed at the end of the block, if it goes on."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "ibt.settings"}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)
        assert process.stdout is not None
        process.stdout.close()


def printed(process: subprocess.Popen[str]) -> list[str]:
    """All that it laid out, once it has ended."""
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return told.splitlines()
