"""The public site: standing pages, resources with their files, articles with their pictures, translations.

Texts link to each other, so the sources are written down empty first and get their words second. Each page is
one transaction: one that was ever published was finished.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from wagtail.models import Locale, Page

from demo.blocks import block
from demo.content import Table, tables
from demo.tasks import once_at_the_end
from demo.uploads import document, picture
from demo.world import World
from news.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage
from news.public_page import PublicPage
from pages import search_entries, translations
from pages.models import HomePage, SpaceIndexPage, StandardPage

LANGUAGES: Final = ("fr", "en", "ar", "nl")
# A page is known by its key again, whatever an editor makes of its title and address.
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://demo.example/pages")
# Made by a migration, one per language, each written by itself.
STANDING: Final[dict[str, type[PublicPage]]] = {
    "home": HomePage,
    "news-index": NewsIndexPage,
    "resource-index": ResourceIndexPage,
    "space-index": SpaceIndexPage,
}
# Days ago, for what has no date of its own.
LONG_AGO: Final = 400
NEWEST_RESOURCE: Final = 9
BETWEEN_RESOURCES: Final = 17


def load(world: World) -> None:
    with transaction.atomic(), once_at_the_end():
        sources = {f"{kind}:{row['key']}": _source(kind, row) for kind, row in _rows()}
    rows = [*_rows()]
    for kind, row in world.progress.of(rows, len(rows)):
        with transaction.atomic(), once_at_the_end():
            if kind == "page" and row["kind"] in STANDING:
                world.progress.made += _write_standing(world, row, sources)
            elif sources[f"{kind}:{row['key']}"].first_published_at is None:
                _write(world, kind, row, sources)
                world.progress.made += 1


def _rows() -> Iterator[tuple[str, Table]]:
    """The oldest first: lists go by date, then by id."""
    yield from (("page", row) for row in tables("pages", "page"))
    yield from (("resource", row) for row in reversed(tables("resources", "resource")))
    yield from (("article", row) for row in reversed(tables("news", "article")))


# ── Empty pages, to be linked to ─────────────────────────────────────────────────────────────────


def _source(kind: str, row: Table) -> PublicPage:
    """The page in the language it was written in; empty and not live when it is new."""
    locale = Locale.objects.get(language_code=row["source"])
    if kind == "page" and row["kind"] in STANDING:
        return STANDING[row["kind"]].objects.get(locale=locale, alias_of=None)
    model, parent = {
        "page": (StandardPage, HomePage),
        "resource": (ResourcePage, ResourceIndexPage),
        "article": (NewsPage, NewsIndexPage),
    }[kind]
    identity = uuid.uuid5(NAMESPACE, f"{kind}:{row['key']}")
    page = model.objects.filter(translation_key=identity, locale=locale).first()
    if page is None:
        words = row[row["source"]]
        page = model(
            title=words["title"], slug=words["slug"], locale=locale, live=False, translation_key=identity
        )
        parent.objects.get(locale=locale, alias_of=None).add_child(instance=page)
    return page


def page_of(key: str) -> PublicPage:
    """The standing page of that key. StopIteration for one that the demo world does not know."""
    return _source("page", next(row for row in tables("pages", "page") if row["key"] == key))


# ── Their words ──────────────────────────────────────────────────────────────────────────────────


def _write_standing(world: World, row: Table, sources: dict[str, PublicPage]) -> bool:
    """False when somebody has published these pages before."""
    model = STANDING[row["kind"]]
    pages = list(model.objects.filter(alias_of=None, latest_revision=None).select_related("locale"))
    for page in pages:
        words = row[page.locale.language_code]
        _fill(page, {name: words[name] for name in words if name not in ("slug", "body")})
        if "body" in words:
            page.body = _body(page, _blocks(words["body"], sources))
        _publish(world, page)
        _date(page, world.ago(LONG_AGO))
    return bool(pages)


def _write(world: World, kind: str, row: Table, sources: dict[str, PublicPage]) -> None:
    page = sources[f"{kind}:{row['key']}"]
    published = _published(world, kind, row)
    _fill(page, _fields(world, kind, row, published))
    _fill(page, _words(row, row["source"]))
    outdated = [code for code in LANGUAGES if row.get(code, {}).get("out_of_date")]
    if outdated:
        # As it was when it was translated: what was added later comes afterwards.
        page.body = _body(page, _blocks(row[row["source"]]["body"], sources, later=False))
        _publish(world, page)
        _translate(world, page, row, outdated, sources)
    page.body = _body(page, _blocks(row[row["source"]]["body"], sources))
    _publish(world, page)
    _translate(
        world, page, row, [code for code in LANGUAGES if code in row and code not in outdated], sources
    )
    _date(page, published)


def _published(world: World, kind: str, row: Table) -> datetime.datetime:
    if kind == "article":
        return world.ago(row["days_ago"])
    if kind == "resource":
        return world.ago(NEWEST_RESOURCE + BETWEEN_RESOURCES * tables("resources", "resource").index(row))
    return world.ago(LONG_AGO)


def _fields(world: World, kind: str, row: Table, published: datetime.datetime) -> dict[str, Any]:
    themes = [world.themes[slug] for slug in row.get("themes", [])]
    if kind == "article":
        return {
            "date": published.date(),
            "author_name": row["author_name"],
            "themes": themes,
            "picture": picture(world, row) if "picture" in row else None,
        }
    if kind == "resource":
        return {
            "resource_kind": row["kind"],
            "country": row["country"],
            "year": row["year"],
            "publisher": row["publisher"],
            "licence": row["licence"],
            "themes": themes,
            "document": document(world, row),
            "file_language": row["file"]["language"],
        }
    return {}


def _words(row: Table, code: str) -> dict[str, Any]:
    """Title, address, introduction, the picture's words: all that is written but the body."""
    words = {name: text for name, text in row[code].items() if name not in ("body", "out_of_date")}
    if "picture" in row:
        words["picture_alt"] = row["picture"]["alt"][code]
    return words


