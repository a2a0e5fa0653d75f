"""All settings, in one file; what may differ between instances comes from the environment.

With nothing set, this is a demo on 127.0.0.1 with SQLite. ``STAFFEL_MODE=production`` demands a key, hosts, a database, a
mail server, a sender, a provider and a contact, and names what is missing. ``docs/operate/settings.md`` has every variable.
"""

import logging
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from csp.constants import NONE, SELF

from staffel.base import env
from staffel.base.version import read_version

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "staffel"
DATA = ROOT / "data"
BUILD = ROOT / "build"

# Mode ---------------------------------------------------------------------------------------------------------------

MODE = env.choice(
    "STAFFEL_MODE",
    ("demo", "production"),
    "demo",
    "demo: for trying out, on this machine only; production: for real people.",
)
DEMO = MODE == "demo"
RELEASE = read_version(ROOT / "CHANGELOG.md")
DEBUG = False

VAR = Path(env.text("STAFFEL_VAR", str(ROOT / "var"), "Folder for the SQLite database and everything else that is written."))

# Addresses ----------------------------------------------------------------------------------------------------------

# The demo answers only to this machine's own names: whoever opens it to a network has to choose production.
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
HOSTS = env.words("STAFFEL_HOSTS", "", "Host names under which production answers, separated by commas.")
ALLOWED_HOSTS = LOCAL_HOSTS if DEMO else HOSTS
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host}" for host in HOSTS]
ROOT_URLCONF = "staffel.config.urls"
WSGI_APPLICATION = "staffel.config.wsgi.application"
APPEND_SLASH = True

# Secrets ------------------------------------------------------------------------------------------------------------

SECRET_KEY = env.text("STAFFEL_SECRET_KEY", "", "Secret of at least 50 random characters that signs sessions and links.")
# Django and ``base.boxes`` open with these what was closed before the secret changed; nothing new is closed with them.
SECRET_KEY_FALLBACKS = env.words("STAFFEL_EARLIER_SECRET_KEYS", "", "Secrets that were replaced, separated by commas.")
METRICS_TOKEN = env.text("STAFFEL_METRICS_TOKEN", "", "Token for /metrics/; empty switches the page off.")


def _demo_key() -> str:
    """Return a key that survives a restart, so that a demo does not sign people out; made at the first start."""
    path = VAR / "demo-secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


# Mail ---------------------------------------------------------------------------------------------------------------

MAIL = env.text("STAFFEL_MAIL", "", "Mail server: smtp://, smtps:// (TLS) or smtp+starttls://user:password@host:port.")
DEFAULT_FROM_EMAIL = env.text("STAFFEL_MAIL_FROM", "", "Sender address of every mail.")

# Provider -----------------------------------------------------------------------------------------------------------

PROVIDER = env.text(
    "STAFFEL_PROVIDER", "", "Who answers for this instance, for the Impressum; lines separated by a vertical bar."
)
CONTACT = env.text("STAFFEL_CONTACT", "", "E-mail address for questions, also on accessibility and privacy.")

# Database -----------------------------------------------------------------------------------------------------------

DATABASE = env.text("STAFFEL_DATABASE", "", "sqlite:///folder/file.sqlite3 or postgresql://user:password@host:5432/name.")

POSTGRESQL_BIN = env.text("STAFFEL_POSTGRESQL_BIN", "", "Folder of pg_dump and pg_restore for backups; empty: on the PATH.")

if not DEMO:
    absent = env.missing(
        {
            "STAFFEL_SECRET_KEY": SECRET_KEY,
            "STAFFEL_HOSTS": HOSTS,
            "STAFFEL_DATABASE": DATABASE,
            "STAFFEL_MAIL": MAIL,
            "STAFFEL_MAIL_FROM": DEFAULT_FROM_EMAIL,
            "STAFFEL_PROVIDER": PROVIDER,
            "STAFFEL_CONTACT": CONTACT,
        }
    )
    if absent:
        raise env.SettingError(f"Production needs these settings: {', '.join(absent)}. See docs/operate/settings.md.")
    if len(SECRET_KEY) < 50:
        raise env.SettingError(f"STAFFEL_SECRET_KEY must have at least 50 characters, got {len(SECRET_KEY)}.")

SECRET_KEY = SECRET_KEY or _demo_key()
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or "staffel@demo.invalid"

if MAIL and not DEMO:
    _mail = env.address("STAFFEL_MAIL", MAIL, ("smtp", "smtps", "smtp+starttls"))
    EMAIL_HOST, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.host, _mail.user, _mail.password
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+starttls"
    EMAIL_PORT = _mail.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[_mail.scheme]
    EMAIL_TIMEOUT = 20
else:
    # The demo never talks to a mail server, whatever is set: its letters are read in the Postausgang.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def _sqlite(path: Path) -> dict:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "staffel.base.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        # Test runners know by Django's own engine name that SQLite needs no file; ours they do not know.
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            # Else INSERT OR REPLACE deletes a row without asking the triggers that keep it.
            "PRAGMA recursive_triggers=ON;",
        },
    }


def _postgresql(server: env.Address) -> dict:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": server.path,
        "USER": server.user,
        "PASSWORD": server.password,
        "HOST": server.host,
        "PORT": server.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }


if DATABASE:
    _server = env.address("STAFFEL_DATABASE", DATABASE, ("sqlite", "postgresql"))
    if _server.scheme == "sqlite" and _server.host:
        raise env.SettingError(
            "STAFFEL_DATABASE names a file from the root on, with three slashes: sqlite:///folder/file.sqlite3."
        )
    DATABASES = {"default": _sqlite(Path("/" + _server.path)) if _server.scheme == "sqlite" else _postgresql(_server)}
