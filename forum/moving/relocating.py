"""Moving a topic to another space, splitting answers off, making one topic of two. Each is one transaction.

Nothing is copied and nothing deleted: posts keep their ids, so that their addresses, files, reports and all that
hangs on them hold. Of two topics that become one, the row of the first stays as an empty number that nobody sees.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communities.activity import record
from communities.models import Activity, Membership, Notification, Record
from communities.permissions import require
from communities.readers import people_reading
from communities.roles import Visibility
from communities.shapes import is_wider
from forum import activities, counters, drafts, entries, following, rereading
from forum.following import Subscription
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone, hold, hold_all, hold_forums
from forum.kinds import TopicKind
from forum.models import ReadMark
from forum.moved import Moved, leave_link
from forum.posting import slug_of
from forum.spaces import forum_of
from forum.ties import Conflict, follow_posts, follow_topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.models import Space
    from profiles.models import User

OPEN = (Visibility.PUBLIC, Visibility.NETWORK)


class Unmovable(Exception):
    """With the reason in words."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


# Who will read it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What a move changes for readers. `gaining`, `losing`: people by name, where they can be counted; `losing` is
    None when whoever is not in the target loses it (a whole network cannot be named)."""

    is_wider: bool
    gaining: int
    losing: int | None


def change_of_readers(before: Space, after: Space) -> Change:
    old, new = people_reading(before).order_by(), people_reading(after).order_by()
    gaining = 0 if before.visibility in OPEN else new.exclude(pk__in=old.values("pk")).count()
    if after.visibility in OPEN:
        return Change(is_wider(after.visibility, before.visibility), gaining, 0)
    losing = None if before.visibility in OPEN else old.exclude(pk__in=new.values("pk")).count()
    return Change(gaining > 0, gaining, losing)


def _shut_out(space: Space) -> QuerySet[User]:
    """Accounts that may not read the space."""
    people = get_user_model().objects.order_by()
    if space.visibility in OPEN:
        return people.filter(
            pk__in=Membership.objects.filter(space=space.pk, suspended_at__isnull=False).values("user")
        )
    return people.exclude(pk__in=people_reading(space).order_by().values("pk"))


# Moving -----------------------------------------------------------------------------------------------------------


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
    _hold_shown(topic)
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
    drafts.follow_move(topic, source, target, _shut_out(target))
    _find(topic)
    for verb, space in (("topic_moved_away", source), ("topic_moved_here", target)):
        Record.objects.create(verb=verb, actor=by, space=space, person=topic.poster, reason=reason)


def _tell_authors(topic: Topic, source: Space, target: Space) -> None:
    wrote = Post.objects.filter(topic=topic.pk, approved=True).values("poster")
    people = _shut_out(target).filter(pk__in=wrote, is_active=True)
    record("own_post_moved", actor=None, space=source, recipients=people)


def _follow_readers(topic: Topic, target: Space) -> None:
    """News move along; what people have of a place that they may not read is erased (house.md, habit 5)."""
    posts = Post.objects.filter(topic=topic.pk)
    news = Activity.objects.filter(activities.about([topic.pk], posts.values("pk")))
    moved = list(news.values_list("pk", flat=True))
    Activity.objects.filter(pk__in=moved).update(space=target)
    outside = _shut_out(target).values("pk")
    Notification.objects.filter(activity__in=moved, recipient__in=outside).delete()
    ReadMark.objects.filter(topic=topic.pk, user__in=outside).delete()
    Subscription.objects.filter(topic=topic.pk, person__in=outside).delete()


# Splitting --------------------------------------------------------------------------------------------------------


@transaction.atomic
def split(
    topic: Topic, chosen: Collection[str], *, by: User, subject: str, later: bool = False, reason: str = ""
) -> Topic:
    """The new topic, which the first of the chosen posts (public ids) opens; `later`: with all that follow the last
    of them. Same space, same readers; nobody gets a mail. Raises Refused, TopicGone, Unmovable."""
    require(by, "moderate", topic.space)
    _hold_shown(topic)
    posts = _chosen(topic, chosen, later)
    first = Post.objects.select_related("poster").get(pk=posts[0])
    new = Topic(
        forum_id=topic.forum_id,
        poster=first.poster,
        subject=subject,
        slug=slug_of(subject),
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        language=first.language,
    )
    new.created = first.created
    Topic.objects.bulk_create([new])
    new.space = topic.space
    Post.objects.filter(pk__in=posts).update(topic=new, subject=subject)
    follow_posts(posts, topic, new)
    _answer_within(topic, new)
    for place in topic.old_places.exclude(space=topic.space.pk):
        leave_link(place.space, new.public_id, new)
    rereading.copy(topic, new, from_post=posts[0])
    following.copy(topic, new)
    for pk in (topic.pk, new.pk):
        counters.recount_topic(pk)
        counters.recount_marks(pk)
    counters.recount_forum(topic.forum_id)
    entries.drop_replies(posts[:1])
    _find(new)
    Record.objects.create(verb="topic_split", actor=by, space=topic.space, person=first.poster, reason=reason)
    return new


def _answer_within(*topics: Topic) -> None:
    """An answer to what stands in another topic now is an answer to its own topic."""
    rows = Post.objects.filter(topic__in=[topic.pk for topic in topics], answers_to__isnull=False)
    Post.objects.filter(
        pk__in=list(rows.exclude(answers_to__topic=F("topic")).values_list("pk", flat=True))
    ).update(answers_to=None, aside=False)


def _chosen(topic: Topic, chosen: Collection[str], later: bool) -> list[int]:
    shown = Post.objects.of(topic)
    posts = list(shown.filter(public_id__in=chosen).values_list("pk", flat=True))
    if not posts:
        raise Unmovable(_("Choose at least one answer."))
    if len(posts) != len(set(chosen)):
        raise Unmovable(_("One of the posts you chose is not in this topic any more. Please choose again."))
    if topic.first_post_id in posts:
        raise Unmovable(_("The post that opens the topic stays where it is. Choose among the answers."))
    if later:
        posts += shown.filter(pk__gt=posts[-1]).values_list("pk", flat=True)
    return posts


# Merging ----------------------------------------------------------------------------------------------------------


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
    _find(into)
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


def _find(topic: Topic) -> None:
    entries.put_all(entries.of_topics(Topic.objects.filter(pk=topic.pk)))
    entries.put_all(entries.of_replies(Post.objects.filter(topic=topic.pk, approved=True)))


def _hold_shown(topic: Topic) -> None:
    hold(topic)
    if not topic.approved:
        raise TopicGone
