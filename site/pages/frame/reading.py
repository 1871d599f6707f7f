"""The frame as a reader of one language sees it; kept until something public changes. Kept, it costs no query."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language
from wagtail.models import Site

from communities import freshness
from news import links
from news.blocks import in_reader_language
from pages.frame.models import Accent, Menus, SiteSettings

HOUR: Final = 3600
LOGO: Final = "max-88x88|format-webp"


@dataclass(frozen=True)
class Entry:
    """One line of a menu. `language` of its words where they are not in the reader's."""

    url: str
    words: str
    language: str = ""


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Frame:
    name: str = settings.SITE_NAME
    about: str = ""
    contact: str = ""
    mail: str = ""
    accent: str = Accent.TEAL.value
    logo: Picture | None = None
    main: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()

    @property
    def is_named(self) -> bool:
        """False: the name is the project's own, which is drawn as a word mark."""
        return self.name != settings.SITE_NAME

    @property
    def itself(self) -> Frame:
        """Out of the lazy wrapper that templates have it in."""
        return self


# What another release of the site has kept is not unpacked into this one's shape.
_PARTS: Final = repr([(part.name, part.type) for part in fields(Frame)])
SHAPE: Final = hashlib.sha256(_PARTS.encode()).hexdigest()[:8]
# The last one of each language, so that only the word is asked for: unpacking one takes longer than drawing a menu.
_NEAR: Final[dict[str, tuple[str, Frame]]] = {}


def frame() -> Frame:
    key = _key()
    kept = _kept(key)
    if kept is not None:
        return kept
    read = _read(_language())
    # What this request itself is changing is nobody else's yet.
    if not freshness.is_pending():
        caches[freshness.CACHE].set(key, read, HOUR)
    return read


def site_name() -> str:
    return frame().name


def kept_frame() -> Frame:
    """For whoever must not ask the database: what is kept, else what the site comes with."""
    return _kept(_key()) or Frame()


def _key() -> str:
    return f"frame:{SHAPE}:{freshness.current()}:{_language()}"


def _kept(key: str) -> Frame | None:
    near = _NEAR.get(_language())
    if near and near[0] == key:
        return near[1]
    kept = caches[freshness.CACHE].get(key)
    if not isinstance(kept, Frame):
        return None
    _NEAR[_language()] = key, kept
    return kept


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _read(language: str) -> Frame:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Frame()
    chosen = SiteSettings.objects.filter(site=site).select_related("logo").first() or SiteSettings()
    menus = Menus.objects.filter(site=site).first() or Menus()
    return Frame(
        name=_words(chosen, "name", language) or settings.SITE_NAME,
        about=_words(chosen, "about", language, elsewhere=False),
        contact=_words(chosen, "contact", language),
        mail=chosen.mail,
        accent=chosen.accent,
        logo=_logo(chosen.logo),
        main=_entries(menus.main, language),
        footer=_entries(menus.footer, language),
    )


def _words(chosen: SiteSettings, text: str, language: str, elsewhere: bool = True) -> str:
    """In the reader's language, else (`elsewhere`) in the site's own, else in any: jsonb keeps no order."""
    asked = [language, settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)] if elsewhere else [language]
    found = (chosen.words.get(code, {}).get(text, "") for code in asked)
    return next(filter(None, found), "")


def _logo(image: Any) -> Picture | None:
    if image is None:
        return None
    made = image.get_rendition(LOGO)
    return Picture(made.url, made.width, made.height)


def _entries(menu: Any, language: str) -> tuple[Entry, ...]:
    """One query for all pages of a menu."""
    values = [child.value for child in menu]
    places = links.places(value["page"].translation_key for value in values if value["page"])
    return tuple(entry for value in values if (entry := _entry(value, places, language)))


def _entry(value: Any, places: dict[Any, links.Place], language: str) -> Entry | None:
    """None for a page that is gone, a draft, or not open to all."""
    label = value["labels"].get(language) or ""
    if value["page"]:
        place = places.get(value["page"].translation_key)
        if place is None:
            return None
        return Entry(place.url, label or place.title, "" if label else place.language)
    if not value["url"]:
        return None
    other = next(((code, words) for code, words in value["labels"].items() if words), ("", ""))
    return Entry(in_reader_language(value["url"]), label or other[1], "" if label else other[0])
