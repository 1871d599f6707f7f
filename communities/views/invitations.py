"""Facilitators ask people in: by address, by a list, by a link; and see what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.feed import page_or_404
from communities.invitations import inviting
from communities.invitations.forms import InviteForm, LinkForm
from communities.models import Space
from communities.public_ids import new_public_id
from communities.submissions import claim
from communities.views.door import SignedInRequest, space_or_404

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "invite")
    if request.method != "POST":
        return _page(request, here)
    form = _invite_form(request, request.POST, request.FILES)
    return _invited(request, here, form) if form.is_valid() else _page(request, here, form=form)


def _invite_form(request: SignedInRequest, *given: Any) -> InviteForm:
    return InviteForm(*given, by=request.user, initial={"language": get_language()})


def _page(request: SignedInRequest, here: Space, **forms: Any) -> HttpResponse:
    page = page_or_404(Paginator(here.invitations.with_line(), PER_PAGE), request)
    context = {
        "space": here,
        "tab": "members",
        "page_obj": page,
        "form": _invite_form(request),
        "link_form": LinkForm(by=request.user),
        **forms,
    }
    return render(request, "communities/invitation_list.html", context, status=422 if forms else 200)


def _invited(request: SignedInRequest, here: Space, form: InviteForm) -> HttpResponse:
    """The report is the answer itself: it holds addresses, and is kept nowhere."""
    data, sending = form.cleaned_data, new_public_id()
    with transaction.atomic():
        if claim(data["key"], by=request.user, answer=sending) != sending:
            messages.info(request, _("This was sent before. What became of it stands below."))
            return redirect("communities:invitations", here.slug)
        report = inviting.invite(here, form.entries, language=data["language"], by=request.user)
    sent = sum(row.code == "sent" for row in report)
    context = {"space": here, "tab": "members", "report": report, "sent": sent}
    return render(request, "communities/invitation_report.html", context)


@require_POST
def links(request: SignedInRequest, slug: str) -> HttpResponse:
    """The link is shown in the answer, once: what is kept of it opens nothing."""
    here = space_or_404(request, slug, "invite")
    form = LinkForm(request.POST, by=request.user)
    if not form.is_valid():
        return _page(request, here, link_form=form)
    data, sending = form.cleaned_data, new_public_id()
    try:
        with transaction.atomic():
            if claim(data["key"], by=request.user, answer=sending) != sending:
                messages.info(request, _("This link was made before. It is shown only once."))
                return redirect("communities:invitations", here.slug)
            invitation, token = inviting.make_link(
                here, uses=data["uses"], days=data["days"], language=get_language() or "en", by=request.user
            )
    except inviting.TooMany:
        messages.error(request, _("There are many open links already. Withdraw one first."))
        return redirect("communities:invitations", here.slug)
    address = f"{settings.BASE_URL}{reverse('communities:invitation', args=[token])}"
    context = {"space": here, "tab": "members", "invitation": invitation, "address": address}
    return render(request, "communities/invitation_link.html", context)


@require_POST
def renewal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """A new mail with a new link; the one before no longer works."""
    here = space_or_404(request, slug, "invite")
    invitation = get_object_or_404(here.invitations.exclude(email=""), public_id=public_id)
    try:
        is_done = inviting.resend(invitation, by=request.user)
    except inviting.TooMany:
        messages.error(request, _("Too many invitations were sent today. Please go on tomorrow."))
    else:
        if is_done:
            messages.success(request, _("The invitation is on its way once more."))
        else:
            messages.info(request, _("Not sent again: one has just left, or it was sent five times."))
    return redirect("communities:invitations", here.slug)


@require_POST
def revocation(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "invite")
    inviting.revoke(get_object_or_404(here.invitations, public_id=public_id), by=request.user)
    messages.success(request, _("Withdrawn: the link no longer works."))
    return redirect("communities:invitations", here.slug)
