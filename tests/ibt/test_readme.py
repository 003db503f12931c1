"""Every command in the README exists and takes what the README gives it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = [line.strip().split("  #")[0].strip() for line in README.splitlines() if line.startswith("    ")]
COMMANDS = [line for line in BLOCKS if re.match(r"make |\.venv/bin/python |[A-Z_]+=\S* ", line)]
MAKE = [line for line in COMMANDS if line.startswith("make ")] + re.findall(r"`(make [^`]+)`", README)
MANAGE = [line for line in COMMANDS if "manage.py" in line]
REST = [line for line in COMMANDS if line not in MAKE + MANAGE]


@pytest.mark.parametrize("command", sorted(set(MAKE)))
def test_make_knows_the_target(command):
    result = subprocess.run([*shlex.split(command), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


# The parser of the command itself reads the arguments; running them is for the tests of each command.
PARSE = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ibt.settings")
import django
django.setup()
from django.core.management import get_commands, load_command_class
name, *arguments = sys.argv[1:]
app = get_commands()[name]
command = load_command_class(app, name) if isinstance(app, str) else app
command.create_parser("manage.py", name).parse_args(arguments)
"""


@pytest.mark.parametrize("command", MANAGE)
def test_manage_knows_the_command_and_its_arguments(command):
    python, manage, *arguments = shlex.split(command)
    assert (python, manage) == (".venv/bin/python", "manage.py")
    result = subprocess.run(
        [sys.executable, "-c", PARSE, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_the_one_command_for_a_server_names_variables_of_the_compose_file():
    (command,) = REST
    compose = (ROOT / "docker-compose.yml").read_text()
    for variable in re.findall(r"([A-Z_]+)=", command):
        assert f"${{{variable}:" in compose
    assert command.endswith("docker compose up --build")


def test_every_path_in_the_tree_and_every_link_exists():
    tree = README.split("## The tree")[1]
    parents = {}
    for indent, name in re.findall(r"^    ( *)(\S+?)/? {2,}", tree, re.MULTILINE):
        parents[len(indent)] = name
        path = ROOT / (f"{parents[0]}/{name}" if indent else name)
        assert path.exists(), path
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_no_top_folder_is_left_out():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    folders = {line.split("/")[0] for line in tracked.splitlines() if "/" in line and not line.startswith(".")}
    tree = README.split("## The tree")[1]
    assert {folder for folder in folders if f"    {folder}/" not in tree} == set()
