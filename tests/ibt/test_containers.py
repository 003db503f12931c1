"""No container engine is needed to know that the image holds what the site needs, and that the parts fit."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_image_gets_the_libraries_that_make_setup_asks_for():
    asked = re.findall(r"\.so\.0:(\S+?)(?:\s|;)", (ROOT / "scripts/system.sh").read_text())
    installed = re.search(r"--no-install-recommends (lib[^\\\n]+)", DOCKERFILE)[1].split()
    assert sorted(asked) == sorted(installed)


def test_every_own_app_is_let_into_the_image():
    own = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    allowed = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert own <= allowed


def test_it_does_not_run_as_root():
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)


@pytest.mark.parametrize("service", ["prepare", "web", "worker"])
def test_each_part_waits_for_what_it_needs(service):
    waits = COMPOSE["services"][service]["depends_on"]
    expected = {"db": "service_healthy"} if service == "prepare" else {"prepare": "service_completed_successfully"}
    assert {name: each["condition"] for name, each in waits.items()} == expected


def test_postgresql_is_pinned_and_asked_for_its_health():
    database = COMPOSE["services"]["db"]
    assert re.fullmatch(r"postgres:\d+\.\d+-\w+", database["image"])
    assert "pg_isready" in database["healthcheck"]["test"]


def test_what_compose_passes_on_is_what_the_settings_read():
    passed = set(COMPOSE["services"]["web"]["environment"]) - {"WEB_CONCURRENCY"}
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "ibt/settings.py").read_text()))
    assert read - passed == {"DEBUG", "LOG_FORMAT"}
    assert passed <= read


def let_in(name, rules):
    return any(name == rule or name.startswith(f"{rule}/") for rule in rules)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The files that .dockerignore lets through, in an empty directory, with the static files collected."""
    folder = tmp_path_factory.mktemp("image") / "app"
    rules = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in tracked:
        if let_in(name, rules) and not fnmatch.fnmatch(name, "*__pycache__*") and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    python(folder, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    return folder


def python(folder, *arguments):
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-collecting",
        "ALLOWED_HOSTS": "trede.example.nl",
        "DATABASE_URL": f"sqlite:///{folder}/../trede.sqlite3",
    }
    result = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


ASK = """
import django
django.setup()
from django.test import Client
answer = Client(headers={"host": "trede.example.nl"}).get("/account/login/", secure=True)
print(answer.status_code, answer.headers["Strict-Transport-Security"])
print(answer.text)
"""


def test_the_image_serves_the_site_with_nothing_but_its_own_files(image):
    python(image, "scripts/prepare.py")
    page = python(image, "-c", 'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "ibt.settings"' + ASK)
    assert page.startswith("200 max-age=31536000")
    sheets = re.findall(r'href="/static/(\S+\.css)"', page)
    assert sheets
    for sheet in sheets:
        assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
        assert (image / "staticfiles" / sheet).is_file()


def test_only_what_is_served_is_collected(image):
    collected = {path.name for path in (image / "staticfiles").rglob("*")}
    assert "source-sans-3-latin-400-normal.woff2" in collected
    assert not [name for name in collected if name.endswith((".woff", ".scss", ".cjs", ".md")) or "cyrillic" in name]
