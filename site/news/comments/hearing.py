"""What this room tells the others, and what it hears from comments-xtd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_comments.signals import comment_will_be_posted

from communities import activity, fates, freshness, hooks
from communities.activity import Line
from news.comments import followers, guests, leaving, moderation, pages, posting, subscriptions, voices
from news.comments.closing import CommentedPage
from news.comments.models import Comment, Subscription

if TYPE_CHECKING:
    from communities.permissions import AnyUser


def register() -> None:
    comment_will_be_posted.connect(is_ours, dispatch_uid="news.comments.net")
    hooks.on_export(leaving.parts)
    hooks.on_erase(leaving.erase)
    fates.declare(leaving.FATES)
    hooks.on_tick(guests.tick)
    hooks.on_tick(followers.tick)
    hooks.on_tick(moderation.tick)
    activity.register_kind(
        posting.POSTED,
        sentence=_("There is a new comment on a page that you follow"),
        mail=_("There is a new comment on a page that you follow."),
        entitled=subscriptions.still_wanted,
        way_out=subscriptions.way_out,
    )
    activity.register_kind(
        "comment_reported",
        sentence=_("A comment was reported"),
        mail=_("A comment was reported. It waits for your decision."),
        entitled=moderation.is_for_editor,
    )
    activity.register_kind(
        "comment_waiting",
        sentence=_("A comment of a visitor waits for approval"),
        mail=_("A comment of a visitor waits for your approval."),
        entitled=moderation.is_for_editor,
    )
    activity.register_kind(
        "own_comment_hidden",
        sentence=_("A comment of yours was hidden by the editors"),
        mail=_("A comment of yours was hidden by the editors."),
        right="",
    )
    activity.register_resolver("comment_posted", lines)
    activity.register_resolver("comment_", lines_of_editors)


def is_ours(sender: Any, comment: Any, **kwargs: Any) -> bool:
    """A net behind our own views: comments-xtd's way of posting reaches no other kind of thing, nor ours."""
    return (
        isinstance(comment, Comment)
        and comment.about is not None
        and pages.is_commented(comment.content_type)
    )


def lines(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = Comment.objects.reachable().shown().filter(pk__in=ids)
    return _lines(rows, lambda comment: comment.get_absolute_url())


def lines_of_editors(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """For whoever decides: the way to the queue."""
    if not voices.may_moderate(user):
        return {}
    queue = reverse("news_comments_queue")
    return _lines(Comment.objects.reachable().filter(pk__in=ids), lambda comment: queue)


def _lines(rows: Any, address: Any) -> dict[int, Line]:
    found = list(rows)
    named = pages.addresses({comment.about for comment in found})
    return {
        comment.pk: Line(page.title, address(comment), page.locale.language_code)
        for comment in found
        if (page := named.get(comment.about))
    }


def page_about_to_go(page: Any) -> None:
    """Called by `pages` when a public page is deleted: its comments move to a translation, or go along."""
    if not isinstance(page, CommentedPage) or page.alias_of_id:
        return
    own = Comment.objects.of(page.translation_key)
    left = type(page)._default_manager.filter(translation_key=page.translation_key, alias_of=None)
    heir = left.exclude(pk=page.pk).order_by("pk").first()
    if heir is None:
        posting.forget(list(own.values_list("pk", flat=True)))
        Subscription.objects.filter(about=page.translation_key).delete()
        followers.forget_page(page.translation_key)
    else:
        own.filter(object_pk=str(page.pk)).update(object_pk=str(heir.pk))
    freshness.changed()
