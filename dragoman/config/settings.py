"""Django's settings, made from the environment; what an installer may set stands in environment.py."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from dragoman.config.environment import environment
from dragoman.config.logs import without_traceback
from dragoman.ground.database import postmaster

ENV = environment()
HOME = ENV.home
BASE = Path(__file__).resolve().parent.parent
APPLICATION_ROLE = "-c role=dragoman_app"


def _database_url() -> str:
    """The address of the database; commands start the embedded one before they come here."""
    if ENV.database_url:
        return ENV.database_url
    folder = postmaster.folder_of(HOME)
    if (folder / "password").exists() and (folder / "port").exists():
        password, port = (folder / "password").read_text().strip(), (folder / "port").read_text().strip()
        return f"postgresql://dragoman:{password}@127.0.0.1:{port}/dragoman"
    return "postgresql://dragoman@127.0.0.1:1/dragoman"


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "dragoman.ground.database",
        "NAME": unquote(parts.path.lstrip("/")) or "dragoman",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            **dict(parse_qsl(parts.query)),
            "options": APPLICATION_ROLE,
            "pool": {"min_size": 0, "max_size": ENV.pool_size, "timeout": 10, "max_idle": 60},
        },
    }


SECRET_KEY = ENV.secret()
DEBUG = ENV.debug
DATABASES = {"default": _database(_database_url())}
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
_base_host = urlsplit(ENV.base_url).hostname
ALLOWED_HOSTS = [
    *_LOOPBACK,
    *([_base_host] if _base_host else []),
    *(host.strip() for host in ENV.allowed_hosts.split(",") if host.strip()),
]
BASE_URL = ENV.base_url
TRUSTED_PROXIES = [address.strip() for address in ENV.trusted_proxies.split(",") if address.strip()]
_tls = ENV.base_url.startswith("https://")

DEMO = ENV.demo
MAIL_URL = ENV.mail_url
MAIL_LISTEN = ENV.mail_listen
MAIL_FROM = ENV.mail_from
DNS_SERVER = ENV.dns_server
TRANSLATOR_URL = ENV.translator_url
REFERENCE_RATES_URL = ENV.reference_rates_url
LLM_URL = ENV.llm_url
MEANING = ENV.meaning
TRANSLATOR_OURS = ENV.translator_ours
SHOPS_OURS = ENV.shops_ours
EVENTS_KEEP_DAYS = ENV.events_keep_days

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "ninja",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "dragoman.ground.database",
    "dragoman.ground.events",
    "dragoman.ground.design",
    "dragoman.core.accounts",
    "dragoman.core.connections",
    "dragoman.core.notifications",
    "dragoman.core.exchange",
    "dragoman.core.playbooks",
    "dragoman.core.customers",
    "dragoman.core.language",
    "dragoman.core.commerce",
    "dragoman.core.shipping",
    "dragoman.core.texts",
    "dragoman.core.knowledge",
    "dragoman.core.conversations",
    "dragoman.core.segments",
    "dragoman.service.returns",
    "dragoman.service.assist",
    "dragoman.service.surveys",
    "dragoman.service.bot",
    "dragoman.service.community",
    "dragoman.oversight.audit",
    "dragoman.oversight.insights",
    "dragoman.front.desk",
    "dragoman.front.portal",
    "dragoman.front.api",
    "dragoman.front.gateway",
]

MIDDLEWARE = [
    "dragoman.front.gateway.middleware.trusted_proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dragoman.front.portal.help.domain.help_domain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dragoman.front.gateway.middleware.acting_agent",
    "dragoman.front.api.caller.api_caller",
    "dragoman.front.gateway.middleware.refusals",
]

ROOT_URLCONF = "dragoman.config.urls"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
FORM_RENDERER = "django.forms.renderers.Jinja2"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "dragoman.config.jinja.environment",
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "dragoman.ground.design.quick.csrf_once",
            ],
            "auto_reload": DEBUG,
        },
    },
    {
        # allauth and django-csp look for a Django engine at start; no page of ours uses it
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fi", "suomi"),
    ("de", "Deutsch"),
    ("pl", "polski"),
    ("nl", "Nederlands"),
    ("et", "eesti"),
    ("th", "ไทย"),
    ("ja", "日本語"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [str(BASE / "locale")]
# a widget's machine texts also reach languages the desk is not translated into
MACHINE_MARK_NAME = _("Machine translated")

STATIC_URL = "/static/"
STATIC_ROOT = str(HOME / "static")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if ENV.storage_url.startswith("s3://"):
    _s3 = urlsplit(ENV.storage_url)
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": _s3.netloc, "location": _s3.path.strip("/"), "default_acl": None},
    }
elif ENV.storage_url:
    STORAGES["default"]["OPTIONS"] = {"location": unquote(urlsplit(ENV.storage_url).path)}
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 48 * 1024 * 1024

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dragoman.front.gateway.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/login"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_REQUIRED = False
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "dragoman.front.gateway.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _tls
MFA_TOTP_ISSUER = "Dragoman"
EMAIL_BACKEND = "dragoman.front.gateway.adapter.OwnMailBackend"
DEFAULT_FROM_EMAIL = MAIL_FROM or "dragoman@localhost"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _tls
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dragoman.front.gateway.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENV.base_url] if ENV.base_url else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if _tls else 0
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}

PROCRASTINATE_ON_APP_READY = "dragoman.ground.events.worker.ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "dragoman": {"level": "INFO"},
        "procrastinate": {"level": "WARNING"},
        "django.request": {"filters": ["refusals"]},
    },
}
