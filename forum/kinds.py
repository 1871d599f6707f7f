"""What a topic is for: its kind, how it is shown and explained, and what may become what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from communities.permissions import Rights


class TopicKind(models.TextChoices):
    DISCUSSION = "discussion", pgettext_lazy("kind of topic", "Discussion")
    QUESTION = "question", pgettext_lazy("kind of topic", "Question")
    DECISION = "decision", pgettext_lazy("kind of topic", "Decision")
    ANNOUNCEMENT = "announcement", pgettext_lazy("kind of topic", "Announcement")


ICONS: Final = {
    TopicKind.DISCUSSION: "message-square",
    TopicKind.QUESTION: "circle-help",
    TopicKind.DECISION: "list-checks",
    TopicKind.ANNOUNCEMENT: "megaphone",
}
EXPLANATIONS: Final = {
    TopicKind.DISCUSSION: gettext_lazy("an experience, an idea, something to think about together"),
    TopicKind.QUESTION: gettext_lazy("you look for an answer, and mark the one that helped"),
    TopicKind.DECISION: gettext_lazy("members vote on what you propose"),
    TopicKind.ANNOUNCEMENT: gettext_lazy("every member is told, and it stays on top for 30 days"),
}
# What may become what after it was published: a decision has its poll, an announcement was told to everybody.
TURNS: Final = {TopicKind.DISCUSSION: TopicKind.QUESTION, TopicKind.QUESTION: TopicKind.DISCUSSION}


class KindRefused(Exception):
    """It cannot become that; `reason` says why, for whoever asked."""

    @property
    def reason(self) -> str:
        return _("This topic cannot change its kind: take the solution back first, if it has one.")


class Chosen:
    """Mixed into what may become a topic: what was chosen for it lies in `more`."""

    topic_id: Any
    more: Any
    # Set by `begun.name_themes`.
    theme_names: list[str]

    @property
    def kind(self) -> TopicKind | None:
        """Of a topic; an answer has none."""
        return None if self.topic_id else named(self.more.get("kind", "")) or TopicKind.DISCUSSION

    @property
    def kind_icon(self) -> str:
        return ICONS[self.kind or TopicKind.DISCUSSION]


def named(value: str) -> TopicKind | None:
    return TopicKind(value) if value in TopicKind.values else None


def offered(rights: Rights) -> list[TopicKind]:
    return [kind for kind in TopicKind if kind != TopicKind.ANNOUNCEMENT or rights.allows("announce")]
