"""How the site runs. One file; what differs per place comes from the environment and is listed in `.env.example`."""

import os
from pathlib import Path

import environ
from django.urls import reverse_lazy

from ibt.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
# What is already in the environment wins. `make setup` writes the file; a container has none.
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

# -- this place ---------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=True)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
# Without it a field with localize=True refuses 1.234, as people here write it. The price: a bare {{ number }} in a
# template gets points too, also a key or a year. Screens write figures with the filters of
# supervision.templatetags.dutch, and keys with |unlocalize.
USE_THOUSAND_SEPARATOR = True

# -- parts --------------------------------------------------------------------

INSTALLED_APPS = [
    "letters",
    "supervision",
    "municipalities",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "ibt.static.ServedFiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last: it needs the user, and everything that runs inside it sees one province only.
    "municipalities.access.province_scope",
]

ROOT_URLCONF = "ibt.urls"
WSGI_APPLICATION = "ibt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Named here and not found in an app: every app uses them, and none imports ibt.
            "libraries": {"components": "ibt.components"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supervision.context.bar",
            ],
        },
    },
]

# Forms are drawn by templates/django/forms, the one form renderer.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- data ---------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'trede.sqlite3'}")}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at the start: a transaction that reads first and writes later can then never fail
        # half-way because another one wrote in between.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file and not memory, so that threads and live servers in tests have connections of their own. The process in
    # the name keeps two test runs in one tree apart.
    (VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test" / f"{os.getpid()}.sqlite3"}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)

# Shared by all processes, or each would count failed logins for itself.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- people -------------------------------------------------------------------

AUTH_USER_MODEL = "municipalities.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("supervision:home")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

ACCOUNT_ADAPTER = "ibt.accounts.StaffAccounts"
ACCOUNT_FORMS = {
    "login": "ibt.accounts.LoginForm",
    "change_password": "ibt.accounts.ChangePasswordForm",
    "set_password": "ibt.accounts.SetPasswordForm",
    "reset_password": "ibt.accounts.ResetPasswordForm",
    "reset_password_from_key": "ibt.accounts.ResetPasswordKeyForm",
}
# Accounts are made by an administrator: a stranger who asks for a new password gets no letter about signing up.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# allauth's own keeps every address to which a link went, and sends the next link there too: also after a beheerder has
# given the account another address.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 (a class)
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
# No "remember me": a session lasts a working day, and ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- mail ---------------------------------------------------------------------

EMAIL = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_BACKEND"], EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="trede@localhost")

# -- static files -------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/utrecht", NODE_MODULES / "@utrecht/component-library-css/dist"),
    ("vendor/voorbeeld", NODE_MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist"),
    ("vendor/fonts", NODE_MODULES / "@fontsource/source-sans-3/files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- defence ------------------------------------------------------------------

NONE, SELF = "'none'", "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # data: for the five icons that the NL Design System draws in its CSS.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "ibt.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # asked from inside, where there is no TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    # Only behind a proxy that sets these itself; otherwise anyone could claim an address, or TLS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# A grid of 342 municipalities is four fields and a version per row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- workbooks ----------------------------------------------------------------

# How much a workbook may ask of us; the rest of the limits is in supervision.coa.package.
WORKBOOK_MEGABYTES = env.int("WORKBOOK_MEGABYTES", default=5)
WORKBOOK_LIMITS = {
    "upload_bytes": WORKBOOK_MEGABYTES * 1024 * 1024,
    "rows": env.int("WORKBOOK_ROWS", default=75_000),
    "cells": env.int("WORKBOOK_CELLS", default=300_000),
    "sheets": env.int("WORKBOOK_SHEETS", default=100),
}
WORKBOOK_FILES_AT_ONCE = 10

# The largest file that goes with a contact in the dossier.
ATTACHMENT_MEGABYTES = env.int("ATTACHMENT_MEGABYTES", default=10)

# How much may be pasted into the grid at once: more than all municipalities of the country, less than a workbook.
PASTE_LIMITS = {
    "rows": env.int("PASTE_ROWS", default=1_000),
    "columns": 50,
    "characters": env.int("PASTE_CHARACTERS", default=200_000),
}

# What is uploaded stays in memory: no file of it is ever left behind.
FILE_UPLOAD_HANDLERS = ["supervision.uploads.InMemory"]

# -- logs ---------------------------------------------------------------------

LOGGING_CONFIG = None
logging_config(form=env.str("LOG_FORMAT", default="json"), level=env.str("LOG_LEVEL", default="INFO"))
