"""What a newcomer hears from make when something is missing: one sentence, with the command that mends it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {"bench", "check", "demo-reset", "fix", "help", "lock", "run", "setup", "test"}


def run(*command, **environment):
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=120
    )


def program(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def test_make_alone_lists_what_there_is():
    listed = set(re.findall(r"^  make ([a-z-]+) +\S", run("make").stdout, re.MULTILINE))
    assert listed == TARGETS


def test_a_busy_port_names_a_free_way_out():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        result = run(sys.executable, "scripts/run.py", str(port))
    assert result.returncode == 1
    assert result.stderr == f"Poort {port} is al in gebruik. Kies een andere: make run PORT={port + 1}\n"


def test_a_python_that_is_too_old_is_named_with_the_way_to_a_newer_one(tmp_path):
    program(tmp_path, "python3", 'case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac')
    result = run("scripts/system.sh", "python", PYTHON=str(tmp_path / "python3"), APT="no")
    assert result.returncode == 1
    assert result.stderr.startswith("Trede heeft Python 3.11 of nieuwer nodig en vindt 3.9.")
    assert "make setup PYTHON=python3.11" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_python_that_is_asked_for_is_taken():
    assert run("scripts/system.sh", "python", PYTHON=sys.executable, APT="no").stdout.strip() == sys.executable


def test_a_missing_library_is_named_with_its_package(tmp_path):
    # The loader looks here first, and stops at a file that is no library.
    (tmp_path / "libpangoft2-1.0.so.0").touch()
    result = run("scripts/system.sh", "libraries", LD_LIBRARY_PATH=str(tmp_path), PYTHON=sys.executable, APT="no")
    assert result.returncode == 1
    assert result.stderr == (
        "Om PDF's te maken ontbreekt: libpangoft2-1.0-0. "
        "Installeer dit met: sudo apt-get install --no-install-recommends libpangoft2-1.0-0\n"
    )


def test_as_root_on_debian_the_packages_are_installed(tmp_path):
    (tmp_path / "libpangoft2-1.0.so.0").touch()
    program(tmp_path / "bin", "id", "echo 0")
    program(tmp_path / "bin", "apt-get", f'echo "$@" >>{tmp_path}/asked')
    result = run(
        "scripts/system.sh",
        "libraries",
        LD_LIBRARY_PATH=str(tmp_path),
        PYTHON=sys.executable,
        PATH=f"{tmp_path}/bin:{os.environ['PATH']}",
        APT="yes",
    )
    assert result.returncode == 0
    assert "Installeert: libpangoft2-1.0-0" in result.stderr
    assert (tmp_path / "asked").read_text().splitlines()[-1].split()[-1] == "libpangoft2-1.0-0"


def test_the_libraries_of_this_machine_are_found():
    result = run("scripts/system.sh", "libraries", PYTHON=sys.executable, APT="no")
    assert (result.returncode, result.stderr) == (0, "")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def processes_of(group):
    """Process ids whose environment carries our mark: children of children too."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"TREDE_TEST_RUN={group}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


@pytest.mark.parametrize(
    ("number", "debug"),
    [(signal.SIGINT, "false"), (signal.SIGINT, "true"), (signal.SIGHUP, "false")],
    ids=["Ctrl-C", "Ctrl-C under the reloader", "terminal closed"],
)
def test_stopping_ends_site_and_worker_and_leaves_nothing(tmp_path, number, debug):
    port, mark = free_port(), uuid4().hex
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/trede.sqlite3",
        "DEBUG": debug,
        "TREDE_TEST_RUN": mark,
    }
    child = subprocess.Popen(
        [sys.executable, "scripts/run.py", str(port)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        told = ""
        while "Trede staat op" not in told and child.poll() is None:
            told += child.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in told
        assert "trede-demo" in told
        assert len(processes_of(mark)) >= 3
        child.send_signal(number)
        assert child.wait(timeout=30) == 0
        assert child.stdout.read().endswith("Gestopt.\n")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    deadline = time.monotonic() + 5
    while processes_of(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(mark) == []
