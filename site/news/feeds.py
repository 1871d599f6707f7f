"""The Atom feeds of the news, one per language and one per theme in it: public things only."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities.naming import site_name
from news.models import NewsIndexPage, NewsPage
from themes.models import Theme

NEWEST = 20


class SteadyAtom(Atom1Feed):
    """An empty feed is as old as its list: Django's would be new with every second."""

    def latest_post_date(self) -> datetime:
        since: datetime | None = self.feed.get("unchanged_since")
        if since and not self.items:
            return since
        return super().latest_post_date()


class NewsFeed(Feed):
    """Without stand-ins: a feed in Arabic holds what is written in Arabic."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        index = NewsIndexPage.objects.open_to_all().filter(locale__language_code=get_language()).first()
        if index is None:
            raise Http404
        return index

    def title(self, index: NewsIndexPage) -> str:
        return f"{index.title} · {site_name()}"

    def subtitle(self, index: NewsIndexPage) -> str:
        return index.intro or _("News of the network")

    def link(self, index: NewsIndexPage) -> str:
        return index.get_url() or "/"

    def feed_url(self, index: NewsIndexPage) -> str:
        return reverse("news_feed")

    def feed_extra_kwargs(self, index: NewsIndexPage) -> dict[str, Any]:
        return {"unchanged_since": index.last_published_at or index.latest_revision_created_at}

    def items(self, index: NewsIndexPage) -> Any:
        return NewsPage.objects.newest(index).filter(alias_of=None).with_row()[:NEWEST]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.intro

    def item_link(self, item: NewsPage) -> str:
        return item.get_url() or "/"

    def author_name(self, index: NewsIndexPage) -> str:
        """Of all entries that name nobody (RFC 4287, 4.2.1)."""
        return site_name()

    def item_author_name(self, item: NewsPage) -> str | None:
        return item.author_name or None

    def item_categories(self, item: NewsPage) -> list[str]:
        return [theme.name for theme in item.themes.all()]

    def item_pubdate(self, item: NewsPage) -> datetime:
        """At noon of the site's own zone: the reader's has no place in what all of them share."""
        return timezone.make_aware(datetime.combine(item.date, time(12)), timezone.get_default_timezone())

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at


class ThemeNewsFeed(NewsFeed):
    """The same for one theme; 404 for a theme nobody knows."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        index = super().get_object(request)
        index.theme = Theme.objects.with_names().filter(slug=kwargs["theme"]).first()
        if index.theme is None:
            raise Http404
        return index

    def title(self, index: NewsIndexPage) -> str:
        return f"{index.title}: {index.theme.name} · {site_name()}"

    def link(self, index: NewsIndexPage) -> str:
        return f"{super().link(index)}?theme={index.theme.slug}"

    def feed_url(self, index: NewsIndexPage) -> str:
        return reverse("news_theme_feed", args=[index.theme.slug])

    def items(self, index: NewsIndexPage) -> Any:
        newest = NewsPage.objects.newest(index).filter(alias_of=None).about(index.theme)
        return newest.with_row()[:NEWEST]
