"""Taking a person out of the platform, so that nothing says who it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from communities import hooks, joining
from communities.models import Membership
from profiles.models.profile import Profile
from profiles.photos import KINDS, discard

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def empty(user: User) -> None:
    """Irreversible. Memberships end, so that every room forgets as when leaving; then columns are blanked."""
    for membership in Membership.objects.filter(user=user).select_related("space", "user"):
        joining.leave(membership)
    for function in hooks.erase:
        function(user)
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(user=user).delete()
    _blank_profile(user)
    _blank_account(user)


def _blank_account(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.display_name, user.time_zone = None, "", ""
    user.is_active = user.is_approved = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.refresh_from_db(fields=["display_name"])


def _blank_profile(user: User) -> None:
    profile = user.profile
    for slot in KINDS:
        discard(profile, slot)  # type: ignore[arg-type]
    profile.expertise.clear()
    # An empty one in its place: whatever is added to a profile goes without being named here.
    profile.delete()
    Profile.objects.create(user=user)
