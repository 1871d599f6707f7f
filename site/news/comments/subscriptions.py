"""Hearing by mail of new comments. The row is the right: asked again when a mail leaves, gone when it is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from communities.permissions import in_network
from news.comments.models import Comment, Subscription

if TYPE_CHECKING:
    from communities.models import Notification
    from profiles.models import User

Scope = Subscription.Scope


@transaction.atomic
def follow(key: UUID, user: User, scope: str) -> Subscription:
    """Once per person and page; a second call changes the scope, never the token."""
    found, made = Subscription.objects.get_or_create(about=key, user=user, defaults={"scope": scope})
    if not made and found.scope != scope:
        Subscription.objects.filter(pk=found.pk).update(scope=scope)
    return found


def follow_answers(key: UUID, user: User) -> None:
    """Ticked beside a comment: never makes less of what the person follows already."""
    Subscription.objects.get_or_create(about=key, user=user, defaults={"scope": Scope.ANSWERS})


def unfollow(token: str) -> None:
    """However often the mail program asks."""
    Subscription.objects.filter(token=token).delete()


def unfollow_page(key: UUID, user: User) -> None:
    Subscription.objects.filter(about=key, user=user).delete()


def recipients(comment: Comment) -> QuerySet[User]:
    """Whoever follows the page, and of those who want answers alone, whoever wrote above it."""
    rows = Subscription.objects.filter(user=OuterRef("pk")).filter(_concerning(comment))
    people = get_user_model().objects.filter(Exists(rows), is_active=True, is_approved=True)
    return people.exclude(pk=comment.user_id).order_by("pk")


def _concerning(comment: Comment) -> Q:
    return Q(about=comment.about) & (Q(scope=Scope.ALL) | Q(user__in=_writers_above(comment)))


def _writers_above(comment: Comment) -> set[int]:
    if comment.parent_id == comment.pk:
        return set()
    lineage = Comment.objects.filter(thread_id=comment.thread_id).filter(
        Q(pk=comment.parent_id) | Q(pk=comment.thread_id)
    )
    return set(lineage.exclude(user=None).values_list("user", flat=True))


def still_wanted(row: Notification) -> bool:
    """Between the comment and the mail: withdrawn page, hidden comment, ended subscription, lost approval."""
    comment = Comment.objects.reachable().shown().filter(pk=row.activity.target_id).first()
    if comment is None or not in_network(row.recipient):
        return False
    return Subscription.objects.filter(_concerning(comment), user=row.recipient).exists()


def way_out(row: Notification) -> str:
    """The address of the one-click end of this very subscription; empty when there is none any more."""
    about = Comment.objects.filter(pk=row.activity.target_id).values("about")
    token = (
        Subscription.objects.filter(user=row.recipient, about__in=about)
        .values_list("token", flat=True)
        .first()
    )
    return reverse("comments:unsubscribing", args=[token]) if token else ""
