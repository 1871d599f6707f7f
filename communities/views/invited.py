"""For whoever was invited, with or without an account: the name of the space, yes or no, and nothing else of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.invitations import coming
from communities.views.door import SignedInRequest, account_only


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs open links too: nothing is used up here. The key leaves the address before the page."""
    found = coming.find(token)
    if found is None:
        return _over(request)
    coming.carry(request, found)
    return redirect("communities:invited")


@require_safe
def invited(request: HttpRequest) -> HttpResponse:
    carried = coming.carried(request)
    if carried is None:
        return _over(request)
    if not coming.is_for(carried, request.user):
        return render(request, "communities/invitation_foreign.html")
    context = {"invitation": carried, "space": carried.space}
    return render(request, "communities/invitation_page.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "communities/invitation_over.html")


@require_POST
@account_only
def acceptance(request: SignedInRequest) -> HttpResponse:
    carried = coming.carried(request)
    if carried is None:
        return redirect("communities:invited")
    try:
        membership = coming.accept(carried, request.user)
    except coming.NoLongerOpen:
        return redirect("communities:invited")
    coming.put_down(request)
    if membership is None:
        messages.success(request, _("Accepted. You come in as soon as your account is approved."))
        return redirect("communities:feed")
    messages.success(request, _("You are in. Welcome!"))
    return redirect(carried.space)


@login_not_required
@require_POST
def refusal(request: HttpRequest) -> HttpResponse:
    """Also without an account: whoever was invited need not make one to say no."""
    carried = coming.carried(request)
    if carried is not None and coming.is_for(carried, request.user):
        coming.decline(carried)
        messages.success(request, _("Declined. Nobody is told more than that."))
    coming.put_down(request)
    return redirect("communities:feed" if request.user.is_authenticated else "account_login")
