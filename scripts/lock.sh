#!/bin/sh
# Writes the locks from pyproject.toml: every package with its version and hashes, and no address to get it from.
# `scripts/lock.sh --upgrade` takes the newest versions that pyproject.toml allows.
set -eu

compile() {
  lock=$1
  shift
  .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
    --output-file "$lock" "$@"
}

compile requirements.lock "$@" pyproject.toml
# With the first lock as a constraint a tool can never move a library that the site runs on.
compile requirements-dev.lock --extra dev --constraint requirements.lock "$@" pyproject.toml
# On its own, for it is installed only where there is no npm.
.venv/bin/python -c '
import pathlib, tomllib
print(*tomllib.loads(pathlib.Path("pyproject.toml").read_text())["project"]["optional-dependencies"]["node"], sep="\n")
' | compile requirements-node.lock "$@" -
