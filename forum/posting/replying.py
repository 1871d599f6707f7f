"""A reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities import submissions
from communities.activity import record
from communities.public_ids import new_public_id
from forum import drafts, entries, recipients, uploads
from forum.first_posts import NeedsApproval, needs_approval
from forum.forum_conversation.models import Post, Topic
from forum.holding import stands_in
from forum.pace import require_pause
from forum.posting.rows import count_post, lock_open, require_right, write_post
from forum.talking.mentions import Words

if TYPE_CHECKING:
    from forum.posting.rows import Uploads
    from profiles.models import User


def reply(
    topic: Topic,
    by: User,
    content: str,
    *,
    language: str = "",
    files: Uploads = (),
    answers_to: Post | None = None,
    aside: bool = False,
    mentioned: Sequence[str] = (),
    kept: Sequence[str] | None = None,
    key: str | None = None,
    at: datetime | None = None,
    cleared: str | None = None,
) -> Post:
    """The reply; when `key` was used before, the one it made then. `post.topic` knows the counts after it.

    `answers_to` is a post of the same topic; `aside` folds the reply below it, unless it opens the topic.

    Raises Refused, NeedsApproval, TooSoon, TopicLocked, TopicGone, UnacceptableFile.
    """
    space = topic.space
    require_right(by, "post", space, files)
    if not cleared and needs_approval(space, by):
        raise NeedsApproval
    at, language = at or timezone.now(), language or by.language
    words = Words.of(content, space, by, topic, mentioned)
    aside = aside and answers_to is not None and answers_to.pk != topic.first_post_id
    draft = Post(poster=by, public_id=cleared or new_public_id())
    with transaction.atomic():
        if key and (first := submissions.claim(key, by=by, answer=draft.public_id)) != draft.public_id:
            return Post.objects.with_space().get(public_id=first)
        lock_open(topic)
        if not cleared:
            require_pause(space, by, topic)
        if answers_to is not None and not stands_in(topic, answers_to):
            answers_to, aside = None, False  # split off a moment ago: an answer to the topic
        columns = {"public_id": draft.public_id, "answers_to": answers_to, "aside": aside}
        post = write_post(topic, by, content, words.rendered, language, at, files, **columns)
        if kept is not None:
            uploads.attach(post, space, topic, by, kept)
        topic.posts_count += 1
        topic.last_post, topic.last_post_on = post, max(topic.last_post_on or at, at)
        Topic.objects.filter(pk=topic.pk).update(
            posts_count=F("posts_count") + 1, last_post=post, last_post_on=topic.last_post_on
        )
        count_post(topic, post, topics=0)
        told = words.write(post, by)
        hearers = recipients.of_reply(space, topic).exclude(pk__in=told)
        record("reply_posted", actor=by, space=space, target=post, recipients=hearers)
        entries.put_reply(space, topic, post, words.rendered)
        drafts.publish(by, space, topic)
    return post
