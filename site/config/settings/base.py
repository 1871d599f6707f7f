"""What every way of running the site shares. Values that differ come from the environment (`.env.example`)."""

import hashlib
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"

env = environ.Env()
env.read_env(ROOT / ".env")

# What the site is called and where it answers. PORT changes its own absolute addresses too.
PORT = env.int("PORT", default=8000)
BASE_URL = env("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_NAME = "Justice ExPEERience"
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL

INSTALLED_APPS = [
    "themes",
    "files",
    "communities",
    "search",
    "profiles",
    "profiles.entrance",
    "profiles.leaving",
    # machina looks its classes up by app label: its forum app first, ours (label `space_forum`) after it.
    "machina.apps.forum",
    "forum",
    "forum.forum_permission",
    "forum.forum_conversation",
    "machina.apps.forum_conversation.forum_attachments",
    "machina.apps.forum_conversation.forum_polls",
    "machina.apps.forum_tracking",
    "mptt",
    "events",
    "news",
    "news.comments",
    "pages",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    # Wagtail's people views, narrowed: no password, no address, nobody made or deleted there.
    "pages.cms.people_app.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # After it: the listeners of allauth's that it replaces are connected by then.
    "profiles.sessions",
    "guardian",
    "django_comments_xtd",
    "django_comments",
    "rest_framework",
    "django_countries",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "config.middleware.UnreadableRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before whitenoise: without `collectstatic` nothing is compressed beforehand.
    "config.middleware.CompressionMiddleware",
    # Inside compression, since it brings compressed bodies; outside whatever looks at sessions and people.
    "pages.page_cache.PageCacheMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CachingHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "profiles.sessions.middleware.SessionLifeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.OrdinaryErrorsMiddleware",
    "config.middleware.TimeZoneMiddleware",
    "profiles.sessions.middleware.SealedFormsMiddleware",
    "profiles.sessions.middleware.LimitsMiddleware",
    "profiles.second_factor.SecondFactorMiddleware",
    "profiles.entrance.charter_gate.CharterMiddleware",
    "communities.moving.MovedMiddleware",
    "config.middleware.CmsDoorMiddleware",
    "pages.cms.policy.CmsPolicyMiddleware",
    "pages.cms.translators.TranslatorsMiddleware",
    "pages.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["config.templatetags.face", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
        },
    }
]
FORM_RENDERER = "config.face_forms.FaceRenderer"

# Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # An acknowledged post survives a power cut (synchronous=FULL); writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Our tables fit in memory: without this the planner leaves the search index for a sequential scan.
    DATABASES["default"]["OPTIONS"] = {"options": "-c random_page_cost=1.1"}
# Machina's migrations were made with AutoField; our own apps say BigAutoField in their AppConfig.
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
MIGRATION_MODULES = {"forum_permission": "machina.apps.forum_permission.migrations"}

_cache = env.cache_url("CACHE_URL", default="locmemcache://")
_has_redis = "redis" in _cache["BACKEND"]
if _has_redis:
    # Away or slow, it holds nobody up for longer than this.
    _cache["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 2, **_cache.get("OPTIONS", {})}
    _cache["BACKEND"] = "config.cache.PatientRedisCache"
# Public pages are kept where every process of the site finds them, and finds them gone: Redis, or else files.
# Two sites that share such a place (a second one for trying things out) must not meet there.
_this_site = hashlib.sha256(f"{BASE_URL} {DATABASES['default']}".encode()).hexdigest()[:8]
_pages = (
    {**_cache, "KEY_PREFIX": f"pages-{_this_site}"}
    if _has_redis
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env("PAGE_CACHE_ROOT", default=str(VAR / "pages")),
        "KEY_PREFIX": _this_site,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
)
CACHES = {
    "default": _cache,
    "pages": _pages,
    "machina_attachments": {**_cache, "KEY_PREFIX": "machina"},
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Outside every served folder, without an address: the one view of `files` is the only way out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env("PRIVATE_ROOT", default=str(VAR / "private")), "base_url": None},
    },
    # Re-encoded pictures of public pages; originals (default storage) were cleaned and have no address.
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env("RENDITION_ROOT", default=str(VAR / "renditions")),
            "base_url": "/renditions/",
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR / "media"))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR / "static"))
STATICFILES_DIRS = [ROOT / "site" / "static"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", default=20) * 1024 * 1024
# For one file, in the process that takes it apart: time, and memory beyond what that process has from the start.
# The largest photograph taken (64 million pixels, turned upright) needs about 600.
CLEANING_SECONDS = env.int("CLEANING_SECONDS", default=30)
CLEANING_MEGABYTES = env.int("CLEANING_MEGABYTES", default=1024)
# How private files leave: "stream" through this process, "accel" by nginx, "signed" from the bucket (files.handing).
PRIVATE_SERVING = env("PRIVATE_SERVING", default="stream")
PRIVATE_ACCEL_PREFIX = env("PRIVATE_ACCEL_PREFIX", default="/private-files/")
if _bucket := env("PRIVATE_BUCKET", default=""):
    STORAGES["private"] = {
        "BACKEND": "files.bucket.PrivateBucket",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env("PRIVATE_BUCKET_ENDPOINT", default="") or None,
            "region_name": env("PRIVATE_BUCKET_REGION", default="") or None,
            "access_key": env("PRIVATE_BUCKET_KEY", default="") or None,
            "secret_key": env("PRIVATE_BUCKET_SECRET", default="") or None,
        },
    }