else:
    DATABASES = {"default": _sqlite(VAR / "staffel.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Contexts -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "staffel.base",
    "staffel.ui",
    "staffel.accounts",
    "staffel.municipalities",
    "staffel.curriculum",
    "staffel.cohorts",
    "staffel.admissions",
    "staffel.learning",
    "staffel.credentials",
    "staffel.reporting",
    "staffel.portal",
]

MIDDLEWARE = [
    "staffel.base.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "staffel.base.middleware.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staffel.accounts.middleware.ActingRole",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "staffel.accounts.middleware.SecondProof",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "staffel.ui.middleware.RuleSentences",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "staffel.ui.frame.frame",
                "staffel.accounts.frame.account",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "staffel.ui.templatetags.kit"],
            # A variable that does not exist is a mistake of ours; tests replace this text by an exception.
            "string_if_invalid": "",
        },
    }
]
FORM_RENDERER = "staffel.ui.forms.KernRenderer"

# People -------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/anmelden/"
LOGIN_REDIRECT_URL = "/mein-bereich/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# Sign-in ------------------------------------------------------------------------------------------------------------

# Roles that see people act only after a second proof; a demo has nobody to protect.
SECOND_PROOF = not DEMO
ACCOUNT_ADAPTER = "staffel.accounts.adapters.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "request_login_code": "5/10m/key",
    "feedback": "10/h/ip",
    # Each that nobody asked for before reads up to 200 units, at up to 10 ms.
    "comparison": "30/m/ip",
    # Each sends a letter to an address that anybody can type. Many town halls share one network address.
    "application": "30/h/ip,5/h/key",
    "application_links": "30/h/ip,5/h/key",
    "release": "30/h/ip,5/h/key",
}
MFA_ADAPTER = "staffel.accounts.adapters.ProofAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Staffel"
# A clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

SOCIALACCOUNT_ADAPTER = "staffel.accounts.adapters.DirectoryAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
OIDC_NAME = env.text("STAFFEL_OIDC_NAME", "Dienstkonto", "What the sign-in page calls the identity provider.")
OIDC_SERVER = env.text("STAFFEL_OIDC_SERVER", "", "Issuer address of an OpenID Connect provider; empty: none.")
OIDC_CLIENT = env.text("STAFFEL_OIDC_CLIENT", "", "Client id at the provider.")
OIDC_SECRET = env.text("STAFFEL_OIDC_SECRET", "", "Client secret at the provider.")
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER:
    if not (OIDC_CLIENT and OIDC_SECRET):
        raise env.SettingError("STAFFEL_OIDC_SERVER needs STAFFEL_OIDC_CLIENT and STAFFEL_OIDC_SECRET.")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "dienst",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }

# Only the limits of sign-in use the cache; all processes count in one table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_countedattempt",
        # Each count is counted against this, so it stays small; a job deletes what ran out.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Language -----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "de"
# German is written in the source; English becomes a catalogue, and is offered here once it exists.
LANGUAGES = [("de", "Deutsch")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
# Numbers get their points where they are put into words; a year or a postal code has none.
USE_THOUSAND_SEPARATOR = False

# Files for the browser ----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "static"
# Made from the locked npm packages by ``make assets``.
STATICFILES_DIRS = [("ui", BUILD / "assets")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "staffel.ui.static_files.CompressedHashedFiles"},
}
WHITENOISE_MAX_AGE = 31_536_000

# Files from the browser ---------------------------------------------------------------------------------------------

# A little more than the largest package (``curriculum``), so that the page itself can say that a file is too large.
LARGEST_REQUEST = 600 * 1024 * 1024
LARGEST_REQUEST_OF_STRANGERS = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "staffel.base.uploads.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security -----------------------------------------------------------------------------------------------------------

HTTPS = not DEMO
SECURE_SSL_REDIRECT = HTTPS
# Health checks and the collector of metrics come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if (
    env.choice("STAFFEL_BEHIND_PROXY", ("yes", "no"), "no", "yes: a proxy in front ends TLS and sets X-Forwarded-Proto itself.")
    == "yes"
):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The address that limits count by: the last one, which the proxy itself has added.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "staffel.ui.views.csrf_refused"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # KERN's icons are masks with data: addresses.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Browsers apply this to where a form's answer leads, too.
        "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Logging ------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.choice("STAFFEL_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "Least severe lines logged.")
LOG_REQUESTS = env.choice("STAFFEL_LOG_REQUESTS", ("yes", "no"), "yes", "yes: one line for each answered request.") == "yes"

_shared_processors = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[*_shared_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[LOG_LEVEL]),
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=False) if DEMO else structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": _shared_processors,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Every 404 would be logged twice: RequestNumber logs it already.
        "django.request": {"level": "ERROR"},
        # Scanners ask for any host; a traceback for each would bury everything else.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# Serving ------------------------------------------------------------------------------------------------------------

PORT = env.number("PORT", 8000, "Port on which ``serve`` listens.", least=1, most=65_535)
_BIND = env.text("STAFFEL_BIND", "127.0.0.1", "Address on which production listens; the demo always takes 127.0.0.1.")
BIND = "127.0.0.1" if DEMO else _BIND
WORKERS = env.number("STAFFEL_WORKERS", 0, "Web processes; 0 means one for each processor.", most=64)
JOB_WORKERS = env.number(
    "STAFFEL_JOB_WORKERS",
    1,
    "Processes for mails and other jobs that `serve` starts; 0 leaves them to services of their own. SQLite takes one at most.",
    most=16,
)
# The demo has one address; production answers under its first host.
BASE_URL = f"http://127.0.0.1:{PORT}" if DEMO else f"https://{HOSTS[0]}"
