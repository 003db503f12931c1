#!/bin/sh
# Every check that needs no test: all of them run, and each that fails is named at the end.
set -u

python=.venv/bin/python
failed=

step() {
  name=$1
  shift
  printf '%s\n' "-- $name"
  "$@" || failed="$failed, $name"
}

# Production settings, so that what is checked is what is deployed.
export ENV_FILE=/dev/null DEBUG=false HTTPS=true ALLOWED_HOSTS=trede.example.nl LOG_LEVEL=WARNING
SECRET_KEY=$($python -c 'import secrets; print(secrets.token_urlsafe(50))')
export SECRET_KEY
unset DATABASE_URL

step format $python -m ruff format --check --quiet .
step lint $python -m ruff check --quiet .
step types $python -m mypy --no-error-summary
step "import directions" .venv/bin/lint-imports --no-logo
step templates $python -m djlint --lint --quiet templates
step "templates compile" $python scripts/check_templates.py
step migrations $python manage.py makemigrations --check --dry-run --verbosity 1
step deployment $python manage.py check --deploy --fail-level WARNING
step locks $python scripts/check_locks.py
step Dockerfile .venv/bin/hadolint Dockerfile

if [ -n "$failed" ]; then
  printf 'Niet in orde: %s\n' "${failed#, }"
  exit 1
fi
echo 'Alles in orde'
