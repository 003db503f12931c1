"""Configuration is the same everywhere but for named variables, and a wrong one is heard at once."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils import timezone

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "W3xkq0-8bTgE5n7Yc1oVdJ2sRzLhPfAuXmQiKvCe9GtBwNy4D6HMSUaZrl",
    "ALLOWED_HOSTS": "trede.example.nl",
    "PATH": os.environ["PATH"],
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_a_missing_secret_key_is_named():
    result = manage("check", **{name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"})
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOG_FORMAT", "yaml"), ("LOG_LEVEL", "LOUD"), ("TRUSTED_PROXIES", "one"), ("DATABASE_URL", "oracle")],
)
def test_a_wrong_value_stops_the_start(name, value):
    assert manage("check", **PRODUCTION, **{name: value}).returncode != 0


def test_every_variable_is_explained_in_env_example():
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "ibt/settings.py").read_text()))
    listed = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert listed - read == {"ENV_FILE", "TEST_DATABASE_URL"}
    assert read - listed == set()


def test_the_clock_on_screen_is_that_of_amsterdam():
    noon = timezone.localtime(datetime(2022, 7, 1, 10, tzinfo=UTC))
    assert (noon.hour, settings.LANGUAGE_CODE) == (12, "nl")


@pytest.mark.parametrize(("typed", "read"), [("1.234", 1234), ("1234", 1234), ("-3", -3), (" 12 ", 12)])
def test_a_typed_whole_number_is_read_in_dutch(typed, read):
    assert forms.IntegerField(localize=True).clean(typed) == read


def test_a_typed_fraction_is_read_in_dutch():
    assert forms.DecimalField(localize=True).clean("12,5") == Decimal("12.5")


@pytest.mark.parametrize("typed", ["12,5", "twaalf", "1e3"])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        forms.IntegerField(localize=True).clean(typed)


def test_sqlite_keeps_its_promises(tmp_path):
    ask = (
        "from django.db import connection as c; k = c.cursor();"
        "print(*(k.execute('PRAGMA ' + p).fetchone()[0] for p in ('journal_mode', 'foreign_keys', 'busy_timeout')),"
        "c.transaction_mode)"
    )
    result = manage(
        "shell", "--no-imports", "-c", ask, **PRODUCTION, DATABASE_URL=f"sqlite:///{tmp_path}/new/trede.sqlite3"
    )
    assert result.stdout.split() == ["wal", "1", "20000", "IMMEDIATE"], result.stderr


def test_failed_logins_are_counted_in_a_cache_that_all_processes_share():
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
