"""The tests' own environment, set before Django's settings are read: the same on every machine, whatever `.env` says."""

import os

import pytest

os.environ.update(
    ENV_FILE=os.devnull,
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DEBUG="false",
    HTTPS="false",
    LOG_FORMAT="text",
    LOG_LEVEL="WARNING",
    EMAIL_URL="memorymail://",
    # Playwright runs an event loop in the thread of the tests; the ORM is used there, and not in the loop.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
for name in ("TRUSTED_PROXIES", "CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL"):
    os.environ.pop(name, None)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    from django.conf import settings

    # Static files as they are in the tree: what is collected differs per machine, and may be older. tests/ibt tests
    # the collecting. The root is a folder that nobody fills, or a live server would look there first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT = settings.VAR_DIR / "test" / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    # A real hash takes a tenth of a second, and a test makes many users.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
