#!/bin/bash
# All tests twice: on SQLite, and on PostgreSQL (TEST_DATABASE_URL, or else a server that exists as long as the tests).
# What is given to this script goes to pytest.
set -u

mkdir -p var/test
rm -f var/test/*.status
pytest=(.venv/bin/python -m pytest -n "${WORKERS:-2}" --dist loadgroup "$@")
unset DATABASE_URL

run() {
  local name=$1
  shift
  printf -- '-- %s\n' "$name"
  { "$@"; echo $? >"var/test/$name.status"; } 2>&1 | tee "var/test/$name.log"
}

on_postgresql() {
  if [ -n "${TEST_DATABASE_URL:-}" ]; then
    DATABASE_URL=$TEST_DATABASE_URL "${pytest[@]}"
  else
    # -t: in a directory of its own, also as root, so that no other server of this machine is touched.
    # The command always succeeds, or pg_virtualenv prints the server's log over our summary.
    # shellcheck disable=SC2016 # expanded inside, where pg_virtualenv has set them
    pg_virtualenv -t bash -c '
      export DATABASE_URL=postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE
      "$@"
      echo $? >var/test/pytest.status
    ' bash "${pytest[@]}" || return
    return "$(cat var/test/pytest.status)"
  fi
}

run SQLite "${pytest[@]}"
run PostgreSQL on_postgresql

printf '\nSQLite, then PostgreSQL:\n'
tail -n 1 var/test/SQLite.log
grep -E '^=.* (passed|failed|errors?)' var/test/PostgreSQL.log | tail -n 1
[ "$(<var/test/SQLite.status)" = 0 ] && [ "$(<var/test/PostgreSQL.status)" = 0 ]
