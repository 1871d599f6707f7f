"""Comments under articles and resources, written, reported and hidden through the room's own verbs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial

from communities.submissions import Submission
from demo.cms import NAMESPACE
from demo.content import Table, tables
from demo.deeds import Deed, date_news
from demo.world import World
from news.comments import moderation, posting
from news.comments.models import Comment, Report
from news.comments.pages import open_page


def deeds(world: World) -> Iterator[Deed]:
    for row in tables("comments", "comment"):
        yield Deed(world.ago(row["days_ago"]), _key(row["key"]), partial(_say, row))


def _key(name: str) -> str:
    return f"demo:comment:{name}"


def _say(row: Table, world: World, deed: Deed) -> None:
    comment = posting.post(
        open_page(uuid.uuid5(NAMESPACE, row["under"]), row["language"]),
        row["content"].strip(),
        row["language"],
        by=world.people[row["author"]],
        parent=_comment(row["to"]) if "to" in row else None,
        key=deed.key,
        at=deed.moment,
    )
    if "reported_by" in row:
        reporter = world.people[row["reported_by"]]
        moderation.report(comment, by=reporter, reason=row["reason"], words=row["report"])
        Report.objects.filter(comment=comment).update(created_at=deed.moment)
    if "hidden_by" in row:
        moderation.hide(comment, by=world.people[row["hidden_by"]], reason=row["reason"])
        Comment.objects.filter(pk=comment.pk).update(hidden_at=deed.moment)
    date_news(world, deed, posting.KINDS, comment.pk)


def _comment(name: str) -> Comment:
    """By what the verb answered to its key, perhaps in a run that did not come to its end."""
    said = Submission.objects.filter(key=_key(name)).values("answer")
    return Comment.objects.get(public_id__in=said)
