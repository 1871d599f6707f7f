"""Becoming a member of the network: asked for at sign-up, decided by staff once the address is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction

from communities.activity import record
from communities.models import Activity
from communities.staffdesk import staff
from profiles.describing import describe

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def enrol(
    email: str,
    password: str | None,
    display_name: str,
    *,
    language: str = "en",
    approved: bool = False,
    profile: Mapping[str, Any] | None = None,
    **fields: Any,
) -> User:
    """A person whose address counts as confirmed, and the charter as accepted: for the demo world and tests.

    `fields` are columns of User, `profile` those of Profile (`expertise`: themes). Idempotent by address:
    whoever is there already stays as they are. Signing up by oneself is allauth's.
    """
    from profiles.entrance import charter
    from profiles.models import User

    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(
            email, password, display_name=display_name, language=language, is_approved=approved, **fields
        )
        if profile:
            describe(user, profile)
        charter.accept(user, number=charter.in_force(), language=language)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def tell_staff(user: User) -> None:
    """An account waits. Said once, however often its holder confirms an address."""
    if user.is_approved or not user.is_active or user.is_leaving:
        return
    if Activity.objects.filter(kind="account_waiting", actor=user).exists():
        return
    record("account_waiting", actor=user, recipients=staff())


def address_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    """Hears allauth's `email_confirmed`: from here on the account is worth somebody's time."""
    tell_staff(email_address.user)
