"""Two topics become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import Activity, Record
from communities.permissions import require
from forum import activities, counters, drafts, entries, rereading
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone, hold_all, hold_spaces
from forum.kinds import TopicKind
from forum.models import ReadMark
from forum.moved import Moved, leave_link
from forum.moving.rows import Unmovable, put_in_search
from forum.ties import Conflict, follow_topic

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User, reason: str = "") -> None:
    """All posts of `topic` stand in `into` from now on, in the order in which they were written.

    Raises Refused, TopicGone, Unmovable: itself, another space, closed to answers, or both hold something of which
    a topic can have one only (a vote).
    """
    space = topic.space
    require(by, "moderate", space)
    if topic.pk == into.pk:
        raise Unmovable(_("This is the same topic. Choose another one."))
    if topic.forum_id != into.forum_id:
        raise Unmovable(_("The two topics are in different spaces. Move one of them first."))
    hold_spaces(space)
    hold_all(topic, into)
    if not (topic.approved and into.approved):
        raise TopicGone
    # A question may hold a solution and a decision a vote: neither is taken from where it stands.
    kinds = {topic.kind, into.kind}
    if len(kinds) == 2 and TopicKind.DECISION in kinds and TopicKind.DISCUSSION not in kinds:
        raise Unmovable(_("Both topics hold a vote or a chosen answer, and a topic can have only one."))
    if into.is_locked:
        raise Unmovable(_("The other topic is closed to answers. Open it again first."))
    both = Post.objects.filter(topic__in=[topic.pk, into.pk])
    entries.drop_topic(topic)
    entries.drop_topic(into)
    unread = rereading.first_unread(topic, into)
    _news_become_answers(topic)
    both.filter(topic=topic.pk).update(topic=into.pk, subject=into.subject)
    drafts.follow_merge(topic, into)
    try:
        follow_topic(topic, into)
    except Conflict:
        raise Unmovable(
            _("Both topics hold a vote or a chosen answer, and a topic can have only one.")
        ) from None
    Moved.objects.filter(topic=topic.pk).update(topic=into)
    leave_link(space, topic.public_id, into)
    ReadMark.objects.filter(topic=topic.pk).delete()
    _empty(topic)
    rereading.put_anew(into, unread)
    counters.recount_topic(into.pk)
    if into.kind == TopicKind.DISCUSSION and topic.kind != TopicKind.ANNOUNCEMENT:
        into.kind = topic.kind
    _opened_by_its_first_post(into)
    counters.recount_marks(into.pk)
    counters.recount_forum(into.forum_id)
    put_in_search(into)
    Record.objects.create(verb="topic_merged", actor=by, space=space, person=topic.poster, reason=reason)


def _news_become_answers(topic: Topic) -> None:
    opened = Activity.objects.filter(activities.about([topic.pk], []))
    opened.update(kind="reply_posted", target_id=topic.first_post_id)


def _empty(topic: Topic) -> None:
    """Deleting it would make whoever reads or answers in this moment stumble."""
    Topic.objects.filter(pk=topic.pk).update(
        approved=False,
        poster=None,
        subject="",
        slug="-",
        type=Topic.TOPIC_POST,
        first_post=None,
        last_post=None,
        last_post_on=None,
        posts_count=0,
    )


def _opened_by_its_first_post(topic: Topic) -> None:
    first = Post.objects.filter(topic=topic.pk).order_by("pk").values("poster", "created")[0]
    Topic.objects.filter(pk=topic.pk).update(**first, kind=topic.kind)
