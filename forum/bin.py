"""Taking one's own words back: thirty days in a bin that only their author opens, then gone for good.

Not a moderator's hiding (moderation.py), which ends when moderators say so. In the bin nobody else reads the words,
moderators neither: they keep order among what is said here, and this is said no more. With one exception: what was
reported before stays with the report until it is decided, otherwise whoever threatens somebody would take the
threat back before anybody looks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from communities.permissions import Refused, rights
from files import store
from files.models import StoredFile
from forum import counters, entries
from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_topic_of
from forum.models import PostFile
from forum.talking.models import Mention
from forum.written import Removal, RemovedFile, Revision

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

DAYS: Final = timedelta(days=30)
BATCH: Final = 200


class HiddenMeanwhile(Exception):
    """Moderators took it out of sight: its author cannot bring it back past them."""


@transaction.atomic
def remove(post: Post, *, by: User) -> bool:
    """One's own, in a closed topic too: nobody has to leave dangerous words standing. False: it was removed already.

    A topic that nobody answered goes whole; otherwise it keeps its title, and "removed by its author" in the place.
    Raises Refused, TopicGone.
    """
    topic = _held(post, by)
    now = Post.objects.filter(pk=post.pk, removal__isnull=True).exclude(_content_rendered="").first()
    if now is None:
        return False
    opens = topic.first_post_id == post.pk
    alone = opens and not Post.objects.filter(topic=topic.pk).exclude(pk=post.pk).exists()
    removal = Removal.objects.create(
        post=now, content=now.content.raw, rendered=now._content_rendered, took_topic=alone
    )
    files = PostFile.objects.filter(post=post.pk)
    kept = list(files.values_list("stored", flat=True))
    files.delete()
    RemovedFile.objects.bulk_create(RemovedFile(removal=removal, stored_id=stored) for stored in kept)
    Post.objects.filter(pk=post.pk).update(content="", _content_rendered="")
    if alone:
        Topic.objects.filter(pk=topic.pk).update(approved=False)
        entries.drop_topic(topic)
        counters.recount(topic)
    elif opens:
        entries.put_topic(topic.space, Topic.objects.get(pk=topic.pk), "")
    else:
        entries.drop_reply(post)
    return True


@transaction.atomic
def put_back(removal: Removal, *, by: User) -> bool:
    """As it stood. False: it was put back already, or the thirty days are over.

    Raises Refused, TopicGone, HiddenMeanwhile.
    """
    post = removal.post
    topic = _held(post, by)
    row = Removal.objects.filter(pk=removal.pk).first()
    if row is None:
        return False
    if not post.approved:
        raise HiddenMeanwhile
    kept = list(row.files.values_list("stored", flat=True))
    row.files.all().delete()
    PostFile.objects.bulk_create(PostFile(post=post, stored_id=stored) for stored in kept)
    Post.objects.filter(pk=post.pk).update(content=row.content, _content_rendered=row.rendered)
    if row.took_topic:
        Topic.objects.filter(pk=topic.pk).update(approved=True)
        counters.recount(topic)
    row.delete()
    entries.put_all(entries.of_topics(Topic.objects.filter(pk=topic.pk, approved=True, first_post=post.pk)))
    entries.put_all(entries.of_replies(Post.objects.filter(pk=post.pk, approved=True)))
    return True


def took_topic(post: Post) -> bool:
    """Whether the post that opens a topic was taken back with all of it; after the thirty days too."""
    rows = Post.objects.filter(topic=post.topic_id)
    return rows.filter(pk=post.pk, _content_rendered="").exists() and not rows.exclude(pk=post.pk).exists()


def of(space: Space, user: User) -> list[Removal]:
    """What lies in somebody's bin of one space, the last removed first."""
    rows = Removal.objects.filter(post__poster=user.pk, post__topic__forum__space_tie__space=space.pk)
    return list(rows.select_related("post__topic").order_by("-at"))


def empty(now: datetime | None = None) -> int:
    """Words, files and earlier words of what lay there for thirty days. Returns how many went."""
    over = Removal.objects.filter(at__lt=(now or timezone.now()) - DAYS).select_related("post__topic")
    count = 0
    for removal in over.order_by("at")[:BATCH]:
        count += _emptied(removal)
    return count


def tick() -> str:
    """For `communities.hooks.on_tick`."""
    return f"removed posts emptied: {empty()}"


def forget(user: User) -> None:
    """Whoever leaves for good comes back for nothing."""
    for removal in Removal.objects.filter(post__poster=user.pk).select_related("post__topic"):
        _emptied(removal)


@transaction.atomic
def _emptied(removal: Removal) -> bool:
    post = removal.post
    files = list(StoredFile.objects.filter(removed_file__removal=removal))
    removal.files.all().delete()
    for stored in files:
        store.discard(stored)
    Revision.objects.filter(post=post.pk).delete()
    Mention.objects.filter(post=post.pk).delete()
    if removal.took_topic:
        # Nobody else ever spoke under this title: it goes with what it stood over.
        Topic.objects.filter(pk=post.topic_id).update(subject="", slug="topic")
        Post.objects.filter(pk=post.pk).update(subject="")
    return bool(removal.delete()[0])


def _held(post: Post, by: User) -> Topic:
    """The topic of `post`, its row held until the commit. Raises Refused, TopicGone."""
    topic = post.topic
    if post.poster_id != by.pk or not rights(by, topic.space).allows("remove"):
        raise Refused("remove", topic.space)
    return hold_topic_of(post)
