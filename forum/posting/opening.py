"""Writing in the forum: a topic, a reply, an edit. Nothing else inserts or changes a topic or a post.

Each verb asks the right, writes rows with their rendered text, moves machina's counters by one under the
topic's row lock, and tells feed, mail and search, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from machina.apps.forum.models import Forum

from communities import submissions
from communities.activity import record
from communities.permissions import Refused, rights
from communities.public_ids import new_public_id
from files import store
from files.models import StoredFile
from forum import drafts, entries, history, marks, polling, recipients, uploads
from forum.announcing import announce, pin_of_announcement
from forum.first_posts import NeedsApproval, needs_approval
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone, hold
from forum.kinds import TopicKind
from forum.models import PostFile
from forum.pace import require_pause
from forum.spaces import forum_of
from forum.talking.mentions import Words, chosen_before

if TYPE_CHECKING:
    from django.core.files.base import File

    from communities.models import Space
    from files.cleaning import CleanFile
    from profiles.models import User

    Uploads = Sequence[File[Any] | CleanFile | StoredFile]

FILE_KIND: Final = uploads.KIND
MOST_FILES: Final = 4
LONGEST_SUBJECT: Final = 120  # characters
LONGEST_CONTENT: Final = 20_000  # characters
# Of a topic: what others may have changed since it was read.
MOVING: Final = ("status", "approved", "subject", "posts_count", "last_post_id", "last_post_on")


class TopicLocked(Exception):
    """Nobody writes in a locked topic any more."""

    @property
    def reason(self) -> str:
        return _("This topic is closed: it can be read, but nobody can answer in it any more.")


def open_topic(
    space: Space,
    by: User,
    subject: str,
    content: str,
    language: str,
    *,
    files: Uploads = (),
    kind: TopicKind = TopicKind.DISCUSSION,
    poll: polling.Draft | None = None,
    themes: Collection[int] = (),
    mentioned: Sequence[str] = (),
    kept: Sequence[str] | None = None,
    key: str | None = None,
    at: datetime | None = None,
    cleared: str | None = None,
) -> Topic:
    """The topic; when `key` was used before, the one it made then.

    `files` are uploads or what `files.cleaning.cleaned` made of them. `at` is for what happened elsewhere
    before. `kept`: tokens of files that wait for it (uploads.py), None when its form showed none. A decision needs
    its `poll`. `cleared`: the public id of what was approved. Raises Refused, NeedsApproval, TooSoon,
    UnacceptableFile.
    """
    announced = kind == TopicKind.ANNOUNCEMENT
    _require(by, "announce" if announced else "post", space)
    if not cleared and needs_approval(space, by):
        raise NeedsApproval
    at, words = at or timezone.now(), Words.of(content, space, by, chosen=mentioned)
    topic = Topic(
        public_id=cleared or new_public_id(),
        poster=by,
        subject=subject,
        slug=slug_of(subject),
        kind=kind,
        status=Topic.TOPIC_UNLOCKED,
        language=language,
    )
    topic.created = topic.last_post_on = at
    topic.type, topic.pinned_until = pin_of_announcement(at) if announced else (Topic.TOPIC_POST, None)
    with transaction.atomic():
        if key and (first := submissions.claim(key, by=by, answer=topic.public_id)) != topic.public_id:
            return Topic.objects.with_space().get(public_id=first)
        topic.forum = forum_of(space)
        if not cleared:
            require_pause(space, by)
        topic.posts_count = 1
        Topic.objects.bulk_create([topic])
        topic.space = space
        post = _write(topic, by, content, words.rendered, language, at, files)
        if kept is not None:
            uploads.attach(post, space, None, by, kept)
        Topic.objects.filter(pk=topic.pk).update(first_post=post, last_post=post)
        topic.first_post = topic.last_post = post
        _count(topic, post, topics=1)
        if poll is not None:
            polling.open_poll(topic, poll)
        if themes:
            topic.themes.set(themes)
        named = words.write(post, by)
        if announced:
            announce(topic, by, space, told=named)
        else:
            heard = recipients.of_topic(space).exclude(pk__in=named)
            record("topic_posted", actor=by, space=space, target=topic, recipients=heard)
        entries.put_topic(space, topic, words.rendered, themes=themes or None)
        marks.move(by, topic, post=post.pk, count=1)
        drafts.publish(by, space, None)
    return topic


def reply(
    topic: Topic,
    by: User,
    content: str,
    *,
    language: str = "",
    files: Uploads = (),
    answers_to: Post | None = None,
    aside: bool = False,
    mentioned: Sequence[str] = (),
    kept: Sequence[str] | None = None,
    key: str | None = None,
    at: datetime | None = None,
    cleared: str | None = None,
) -> Post:
    """The reply; when `key` was used before, the one it made then. `post.topic` knows the counts after it.

    `answers_to` is a post of the same topic; `aside` folds the reply below it, unless it opens the topic.

    Raises Refused, NeedsApproval, TooSoon, TopicLocked, TopicGone, UnacceptableFile.
    """
    space = topic.space
    _require(by, "post", space)
    if not cleared and needs_approval(space, by):
        raise NeedsApproval
    at, language = at or timezone.now(), language or by.language
    words = Words.of(content, space, by, topic, mentioned)
    aside = aside and answers_to is not None and answers_to.pk != topic.first_post_id
    draft = Post(poster=by, public_id=cleared or new_public_id())
    with transaction.atomic():
        if key and (first := submissions.claim(key, by=by, answer=draft.public_id)) != draft.public_id:
            return Post.objects.with_space().get(public_id=first)
        _lock(topic)
        if not cleared:
            require_pause(space, by, topic)
        columns = {"public_id": draft.public_id, "answers_to": answers_to, "aside": aside}
        post = _write(topic, by, content, words.rendered, language, at, files, **columns)
        if kept is not None:
            uploads.attach(post, space, topic, by, kept)
        topic.posts_count += 1
        topic.last_post, topic.last_post_on = post, max(topic.last_post_on or at, at)
        Topic.objects.filter(pk=topic.pk).update(
            posts_count=F("posts_count") + 1, last_post=post, last_post_on=topic.last_post_on
        )
        _count(topic, post, topics=0)
        told = words.write(post, by)
        hearers = recipients.of_reply(space, topic).exclude(pk__in=told)
        record("reply_posted", actor=by, space=space, target=post, recipients=hearers)
        entries.put_reply(space, topic, post, words.rendered)
        drafts.publish(by, space, topic)
    return post


def edit(
    post: Post,
    by: User,
    *,
    content: str,
    subject: str | None = None,
    language: str = "",
    themes: Collection[int] | None = None,
    mentioned: Sequence[str] = (),
    version: str = "",
) -> Post:
    """Changes one's own words; `subject` and `themes` count for the post that opens a topic. What was there is
    kept (history.py).

    `version`: of the words the edit started from. Raises Refused when it is not theirs or not allowed any more,
    TopicLocked, TopicGone, EditedMeanwhile.
    """
    topic, space = post.topic, post.topic.space
    if not post.may_be_edited_by(by, rights(by, space)):
        raise Refused("edit", space)
    language = language or post.language
    words = Words.of(content, space, by, topic, [*mentioned, *chosen_before(post)])
    at = timezone.now()
    with transaction.atomic():
        _lock(topic)
        opens = topic.first_post_id == post.pk
        # Hidden or moved in this moment: what nobody may read must not come back into the search.
        before = Post.objects.filter(pk=post.pk, topic=topic.pk, approved=True).first()
        if before is None:
            raise TopicGone
        if not before.may_be_edited_by(by, rights(by, space)):
            raise Refused("edit", space)  # taken back meanwhile
        then = history.version_of(topic.subject if opens else "", before.content.raw, before.language)
        wanted = history.version_of((subject or topic.subject) if opens else "", content, language)
        if wanted == then:
            if opens and themes is not None:
                topic.themes.set(themes)
                entries.put_topic(space, topic, before._content_rendered, themes=themes)
            return post
        if version and version != then:
            before.topic = topic
            raise history.EditedMeanwhile(before)
        is_told = history.keep(before, topic, opens=opens, at=at)
        Post.objects.filter(pk=post.pk).update(
            content=content,
            _content_rendered=words.rendered,
            language=language,
            updates_count=F("updates_count") + int(is_told),
            updated_by=by,
            updated=at,
            **({"subject": subject} if opens and subject else {}),
        )
        if opens:
            topic.subject, topic.language = subject or topic.subject, language
            Topic.objects.filter(pk=topic.pk).update(
                subject=topic.subject, slug=slug_of(topic.subject), language=language, updated=at
            )
            if themes is not None:
                topic.themes.set(themes)
            entries.put_topic(space, topic, words.rendered, themes=themes)
        else:
            post.language = language
            entries.put_reply(space, topic, post, words.rendered)
        words.write(post, by)
    return post


def _require(by: User, action: str, space: Space) -> None:
    """As `permissions.require`, with the answer the view already has for its own reader."""
    if not rights(by, space).allows(action):
        raise Refused(action, space)


def _lock(topic: Topic) -> None:
    """The topic's row, until the commit: its counters move one by one, and nobody locks it in between."""
    hold(topic)
    if not topic.approved:
        raise TopicGone
    if topic.is_locked:
        raise TopicLocked


