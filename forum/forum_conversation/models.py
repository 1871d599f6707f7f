"""machina's topics and posts with our columns. Never import `*` from machina here: it would rebind them.

Written by `forum/posting` alone: machina's `save()` recounts everything, and unlocks a topic that was
locked meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from machina.apps.forum_conversation.abstract_models import AbstractPost, AbstractTopic
from machina.apps.forum_conversation.managers import ApprovedManager

from communities.public_ids import new_public_id
from forum.kinds import ICONS, TURNS, TopicKind
from forum.querysets import PostQuerySet, TopicQuerySet

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser, Rights
    from forum.talking.answers import Fold


def _gone() -> SafeString:
    """In the reader's language, which the words around it may not be."""
    return format_html('<p class="soft" lang="{}">{}</p>', get_language() or "", _("Removed by its author"))


class Topic(AbstractTopic):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    # People are emptied, never deleted; machina's cascade would take everyone's replies along.
    poster = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    # Not `auto_now_add`: what is moved in from elsewhere keeps its own date.
    created = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    # None: as the space (forum/pace.py).
    slow_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_after = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_again_at = models.DateTimeField(null=True, blank=True)
    # What it is for. machina's `type` is left with where it stands in the list.
    kind = models.CharField(max_length=12, choices=TopicKind, default=TopicKind.DISCUSSION)
    # The answer that helped, of a question.
    solution = models.OneToOneField(
        "forum_conversation.Post", null=True, blank=True, related_name="solves", on_delete=models.SET_NULL
    )
    # `tick` takes it down after that moment, so that the list needs no more than its index. None: no end.
    pinned_until = models.DateTimeField(null=True, blank=True)
    themes = models.ManyToManyField("themes.Theme", blank=True, related_name="+")

    objects = TopicQuerySet.as_manager()
    approved_objects = ApprovedManager()

    class Meta(AbstractTopic.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["type", "last_post_on"]),
            models.Index(fields=["forum", "-type", "-last_post_on"], name="topic_list"),
            models.Index(fields=["forum", "kind", "-type", "-last_post_on"], name="topic_kind_list"),
        ]

    @cached_property
    def space(self) -> Space:
        """Handed in by whoever has it already, with the answer to what its reader may do."""
        return self.forum.space_tie.space

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.space.slug, self.public_id])

    @property
    def is_pinned(self) -> bool:
        stands = self.pinned_until is None or self.pinned_until > timezone.now()
        return self.type != self.TOPIC_POST and stands

    @property
    def is_announcement(self) -> bool:
        """Also when it is pinned no more, unlike machina's `is_announce`."""
        return self.kind == TopicKind.ANNOUNCEMENT

    @property
    def is_question(self) -> bool:
        return self.kind == TopicKind.QUESTION

    @property
    def kind_icon(self) -> str:
        return ICONS[TopicKind(self.kind)]

    @property
    def turns_into(self) -> TopicKind | None:
        """The kind its author or a moderator may give it instead."""
        return None if self.solution_id else TURNS.get(TopicKind(self.kind))

    def is_in_hands_of(self, user: AnyUser, rights: Rights) -> bool:
        """Its author, while they may write here, or who moderates."""
        is_author = self.poster_id is not None and self.poster_id == user.pk
        return rights.allows("moderate") or (is_author and rights.allows("edit"))

    @property
    def replies_count(self) -> int:
        return max(self.posts_count - 1, 0)


class Post(AbstractPost):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    poster = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="posts", on_delete=models.PROTECT
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    # A post of the same topic; where that one is gone for good, the answer stands for itself.
    answers_to = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="answers"
    )
    # A side remark: shown folded below the post it answers, where both are on one page.
    aside = models.BooleanField(default=False, editable=False)

    objects = PostQuerySet.as_manager()
    approved_objects = ApprovedManager()

    class Meta(AbstractPost.Meta):
        abstract = False
        indexes = [models.Index(fields=["topic", "id"], name="post_topic_id")]

    # What a page of a topic adds for its reader (forum/talking): said here, so that a template finds them at once.
    answered = ""
    answered_way = ""
    fold: Fold | None = None
    ends_fold = False
    foot: SafeString | str = ""

    # Made by machina's MarkupTextField beside `content`.
    _content_rendered: str

    def get_absolute_url(self) -> str:
        """Leads to the page of the topic that shows it."""
        return reverse("forum:post", args=[self.topic.space.slug, self.public_id])

    @property
    def html(self) -> SafeString:
        """What `communities.markup.render` made when it was written, or that its author took it back."""
        return SafeString(self._content_rendered) if self._content_rendered else _gone()

    def may_be_edited_by(self, user: AnyUser, rights: Rights) -> bool:
        """One's own, while one may write here and the topic is open; what was taken back is put back first."""
        is_own = self.poster_id is not None and self.poster_id == user.pk
        return is_own and rights.allows("edit") and not self.is_removed

    @property
    def is_removed(self) -> bool:
        """By its author: into the bin (forum/bin.py), or for good."""
        return not self._content_rendered
