"""Answers become a topic of their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communities.models import Record
from communities.permissions import require
from forum import counters, entries, following, rereading
from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_spaces
from forum.moved import leave_link
from forum.moving.rows import Unmovable, hold_shown, put_in_search
from forum.posting import slug_of
from forum.ties import follow_posts

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def split(
    topic: Topic, chosen: Collection[str], *, by: User, subject: str, later: bool = False, reason: str = ""
) -> Topic:
    """The new topic, which the first of the chosen posts (public ids) opens; `later`: with all that follow the last
    of them. Same space, same readers; nobody gets a mail. Raises Refused, TopicGone, Unmovable."""
    require(by, "moderate", topic.space)
    hold_spaces(topic.space)
    hold_shown(topic)
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
    put_in_search(new)
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
