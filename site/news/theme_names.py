"""The themes of a page with their names: few rows that many pages show, kept as menus and settings are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities import freshness
from themes.models import Theme

if TYPE_CHECKING:
    from news.models import NewsPage, ResourcePage


def themes_of(page: NewsPage | ResourcePage) -> list[Theme]:
    """In every language, saved or previewed. One query."""
    there = freshness.kept("themes", _all)
    return [there.get(theme.pk, theme) for theme in page.themes.all()]


def _all() -> dict[int, Theme]:
    return {theme.pk: theme for theme in Theme.objects.with_names()}
