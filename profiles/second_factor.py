"""Who must have a second factor, and what happens until they have one.

One setting, `SECOND_FACTOR_FOR`, names the kinds of people: staff, editors, translators, moderators,
facilitators. The demo names nobody, production all five.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import Grant, Membership
from communities.roles import Role

if TYPE_CHECKING:
    from profiles.models import User

_CMS: Final = {"codename": "access_admin", "content_type__app_label": "wagtailadmin"}


def _in_cms() -> Q:
    return (
        Q(is_superuser=True)
        | Q(**{f"groups__permissions__{key}": value for key, value in _CMS.items()})
        | Q(**{f"user_permissions__{key}": value for key, value in _CMS.items()})
    )


def _with_role(role: Role, grant: str) -> Q:
    """By membership, or by a grant that gives the same rights."""
    memberships = Membership.objects.filter(user=OuterRef("pk"), role__gte=role, suspended_at__isnull=True)
    grants = Grant.objects.in_force().filter(user=OuterRef("pk"), permission__codename=grant)
    return Q(Exists(memberships)) | Q(Exists(grants))


KINDS: Final[dict[str, Callable[[], Q]]] = {
    "staff": lambda: Q(is_staff=True) | Q(is_superuser=True),
    "editors": _in_cms,
    "translators": _in_cms,
    "moderators": lambda: _with_role(Role.MODERATOR, "moderate_space"),
    "facilitators": lambda: _with_role(Role.FACILITATOR, "manage_space"),
}


def must_have_second_factor(user: User) -> bool:
    """One query. KeyError for a kind of people that the setting made up."""
    return get_user_model().objects.filter(_wanted(), pk=user.pk).exists()


def lacks_second_factor(user: User) -> bool:
    """Must have one and has none: one query."""
    factor = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return get_user_model().objects.filter(_wanted(), ~Exists(factor), pk=user.pk).exists()


def _wanted() -> Q:
    wanted = Q(pk__in=[])
    for kind in settings.SECOND_FACTOR_FOR:
        wanted |= KINDS[kind]()
    return wanted


# Setting it up, proving who one is on the way there, and leaving.
ON_THE_WAY: Final = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "account_login",
        "quick_exit",
        "face_css",
        "health",
    }
)


class SecondFactorMiddleware:
    """Leads a person who lacks the factor they must have to the page that sets it up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_FOR or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if (match and match.view_name in ON_THE_WAY) or not lacks_second_factor(request.user):
            return None
        messages.warning(request, _("Your role needs a second factor. Please set one up to go on."))
        return redirect("mfa_activate_totp")
