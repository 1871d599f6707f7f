"""Who must have a second factor, and what happens until they have one.

One setting, `SECOND_FACTOR_FOR`, names the kinds of people: staff, editors, translators, moderators,
facilitators. The demo names nobody, production all five.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Membership
from communities.roles import Role

if TYPE_CHECKING:
    from profiles.models import User


def must_have_second_factor(user: User) -> bool:
    kinds = settings.SECOND_FACTOR_FOR
    return any(kind in kinds and belongs(user) for kind, belongs in KINDS.items())


def _in_cms(user: User) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


def _has_role(user: User, role: Role) -> bool:
    return Membership.objects.filter(user=user, role__gte=role, suspended_at__isnull=True).exists()


KINDS: dict[str, Callable[[User], bool]] = {
    "staff": lambda user: user.is_staff or user.is_superuser,
    "editors": _in_cms,
    "translators": _in_cms,
    "moderators": lambda user: _has_role(user, Role.MODERATOR),
    "facilitators": lambda user: _has_role(user, Role.FACILITATOR),
}


class SecondFactorMiddleware:
    """Leads a person who lacks the factor they must have to the page that sets it up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR_FOR and request.user.is_authenticated and not self._is_on_the_way(request):
            if must_have_second_factor(request.user) and not is_mfa_enabled(request.user):
                messages.warning(request, _("Your role needs a second factor. Please set one up to go on."))
                return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_on_the_way(self, request: HttpRequest) -> bool:
        """Account pages themselves, and what a page needs to be drawn."""
        account = reverse("account_login").removesuffix("login/")
        return request.path.startswith((account, settings.STATIC_URL, "/face.css", "/healthz"))
