"""Themes: subjects that spaces, pages, events and people share. One row, a name per language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


def nearest_name(names: dict[str, str], slug: str) -> str:
    """Of a theme's names by language, the one in the reader's, else English, else any, else the slug."""
    return names.get(get_language() or "en") or names.get("en") or next(iter(names.values()), slug)


Key = TypeVar("Key", bound=Hashable)


def named_by(rows: Iterable[tuple[Key, str, str | None, str | None]]) -> dict[Key, list[str]]:
    """The names that belong to each key, in the order of the rows, out of one query for a whole list.

    A row: (key, slug, language, name), as a join with the names gives them: without a name for a theme that has none.
    """
    found: dict[Key, dict[str, dict[str, str]]] = {}
    for key, slug, language, name in rows:
        names = found.setdefault(key, {}).setdefault(slug, {})
        if language and name:
            names[language] = name
    return {
        key: [nearest_name(names, slug) for slug, names in themes.items()] for key, themes in found.items()
    }


class ThemeQuerySet(models.QuerySet["Theme"]):
    def with_names(self) -> ThemeQuerySet:
        """Names come with the themes: `theme.name` costs no query of its own."""
        return self.prefetch_related("names")


class Theme(ClusterableModel):
    slug = models.SlugField(_("address"), unique=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else English, else any, else the slug."""
        return nearest_name({row.language: row.name for row in self.names.all()}, self.slug)


class ThemeName(models.Model):
    # Parental, so that the CMS edits a theme and its names in one form.
    theme = ParentalKey(Theme, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "language"], name="one_theme_name_per_language")
        ]
        verbose_name = _("name of a theme")
        verbose_name_plural = _("names of themes")

    def __str__(self) -> str:
        return self.name