# A virus scanner; without an address none is asked. One that does not answer means that nothing is taken.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")
CLAMD_TIMEOUT = env.float("CLAMD_TIMEOUT", default=20)

# Tasks run at once unless a worker is configured (`TASKS=database`, then `manage.py db_worker`).
_tasks_in_database = env("TASKS", default="immediate") == "database"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if _tasks_in_database
        else "django_tasks.backends.immediate.ImmediateBackend",
    }
}
if _tasks_in_database:
    INSTALLED_APPS.append("django_tasks_db")

# Drafts of translations by a machine: a LibreTranslate server of the network's own. Without an address, none.
MACHINE_TRANSLATION_URL = env("MACHINE_TRANSLATION_URL", default="")
MACHINE_TRANSLATION_KEY = env("MACHINE_TRANSLATION_KEY", default="")
MACHINE_TRANSLATION_TIMEOUT = env.float("MACHINE_TRANSLATION_TIMEOUT", default=20)

# Languages and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية"), ("nl", "Nederlands")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# People and the one sign-in door -----------------------------------------------------------------------------
AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = ["profiles.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "profiles.entrance.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "profiles.entrance.passwords.NotCommonValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "profiles.entrance.passwords.OwnWordsValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "communities:feed"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "profiles.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "profiles.entrance.forms.SignupForm",
    "change_password": "profiles.entrance.forms.ChangePasswordForm",
    "set_password": "profiles.entrance.forms.SetPasswordForm",
    "reset_password_from_key": "profiles.entrance.forms.ResetPasswordKeyForm",
}
# "approval": anybody may ask, staff decide. "invitation": only by a link that staff sent.
SIGN_UP = env("SIGN_UP", default="approval")
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A code by mail instead of a password. Mail is slow where lines are poor.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
MFA_ADAPTER = "profiles.entrance.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "profiles.entrance.factor_forms.ActivateAppForm",
    "authenticate": "profiles.entrance.factor_forms.CodeForm",
    "reauthenticate": "profiles.entrance.factor_forms.CodeAgainForm",
    "login_webauthn": "profiles.entrance.factor_forms.PasskeyLoginForm",
    "authenticate_webauthn": "profiles.entrance.factor_forms.PasskeyForm",
    "reauthenticate_webauthn": "profiles.entrance.factor_forms.PasskeyAgainForm",
    "add_webauthn": "profiles.entrance.factor_forms.NewPasskeyForm",
}
MFA_TOTP_ISSUER = SITE_NAME
# Who must have a second factor: any of staff, editors, translators, moderators, facilitators.
SECOND_FACTOR_FOR: list[str] = env.list("SECOND_FACTOR_FOR", default=[])
USERSESSIONS_TRACK_ACTIVITY = False

