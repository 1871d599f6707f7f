"""What search engines and link previews are told of a public page, as plain data: schema.org and Open Graph.

Only of what a visitor may read: whoever calls has asked already. Nothing here leads to another host.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.text import Truncator
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from communities import freshness
from events.models import Event
from news.models import NewsPage, ResourcePage
from news.public_page import STEP, PublicPage
from news.templatetags.public_pages import renditions_of
from pages.models import HomePage, SpacePage

CONTEXT: Final = "https://schema.org"
# Open Graph wants a country with each language; these say nothing about where readers are.
LOCALES: Final = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_AR", "nl": "nl_NL"}
LONGEST: Final = 200


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """What a link to the page looks like elsewhere."""

    title: str
    description: str
    url: str
    site: str
    kind: str = "website"
    language: str = ""
    others: list[str] = field(default_factory=list)
    picture: Picture | None = None
    published: str = ""
    changed: str = ""

    @property
    def locale(self) -> str:
        return LOCALES.get(self.language, self.language)

    @property
    def other_locales(self) -> list[str]:
        return [LOCALES.get(code, code) for code in self.others]


def absolute(address: str) -> str:
    return f"{settings.BASE_URL}{address}"


def organisation(card: Card) -> dict[str, Any]:
    return {"@type": "Organization", "name": card.site, "url": absolute("/")}


def card_of(page: PublicPage, url: str, others: list[str], site: str) -> Card:
    text = page.space.text if isinstance(page, SpacePage) else None
    words = page.search_description or (text.purpose if text else getattr(page, "intro", ""))
    is_article = isinstance(page, NewsPage)
    return Card(
        title=text.name if text else (page.seo_title or page.title),
        description=Truncator(words).chars(LONGEST),
        url=url,
        site=site,
        kind="article" if is_article else "website",
        language=text.language if text else page.content_language,
        others=others,
        picture=picture_of(page),
        published=page.date.isoformat() if isinstance(page, NewsPage) else "",
        changed=page.last_published_at.isoformat() if is_article and page.last_published_at else "",
    )


def picture_of(page: PublicPage) -> Picture | None:
    """The sizes that the page itself shows: none is made for this."""
    image: AbstractImage | None = getattr(page, "picture", None)
    if image is None:
        return None
    largest = renditions_of(image)[-1]
    return Picture(absolute(largest.url), largest.width, largest.height, getattr(page, "picture_alt", ""))


def graph_of(page: PublicPage, card: Card) -> dict[str, Any]:
    nodes = [crumbs(page, card), node_of(page, card)]
    return {"@context": CONTEXT, "@graph": [node for node in nodes if node]}


def node_of(page: PublicPage, card: Card) -> dict[str, Any]:
    if isinstance(page, HomePage):
        return {
            "@type": "WebSite",
            "inLanguage": card.language,
            "publisher": organisation(card),
            **_common(card),
        }
    if isinstance(page, NewsPage):
        return article(page, card)
    if isinstance(page, ResourcePage):
        return work(page, card)
    if isinstance(page, SpacePage):
        return {"@type": "Organization", "parentOrganization": organisation(card), **_common(card)}
    return {"@type": "WebPage", "inLanguage": card.language, "publisher": organisation(card), **_common(card)}


def _common(card: Card) -> dict[str, Any]:
    return {"name": card.title, "url": card.url} | (
        {"description": card.description} if card.description else {}
    )


def article(page: NewsPage, card: Card) -> dict[str, Any]:
    author = {"@type": "Person", "name": page.author_name} if page.author_name else organisation(card)
    facts: dict[str, Any] = {
        "@type": "Article",
        "headline": Truncator(page.title).chars(110),
        "mainEntityOfPage": card.url,
        "inLanguage": card.language,
        "datePublished": card.published,
        "dateModified": card.changed or card.published,
        "author": author,
        "publisher": organisation(card),
        **_common(card),
    }
    if card.picture:
        facts["image"] = card.picture.url
    return facts


def work(page: ResourcePage, card: Card) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "@type": "CreativeWork",
        "inLanguage": page.file_language or card.language,
        "publisher": {"@type": "Organization", "name": page.publisher}
        if page.publisher
        else organisation(card),
        **_common(card),
    }
    if page.year:
        facts["datePublished"] = str(page.year)
    return facts


def crumbs(page: Page, card: Card) -> dict[str, Any]:
    """From the home page down; none for the home page itself."""
    if page.depth <= HOME:
        return {}
    above = [page.path[:end] for end in range(STEP * (HOME + 1), len(page.path), STEP)]
    rows = freshness.kept(f"crumbs-{above[-1]}", lambda: _named_addresses(above)) if above else []
    home = card.url.split("/")[3]
    steps = [(card.site, absolute(f"/{home}/"))]
    steps += [(title, absolute(f"/{home}/{address.split('/', 2)[2]}")) for title, address in rows]
    return breadcrumbs([*steps, (card.title, card.url)])


def _named_addresses(paths: list[str]) -> list[tuple[str, str]]:
    """Of few pages, the lists, that all below them show: kept as menus are."""
    return list(Page.objects.filter(path__in=paths).order_by("path").values_list("title", "url_path"))


HOME: Final = 2  # depth of the home pages in Wagtail's tree


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def event_graph(event: Event, card: Card, list_name: str) -> dict[str, Any]:
    """An open event. The address of the online room stays on the page, for people."""
    home, events = _event_steps(card, list_name)
    space = event.space
    facts = {
        **event_facts(event, card.url),
        "organizer": {"@type": "Organization", "name": space.name} if space else organisation(card),
        **_common(card),
    }
    return {"@context": CONTEXT, "@graph": [breadcrumbs([home, events, (card.title, card.url)]), facts]}


def event_list_graph(events: list[tuple[Event, str]], card: Card) -> dict[str, Any]:
    """The coming open events, each with its own address; the list's own card."""
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "item": {**event_facts(event, url), "name": event.text.title},
        }
        for number, (event, url) in enumerate(events, 1)
    ]
    listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items, **_common(card)}
    steps = _event_steps(card, card.title)
    return {"@context": CONTEXT, "@graph": [breadcrumbs(steps), *([listed] if items else [])]}


def _event_steps(card: Card, list_name: str) -> list[tuple[str, str]]:
    language = card.url.split("/")[3]
    return [
        (card.site, absolute(f"/{language}/")),
        (list_name, absolute(f"/{language}/events/")),
    ]


def event_facts(event: Event, url: str) -> dict[str, Any]:
    online = {"@type": "VirtualLocation", "url": url}
    place = {"@type": "Place", "name": event.place, "address": event.place}
    return {
        "@type": "Event",
        "url": url,
        "startDate": event.starts_there.isoformat(),
        "endDate": event.ends_there.isoformat(),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/{'On' if event.is_online else 'Off'}lineEventAttendanceMode",
        "location": online if event.is_online else place,
        "inLanguage": event.languages or [event.language],
    }
