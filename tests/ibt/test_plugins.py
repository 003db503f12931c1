"""The tests' own guards, tried on small test files."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.plugins.no_network import NetworkIsOff

ROOT = Path(__file__).resolve().parents[2]


def run(tmp_path, text):
    (tmp_path / "test_it.py").write_text(text)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.plugins.no_skips", "-p", "no:django", "-q", str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "import pytest\ndef test_it(): pytest.skip('no browser')",
        "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_it(): pass",
        "import pytest\n@pytest.fixture\ndef browser(): pytest.skip('no browser')\ndef test_it(browser): pass",
        "import pytest\npytest.skip('no browser', allow_module_level=True)",
        "import pytest\npytest.importorskip('no_browser', reason='no browser')",
    ],
    ids=["call", "mark", "fixture", "module", "import"],
)
def test_what_is_skipped_has_failed_with_its_reason(tmp_path, text):
    result = run(tmp_path, text)
    assert result.returncode != 0
    assert "no browser" in result.stdout


def test_an_expected_failure_may_fail(tmp_path):
    assert run(tmp_path, "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False").returncode == 0


@pytest.mark.parametrize("name", ["trede/theme.css", "trede/trede.js"])
def test_static_files_are_served_as_they_are_in_the_tree(live_server, client, name):
    source = (settings.BASE_DIR / "static" / name).read_bytes()
    with urlopen(f"{live_server.url}/static/{name}") as response:
        assert response.read() == source
    assert b"".join(client.get(f"/static/{name}").streaming_content) == source
    assert not settings.STATIC_ROOT.exists()


def test_no_address_outside_this_machine_can_be_reached():
    with socket.socket() as attempt, pytest.raises(NetworkIsOff):
        attempt.connect(("192.0.2.1", 80))


def test_no_name_outside_this_machine_can_be_looked_up():
    with pytest.raises(NetworkIsOff):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_itself_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
