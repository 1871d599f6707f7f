"""The glossary: what a term of the network's work is called in each language.

A term is one idea with a wording per language, so that it serves from any language into any other.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from themes.models import Theme

SEPARATORS = re.compile(r"[;,؛،\n]+")


class TermQuerySet(models.QuerySet["Term"]):
    def with_wordings(self) -> TermQuerySet:
        rows = Wording.objects.order_by("language")
        return self.select_related("theme").prefetch_related(Prefetch("wordings", rows), "theme__names")

    def said(self, words: str) -> TermQuerySet:
        """Terms with `words` in any wording."""
        found = Wording.objects.filter(Q(words__icontains=words) | Q(also__icontains=words))
        return self.filter(pk__in=found.values("term")) if words else self


class Term(models.Model):
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("theme")
    )

    objects = TermQuerySet.as_manager()

    def __str__(self) -> str:
        return " · ".join(wording.words for wording in self.wordings.all())


class Wording(models.Model):
    """A term in one language: found by `words` and `also` where it is the source, wanted where it is the target."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    words = models.CharField(_("preferred wording"), max_length=150, blank=True)
    also = models.CharField(
        _("also right"),
        max_length=400,
        blank=True,
        help_text=_("Other forms of the same, separated by commas: plurals, abbreviations."),
    )
    avoid = models.CharField(
        _("better not"),
        max_length=400,
        blank=True,
        help_text=_("What people write and should not, separated by commas."),
    )
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="one_wording_per_language"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def forms(self) -> list[str]:
        return [self.words, *_pieces(self.also)]

    @property
    def avoided(self) -> list[str]:
        return _pieces(self.avoid)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in SEPARATORS.split(text) if piece.strip()]
