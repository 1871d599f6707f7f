"""Words begun: kept on the server as they are typed, found again on another device, gone once they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from communities.models import Space
from communities.prepared import Prepared
from forum.holding import hold_person
from forum.written import Draft, Upload

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Topic
    from profiles.models import User

# Characters; twice what a post may have: what is too long to publish must not be too long to keep.
LONGEST: Final = 40_000
WORDS: Final = ("subject", "content", "language", "options")


class ChangedElsewhere(Exception):
    """Another device has kept other words since these were begun."""

    def __init__(self, now: Draft) -> None:
        super().__init__()
        self.now = now


def of(user: AnyUser, space: Space, topic: Topic | None) -> QuerySet[Draft]:
    """None or one."""
    place: dict[str, Any] = {"topic": topic.pk} if topic else {"topic": None, "space": space.pk}
    return Draft.objects.filter(user=user.pk or 0, **place)


@transaction.atomic
def keep(
    user: User,
    space: Space,
    topic: Topic | None,
    *,
    started_from: int = 0,
    key: str = "",
    with_files: bool = False,
    more: dict[str, Any] | None = None,
    **words: str,
) -> Draft | None:
    """`started_from`: the version that was shown when these words were begun, 0 for none. `more`: what else was chosen
    (forum/begun.py). None: nothing to keep.

    Raises ChangedElsewhere when the kept words are others than those, and others than these.
    """
    kept: dict[str, Any] = {name: words.get(name, "")[:LONGEST] for name in WORDS}
    kept["more"] = more or {}
    # The person's row stands for the draft that may not be there yet: two devices never make two.
    hold_person(user)
    now = of(user, space, topic).first()
    is_empty = not (any(kept[name].strip() for name in ("content", "subject", "options")) or with_files)
    if now is None:
        if is_empty:
            return None
        return Draft.objects.create(user=user, space=space, topic=topic, key=key[:200], **kept)
    if all(getattr(now, name) == value for name, value in kept.items()):
        return now
    if now.version != started_from:
        raise ChangedElsewhere(now)
    if is_empty:
        now.delete()
        return None
    for name, value in {**kept, "key": key[:200] or now.key}.items():
        setattr(now, name, value)
    now.version, now.changed_at, now.refusal = now.version + 1, timezone.now(), ""
    now.save()
    return now


def shown(user: AnyUser, space: Space, topic: Topic | None) -> Draft | None:
    """For the form, with `has_files`: whether some of this person's wait there (uploads.py). One query."""
    if topic:
        return _IN_TOPIC.first(user_id=user.pk or 0, topic_id=topic.pk)
    waiting = Upload.objects.filter(topic=None, space=space.pk, user=user.pk or 0)
    return of(user, space, None).annotate(has_files=Exists(waiting)).first()


def _in_topic(user_id: int, topic_id: int) -> QuerySet[Draft]:
    here = {"user": user_id, "topic": topic_id}
    return Draft.objects.filter(**here).annotate(has_files=Exists(Upload.objects.filter(**here)))


_IN_TOPIC: Final = Prepared(_in_topic)


def publish(user: User, space: Space, topic: Topic | None) -> None:
    """In the transaction of the post it became. One statement."""
    of(user, space, topic).delete()


def mine(user: User) -> QuerySet[Draft]:
    """Where they may still write; what was begun elsewhere waits until they may again, or leave."""
    writable = Space.objects.allowing(user, "post").offering("forum")
    rows = Draft.objects.filter(user=user.pk, space__in=writable)
    return rows.select_related("topic", "space").prefetch_related("space__texts").order_by("-changed_at")


def give_back(user: User, space: Space, topic: Topic | None, *, more: dict[str, Any], **words: str) -> None:
    """What was handed in is begun again. Where something else was begun meanwhile, that has the words of both."""
    hold_person(user)
    there = of(user, space, topic).first()
    if there is None:
        Draft.objects.create(user=user, space=space, topic=topic, more=more, **words)
        return
    there.content = f"{there.content.rstrip()}\n\n{words['content']}".strip()
    there.subject, there.options = there.subject or words["subject"], there.options or words["options"]
    there.more = {**more, **there.more}
    there.version, there.changed_at, there.publish_at = there.version + 1, timezone.now(), None
    there.save()


def follow_merge(topic: Topic, into: Topic) -> None:
    """In the transaction of the merger. Who had begun something in both has one draft there, with all their words."""
    there = {draft.user_id: draft for draft in Draft.objects.filter(topic=into.pk)}
    for draft in Draft.objects.filter(topic=topic.pk, user__in=list(there)):
        _append(there[draft.user_id], draft)


def follow_move(topic: Topic, source: Space, target: Space, outside: QuerySet[User]) -> None:
    """In the transaction of the move. Whoever may not read the topic there keeps their words, for a topic of their
    own here: nothing of theirs may lead to a place that they may not know."""
    for draft in Draft.objects.filter(topic=topic.pk, user__in=outside):
        own = of(draft.user, source, None).first()
        if own is not None:
            _append(own, draft)
        else:
            Draft.objects.filter(pk=draft.pk).update(topic=None, space=source, publish_at=None)
    Upload.objects.filter(topic=topic.pk, user__in=outside).update(topic=None, space=source)
    for rows in (Draft.objects.filter(topic=topic.pk), Upload.objects.filter(topic=topic.pk)):
        rows.update(space=target)


def _append(draft: Draft, other: Draft) -> None:
    draft.content = f"{draft.content.rstrip()}\n\n{other.content}".strip()
    draft.version, draft.publish_at = draft.version + 1, None
    draft.save(update_fields=["content", "version", "publish_at"])
    other.delete()


def forget_in_space(user: User, space: Space) -> None:
    """For `communities.hooks.on_leave`: leaving erases (house.md, habit 5)."""
    here = Q(space=space.pk) | Q(topic__forum__space_tie__space=space.pk)
    Draft.objects.filter(here, user=user.pk).delete()
