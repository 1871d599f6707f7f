"""Below `resources/`, before Wagtail's pages."""

from django.urls import path

from news.resources.feed import ResourceFeed
from news.resources.views import citation

urlpatterns = [
    path("atom/", ResourceFeed(), name="resource_feed"),
    path("<str:slug>/citation.ris", citation, name="resource_citation"),
]
