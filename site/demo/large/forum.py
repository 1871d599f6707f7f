"""Many posts, in the order of time: topics open, are answered for a while and fall asleep."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Max, Min, OuterRef, Subquery, Sum
from django.utils.text import slugify

from communities.markup import render
from communities.models import Activity, Membership
from communities.roles import Role
from demo.large import spaces
from demo.large.plan import Plan, batches, language, midnight, public_id
from demo.large.words import Words, words
from demo.world import World
from forum import entries
from forum.forum_conversation.models import Post, Topic
from forum.models import SpaceForum
from search.entries import put

SPAN: Final = 600  # days that the posts are spread over
AWAKE: Final = 25  # topics of a space that are still answered
OPENS: Final = 1 / 11  # posts that open a topic
# In the largest space one topic goes on for ever: the page of a long topic can be measured too.
ENDLESS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Conversation:
    public_id: str
    subject: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One post as chance has it, before any row is made."""

    public_id: str
    space: int
    topic: Conversation
    opens: bool
    author: int
    language: str
    paragraphs: tuple[int, ...]
    moment: datetime.datetime


@dataclass(frozen=True, slots=True)
class Place:
    """What the rows of one space have in common."""

    space_id: int
    slug: str
    forum_id: int
    writers: list[int]


class Renderer:
    """Each paragraph is rendered once; a post's HTML is that of its paragraphs."""

    def __init__(self, vocabulary: Words) -> None:
        self.raw = vocabulary.paragraphs
        self.html = {code: [render(text) for text in texts] for code, texts in self.raw.items()}

    def both(self, line: Line) -> tuple[str, str]:
        raw, html = self.raw[line.language], self.html[line.language]
        return "\n\n".join(raw[n] for n in line.paragraphs), "".join(html[n] for n in line.paragraphs)


def load(world: World, plan: Plan) -> None:
    vocabulary = words(plan.chance("words"))
    places = _places(world, plan)
    renderer = Renderer(vocabulary)
    for batch in batches(_lines(world, plan, vocabulary, places)):
        if not Post.objects.filter(public_id=batch[0].public_id).exists():
            _write(batch, places, renderer)
            world.progress.made += len(batch)
        world.progress.at(world.progress.made, plan.posts)
    _tell_planner()


def _places(world: World, plan: Plan) -> dict[int, Place]:
    there = spaces.of_plan(plan)
    forums = dict(SpaceForum.objects.filter(space__in=there.values()).values_list("space_id", "forum_id"))
    nobody = [world.people["facilitator"].pk]
    return {
        number: Place(space.pk, space.slug, forums[space.pk], _writers(plan, space.pk) or nobody)
        for number, space in there.items()
    }


def _writers(plan: Plan, space_id: int) -> list[int]:
    rows = Membership.objects.filter(
        space_id=space_id, role__gte=Role.MEMBER, user__email__endswith=f".{plan.key}@people.demo.example"
    )
    return list(rows.order_by("user__email").values_list("user_id", flat=True))


def _lines(world: World, plan: Plan, vocabulary: Words, places: dict[int, Place]) -> Iterator[Line]:
    rng = plan.chance("posts")
    awake: dict[int, deque[Conversation]] = {number: deque(maxlen=AWAKE) for number in places}
    endless: Conversation | None = None
    weights = list(accumulate(1 / (number + 1) ** 0.8 for number in places))
    start = midnight(world.now) - datetime.timedelta(days=SPAN)
    for done in range(plan.posts if places else 0):
        (number,) = rng.choices(list(places), cum_weights=weights)
        topics = awake[number]
        opens = not topics or rng.random() < OPENS
        if opens:
            topics.append(_opened(rng, vocabulary))
            endless = endless or topics[-1]
        topic = topics[-1] if opens else rng.choice(topics)
        if endless and number == 0 and not opens and rng.random() < ENDLESS:
            topic = endless
        moment = start + datetime.timedelta(days=SPAN * done / plan.posts)
        yield _line(rng, vocabulary, places[number], number, topic, opens, moment)


def _opened(rng: Random, vocabulary: Words) -> Conversation:
    code = language(rng)
    return Conversation(public_id(rng), rng.choice(vocabulary.subjects[code]), code)


