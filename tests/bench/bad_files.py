"""Files that would do harm, and the largest that are taken: what their answer takes at most, by page or by command."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from municipalities.models import User
from tests.supervision.answering import answers
from tests.supervision.bad_files import BAD, LARGE

MOST_SECONDS, MOST_MEGABYTES = 10, 300


def main() -> None:
    """On a database with the demo."""
    user = User.objects.get(username="toezichthouder")
    files = {called: (bad.name, bad.make()) for called, bad in {**BAD, **LARGE}.items()}
    print(f"Bad files (at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB):")
    with tempfile.TemporaryDirectory() as folder:
        told = answers(files, database=os.environ["DATABASE_URL"], username=user.username, folder=Path(folder))
    for called, answer in told.items():
        print(
            f"  {called:40} {answer.seconds:4.1f} s ({answer.processor_seconds:4.1f} s of processor)"
            f" {answer.megabytes:4.0f} MB"
        )
