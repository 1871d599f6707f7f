"""What facilitators propose for the landing page of their space: private until an editor publishes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Space
from communities.public_ids import new_public_id


class LandingProposal(models.Model):
    """A text and files on their way to being public. Read by the facilitators of the space and the editors.

    No Wagtail object: its lists, choosers and reports would show it. Gone when its space becomes hidden.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken up")
        DONE = "done", _("done")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="landing_proposals")
    text = models.TextField(_("what should be on the page"), max_length=5000)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer of the editors"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="landing_proposals"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("proposal for a landing page")
        verbose_name_plural = _("proposals for landing pages")
        indexes = [models.Index(fields=["state", "created_at"], name="landing_proposal_by_state")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        """Where its facilitators read it."""
        return reverse("landing_proposal", args=[self.space.slug, self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.NEW, self.State.TAKEN)


class LandingProposalFile(models.Model):
    """One file of it in the private store, and the picture that an editor made public of it."""

    proposal = models.ForeignKey(LandingProposal, on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file of proposal {self.proposal_id}"
