"""Serve the site and its worker on this machine until Ctrl-C: `run.py PORT`."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 10  # seconds in which a letter that is being made may be finished
PR_SET_PDEATHSIG = 1
WORKER = [sys.executable, "manage.py", "worker"]


class Stopped(Exception):
    """Ctrl-C, or the terminal went away."""


def stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def is_busy(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return True
    return False


def server(port: int) -> list[str]:
    if os.environ.get("DEBUG", "").lower() in ("1", "true", "yes", "on"):
        # For programmers: restarts when a file changes, and serves static files from their sources.
        return [sys.executable, "manage.py", "runserver", f"{HOST}:{port}"]
    # What a real site runs on, so that who tries it sees its own pages and its own speed. Processes and not threads:
    # making a PDF in two threads is slower than in one.
    bind = ["--bind", f"{HOST}:{port}", "--workers", "2", "--worker-class", "sync", "--max-requests", "500"]
    # The control socket would lie in the home directory, where a second site on this machine looks for its own.
    return [sys.executable, "-m", "gunicorn", *bind, "--no-control-socket", "--log-level", "warning", "ibt.wsgi"]


def die_with_parent() -> None:
    """Linux ends the child when this process is killed in a way that it cannot answer."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C then reaches only us, and each child is told to stop once.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=die_with_parent)  # noqa: PLW1509


def end(children: list[subprocess.Popen[bytes]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C would leave the children behind
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(timeout=max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def may_go_on(worker: subprocess.Popen[bytes]) -> bool:
    """Whether the worker works, or is to be started again: it ends by itself now and then, and takes up again what one
    that was killed had left."""
    ended = worker.poll()
    return ended is None or ended <= 0


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/gezond/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def serve(port: int) -> int:
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(start(server(port)))
        children.append(start(WORKER))
        told = False
        while children[0].poll() is None and may_go_on(children[1]):
            if children[1].poll() is not None:
                children[1] = start(WORKER)
            if not told and is_up(port):
                print(f"\nTrede staat op http://{HOST}:{port}/ (Ctrl-C stopt de site en de werker)", flush=True)
                told = True
            time.sleep(0.2)
        print("De site of de werker is gestopt; de reden staat hierboven.", file=sys.stderr)
        return 1
    finally:
        end(children)


def main() -> int:
    port = int(sys.argv[1])
    if is_busy(port):
        print(f"Poort {port} is al in gebruik. Kies een andere: make run PORT={port + 1}", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        if subprocess.run([sys.executable, "scripts/prepare.py", "--demo"], cwd=ROOT, check=False).returncode:
            return 1
        return serve(port)
    except Stopped:
        print("\nGestopt.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
