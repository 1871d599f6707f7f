"""Where people work. An organisation has no rights of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.fields import CountryField

from communities.public_ids import new_public_id
from profiles.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """Proposed by a member, seen by the network once staff have approved it."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    # As `search.analyser` folds it: nobody proposes the same one with another accent.
    name_folded = models.CharField(max_length=240, db_index=True, editable=False)
    country = CountryField(_("country"), blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("profiles:organisation", args=[self.public_id])

    @property
    def country_name(self) -> str:
        """In the reader's language; "" without a country."""
        return countries.name(str(self.country)) if self.country else ""
