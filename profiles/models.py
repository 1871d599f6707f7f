"""People: `User` is how a person signs in, `Profile` how a person appears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.fields import CountryField

from communities.public_ids import new_public_id
from profiles.fields import NameField
from profiles.querysets import ProfileQuerySet, UserQuerySet

if TYPE_CHECKING:
    pass

# What others see of an account: when one of these changes, what search found changes too.
_SEEN: Final = frozenset({"display_name", "email", "is_active", "is_approved", "language"})


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with an empty profile. Addresses are kept in small letters: they are compared as such."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        Profile.objects.create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(
            email, password, **{"is_superuser": True, "is_staff": True, "is_approved": True, **fields}
        )

    def get_by_natural_key(self, username: str | None) -> User:
        found: User = self.get(email=(username or "").lower())
        return found


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Never deleted, only emptied: others' replies hang on what they wrote.

    `display_name` stands here rather than on the profile, so that every room below can name a person
    without knowing what a profile is, and lists of posts need no second join.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True, null=True)
    display_name = NameField(_("display name"), max_length=60)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Off while suspended."))
    is_approved = models.BooleanField(_("approved"), default=False)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("Works at the staff desk."))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.display_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The staff desk, a floor below, sets plain columns; hence here: search follows at once."""
        changed = kwargs.get("update_fields")
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if not is_new and (changed is None or _SEEN & set(changed)):
            from profiles.search import follow

            follow(self)

    def get_absolute_url(self) -> str:
        return reverse("profiles:person", args=[self.public_id])

    # Wagtail's admin greets people by these two.
    def get_full_name(self) -> str:
        return str(self.display_name)

    def get_short_name(self) -> str:
        return str(self.display_name)

    @property
    def is_emptied(self) -> bool:
        return self.email is None

    def empty(self) -> None:
        """Takes away everything that says who this was; what they wrote stays, by a "former member"."""
        from profiles.emptying import empty

        empty(self)


class Profile(models.Model):
    """How a person appears. Which reader sees which field stands in `audiences.py`."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    headline = models.CharField(
        _("headline"), max_length=120, blank=True, help_text=_("Your work in one line, in any language.")
    )
    about = models.TextField(_("about me"), max_length=4000, blank=True)
    expertise = models.ManyToManyField(
        "themes.Theme", verbose_name=_("expertise"), blank=True, related_name="+"
    )
    # ISO 639 codes, in the order of `profiles.languages.SPOKEN`.
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    country = CountryField(_("country"), blank=True)
    photo = models.OneToOneField(
        "files.StoredFile",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    listed = models.BooleanField(
        _("list me in the directory"),
        default=False,
        help_text=_("Members of the network then find you by name, country and theme."),
    )

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"profile {self.pk}"

    def get_absolute_url(self) -> str:
        return self.user.get_absolute_url()

    @property
    def country_name(self) -> str:
        """In the reader's language; "" without a country."""
        return countries.name(str(self.country)) if self.country else ""
