"""The site as `make run` serves it, without what only costs time here: no waiting for the disk, files found once.

A browser keeps Wagtail's scripts instead of asking for each again on every page of the CMS.
"""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
