"""Topics and posts as a person may read them, and what a line of a list or a voice in a topic shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery, prefetch_related_objects

from communities.roles import Role

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post, Topic  # noqa: F401
    from forum.models import Report  # noqa: F401


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: AnyUser) -> TopicQuerySet:
        return self.filter(approved=True, forum__space_tie__space__in=_readable_by(user))

    def of(self, space: Space) -> TopicQuerySet:
        """One space's, which the caller has authorised; unapproved ones are nobody's."""
        return self.filter(approved=True, forum__space_tie__space=space.pk)

    def with_space(self) -> TopicQuerySet:
        return self.select_related("forum__space_tie__space")

    def with_line(self) -> TopicQuerySet:
        """What a line of the list shows."""
        return self.select_related("poster").only(*LINE)

    def with_mark_of(self, user: AnyUser) -> TopicQuerySet:
        """How far `user` has read: `seen_post` (id), `seen_count`, `seen_at`; None without a visit."""
        from forum.models import ReadMark

        mark = ReadMark.objects.filter(topic=OuterRef("pk"), user=user.pk)
        return self.annotate(
            seen_post=Subquery(mark.values("post")),
            seen_count=Subquery(mark.values("count")),
            seen_at=Subquery(mark.values("at")),
        )

    def with_waiting_of(self, user: AnyUser) -> TopicQuerySet:
        """`has_waiting`: whether an answer of theirs waits for approval."""
        from forum.waiting import WaitingPost

        return self.annotate(has_waiting=Exists(WaitingPost.objects.filter(topic=OuterRef("pk"), by=user.pk)))

    def with_head(self) -> TopicQuerySet:
        """What stands under its title beside the posts: the solution (two columns of one join), the poll."""
        return self.select_related("decision").annotate(
            solution_html=F("solution___content_rendered"),
            solution_public_id=F("solution__public_id"),
            solution_language=F("solution__language"),
            has_themes=Exists(self.model.themes.through.objects.filter(topic=OuterRef("pk"))),
        )

    def with_decision(self) -> TopicQuerySet:
        """For copies of many topics: solution, options with their votes; two queries for all of them."""
        from forum.models import Ballot, PollOption

        ballots = Ballot.objects.filter(poll=OuterRef("pk")).order_by().values("poll")
        options = PollOption.objects.annotate(votes=Count("ballots")).order_by("pk")
        return (
            self.select_related("decision")
            .prefetch_related(Prefetch("decision__options", options))
            .annotate(
                solution_public_id=F("solution__public_id"),
                ballots_count=Subquery(ballots.annotate(number=Count("pk")).values("number")),
            )
        )


LINE = (
    *("public_id", "subject", "language", "type", "status", "posts_count", "created", "last_post_on"),
    *("kind", "solution", "pinned_until"),
    *(
        "poster__public_id",
        "poster__display_name",
        "poster__email",
        "poster__is_active",
        "poster__is_approved",
    ),
)


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: AnyUser) -> PostQuerySet:
        return self.filter(
            approved=True, topic__approved=True, topic__forum__space_tie__space__in=_readable_by(user)
        )

    def of(self, topic: Topic) -> PostQuerySet:
        """One topic's, oldest first."""
        return self.filter(topic=topic.pk, approved=True).order_by("pk")

    def with_space(self) -> PostQuerySet:
        return self.select_related("topic__forum__space_tie__space")

    def in_space(self, space: Space) -> PostQuerySet:
        """One space's, which the caller has authorised for moderating: hidden ones too."""
        return self.filter(topic__forum__space_tie__space=space.pk)

    def reported(self) -> PostQuerySet:
        from forum.models import Report

        return self.filter(Exists(Report.objects.waiting().filter(post=OuterRef("pk"))))

    def hidden(self) -> PostQuerySet:
        return self.filter(hiding__isnull=False)

    def with_case(self) -> PostQuerySet:
        """What a moderator decides by. Reports and files come in one more query each."""
        from forum.models import Report

        waiting = Prefetch("reports", Report.objects.waiting(), to_attr="open_reports")
        rows = self.select_related("poster", "topic", "hiding__by", "removal")
        return rows.prefetch_related(waiting, _with_files())

    def with_voice(self, space: Space) -> PostQuerySet:
        """What a voice in a topic shows; `role` only where it is more than a member's, files by `bring_files`."""
        from communities.models import Membership
        from forum.models import PostFile
        from forum.talking.answers import with_answers
        from forum.talking.reactions import with_reactions

        role = Membership.objects.filter(space=space.pk, user=OuterRef("poster"), role__gte=Role.MODERATOR)
        posts = with_reactions(with_answers(self.select_related("poster").only(*VOICE)))
        return posts.annotate(
            role=Subquery(role.filter(suspended_at__isnull=True).values("role")[:1]),
            has_files=Exists(PostFile.objects.filter(post=OuterRef("pk"))),
        )


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> ReportQuerySet:
        return self.filter(settled_at=None)


# Not `content`: the page shows the rendered text, and the raw one is as long again.
VOICE = (
    *("public_id", "topic", "language", "created", "updates_count", "_content_rendered"),
    *("answers_to", "aside"),
    *(
        "poster__public_id",
        "poster__display_name",
        "poster__email",
        "poster__is_active",
        "poster__is_approved",
    ),
)


def _with_files() -> Prefetch[str]:
    """One query for all of them."""
    from forum.models import PostFile

    return Prefetch("files", PostFile.objects.select_related("stored"))


def bring_files(posts: list[Post]) -> list[Post]:
    """What goes with the posts of `with_voice()`: one query where any has files, else none."""
    if having := [post for post in posts if post.has_files]:
        prefetch_related_objects(having, _with_files())
    return posts


def _readable_by(user: AnyUser) -> models.QuerySet[Space]:
    from communities.models import Space

    return Space.objects.readable_by(user).offering("forum")