# Sessions: seconds without a request, seconds altogether. The second pair where "a shared phone" was ticked.
SESSION_LIMITS = (14 * 86400, 60 * 86400)
SHARED_PHONE_LIMITS = (20 * 60, 4 * 3600)
SESSION_COOKIE_AGE = SESSION_LIMITS[1]
DEVICE_COOKIE_NAME = "device"
# Where "Quick exit" leads: a site that anybody may have open.
QUICK_EXIT_URL = env("QUICK_EXIT_URL", default="https://www.wikipedia.org/")
# Tries per seconds, a day at most: of one network, on one address, of one account, and for a device that has
# signed in to this account before ("own"), which nobody else's tries can lock out. Where `failures_only` says so
# (profiles/sessions/limits.py), whoever gets it right gives the try back.
LIMITS: dict[str, dict[str, str]] = {
    "sign_in": {"network": "60/900", "address": "10/900", "own": "10/900"},
    "sign_up": {"network": "20/3600", "address": "3/3600"},
    "reset": {"network": "30/3600", "address": "5/3600", "own": "5/3600"},
    "link": {"network": "60/3600"},
    "code": {"network": "30/3600", "address": "5/3600", "own": "5/3600"},
    "address": {"network": "30/3600", "address": "3/3600", "account": "10/3600", "own": "5/3600"},
    "proof": {"network": "60/900", "account": "10/900", "own": "10/900"},
    "second_factor": {"network": "60/900", "account": "10/900", "own": "10/900"},
    "passkey": {"network": "60/900"},
    "kept": {"network": "60/3600"},
}
# allauth's count in the cache, which may be away.
ACCOUNT_RATE_LIMITS = False
# Seconds before which no form at the door is answered, so that the time says nothing of an address.
ANSWER_FLOOR = env.float("ANSWER_FLOOR", default=0)

# Accounts at demo.example share a password that the README prints: refused wherever DEBUG is off.
DEMO_ACCOUNTS = False

# guardian: grants on spaces, through communities/grants.py alone.
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# Guardian answers no has_perm(): communities/permissions.py does, and reads the rows it keeps.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# Cookies, headers ---------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    # Ours: nothing inline, nothing from elsewhere. /cms/ is Wagtail's own and has its own policy.
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

if PRIVATE_SERVING == "signed":
    # Pictures and sound come from the network's own bucket, and from nowhere else.
    _origin = "/".join(env("PRIVATE_BUCKET_ENDPOINT", default="").split("/")[:3])
    for _directive in ("img-src", "media-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(_origin)  # type: ignore[index]

# Mail -----------------------------------------------------------------------------------------------------------
_mail = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Justice ExPEERience <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# Renditions in WebP, thumbnails of the CMS too: Wagtail's JPEG and PNG keep GPS and EXIF.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp"}
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "docx",
    "odt",
    "rtf",
    "txt",
    "md",
    "csv",
    "xlsx",
    "ods",
    "pptx",
    "odp",
    "epub",
    "jpg",
    "jpeg",
    "png",
    "webp",
    "mp3",
    "ogg",
    "m4a",
    "wav",
    "mp4",
    "webm",
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
WAGTAILDOCS_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
# As files.cleaning.images: larger ones are refused before they are decoded.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
# Whatever editors upload is cleaned before Wagtail keeps it.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.cms_forms.CleanDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.cms_forms.CleanImageForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
SITE_ID = 1
# For security.txt: mailto: or https: addresses. The contact page where there is none.
SECURITY_CONTACTS: list[str] = env.list("SECURITY_CONTACTS", default=[])
# What publishing clears: our own page cache, and a cache in front of the site when there is one.
WAGTAILFRONTENDCACHE = {"pages": {"BACKEND": "pages.page_cache.ClearingBackend"}}
if _front := env("FRONT_CACHE_LOCATION", default=""):
    WAGTAILFRONTENDCACHE["front"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": _front,
    }

# django-comments-xtd: only `news` speaks to it; its own addresses and JSON are not mounted.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "news.comments.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 2
# Its own ways are a net behind ours, hence as strict as they can be, for every kind of object.
COMMENTS_XTD_CONFIRM_EMAIL = True
COMMENTS_XTD_APP_MODEL_OPTIONS = {
    "default": {
        "who_can_post": "users",
        "allow_flagging": False,
        "allow_feedback": False,
        "show_feedback": False,
    }
}

# machina: models only. Markdown is ours, through nh3.
MACHINA_MARKUP_LANGUAGE: tuple[str, dict[str, Any]] = ("communities.markup.render", {})
MACHINA_MARKUP_WIDGET = None

# Logs: ids, no query string, a shortened address, one line a request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.logs.RequestIdFilter"}},
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # The one line a request is ours (config.middleware); Django's own would print whole addresses.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # Names pages by their titles, and a landing page by its space's name.
        "wagtail": {"level": "WARNING"},
        # Says hello at every start.
        "pikepdf": {"level": "WARNING"},
    },
}
