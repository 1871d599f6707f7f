"""Words of readers to posts: giving and taking back, and their counts on a page of posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q

from communities.permissions import Refused, rights
from forum.talking.models import Reaction

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post
    from forum.querysets import PostQuerySet
    from profiles.models import User

Kind = Reaction.Kind
ICONS: Final[dict[str, str]] = {
    Kind.THANKS: "heart",
    Kind.AGREE: "thumbs-up",
    Kind.USEFUL: "library",
    Kind.WITH_YOU: "users-round",
    Kind.DOUBT: "circle-help",
}


@dataclass(slots=True)
class Said:
    """How many said one word to one post, and whether the reader is among them."""

    kind: str
    count: int
    is_own: bool


@dataclass(slots=True)
class Tally:
    said: list[Said] = field(default_factory=list)

    @property
    def own(self) -> set[str]:
        return {each.kind for each in self.said if each.is_own}


def give(post: Post, by: User, kind: str, space: Space) -> None:
    """Once, however often it is sent. Raises Refused, ValueError for an unknown kind."""
    _require(by, space)
    Reaction.objects.bulk_create([Reaction(post=post, person=by, kind=Kind(kind))], ignore_conflicts=True)


def take_back(post: Post, by: User, kind: str, space: Space) -> None:
    _require(by, space)
    Reaction.objects.filter(post=post, person=by, kind=Kind(kind)).delete()


def _require(by: User, space: Space) -> None:
    if not rights(by, space).allows("react"):
        raise Refused("react", space)


def with_reactions(posts: PostQuerySet) -> PostQuerySet:
    """`has_reactions`, so that a page without any asks nothing."""
    return posts.annotate(has_reactions=Exists(Reaction.objects.filter(post=OuterRef("pk"))))


def tallies(posts: Iterable[Post], reader: AnyUser) -> dict[int, Tally]:
    """By post id, in the order of the words. One query for all posts, none where nobody said anything."""
    asked = [post.pk for post in posts if post.__dict__.get("has_reactions", True)]
    found = {pk: Tally() for pk in asked}
    if not asked:
        return found
    own = Count("pk", filter=Q(person=reader.pk or 0))
    rows = Reaction.objects.filter(post__in=asked).order_by().values_list("post", "kind")
    for pk, kind, count, mine in rows.annotate(count=Count("pk"), mine=own):
        found[pk].said.append(Said(kind, count, bool(mine)))
    for tally in found.values():
        tally.said.sort(key=lambda said: ORDER.index(said.kind))
    return found


ORDER: Final[Sequence[str]] = list(Kind.values)
