"""Settings: this site, as production runs it as far as its cost goes."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import MIDDLEWARE
from config.settings.people import FORUM_MOST_A_MINUTE

DEBUG = False
# The reader is one of the demo world's.
DEMO_ACCOUNTS = True
# Posts are measured one after the other.
FORUM_MOST_A_MINUTE = {**FORUM_MOST_A_MINUTE, "post": 1_000_000}
ROOT_URLCONF = "forum_bench.ours_urls"
MIDDLEWARE = ["forum_bench.counting.Counting", *MIDDLEWARE]
