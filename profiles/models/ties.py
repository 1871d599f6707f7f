"""Between people: whom one follows, whom one has blocked, who asks to be put in touch."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id
from profiles.tie_querysets import BlockQuerySet, ContactRequestQuerySet, FollowQuerySet


def _person(**kwargs: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, **kwargs)  # type: ignore[arg-type]


class Follow(models.Model):
    """One person follows a theme, a person or an organisation. Nobody is told, nothing is counted."""

    user = _person(related_name="follows")
    theme = models.ForeignKey("themes.Theme", null=True, on_delete=models.CASCADE, related_name="+")
    person = _person(null=True, related_name="+")
    organisation = models.ForeignKey(
        "profiles.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follows_one_thing",
                condition=Q(theme__isnull=False, person__isnull=True, organisation__isnull=True)
                | Q(theme__isnull=True, person__isnull=False, organisation__isnull=True)
                | Q(theme__isnull=True, person__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(fields=["user", "theme"], name="theme_followed_once"),
            models.UniqueConstraint(fields=["user", "person"], name="person_followed_once"),
            models.UniqueConstraint(fields=["user", "organisation"], name="organisation_followed_once"),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"


class Block(models.Model):
    """`user` has blocked `person`: to each other both are as to a visitor (`audiences.py`). Nobody is told."""

    user = _person(related_name="blocks")
    person = _person(related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "person"], name="blocked_once"),
            models.CheckConstraint(name="nobody_blocks_themselves", condition=~Q(user=F("person"))),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"


class ContactRequest(models.Model):
    """A short message through the platform: "please put us in touch". It reveals no address."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    sender = _person(related_name="contact_requests_sent")
    recipient = _person(related_name="contact_requests")
    text = models.TextField(_("message"), max_length=1000)
    language = models.CharField(_("language"), max_length=8, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "-id"], name="contact_request_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "recipient"],
                condition=Q(state="waiting"),
                name="one_waiting_contact_request",
            )
        ]

    def __str__(self) -> str:
        return f"contact request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("profiles:contact_request", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
