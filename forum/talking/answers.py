"""Who answers whom: the way to the post that is answered and back, quotations, side remarks folded below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.markup import quoted
from forum.talking.reading import BACK

if TYPE_CHECKING:
    from forum.forum_conversation.models import Post
    from forum.querysets import PostQuerySet

FORMER: Final = _("Former member")


def with_answers(posts: PostQuerySet) -> PostQuerySet:
    """`answers_count`, and of the post that is answered what the line above an answer says."""
    from forum.forum_conversation.models import Post

    # Of that topic: an answer may have been split off. Not compared as a bare column, so that SQLite looks among the
    # answers to the post and not among all posts of the topic.
    theirs = Post.objects.filter(answers_to=OuterRef("pk"), approved=True).alias(where=F("topic") + 0)
    theirs = theirs.filter(where=OuterRef("topic"))
    count = theirs.order_by().values("answers_to").annotate(n=Count("pk")).values("n")
    return posts.annotate(
        answers_count=Coalesce(Subquery(count), 0),
        answered_id=F("answers_to__public_id"),
        answered_is_shown=F("answers_to__approved"),
        answered_topic=F("answers_to__topic"),
        answered_name=F("answers_to__poster__display_name"),
        answered_email=F("answers_to__poster__email"),
    )


@dataclass(slots=True)
class Fold:
    """Side remarks below one post. Opened for whoever asked for one of them, or has not seen one."""

    posts: list[Post] = field(default_factory=list)
    news: int = 0
    is_open: bool = False
    is_first_new: bool = False


@dataclass(slots=True)
class Order:
    """The posts of a page as they stand on it. `since`: id of the first that is new, None when only folded ones are."""

    posts: list[Post]
    since: int | None
    has_news: bool


def in_order(posts: Sequence[Post], *, seen: int | None, reader_id: int | None, asked: str = "") -> Order:
    """By time; a side remark below what it answers where both are on the page, one level deep.

    `seen`: the newest post the reader has seen, None without a visit.
    """
    homes: dict[int, Post] = {}
    folds: dict[int, Fold] = {}
    voices: list[Post] = []
    news: list[Post] = []
    for post in posts:
        is_new = bool(seen) and post.pk > (seen or 0) and post.poster_id != reader_id
        home = homes.get(post.answers_to_id or 0) if post.aside else None
        homes[post.pk] = home or post
        if home is None:
            voices.append(post)
            news += [post] if is_new else []
            continue
        fold = folds.setdefault(home.pk, Fold())
        fold.posts.append(post)
        fold.news += is_new
        fold.is_open |= is_new or post.public_id == asked
    spoken = {post.public_id for post in voices}
    for post in posts:
        post.answered = _answered(post)
        way = post.__dict__.get("answered_id")
        # What is folded is opened by its own address.
        post.answered_way = f"#p{way}" if way in spoken else f"../posts/{way}/"
    since = news[0].pk if news else None
    fresh = [fold for fold in folds.values() if fold.news]
    if since is None and fresh:
        fresh[0].is_first_new = True
    return Order(_flat(voices, folds), since, bool(news or fresh))


def _flat(voices: list[Post], folds: dict[int, Fold]) -> list[Post]:
    """One after the other; the first and the last of a fold know that they are."""
    shown: list[Post] = []
    for post in voices:
        shown.append(post)
        if fold := folds.get(post.pk):
            fold.posts[0].fold, fold.posts[-1].ends_fold = fold, True
            shown += fold.posts
    return shown


def _answered(post: Post) -> str:
    """Whom it answers; "" where that post is not shown, or stands in another topic by now."""
    found = post.__dict__
    if not found.get("answered_is_shown") or found["answered_topic"] != post.topic_id:
        return ""
    return str(found["answered_name"] if found["answered_email"] else FORMER)


def quotation(post: Post) -> str:
    """To begin an answer with: whose words, the way back, and the words without what they quote themselves."""
    own = "\n".join(line for line in post.content.raw.splitlines() if not line.lstrip().startswith(">"))
    name = f"@{post.poster.display_name} " if post.poster and post.poster.email else ""
    return quoted(f"{name}[{BACK}](#p{post.public_id})\n\n{own.strip()}")
