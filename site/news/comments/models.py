"""Comments of public pages: rows of comments-xtd with what this site needs beside them.

Comments hang on the *source* page (`content_type`, `object_pk`) and are found by `about`, the key that all
translations and stand-ins of a page share. comments-xtd's columns for a mail address, a web address and an IP
stay empty, as does `user_name` of a member: who wrote is `user`, and a visitor's mail is a `Guest`.

Never call `save()` on a comment that exists: comments-xtd's signal then shows or hides all answers to it.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from communities import freshness
from communities.public_ids import new_public_id
from news.comments.querysets import CommentQuerySet


def new_token() -> str:
    return secrets.token_urlsafe(24)


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("not confirmed yet")
    WAITING = "waiting", _("waiting for approval")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")
    REMOVED = "removed", _("removed by its author")


class Comment(XtdComment):
    # Named, because the accessor it would get (`comment`) is the column of the words.
    xtdcomment_ptr = models.OneToOneField(
        XtdComment, parent_link=True, primary_key=True, on_delete=models.CASCADE, related_name="page_comment"
    )
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    # `translation_key` of the page.
    about = models.UUIDField(editable=False)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    # What communities.markup.render made when it was written.
    html = models.TextField(editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.SHOWN)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(_("reason"), max_length=500, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    # Set by `CommentQuerySet.with_voice` and `with_case`.
    words: str
    open_reports: list[Report]

    class Meta:
        permissions = [("moderate_comments", "Moderate comments of public pages")]
        indexes = [
            models.Index(fields=["about", "state"], name="comment_by_page"),
            models.Index(fields=["state"], name="comment_by_state"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self, anchor_pattern: str = "") -> str:
        """The permanent address: it leads to the page in the reader's language."""
        return reverse("comments:comment", args=[self.public_id])

    @property
    def anchor(self) -> str:
        return f"c-{self.public_id}"

    @property
    def body(self) -> SafeString:
        """Comes from `with_voice`: empty unless shown."""
        return mark_safe(self.words)  # noqa: S308 -- communities.markup.render has made it

    @property
    def full_body(self) -> SafeString:
        """For its author and for editors."""
        return mark_safe(self.html)  # noqa: S308 -- communities.markup.render has made it

    @property
    def link_count(self) -> int:
        return self.html.count("<a ")

    @property
    def is_shown(self) -> bool:
        return self.state == State.SHOWN

    @property
    def is_of_visitor(self) -> bool:
        return self.user_id is None


class Report(models.Model):
    """A reader's word to the editors about a comment; one per person, and one per network of visitors."""

    class Reason(models.TextChoices):
        PERSON = "person", _("It puts a person in danger or says who they are")
        INSULT = "insult", _("It insults or threatens")
        SPAM = "spam", _("It is advertising")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    # Without an account: nothing says who it was, and `by` stays empty.
    from_visitor = models.BooleanField(default=False, editable=False)
    # A keyed digest of comment and network (voices.py), emptied after 30 days (moderation.forget_old).
    network = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "by"], name="one_report_of_comment_per_person"),
            models.UniqueConstraint(
                fields=["comment", "network"],
                condition=~models.Q(network=""),
                name="one_report_of_comment_per_network",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Guest(models.Model):
    """The visitor behind a comment, as long as we need to write to them; `guests.forget_old` ends it."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="guest")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    mailed_at = models.DateTimeField(null=True)
    # Whether they follow the page once they have confirmed.
    follow = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"guest {self.pk}"


class Follower(models.Model):
    """An address without an account that hears of new comments of a page: `followers` asks it first.

    The row is the right, its token confirms and ends it; nothing of the address is left when it is gone.
    """

    about = models.UUIDField()
    email = models.EmailField(_("e-mail address"))  # in small letters
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "email"], name="one_following_per_address")]

    def __str__(self) -> str:
        return f"follower {self.pk}"


class FollowerMail(models.Model):
    """A mail that a follower is still to get; gone once it has left."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="mails")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "comment"], name="one_mail_per_follower_and_comment")
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Subscription(models.Model):
    """Who hears by mail of new comments of a page. The token in the mails dies with the row."""

    class Scope(models.TextChoices):
        ALL = "all", _("All new comments")
        ANSWERS = "answers", _("Only answers to mine")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField()
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.ALL)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "user"], name="one_comment_subscription_per_person")
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    visitors_may_comment = models.BooleanField(
        _("visitors may comment"),
        default=False,
        help_text=_(
            "Members of the network always may. A visitor confirms by mail, and an editor approves each comment. "
            "Visitors may then follow the comments of a page and report one, too."
        ),
    )
    close_after_days = models.PositiveSmallIntegerField(
        _("close comments after this many days"), default=0, help_text=_("0: they stay open.")
    )

    panels = [FieldPanel("visitors_may_comment"), FieldPanel("close_after_days")]

    class Meta:
        verbose_name = _("comments")

    def __str__(self) -> str:
        return f"comment settings {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        freshness.changed()
