import gc
import os
import sys
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from communities import freshness  # noqa: E402 -- needs the settings

freshness.begin()

# What is there now stays: walking through a quarter of a million of modules, models and addresses again and again took
# a tenth of every answer. Below, garbage is looked for after as many objects as some pages make.
from django.urls import get_resolver  # noqa: E402

_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
