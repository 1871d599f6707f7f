"""A space, its words in each language, and the addresses it had."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from communities.prepared import Prepared
from communities.querysets import SpaceQuerySet
from communities.questions import questions_in, validate_questions
from communities.roles import JoinPolicy, Visibility
from communities.shapes import CLOSING, SLOW, SpaceKind

if TYPE_CHECKING:
    from communities.permissions import Rights


def random_slug() -> str:
    """For a hidden space: a path in a log or a browser's history says nothing."""
    return "s-" + secrets.token_hex(8)


class Space(models.Model):
    """The place of one community of practice. Its words are rows of `SpaceText`, one per language."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=SpaceKind, default=SpaceKind.COMMUNITY)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.CLOSED
    )
    join_policy = models.CharField(
        _("how to join"), max_length=10, choices=JoinPolicy, default=JoinPolicy.REQUEST
    )
    language = models.CharField(_("main language"), max_length=8, choices=settings.LANGUAGES, default="en")
    # Codes of settings.LANGUAGES: what is spoken there. `language` is what its words are written in first.
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    countries = CountryField(_("countries"), multiple=True, blank=True)
    hue = models.PositiveSmallIntegerField(_("hue"), default=1, choices=[(n, str(n)) for n in range(1, 9)])
    shows_members = models.BooleanField(_("members see the list of members"), default=True)
    indexed = models.BooleanField(_("search engines may list its topics"), default=False)
    # Names of `communities.presenting.FIGURES`: nothing is counted in public unless the space agreed.
    figures = models.JSONField(_("figures on the public page"), default=list, blank=True)
    cover = models.OneToOneField(
        "files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="cover_of_space"
    )
    # Names of these columns stand in `communities.shapes.MODULES`. Switched off, a room keeps what it holds.
    has_forum = models.BooleanField(_("forum"), default=True)
    has_library = models.BooleanField(_("library"), default=True)
    has_events = models.BooleanField(_("events"), default=True)
    # Until one post of theirs was shown; moderators decide (forum/approving.py).
    approves_first = models.BooleanField(_("first posts wait for approval"), default=False)
    # Both of its forum (forum/pace.py); a topic may have its own.
    slow_minutes = models.PositiveSmallIntegerField(
        _("slow mode: one post per person in"), choices=SLOW, default=0
    )
    closes_after = models.PositiveSmallIntegerField(
        _("topics close by themselves when nobody writes for"), choices=CLOSING, default=0
    )
    exportable = models.BooleanField(_("facilitators may take a copy of the whole space"), default=True)
    keeps_originals = models.BooleanField(
        _("originals may be kept as evidence"),
        default=False,
        help_text=_(
            "Whoever adds files to the library may then keep them as they came too: with the place, the date and the "
            "names in them. Only who added it and those who moderate can fetch an original."
        ),
    )
    # How often its settings were saved: who saves an older state is told (communities/settling.py).
    changes = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    themes = models.ManyToManyField(
        "themes.Theme", blank=True, related_name="spaces", verbose_name=_("themes")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        # The grants of communities/grants.py; guardian keeps them as permissions on a space.
        permissions = [
            ("read_space", "Read"),
            ("post_space", "Write"),
            ("moderate_space", "Moderate"),
            ("manage_space", "Manage"),
        ]
        constraints = [
            # access.md, first table: how one gets in depends on who may know the space.
            models.CheckConstraint(
                name="join_policy_fits_visibility",
                condition=Q(visibility__in=["public", "network"])
                | Q(visibility="closed", join_policy__in=["request", "invite"])
                | Q(visibility="hidden", join_policy="invite"),
            )
        ]

    # Set by `permissions.rights`, so that one request asks once.
    rights: Rights
    # Set by `cards.name_themes`.
    theme_names: list[str]

    def __str__(self) -> str:
        return f"space {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:space", args=[self.slug])

    @property
    def is_hidden(self) -> bool:
        return self.visibility == Visibility.HIDDEN

    @property
    def is_read_only(self) -> bool:
        return bool(self.archived_at or self.frozen_at)

    @property
    def text(self) -> SpaceText:
        """The words in the reader's language, else the space's own, else any (`with_texts()` beforehand)."""
        nothing = SpaceText(space=self, language=self.language, name=self.slug)
        return next(iter(self.texts_in_order()), nothing)

    def texts_in_order(self) -> list[SpaceText]:
        """The reader's language first, then the space's own, then the others. Fetched once, if they did not come along
        (`with_texts()`): what is sent to a space mostly needs no name of it.
        """
        brought = self.__dict__.setdefault("_prefetched_objects_cache", {})
        if "texts" not in brought:
            brought["texts"] = self._bring_texts()
        texts = list(brought["texts"])
        if len(texts) < 2:
            return texts
        order = {self.language: 1, get_language() or "": 0}
        return sorted(texts, key=lambda row: (order.get(row.language, 2), row.pk))

    def _bring_texts(self) -> Any:
        """As `prefetch_related_objects` would, by a prepared query."""
        rows: Any = self.texts.all()
        rows._result_cache = _TEXTS(space_id=self.pk)
        for row in rows:
            row.space = self
        return rows

    @property
    def questions(self) -> tuple[str, list[str]]:
        """What whoever asks to join is asked, and in which language: the nearest that has questions."""
        asking = (row for row in self.texts_in_order() if row.questions)
        row = next(asking, None)
        return (row.language, row.questions) if row else (self.language, [])

    def said(self, field: str) -> tuple[str, str]:
        """(words, their language) of the nearest text that has any."""
        rows = ((getattr(row, field), row.language) for row in self.texts_in_order())
        return next((row for row in rows if row[0]), ("", ""))

    @property
    def name(self) -> str:
        return self.text.name

    @property
    def purpose(self) -> str:
        return self.text.purpose

    @property
    def initial(self) -> str:
        """For the monogram."""
        return self.text.name[:1].upper()


class SpaceText(models.Model):
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    welcome = models.TextField(_("welcome"), max_length=4000, blank=True)
    rules = models.TextField(_("rules"), max_length=4000, blank=True)
    question = models.TextField(
        _("questions to whoever asks to join"),
        max_length=1500,
        blank=True,
        validators=[validate_questions],
        help_text=_("One on each line, five at most."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "language"], name="one_space_text_per_language")
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"

    @property
    def questions(self) -> list[str]:
        return questions_in(self.question)


_TEXTS: Final = Prepared(lambda space_id: SpaceText.objects.filter(space=space_id))


class OldAddress(models.Model):
    """A slug that a space had. It leads on, for whoever may know the space; a hidden space keeps none."""

    slug = models.SlugField(unique=True, max_length=60)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="old_addresses")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"old address {self.pk}"
