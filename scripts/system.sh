#!/bin/sh
# What this machine must have before Python packages can be installed. Says in one sentence what is missing and which
# command mends it; as root on Debian or Ubuntu it gives that command itself (APT=no keeps it from doing so).
#
#   system.sh python      prints a Python that is new enough and can make a virtual environment
#   system.sh libraries   the libraries that draw the PDFs
#   system.sh tests       the browser, the database server and the PDF tools that the tests use
set -eu

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

may_install() {
  [ "${APT:-yes}" != no ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

install() {
  printf 'Installeert: %s\n' "$*" >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -qq --yes --no-install-recommends "$@"; } >/dev/null ||
    fail "Installeren met apt-get is niet gelukt; de reden staat hierboven. Nodig zijn: $*"
}

# need WHAT COMMAND PACKAGE...: installs the packages, or fails with the sentence and the command.
need() {
  what=$1
  shift
  if may_install; then
    install "$@"
  else
    fail "$what Installeer dit met: sudo apt-get install --no-install-recommends $*"
  fi
}

version_of() {
  "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# The one that was chosen before comes first, so that PYTHON= has to be given only once.
find_python() {
  for name in ${PYTHON:-.venv/bin/python python3 python3.14 python3.13 python3.12 python3.11}; do
    if is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

give_python() {
  if ! find_python >/dev/null && [ -z "${PYTHON:-}" ] && ! command -v python3 >/dev/null; then
    need "Python ontbreekt." python3 python3-venv
  fi
  python=$(find_python) || fail "Trede heeft Python 3.11 of nieuwer nodig en vindt $(version_of "${PYTHON:-python3}" ||
    printf 'er geen'). Installeer een nieuwere (bijvoorbeeld: sudo apt-get install python3.11 python3.11-venv)" \
    "en zeg welke: make setup PYTHON=python3.11"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    need "$python kan geen virtuele omgeving maken." "python$(version_of "$python")-venv"
  fi
  printf '%s\n' "$python"
}

# The dynamic loader itself is asked, for it decides whether WeasyPrint finds them.
has_library() {
  "$(find_python)" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

check_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  missing=
  for pair in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 \
    libharfbuzz-subset.so.0:libharfbuzz-subset0; do
    has_library "${pair%%:*}" || missing="$missing ${pair#*:}"
  done
  # shellcheck disable=SC2086 # each word is a package
  [ -z "$missing" ] || need "Om PDF's te maken ontbreekt:$missing." $missing
}

check_tests() {
  missing=
  command -v "${CHROMIUM:-chromium}" >/dev/null || missing="$missing chromium"
  # The Node.js that Playwright brings wants this one.
  has_library libatomic.so.1 || missing="$missing libatomic1"
  command -v pdftotext >/dev/null || missing="$missing poppler-utils"
  # veraPDF is started from a source file, so the compiler has to be there.
  java --list-modules 2>/dev/null | grep -q jdk.compiler || missing="$missing default-jdk-headless"
  [ -e /usr/share/java/jaxb-api.jar ] || missing="$missing libjaxb-java"
  if [ -z "${TEST_DATABASE_URL:-}" ]; then
    { command -v pg_virtualenv && ls -d /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || missing="$missing postgresql"
  fi
  # shellcheck disable=SC2086 # each word is a package
  [ -z "$missing" ] || need "Om te testen ontbreekt:$missing." $missing
}

case ${1:-} in
  python) give_python ;;
  libraries) check_libraries ;;
  tests) check_tests ;;
  *) fail "Gebruik: system.sh python|libraries|tests" ;;
esac
