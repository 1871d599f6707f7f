"""The real thing. Refuses to start without a secret key and its hosts."""

import sys

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, STORAGES, env

for _name in ("SECRET_KEY", "ALLOWED_HOSTS"):
    if not env(_name, default=""):
        sys.exit(f"{_name} is not set: production does not start without it (.env.example explains it).")

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
BASE_URL = env("BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECOND_FACTOR_FOR = env.list(
    "SECOND_FACTOR_FOR", default=["staff", "editors", "translators", "moderators", "facilitators"]
)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
DEVICE_COOKIE_NAME = "__Host-device"
ANSWER_FLOOR = env.float("ANSWER_FLOOR", default=0.6)
if env.bool("BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits on signing in count by the reader's address, not by the proxy's, which everybody shares.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
MIDDLEWARE = list(MIDDLEWARE)
