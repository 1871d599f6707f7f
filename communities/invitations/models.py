"""Who was asked in: by address, or by a link. Imported by `communities.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.invitations.querysets import SpaceInvitationQuerySet
from communities.invitations.words import STATES
from communities.public_ids import new_public_id

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Invitation(models.Model):
    """Bound to an address, or (`email` empty) a link for so many people. Its key is kept as a hash alone."""

    class Post(models.TextChoices):
        """How far its mail is. The key is made when the mail leaves, and stands nowhere else."""

        NONE = "none", "none"
        WAITING = "waiting", "waiting"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    post = models.CharField(max_length=10, choices=Post, default=Post.NONE, editable=False)
    sends = models.PositiveSmallIntegerField(default=0, editable=False)
    uses = models.PositiveIntegerField(default=0, editable=False)
    most_uses = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When its mail was last asked for; a link has none.
    asked_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SpaceInvitationQuerySet.as_manager()

    class Meta:
        app_label = "communities"
        constraints = [
            models.UniqueConstraint(
                fields=["space", "email"],
                condition=~Q(email="") & Q(revoked_at=None, declined_at=None, uses=0),
                name="one_standing_invitation_per_address_and_space",
            )
        ]
        indexes = [models.Index(fields=["space", "asked_at"], name="invitation_of_a_day")]

    def __str__(self) -> str:
        return f"invitation to a space {self.pk}"

    @property
    def is_link(self) -> bool:
        return not self.email

    @property
    def is_standing(self) -> bool:
        """Neither withdrawn nor declined nor used up; it may have run out."""
        return self.revoked_at is None and self.declined_at is None and self.uses < self.most_uses

    @property
    def state(self) -> _StrPromise:
        """Says nothing of whether the address has an account."""
        if self.revoked_at:
            return STATES["withdrawn"]
        if self.declined_at:
            return STATES["declined"]
        if self.uses >= self.most_uses:
            return STATES["taken up"]
        if self.expires_at <= timezone.now():
            return STATES["run out"]
        if self.post == self.Post.FAILED:
            return STATES["failed"]
        return STATES["open"]


class Arrival(models.Model):
    """Somebody accepted. Whose account waits for approval comes in with it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="arrivals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    came_in_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        app_label = "communities"
        constraints = [models.UniqueConstraint(fields=["invitation", "user"], name="one_arrival_per_person")]

    def __str__(self) -> str:
        return f"arrival {self.pk}"
