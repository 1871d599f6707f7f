"""What a person takes along of the forum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.parts import Part, rows_of
from forum.forum_conversation.models import Topic
from forum.leaving import places, words
from forum.models import ReadMark, Report
from forum.talking import belongings

if TYPE_CHECKING:
    from profiles.models import User


def parts(user: User) -> list[Part]:
    place = {"topic": _("Topic"), "space": _("Space"), "address": _("Address")}
    return [
        Part(
            name="topics",
            title=_("Topics you opened"),
            keys={**place, "kind": _("Kind"), "options": _("What is voted on"), "written_at": _("Written")},
            rows=lambda: words.topics(user),
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
            rows=lambda: words.posts(user),
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
            rows=lambda: words.earlier(user),
        ),
        Part(
            name="drafts",
            title=_("Your drafts"),
            keys={
                "content": _("What you wrote"),
                "language": _("Language"),
                "kind": _("Kind"),
                "themes": _("Themes"),
                "options": _("What is voted on"),
                "most": _("How many each person may choose"),
                "closes_at": _("The vote ends"),
                "results_at_end": _("Show the numbers only when the vote is over"),
                "changed_at": _("Changed"),
                "files": _("Files"),
                **place,
            },
            rows=lambda: words.drafts(user),
        ),
        Part(
            name="topics_followed",
            title=_("Topics you follow"),
            keys=place,
            rows=lambda: places.places(user, Topic.subscribers.through.objects.filter(user=user.pk)),
        ),
        Part(
            name="topics_read",
            title=_("How far you have read"),
            keys={**place, "at": _("When"), "count": _("Posts read")},
            rows=lambda: places.places(user, ReadMark.objects.filter(user=user.pk), "at", "count"),
        ),
        Part(
            name="ballots",
            title=_("How you voted where the vote is still open"),
            keys={**place, "chosen": _("What you chose")},
            rows=lambda: places.ballots(user),
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
            rows=lambda: places.subscriptions(user),
        ),
        Part(
            name="posts_waiting",
            title=_("Posts of yours that wait for approval"),
            keys={
                "title": _("Title"),
                "content": _("What you wrote"),
                "kind": _("Kind"),
                "themes": _("Themes"),
                "options": _("What is voted on"),
                "language": _("Language"),
                "written_at": _("Written"),
                "space": _("Space"),
                "files": _("Files"),
            },
            rows=lambda: words.waiting(user),
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
            rows=lambda: places.notices(user),
        ),
        *belongings.parts(user),
    ]
