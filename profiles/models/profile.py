"""How a person appears. Which reader sees which field stands in `audiences.py`."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.fields import CountryField

from profiles.audiences import Audience
from profiles.fields import AudienceField
from profiles.languages import SPOKEN
from profiles.models.parts import ProfileText
from profiles.models.people import User
from profiles.querysets import ProfileQuerySet

# The names of the style sheet's eight hues, for whoever does not see them.
HUES: Final = [
    (1, pgettext_lazy("colour", "Blue")),
    (2, pgettext_lazy("colour", "Green")),
    (3, pgettext_lazy("colour", "Pink")),
    (4, pgettext_lazy("colour", "Violet")),
    (5, pgettext_lazy("colour", "Olive")),
    (6, pgettext_lazy("colour", "Steel")),
    (7, pgettext_lazy("colour", "Brown")),
    (8, pgettext_lazy("colour", "Red")),
]


class Profile(models.Model):
    """`<field>_for` is the audience of `<field>`; `audiences.FIELDS` lists them all.

    The defaults are the closest audience that still makes the directory useful.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    # The display name as search folds it, for looking up by name. Kept by `search.follow`.
    name_folded = models.CharField(max_length=240, blank=True, db_index=True, editable=False)
    pronouns = models.CharField(
        _("pronouns"),
        max_length=40,
        blank=True,
        help_text=_("How others write about you, if you wish to say."),
    )
    pronunciation = models.CharField(
        _("pronunciation"), max_length=80, blank=True, help_text=_("How your name is said.")
    )
    photo = models.OneToOneField(
        "files.StoredFile",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover = models.OneToOneField(
        "files.StoredFile",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hue = models.PositiveSmallIntegerField(_("colour"), default=1, choices=HUES)
    organisation = models.ForeignKey(
        "profiles.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    country = CountryField(_("country"), blank=True)
    expertise = models.ManyToManyField(
        "themes.Theme", verbose_name=_("expertise"), blank=True, related_name="+"
    )
    available = models.BooleanField(
        _("available to help"), default=False, help_text=_("Others may ask you for help in your themes.")
    )
    listed = models.BooleanField(
        _("list me in the directory"),
        default=False,
        help_text=_("Members of the network then find you by name, country and theme."),
    )

    contactable = models.BooleanField(
        _("others may ask to be put in touch with me"),
        default=True,
        help_text=_("They write a short message here; your addresses stay unseen."),
    )

    pronouns_for = AudienceField(Audience.SPACES)
    pronunciation_for = AudienceField(Audience.SPACES)
    photo_for = AudienceField(Audience.NETWORK)
    cover_for = AudienceField(Audience.NETWORK)
    headline_for = AudienceField(Audience.NETWORK)
    about_for = AudienceField(Audience.SPACES)
    organisation_for = AudienceField(Audience.NETWORK)
    country_for = AudienceField(Audience.NETWORK)
    expertise_for = AudienceField(Audience.NETWORK)
    languages_for = AudienceField(Audience.NETWORK)
    available_for = AudienceField(Audience.NETWORK)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes = [
            # The directory: those in it, by name.
            models.Index(fields=["listed", "name_folded"], name="profile_directory"),
            models.Index(fields=["country"], name="profile_country"),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    def get_absolute_url(self) -> str:
        return self.user.get_absolute_url()

    @property
    def country_name(self) -> str:
        """In the reader's language; "" without a country."""
        return countries.name(str(self.country)) if self.country else ""

    def saying(self, word: str) -> ProfileText:
        """The row that says `word` nearest to the reader: in their language, else the person's own, else any.

        `with_texts()` beforehand. A row that was never saved when nothing is said.
        """
        rows = {row.language: row for row in self.texts.all() if getattr(row, word)} if self.pk else {}
        return (
            rows.get(get_language() or "")
            or rows.get(self.user.language)
            or next(iter(rows.values()), None)
            or ProfileText(profile=self, language=self.user.language)
        )

    @property
    def headline(self) -> str:
        return self.saying("headline").headline

    @property
    def about(self) -> str:
        return self.saying("about").about

    @property
    def help_with(self) -> str:
        return self.saying("help_with").help_with

    @property
    def languages(self) -> list[str]:
        """ISO 639 codes of what is spoken, in the order of `profiles.languages.SPOKEN`."""
        codes = {row.code for row in self.spoken.all()} if self.pk else set()
        return [code for code in SPOKEN if code in codes] + sorted(codes - set(SPOKEN))
