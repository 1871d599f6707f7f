"""The charter in its versions, who accepted which, and invitations to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from communities.public_ids import new_public_id
from profiles.entrance.querysets import CharterQuerySet, InvitationQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Charter(models.Model):
    """One version. Never changed once people have accepted it: new words are a new version."""

    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"charter {self.number}"

    def text_in(self, language: str) -> CharterText | None:
        """In that language, else in the first of the site's languages that it was written in."""
        there = {text.language: text for text in self.texts.all()}
        order = [language, *(code for code, _name in settings.LANGUAGES)]
        return next((there[code] for code in order if code in there), None)


class CharterText(models.Model):
    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "language"], name="one_text_per_charter_and_language")
        ]

    def __str__(self) -> str:
        return f"charter text {self.pk}"


class Acceptance(models.Model):
    """Who agreed to which version, in which language they read it, and when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="acceptances")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    accepted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "charter"], name="a_charter_is_accepted_once")]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"


class Invitation(models.Model):
    """An address that staff invited to have an account. The link of its mail is kept as a hash alone."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    taken_up_at = models.DateTimeField(null=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(revoked_at__isnull=True, taken_up_at__isnull=True),
                name="one_standing_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("entrance:invitations")

    @property
    def is_standing(self) -> bool:
        """Neither withdrawn nor taken up; its link may have run out."""
        return self.revoked_at is None and self.taken_up_at is None

    @property
    def is_open(self) -> bool:
        """Its link still lets somebody in."""
        return self.is_standing and self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def state(self) -> _StrPromise:
        from profiles.entrance.words import STATES

        if self.taken_up_at:
            return STATES["taken up"]
        if self.revoked_at:
            return STATES["withdrawn"]
        return STATES["open" if self.is_open else "run out"]
