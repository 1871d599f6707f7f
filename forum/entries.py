"""What the search knows of topics and replies. Always in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F

from communities.markup import plain
from forum.forum_conversation.models import Post, Topic
from forum.talking.reading import bare
from search.entries import Entry, drop, put

if TYPE_CHECKING:
    from communities.models import Space

TOPIC: Final = "topic"
POST: Final = "post"
BATCH: Final = 500


def put_topic(space: Space, topic: Topic, rendered: str, *, themes: Collection[int] | None = None) -> None:
    """Subject and opening words. None: its themes are what they were."""
    put(_of_topic(space.pk, space.slug, topic, rendered, themes))


def put_reply(space: Space, topic: Topic, post: Post, rendered: str) -> None:
    put(_of_reply(space.pk, space.slug, topic.subject, post, rendered))


def drop_topic(topic: Topic) -> None:
    drop(TOPIC, topic.pk)
    drop(POST, *topic.posts.values_list("pk", flat=True))


def drop_reply(post: Post) -> None:
    drop(POST, post.pk)


def drop_replies(ids: Iterable[int]) -> None:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        drop(POST, *batch)


def all_topics() -> Iterator[Entry]:
    yield from of_topics(Topic.objects.filter(approved=True, forum__space_tie__space__has_forum=True))


def all_replies() -> Iterator[Entry]:
    yield from of_replies(Post.objects.filter(approved=True, topic__forum__space_tie__space__has_forum=True))


def follow_new_address(space: Space, old_slug: str, old_names: list[str]) -> None:
    """For `communities.hooks.on_hide`: the old address is in every entry of the space."""
    follow_space(space)


def follow_space(space: Space) -> None:
    """For `communities.hooks.on_change`: a forum that is switched off is not found."""
    topics = Topic.objects.filter(forum__space_tie__space=space.pk, approved=True)
    posts = Post.objects.filter(approved=True, topic__forum__space_tie__space=space.pk)
    if space.has_forum:
        put_all(of_topics(topics))
        put_all(of_replies(posts))
    else:
        drop_replies(posts.values_list("pk", flat=True))
        _drop_topics(topics.values_list("pk", flat=True))


def _drop_topics(ids: Iterable[int]) -> None:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        drop(TOPIC, *batch)


def put_all(entries: Iterable[Entry]) -> None:
    """In batches, however many there are."""
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            put(*batch)
            batch = []
    if batch:
        put(*batch)


def of_topics(topics: Any) -> Iterator[Entry]:
    rows = topics.filter(first_post__isnull=False).annotate(
        rendered=F("first_post___content_rendered"),
        space_id=F("forum__space_tie__space"),
        space_slug=F("forum__space_tie__space__slug"),
    )
    for topic in rows.order_by("pk").prefetch_related("themes").iterator(chunk_size=BATCH):
        themes = [theme.pk for theme in topic.themes.all()]
        yield _of_topic(topic.space_id, topic.space_slug, topic, topic.rendered or "", themes)


def of_replies(posts: Any) -> Iterator[Entry]:
    rows = (
        posts.filter(topic__approved=True)
        .exclude(topic__first_post=F("pk"))
        .exclude(_content_rendered="")
        .annotate(
            title=F("topic__subject"),
            space_id=F("topic__forum__space_tie__space"),
            space_slug=F("topic__forum__space_tie__space__slug"),
        )
    )
    for post in rows.order_by("pk").iterator(chunk_size=BATCH):
        yield _of_reply(post.space_id, post.space_slug, post.title, post, post._content_rendered or "")


def _of_topic(space_id: int, slug: str, topic: Topic, rendered: str, themes: Collection[int] | None) -> Entry:
    return Entry(
        kind=TOPIC,
        object_id=topic.pk,
        space_id=space_id,
        language=topic.language,
        title=topic.subject,
        body=plain(bare(rendered)),
        author=topic.poster_id,
        date=topic.created,
        url=f"spaces/{slug}/forum/{topic.public_id}/",
        themes=themes,
    )


def _of_reply(space_id: int, slug: str, subject: str, post: Post, rendered: str) -> Entry:
    return Entry(
        kind=POST,
        object_id=post.pk,
        space_id=space_id,
        language=post.language,
        title=subject,
        body=plain(bare(rendered)),
        author=post.poster_id,
        date=post.created,
        url=f"spaces/{slug}/forum/posts/{post.public_id}/",
    )
