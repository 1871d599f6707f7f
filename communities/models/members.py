"""Who is in a space, and who asked to come in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.spaces import Space
from communities.public_ids import new_public_id
from communities.querysets import MembershipQuerySet
from communities.roles import Role


class Membership(models.Model):
    """One person in one space."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(_("role"), choices=Role, default=Role.MEMBER)
    shown_publicly = models.BooleanField(
        _("name me on the public page"),
        default=False,
        help_text=_("For facilitators: off unless they agree."),
    )
    public_name = models.CharField(
        _("as I want to be called there"),
        max_length=80,
        blank=True,
        help_text=_("Empty: the name of your account."),
    )
    joined_at = models.DateTimeField(default=timezone.now)
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "user"], name="one_membership_per_person")]
        indexes = [models.Index(fields=["user", "space"], name="membership_by_person")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class JoinRequest(models.Model):
    """Asked to come in. A row stays after it was decided, so that nobody asks the same twice in vain."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        ADMITTED = "admitted", _("admitted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    text = models.TextField(_("answer"), max_length=2000, blank=True)
    # [question as it was asked, its language, answer]: a question that is changed later changes no answer.
    answers = models.JSONField(_("answers"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "user"], condition=Q(state="pending"), name="one_pending_request_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"join request {self.pk}"
