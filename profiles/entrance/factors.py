"""Passkeys and codes as allauth keeps them, under this site's name and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.naming import site_name
from profiles.second_factor import must_have_second_factor

if TYPE_CHECKING:
    from profiles.models import User


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor, and this is your only one. Set up another one first."
        ),
        "incorrect_code": gettext_lazy("This does not fit. Please try once more."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_go(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": site_name()}


def may_go(authenticator: Authenticator) -> bool:
    """Whoever must have a factor keeps one. Recovery codes alone are none."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
    if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return True
    return not must_have_second_factor(authenticator.user)


class PasskeyRemovalView(RemoveWebAuthnView):
    """allauth asks `can_delete_authenticator` for the app alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_authenticated:
            passkeys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
            if not may_go(get_object_or_404(passkeys, pk=kwargs["pk"])):
                return self.kept(request)
        return super().dispatch(request, *args, **kwargs)

    def kept(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, FactorAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
