"""The tests' own environment, set before Django's settings are read: the same on every machine, whatever `.env` says."""

import os

os.environ.update(
    ENV_FILE=os.devnull,
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DEBUG="false",
    HTTPS="false",
    LOG_FORMAT="text",
    LOG_LEVEL="WARNING",
    EMAIL_URL="memorymail://",
)
for name in ("TRUSTED_PROXIES", "CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL"):
    os.environ.pop(name, None)
