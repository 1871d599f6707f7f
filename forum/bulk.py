"""Many topics at once, for worlds to measure in: a handful of statements per thousand posts.

Tells nobody: no activity, no mail. The search finds them after `manage.py rebuild_search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from forum import counters
from forum.forum_conversation.models import Post, Topic
from forum.markup import render
from forum.posting import slug_of
from forum.spaces import forum_of

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class PostDraft:
    by: User
    content: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """`posts` in the order of their dates; the first one opens the topic."""

    subject: str
    posts: Sequence[PostDraft]


@transaction.atomic
def add(space: Space, drafts: Iterable[TopicDraft]) -> list[Topic]:
    drafts, forum = list(drafts), forum_of(space)
    topics = [_topic(forum.pk, draft) for draft in drafts]
    Topic.objects.bulk_create(topics, batch_size=BATCH)
    posts = [
        _post(topic, draft, post) for topic, draft in zip(topics, drafts, strict=True) for post in draft.posts
    ]
    Post.objects.bulk_create(posts, batch_size=BATCH)
    for post in posts:
        post.topic.first_post = post.topic.first_post or post
        post.topic.last_post = post
    Topic.objects.bulk_update(topics, ["first_post", "last_post"], batch_size=BATCH)
    counters.recount_forum(forum.pk)
    return topics


def _topic(forum_id: int, draft: TopicDraft) -> Topic:
    first, last = draft.posts[0], draft.posts[-1]
    return Topic(
        forum_id=forum_id,
        poster=first.by,
        subject=draft.subject,
        slug=slug_of(draft.subject),
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        language=first.language,
        posts_count=len(draft.posts),
        created=first.at,
        last_post_on=last.at,
    )


def _post(topic: Topic, draft: TopicDraft, words: PostDraft) -> Post:
    post = Post(
        topic=topic,
        poster=words.by,
        subject=draft.subject,
        language=words.language,
        content=words.content,
        created=words.at,
    )
    post._content_rendered = render(words.content)
    return post
