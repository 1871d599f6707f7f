"""What a person takes along of their comments, and what becomes of them when they leave for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities import freshness
from communities.fates import End, Fate
from communities.parts import CHUNK, Part, Row, Words, language_of, rows_of, value_of
from news.comments import followers, pages, posting
from news.comments.models import Comment, Follower, Guest, Report, State, Subscription

if TYPE_CHECKING:
    from profiles.models import User

FORMER: Final = "answers hang on it; it leads to a former member"
EMPTY: Final = "a column of the package that this site leaves empty for members"
FATES: Final = {
    "django_comments.Comment.user": Fate(End.KEPT, "comments", FORMER),
    "django_comments.Comment.user_name": Fate(End.UNSET, "", EMPTY),
    "django_comments.Comment.user_email": Fate(End.UNSET, "", EMPTY),
    "django_comments.Comment.user_url": Fate(End.UNSET, "", EMPTY),
    "django_comments.Comment.ip_address": Fate(End.UNSET, "", EMPTY),
    "django_comments.CommentFlag.user": Fate(End.DELETED, "", "the package's own; nobody flags"),
    "news_comments.Comment.hidden_by": Fate(End.KEPT, "deeds", "a moderator's deed stays on record"),
    "news_comments.Report.by": Fate(End.UNSET, "comment_reports"),
    "news_comments.Subscription.user": Fate(End.DELETED, "pages_followed"),
    "news_comments.Follower.email": Fate(End.DELETED, "pages_followed"),
    "news_comments.Guest.email": Fate(End.DELETED, "", "a visitor's, for 30 days at most; found by address"),
}


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="comments",
            title=_("Comments"),
            keys={
                "content": _("What you wrote"),
                "language": _("Language"),
                "written_at": _("Written"),
                "state": _("State"),
                "address": _("Address"),
            },
            rows=lambda: _comments(user),
        ),
        Part(
            name="comment_reports",
            title=_("Comments you reported"),
            keys={"reason": _("Reason"), "words": _("In your words"), "created_at": _("Sent")},
            rows=rows_of(Report.objects.filter(by=user).order_by("pk"), "reason", "words", "created_at"),
        ),
        Part(
            name="pages_followed",
            title=_("Pages whose comments you follow"),
            keys={
                "page": _("Page"),
                "scope": _("scope"),
                "created_at": _("Followed since"),
                "address": _("Address"),
            },
            rows=lambda: _followed(user),
        ),
    ]


def _comments(user: User) -> Iterator[Row]:
    """Every comment of theirs, shown or not; which were removed by themselves has no words any more."""
    rows = Comment.objects.filter(user=user).exclude(state=State.REMOVED).order_by("pk")
    for comment in rows.iterator(chunk_size=CHUNK):
        yield {
            "content": Words(comment.comment, comment.language),
            "language": language_of(comment.language),
            "written_at": comment.submit_date,
            "state": value_of(comment, "state"),
            "address": f"{settings.BASE_URL}{comment.get_absolute_url()}",
        }


def _followed(user: User) -> Iterator[Row]:
    """With the account, or with an address of theirs before they had one."""
    rows: list[Any] = list(Subscription.objects.filter(user=user).order_by("pk"))
    rows += Follower.objects.filter(email__in=_own_addresses(user)).order_by("pk")
    found: dict[Any, Any] = pages.addresses({row.about for row in rows})
    for row in rows:
        page = found.get(row.about)
        yield {
            "page": Words(page.title, page.locale.language_code) if page else "",
            "scope": value_of(row, "scope") if isinstance(row, Subscription) else "",
            "created_at": row.created_at,
            "address": page.full_url if page else "",
        }


def _own_addresses(user: User) -> list[str]:
    """Known to be theirs: anybody can type anybody's."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return [email.lower() for email in rows.values_list("email", flat=True)]


def erase(user: User, words_too: bool) -> None:
    """Called before the person's addresses go: a comment written as a visitor is found by them."""
    Report.objects.filter(by=user).exclude(settled_at=None).delete()
    followers.forget_person(user)
    for email in _own_addresses(user):
        Guest.objects.filter(email__iexact=email).delete()
    Comment.objects.filter(user=user).update(user_name="", user_email="", user_url="", ip_address=None)
    if words_too:
        posting.remove_all(user)
        Report.objects.filter(by=user).update(words="")
    freshness.changed()
