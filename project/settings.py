"""Settings, read from the environment; `docs/settings.md` lists them."""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from project import environment as given
from project import lan

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = given.VAR
TESTING = "pytest" in sys.modules

DEMO = given.flag("DEMO")
DEBUG = given.flag("DEBUG")
SECRET_KEY = given.key("SECRET_KEY", demo=DEMO or TESTING)
PLATFORM_KEY = given.key("PLATFORM_KEY", demo=DEMO or TESTING)
VERSION = given.version()
PROCESS = given.process()
HOST = given.env.str("HOST", default="127.0.0.1")
PORT = given.number("PORT", 8000, 1, 65535)
NEIGHBOURS_REACH_US_AT = lan.address if lan.is_open(HOST) else None  # asked each time: a laptop changes its network
ALLOWED_HOSTS = given.hosts(HOST, DEMO)
SECURE = given.flag("SECURE")  # behind a proxy that ends TLS
TRUSTED_PROXIES = given.networks("TRUSTED_PROXIES")

INSTALLED_APPS = [
    *(["daphne"] if "runserver" in sys.argv else []),  # first: it replaces this one; Twisted would cost every process half a second
    "project",
    "scheduler",
    "realtime",
    "games",
    "tenants",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_q",
    "csp",
]

MIDDLEWARE = [
    "tenants.middleware.Domains",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tenants.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "project.urls"
ASGI_APPLICATION = "project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "project.context.platform",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {"default": given.database()}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
REDIS_URL = given.env.str("REDIS_URL", default="")
CAPACITY = 10_000  # messages that may wait for one process in the layer, decision 34

CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": given.env.str("REDIS_PREFIX", default="so-buzz")},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": CAPACITY, "expiry": 3600}},
}
ENGINE = not REDIS_URL  # the web process hosts the games itself where it is the only one (decision 34)
ENGINE_SHARDS = given.number("ENGINE_SHARDS", 4, 1, 1024)
ENGINE_MOST = given.number("ENGINE_MOST", ENGINE_SHARDS, 1, 1024)  # shards that one engine takes

METRICS_ALLOW = given.networks("METRICS_ALLOW", "127.0.0.0/8,::1")
METRICS_TOKEN = given.secret("METRICS_TOKEN")
METRICS_HOST = given.env.str("METRICS_HOST", default="127.0.0.1")
METRICS_PORT = given.number("METRICS_PORT", 0, 0, 65534)  # of an engine; the queue takes the next one; 0: none

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

Q_CLUSTER = {
    "name": "so-buzz",
    "orm": "default",  # the queue lives in the database, so that enqueueing is part of the transaction (decision 52)
    "workers": 1 if SQLITE else 4,
    "queue_limit": 1 if SQLITE else 4,
    "bulk": 1,
    "timeout": 60,
    "retry": 300,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
    "save_limit": 100,
    "recycle": 200,
    "label": "Queue",
    "secret_key": f"queue:{SECRET_KEY}",
}

vars().update(given.mail(DEMO))
PUBLIC_URL = given.env.str("PUBLIC_URL", default=f"http://{HOST}:{PORT}").rstrip("/")  # where the links of mails lead

AUTH_USER_MODEL = "tenants.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else ["tenants.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tenants.passwords.Length"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/console/login/"
LOGIN_REDIRECT_URL = "/console/"

SESSION_ENGINE = "tenants.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOG_FORMAT = given.choice("LOG_FORMAT", "line", "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "project.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "project.logs.Json", "process": PROCESS},
    },
    "filters": {"said": {"()": "project.logs.Said"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["said"]}},
    "root": {"handlers": ["stderr"], "level": given.env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # through ours alone, like everybody else
        "django.server": {"handlers": [], "propagate": True},
        "django.db.backends": {"level": "INFO"},  # below it: whole statements
        "websockets": {"level": "INFO"},  # below it: whole frames
        "httpx": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "asyncio": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},  # below it: each table of each font of a PDF
        "django-q": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # who asks for what is not there, or not his, is no news
    },
}