def _fill(page: Page, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(page, name, value)


Blocks = list[tuple[str, Any]]


def _blocks(rows: list[Table], sources: dict[str, PublicPage], *, later: bool = True) -> Blocks:
    return [block(row, sources) for row in rows if later or not row.get("added_later")]


def _body(page: Any, blocks: Blocks) -> Any:
    raw = [{"type": name, "value": value} for name, value in blocks]
    return page._meta.get_field("body").stream_block.to_python(raw)


def _publish(world: World, page: PublicPage) -> None:
    page.save_revision(user=world.people["editor"]).publish(user=world.people["editor"])
    page.refresh_from_db()


def _translate(
    world: World, page: PublicPage, row: Table, codes: list[str], sources: dict[str, PublicPage]
) -> None:
    """By whoever may: the translator into Arabic, the editor into the others."""
    codes = [code for code in codes if code != row["source"]]
    later = not any(row[code].get("out_of_date") for code in codes)
    for translation in translations.translate(page, codes, world.people["editor"]):
        code = translation.target_locale.language_code
        by = world.people["translator_ar" if code == "ar" else "editor"]
        body = _blocks(row[code]["body"], sources, later=later)
        translations.fill(translation, {**_words(row, code), "body": body}, by)
        translations.publish(translation, by)


def _date(page: PublicPage, at: datetime.datetime) -> None:
    """Of the page, its translations and its stand-ins; Wagtail only knows the present moment."""
    family = Page.objects.filter(translation_key=page.translation_key)
    family.update(first_published_at=at, last_published_at=at, latest_revision_created_at=at)
    if isinstance(page, NewsPage):
        return  # Search goes by the date of the article itself.
    for member in family.filter(alias_of=None).specific():
        search_entries.put(member)
