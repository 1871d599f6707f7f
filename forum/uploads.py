"""Files on their way into a post: kept as soon as they are sent, read by whoever sent them alone until it is published.

A browser never gives a chosen file back. So whatever the form was sent for (a preview, a draft, or a post that had
something wrong) its files are held here, beside the draft, and move to the post when that is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from files import store
from forum.models import PostFile
from forum.written import Upload

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.models import Space
    from communities.permissions import AnyUser
    from files.cleaning import CleanFile
    from files.models import StoredFile
    from forum.forum_conversation.models import Post, Topic
    from profiles.models import User

KIND: Final = "post"
# As long as the key of a form: who comes back after that begins anew.
ABANDONED: Final = timedelta(days=14)
# Files that one person holds in one place, those that no form shows any more included.
MOST_HELD: Final = 12


def of(user: AnyUser, space: Space, topic: Topic | None) -> QuerySet[Upload]:
    """What a person holds for one place, in the order it was sent."""
    place = Q(topic=topic.pk) if topic else Q(topic=None, space=space.pk)
    return Upload.objects.filter(place, user=user.pk or 0).select_related("stored")


@transaction.atomic
def hold(user: User, space: Space, topic: Topic | None, files: Iterable[CleanFile]) -> list[Upload]:
    """The oldest go when somebody holds more than anyone can publish."""
    made = [
        Upload(user=user, space=space, topic=topic, stored=store.keep(file, kind=KIND, by=user))
        for file in files
    ]
    Upload.objects.bulk_create(made)
    for old in of(user, space, topic).order_by("-pk")[MOST_HELD:]:
        discard(old)
    return made


def attach(post: Post, space: Space, topic: Topic | None, by: User, tokens: Sequence[str]) -> None:
    """In the transaction of the post: what was ticked moves to it, the rest of what was held there goes."""
    chosen = take(space, topic, by, tokens)
    PostFile.objects.bulk_create(PostFile(post=post, stored=stored) for stored in chosen)


def give_back(user: User, space: Space, topic: Topic | None, files: Iterable[StoredFile]) -> None:
    """Of a post that its author took back before anybody approved it."""
    Upload.objects.bulk_create(Upload(user=user, space=space, topic=topic, stored=stored) for stored in files)


def take(space: Space, topic: Topic | None, by: User, tokens: Sequence[str]) -> list[StoredFile]:
    """What was ticked is on its way no more, and whoever asked puts it somewhere; the rest of what was held goes."""
    held = {upload.stored.token: upload for upload in of(by, space, topic).select_for_update(of=("self",))}
    chosen = [held.pop(token) for token in tokens if token in held]
    Upload.objects.filter(pk__in=[upload.pk for upload in chosen]).delete()
    for upload in held.values():
        discard(upload)
    return [upload.stored for upload in chosen]


@transaction.atomic
def discard(upload: Upload) -> None:
    stored = upload.stored
    upload.delete()
    store.discard(stored)


def discard_all(rows: QuerySet[Upload]) -> int:
    found = list(rows.select_related("stored"))
    for upload in found:
        discard(upload)
    return len(found)


def forget_in_space(user: User, space: Space) -> None:
    """For `communities.hooks.on_leave`."""
    discard_all(
        Upload.objects.filter(Q(space=space.pk) | Q(topic__forum__space_tie__space=space.pk), user=user.pk)
    )


def tick(now: datetime | None = None) -> str:
    """For `communities.hooks.on_tick`."""
    old = Upload.objects.filter(at__lt=(now or timezone.now()) - ABANDONED).order_by("at")[:200]
    count = discard_all(Upload.objects.filter(pk__in=[upload.pk for upload in old]))
    return f"files of posts that were never published: {count} discarded"
