"""A draft with an hour: published then as if its author pressed the button, with every right asked again."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from communities.activity import record
from communities.permissions import Refused
from forum import approving, begun, posting, uploads
from forum.begun import Incomplete
from forum.first_posts import NeedsApproval
from forum.guessing import language_of
from forum.holding import hold, hold_forums, hold_person
from forum.pace import TooSoon
from forum.spaces import forum_of
from forum.written import Draft

BATCH: Final = 50
Refusal = Draft.Refusal


def schedule(draft: Draft, at: datetime | None) -> bool:
    """None: no hour any more. False: the draft was published or changed into nothing meanwhile. Raises Incomplete."""
    if at is not None:
        _require_complete(draft, at)
    return bool(Draft.objects.filter(pk=draft.pk).update(publish_at=at, refusal=""))


def _require_complete(draft: Draft, at: datetime | None = None) -> dict[str, Any]:
    """What it is published with beside its words. Raises Incomplete."""
    if not 0 < len(draft.content.strip()) <= posting.LONGEST_CONTENT:
        raise Incomplete
    if draft.topic_id is not None:
        return begun.for_reply(draft)
    if not 0 < len(draft.subject.strip()) <= posting.LONGEST_SUBJECT:
        raise Incomplete
    return begun.for_topic(draft, at)


def tick(now: datetime | None = None) -> str:
    """For `communities.hooks.on_tick`."""
    due = Draft.objects.filter(publish_at__lte=now or timezone.now()).order_by("publish_at")
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    published = sum(_publish(pk, now or timezone.now()) for pk in ids)
    return f"posts with an hour: {published} published, {len(ids) - published} refused"


def _publish(pk: int, now: datetime) -> bool:
    """Whoever comes second finds no hour on the row any more. What is refused keeps its words, and its author hears."""
    with transaction.atomic():
        _hold_place(pk)
        rows = Draft.objects.select_for_update(of=("self",)).select_related("user", "space", "topic")
        draft = rows.filter(pk=pk, publish_at__lte=now).first()
        if draft is None:
            return False
        try:
            with transaction.atomic(), override(draft.user.language):
                _post(draft)
        except TooSoon:
            return False  # its hour stays: the next round tries again
        except (Refused, posting.TopicLocked, posting.TopicGone, Incomplete) as refusal:
            Draft.objects.filter(pk=pk).update(publish_at=None, refusal=_word(refusal))
            space = draft.topic.space if draft.topic else draft.space
            record("own_post_not_published", actor=None, space=space, recipients=[draft.user])
            return False
    return True


def _hold_place(pk: int) -> None:
    """What whoever presses the button at this very moment holds before they come to the draft (forum/holding.py)."""
    draft = Draft.objects.filter(pk=pk).select_related("topic", "user", "space").first()
    if draft is None:
        return
    with suppress(posting.TopicGone):
        if draft.topic is not None:
            hold(draft.topic)
    hold_person(draft.user)
    if draft.topic is None:
        hold_forums([forum_of(draft.space).pk])


def _post(draft: Draft) -> None:
    more = _require_complete(draft)
    topic, space = draft.topic, draft.space
    if topic is not None and not topic.approved:
        raise posting.TopicGone
    space = topic.space if topic is not None else space
    if not space.has_forum:
        raise posting.TopicGone
    tokens = [
        upload.stored.token for upload in uploads.of(draft.user, draft.space, topic)[: posting.MOST_FILES]
    ]
    words = {"content": draft.content.strip(), "language": _language(draft), "kept": tokens, **more}
    if topic is None:
        words["subject"] = draft.subject.strip()
    try:
        with transaction.atomic():
            if topic is None:
                posting.open_topic(space, draft.user, **words)
            else:
                posting.reply(topic, draft.user, **words)
    except NeedsApproval:
        approving.hand_in(space, draft.user, topic=topic, **words)


def _language(draft: Draft) -> str:
    return draft.language or language_of(f"{draft.subject}\n{draft.content}") or draft.user.language


def _word(refusal: Exception) -> str:
    if isinstance(refusal, posting.TopicLocked):
        return Refusal.LOCKED
    if isinstance(refusal, Incomplete):
        return Refusal.INCOMPLETE
    return Refusal.GONE if isinstance(refusal, posting.TopicGone) else Refusal.RIGHT
