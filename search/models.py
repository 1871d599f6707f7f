"""The one table over everything that can be found. Only this room touches it (`entries.py` is its door)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix
from django.utils.translation import get_language

from search.querysets import SearchEntryQuerySet


class Audience(models.TextChoices):
    """Who reads an entry that is in no space. Not shown to anyone, hence not translated."""

    EVERYONE = "everyone"
    NETWORK = "network"


class SearchEntry(models.Model):
    """A copy of what one live object says, and its stems.

    The short columns stand before the texts on purpose: SQLite reads a row from the left, and the right
    filter and the date of every hit are read, the texts of one page of results only.

    SQLite only: a later migration that alters this table may remake it, and its triggers go with the old
    one. Such a migration calls `0002`'s `create` again; a test looks for the triggers.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    # Empty: in no space, then `audience` decides. A change of visibility or membership touches no entry.
    space = models.ForeignKey(
        "communities.Space",
        null=True,
        on_delete=models.CASCADE,
        related_name="search_entries",
        db_index=False,  # the index below begins with it
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.NETWORK)
    language = models.CharField(max_length=10)
    date = models.DateField(null=True)
    # The id of a person, never a name: names change and go, and one that is indexed stays to be found.
    author = models.BigIntegerField(null=True)
    analyser = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=500)
    title = models.TextField()
    title_terms = models.TextField()
    title_words = models.TextField()
    body = models.TextField()
    body_terms = models.TextField()
    # The same for all translations of one thing, so that a list can name it once. Empty: there is but this one.
    work = models.UUIDField(null=True)
    themes = models.ManyToManyField("themes.Theme", related_name="+")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        # Answers who may read a row without reading the row.
        indexes = [
            models.Index(fields=["space", "audience"], name="search_entry_readers"),
            models.Index(fields=["work"], condition=Q(work__isnull=False), name="search_entry_translations"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_search_entry_per_object"),
            models.CheckConstraint(
                name="search_audience_is_known", condition=Q(audience__in=["everyone", "network"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    def get_absolute_url(self) -> str:
        """As it was given; an address that begins without a slash continues the reader's own language."""
        if self.url.startswith("/"):
            return self.url
        return f"{get_script_prefix()}{get_language()}/{self.url}"


class SearchIndex(models.Model):
    """SQLite's FTS5 table behind SearchEntry. On PostgreSQL there is none: generated columns do its work."""

    entry = models.OneToOneField(
        SearchEntry, primary_key=True, on_delete=models.DO_NOTHING, db_column="rowid", related_name="index"
    )

    class Meta:
        managed = False
        db_table = "search_index"

    def __str__(self) -> str:
        return f"index of {self.pk}"
