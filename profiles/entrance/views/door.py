"""What everybody may open on the way in: the charter, and the link of an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.views.door import account_only
from profiles.entrance import charter, invitations


@require_safe
def charter_page(request: HttpRequest) -> HttpResponse:
    return render(request, "entrance/charter_page.html", _charter(request))


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest) -> HttpResponse:
    """For a version newer than the one accepted; leads on to where the person wanted to go."""
    given = request.POST.get("version", "")
    if request.method == "POST" and given == str(charter.in_force()):
        charter.accept(request.user, number=int(given), language=get_language() or "en")  # type: ignore[arg-type]
        charter.remember(request, int(given))
        messages.success(request, _("Thank you. It is noted that you accepted the charter."))
        return redirect(_way_on(request) or "communities:feed")
    context = _charter(request) | {"next": _way_on(request), "is_accepted": charter.is_accepted(request)}
    return render(request, "entrance/acceptance_form.html", context)


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs open links too: nothing is used up here. The key leaves the address before the form."""
    found = invitations.find(token)
    if found is None or request.user.is_authenticated:
        return render(request, "entrance/invitation_over.html", {"is_open": found is not None})
    invitations.carry(request, found)
    return redirect("account_signup")


def _charter(request: HttpRequest) -> dict[str, object]:
    newest = charter.newest()
    return {"charter": newest, "text": newest.text_in(get_language() or "en") if newest else None}


def _way_on(request: HttpRequest) -> str:
    """An address of this site, as the gate sent it along; "" for anything else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else ""