def _line(
    rng: Random,
    vocabulary: Words,
    place: Place,
    number: int,
    topic: Conversation,
    opens: bool,
    moment: datetime.datetime,
) -> Line:
    """Answers keep to the language of the topic, mostly."""
    code = topic.language if opens or rng.random() < 0.7 else language(rng)
    pool = range(len(vocabulary.paragraphs[code]))
    return Line(
        public_id=public_id(rng),
        space=number,
        topic=topic,
        opens=opens,
        author=rng.choice(place.writers),
        language=code,
        paragraphs=tuple(rng.sample(pool, rng.choice((1, 2, 2, 3)))),
        moment=moment,
    )


@transaction.atomic
def _write(batch: list[Line], places: dict[int, Place], renderer: Renderer) -> None:
    opened = Topic.objects.bulk_create(_topic(line, places[line.space]) for line in batch if line.opens)
    topics = {topic.public_id: topic for topic in opened}
    older = {line.topic.public_id for line in batch} - set(topics)
    topics |= {topic.public_id: topic for topic in Topic.objects.filter(public_id__in=older)}
    posts = Post.objects.bulk_create(_post(line, topics[line.topic.public_id], renderer) for line in batch)
    _count(topics.values())
    _make_known(batch, posts, topics, places)


def _make_known(
    batch: list[Line], posts: list[Post], topics: dict[str, Topic], places: dict[int, Place]
) -> None:
    """Feed and search, as the verbs would have told them; nobody is notified."""
    Activity.objects.bulk_create(
        _activity(line, post, places[line.space]) for line, post in zip(batch, posts, strict=True)
    )
    opened = [topics[line.topic.public_id].pk for line in batch if line.opens]
    replies = [post.pk for line, post in zip(batch, posts, strict=True) if not line.opens]
    put(*entries.of_topics(Topic.objects.filter(pk__in=opened)))
    put(*entries.of_replies(Post.objects.filter(pk__in=replies)))


def _activity(line: Line, post: Post, place: Place) -> Activity:
    return Activity(
        public_id=line.public_id,
        kind="topic_posted" if line.opens else "reply_posted",
        actor_id=line.author,
        space_id=place.space_id,
        target_id=post.topic_id if line.opens else post.pk,
        created_at=line.moment,
    )


def _topic(line: Line, place: Place) -> Topic:
    return Topic(
        public_id=line.topic.public_id,
        forum_id=place.forum_id,
        poster_id=line.author,
        subject=line.topic.subject,
        slug=slugify(line.topic.subject, allow_unicode=True) or "topic",
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        language=line.topic.language,
        created=line.moment,
    )


def _post(line: Line, topic: Topic, renderer: Renderer) -> Post:
    raw, html = renderer.both(line)
    post = Post(
        public_id=line.public_id,
        topic=topic,
        poster_id=line.author,
        subject=topic.subject,
        content=raw,
        language=line.language,
        created=line.moment,
    )
    post._content_rendered = html
    return post


def _count(topics: Iterable[Topic]) -> None:
    """What machina keeps beside topics and forums, counted anew for those that were touched."""
    posts = Post.objects.filter(topic=OuterRef("pk")).order_by()
    ends = posts.values("topic").annotate(
        count=Count("pk"), first=Min("pk"), last=Max("pk"), on=Max("created")
    )
    touched = list(topics)
    Topic.objects.filter(pk__in=[topic.pk for topic in touched]).update(
        posts_count=Subquery(ends.values("count")),
        first_post=Subquery(ends.values("first")),
        last_post=Subquery(ends.values("last")),
        last_post_on=Subquery(ends.values("on")),
        updated=Subquery(ends.values("on")),
    )
    inside = Topic.objects.filter(forum=OuterRef("pk")).order_by()
    sums = inside.values("forum").annotate(
        topics=Count("pk"), posts=Sum("posts_count"), last=Max("last_post")
    )
    forums = SpaceForum._meta.get_field("forum").related_model._base_manager
    forums.filter(pk__in={topic.forum_id for topic in touched}).update(
        direct_topics_count=Subquery(sums.values("topics")),
        direct_posts_count=Subquery(sums.values("posts")),
        last_post=Subquery(sums.values("last")),
        last_post_on=Subquery(inside.order_by("-last_post_on").values("last_post_on")[:1]),
    )


def _tell_planner() -> None:
    """Otherwise the database plans for the few rows it has met so far."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
