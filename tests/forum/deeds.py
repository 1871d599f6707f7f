"""What people do in a forum, for a test in which they do it all at the same time."""

import random
import threading

from django.db import connections

from communities.models import Space
from communities.permissions import Refused
from forum import bin, marks, moderation, moving, solving
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone
from forum.kinds import TopicKind
from forum.posting import TopicLocked, edit, open_topic, reply
from forum.written import Removal

PLACES = ("closed", "network")
# What may be answered to somebody who is a moment late.
LATE = (
    *(TopicGone, TopicLocked, Refused, moving.Unmovable, bin.HiddenMeanwhile, solving.NoSolution),
    *(Topic.DoesNotExist, Post.DoesNotExist, Removal.DoesNotExist),
)
READ = {200, 302, 404}


class Writer(threading.Thread):
    """Does all there is to do, in an order of its own.

    `made`: posts, by id. `done`: deeds that were done, by name; `wrong`: what must never be answered.
    """

    def __init__(self, number, people, client_of):
        super().__init__()
        self.chance, self.people, self.client_of = random.Random(number), people, client_of
        self.made, self.done, self.wrong = set(), set(), []

    def run(self):
        try:
            for deed in self.chance.sample(OFTEN, len(OFTEN)):
                try:
                    deed(self)
                    self.done.add(deed.__name__)
                except LATE:
                    continue
                except Exception as error:
                    self.wrong.append(f"{deed.__name__}: {error!r}")
        finally:
            connections.close_all()

    def topic(self, **which):
        return self._one(Topic.objects.with_space().filter(approved=True, **which))

    def post(self, **which):
        return self._one(Post.objects.with_space().filter(**which))

    def _one(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise rows.model.DoesNotExist
        return self.chance.choice(found)


def opens(writer):
    space = writer.chance.choice(list(Space.objects.filter(visibility__in=PLACES)))
    kind = writer.chance.choice([TopicKind.DISCUSSION, TopicKind.QUESTION])
    topic = open_topic(space, writer.people["member"], "Subject", "Opening", "en", kind=kind)
    writer.made.add(topic.first_post_id)


def answers(writer):
    topic = writer.topic()
    answered = writer.chance.choice([None, *Post.objects.of(topic)])
    by = writer.people[writer.chance.choice(["member", "facilitator"])]
    writer.made.add(reply(topic, by, "Answer", answers_to=answered).pk)


def changes(writer):
    post = writer.post(approved=True, poster=writer.people["member"])
    edit(post, writer.people["member"], content=f"Changed {writer.chance.random()}")


def hides(writer):
    moderation.hide(writer.post(approved=True), by=writer.people["moderator"])


def restores(writer):
    moderation.restore(writer.post(hiding__isnull=False), by=writer.people["moderator"])


def removes(writer):
    bin.remove(writer.post(poster=writer.people["member"], removal=None), by=writer.people["member"])


def puts_back(writer):
    rows = Removal.objects.select_related("post__topic__forum__space_tie__space")
    bin.put_back(writer._one(rows), by=writer.people["member"])


def moves(writer):
    topic = writer.topic()
    target = Space.objects.filter(visibility__in=PLACES).exclude(pk=topic.space.pk).get()
    moving.move(topic, target, by=writer.people["moderator"])


def splits(writer):
    topic = writer.topic(posts_count__gt=1)
    post = writer.chance.choice(list(Post.objects.of(topic)[1:]))
    later = writer.chance.random() < 0.5
    moving.split(topic, [post.public_id], by=writer.people["moderator"], subject="Split off", later=later)


def merges(writer):
    topic = writer.topic()
    moving.merge(topic, writer.topic(forum=topic.forum_id), by=writer.people["moderator"])


def solves(writer):
    topic = writer.topic(kind=TopicKind.QUESTION, posts_count__gt=1)
    post = writer.chance.choice(list(Post.objects.of(topic)[1:]))
    post.topic = topic
    solving.mark(post, by=writer.people["moderator"])


def locks(writer):
    topic = writer.topic()
    moderation.lock(topic, by=writer.people["moderator"])
    moderation.unlock(topic, by=writer.people["moderator"])


def pins(writer):
    topic = writer.topic()
    moderation.pin(topic, by=writer.people["facilitator"])
    moderation.unpin(topic, by=writer.people["facilitator"])


def settles(writer):
    post = writer.post(approved=True)
    moderation.report(post, by=writer.people["observer"], reason="spam")
    moderation.settle(post, by=writer.people["moderator"])


def reads(writer):
    """As a browser does; the first page too, where it is not the last."""
    topic = writer.topic()
    reader = writer.client_of(writer.people[writer.chance.choice(["member", "observer", "facilitator"])])
    pages = range(1, 2 + (topic.posts_count > 20))
    status = reader.get(topic.get_absolute_url(), {"page": writer.chance.choice(pages)}).status_code
    assert status in READ, status


def reads_all(writer):
    space = writer.chance.choice(list(Space.objects.filter(visibility__in=PLACES)))
    marks.read_all(writer.people[writer.chance.choice(["member", "observer"])], space)


ALL = (
    *(opens, answers, changes, hides, restores, removes, puts_back, moves, splits, merges, solves),
    *(locks, pins, settles, reads, reads_all),
)
OFTEN = [*ALL, *[answers] * 5, *[reads] * 4, *[restores, splits, merges, moves, changes, puts_back]]
