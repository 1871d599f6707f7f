"""Rows of a person's copy: what they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.leaving import address_of, names_for
from communities.parts import CHUNK, Coded, Row, Words, language_of
from forum import begun, kinds, uploads
from forum.forum_conversation.models import Post, Topic
from forum.leaving.places import place_of
from forum.models import Draft, Revision, WaitingPost

if TYPE_CHECKING:
    from profiles.models import User


def topics(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Topic.objects.with_space().filter(poster=user.pk).order_by("pk").with_decision()
    for topic in rows.iterator(chunk_size=CHUNK):
        yield {
            "topic": Words(topic.subject, topic.language),
            **place_of(topic, names),
            "kind": Coded(topic.kind, topic.get_kind_display()),
            "options": [option.text for option in topic.decision.options.all()] if _decides(topic) else [],
            "written_at": topic.created,
        }


def _decides(topic: Topic) -> bool:
    return getattr(topic, "decision", None) is not None


def posts(user: User) -> Iterator[Row]:
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


def earlier(user: User) -> Iterator[Row]:
    rows = Revision.objects.filter(post__poster=user.pk).order_by("post", "pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "content": Words(f"{row.subject}\n\n{row.content}".strip(), row.language),
            "language": language_of(row.language),
            "written_at": row.written_at,
            "changed_at": row.at,
        }


def drafts(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Draft.objects.filter(user=user.pk).select_related("topic__forum__space_tie__space", "space")
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        topic = row.topic
        is_told = topic is not None and topic.approved and topic.space.pk in names
        yield {
            "content": Words(f"{row.subject}\n\n{row.content}".strip(), row.language),
            "language": language_of(row.language),
            **_chosen(row),
            "changed_at": row.changed_at,
            "files": [upload.stored for upload in uploads.of(user, row.space, topic)],
            "topic": Words(topic.subject, topic.language) if topic and is_told else "",
            **(place_of(topic, names) if topic else {"space": names.get(row.space.pk, "")}),
        }


def _chosen(draft: Draft) -> Row:
    """What was chosen in the form of a topic beside its words."""
    kind = kinds.named(draft.more.get("kind", ""))
    begun.name_themes([draft])
    return {
        "kind": Coded(kind, str(kind.label)) if kind else "",
        "themes": draft.theme_names,
        "options": draft.options.splitlines(),
        "most": draft.more.get("most", ""),
        "closes_at": begun.parsed(draft.more.get("closes_at", "")) or "",
        "results_at_end": draft.more.get("results_at_end", ""),
    }


def waiting(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = WaitingPost.objects.of(user).with_case()
    for row in rows.iterator(chunk_size=CHUNK):
        begun.name_themes([row])
        yield {
            "title": Words(row.subject, row.language),
            "content": Words(row.content, row.language),
            "kind": Coded(row.kind, str(row.kind.label)) if row.kind else "",
            "themes": row.theme_names,
            "options": list(row.poll.options) if row.poll else [],
            "language": language_of(row.language),
            "written_at": row.at,
            "space": names.get(row.space_id, ""),
            "files": [file.stored for file in row.files.all()],
        }
