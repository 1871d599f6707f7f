"""Wagtail's pages, last of all addresses. Reversed by Wagtail under the name `wagtail_serve`."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

from news.feeds import NewsFeed, ThemeNewsFeed
from pages import views, wishes

urlpatterns = [
    path("news/atom/", NewsFeed(), name="news_feed"),
    path("news/atom/<slug:theme>/", ThemeNewsFeed(), name="news_theme_feed"),
    path("resources/", include("news.resources.urls")),
    path("wanted/<int:page_id>/", wishes.WishView.as_view(), name="translation_wish"),
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
    # For the names that Wagtail reverses; nothing reaches these (`_util/` is walled up in config.urls).
    path("", include(wagtail_urls)),
]
