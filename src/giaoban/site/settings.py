"""Settings of one office. Everything that differs between offices comes from the environment or from its folder."""

from __future__ import annotations

import json
import os
import secrets
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from giaoban.core.office_dir import DATABASE, IDENTITY_KEYS, SECRET, default_dir, new_identity_keys

OFFICE_DIR = default_dir()


def _read(name: str) -> str | None:
    path = OFFICE_DIR / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


# Without an office folder (tests, type checks) the secrets live as long as the process.
SECRET_KEY = os.environ.get("GIAOBAN_SECRET_KEY") or _read(SECRET) or secrets.token_urlsafe(48)
IDENTITY_KEYS_JSON: dict[str, list[dict[str, str]]] = json.loads(_read(IDENTITY_KEYS) or "null") or new_identity_keys()

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("GIAOBAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GIAOBAN_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "giaoban.site",  # its command migrate
    "giaoban.apps.audit",
    "giaoban.apps.accounts",
    "giaoban.apps.organizations",
    "giaoban.apps.obligations",
    "giaoban.apps.members",
    "giaoban.apps.meetings",
    "giaoban.apps.inspection",
    "giaoban.apps.directives",
    "giaoban.apps.reporting",
    "giaoban.apps.papers",
    "giaoban.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # the first page stays under 100 KB; Django pads against BREACH
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "giaoban.web.refusing.in_plain_words",
]

ROOT_URLCONF = "giaoban.site.urls"
WSGI_APPLICATION = "giaoban.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]


def _databases() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    if url:
        return {"default": dict(dj_database_url.parse(url, conn_max_age=60))}
    # Decision D20: a committed entry survives a power cut (FULL), readers never wait for a writer (WAL), a writer takes
    # its lock at once (IMMEDIATE). recursive_triggers: REPLACE must meet the triggers that guard the registers (D18).
    pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;PRAGMA cache_size=-65536;"
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": OFFICE_DIR / DATABASE,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    }


DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours: a clerk who mistyped six times waits a quarter of an hour
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # an office shares one address: never lock it as a whole
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "giaoban.web.accounts.door.locked_out"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in our own audit

# Behind a TLS proxy: GIAOBAN_HTTPS=1. On one machine (127.0.0.1) plain http is all there is.
_HTTPS = os.environ.get("GIAOBAN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "vi"
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
# Only where files are collected for another server; whitenoise serves the packages' own files without it.
STATIC_ROOT = os.environ.get("GIAOBAN_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = True  # one machine, one command: no collectstatic step is needed to start
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refused form or a closed door is no event of the machine
}

# Reminders by e-mail only where an office has a server for it (decision D29); without it nothing is ever sent.
EMAIL_HOST = os.environ.get("GIAOBAN_MAIL_HOST", "")
REMIND_BY_MAIL = bool(EMAIL_HOST)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if REMIND_BY_MAIL else 'dummy'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("GIAOBAN_MAIL_PORT", "587"))
EMAIL_USE_TLS = os.environ.get("GIAOBAN_MAIL_TLS", "1") == "1"
EMAIL_HOST_USER = os.environ.get("GIAOBAN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GIAOBAN_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("GIAOBAN_MAIL_FROM", "") or EMAIL_HOST_USER

# Settings with a note (design.md, law 8). D11: below this number a sensitive count would name a person.
SMALL_NUMBER = 5
# A committee with more units at and below it does not wait at the screen for its report (600 take about five seconds of
# a processor); what was made is kept so long for whoever asked for it.
LARGE_REPORT_UNITS = 600
MADE_REPORT_HOURS = 24
