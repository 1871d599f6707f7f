"""Wagtail's pages, last of all addresses. Reversed by Wagtail under the name `wagtail_serve`."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from news.feeds import NewsFeed
from pages import views

urlpatterns = [
    path("news/atom/", NewsFeed(), name="news_feed"),
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]
