"""What hangs on a profile, in rows: words per language, languages, ways of contact, sections, pins."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id
from profiles.audiences import Audience
from profiles.fields import AudienceField

MOST_PINS: Final = 6
MOST_WAYS: Final = 10
MOST_SECTIONS: Final = 12  # of the owner's own, texts and links


class ProfileText(models.Model):
    """What a person says of themselves in one language of the site."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    headline = models.CharField(
        _("headline"), max_length=120, blank=True, help_text=_("Your work in one line.")
    )
    about = models.TextField(_("about me"), max_length=4000, blank=True)
    help_with = models.CharField(
        _("available to help with"),
        max_length=300,
        blank=True,
        help_text=_("For example: reading a brief, a first trial observation, Arabic interpretation."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "language"], name="one_profile_text_per_language")
        ]

    def __str__(self) -> str:
        return f"text {self.pk} of a profile"


class SpokenLanguage(models.Model):
    """Rows and no list in one column, so that the directory counts them in SQL on both databases."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="spoken")
    code = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "code"], name="language_spoken_once")]
        indexes = [models.Index(fields=["code", "profile"], name="profile_by_language")]

    def __str__(self) -> str:
        return self.code


class ContactWay(models.Model):
    """A way to be reached, each with its own audience: nobody but the owner unless they say so."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        SIGNAL = "signal", "Signal"
        WEBSITE = "website", _("Website")
        OTHER = "other", _("Other")

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="contact_ways")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("address or number"), max_length=200)
    audience = AudienceField(Audience.ME)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"contact way {self.pk}"

    @property
    def href(self) -> str:
        """Where a link leads; "" when the words alone must do. No other scheme than these ever comes out."""
        if self.kind == self.Kind.WEBSITE:
            return self.value if self.value.startswith(("http://", "https://")) else ""
        scheme = {self.Kind.EMAIL: "mailto", self.Kind.PHONE: "tel"}.get(self.Kind(self.kind))
        return f"{scheme}:{quote(''.join(self.value.split()), safe='@+')}" if scheme else ""


class Section(models.Model):
    """A part of the page, where its owner put it. Without any row the page is in the usual order."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("In a few words")
        WORK = "work", _("Work and languages")
        HELP = "help", _("Can help with")
        CONTACT = "contact", _("How to reach me")
        PINS = "pins", _("Pinned")
        SPACES = "spaces", _("Spaces we share")
        TEXT = "text", _("A text")
        LINK = "link", _("A link")

    OWN = frozenset({Kind.TEXT, Kind.LINK})

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)
    hidden = models.BooleanField(_("hidden"), default=False)
    # Of the owner's own sections alone.
    audience = AudienceField(Audience.SPACES)
    language = models.CharField(_("language"), max_length=8, blank=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    url = models.URLField(_("address"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"],
                condition=~models.Q(kind__in=["text", "link"]),
                name="one_section_of_each_kind",
            )
        ]

    def __str__(self) -> str:
        return f"section {self.pk}"

    @property
    def is_own(self) -> bool:
        return self.kind in self.OWN

    @property
    def key(self) -> str:
        """How addresses name it, also before the first arrangement, when there is no row yet."""
        return self.public_id if self.is_own else self.kind

    @property
    def name(self) -> str:
        return self.title if self.is_own and self.title else str(self.get_kind_display())


class Pin(models.Model):
    """Something of one's own, shown on the page to whoever may read it: search says who (`pins.py`)."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="pins")
    # As in search: "topic", "resource", "event", and the id of the thing.
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "kind", "object_id"], name="pinned_once")]

    def __str__(self) -> str:
        return f"pin {self.pk}"
