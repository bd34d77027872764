"""The settings of Django: all that an administrator does not decide. ``THUIS_LIVE`` names the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from thuis.language import LANGUAGES as CATALOGUES
from thuis.live.config import FOLDER_VARIABLE, MAIL_VARIABLE, database_of, read_config, secret_of
from thuis.site.headers import HEADERS, POLICY

HOME = Path(os.environ[FOLDER_VARIABLE]).resolve()
LIVE = read_config(HOME)
PUBLIC = HOME / LIVE.public

SECRET_KEY = secret_of(HOME)
DEBUG = False
ALLOWED_HOSTS = list(LIVE.names)
DATABASES = {"default": database_of(HOME, LIVE)}
# What counts for all processes alike: a code of a second factor opens once, sign-ins that fail.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "live_cache"},
}
for each in CACHES.values():
    each["KEY_FUNCTION"] = "thuis.live.visitors.hidden"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "live.User"
ROOT_URLCONF = "thuis.live.urls"
WSGI_APPLICATION = "thuis.live.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "thuis.live",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "thuis.live.middleware.Headers",
    "thuis.live.middleware.Methods",
    "thuis.live.middleware.Language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thuis.live.visitors.Forms",
    "thuis.live.middleware.Text",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "thuis.live.api.http.Machine",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [str(Path(__file__).parent / "templates")],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "thuis.live.pages.for_django",
            "context_processors": ["thuis.live.pages.around"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

LANGUAGES = [(each, each) for each in CATALOGUES]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
STATIC_URL = "/beheer/static/"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "thuis.live.accounts.Adapter"
SOCIALACCOUNT_ADAPTER = "thuis.live.accounts.SocialAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# Guesses are stopped by who makes them (and axes); so few for a name that strangers could keep its owner out
# would do more harm than good, behind two factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,100/h/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {"login": "thuis.live.signing_in.Login"}
MFA_FORMS = {
    "authenticate": "thuis.live.signing_in.Authenticate",
    "reauthenticate": "thuis.live.signing_in.Reauthenticate",
    "activate_totp": "thuis.live.signing_in.Activate",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "thuis"
# A code that changed on its way, or of a clock that is half a minute off (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "thuis.live.accounts.MfaAdapter"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "thuis.live.visitors.address"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_RESET_ON_SUCCESS = True
SOCIALACCOUNT_ONLY = False
# Who comes from the provider is known by an address that the provider says is theirs.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_PROVIDERS = LIVE.oidc.providers(os.environ.get("THUIS_LIVE_OIDC_SECRET", ""))

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LIVE.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [LIVE.address.rstrip("/")]
CSRF_FAILURE_VIEW = "thuis.live.views.faults.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = HEADERS["Cross-Origin-Opener-Policy"]
SECURE_HSTS_SECONDS = 31_536_000 if LIVE.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LIVE.proxies else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = LIVE.limits.upload
FILE_UPLOAD_HANDLERS = ["thuis.live.uploads.Bounded"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        (words := part.split())[0]: tuple(words[1:]) for part in POLICY.split("; ") if part.strip()
    }
}
if LIVE.oidc.server:
    # A browser holds the policy for forms against where a form is sent on to, too.
    origin = "/".join(LIVE.oidc.server.split("/")[:3])
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += (origin,)

DEFAULT_FROM_EMAIL = SERVER_EMAIL = LIVE.mail.sender
EMAIL_HOST, EMAIL_PORT = LIVE.mail.host, LIVE.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = LIVE.mail.user, os.environ.get(MAIL_VARIABLE, "")
EMAIL_USE_TLS = LIVE.mail.tls
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if LIVE.mail.host else 'filebased'}.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "thuis.live.middleware.WithoutQuery"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "filters": ["plain"]}},
    "loggers": {
        "django": {"handlers": ["err"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["err"], "level": "ERROR", "propagate": False},
    },
}
