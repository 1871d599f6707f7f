"""The Atom feed of the news, one per language: public things only."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.models import NewsIndexPage, NewsPage

NEWEST = 20


class NewsFeed(Feed):
    """Without stand-ins: a feed in Arabic holds what is written in Arabic."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        index = NewsIndexPage.objects.open_to_all().filter(locale__language_code=get_language()).first()
        if index is None:
            raise Http404
        return index

    def title(self, index: NewsIndexPage) -> str:
        return f"{index.title} · {settings.SITE_NAME}"

    def subtitle(self, index: NewsIndexPage) -> str:
        return index.intro or _("News of the network")

    def link(self, index: NewsIndexPage) -> str:
        return index.get_url() or "/"

    def feed_url(self, index: NewsIndexPage) -> str:
        return reverse("news_feed")

    def items(self, index: NewsIndexPage) -> Any:
        return NewsPage.objects.newest(index).filter(alias_of=None)[:NEWEST]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.intro

    def item_link(self, item: NewsPage) -> str:
        return item.get_url() or "/"

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(12)))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at
