"""How a person appears. Which reader sees which field stands in `audiences.py`."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.fields import CountryField

from communities.public_ids import new_public_id
from profiles.audiences import Audience
from profiles.languages import SPOKEN
from profiles.models.people import User
from profiles.querysets import ProfileQuerySet

MOST_PINS: Final = 6
MOST_WAYS: Final = 10
MOST_SECTIONS: Final = 12  # of the owner's own, texts and links


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


class AudienceField(models.PositiveSmallIntegerField):
    """Who reads a field: a number that SQL can compare (`audiences.closeness_to`)."""

    def __init__(self, default: Audience | int = Audience.ME, **kwargs: object) -> None:
        kwargs.setdefault("choices", Audience.choices)
        super().__init__(default=int(default), **kwargs)  # type: ignore[arg-type]


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


class ProfileText(models.Model):
    """What a person says of themselves in one language of the site."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="texts")
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

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="spoken")
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

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="contact_ways")
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
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="sections")
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

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="pins")
    # As in search: "topic", "resource", "event", and the id of the thing.
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "kind", "object_id"], name="pinned_once")]

    def __str__(self) -> str:
        return f"pin {self.pk}"
