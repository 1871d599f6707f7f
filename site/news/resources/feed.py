"""The Atom feed of the library, for whatever facets a reader has chosen: the newest of the same list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities.naming import site_name
from news.feeds import SteadyAtom
from news.resources.facets import Shelf
from news.resources.models import ResourceIndexPage, ResourcePage

NEWEST = 20


class ResourceFeed(Feed):
    """With stand-ins, as the list has them: each entry says its language."""

    feed_type = type(
        "MarkedAtom",
        (SteadyAtom,),
        {"item_attributes": lambda self, item: {"xml:lang": item["entry_language"]}},
    )

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Shelf:
        """Raises Http404 for what nobody can ask for."""
        index = ResourceIndexPage.objects.open_to_all().filter(locale__language_code=get_language()).first()
        if index is None:
            raise Http404
        return Shelf.asked_for(index, request.GET)

    def title(self, shelf: Shelf) -> str:
        chosen = [choice.name for _label, choice in shelf.chosen]
        return " · ".join([shelf.index.title, *chosen, site_name()])

    def author_name(self, shelf: Shelf) -> str:
        """Atom wants one; who made a resource stands in its own words."""
        return site_name()

    def subtitle(self, shelf: Shelf) -> str:
        return shelf.index.intro or _("Resources of the network")

    def link(self, shelf: Shelf) -> str:
        return f"{shelf.index.get_url() or '/'}{shelf.feed_query}"

    def feed_url(self, shelf: Shelf) -> str:
        return f"{reverse('resource_feed')}{shelf.feed_query}"

    def feed_extra_kwargs(self, shelf: Shelf) -> dict[str, Any]:
        return {"unchanged_since": shelf.index.last_published_at or shelf.index.latest_revision_created_at}

    def items(self, shelf: Shelf) -> list[ResourcePage]:
        return ResourcePage.objects.in_order(shelf.newest()[:NEWEST])

    def item_title(self, item: ResourcePage) -> str:
        return item.title

    def item_description(self, item: ResourcePage) -> str:
        return item.intro

    def item_link(self, item: ResourcePage) -> str:
        return item.get_url() or "/"

    def item_pubdate(self, item: ResourcePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: ResourcePage) -> datetime | None:
        return item.last_published_at

    def item_extra_kwargs(self, item: ResourcePage) -> dict[str, str]:
        return {"entry_language": item.content_language}

    def item_enclosures(self, item: ResourcePage) -> list[Enclosure]:
        """The file with its type and size, so that a reader on a slow line can decide."""
        if item.document is None:
            return []
        url = f"{settings.BASE_URL}{item.document.url}"
        return [Enclosure(url, str(item.document.file_size or 0), item.document.content_type)]
