"""Settings: this site, as production runs it as far as its cost goes."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import MIDDLEWARE

DEBUG = False
# The reader is one of the demo world's.
DEMO_ACCOUNTS = True
ROOT_URLCONF = "forum_bench.ours_urls"
MIDDLEWARE = ["forum_bench.counting.Counting", *MIDDLEWARE]