def _write(
    topic: Topic,
    by: User,
    content: str,
    rendered: str,
    language: str,
    at: datetime,
    files: Uploads,
    **columns: Any,
) -> Post:
    post = Post(topic=topic, poster=by, subject=topic.subject, language=language, content=content, **columns)
    post.created, post._content_rendered = at, rendered
    Post.objects.bulk_create([post])
    if kept := keep(files, by):
        PostFile.objects.bulk_create(PostFile(post=post, stored=stored) for stored in kept)
    return post


def keep(files: Uploads, by: User) -> list[StoredFile]:
    """Those that are kept already stay as they are."""
    return [
        upload if isinstance(upload, StoredFile) else store.keep(upload, kind=FILE_KIND, by=by)
        for upload in files[:MOST_FILES]
    ]


def _count(topic: Topic, post: Post, *, topics: int) -> None:
    """The forum's row is taken after the topic's (forum/holding.py). Of two topics the later word is the last,
    whoever comes to write it down first."""
    last = Q(last_post_on=None) | Q(last_post_on__lte=topic.last_post_on)
    Forum.objects.filter(pk=topic.forum_id).update(
        direct_posts_count=F("direct_posts_count") + 1,
        direct_topics_count=F("direct_topics_count") + topics,
        last_post=Case(
            When(last, then=Value(post.pk)), default=F("last_post"), output_field=BigIntegerField()
        ),
        last_post_on=Case(When(last, then=Value(topic.last_post_on)), default=F("last_post_on")),
    )


def slug_of(subject: str) -> str:
    """machina wants one; no address of ours has it."""
    return slugify(subject, allow_unicode=True)[:255] or "topic"
