"""Many letters through the job: two workers on PostgreSQL, one on SQLite.

Against WeasyPrint's bare render of the same html on one core; and against LibreOffice, where it is there (SOFFICE names
its program), making PDF/A-3 and PDF/UA of letters with the same content in one call, each with its bijlage as a mail
merge has it. And how much memory a worker takes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate, now
from django_scopes import scope

from letters.actions.batches import start_batch
from letters.figures import Obstacle
from letters.models import Batch, BatchItem, Letter
from letters.papers import pdf
from letters.papers.drafts import sheets_of
from letters.written import written
from municipalities.models import Municipality, User
from tests.bench.letter import bare_render
from tests.bench.world import LAST, make_province

FEW, MANY = 26, 342
BARE_RENDERS = 12
TIMES_BARE, MORE_MEMORY = 1.8, 1.3
LONGEST_SECONDS = 1800

# LibreOffice reads no more than 256 arguments.
IN_ONE_CALL = 240
AS_PDF = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "3"},
        "PDFUACompliance": {"type": "boolean", "value": "true"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
    }
)


def main() -> None:
    """On a database with the demo."""
    workers = 2 if connection.features.has_select_for_update_skip_locked else 1
    said = "two workers" if workers == 2 else "one worker"
    print(f"Letters with bijlage through the job, {said} on {connection.vendor} (load {os.getloadavg()[0]:.1f}):")
    memory = {count: _measured(count, workers=workers) for count in (FEW, MANY)}
    print(
        f"  memory of a worker after {MANY} letters against {FEW}: {memory[MANY] / memory[FEW]:.2f}  "
        f"(at most {MORE_MEMORY}; {memory[MANY] / 1024:.0f} and {memory[FEW] / 1024:.0f} MB)"
    )


def _measured(count: int, *, workers: int) -> int:
    """Tells how fast so many letters are made; gives the most memory that a worker took, in kilobytes."""
    by = make_province(code="PV94" if count == FEW else "PV95", municipalities=count, half_years=2)
    with scope(province=by.province):
        everyone = list(Municipality.objects.filter(province=by.province))
        running = Workers(workers)
        try:
            # The first letters of a process take longer; on a server it is there already.
            _make(by, everyone[: 2 * workers], running)
            before, bijlage = _bare(by)
            seconds = _seconds(lambda: _make(by, everyone, running))
        finally:
            memory = running.stop()
        after, _ = _bare(by)
        _tell(count, seconds, letter=median([*before, *after]), bijlage=bijlage)
        _tell_of_libreoffice(by, count, seconds)
    return memory


def _make(by: User, municipalities: list[Municipality], running: Workers) -> None:
    """Until the batch is finished."""
    assert by.province is not None
    batch = start_batch(by=by, province=by.province, period=LAST, municipalities=municipalities, now=now())
    deadline = perf_counter() + LONGEST_SECONDS
    while Batch.objects.filter(pk=batch.pk, finished_at=None).exists():
        assert perf_counter() < deadline, "the workers do not get on"
        running.start_again()
        sleep(0.05)
    states = set(BatchItem.objects.filter(batch=batch).values_list("state", flat=True))
    assert states == {BatchItem.State.DONE}, list(batch.items.values_list("state", "reason", "attempts"))


def _tell(count: int, seconds: float, *, letter: float, bijlage: float) -> None:
    print(f"  {count} letters: {count / seconds:.2f} a second  (load {os.getloadavg()[0]:.1f})")
    both = letter + bijlage
    print(
        f"    times the bare render of letter and bijlage: {both * count / seconds:.2f}  "
        f"(at least {TIMES_BARE} with two workers on two cores; {both * 1000:.0f} ms)"
    )
    print(f"    times the bare render of the letter alone: {letter * count / seconds:.2f}  ({letter * 1000:.0f} ms)")


class Workers:
    """Processes as on a server: started again when they end after their share of the tasks."""

    def __init__(self, count: int) -> None:
        self._running = [_worker() for _ in range(count)]
        self._kilobytes = 0

    def start_again(self) -> None:
        for place, worker in enumerate(self._running):
            if self._has_ended(worker, os.WNOHANG):
                self._running[place] = _worker()

    def stop(self) -> int:
        """The most memory that one of them took, in kilobytes."""
        for worker in self._running:
            worker.send_signal(signal.SIGTERM)
        for worker in self._running:
            self._has_ended(worker, 0)
        return self._kilobytes

    def _has_ended(self, worker: subprocess.Popen[bytes], options: int) -> bool:
        pid, status, used = os.wait4(worker.pid, options)
        if pid:
            worker.returncode = os.waitstatus_to_exitcode(status)
            self._kilobytes = max(self._kilobytes, used.ru_maxrss)
        return bool(pid)


def _worker() -> subprocess.Popen[bytes]:
    options = ("--interval=0.1", "--no-startup-delay", "--no-reload", "--verbosity=0")
    return subprocess.Popen([sys.executable, "manage.py", "worker", *options], cwd=settings.BASE_DIR)


# -- the others ---------------------------------------------------------------


def _bare(by: User) -> tuple[list[float], float]:
    """Seconds for letters, and the median of those for the bijlage: fonts and style are parsed once here too."""
    letters, bijlage = _html(by, most=BARE_RENDERS)
    bare_render(letters[0])
    seconds = [_seconds(lambda each=each: bare_render(each)) for each in letters]  # type: ignore[misc]
    return seconds, median(_seconds(lambda: bare_render(bijlage)) for _ in range(3))


def _html(by: User, *, most: int) -> tuple[list[str], str]:
    """Of so many letters, and of the bijlage that is the same for all."""
    related = ("province", "municipality__province", "municipality__post_address", "goes_with", "corrects")
    rows = Letter.objects.filter(province=by.province).select_related(*related)[:most]
    found = [each for each in (written(row, today=localdate()) for row in rows) if not isinstance(each, Obstacle)]
    return [sheets_of(each).letter for each in found], pdf.bijlage_html(found[0].bijlage)


def _tell_of_libreoffice(by: User, count: int, seconds: float) -> None:
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    if program is None:
        print("    against LibreOffice: not measured, as there is no soffice (SOFFICE names one)")
        return
    letters, bijlage = _html(by, most=min(count, IN_ONE_CALL))
    ours, theirs = seconds / count, _libreoffice(program, letters, bijlage) / len(letters)
    print(
        f"    times LibreOffice, {len(letters)} letters with the same content in one call: {theirs / ours:.2f}  "
        f"(at least 1; {theirs * 1000:.0f} ms each)"
    )


def _libreoffice(program: str, letters: list[str], bijlage: str) -> float:
    """Seconds for PDFs of documents that are there as its own: bringing the html into them is not counted."""
    style = f"<style>{(pdf.ASSETS / 'letter.css').read_text(encoding='utf-8')}</style></head>"
    with TemporaryDirectory() as folder:
        given, own, made = Path(folder) / "given", Path(folder) / "own", Path(folder) / "made"
        given.mkdir()
        for number, letter in enumerate(letters):
            html = (letter + bijlage).replace("</head>", style, 1)
            (given / f"{number}.html").write_text(html, encoding="utf-8")

        def convert(files: list[Path], to: str, out: Path) -> None:
            command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
            command += ["--convert-to", to, "--outdir", str(out), *map(str, files)]
            subprocess.run(command, check=True, capture_output=True)

        files = sorted(given.iterdir())
        convert(files, "odt:writer8", own)
        documents = sorted(own.iterdir())
        seconds = _seconds(lambda: convert(documents, AS_PDF, made))
        count = len(list(made.iterdir()))
    assert count == len(letters), f"LibreOffice made {count} of {len(letters)}"
    return seconds


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
