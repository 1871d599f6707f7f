"""Links between pages lead to the reader's own tree: the translation, or the stand-in, of what was chosen.

Only to what everybody may read: an address or a title says something already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Page

from news.public_page import PublicPageQuerySet


@dataclass(frozen=True)
class Place:
    """A page where this reader finds it. `language` of its title, when that is not the reader's."""

    url: str
    title: str
    language: str = ""


@dataclass
class _Gathered:
    """What was looked up for a whole body at once."""

    keys: dict[int, Any] = field(default_factory=dict)  # page id -> translation key
    places: dict[Any, Place] = field(default_factory=dict)


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def looked_up(page_ids: Iterable[int], known: Iterable[Page] = ()) -> Iterator[None]:
    """Inside, no link among `page_ids` costs a query of its own. One query, none without ids.

    `known` are among them and already fetched, wherever they are.
    """
    keys = {page.pk: page.translation_key for page in known}
    wanted = keys.keys() | set(page_ids)
    rows: list[Any] = list(chosen_and_here(_linked(), wanted)) if wanted else []
    keys = dict.fromkeys(wanted) | keys | {page.pk: page.translation_key for page in rows}
    places = {page.translation_key: _place(page) for page in rows if page.is_here}
    token = _gathered.set(_Gathered(keys, places))
    try:
        yield
    finally:
        _gathered.reset(token)


def chosen_and_here(rows: PublicPageQuerySet, page_ids: Iterable[int]) -> PublicPageQuerySet:
    """Of `rows`: those chosen, wherever they are, and what the reader finds in their place (`is_here`)."""
    wanted = list(page_ids)
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    here = rows.open_to_all().filter(translation_key__in=keys, locale__language_code=get_language())
    is_here = Exists(here.filter(pk=OuterRef("pk")))
    return rows.filter(
        Q(pk__in=wanted) | Q(translation_key__in=keys, locale__language_code=get_language())
    ).annotate(is_here=is_here)


def keys(page_ids: Iterable[int]) -> dict[int, Any]:
    """Page id -> translation key. One query, or none inside `looked_up`."""
    wanted, found = set(page_ids), _gathered.get()
    if found is not None and wanted <= found.keys.keys():
        return found.keys
    return _keys_of(wanted)


def places(translation_keys: Iterable[Any]) -> dict[Any, Place]:
    """Translation key -> place in the reader's language, of what is open to all there. One query at most."""
    wanted, found = set(translation_keys), _gathered.get()
    if found is not None and wanted <= set(found.keys.values()):
        return found.places
    return _places_of(wanted)


def _keys_of(page_ids: Iterable[int]) -> dict[int, Any]:
    wanted = set(page_ids)
    found = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key")) if wanted else {}
    return {each: found.get(each) for each in wanted}


def _places_of(translation_keys: Iterable[Any]) -> dict[Any, Place]:
    wanted = {key for key in translation_keys if key is not None}
    if not wanted:
        return {}
    here = _linked().open_to_all().filter(translation_key__in=wanted, locale__language_code=get_language())
    return {page.translation_key: _place(page) for page in here}


def _linked() -> PublicPageQuerySet:
    """Pages, with what a link shows of them."""
    return PublicPageQuerySet(Page).select_related("locale", "alias_of__locale")


def _place(page: Page) -> Place:
    source = page.alias_of.locale.language_code if page.alias_of_id else ""
    return Place(page.get_url() or "", page.title, source if source != page.locale.language_code else "")
