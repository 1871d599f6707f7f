"""What a person takes along of the forum, and what becomes of it when they leave for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from communities.fates import End, Fate
from communities.leaving import address_of, names_for
from communities.parts import CHUNK, Coded, Part, Row, Words, language_of, rows_of, value_of
from files import store
from files.models import StoredFile
from forum import bin, entries, marks, polling, uploads
from forum.forum_conversation.models import Post, Topic
from forum.models import (
    Ballot,
    Draft,
    Hiding,
    Notice,
    PostFile,
    ReadMark,
    Report,
    Revision,
    Subscription,
    Upload,
    WaitingPost,
)
from forum.talking import belongings, mentions

if TYPE_CHECKING:
    from profiles.models import User

FORMER: Final = "others' answers hang on it; it leads to a former member"
UNUSED: Final = "machina's, of which this site makes no use"
FATES: Final = {
    "forum_conversation.Topic.poster": Fate(End.KEPT, "topics", FORMER),
    "forum_conversation.Post.poster": Fate(End.KEPT, "posts", FORMER),
    "forum_conversation.Post.updated_by": Fate(End.UNSET, "", "authors alone change their posts"),
    "forum_conversation.Post.username": Fate(End.UNSET, "", UNUSED),
    "forum_conversation.Topic_subscribers.user": Fate(End.DELETED, "topics_followed"),
    "space_forum.ReadMark.user": Fate(End.DELETED, "topics_read"),
    "space_forum.Report.by": Fate(End.UNSET, "post_reports"),
    "space_forum.Subscription.person": Fate(End.DELETED, "subscriptions"),
    "space_forum.WaitingPost.by": Fate(End.DELETED, "posts_waiting"),
    "space_forum.Notice.person": Fate(End.DELETED, "notices"),
    "space_forum.Ballot.voter": Fate(End.DELETED, "ballots"),
    "space_forum.Hiding.by": Fate(End.KEPT, "deeds", "a moderator's deed stays on record"),
    "space_forum.Mention.person": Fate(End.KEPT, "", "the words of others; it leads to a former member"),
    "space_forum.Reaction.person": Fate(End.DELETED, "reactions"),
    "space_forum.Saved.person": Fate(End.DELETED, "saved_posts"),
    "space_forum.Draft.user": Fate(End.DELETED, "drafts"),
    "space_forum.Upload.user": Fate(End.DELETED, "drafts"),
    "forum_permission.UserForumPermission.user": Fate(End.DELETED, "", UNUSED),
    "forum_polls.TopicPollVote.voter": Fate(End.DELETED, "", UNUSED),
    "forum_tracking.ForumReadTrack.user": Fate(End.DELETED, "", UNUSED),
    "forum_tracking.TopicReadTrack.user": Fate(End.DELETED, "", UNUSED),
}


def parts(user: User) -> list[Part]:
    place = {"topic": _("Topic"), "space": _("Space"), "address": _("Address")}
    return [
        Part(
            name="topics",
            title=_("Topics you opened"),
            keys={**place, "kind": _("Kind"), "options": _("What is voted on"), "written_at": _("Written")},
            rows=lambda: _topics(user),
        ),
        Part(
            name="posts",
            title=_("What you wrote in the forum"),
            keys={
                "content": _("What you wrote"),
                "language": _("Language"),
                "written_at": _("Written"),
                "state": _("State"),
                "files": _("Files"),
                **place,
            },
            rows=lambda: _posts(user),
            note=_(
                "Where you may no longer read, your words stand here without the place they were said in."
            ),
        ),
        Part(
            name="earlier_words",
            title=_("What you changed in your posts"),
            keys={
                "content": _("What you had written"),
                "language": _("Language"),
                "written_at": _("Written"),
                "changed_at": _("Changed"),
            },
            rows=lambda: _earlier(user),
        ),
        Part(
            name="drafts",
            title=_("Your drafts"),
            keys={
                "content": _("What you wrote"),
                "language": _("Language"),
                "changed_at": _("Changed"),
                "files": _("Files"),
                **place,
            },
            rows=lambda: _drafts(user),
        ),
        Part(
            name="topics_followed",
            title=_("Topics you follow"),
            keys=place,
            rows=lambda: _places(user, Topic.subscribers.through.objects.filter(user=user.pk)),
        ),
        Part(
            name="topics_read",
            title=_("How far you have read"),
            keys={**place, "at": _("When"), "count": _("Posts read")},
            rows=lambda: _places(user, ReadMark.objects.filter(user=user.pk), "at", "count"),
        ),
        Part(
            name="ballots",
            title=_("How you voted where the vote is still open"),
            keys={**place, "chosen": _("What you chose")},
            rows=lambda: _ballots(user),
            note=_("When a vote is over it is counted, and nobody can tell any more who voted for what."),
        ),
        Part(
            name="post_reports",
            title=_("Posts you reported"),
            keys={"reason": _("Reason"), "words": _("In your words"), "created_at": _("Sent")},
            rows=rows_of(Report.objects.filter(by=user).order_by("pk"), "reason", "words", "created_at"),
        ),
        Part(
            name="subscriptions",
            title=_("What you chose to hear of"),
            keys={**place, "level": _("What you chose")},
            rows=lambda: _subscriptions(user),
        ),
        Part(
            name="posts_waiting",
            title=_("Posts of yours that wait for approval"),
            keys={
                "title": _("Title"),
                "content": _("What you wrote"),
                "language": _("Language"),
                "written_at": _("Written"),
                "space": _("Space"),
                "files": _("Files"),
            },
            rows=lambda: _waiting(user),
        ),
        Part(
            name="notices",
            title=_("What spaces wrote to you"),
            keys={
                "words": _("Words of the space"),
                "about": _("Your words that it is about"),
                "space": _("Space"),
                "at": _("When"),
            },
            rows=lambda: _notices(user),
        ),
        *belongings.parts(user),
    ]


def _topics(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Topic.objects.with_space().filter(poster=user.pk).order_by("pk").with_decision()
    for topic in rows.iterator(chunk_size=CHUNK):
        yield {
            "topic": Words(topic.subject, topic.language),
            **_place(topic, names),
            "kind": Coded(topic.kind, topic.get_kind_display()),
            "options": [option.text for option in topic.decision.options.all()] if _decides(topic) else [],
            "written_at": topic.created,
        }


def _decides(topic: Topic) -> bool:
    return getattr(topic, "decision", None) is not None


def _posts(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Post.objects.with_space().filter(poster=user.pk).select_related("removal").order_by("pk")
    rows = rows.prefetch_related("files__stored", "removal__files__stored")
    for post in rows.iterator(chunk_size=CHUNK):
        topic, removal = post.topic, getattr(post, "removal", None)
        is_told = topic.poster_id == user.pk or (topic.approved and topic.space.pk in names)
        is_reachable = post.approved and topic.approved and topic.space.pk in names
        yield {
            "content": Words(removal.content if removal else post.content.raw, post.language),
            "language": language_of(post.language),
            "written_at": post.created,
            "state": _("removed") if removal else "" if post.approved else _("hidden"),
            "files": [file.stored for file in (removal or post).files.all()],
            "topic": Words(topic.subject, topic.language) if is_told else "",
            "space": names.get(topic.space.pk, ""),
            "address": address_of("forum:post", topic.space.slug, post.public_id) if is_reachable else "",
        }


def _ballots(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Ballot.objects.filter(voter=user.pk).select_related("poll__topic__forum__space_tie__space")
    for ballot in rows.prefetch_related("options").order_by("pk").iterator(chunk_size=CHUNK):
        topic = ballot.poll.topic
        is_reachable = topic.approved and topic.space.pk in names
        yield {
            "topic": Words(topic.subject, topic.language) if is_reachable else "",
            **_place(topic, names),
            "chosen": "; ".join(option.text for option in ballot.options.all()) if is_reachable else "",
        }


def _earlier(user: User) -> Iterator[Row]:
    rows = Revision.objects.filter(post__poster=user.pk).order_by("post", "pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "content": Words(f"{row.subject}\n\n{row.content}".strip(), row.language),
            "language": language_of(row.language),
            "written_at": row.written_at,
            "changed_at": row.at,
        }


def _drafts(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Draft.objects.filter(user=user.pk).select_related("topic__forum__space_tie__space", "space")
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        topic = row.topic
        is_told = topic is not None and topic.approved and topic.space.pk in names
        yield {
            "content": Words(f"{row.subject}\n\n{row.content}".strip(), row.language),
            "language": language_of(row.language),
            "changed_at": row.changed_at,
            "files": [upload.stored for upload in uploads.of(user, row.space, topic)],
            "topic": Words(topic.subject, topic.language) if topic and is_told else "",
            **(_place(topic, names) if topic else {"space": names.get(row.space.pk, "")}),
        }


def _places(user: User, rows: Any, *columns: str) -> Iterator[Row]:
    """Of topics that may be read now; of the others nothing."""
    names = names_for(user)
    rows = rows.filter(topic__approved=True, topic__forum__space_tie__space__in=names)
    rows = rows.select_related("topic__forum__space_tie__space").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "topic": Words(row.topic.subject, row.topic.language),
            **_place(row.topic, names),
            **{name: getattr(row, name) for name in columns},
        }


def _waiting(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = WaitingPost.objects.of(user).with_case()
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "title": Words(row.subject, row.language),
            "content": Words(row.content, row.language),
            "language": language_of(row.language),
            "written_at": row.at,
            "space": names.get(row.space_id, ""),
            "files": [file.stored for file in row.files.all()],
        }


def _subscriptions(user: User) -> Iterator[Row]:
    """Of what may be read now; of the rest nothing."""
    names = names_for(user)
    rows = Subscription.objects.filter(person=user.pk).select_related(
        "space", "topic__forum__space_tie__space"
    )
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        space = row.space or (row.topic.space if row.topic and row.topic.approved else None)
        if space is None or space.pk not in names:
            continue
        place = _place(row.topic, names) if row.topic else {"space": names[space.pk]}
        topic = Words(row.topic.subject, row.topic.language) if row.topic else ""
        yield {"topic": topic, **place, "level": value_of(row, "level")}


def _notices(user: User) -> Iterator[Row]:
    names = names_for(user)
    for row in Notice.objects.filter(person=user.pk).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "words": Words(row.words, ""),
            "about": Words(row.about, ""),
            "space": names.get(row.space_id, ""),
            "at": row.at,
        }


def _place(topic: Topic, names: dict[int, str]) -> dict[str, str]:
    """The space and the address of a topic, as long as it may be read."""
    if not topic.approved or topic.space.pk not in names:
        return {}
    return {
        "space": names[topic.space.pk],
        "address": address_of("forum:topic", topic.space.slug, topic.public_id),
    }


def erase(user: User, words_too: bool) -> None:
    """Posts stay where they stand and are counted as before; what they said is gone if the author wants that.

    A topic keeps its title, and a decision its options: they name what belongs to others as well.
    """
    marks.forget(user)
    polling.forget(user)
    mentions.forget(user)
    bin.forget(user)
    uploads.discard_all(Upload.objects.filter(user=user.pk))
    Report.objects.filter(by=user).exclude(settled_at=None).delete()
    # Written about them: it goes with them, as a reason in the record does.
    Report.objects.filter(post__poster=user).update(words="")
    Hiding.objects.filter(post__poster=user).update(reason="")
    own = Post.objects.filter(poster=user.pk)
    own.update(updated_by=None, update_reason="", username="")
    if not words_too:
        return
    Report.objects.filter(by=user.pk).update(words="")
    Hiding.objects.filter(by=user.pk).update(reason="")
    files = PostFile.objects.filter(post__poster=user.pk)
    kept = list(StoredFile.objects.filter(pk__in=files.values("stored")))
    files.delete()
    for stored in kept:
        store.discard(stored)
    Revision.objects.filter(post__poster=user.pk).delete()
    own.update(content="", _content_rendered="", updates_count=0)
    entries.drop_replies(own.values_list("pk", flat=True))
    entries.put_all(entries.of_topics(Topic.objects.filter(poster=user.pk, approved=True)))
