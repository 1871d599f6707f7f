"""The answer that helped. A question has one at most, and it goes when the answer is hidden, removed or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communities.activity import record
from communities.models import Activity, Record
from communities.permissions import Refused, rights
from forum import recipients
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone

if TYPE_CHECKING:
    from profiles.models import User

TOLD: Final = "solution_marked"


class NoSolution(Exception):
    """What was chosen answers no question; `reason` says so to whoever chose it."""

    @property
    def reason(self) -> str:
        return _("Only an answer to a question can be its solution.")


@transaction.atomic
def mark(post: Post, *, by: User) -> bool:
    """By who asked, or a moderator; another solution gives way. False: it is the solution already.

    Its author hears of it, once for each answer. Raises Refused, NoSolution, TopicGone.
    """
    topic = _held(post.topic, by)
    shown = Post.objects.filter(pk=post.pk, topic=topic.pk, approved=True).exclude(pk=topic.first_post_id)
    if not (topic.is_question and topic.approved and shown.exists()):
        raise NoSolution
    if topic.solution_id == post.pk:
        return False
    Topic.objects.filter(pk=topic.pk).update(solution=post)
    _write_down("solution_marked", post.topic, by)
    if not Activity.objects.filter(kind=TOLD, target_id=post.pk).exists():
        heard = recipients.of_solution(post.topic.space, post)
        record(TOLD, actor=by, space=post.topic.space, target=post, recipients=heard)
    return True


@transaction.atomic
def withdraw(topic: Topic, *, by: User) -> bool:
    """The question is open again. False: it was. Raises Refused, TopicGone."""
    if _held(topic, by).solution_id is None:
        return False
    Topic.objects.filter(pk=topic.pk).update(solution=None)
    _write_down("solution_withdrawn", topic, by)
    return True


def drop_lost(*topic_ids: int) -> int:
    """For whoever hides, removes, moves, splits or merges: solutions that do not stand in their topic any more."""
    solved = Topic.objects.filter(pk__in=topic_ids, solution__isnull=False)
    fine = solved.filter(solution__topic=F("pk"), solution__approved=True).values_list("pk", flat=True)
    return solved.exclude(pk__in=list(fine)).update(solution=None)


def _held(topic: Topic, by: User) -> Topic:
    """As it is now, its row held until the commit: of two solutions at once the later one stays."""
    if not topic.is_in_hands_of(by, rights(by, topic.space)):
        raise Refused("edit", topic.space)
    held = Topic.objects.select_for_update(no_key=True).filter(pk=topic.pk, forum=topic.forum_id).first()
    if held is None:
        raise TopicGone
    return held


def _write_down(verb: str, topic: Topic, by: User) -> None:
    if by.pk != topic.poster_id:
        Record.objects.create(verb=verb, actor=by, space=topic.space, person=topic.poster)
