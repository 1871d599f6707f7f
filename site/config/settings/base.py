"""What every way of running the site shares. Values that differ come from the environment (`.env.example`).

Each room of settings is a module beside this one; what several of them need stands in `ground.py`.
"""

from typing import Any

from csp.constants import NONE, SELF

from config.settings.cms import *  # noqa: F403
from config.settings.data import *  # noqa: F403
from config.settings.data import PRIVATE_SERVING, TASKS
from config.settings.ground import *  # noqa: F403
from config.settings.ground import ROOT, env
from config.settings.people import *  # noqa: F403

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
if TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
    INSTALLED_APPS.append("django_tasks_db")

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
    "files.following.FollowingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.OrdinaryErrorsMiddleware",
    "config.middleware.TimeZoneMiddleware",
    "profiles.sessions.middleware.SealedFormsMiddleware",
    "profiles.sessions.middleware.LimitsMiddleware",
    "profiles.second_factor.SecondFactorMiddleware",
    "profiles.entrance.charter_gate.CharterMiddleware",
    "communities.moving.MovedMiddleware",
    "config.twice.SentTwiceMiddleware",
    "config.middleware.CmsDoorMiddleware",
    "files.cms_told.ToldMiddleware",
    "config.middleware.TricksMiddleware",
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
            "builtins": [
                "config.templatetags.around",
                "config.templatetags.face",
                "config.templatetags.fields",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
        },
    },
    # For what stands on every page, or on one twenty times: five to ten times as quick (`config/jinja.py`).
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "site" / "jinja2"],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]
FORM_RENDERER = "config.face_forms.FaceRenderer"

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
