"""A topic goes to another space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communities.activity import record
from communities.models import Activity, Notification, Record
from communities.permissions import require
from forum import activities, counters, drafts
from forum.following import Subscription
from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_forums, hold_spaces
from forum.kinds import TopicKind
from forum.models import ReadMark
from forum.moved import Moved, leave_link
from forum.moving.readers import shut_out
from forum.moving.rows import Unmovable, hold_shown, put_in_search
from forum.spaces import forum_of

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User


@transaction.atomic
def move(topic: Topic, target: Space, *, by: User, reason: str = "") -> None:
    """With everything that hangs on it, into a space that `by` moderates as well.

    Whoever wrote in it and may not read it there is told so, by the space and not by a person. Pinned or announced
    here, it stands among the others there. Raises Refused, TopicGone, Unmovable.
    """
    source = topic.space
    for space in (source, target):
        require(by, "moderate", space)
    if target.pk == source.pk:
        raise Unmovable(_("The topic is in this space already."))
    if not target.has_forum:
        raise Unmovable(_("The forum of that space is switched off."))
    node, old = forum_of(target), topic.forum_id
    hold_spaces(source, target)
    hold_shown(topic)
    hold_forums([old, node.pk])
    if topic.kind == TopicKind.ANNOUNCEMENT:
        topic.kind = TopicKind.DISCUSSION
    columns = {"type": Topic.TOPIC_POST, "pinned_until": None, "kind": topic.kind}
    Topic.objects.filter(pk=topic.pk).update(forum=node, **columns)
    Moved.objects.filter(space=target.pk, topic=topic.pk, public_id=topic.public_id).delete()
    leave_link(source, topic.public_id, topic)
    topic.forum, topic.type = node, Topic.TOPIC_POST
    topic.space = target
    for forum_id in sorted({old, node.pk}):
        counters.recount_forum(forum_id)
    _tell_authors(topic, source, target)
    _follow_readers(topic, target)
    drafts.follow_move(topic, source, target, shut_out(target))
    put_in_search(topic)
    for verb, space in (("topic_moved_away", source), ("topic_moved_here", target)):
        Record.objects.create(verb=verb, actor=by, space=space, person=topic.poster, reason=reason)


def _tell_authors(topic: Topic, source: Space, target: Space) -> None:
    wrote = Post.objects.filter(topic=topic.pk, approved=True).values("poster")
    people = shut_out(target).filter(pk__in=wrote, is_active=True)
    record("own_post_moved", actor=None, space=source, recipients=people)


def _follow_readers(topic: Topic, target: Space) -> None:
    """News move along; what people have of a place that they may not read is erased (house.md, habit 5)."""
    posts = Post.objects.filter(topic=topic.pk)
    news = Activity.objects.filter(activities.about([topic.pk], posts.values("pk")))
    moved = list(news.values_list("pk", flat=True))
    Activity.objects.filter(pk__in=moved).update(space=target)
    outside = shut_out(target).values("pk")
    Notification.objects.filter(activity__in=moved, recipient__in=outside).delete()
    ReadMark.objects.filter(topic=topic.pk, user__in=outside).delete()
    Subscription.objects.filter(topic=topic.pk, person__in=outside).delete()
