"""A new topic, with the post that opens it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities import submissions
from communities.activity import record
from communities.public_ids import new_public_id
from forum import drafts, entries, marks, polling, recipients, uploads
from forum.announcing import announce, pin_of_announcement
from forum.first_posts import NeedsApproval, needs_approval
from forum.forum_conversation.models import Topic
from forum.kinds import TopicKind
from forum.pace import require_pause
from forum.posting.rows import count_post, require_right, slug_of, write_post
from forum.spaces import forum_of
from forum.talking.mentions import Words

if TYPE_CHECKING:
    from communities.models import Space
    from forum.posting.rows import Uploads
    from profiles.models import User


def open_topic(
    space: Space,
    by: User,
    subject: str,
    content: str,
    language: str,
    *,
    files: Uploads = (),
    kind: TopicKind = TopicKind.DISCUSSION,
    poll: polling.Draft | None = None,
    themes: Collection[int] = (),
    mentioned: Sequence[str] = (),
    kept: Sequence[str] | None = None,
    key: str | None = None,
    at: datetime | None = None,
    cleared: str | None = None,
) -> Topic:
    """The topic; when `key` was used before, the one it made then.

    `files` are uploads or what `files.cleaning.cleaned` made of them. `at` is for what happened elsewhere
    before. `kept`: tokens of files that wait for it (uploads.py), None when its form showed none. A decision needs
    its `poll`. `cleared`: the public id of what was approved. Raises Refused, NeedsApproval, TooSoon,
    UnacceptableFile.
    """
    announced = kind == TopicKind.ANNOUNCEMENT
    require_right(by, "announce" if announced else "post", space, files)
    if not cleared and needs_approval(space, by):
        raise NeedsApproval
    at, words = at or timezone.now(), Words.of(content, space, by, chosen=mentioned)
    topic = Topic(
        public_id=cleared or new_public_id(),
        poster=by,
        subject=subject,
        slug=slug_of(subject),
        kind=kind,
        status=Topic.TOPIC_UNLOCKED,
        language=language,
    )
    topic.created = topic.last_post_on = at
    topic.type, topic.pinned_until = pin_of_announcement(at) if announced else (Topic.TOPIC_POST, None)
    with transaction.atomic():
        if key and (first := submissions.claim(key, by=by, answer=topic.public_id)) != topic.public_id:
            return Topic.objects.with_space().get(public_id=first)
        topic.forum = forum_of(space)
        if not cleared:
            require_pause(space, by)
        topic.posts_count = 1
        Topic.objects.bulk_create([topic])
        topic.space = space
        post = write_post(topic, by, content, words.rendered, language, at, files)
        if kept is not None:
            uploads.attach(post, space, None, by, kept)
        Topic.objects.filter(pk=topic.pk).update(first_post=post, last_post=post)
        topic.first_post = topic.last_post = post
        count_post(topic, post, topics=1)
        if poll is not None:
            polling.open_poll(topic, poll)
        if themes:
            topic.themes.set(themes)
        named = words.write(post, by)
        if announced:
            announce(topic, by, space, told=named)
        else:
            heard = recipients.of_topic(space).exclude(pk__in=named)
            record("topic_posted", actor=by, space=space, target=topic, recipients=heard)
        entries.put_topic(space, topic, words.rendered, themes=themes or None)
        marks.move(by, topic, post=post.pk)
        drafts.publish(by, space, None)
    return topic
