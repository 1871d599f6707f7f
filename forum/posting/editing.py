"""Authors change their own words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities.permissions import Refused, rights
from forum import entries, history
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone
from forum.posting.rows import lock_open, slug_of
from forum.talking.mentions import Words, chosen_before

if TYPE_CHECKING:
    from profiles.models import User


def edit(
    post: Post,
    by: User,
    *,
    content: str,
    subject: str | None = None,
    language: str = "",
    themes: Collection[int] | None = None,
    mentioned: Sequence[str] = (),
    version: str = "",
) -> Post:
    """Changes one's own words; `subject` and `themes` count for the post that opens a topic. What was there is
    kept (history.py).

    `version`: of the words the edit started from. Raises Refused when it is not theirs or not allowed any more,
    TopicLocked, TopicGone, EditedMeanwhile.
    """
    topic, space = post.topic, post.topic.space
    if not post.may_be_edited_by(by, rights(by, space)):
        raise Refused("edit", space)
    language = language or post.language
    words = Words.of(content, space, by, topic, [*mentioned, *chosen_before(post)])
    at = timezone.now()
    with transaction.atomic():
        lock_open(topic)
        opens = topic.first_post_id == post.pk
        # Hidden or moved in this moment: what nobody may read must not come back into the search.
        before = Post.objects.filter(pk=post.pk, topic=topic.pk, approved=True).first()
        if before is None:
            raise TopicGone
        if not before.may_be_edited_by(by, rights(by, space)):
            raise Refused("edit", space)  # taken back meanwhile
        then = history.version_of(topic.subject if opens else "", before.content.raw, before.language)
        wanted = history.version_of((subject or topic.subject) if opens else "", content, language)
        if wanted == then:
            if opens and themes is not None:
                topic.themes.set(themes)
                entries.put_topic(space, topic, before._content_rendered, themes=themes)
            return post
        if version and version != then:
            before.topic = topic
            raise history.EditedMeanwhile(before)
        is_told = history.keep(before, topic, opens=opens, at=at)
        Post.objects.filter(pk=post.pk).update(
            content=content,
            _content_rendered=words.rendered,
            language=language,
            updates_count=F("updates_count") + int(is_told),
            updated_by=by,
            updated=at,
            **({"subject": subject} if opens and subject else {}),
        )
        if opens:
            topic.subject, topic.language = subject or topic.subject, language
            Topic.objects.filter(pk=topic.pk).update(
                subject=topic.subject, slug=slug_of(topic.subject), language=language, updated=at
            )
            if themes is not None:
                topic.themes.set(themes)
            entries.put_topic(space, topic, words.rendered, themes=themes)
        else:
            post.language = language
            entries.put_reply(space, topic, post, words.rendered)
        words.write(post, by)
    return post
