"""Do the locks say what pyproject.toml and package.json ask for? Needs no network: it reads what is installed.

A lock is right when walking from what we ask for through everything that it brings along, for every Python and
machine that we run on, reaches exactly the packages that are in it.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = ("x86_64", "aarch64")
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)( \\)?$")


def read_pins(lock: Path) -> tuple[dict[str, str], list[str]]:
    """The version of each package in a lock, and what is wrong with its lines."""
    pins: dict[str, str] = {}
    problems: list[str] = []
    without_hash = ""
    for line in lock.read_text().splitlines():
        if "://" in line or line.startswith("-"):
            problems.append(f"{lock.name}: an address or option: {line}")
        if match := PIN.match(line):
            without_hash = canonicalize_name(match[1])
            pins[without_hash] = match[2]
            if not match[3]:
                problems.append(f"{lock.name}: {without_hash} has no hash")
    return pins, problems


def environments(extra: str) -> Iterator[dict[str, str]]:
    for python in PYTHONS:
        for machine in MACHINES:
            yield {
                **default_environment(),  # type: ignore[dict-item]
                "python_version": python,
                "python_full_version": f"{python}.0",
                "platform_machine": machine,
                "extra": extra,
            }


def is_needed(requirement: Requirement, extras: Iterable[str]) -> bool:
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate(place) for extra in ["", *extras] for place in environments(extra))


def check(lock: Path, asked: list[str]) -> list[str]:
    pins, problems = read_pins(lock)
    todo = [Requirement(line) for line in asked]
    walked: set[tuple[str, str]] = set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if (name, str(requirement)) in walked:
            continue
        walked.add((name, str(requirement)))
        if name not in pins:
            problems.append(f"{lock.name}: {requirement} is missing")
        elif not requirement.specifier.contains(pins[name], prereleases=True):
            problems.append(f"{lock.name}: {name} is {pins[name]}, and {requirement} is asked for")
        else:
            try:
                brings = [Requirement(line) for line in requires(name) or []]
            except PackageNotFoundError:
                problems.append(f"{name} is in {lock.name} and not in .venv: run `make setup`")
                continue
            todo += [each for each in brings if is_needed(each, requirement.extras)]
    reached = {name for name, _ in walked}
    problems += [f"{lock.name}: nothing asks for {name}" for name in sorted(set(pins) - reached)]
    return problems


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime, extras = project["dependencies"], project["optional-dependencies"]
    problems = check(ROOT / "requirements.lock", runtime)
    problems += check(ROOT / "requirements-dev.lock", runtime + extras["dev"])

    runs_on, _ = read_pins(ROOT / "requirements.lock")
    tested_with, _ = read_pins(ROOT / "requirements-dev.lock")
    problems += [
        f"{name} is {version} in requirements.lock and {tested_with.get(name)} in requirements-dev.lock"
        for name, version in runs_on.items()
        if tested_with.get(name) != version
    ]

    # node is not installed where the machine has one, so only its own pin is looked at
    node_pins, node_problems = read_pins(ROOT / "requirements-node.lock")
    problems += node_problems
    for line in extras["node"]:
        requirement = Requirement(line)
        if not requirement.specifier.contains(node_pins.get(canonicalize_name(requirement.name), "0")):
            problems.append(f"requirements-node.lock does not fulfil {line}")

    wanted = json.loads((ROOT / "package.json").read_text())
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    problems += [
        f"package-lock.json: {kind} differ from package.json"
        for kind in ("dependencies", "devDependencies")
        if wanted.get(kind) != packages[""].get(kind)
    ]
    problems += [f"package-lock.json: {name} has an address" for name, entry in packages.items() if "resolved" in entry]

    for problem in problems:
        print(problem)
    if problems:
        print("`make lock` writes the locks anew.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
