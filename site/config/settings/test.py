"""The suite: production's manners (no DEBUG) with cheap passwords and mail kept in memory."""

import atexit
import hashlib
import os
import shutil
import tempfile

from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES, DATABASES, INSTALLED_APPS, ROOT, STORAGES, VAR

DEBUG = False
SECRET_KEY = "the-suite-keeps-no-secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
INSTALLED_APPS += ["demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_scratch = tempfile.mkdtemp(prefix="jx-test-")
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
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
CACHES = {
    **CACHES,
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
# whitenoise warns of a missing folder, and a warning is an error here; nothing is collected for the suite.
STATIC_ROOT = os.path.join(_scratch, "static")
os.mkdir(STATIC_ROOT)
# A kept database (`--reuse-db`), named after what decides its contents, so that a change makes it anew.
_made_of = [
    ROOT / "requirements.txt",
    ROOT / "tests" / "world.py",
    *sorted(ROOT.glob("*/**/migrations/0*.py")),
]
_digest = hashlib.sha256(b"".join(path.read_bytes() for path in _made_of if path.exists())).hexdigest()[:10]
_name = f"{os.environ.get('TEST_DB_NAME', 'jx_test')}_{_digest}"
DATABASES["default"]["TEST"] = {
    "NAME": str(VAR / f"{_name}.sqlite3") if DATABASES["default"]["ENGINE"].endswith("sqlite3") else _name
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
LIMITS = {}
