"""First posts that wait: handed in by their author, approved, declined or withdrawn. And words from the space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from communities import submissions
from communities.activity import record
from communities.models import Record
from communities.permissions import Refused, require, rights
from files import store
from forum import begun, drafts, polling, posting, recipients, uploads
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone
from forum.waiting import Notice, WaitingFile, WaitingPost

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communities.models import Space
    from forum.posting.rows import Uploads
    from profiles.models import User


class Unapprovable(Exception):
    """With the reason in words."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


def hand_in(
    space: Space,
    by: User,
    *,
    content: str,
    language: str,
    topic: Topic | None = None,
    subject: str = "",
    files: Uploads = (),
    key: str | None = None,
    answers_to: Post | None = None,
    kept: Sequence[str] | None = None,
    poll: polling.Draft | None = None,
    **more: Any,
) -> None:
    """The same key twice is one. Those who look after the space are told. `kept`: tokens of files that wait for it.

    Raises Refused, UnacceptableFile, SentBefore.
    """
    if not rights(by, space).allows("post"):
        raise Refused("post", space)
    made = WaitingPost(space=space, topic=topic, by=by, subject=subject, content=content, language=language)
    made.more = more | ({"answers_to": answers_to.pk} if answers_to else {})
    if poll is not None:
        made.more["poll"] = poll.kept()
    with transaction.atomic():
        if key and submissions.claim(key, by=by, answer=made.public_id) != made.public_id:
            return
        made.save()
        waiting = [] if kept is None else uploads.take(space, topic, by, kept)
        stored_files = posting.keep([*files, *waiting], by)
        WaitingFile.objects.bulk_create(WaitingFile(waiting=made, stored=stored) for stored in stored_files)
        drafts.publish(by, space, topic)
        record("waiting_post", actor=None, space=space, target=made, recipients=recipients.of_report(space))


@transaction.atomic
def approve(waiting: WaitingPost, *, by: User) -> Topic | Post | None:
    """Posts it in its author's name, with all that posting does. None: somebody else decided first.

    Raises Refused, Unapprovable when it can only be declined by now.
    """
    require(by, "moderate", waiting.space)
    held = _held(waiting)
    if held is None:
        return None
    files = [file.stored for file in held.files.all()]
    held.files.all().delete()
    try:
        made = _posted(held, files)
    except Refused:
        raise Unapprovable(_("Its author may not write in this space any more.")) from None
    except posting.TopicLocked:
        raise Unapprovable(_("The topic is closed to answers. Open it again first, or decline.")) from None
    except TopicGone:
        raise Unapprovable(_("The topic is not in this space any more. It can only be declined.")) from None
    held.delete()
    Record.objects.create(verb="post_approved", actor=by, space=waiting.space, person=waiting.by)
    record("own_post_approved", actor=None, space=waiting.space, target=made, recipients=[waiting.by])
    return made


def _posted(held: WaitingPost, files: list[Any]) -> Topic | Post:
    words: dict[str, Any] = {"language": held.language, "files": files, "cleared": held.public_id}
    more = dict(held.more)
    if kept := more.pop("poll", None):
        more["poll"] = polling.Draft.found(kept)
    if answered := more.pop("answers_to", None):
        more["answers_to"] = Post.objects.filter(pk=answered, topic=held.topic_id).first()
    words |= more
    if held.topic is None:
        return posting.open_topic(held.space, held.by, held.subject, held.content, **words)
    if held.topic.forum.space_tie.space_id != held.space_id:
        raise TopicGone
    return posting.reply(held.topic, held.by, held.content, **words)


@transaction.atomic
def decline(waiting: WaitingPost, *, by: User, reason: str) -> bool:
    """Its author gets their words back with the reason, from the space. False: somebody else decided first."""
    require(by, "moderate", waiting.space)
    held = _held(waiting)
    if held is None:
        return False
    notice = Notice.objects.create(space=held.space, person=held.by, words=reason, about=_whole(held))
    record("own_post_declined", actor=None, space=held.space, target=notice, recipients=[held.by])
    Record.objects.create(verb="post_declined", actor=by, space=held.space, person=held.by, reason=reason)
    discard([held])
    return True


def _whole(waiting: WaitingPost) -> str:
    options = "\n".join(waiting.poll.options) if waiting.poll else ""
    return "\n\n".join(filter(None, [waiting.subject, waiting.content, options]))


@transaction.atomic
def withdraw(waiting: WaitingPost) -> None:
    """By its author, to whom it is a draft again, with its files: a tap too many must not cost a whole text."""
    held = _held(waiting)
    if held is None:
        return
    topic = Topic.objects.of(held.space).filter(pk=held.topic_id).first()
    files = [file.stored for file in held.files.select_related("stored")]
    held.files.all().delete()
    drafts.give_back(
        held.by,
        held.space,
        topic,
        subject=held.subject,
        content=held.content,
        language=held.language,
        options="\n".join(held.poll.options) if held.poll else "",
        more=begun.of_waiting(held),
    )
    uploads.give_back(held.by, held.space, topic, files)
    held.delete()


@transaction.atomic
def write_to_author(post: Post, *, by: User, words: str) -> bool:
    """From the space, not from a person. The record says that it was sent, not what: the words are for one reader,
    and the record is read by all who come to look after the space. False: nobody is there to read it."""
    space = post.topic.space
    require(by, "moderate", space)
    if post.poster is None or not post.poster.email:
        return False
    notice = Notice.objects.create(space=space, person=post.poster, words=words, post=post)
    record("own_notice", actor=None, space=space, target=notice, recipients=[post.poster])
    Record.objects.create(verb="author_written_to", actor=by, space=space, person=post.poster)
    return True


def discard(rows: Iterable[WaitingPost]) -> None:
    for row in rows:
        kept = [file.stored for file in row.files.select_related("stored")]
        row.delete()
        for stored in kept:
            store.discard(stored)


def forget_in_space(user: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5)."""
    discard(WaitingPost.objects.filter(by=user.pk, space=space.pk))
    Notice.objects.filter(person=user.pk, space=space.pk).delete()


def forget(user: User, words_too: bool) -> None:
    """For `communities.hooks.on_erase`: nobody is there any more to be answered."""
    discard(WaitingPost.objects.filter(by=user.pk))
    Notice.objects.filter(person=user.pk).delete()


def _held(waiting: WaitingPost) -> WaitingPost | None:
    """Decided once: the row is held until the commit."""
    rows = WaitingPost.objects.select_for_update(of=("self",)).filter(pk=waiting.pk)
    return rows.select_related("space", "by").first()
