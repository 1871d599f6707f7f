"""Topics and posts, written through the forum's verbs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Final

from communities.submissions import Submission
from demo.content import Table, topics_by_space
from demo.deeds import AWAY, Deed, date_news
from demo.world import World
from forum import marks, polling, posting
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.models import ReadMark

OPENED: Final = ("topic_posted", "announcement_posted", "announcement_added")
REPLIED: Final = ("reply_posted",)
KINDS: Final = {kind.value: kind for kind in TopicKind}
READERS: Final = ("observer", "member", "moderator", "facilitator")


def deeds(world: World) -> Iterator[Deed]:
    for space, topics in topics_by_space().items():
        for topic in topics:
            opened = world.ago(topic["days_ago"])
            yield Deed(opened, _key(topic), partial(_open, space, topic))
            for number, post in enumerate(topic["post"][1:], start=1):
                moment = opened + datetime.timedelta(hours=post["hours_after"])
                yield Deed(moment, _key(topic, number), partial(_reply, topic, post))


def _key(topic: Table, number: int = 0) -> str:
    return f"demo:{topic['key']}:{number}"


def _open(space: str, row: Table, world: World, deed: Deed) -> None:
    topic = posting.open_topic(
        world.spaces[space],
        world.people[row["author"]],
        row["subject"],
        row["post"][0]["content"],
        row["language"],
        kind=KINDS.get(row["kind"], TopicKind.DISCUSSION),
        poll=_poll(world, row["poll"]) if "poll" in row else None,
        themes=[world.themes[slug].pk for slug in row.get("themes", [])],
        key=deed.key,
        at=deed.moment,
    )
    Topic.objects.filter(pk=topic.pk).update(updated=deed.moment)
    Post.objects.filter(pk=topic.first_post_id).update(updated=deed.moment)
    ReadMark.objects.filter(topic=topic.pk).update(at=deed.moment)
    date_news(world, deed, OPENED, topic.pk)


def _reply(row: Table, line: Table, world: World, deed: Deed) -> None:
    post = posting.reply(
        _topic(row),
        world.people[line["author"]],
        line["content"],
        language=line["language"],
        key=deed.key,
        at=deed.moment,
    )
    Post.objects.filter(pk=post.pk).update(updated=deed.moment)
    Topic.objects.filter(pk=post.topic_id).update(updated=deed.moment)
    date_news(world, deed, REPLIED, post.pk)


def _topic(row: Table) -> Topic:
    return topic_of(row["key"])


def topic_of(key: str) -> Topic:
    """By what the verb answered to its key, perhaps in a run that did not come to its end."""
    opened = Submission.objects.filter(key=f"demo:{key}:0").values("answer")
    return Topic.objects.with_space().get(public_id__in=opened)


def _poll(world: World, row: Table) -> polling.Draft:
    return polling.Draft(row["options"], closes_at=world.ago(-row["closes_in"]))


def pin_and_lock() -> None:
    """After the last answer: nobody, the loader included, writes in a locked topic."""
    for row in (row for rows in topics_by_space().values() for row in rows):
        topic = Topic.objects.filter(pk=_topic(row).pk)
        if row["sticky"]:
            topic.filter(type=Topic.TOPIC_POST, kind=TopicKind.ANNOUNCEMENT).update(type=Topic.TOPIC_ANNOUNCE)
            topic.filter(type=Topic.TOPIC_POST).update(type=Topic.TOPIC_STICKY)
        if row["locked"]:
            topic.update(status=Topic.TOPIC_LOCKED)


def decide(world: World) -> None:
    """Solutions and votes. Solutions are put down as old: nobody is told of them today."""
    for row in (row for rows in topics_by_space().values() for row in rows):
        topic = _topic(row)
        if "solution" in row:
            solution = topic.posts.order_by("pk")[row["solution"]]
            Topic.objects.filter(pk=topic.pk).update(solution=solution)
        if "poll" in row and not topic.decision.is_over:
            options = list(topic.decision.options.all())
            for voter, choice in row["poll"]["ballots"]:
                polling.vote(topic, [str(options[choice].pk)], by=world.people[voter])


def mark_read(world: World) -> None:
    """Each reader has seen every topic up to their own last word, and all that is older than AWAY."""
    for topic in Topic.objects.filter(forum__space_tie__space__in=world.spaces.values()):
        posts = list(topic.posts.order_by("pk").values_list("pk", "poster_id", "created"))
        for role in READERS:
            reader = world.people[role]
            seen = [n for n, (_, by, at) in enumerate(posts) if by == reader.pk or at < world.now - AWAY]
            if seen:
                marks.move(reader, topic, post=posts[seen[-1]][0])
