"""A space that a member wishes for. Staff decide; the row stays, so that nobody has to ask twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id


class SpaceProposal(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_proposals")
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=300)
    audience = models.CharField(_("who it is for"), max_length=500)
    language = models.CharField(_("language of these words"), max_length=8, choices=settings.LANGUAGES)
    # Codes of settings.LANGUAGES that will be spoken there.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    space = models.ForeignKey("communities.Space", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "communities"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"space proposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:proposal", args=[self.public_id])
