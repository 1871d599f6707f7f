"""What the search box finds of the public pages. Stand-ins are not found: their source is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import override

from news.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage
from news.public_page import PublicPage
from pages.models import SpaceIndexPage, SpacePage, StandardPage
from search import entries

# The home page says what the others say better.
FOUND: dict[str, tuple[type[PublicPage], ...]] = {
    "news": (NewsPage,),
    "resource": (ResourcePage,),
    "page": (StandardPage, NewsIndexPage, ResourceIndexPage, SpaceIndexPage),
    "space": (SpacePage,),
}


def put(page: PublicPage) -> None:
    """Found as it is now; not at all when it is a draft, a stand-in, restricted, or of a hidden space."""
    if not isinstance(page, FOUND.get(page.kind, ())):
        return
    if (
        page.live
        and not page.is_stand_in
        and not page.get_view_restrictions().exists()
        and _may_be_known(page)
    ):
        entries.put(entry_of(page))
    else:
        drop(page)


def drop(page: PublicPage) -> None:
    entries.drop(page.kind, page.pk)


def entry_of(page: PublicPage) -> entries.Entry:
    language = page.locale.language_code
    with override(language):
        return entries.Entry(
            kind=page.kind,
            object_id=page.pk,
            space_id=None,
            audience="everyone",
            language=language,
            title=page.space.name if isinstance(page, SpacePage) else page.title,
            body=page.plain_body,
            date=getattr(page, "date", None) or page.last_published_at,
            url=page.get_url() or "/",
            themes=[theme.pk for theme in page.themes.all()]
            if isinstance(page, NewsPage | ResourcePage)
            else None,
            work=page.translation_key,
        )


def _may_be_known(page: PublicPage) -> bool:
    return not (isinstance(page, SpacePage) and page.space.is_hidden)


def source(kind: str) -> Callable[[], Iterator[entries.Entry]]:
    """For `manage.py rebuild_search`."""

    def all_entries() -> Iterator[entries.Entry]:
        for model in FOUND[kind]:
            for page in model.objects.open_to_all().filter(alias_of=None).select_related("locale"):
                if _may_be_known(page):
                    yield entry_of(page)

    return all_entries


SOURCES = {kind: source(kind) for kind in FOUND}
