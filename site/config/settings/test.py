"""The suite: production's manners (no DEBUG) with cheap passwords and mail kept in memory."""

import os
import tempfile

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, INSTALLED_APPS, STORAGES, VAR

DEBUG = False
SECRET_KEY = "the-suite-keeps-no-secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
INSTALLED_APPS += ["demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_scratch = tempfile.mkdtemp(prefix="jx-test-")
MEDIA_ROOT = os.path.join(_scratch, "media")
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": os.path.join(_scratch, "private"), "base_url": None},
    },
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": os.path.join(_scratch, "renditions"), "base_url": "/renditions/"},
    },
}
# A kept database: a file for SQLite, so that --reuse-db has something to reuse.
_name = os.environ.get("TEST_DB_NAME", "jx_test")
DATABASES["default"]["TEST"] = {
    "NAME": str(VAR / f"{_name}.sqlite3") if DATABASES["default"]["ENGINE"].endswith("sqlite3") else _name
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
ACCOUNT_RATE_LIMITS = False
