"""A discussion turns out to be a question, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from communities.models import Record
from communities.permissions import Refused, rights
from forum.forum_conversation.models import Topic
from forum.kinds import KindRefused, TopicKind

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def turn(topic: Topic, kind: TopicKind, *, by: User) -> bool:
    """Its author or a moderator. False: it is that already. Raises Refused, KindRefused."""
    if not topic.is_in_hands_of(by, rights(by, topic.space)):
        raise Refused("edit", topic.space)
    now = Topic.objects.select_for_update().get(pk=topic.pk)
    if now.kind == kind:
        return False
    if now.turns_into != kind:
        raise KindRefused
    Topic.objects.filter(pk=topic.pk).update(kind=kind)
    topic.kind = kind
    if by.pk != topic.poster_id:
        Record.objects.create(verb="topic_kind_changed", actor=by, space=topic.space, person=topic.poster)
    return True
