"""A log line says what happened, and neither who did it nor what was typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ibt.logs import logging_config

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import logging, structlog
from ibt.logs import logging_config
logging_config(form="{form}", level="INFO")
structlog.get_logger("letters").info("letter made", municipality="GM0344")
def read(wachtwoord):
    raise ValueError("no number")
try:
    read("geheim-woord")
except ValueError:
    logging.getLogger("django.request").exception("Internal Server Error: %s", "/2022-1/")
"""


def lines(form):
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(form=form)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return result.stderr


def test_json_lines_carry_the_event_and_its_facts():
    letter, error = map(json.loads, lines("json").splitlines())
    assert (letter["event"], letter["municipality"], letter["level"]) == ("letter made", "GM0344", "info")
    assert (error["event"], error["logger"]) == ("Internal Server Error: /2022-1/", "django.request")
    assert error["exception"][0]["exc_type"] == "ValueError"


@pytest.mark.parametrize("form", ["json", "text"])
def test_values_of_variables_stay_out(form):
    assert "ValueError" in lines(form)
    assert "'geheim-woord'" not in lines(form).replace('read("geheim-woord")', "")


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="LOG_FORMAT"):
        logging_config(form="yaml", level="INFO")
