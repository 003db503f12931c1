#!/bin/bash
# Every measurement, or those named, on SQLite; and those of the ledger and of many letters on PostgreSQL as well
# (TEST_DATABASE_URL, or else a server that exists as long as it takes).
set -eu

bench=(.venv/bin/python -m tests.bench)
server=${TEST_DATABASE_URL:-}
unset DATABASE_URL TEST_DATABASE_URL

"${bench[@]}" "$@"
again=()
for name in years batch; do
  case " ${*:-years batch} " in *" $name "*) again+=("$name") ;; esac
done
[ ${#again[@]} -gt 0 ] || exit 0
if [ -n "$server" ]; then
  TEST_DATABASE_URL=$server "${bench[@]}" "${again[@]}"
else
  # shellcheck disable=SC2016 # expanded inside, where pg_virtualenv has set them
  pg_virtualenv -t bash -c '
    export TEST_DATABASE_URL=postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE
    "$@"
  ' bash "${bench[@]}" "${again[@]}"
fi
