"""How a person signs in, and the little that every room may know of them."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id
from profiles.fields import NameField
from profiles.querysets import UserQuerySet

# What others see of an account: when one of these changes, what search found changes too.
_SOMEBODY: Final = "somebody"
_SEEN: Final = frozenset({"display_name", "email", "is_active", "is_approved", "language"})


@lru_cache(maxsize=len(settings.LANGUAGES) + 1)
def _address(_language: str) -> str:
    """Of somebody's page: a list of people asks for it a hundred times."""
    return reverse("profiles:person", args=[_SOMEBODY])


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with an empty profile. Addresses are kept in small letters: they are compared as such."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        from profiles.models.profile import Profile

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
    # Part of what every session of this person is signed with (`get_session_auth_hash`).
    session_salt = models.CharField(max_length=22, blank=True, default="", editable=False)

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
        if not self.is_active and (changed is None or "is_active" in changed):
            # Suspended: also after a reinstatement, no session of before comes to life again.
            self.session_salt = secrets.token_urlsafe(16)
            kwargs |= {"update_fields": {*changed, "session_salt"}} if changed is not None else {}
        super().save(*args, **kwargs)
        if not is_new and (changed is None or _SEEN & set(changed)):
            from profiles.search import follow

            follow(self)

    def end_sessions(self) -> None:
        """Every session of this person ends with its next request.

        Whoever may stay calls `django.contrib.auth.update_session_auth_hash(request, user)` afterwards.
        """
        self.session_salt = secrets.token_urlsafe(16)
        self.save(update_fields=["session_salt"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own, with the salt in it; its fallback keys (SECRET_KEY_FALLBACKS) come through here too."""
        signed = f"{self.password}{self.session_salt}"
        return salted_hmac("profiles.User.session", signed, secret=secret, algorithm="sha256").hexdigest()

    def get_absolute_url(self) -> str:
        return _address(get_language() or "").replace(_SOMEBODY, self.public_id)

    # Wagtail's admin greets people by these two.
    def get_full_name(self) -> str:
        return str(self.display_name)

    def get_short_name(self) -> str:
        return str(self.display_name)

    @property
    def is_emptied(self) -> bool:
        return self.email is None

    @property
    def is_leaving(self) -> bool:
        """Asked to be erased: sleeps until then, and nobody approves it meanwhile (`profiles.leaving`)."""
        return hasattr(self, "erasure")

    def empty(self, *, words_too: bool = False) -> None:
        """Takes away everything that says who this was; what they wrote stays, by a "former member", or goes."""
        from profiles.leaving.emptying import empty

        empty(self, words_too=words_too)
