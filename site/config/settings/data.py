"""What is kept, and where: database, caches, files, tasks."""

import hashlib
import sys

from config.settings.ground import BASE_URL, ROOT, VAR, env

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
    # Our tables fit in memory: without this the planner leaves the search index for a sequential scan. Nobody waits
    # longer than that for a row that another request holds: a page says so, and nothing is lost (config/twice.py).
    DATABASES["default"]["OPTIONS"] = {"options": "-c random_page_cost=1.1 -c lock_timeout=10s"}
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
# What the library of one space may hold, older versions and the bin included.
LIBRARY_QUOTA_BYTES = env.int("LIBRARY_QUOTA_MB", default=2000) * 1_000_000
# For one file, in the process that takes it apart: time, and memory beyond what that process has from the start.
# The largest photograph taken (64 million pixels, turned upright) needs about 600.
CLEANING_SECONDS = env.int("CLEANING_SECONDS", default=30)
CLEANING_MEGABYTES = env.int("CLEANING_MEGABYTES", default=1024)
# How private files leave: "stream" through this process, "accel" by nginx, "signed" from the bucket (files.handing).
PRIVATE_SERVING = env("PRIVATE_SERVING", default="stream")
_may_sign = env("PRIVATE_BUCKET", default="") and env("PRIVATE_BUCKET_ENDPOINT", default="")
if PRIVATE_SERVING not in {"stream", "accel", *(["signed"] if _may_sign else [])}:
    sys.exit("PRIVATE_SERVING: stream, accel, or signed with a bucket and its endpoint (see .env.example).")
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
