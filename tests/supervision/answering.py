"""How files are answered, by the page and by the command, each in a process of its own that is measured.

`python -m tests.supervision.answering FOLDER USERNAME` answers every file of a folder and prints a line of json for each.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tests.plugins.environment
from supervision.coa.package import MEGABYTE

NOTHING = {"seconds": 0, "processor_seconds": 0, "megabytes": 0}
ROOT = Path(__file__).parents[2]
GIVE = "/2022-1/cijfers/werkboek/"


@dataclass(frozen=True)
class Answer:
    """What the page and the command said, their statuses, what it took at most, and the files that were left behind."""

    page: str
    status: int
    command: str
    exit: int
    seconds: float
    processor_seconds: float
    megabytes: float
    left: list[str]


def answers(files: Mapping[str, tuple[str, bytes]], *, database: str, username: str, folder: Path) -> dict[str, Answer]:
    """Of files as (name, bytes), by what they are called here."""
    for index, (name, content) in enumerate(files.values()):
        (folder / str(index)).mkdir(parents=True)
        (folder / str(index) / name).write_bytes(content)
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "ibt.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.supervision.answering", str(folder), username],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {called: Answer(**answer) for called, answer in zip(files, told, strict=True)}


# -- in the process -----------------------------------------------------------


def main(folder: Path, username: str) -> None:
    import django

    django.setup()
    tests.plugins.environment.pytest_configure()
    from django.db import connections
    from django.test import Client
    from django.test.utils import setup_test_environment

    from municipalities.models import User

    # So that a response tells what its page was made of.
    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get(username=username))
    # What a first request loads is not what the file costs.
    client.post(GIVE)
    temporary = folder / "temporary"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    for index in sorted((each for each in folder.iterdir() if each.name.isdigit()), key=lambda each: int(each.name)):
        [path] = index.iterdir()
        # A connection is of one process.
        connections.close_all()
        child = os.fork()
        if not child:
            os.chdir(temporary)
            try:
                told = answered(client, path)
            except BaseException:
                told = {"page": traceback.format_exc(), "status": 500, "command": "", "exit": 1, **NOTHING}
            left = [str(each.relative_to(temporary)) for each in temporary.rglob("*")]
            print(json.dumps({**told, "left": left}), flush=True)  # noqa: T201
            os._exit(0)
        os.waitpid(child, 0)


def answered(client: Any, path: Path) -> dict[str, Any]:
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    began = time.perf_counter(), _processor_seconds()
    status, page = by_page(client, path)
    between = time.perf_counter(), _processor_seconds()
    exit_status, command = by_command(path)
    ended = time.perf_counter(), _processor_seconds()
    seconds, processor = (max(b - a, c - b) for a, b, c in zip(began, between, ended, strict=True))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
    return {
        "page": page, "status": status, "command": command, "exit": exit_status,
        "seconds": seconds, "processor_seconds": processor, "megabytes": (peak - before) / MEGABYTE,
    }  # fmt: skip


def _processor_seconds() -> float:
    """Of this process and the children that it waited for: what a busy machine does not change much."""
    return sum(os.times()[:4])


def by_page(client: Any, path: Path) -> tuple[int, str]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post(GIVE, {"werkboek": [SimpleUploadedFile(path.name, path.read_bytes())]})
    if response.status_code == 302:
        response = client.get(response["Location"])
        return response.status_code, str(response.context["page"].finding)
    return response.status_code, " ".join(sentence for _, sentence in response.context["refused"])


def by_command(path: Path) -> tuple[int, str]:
    import io

    from django.core.management import CommandError, call_command
    from django_scopes import scopes_disabled

    out = io.StringIO()
    try:
        with scopes_disabled():
            call_command("import_coa", str(path), "--period", "2022-1", "--dry-run", stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
