from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns
from forum_bench.counting import trivial

urlpatterns = [path("bench-trivial", trivial), *urlpatterns]
