"""What opening, answering and editing share: the right, the lock, the row of a post with its files, the counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.utils.text import slugify
from django.utils.translation import gettext as _
from machina.apps.forum.models import Forum

from communities.permissions import Refused, rights
from files import store
from files.models import StoredFile
from forum import uploads
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone, hold
from forum.models import PostFile

if TYPE_CHECKING:
    from django.core.files.base import File

    from communities.models import Space
    from files.cleaning import CleanFile
    from profiles.models import User

    Uploads = Sequence[File[Any] | CleanFile | StoredFile]


FILE_KIND: Final = uploads.KIND
MOST_FILES: Final = 4
LONGEST_SUBJECT: Final = 120  # characters
LONGEST_CONTENT: Final = 20_000  # characters


class TopicLocked(Exception):
    """Nobody writes in a locked topic any more."""

    @property
    def reason(self) -> str:
        return _("This topic is closed: it can be read, but nobody can answer in it any more.")


def require_right(by: User, action: str, space: Space, files: Uploads = ()) -> None:
    """As `permissions.require`, with the answer the view already has for its own reader. Files were cleaned since it
    asked, which takes up to half a minute each: then it is asked anew, of the person and the space as they are now."""
    person, here = by, space
    if files:
        person, here = get_user_model().objects.get(pk=by.pk), type(space).objects.get(pk=space.pk)
    if not rights(person, here).allows(action):
        raise Refused(action, here if files else space)


def lock_open(topic: Topic) -> None:
    """The topic's row, until the commit: its counters move one by one, and nobody locks it in between."""
    hold(topic)
    if not topic.approved:
        raise TopicGone
    if topic.is_locked:
        raise TopicLocked


def write_post(
    topic: Topic,
    by: User,
    content: str,
    rendered: str,
    language: str,
    at: datetime,
    files: Uploads,
    **columns: Any,
) -> Post:
    post = Post(topic=topic, poster=by, subject=topic.subject, language=language, content=content, **columns)
    post.created, post._content_rendered = at, rendered
    Post.objects.bulk_create([post])
    if kept := keep(files, by):
        PostFile.objects.bulk_create(PostFile(post=post, stored=stored) for stored in kept)
    return post


def keep(files: Uploads, by: User) -> list[StoredFile]:
    """Those that are kept already stay as they are."""
    return [
        upload if isinstance(upload, StoredFile) else store.keep(upload, kind=FILE_KIND, by=by)
        for upload in files[:MOST_FILES]
    ]


def count_post(topic: Topic, post: Post, *, topics: int) -> None:
    """The forum's row is taken after the topic's (forum/holding.py). Of two topics the later word is the last,
    whoever comes to write it down first."""
    last = Q(last_post_on=None) | Q(last_post_on__lte=topic.last_post_on)
    Forum.objects.filter(pk=topic.forum_id).update(
        direct_posts_count=F("direct_posts_count") + 1,
        direct_topics_count=F("direct_topics_count") + topics,
        last_post=Case(
            When(last, then=Value(post.pk)), default=F("last_post"), output_field=BigIntegerField()
        ),
        last_post_on=Case(When(last, then=Value(topic.last_post_on)), default=F("last_post_on")),
    )


def slug_of(subject: str) -> str:
    """machina wants one; no address of ours has it."""
    return slugify(subject, allow_unicode=True)[:255] or "topic"
